//! A database per test, gone afterwards.

use std::path::Path;

use store::{db::Engine, migrate};
use testkit::{TestDb, noun_builders::cabin};

const ENGINES: [Engine; 2] = [Engine::Sqlite, Engine::Postgres];

#[tokio::test]
async fn tests_do_not_see_each_other() {
    for engine in ENGINES {
        let (one, other) = (TestDb::migrated(engine).await, TestDb::migrated(engine).await);
        assert_ne!(one.url(), other.url());
        let now = testkit::noun_builders::at("2027-01-01T12:00:00Z");
        one.commit(async |session| store::accommodation::create(session, &cabin("a"), now).await).await;
        assert_eq!(store::accommodation::list(&mut one.read().await).await.unwrap().len(), 1);
        assert_eq!(store::accommodation::list(&mut other.read().await).await.unwrap(), []);
        // Another process sees the same.
        let again = one.open_again().await;
        assert_eq!(store::accommodation::list(&mut again.read().await.unwrap()).await.unwrap().len(), 1);
    }
}

#[tokio::test]
async fn a_migrated_database_has_nothing_pending_and_an_empty_one_has_all() {
    for engine in ENGINES {
        let migrated = TestDb::migrated(engine).await;
        assert!(migrate::pending(&migrated.db).await.unwrap().is_empty());
        assert!(!migrate::pending(&TestDb::empty(engine).await.db).await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn a_database_goes_with_its_value() {
    let sqlite = TestDb::sqlite().await;
    let file = sqlite.url().trim_start_matches("sqlite://").to_owned();
    assert!(Path::new(&file).exists());
    drop(sqlite);
    assert!(!Path::new(&file).parent().unwrap().exists());

    let postgres = TestDb::postgres().await;
    let url = postgres.url().to_owned();
    drop(postgres);
    assert!(store::db::Db::open(&url, 2).await.is_err(), "{url} is still there");
}

/// Also when the test that had it failed: the value is dropped on the way out.
#[tokio::test]
async fn a_failed_test_leaves_nothing() {
    for engine in ENGINES {
        let test = TestDb::empty(engine).await;
        let url = test.url().to_owned();
        let mut failing = tokio::task::JoinSet::new();
        failing.spawn(async move {
            let _test = test;
            panic!("as a failing test does");
        });
        assert!(failing.join_next().await.unwrap().is_err());
        let gone = match engine {
            Engine::Sqlite => !Path::new(url.trim_start_matches("sqlite://")).exists(),
            Engine::Postgres => store::db::Db::open(&url, 2).await.is_err(),
        };
        assert!(gone, "{url} is still there");
    }
}

#[tokio::test]
async fn each_test_has_a_redis_of_its_own() {
    let (one, other) =
        (testkit::redis_database::redis_url().await, testkit::redis_database::redis_url().await);
    assert_ne!(one, other);
}
