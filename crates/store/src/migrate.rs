//! Numbered SQL files, applied once in one transaction each, never edited once landed.
//!
//! Not sqlx's own migrator: it wants a folder on disk or a macro per engine and cannot say what is pending.

use jiff::Timestamp;
use sha2::{Digest, Sha256};

use crate::db::{Db, Engine, Result, Session};

/// Name, PostgreSQL text, SQLite text; in order.
const MIGRATIONS: &[(&str, &str, &str)] = &[
    (
        "0001_foundation",
        include_str!("../../../migrations/postgres/0001_foundation.sql"),
        include_str!("../../../migrations/sqlite/0001_foundation.sql"),
    ),
    (
        "0002_indexes_by_day",
        include_str!("../../../migrations/postgres/0002_indexes_by_day.sql"),
        include_str!("../../../migrations/sqlite/0002_indexes_by_day.sql"),
    ),
    (
        "0003_contact_keys",
        include_str!("../../../migrations/postgres/0003_contact_keys.sql"),
        include_str!("../../../migrations/sqlite/0003_contact_keys.sql"),
    ),
    (
        "0004_money",
        include_str!("../../../migrations/postgres/0004_money.sql"),
        include_str!("../../../migrations/sqlite/0004_money.sql"),
    ),
    (
        "0005_charges",
        include_str!("../../../migrations/postgres/0005_charges.sql"),
        include_str!("../../../migrations/sqlite/0005_charges.sql"),
    ),
    (
        "0006_calendars",
        include_str!("../../../migrations/postgres/0006_calendars.sql"),
        include_str!("../../../migrations/sqlite/0006_calendars.sql"),
    ),
    (
        "0007_payment_checked",
        include_str!("../../../migrations/postgres/0007_payment_checked.sql"),
        include_str!("../../../migrations/sqlite/0007_payment_checked.sql"),
    ),
    (
        "0008_calendar_taken",
        include_str!("../../../migrations/postgres/0008_calendar_taken.sql"),
        include_str!("../../../migrations/sqlite/0008_calendar_taken.sql"),
    ),
    (
        "0009_conflict_of_a_guest",
        include_str!("../../../migrations/postgres/0009_conflict_of_a_guest.sql"),
        include_str!("../../../migrations/sqlite/0009_conflict_of_a_guest.sql"),
    ),
    (
        "0010_payable",
        include_str!("../../../migrations/postgres/0010_payable.sql"),
        include_str!("../../../migrations/sqlite/0010_payable.sql"),
    ),
    (
        "0011_who_acts",
        include_str!("../../../migrations/postgres/0011_who_acts.sql"),
        include_str!("../../../migrations/sqlite/0011_who_acts.sql"),
    ),
    (
        "0012_group_charge",
        include_str!("../../../migrations/postgres/0012_group_charge.sql"),
        include_str!("../../../migrations/sqlite/0012_group_charge.sql"),
    ),
    (
        "0013_write_probe",
        include_str!("../../../migrations/postgres/0013_write_probe.sql"),
        include_str!("../../../migrations/sqlite/0013_write_probe.sql"),
    ),
    (
        "0014_feed_leave_out",
        include_str!("../../../migrations/postgres/0014_feed_leave_out.sql"),
        include_str!("../../../migrations/sqlite/0014_feed_leave_out.sql"),
    ),
];

#[derive(Debug, thiserror::Error)]
pub enum MigrateError {
    #[error("the migration {0} was changed after it had been applied; restore its text and write a new one")]
    Edited(&'static str),
    #[error(
        "the database has the migration {0}, which this version of the program does not know: it is older than the database"
    )]
    Unknown(String),
    #[error("the migration {name} failed; nothing of it was kept")]
    Failed { name: &'static str, source: crate::db::DbError },
    #[error("the list of applied migrations could not be read")]
    List(#[from] crate::db::DbError),
}

/// Applies what is pending and returns the names. Two processes that start together take turns.
pub async fn run(db: &Db, now: Timestamp) -> Result<Vec<&'static str>, MigrateError> {
    run_to(db, None, now).await
}

/// Applies what is pending up to and with `last`: the database of an older version, for the tests of newer ones.
///
/// # Errors
/// As [`run`].
pub async fn run_to(db: &Db, last: Option<&str>, now: Timestamp) -> Result<Vec<&'static str>, MigrateError> {
    let mut session = db.begin().await?;
    lock(&mut session).await?;
    session
        .execute(
            "create table if not exists migration (name text primary key not null, checksum text not null)",
            vec![],
        )
        .await?;
    let mut pending = check(&mut session).await?;
    pending.retain(|name| last.is_none_or(|last| *name <= last));
    for name in &pending {
        let failed = |source| MigrateError::Failed { name, source };
        session.script(text_of(name, db.engine())).await.map_err(failed)?;
        session
            .execute(
                "insert into migration (name, checksum) values ($1, $2)",
                vec![(*name).into(), checksum(text_of(name, db.engine())).into()],
            )
            .await
            .map_err(failed)?;
        tracing::info!(migration = name, at = %now, "applied a migration");
    }
    session.commit().await?;
    Ok(pending)
}

/// Tells apart any two versions of this program whose migrations differ.
pub fn fingerprint(engine: Engine) -> String {
    let texts: Vec<_> = MIGRATIONS.iter().map(|(name, ..)| checksum(text_of(name, engine))).collect();
    checksum(&texts.join(" "))
}

/// The names of what [`run`] applies to a database that does not exist yet.
pub fn all() -> Vec<&'static str> {
    MIGRATIONS.iter().map(|(name, ..)| *name).collect()
}

/// The names of what [`run`] would apply.
pub async fn pending(db: &Db) -> Result<Vec<&'static str>, MigrateError> {
    let mut session = db.read().await?;
    let known = match db.engine() {
        Engine::Sqlite => "select count(*) as n from sqlite_master where name = 'migration'",
        // Ours is the one on the search path; another program may have one in a schema of its own.
        Engine::Postgres => "select count(to_regclass('migration')) as n",
    };
    let exists = session.first(known, vec![], |row| row.int("n")).await?.unwrap_or(0) > 0;
    if exists { check(&mut session).await } else { Ok(all()) }
}

async fn check(session: &mut Session) -> Result<Vec<&'static str>, MigrateError> {
    let engine = session.engine();
    let applied = session
        .all("select name, checksum from migration order by name", vec![], |row| {
            Ok((row.text("name")?, row.text("checksum")?))
        })
        .await?;
    for (name, stored) in &applied {
        let Some((known, ..)) = MIGRATIONS.iter().find(|(known, ..)| known == name) else {
            return Err(MigrateError::Unknown(name.clone()));
        };
        if *stored != checksum(text_of(known, engine)) {
            return Err(MigrateError::Edited(known));
        }
    }
    let is_new = |name: &&str| applied.iter().all(|(done, _)| done != name);
    Ok(MIGRATIONS.iter().map(|(name, ..)| *name).filter(is_new).collect())
}

async fn lock(session: &mut Session) -> Result<()> {
    if session.engine() == Engine::Postgres {
        // An arbitrary number that only migrations use; SQLite's `begin immediate` is a lock already.
        session.rows("select pg_advisory_xact_lock(727274)", vec![]).await?;
    }
    Ok(())
}

fn text_of(name: &str, engine: Engine) -> &'static str {
    let found = MIGRATIONS.iter().find(|(known, ..)| *known == name);
    let (_, postgres, sqlite) = found.expect("names come from the list above");
    match engine {
        Engine::Postgres => postgres,
        Engine::Sqlite => sqlite,
    }
}

fn checksum(text: &str) -> String {
    hex::encode(Sha256::digest(text))
}
