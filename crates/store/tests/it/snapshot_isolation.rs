//! A snapshot sees one moment, whatever is committed meanwhile.

use testkit::{TestDb, noun_builders::nights};

use crate::shared_cabins_and_rows::{with_cabin, with_hold};

#[tokio::test]
async fn a_snapshot_does_not_see_what_is_committed_after_its_first_read() {
    TestDb::each(async |db| {
        let home = with_cabin(db, "a").await;
        with_hold(db, &home, nights("2027-01-10", "2027-01-12")).await;

        let mut before = db.db.snapshot().await.unwrap();
        assert_eq!(count_stays(&mut before).await, 1);
        with_hold(db, &home, nights("2027-02-10", "2027-02-12")).await;
        assert_eq!(count_stays(&mut before).await, 1, "what came later is not seen");
        drop(before);

        let mut after = db.db.snapshot().await.unwrap();
        assert_eq!(count_stays(&mut after).await, 2);
    })
    .await;
}

#[tokio::test]
async fn a_snapshot_does_not_write() {
    TestDb::each(async |db| {
        with_cabin(db, "a").await;
        let mut snapshot = db.db.snapshot().await.unwrap();
        let refused = snapshot.execute("delete from accommodation", vec![]).await;
        assert!(refused.is_err());
    })
    .await;
}

async fn count_stays(session: &mut store::db::Session) -> i64 {
    let count = session.first("select count(*) as n from stay", vec![], |row| row.int("n")).await;
    count.unwrap().unwrap()
}
