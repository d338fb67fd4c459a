//! The two databases behind one session: values, rows, errors, transactions.
//!
//! Not `sqlx::Any`: it cannot read SQLite booleans and mixes up float NULLs. These are the two native drivers
//! in an enum; statements are written once, with `$1`, in the SQL that both understand.

use std::{path::Path, str::FromStr, time::Duration};

use domain::cause::Cause;
use sqlx::{
    Connection as _, PgConnection, Postgres, Sqlite, SqliteConnection, Transaction,
    pool::PoolConnection,
    postgres::{PgConnectOptions, PgPool, PgPoolOptions},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous},
};

mod error;
mod explain_open;
mod row;
mod value;

pub use error::{DbError, Result, with_causes};
pub use row::Row;
pub use value::Value;

/// An open database. Cloning shares the pools.
#[derive(Clone)]
pub enum Db {
    /// SQLite allows one writer at a time: ours waits in the pool's fair queue instead of meeting `SQLITE_BUSY`.
    Sqlite {
        read: SqlitePool,
        write: SqlitePool,
    },
    Postgres(PgPool),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

/// A transaction, or a connection borrowed for reading. Dropped without [`Session::commit`], a transaction is undone.
pub struct Session {
    inner: Inner,
    /// What is written in it follows from this.
    cause: Option<Cause>,
    /// A statement failed: what was written before it may be undone already, so nothing more is done and nothing kept.
    is_broken: bool,
}

enum Inner {
    SqliteTx(Transaction<'static, Sqlite>),
    SqliteRead(PoolConnection<Sqlite>),
    PostgresTx(Transaction<'static, Postgres>),
    /// Each statement is a transaction of its own.
    PostgresAlone(PoolConnection<Postgres>),
}

impl Db {
    /// Opens `sqlite://path/to/file.db` (created when absent) or `postgres://…`.
    ///
    /// # Errors
    /// When the address is not understood or the database does not answer.
    pub async fn open(url: &str, pool_size: u32) -> Result<Self> {
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            Self::open_postgres(url, pool_size).await
        } else {
            Self::open_sqlite(url, pool_size).await
        }
    }

    async fn open_postgres(url: &str, pool_size: u32) -> Result<Self> {
        let options = PgConnectOptions::from_str(url)?
            .application_name("conserje")
            // Inserts have a text per number of rows; fewer places than texts would mean to prepare them anew.
            .statement_cache_capacity(512);
        // Once by itself: a pool would ask a server that is not there for seconds, and then say only that time ran out.
        let first = PgConnection::connect_with(&options).await;
        first.map_err(|error| cannot_open(explain_open::postgres(&options, &error), error))?.close().await?;
        let pool = PgPoolOptions::new()
            .max_connections(pool_size.max(2))
            .acquire_timeout(Duration::from_secs(5))
            // A ping before each use is a round trip more; a dead connection shows as a retryable error.
            .test_before_acquire(false)
            .connect_with(options)
            .await?;
        Ok(Self::Postgres(pool))
    }

    async fn open_sqlite(url: &str, pool_size: u32) -> Result<Self> {
        let options = SqliteConnectOptions::from_str(url)?
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(5))
            .statement_cache_capacity(256);
        let pool = || {
            SqlitePoolOptions::new()
                .acquire_timeout(Duration::from_secs(10))
                .idle_timeout(None)
                .max_lifetime(None)
                .before_acquire(|connection, _| Box::pin(std::future::ready(Ok(is_usable(connection)))))
        };
        make_private(options.get_filename());
        let explained = |error| cannot_open(explain_open::sqlite(&options, &error), error);
        let write = pool().max_connections(1).connect_with(options.clone()).await.map_err(explained)?;
        let readers = pool().max_connections(pool_size.clamp(2, 8));
        let read = readers.connect_with(options.clone().read_only(true)).await.map_err(explained)?;
        Ok(Self::Sqlite { read, write })
    }

    /// Whether `url` names a SQLite file that does not exist yet: [`Self::open`] would make it.
    ///
    /// # Errors
    /// When the address is not understood.
    pub fn is_yet_to_be_made(url: &str) -> Result<bool> {
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return Ok(false);
        }
        Ok(!SqliteConnectOptions::from_str(url)?.get_filename().exists())
    }

    pub fn engine(&self) -> Engine {
        match self {
            Self::Sqlite { .. } => Engine::Sqlite,
            Self::Postgres(_) => Engine::Postgres,
        }
    }

    /// A transaction that may write.
    pub async fn begin(&self) -> Result<Session> {
        Ok(Session::from(match self {
            Self::Sqlite { write, .. } => Inner::SqliteTx(write.begin_with("begin immediate").await?),
            Self::Postgres(pool) => Inner::PostgresTx(pool.begin().await?),
        }))
    }

    /// For a single statement that may write. PostgreSQL commits it by itself, which spares two ways to the server
    /// and back; on SQLite it is a transaction as any other. [`Session::commit`] ends both.
    pub async fn begin_single(&self) -> Result<Session> {
        match self {
            Self::Sqlite { .. } => self.begin().await,
            Self::Postgres(pool) => Ok(Session::from(Inner::PostgresAlone(pool.acquire().await?))),
        }
    }

    /// A connection for reading. On SQLite it cannot write.
    pub async fn read(&self) -> Result<Session> {
        Ok(Session::from(match self {
            Self::Sqlite { read, .. } => Inner::SqliteRead(read.acquire().await?),
            Self::Postgres(pool) => Inner::PostgresAlone(pool.acquire().await?),
        }))
    }

    /// A transaction for reading: all its statements see the database as it was at the first of them, so that sums
    /// over several tables agree. Nothing waits for it, and it waits for nothing.
    pub async fn snapshot(&self) -> Result<Session> {
        Ok(Session::from(match self {
            // Deferred: in WAL mode the first read fixes what is seen.
            Self::Sqlite { read, .. } => Inner::SqliteTx(read.begin().await?),
            Self::Postgres(pool) => {
                Inner::PostgresTx(pool.begin_with("begin isolation level repeatable read read only").await?)
            }
        }))
    }

    pub async fn close(&self) {
        match self {
            Self::Sqlite { read, write } => {
                read.close().await;
                write.close().await;
            }
            Self::Postgres(pool) => pool.close().await,
        }
    }
}

fn cannot_open(advice: Option<String>, error: sqlx::Error) -> DbError {
    match advice {
        Some(advice) => DbError::CannotOpen { advice, source: Box::new(error) },
        None => error.into(),
    }
}

/// A new file is for its owner alone: guests' names and phones stand in it. SQLite gives the files beside it the same mode.
/// One that is there keeps what its owner chose; what cannot be made is SQLite's to tell.
fn make_private(file: &Path) {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    drop(options.open(file));
}

/// False for a connection that its pool must replace. After some errors (full disk, I/O, no memory, interrupt) SQLite has
/// ended the transaction by itself (<https://sqlite.org/lang_transaction.html>, 3.1); the driver goes on counting it, and
/// would never begin another on that connection.
fn is_usable(connection: &SqliteConnection) -> bool {
    !connection.is_in_transaction()
}

impl From<Inner> for Session {
    fn from(inner: Inner) -> Self {
        Self { inner, cause: None, is_broken: false }
    }
}

impl Session {
    /// Jobs and audit rows that are written in it say what caused them.
    #[must_use]
    pub fn caused_by(self, cause: Option<Cause>) -> Self {
        Self { cause, ..self }
    }

    pub(crate) fn cause(&self) -> Option<&Cause> {
        self.cause.as_ref()
    }

    pub fn engine(&self) -> Engine {
        match self.inner {
            Inner::SqliteTx(_) | Inner::SqliteRead(_) => Engine::Sqlite,
            Inner::PostgresTx(_) | Inner::PostgresAlone(_) => Engine::Postgres,
        }
    }

    pub async fn rows(&mut self, sql: impl Into<Sql>, args: Vec<Value>) -> Result<Vec<Row>> {
        self.demand_whole()?;
        let sql = sql.into();
        let rows = match &mut self.inner {
            Inner::SqliteTx(tx) => value::sqlite(sql, args).fetch_all(&mut **tx).await.map(Row::sqlite),
            Inner::SqliteRead(conn) => value::sqlite(sql, args).fetch_all(&mut **conn).await.map(Row::sqlite),
            Inner::PostgresTx(tx) => value::postgres(sql, args).fetch_all(&mut **tx).await.map(Row::postgres),
            Inner::PostgresAlone(conn) => {
                value::postgres(sql, args).fetch_all(&mut **conn).await.map(Row::postgres)
            }
        };
        rows.map_err(|error| self.broken_by(error))
    }

    pub async fn all<T>(
        &mut self,
        sql: impl Into<Sql>,
        args: Vec<Value>,
        read: impl Fn(&Row) -> Result<T>,
    ) -> Result<Vec<T>> {
        self.rows(sql, args).await?.iter().map(read).collect()
    }

    /// The first row, if any.
    pub async fn first<T>(
        &mut self,
        sql: impl Into<Sql>,
        args: Vec<Value>,
        read: impl Fn(&Row) -> Result<T>,
    ) -> Result<Option<T>> {
        self.rows(sql, args).await?.first().map(read).transpose()
    }

    /// Returns the number of rows that changed.
    pub async fn execute(&mut self, sql: impl Into<Sql>, args: Vec<Value>) -> Result<u64> {
        self.demand_whole()?;
        let sql = sql.into();
        let changed = match &mut self.inner {
            Inner::SqliteTx(tx) => {
                value::sqlite(sql, args).execute(&mut **tx).await.map(|done| done.rows_affected())
            }
            Inner::SqliteRead(conn) => {
                value::sqlite(sql, args).execute(&mut **conn).await.map(|done| done.rows_affected())
            }
            Inner::PostgresTx(tx) => {
                value::postgres(sql, args).execute(&mut **tx).await.map(|done| done.rows_affected())
            }
            Inner::PostgresAlone(conn) => {
                value::postgres(sql, args).execute(&mut **conn).await.map(|done| done.rows_affected())
            }
        };
        changed.map_err(|error| self.broken_by(error))
    }

    /// Runs a script of several statements without arguments: migrations only.
    pub async fn script(&mut self, sql: &'static str) -> Result<()> {
        self.demand_whole()?;
        let done = match &mut self.inner {
            Inner::SqliteTx(tx) => sqlx::raw_sql(sql).execute(&mut **tx).await.map(drop),
            Inner::SqliteRead(conn) => sqlx::raw_sql(sql).execute(&mut **conn).await.map(drop),
            Inner::PostgresTx(tx) => sqlx::raw_sql(sql).execute(&mut **tx).await.map(drop),
            Inner::PostgresAlone(conn) => sqlx::raw_sql(sql).execute(&mut **conn).await.map(drop),
        };
        done.map_err(|error| self.broken_by(error))
    }

    fn demand_whole(&self) -> Result<()> {
        if self.is_broken { Err(DbError::Broken) } else { Ok(()) }
    }

    /// Outside a transaction a statement stands for itself, and the next one has nothing to do with it.
    fn broken_by(&mut self, error: sqlx::Error) -> DbError {
        self.is_broken = matches!(self.inner, Inner::SqliteTx(_) | Inner::PostgresTx(_));
        error.into()
    }

    /// # Errors
    /// [`DbError::Unknown`] when the answer did not come; after every other error nothing was changed.
    /// [`DbError::Broken`] after a statement that failed: PostgreSQL would undo all and call it a success, SQLite would
    /// keep what was written after it had undone the rest by itself.
    pub async fn commit(self) -> Result<()> {
        self.demand_whole()?;
        match self.inner {
            Inner::SqliteTx(tx) => tx.commit().await.map_err(DbError::of_commit)?,
            Inner::PostgresTx(tx) => tx.commit().await.map_err(DbError::of_commit)?,
            Inner::SqliteRead(_) | Inner::PostgresAlone(_) => {}
        }
        Ok(())
    }
}

/// A statement: written out, or built by [`insert_many`] and [`placeholders`] from fixed parts.
pub enum Sql {
    Fixed(&'static str),
    Built(String),
}

impl From<&'static str> for Sql {
    fn from(text: &'static str) -> Self {
        Self::Fixed(text)
    }
}

impl From<String> for Sql {
    fn from(text: String) -> Self {
        Self::Built(text)
    }
}

/// `insert into table (columns) values ($1, …), (…) …` for `rows` rows.
pub fn insert_many(into: &'static str, columns: &[&'static str], rows: usize) -> String {
    let width = columns.len();
    let values: Vec<String> =
        (0..rows).map(|row| format!("({})", placeholders(row * width + 1, width))).collect();
    format!("insert into {into} ({}) values {}", columns.join(", "), values.join(", "))
}

/// `$first, …` for `count` arguments.
pub fn placeholders(first: usize, count: usize) -> String {
    let each: Vec<String> = (first..first + count).map(|n| format!("${n}")).collect();
    each.join(", ")
}

/// `items` with the last one repeated up to the next power of two.
///
/// Statements whose length follows their arguments are prepared once per length; this keeps the lengths few, so
/// that the databases plan each of them once and not all the time. Only for reads that do not mind repetition.
pub fn padded<T: Clone>(items: &[T]) -> Vec<T> {
    let Some(last) = items.last() else { return Vec::new() };
    let mut padded = items.to_vec();
    padded.resize(items.len().next_power_of_two(), last.clone());
    padded
}
