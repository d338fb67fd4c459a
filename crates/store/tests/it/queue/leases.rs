//! Leases that run out, are lengthened, are given back.

use jiff::SignedDuration;
use store::queue;
use testkit::TestDb;

use super::*;

#[tokio::test]
async fn a_crashed_workers_job_is_taken_over() {
    TestDb::each(async |db| {
        enqueue(db, &[keyed("a", "k"), keyed("b", "k")]).await;
        let first = claim_one(db, "crashed", now()).await;
        let almost = now() + LEASE - SignedDuration::from_micros(1);
        assert!(claim(db, "v", 10, almost).await.is_empty());
        let second = claim(db, "v", 10, now() + LEASE).await;
        assert_eq!(names(&second), ["a"]);
        assert_eq!((second[0].attempts, second[0].worker.as_str()), (2, "v"));
        // The first one wakes up and finds that whatever it did must be undone.
        assert!(finish(db, &first).await.is_err());
        retry(db, &first, now()).await;
        db.commit(async |session| queue::bury(session, &first, "late").await).await;
        assert_eq!(counts(db).await, [1, 1, 0], "a lost lease decides nothing");
        assert!(finish(db, &second[0]).await.is_ok());
        assert!(finish(db, &second[0]).await.is_err(), "once");
    })
    .await;
}

/// The same worker may claim the job again: its first attempt has lost it all the same.
#[tokio::test]
async fn an_attempt_of_the_same_worker_loses_its_lease_too() {
    TestDb::each(async |db| {
        enqueue(db, &[job("a")]).await;
        let first = claim_one(db, "w", now()).await;
        let second = claim_one(db, "w", now() + LEASE).await;
        assert!(finish(db, &first).await.is_err());
        assert!(finish(db, &second).await.is_ok());
    })
    .await;
}

/// A lease that has run out unnoticed still lets its holder finish: nobody else has begun.
#[tokio::test]
async fn a_late_finish_counts_while_nobody_took_over() {
    TestDb::each(async |db| {
        enqueue(db, &[job("a")]).await;
        let late = claim_one(db, "w", now()).await;
        assert_eq!(
            queue::list_due(&mut db.read().await, &["outbox", "inbox"], now() + LEASE).await.unwrap(),
            ["outbox"]
        );
        assert!(finish(db, &late).await.is_ok());
        assert_eq!(counts(db).await, [0, 0, 0]);
    })
    .await;
}

/// A queue that never runs empty must not leave a crashed worker's jobs lying for ever.
#[tokio::test]
async fn abandoned_jobs_do_not_wait_for_a_quiet_hour() {
    TestDb::each(async |db| {
        enqueue(db, &[job("abandoned")]).await;
        claim_one(db, "crashed", now()).await;
        let backlog: Vec<_> = (0..20).map(|n| job(&format!("new {n}"))).collect();
        enqueue(db, &backlog).await;
        let claims = claim(db, "w", 4, now() + LEASE).await;
        assert_eq!(claims.len(), 4);
        assert!(names(&claims).contains(&"abandoned"), "{:?}", names(&claims));
    })
    .await;
}

#[tokio::test]
async fn a_heartbeat_lengthens_only_ones_own_leases() {
    TestDb::each(async |db| {
        enqueue(db, &[job("mine"), job("also mine"), job("theirs")]).await;
        let mine = claim(db, "w", 2, now()).await;
        let theirs = claim_one(db, "v", now()).await;
        let until = now() + LEASE + LEASE;
        db.commit(async |session| {
            queue::heartbeat(session, "w", &[], until).await?;
            queue::heartbeat(session, "w", &[mine[0].seq, theirs.seq], until).await
        })
        .await;
        let taken = claim(db, "x", 10, now() + LEASE).await;
        assert_eq!(names(&taken), ["also mine", "theirs"]);
        assert!(finish(db, &mine[0]).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn a_worker_that_stops_gives_its_jobs_back() {
    TestDb::each(async |db| {
        enqueue(db, &[job("a"), deduped("b", "k"), job("theirs")]).await;
        let mine = claim(db, "w", 2, now()).await;
        let theirs = claim_one(db, "v", now()).await;
        // Asked for again while it was running: both wait then.
        enqueue(db, &[deduped("b again", "k")]).await;
        let release = async || db.commit(async |session| queue::release(session, "w").await).await;
        assert_eq!((release().await, release().await), (2, 0));
        assert!(finish(db, &mine[0]).await.is_err());
        let again = claim(db, "x", 10, now()).await;
        assert_eq!(names(&again), ["a", "b", "b again"]);
        assert!(again.iter().all(|claim| claim.attempts == 1), "an attempt that was cut off does not count");
        assert!(finish(db, &theirs).await.is_ok());
    })
    .await;
}

/// A slow recurring job may be running twice in one worker. Giving both back must not fail on their common key.
#[tokio::test]
async fn two_running_jobs_of_one_dedupe_key_can_be_given_back() {
    TestDb::each(async |db| {
        enqueue(db, &[deduped("1", "k")]).await;
        claim_one(db, "w", now()).await;
        enqueue(db, &[deduped("2", "k")]).await;
        claim_one(db, "w", now()).await;
        assert_eq!(db.commit(async |session| queue::release(session, "w").await).await, 2);
        assert_eq!(names(&claim(db, "v", 10, now()).await), ["1", "2"]);
    })
    .await;
}
