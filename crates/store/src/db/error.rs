//! What can go wrong in the database, by what a caller can do about it.

pub type Result<T, E = DbError> = std::result::Result<T, E>;

#[derive(Debug, thiserror::Error)]
pub enum DbError {
    /// Names the constraint (PostgreSQL) or the columns (SQLite).
    #[error("a row with the same {0} exists")]
    Unique(String),
    #[error("the row refers to one that does not exist")]
    MissingReference,
    /// The database itself refused two live stays over one night.
    #[error("the nights overlap a live stay")]
    Overlap,
    /// Nothing was changed; trying again may help.
    #[error("the database is busy or away")]
    Busy(#[source] Box<sqlx::Error>),
    #[error("a stored value could not be read: {0}")]
    Corrupt(&'static str),
    #[error("a database statement failed")]
    Other(#[source] Box<sqlx::Error>),
}

/// SQLSTATE of an exclusion constraint that refused a row.
const EXCLUSION_VIOLATION: &str = "23P01";
/// Raised by the triggers in `migrations/sqlite`.
const OVERLAP_MESSAGE: &str = "stay_overlap";

impl From<sqlx::Error> for DbError {
    fn from(error: sqlx::Error) -> Self {
        if matches!(error, sqlx::Error::PoolTimedOut | sqlx::Error::Io(_)) {
            return Self::Busy(Box::new(error));
        }
        let Some(database) = error.as_database_error() else { return Self::Other(Box::new(error)) };
        let code = database.code().unwrap_or_default();
        if code == EXCLUSION_VIOLATION || database.message().contains(OVERLAP_MESSAGE) {
            return Self::Overlap;
        }
        if database.is_unique_violation() {
            let columns = database.message().rsplit(": ").next().unwrap_or_default();
            return Self::Unique(database.constraint().unwrap_or(columns).to_owned());
        }
        if database.is_foreign_key_violation() {
            return Self::MissingReference;
        }
        // SQLITE_BUSY and its forms for recovery, snapshots and time-outs; then serialization failure, deadlock,
        // too many connections, lock time-out, shutdown, crash of a neighbour, start-up.
        let passing =
            ["5", "261", "517", "773", "40001", "40P01", "53300", "55P03", "57P01", "57P02", "57P03"];
        if passing.contains(&code.as_ref()) {
            Self::Busy(Box::new(error))
        } else {
            Self::Other(Box::new(error))
        }
    }
}

impl DbError {
    /// Whether the same work may succeed when it is simply done again.
    pub fn is_passing(&self) -> bool {
        matches!(self, Self::Busy(_))
    }
}
