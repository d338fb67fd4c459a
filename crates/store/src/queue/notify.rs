//! Waking workers of other processes: `notify` and `listen` on PostgreSQL.
//!
//! Sent after commits and not inside them: inside, PostgreSQL would let commits through one at a time.

use sqlx::postgres::PgListener;

use crate::db::{Db, Result};

const CHANNEL: &str = "conserje_jobs";

/// Hears of jobs that other processes enqueued.
pub struct JobListener(PgListener);

impl JobListener {
    /// None on SQLite, where all workers share one process.
    pub async fn open(db: &Db) -> Result<Option<Self>> {
        let Db::Postgres(pool) = db else { return Ok(None) };
        let mut listener = PgListener::connect_with(pool).await?;
        listener.listen(CHANNEL).await?;
        Ok(Some(Self(listener)))
    }

    /// Waits for a notification; reconnects by itself.
    pub async fn wait(&mut self) -> Result<()> {
        self.0.recv().await?;
        Ok(())
    }
}

/// Tells all processes that there is work. Does nothing on SQLite.
pub async fn notify(db: &Db) -> Result<()> {
    let Db::Postgres(_) = db else { return Ok(()) };
    db.read().await?.execute("select pg_notify('conserje_jobs', '')", vec![]).await?;
    Ok(())
}
