//! `conserje migrate`: tables checked and made.

use store::db::{Db, Engine};
use testkit::TestDb;

use crate::support::{
    run_command::{Ended, run},
    serve_process::Desk,
    temp_folder::Folder,
};

#[tokio::test(flavor = "multi_thread")]
async fn a_fresh_database_is_checked_migrated_and_checked_again() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let db = TestDb::empty(engine).await;
        let before = migrate(&db, &["migrate", "--check"]).await;
        assert_eq!(before.code, Some(3), "{engine:?}: nothing is there yet");
        assert!(before.out.contains("pending: 0001_foundation"), "{}", before.out);
        assert!(!has_tables(&db.db).await, "{engine:?}: a check changes nothing");

        let made = migrate(&db, &["migrate"]).await;
        assert_eq!(made.code, Some(0), "{engine:?}: {}", made.errors);
        assert!(made.out.contains("applied: 0001_foundation"), "{}", made.out);
        for arguments in [&["migrate", "--check"][..], &["migrate"]] {
            let again = migrate(&db, arguments).await;
            assert_eq!((again.code, again.out.as_str()), (Some(0), "the database is up to date\n"));
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_check_does_not_make_the_file_that_it_looks_for() {
    let folder = Folder::new();
    let url = [("DATABASE_URL", "sqlite://desk.db")];
    let check = run(folder.path(), &url, &["migrate", "--check"]).await;
    assert_eq!(check.code, Some(3), "{}", check.errors);
    assert!(check.out.contains("pending: 0001_foundation"), "{}", check.out);
    let left: Vec<_> = std::fs::read_dir(folder.path()).expect("the test's folder can be read").collect();
    assert!(left.is_empty(), "{left:?}");
    let made = run(folder.path(), &url, &["migrate"]).await;
    assert_eq!(check.out.replace("pending", "applied"), made.out.replace("the database is up to date\n", ""));
}

/// Item 15 of the old faults: their `alembic upgrade head` failed, and their fresh start made tables without the constraint.
#[tokio::test(flavor = "multi_thread")]
async fn a_fresh_start_and_migrate_both_make_the_overlap_constraint() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let by_migrate = TestDb::empty(engine).await;
        assert_eq!(migrate(&by_migrate, &["migrate"]).await.code, Some(0));
        assert_refuses_overlap(&by_migrate.db).await;

        let by_start = TestDb::empty(engine).await;
        Desk::serve(by_start.url(), &[]).await.stop().await;
        assert_refuses_overlap(&by_start.db).await;
        let check = migrate(&by_start, &["migrate", "--check"]).await;
        assert_eq!(check.code, Some(0), "a start leaves nothing for `migrate`: {}", check.out);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn processes_that_start_together_on_an_empty_postgres_all_come_up() {
    let db = TestDb::empty(Engine::Postgres).await;
    let together =
        tokio::join!(Desk::serve(db.url(), &[]), Desk::serve(db.url(), &[]), Desk::serve(db.url(), &[]));
    for desk in [&together.0, &together.1, &together.2] {
        desk.http.get("/api/v1/healthz", None).await.expect(200);
    }
    assert_refuses_overlap(&db.db).await;
}

async fn migrate(db: &TestDb, arguments: &[&str]) -> Ended {
    run(Folder::new().path(), &[("DATABASE_URL", db.url())], arguments).await
}

async fn has_tables(db: &Db) -> bool {
    let mut session = db.read().await.expect("the test's database is read");
    session.rows("select 1 as one from stay", vec![]).await.is_ok()
}

/// Writes two live stays over one night past all of the program: the database itself must refuse the second.
async fn assert_refuses_overlap(db: &Db) {
    let mut session = db.begin().await.expect("a transaction begins");
    let cabin =
        "insert into accommodation (id, name, kind, description, photos, capacity, pricing, min_nights,
        max_nights, horizon_days, timezone, check_in_time, check_out_time, active, created_at, updated_at)
      values ('cabin', 'Cabin', 'cabin', '', '[]', 4, '{}', 1, 90, 540, 'UTC', '14:00', '10:00', true,
        '2027-01-01 00:00:00+00:00', '2027-01-01 00:00:00+00:00')";
    session.execute(cabin, vec![]).await.expect("a cabin is written");
    let stay = |code: &str, check_in: &str, check_out: &str| {
        format!(
            "insert into stay (id, code, token, accommodation_id, check_in, check_out, guests, channel,
               contact_name, contact_phone, contact_key, currency, total_minor, deposit_minor, status, extended,
               created_at, version)
             values ('{code}', '{code}', '{code}', 'cabin', '{check_in}', '{check_out}', 2, 'web', 'Ana', '1', '1',
               'ARS', 0, 0, 'confirmed', false, '2027-01-01 00:00:00+00:00', 1)"
        )
    };
    session.execute(stay("first", "2027-02-01", "2027-02-04"), vec![]).await.expect("a stay is written");
    // A departure day is free for the next arrival.
    session.execute(stay("next", "2027-02-04", "2027-02-06"), vec![]).await.expect("the next one is written");
    let refused = session.execute(stay("clash", "2027-02-03", "2027-02-05"), vec![]).await;
    assert!(matches!(refused, Err(store::db::DbError::Overlap)), "{refused:?}");
}
