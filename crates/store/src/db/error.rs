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
    #[error("the database is busy or away: {0}")]
    Busy(#[source] Box<sqlx::Error>),
    /// The connection broke after the commit had been sent: the change may have been kept, or not.
    #[error("the database did not say whether it kept the change: {0}")]
    Unknown(String),
    /// Nothing was changed: an earlier statement of the same transaction failed.
    #[error("the transaction ended with a statement that failed before")]
    Broken,
    /// A person must act; the sentence says how.
    #[error("{advice}: {source}")]
    CannotOpen { advice: String, source: Box<sqlx::Error> },
    #[error("a stored value could not be read: {0}")]
    Corrupt(&'static str),
    #[error("a database statement failed: {0}")]
    Other(#[source] Box<sqlx::Error>),
}

/// SQLSTATE of an exclusion constraint that refused a row.
const EXCLUSION_VIOLATION: &str = "23P01";
/// Raised by the triggers in `migrations/sqlite`.
const OVERLAP_MESSAGE: &str = "stay_overlap";

impl From<sqlx::Error> for DbError {
    fn from(error: sqlx::Error) -> Self {
        if is_away(&error) {
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
        if is_passing_code(&code) { Self::Busy(Box::new(error)) } else { Self::Other(Box::new(error)) }
    }
}

/// Nobody was reached, or the line broke.
fn is_away(error: &sqlx::Error) -> bool {
    use sqlx::Error::{Io, PoolClosed, PoolTimedOut, Protocol, Tls, WorkerCrashed};
    matches!(error, Io(_) | Tls(_) | Protocol(_) | PoolTimedOut | PoolClosed | WorkerCrashed)
}

/// What ends by itself or by the hand of whoever runs the database, without a change of ours.
fn is_passing_code(code: &str) -> bool {
    if let (true, Ok(number)) = (code.len() < 5, code.parse::<u32>()) {
        // The low byte of SQLite's extended codes is the kind: busy, locked, no memory, disk error, disk full, cannot
        // open (https://sqlite.org/rescode.html).
        return matches!(number & 0xff, 5 | 6 | 7 | 10 | 13 | 14);
    }
    // https://www.postgresql.org/docs/current/errcodes-appendix.html
    let class = ["08", "28", "53", "57"].iter().any(|class| code.starts_with(class));
    // Serialization failure, deadlock, lock time-out; a standby; no such database, one that takes no connections
    // (55000), the server's disk.
    class || matches!(code, "40001" | "40P01" | "55P03" | "25006" | "3D000" | "55000" | "58030")
}

/// An error with its causes, the outermost first. What the outermost says already, no cause says again.
pub fn with_causes(error: &(dyn std::error::Error + 'static)) -> String {
    let mut said = error.to_string();
    for cause in std::iter::successors(error.source(), |cause| cause.source()) {
        let cause = cause.to_string();
        if !said.ends_with(&cause) {
            said = format!("{said}: {cause}");
        }
    }
    said
}

impl DbError {
    /// The same, of an error that came in answer to a commit.
    pub(super) fn of_commit(error: sqlx::Error) -> Self {
        if is_away(&error) { Self::Unknown(error.to_string()) } else { error.into() }
    }

    /// Whether the same work may succeed when it is simply done again.
    pub fn is_passing(&self) -> bool {
        match self {
            Self::Busy(_) | Self::Unknown(_) => true,
            Self::CannotOpen { source, .. } => is_away(source),
            _ => false,
        }
    }
}
