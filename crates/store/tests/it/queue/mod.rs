//! Jobs: who gets which one when, and what becomes of it.

use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use store::queue::{self, Claim, NewJob};
use testkit::TestDb;

use crate::shared_cabins_and_rows::now;

/// Which job is next: due, oldest, one per key.
mod claim_order;
/// Leases that run out, are lengthened, are given back.
mod leases;
/// Many workers, each job once.
mod many_workers_at_once;
/// Waking other processes.
mod notify;
/// When recurring work is due.
mod recurring_schedule;
/// Done, again, never.
mod retries_and_dead_letters;

const LEASE: SignedDuration = SignedDuration::from_secs(60);

fn seconds(seconds: i64) -> Timestamp {
    now() + SignedDuration::from_secs(seconds)
}

/// A job that is due now; `name` tells it apart.
fn job(name: &str) -> NewJob {
    NewJob {
        queue: "outbox",
        kind: "send",
        payload: json!({"name": name}),
        dedupe_key: None,
        order_key: None,
        run_at: now(),
        cause: None,
    }
}

fn keyed(name: &str, order_key: &str) -> NewJob {
    NewJob { order_key: Some(order_key.to_owned()), ..job(name) }
}

fn deduped(name: &str, dedupe_key: &str) -> NewJob {
    NewJob { dedupe_key: Some(dedupe_key.to_owned()), ..job(name) }
}

async fn enqueue(db: &TestDb, jobs: &[NewJob]) {
    db.commit(async |session| queue::enqueue(session, jobs, now()).await).await;
}

async fn claim(db: &TestDb, worker: &str, limit: i64, at: Timestamp) -> Vec<Claim> {
    db.commit(async |session| queue::claim(session, "outbox", limit, worker, at, LEASE).await).await
}

async fn claim_one(db: &TestDb, worker: &str, at: Timestamp) -> Claim {
    claim(db, worker, 1, at).await.pop().expect("a job can be claimed")
}

async fn finish(db: &TestDb, claim: &Claim) -> Result<(), queue::LeaseLost> {
    db.commit(async |session| queue::finish(session, claim).await).await
}

async fn retry(db: &TestDb, claim: &Claim, at: Timestamp) {
    db.commit(async |session| queue::retry(session, claim, at, "no answer").await).await;
}

fn names(claims: &[Claim]) -> Vec<&str> {
    claims.iter().map(|claim| claim.payload["name"].as_str().unwrap()).collect()
}

/// How many jobs are ready, running, dead.
async fn counts(db: &TestDb) -> [i64; 3] {
    let counts = queue::count_by_state(&mut db.read().await).await.unwrap();
    ["ready", "running", "dead"]
        .map(|state| counts.iter().find(|(name, _)| name == state).map_or(0, |(_, count)| *count))
}
