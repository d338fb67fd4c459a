//! Retries, and dead letters.

use store::queue;
use testkit::TestDb;

use super::*;

#[tokio::test]
async fn again_later_with_the_attempt_counted() {
    TestDb::each(async |db| {
        enqueue(db, &[job("a")]).await;
        let first = claim_one(db, "w", now()).await;
        retry(db, &first, seconds(5)).await;
        assert!(finish(db, &first).await.is_err(), "a verdict is given once");
        assert!(claim(db, "w", 1, seconds(4)).await.is_empty());
        let second = claim_one(db, "w", seconds(5)).await;
        assert_eq!((second.attempts, second.seq), (2, first.seq));
        // The verdict of an earlier attempt comes too late.
        retry(db, &first, seconds(0)).await;
        assert_eq!(counts(db).await, [0, 1, 0]);
    })
    .await;
}

#[tokio::test]
async fn dead_letters_are_kept_and_listed() {
    TestDb::each(async |db| {
        enqueue(db, &[job("a"), job("b")]).await;
        for claim in claim(db, "w", 10, now()).await {
            let why = format!("refused {}", claim.payload["name"]);
            db.commit(async |session| queue::bury(session, &claim, &why).await).await;
            // A second verdict on the same attempt changes nothing.
            retry(db, &claim, now()).await;
        }
        assert_eq!(counts(db).await, [0, 0, 2]);
        assert!(claim(db, "w", 10, seconds(1_000_000)).await.is_empty());
        let dead = queue::list_dead(&mut db.read().await, 1).await.unwrap();
        assert_eq!(dead.len(), 1);
        assert_eq!((dead[0].kind.as_str(), dead[0].attempts, dead[0].created_at), ("send", 1, now()));
        assert_eq!(dead[0].last_error.as_deref(), Some("refused \"b\""), "the latest first");

        let forget =
            async |before| db.commit(async |session| queue::delete_dead(session, before).await).await;
        enqueue(db, &[job("waiting")]).await;
        assert_eq!(forget(now()).await, 0);
        assert_eq!(forget(seconds(1)).await, 2);
        assert_eq!(counts(db).await, [1, 0, 0], "what waits is not forgotten");
    })
    .await;
}
