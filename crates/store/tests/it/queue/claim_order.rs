//! Which job is next: due, oldest, one per key.

use jiff::SignedDuration;
use store::{
    db::Engine,
    queue::{self, NewJob},
};
use testkit::TestDb;

use super::*;

#[tokio::test]
async fn a_claim_carries_what_was_enqueued() {
    TestDb::each(async |db| {
        enqueue(db, &[]).await;
        enqueue(db, &[keyed("a", "guest")]).await;
        let claim = claim_one(db, "w", seconds(1)).await;
        assert_eq!((claim.queue.as_str(), claim.kind.as_str()), ("outbox", "send"));
        assert_eq!((claim.payload.clone(), claim.order_key.as_deref()), (job("a").payload, Some("guest")));
        assert_eq!((claim.attempts, claim.worker.as_str(), claim.created_at), (1, "w", now()));
        assert_eq!(counts(db).await, [0, 1, 0]);
    })
    .await;
}

#[tokio::test]
async fn what_is_due_longest_comes_first() {
    TestDb::each(async |db| {
        let at = |name, offset| NewJob { run_at: seconds(offset), ..job(name) };
        enqueue(db, &[at("later", 10), at("soon", 0), at("old", -10), at("other", 0)]).await;
        let other_queue = NewJob { queue: "inbox", ..job("elsewhere") };
        enqueue(db, &[other_queue]).await;
        assert_eq!(names(&claim(db, "w", 1, now()).await), ["old"]);
        assert_eq!(names(&claim(db, "w", 10, now()).await), ["soon", "other"]);
        assert_eq!(names(&claim(db, "w", 10, now()).await), [""; 0]);
        assert_eq!(names(&claim(db, "w", 10, seconds(10)).await), ["later"], "due at its very instant");
    })
    .await;
}

#[tokio::test]
async fn of_one_key_only_the_oldest_runs() {
    TestDb::each(async |db| {
        enqueue(db, &[keyed("a1", "a"), keyed("a2", "a"), keyed("b1", "b"), job("free")]).await;
        let first = claim(db, "w", 10, now()).await;
        assert_eq!(names(&first), ["a1", "b1", "free"]);
        assert!(claim(db, "v", 10, now()).await.is_empty());
        for done in &first {
            finish(db, done).await.unwrap();
        }
        let second = claim(db, "v", 10, now()).await;
        assert_eq!(names(&second), ["a2"]);
        // A pause of the oldest is a pause of all behind it.
        enqueue(db, &[keyed("a3", "a")]).await;
        retry(db, &second[0], seconds(60)).await;
        assert!(claim(db, "v", 10, seconds(30)).await.is_empty());
        let third = claim(db, "v", 10, seconds(60)).await;
        assert_eq!(names(&third), ["a2"]);
        // Unless what it waits for has happened.
        retry(db, &third[0], seconds(900)).await;
        for (key, run) in [("b", vec![]), ("a", vec!["a2"])] {
            db.commit(async |session| queue::hasten(session, key, seconds(60)).await).await;
            assert_eq!(names(&claim(db, "v", 10, seconds(60)).await), run, "{key}");
        }
        retry(db, &Claim { attempts: third[0].attempts + 1, ..third[0].clone() }, seconds(60)).await;
        let third = claim(db, "v", 10, seconds(60)).await;
        // A dead letter holds nobody up.
        db.commit(async |session| queue::bury(session, &third[0], "refused").await).await;
        assert_eq!(names(&claim(db, "v", 10, seconds(60)).await), ["a3"]);
    })
    .await;
}

/// However many wait for one key, whoever stands behind them is found, and the key's own order stays.
#[tokio::test]
async fn many_of_one_key_hold_nobody_else_up() {
    TestDb::each(async |db| {
        let crowd: Vec<_> = (0..450).map(|number| keyed(&format!("a{number}"), "a")).collect();
        enqueue(db, &crowd).await;
        enqueue(db, &[keyed("b1", "b"), keyed("b2", "b"), job("free"), keyed("c1", "c")]).await;
        // Older than all, and of another queue: it holds its key up all the same.
        let elsewhere = NewJob { queue: "inbox", ..keyed("d1", "d") };
        enqueue(db, &[elsewhere, keyed("d2", "d")]).await;
        assert_eq!(names(&claim(db, "w", 2, now()).await), ["a0", "b1"], "never more than the limit");
        let rest = claim(db, "w", 10, now()).await;
        assert_eq!(names(&rest), ["free", "c1"]);
        assert!(claim(db, "v", 10, now()).await.is_empty(), "each key has one running");
        let abandoned = claim(db, "v", 10, now() + LEASE).await;
        assert_eq!(names(&abandoned), ["a0", "b1", "free", "c1"]);
        finish(db, &abandoned[0]).await.unwrap();
        assert_eq!(names(&claim(db, "v", 10, now() + LEASE).await), ["a1"]);
    })
    .await;
}

/// Two transactions that enqueue for one key at the same time may commit in the other order: the younger job can be
/// running when the older one appears. They still run one at a time.
#[tokio::test]
async fn of_one_key_one_runs_at_a_time_even_when_the_older_came_late() {
    let db = TestDb::postgres().await;
    assert_eq!(db.engine(), Engine::Postgres);
    let mut slow = db.begin().await;
    queue::enqueue(&mut slow, &[keyed("older", "a")], now()).await.unwrap();
    enqueue(&db, &[keyed("younger", "a")]).await;
    let younger = claim_one(&db, "w", now()).await;
    slow.commit().await.unwrap();
    assert!(claim(&db, "v", 10, now()).await.is_empty(), "the younger one is running");
    finish(&db, &younger).await.unwrap();
    assert_eq!(names(&claim(&db, "v", 10, now()).await), ["older"]);
}

#[tokio::test]
async fn asking_twice_before_it_begins_is_asking_once() {
    TestDb::each(async |db| {
        enqueue(db, &[deduped("1", "k"), deduped("2", "k"), deduped("3", "other")]).await;
        enqueue(db, &[deduped("4", "k")]).await;
        assert_eq!(counts(db).await, [2, 0, 0]);
        let first = claim(db, "w", 10, now()).await;
        assert_eq!(names(&first), ["1", "3"]);
        // What is running may have looked already: asking now is asking for another run.
        enqueue(db, &[deduped("5", "k"), deduped("6", "k")]).await;
        assert_eq!(counts(db).await, [1, 2, 0]);
        // The first comes back while the second waits: both may run.
        retry(db, &first[0], now()).await;
        assert_eq!(names(&claim(db, "w", 10, now()).await), ["1", "5"]);
    })
    .await;
}

#[tokio::test]
async fn what_is_rolled_back_was_never_enqueued() {
    TestDb::each(async |db| {
        let mut session = db.begin().await;
        queue::enqueue(&mut session, &[job("a")], now()).await.unwrap();
        drop(session);
        assert_eq!(counts(db).await, [0, 0, 0]);
        // Nor did a claim happen that was rolled back.
        enqueue(db, &[job("b")]).await;
        let mut session = db.begin().await;
        assert_eq!(queue::claim(&mut session, "outbox", 1, "w", now(), LEASE).await.unwrap().len(), 1);
        drop(session);
        // What was dropped is undone a moment later, by the pool; until then the job is locked.
        let again = loop {
            match claim(db, "v", 1, now()).await.pop() {
                Some(claim) => break claim,
                None => tokio::task::yield_now().await,
            }
        };
        assert_eq!(again.attempts, 1);
    })
    .await;
}

#[tokio::test]
async fn a_look_tells_which_queues_have_work() {
    TestDb::each(async |db| {
        let due = async |at| {
            let asked = ["inbox", "outbox", "feeds"];
            let mut queues = queue::list_due(&mut db.read().await, &asked, at).await.unwrap();
            queues.sort();
            queues
        };
        assert_eq!(queue::list_due(&mut db.read().await, &[], now()).await.unwrap(), [""; 0]);
        assert_eq!(due(now()).await, [""; 0]);
        let other = NewJob { queue: "inbox", run_at: seconds(5), ..job("b") };
        enqueue(db, &[job("a"), job("c"), other]).await;
        assert_eq!(due(now()).await, ["outbox"]);
        assert_eq!(due(seconds(5)).await, ["inbox", "outbox"]);
        assert_eq!(claim(db, "w", 2, now()).await.len(), 2);
        assert_eq!(due(now()).await, [""; 0]);
        assert_eq!(due(now() + LEASE).await, ["inbox", "outbox"], "leases that have run out are work too");
        assert_eq!(due(now() + LEASE - SignedDuration::from_micros(1)).await, ["inbox"]);
    })
    .await;
}
