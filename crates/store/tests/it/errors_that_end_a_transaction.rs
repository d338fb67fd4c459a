//! Errors after which the database has undone the transaction by itself: nothing more is written in it, nothing of it is
//! kept, and the next one begins as if nothing had been.

use store::{
    accommodation,
    db::{DbError, Engine, Session},
    write_probe,
};
use testkit::{TestDb, noun_builders::cabin};

use crate::shared_cabins_and_rows::now;

async fn write(session: &mut Session, id: &str) -> store::db::Result<()> {
    accommodation::create(session, &cabin(id), now()).await
}

/// A disk that is full, as SQLite sees it: the file may not grow. A new connection has no such limit, so the disk has room
/// again when the pool has replaced the one that met the error.
async fn fill(session: &mut Session) -> DbError {
    session.execute("create table ballast (bytes blob)", vec![]).await.unwrap();
    session.rows("pragma max_page_count = 1", vec![]).await.unwrap();
    let grow = "insert into ballast (bytes) values (zeroblob(4000000))";
    session.execute(grow, vec![]).await.expect_err("the file may not grow")
}

#[tokio::test]
async fn a_full_disk_is_over_when_there_is_room_again() {
    let db = TestDb::sqlite().await;
    for turn in 0..3 {
        let mut session = db.begin().await;
        write(&mut session, &format!("before-{turn}")).await.unwrap();
        let full = fill(&mut session).await;
        assert!(full.is_passing(), "{full:?}");
        let after = write(&mut session, "after").await.err().unwrap();
        assert!(matches!(after, DbError::Broken), "no statement stands alone after it: {after:?}");
        assert!(matches!(session.commit().await, Err(DbError::Broken)));
        let kept = format!("kept-{turn}");
        db.commit(async |session| write(session, &kept).await).await;
    }
    let all = accommodation::list(&mut db.read().await).await.unwrap();
    let mut ids: Vec<_> = all.iter().map(|one| one.id.as_str().to_owned()).collect();
    ids.sort();
    assert_eq!(ids, ["kept-0", "kept-1", "kept-2"]);
}

/// Whoever goes on after an error must not be told that all is kept: PostgreSQL undoes the whole and calls it a commit.
#[tokio::test]
async fn nothing_is_committed_after_a_statement_that_failed() {
    TestDb::each(async |db| {
        let mut session = db.begin().await;
        write(&mut session, "a").await.unwrap();
        let twin = write(&mut session, "a").await.err().unwrap();
        assert!(matches!(twin, DbError::Unique(_)), "{twin:?}");
        let more = write(&mut session, "b").await.err().unwrap();
        assert!(matches!(more, DbError::Broken), "{more:?}");
        let committed = session.commit().await.err().unwrap();
        assert!(matches!(committed, DbError::Broken) && !committed.is_passing(), "{committed:?}");
        assert_eq!(accommodation::list(&mut db.read().await).await.unwrap().len(), 0);
    })
    .await;
}

/// What health tries: as often as it is asked, one row.
#[tokio::test]
async fn a_write_that_is_tried_leaves_one_row() {
    TestDb::each(async |db| {
        for _ in 0..2 {
            db.commit(async |session| write_probe::write(session, now()).await).await;
        }
        let rows = db.read().await.rows("select written_at from write_probe", vec![]).await.unwrap();
        assert_eq!(rows.len(), 1);
        assert_eq!(rows[0].instant("written_at").unwrap(), now());
    })
    .await;
}

/// Reads outside a transaction stand for themselves.
#[tokio::test]
async fn a_question_that_failed_does_not_spoil_the_next() {
    TestDb::each(async |db| {
        let mut session = db.read().await;
        assert!(session.rows("select nothing from nowhere", vec![]).await.is_err());
        assert_eq!(session.rows("select 1 as one", vec![]).await.unwrap().len(), 1);
        assert!(matches!(session.engine(), Engine::Sqlite | Engine::Postgres));
    })
    .await;
}
