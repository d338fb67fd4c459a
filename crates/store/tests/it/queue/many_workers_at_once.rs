//! Many workers, each job once.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex},
};

use store::{
    db::{Db, DbError, Result},
    queue::{self, Claim, LeaseLost},
};
use testkit::TestDb;
use tokio::task::JoinSet;

use super::*;

const JOBS: usize = 500;
const WORKERS: usize = 8;
/// As many processes share the database.
const PROCESSES: usize = 2;

/// What was begun, by all workers, in order.
type Log = Arc<Mutex<Vec<Claim>>>;

/// Works until nothing is left.
async fn work(db: Db, worker: String, log: Log) {
    loop {
        for claim in again(|| claim_some(&db, &worker)).await {
            // Noted under the lease: nobody else can have begun the next one of the same key.
            log.lock().unwrap().push(claim.clone());
            let done = again(|| finish_one(&db, &claim)).await;
            done.expect("the clock stands still: no lease runs out");
        }
        // Nothing to claim may mean that the others hold the heads of all keys: only an empty queue is the end.
        if again(|| is_empty(&db)).await {
            return;
        }
        tokio::task::yield_now().await;
    }
}

async fn claim_some(db: &Db, worker: &str) -> Result<Vec<Claim>> {
    let mut session = db.begin().await?;
    let claims = queue::claim(&mut session, "outbox", 4, worker, now(), LEASE).await?;
    session.commit().await?;
    Ok(claims)
}

async fn finish_one(db: &Db, claim: &Claim) -> Result<Result<(), LeaseLost>> {
    let mut session = db.begin().await?;
    let done = queue::finish(&mut session, claim).await?;
    session.commit().await?;
    Ok(done)
}

async fn is_empty(db: &Db) -> Result<bool> {
    Ok(queue::count_by_state(&mut db.read().await?).await?.is_empty())
}

/// For as long as the database is only busy.
async fn again<T, F: Future<Output = Result<T>>>(attempt: impl Fn() -> F) -> T {
    loop {
        match attempt().await {
            Ok(done) => return done,
            Err(DbError::Busy(_)) => {}
            Err(error) => panic!("{error:?}"),
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_workers_do_each_job_once_and_keep_the_order_of_each_key() {
    TestDb::each(async |db| {
        // A fifth stands alone, the others belong to one of forty guests.
        let jobs: Vec<_> =
            (0..JOBS)
                .map(|n| {
                    if n % 5 == 0 {
                        job(&n.to_string())
                    } else {
                        keyed(&n.to_string(), &format!("{}", n % 40))
                    }
                })
                .collect();
        enqueue(db, &jobs).await;
        let mut processes = Vec::new();
        for _ in 0..PROCESSES {
            processes.push(db.open_again().await);
        }
        let log = Log::default();
        let mut working = JoinSet::new();
        for number in 0..WORKERS {
            let own = processes[number % PROCESSES].clone();
            working.spawn(work(own, format!("w{number}"), Arc::clone(&log)));
        }
        working.join_all().await;

        let log = std::mem::take(&mut *log.lock().unwrap());
        let each: BTreeSet<i64> = log.iter().map(|claim| claim.seq).collect();
        assert_eq!((log.len(), each.len()), (JOBS, JOBS), "each job exactly once");
        assert!(log.iter().all(|claim| claim.attempts == 1));
        let mut last: BTreeMap<&str, i64> = BTreeMap::new();
        for claim in &log {
            let Some(key) = claim.order_key.as_deref() else { continue };
            assert!(
                last.insert(key, claim.seq).is_none_or(|before| before < claim.seq),
                "{key} out of order"
            );
        }
        for process in processes {
            process.close().await;
        }
    })
    .await;
}
