//! Waking workers of other processes: `notify` and `listen` on PostgreSQL.
//!
//! Rung after commits and not inside them: inside, PostgreSQL would let commits through one at a time.

use sqlx::postgres::PgListener;

use crate::db::{Db, Result};

const CHANNEL: &str = "conserje_jobs";

/// Hears the bell of other processes.
pub struct Ear(PgListener);

impl Ear {
    /// None on SQLite, where all workers share one process.
    pub async fn open(db: &Db) -> Result<Option<Self>> {
        let Db::Postgres(pool) = db else { return Ok(None) };
        let mut listener = PgListener::connect_with(pool).await?;
        listener.listen(CHANNEL).await?;
        Ok(Some(Self(listener)))
    }

    /// Waits for a ring; reconnects by itself.
    pub async fn wait(&mut self) -> Result<()> {
        self.0.recv().await?;
        Ok(())
    }
}

/// Tells all processes that there is work. Does nothing on SQLite.
pub async fn ring(db: &Db) -> Result<()> {
    let Db::Postgres(_) = db else { return Ok(()) };
    db.read().await?.execute("select pg_notify('conserje_jobs', '')", vec![]).await?;
    Ok(())
}
