use std::time::Duration;

use store::queue::bell::{self, Ear};
use testkit::TestDb;

/// Long enough for a slow machine; nothing waits for it when all is well.
const PATIENCE: Duration = Duration::from_secs(10);

#[tokio::test]
async fn a_ring_is_heard_by_every_other_process() {
    let db = TestDb::postgres().await;
    let other = db.open_again().await;
    let mut first = Ear::open(&db.db).await.unwrap().expect("PostgreSQL has an ear");
    let mut second = Ear::open(&other).await.unwrap().expect("PostgreSQL has an ear");
    bell::ring(&other).await.unwrap();
    for ear in [&mut first, &mut second] {
        tokio::time::timeout(PATIENCE, ear.wait()).await.expect("the bell is heard").unwrap();
    }
}

#[tokio::test]
async fn all_workers_of_sqlite_share_a_process() {
    let db = TestDb::sqlite().await;
    assert!(Ear::open(&db.db).await.unwrap().is_none());
    bell::ring(&db.db).await.unwrap();
}
