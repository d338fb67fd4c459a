//! Migrations: pending, applied once, together, edited, unknown.

use std::collections::BTreeSet;

use store::{
    db::{Db, Engine},
    migrate::{self, MigrateError},
};
use testkit::TestDb;
use tokio::task::JoinSet;

use crate::scene::now;

const ENGINES: [Engine; 2] = [Engine::Sqlite, Engine::Postgres];

#[tokio::test]
async fn an_empty_database_lacks_every_file_of_the_folder() {
    for (engine, folder) in [(Engine::Sqlite, "sqlite"), (Engine::Postgres, "postgres")] {
        let db = TestDb::empty(engine).await;
        let path = format!("{}/../../migrations/{folder}", env!("CARGO_MANIFEST_DIR"));
        let files: BTreeSet<String> = std::fs::read_dir(path)
            .unwrap()
            .map(|file| file.unwrap().file_name().into_string().unwrap())
            .collect();
        let pending = migrate::pending(&db.db).await.unwrap();
        let expected: Vec<_> = files.iter().map(|name| name.trim_end_matches(".sql")).collect();
        assert_eq!(pending, expected, "a file is not on the list of store::migrate, or out of order");
        assert_eq!(migrate::run(&db.db, now()).await.unwrap(), expected);
        assert!(migrate::pending(&db.db).await.unwrap().is_empty());
        assert!(migrate::run(&db.db, now()).await.unwrap().is_empty(), "the second run has nothing to do");
    }
}

/// Two processes that start together, from an address alone.
#[tokio::test(flavor = "multi_thread")]
async fn two_processes_at_once_apply_once() {
    for engine in ENGINES {
        let db = TestDb::empty(engine).await;
        let mut starting = JoinSet::new();
        for _ in 0..2 {
            let url = db.url().to_owned();
            starting.spawn(async move {
                let own = Db::open(&url, 2).await.unwrap();
                let applied = migrate::run(&own, now()).await.unwrap();
                own.close().await;
                applied.len()
            });
        }
        let mut applied = starting.join_all().await;
        applied.sort_unstable();
        let all = migrate::run(&db.db, now()).await.map(|applied| applied.len()).unwrap();
        assert_eq!((applied[0], all), (0, 0), "on {engine:?}");
        assert!(applied[1] > 0);
    }
}

#[tokio::test]
async fn an_edited_migration_is_noticed() {
    TestDb::each(async |db| {
        let edit = "update migration set checksum = 'other' where name = '0001_foundation'";
        db.commit(async |session| session.execute(edit, vec![]).await).await;
        for result in [migrate::run(&db.db, now()).await, migrate::pending(&db.db).await] {
            assert!(matches!(&result, Err(MigrateError::Edited("0001_foundation"))), "{result:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn an_older_program_refuses_a_newer_database() {
    TestDb::each(async |db| {
        let newer = "insert into migration (name, checksum) values ('9999_future', 'x')";
        db.commit(async |session| session.execute(newer, vec![]).await).await;
        for result in [migrate::run(&db.db, now()).await, migrate::pending(&db.db).await] {
            assert!(
                matches!(&result, Err(MigrateError::Unknown(name)) if name == "9999_future"),
                "{result:?}"
            );
        }
    })
    .await;
}

#[tokio::test]
async fn a_failed_migration_leaves_nothing() {
    for engine in ENGINES {
        let db = TestDb::empty(engine).await;
        // A table of ours is in the way of one that comes late in the file.
        let in_the_way = "create table schedule (x text)";
        db.commit(async |session| session.execute(in_the_way, vec![]).await).await;
        let failed = migrate::run(&db.db, now()).await;
        assert!(matches!(failed, Err(MigrateError::Failed { name: "0001_foundation", .. })), "{failed:?}");
        let stay = db.read().await.rows("select * from stay", vec![]).await;
        assert!(stay.is_err(), "half a migration was kept on {engine:?}");
        db.commit(async |session| session.execute("drop table schedule", vec![]).await).await;
        assert!(!migrate::run(&db.db, now()).await.unwrap().is_empty());
    }
}

/// Another program's tables may live in the same PostgreSQL database, in a schema of their own.
#[tokio::test]
async fn a_table_of_another_schema_is_not_ours() {
    let db = TestDb::empty(Engine::Postgres).await;
    db.commit(async |session| {
        session.execute("create schema other", vec![]).await?;
        session.execute("create table other.migration (id bigint)", vec![]).await
    })
    .await;
    assert!(!migrate::pending(&db.db).await.unwrap().is_empty());
    assert!(!migrate::run(&db.db, now()).await.unwrap().is_empty());
}

#[test]
fn the_engines_have_fingerprints_of_their_own() {
    assert_ne!(migrate::fingerprint(Engine::Sqlite), migrate::fingerprint(Engine::Postgres));
}
