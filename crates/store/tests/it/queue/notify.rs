//! Waking the workers of other processes.

use std::time::Duration;

use store::queue::notify::{self, JobListener};
use testkit::TestDb;

/// Long enough for a slow machine; nothing waits for it when all is well.
const PATIENCE: Duration = Duration::from_secs(10);

#[tokio::test]
async fn a_ring_is_heard_by_every_other_process() {
    let db = TestDb::postgres().await;
    let other = db.open_again().await;
    let mut first = JobListener::open(&db.db).await.unwrap().expect("PostgreSQL has a listener");
    let mut second = JobListener::open(&other).await.unwrap().expect("PostgreSQL has a listener");
    notify::notify(&other).await.unwrap();
    for listener in [&mut first, &mut second] {
        tokio::time::timeout(PATIENCE, listener.wait()).await.expect("the notification arrives").unwrap();
    }
}

#[tokio::test]
async fn all_workers_of_sqlite_share_a_process() {
    let db = TestDb::sqlite().await;
    assert!(JobListener::open(&db.db).await.unwrap().is_none());
    notify::notify(&db.db).await.unwrap();
}
