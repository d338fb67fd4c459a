//! The database is away, closed, or cut off in the middle.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use store::db::{self, Db, DbError};
use testkit::{TestDb, noun_builders::cabin};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _, copy},
    net::{TcpListener, TcpStream},
};

use crate::shared_cabins_and_rows::now;

/// A restart of the server must look like something to try again, and trying again must work.
#[tokio::test]
async fn a_lost_connection_is_passing() {
    let db = TestDb::postgres().await;
    let other = db.open_again().await;
    let mut session = db.begin().await;
    let cut = "select count(pg_terminate_backend(pid)) as n from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()";
    other.read().await.unwrap().rows(cut, vec![]).await.unwrap();
    let failed = session.rows("select 1 as one", vec![]).await.err().unwrap();
    assert!(failed.is_passing(), "{failed:?}");
    drop(session);
    let mut tries = 0;
    while db.db.begin().await.is_err() {
        tries += 1;
        assert!(tries < 12, "the pool does not recover");
    }
}

/// An administrator closes the door for a while. It is no fault of ours, and it passes.
#[tokio::test]
async fn a_database_that_refuses_connections_is_passing() {
    let db = TestDb::postgres().await;
    let name = "select current_database() as name";
    let name = db.read().await.first(name, vec![], |row| row.text("name")).await.unwrap().unwrap();
    let admin = Db::open(&db.url().replacen(&name, "postgres", 1), 2).await.unwrap();
    let door = async |limit: &str| {
        let sql = format!("alter database \"{name}\" with {limit}");
        admin.begin_single().await.unwrap().execute(sql, vec![]).await.unwrap();
    };
    door("allow_connections false").await;
    let cut = format!(
        "select count(pg_terminate_backend(pid)) as n from pg_stat_activity where datname = '{name}'"
    );
    admin.read().await.unwrap().rows(cut, vec![]).await.unwrap();
    // The first ones meet the broken connections of the pool, the later ones the closed door.
    for _ in 0..12 {
        let Err(refused) = ask(&db.db).await else { panic!("the door is closed") };
        assert!(refused.is_passing(), "{refused:?}");
    }
    let other = Db::open(db.url(), 2).await.err().unwrap();
    assert!(other.is_passing(), "{other:?}");
    door("allow_connections true").await;
    ask(&db.db).await.unwrap();
    admin.close().await;
}

async fn ask(db: &Db) -> db::Result<Vec<db::Row>> {
    db.read().await?.rows("select 1 as one", vec![]).await
}

/// Nobody may say that nothing was changed, nor that it was.
#[tokio::test]
async fn a_commit_whose_answer_is_lost_is_unknown() {
    let db = TestDb::postgres().await;
    let (url, cut) = line_to(db.url()).await;
    let through = Db::open(&url, 2).await.unwrap();
    let mut session = through.begin().await.unwrap();
    store::accommodation::create(&mut session, &cabin("a"), now()).await.unwrap();
    cut.store(true, Ordering::SeqCst);
    let lost = session.commit().await.err().unwrap();
    assert!(matches!(lost, DbError::Unknown(_)), "{lost:?}");
    assert!(lost.is_passing());
}

/// A line to the database that loses every answer once it is told to. Returns the address of its near end.
async fn line_to(url: &str) -> (String, Arc<AtomicBool>) {
    let (before, after) = url.split_once('@').unwrap();
    let (server, name) = after.split_once('/').unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let near = format!("{before}@{}/{name}", listener.local_addr().unwrap());
    let cut = Arc::new(AtomicBool::new(false));
    let (server, lost) = (server.to_owned(), Arc::clone(&cut));
    #[expect(clippy::disallowed_methods, reason = "it ends with the test's runtime")]
    tokio::spawn(async move {
        while let Ok((client, _)) = listener.accept().await {
            let (server, lost) = (TcpStream::connect(&server).await.unwrap(), lost.clone());
            tokio::spawn(async move {
                let ((mut asked, mut told), (mut answers, mut to_server)) =
                    (client.into_split(), server.into_split());
                tokio::spawn(async move { copy(&mut asked, &mut to_server).await });
                let mut bytes = [0; 4096];
                while let Ok(count @ 1..) = answers.read(&mut bytes).await {
                    if lost.load(Ordering::SeqCst) || told.write_all(&bytes[..count]).await.is_err() {
                        return;
                    }
                }
            });
        }
    });
    (near, cut)
}

#[tokio::test]
async fn a_database_that_is_away_is_passing() {
    let nobody = "postgres://conserje@127.0.0.1:1/none";
    let failed = Db::open(nobody, 2).await.err().unwrap();
    assert!(failed.is_passing(), "{failed:?}");
}
