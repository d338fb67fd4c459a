//! Jobs in a table: enqueued in the caller's transaction, leased, retried, kept when dead.
//!
//! A job is `ready`, `running` under a lease, or `dead`; a finished job is deleted. Of the jobs that share an
//! `order_key` only the oldest may run. A `dedupe_key` is unique among the ready ones: asking twice for the same
//! work before it begins is asking once.

use domain::cause::Cause;
use jiff::{SignedDuration, Timestamp};
use serde_json::Value as Json;

use crate::db::{Engine, Result, Row, Session, Value, insert_many, placeholders};

/// Waking workers of other processes.
pub mod notify;
/// When a recurring job is next due.
pub mod schedule;

#[derive(Clone, Debug)]
pub struct NewJob {
    pub queue: &'static str,
    pub kind: &'static str,
    pub payload: Json,
    pub dedupe_key: Option<String>,
    pub order_key: Option<String>,
    pub run_at: Timestamp,
    /// Where it is not that of the session.
    pub cause: Option<Cause>,
}

/// A job that this worker holds under a lease.
#[derive(Clone, Debug)]
pub struct Claim {
    pub seq: i64,
    pub queue: String,
    pub kind: String,
    pub payload: Json,
    pub order_key: Option<String>,
    /// This attempt's number, from 1.
    pub attempts: i64,
    pub worker: String,
    pub created_at: Timestamp,
    /// What enqueued it, and the thread that it goes on with.
    pub caused_by: Option<String>,
    pub trace: Option<String>,
}

/// The lease ran out and another worker has the job now: whatever was done must be undone.
#[derive(Debug, thiserror::Error)]
#[error("the lease of the job was lost")]
pub struct LeaseLost;

pub(crate) const COLUMNS: [&str; 12] = [
    "queue",
    "kind",
    "payload",
    "dedupe_key",
    "order_key",
    "state",
    "run_at",
    "attempts",
    "lease_until",
    "created_at",
    "caused_by",
    "trace",
];

/// Enqueues; jobs whose dedupe key is ready already are left out.
pub async fn enqueue(session: &mut Session, jobs: &[NewJob], now: Timestamp) -> Result<()> {
    for chunk in jobs.chunks(100) {
        let sql = format!("{} on conflict do nothing", insert_many("job", &COLUMNS, chunk.len()));
        let values = chunk.iter().flat_map(|job| {
            let cause = job.cause.as_ref().or(session.cause());
            [
                job.queue.into(),
                job.kind.into(),
                job.payload.clone().into(),
                job.dedupe_key.clone().into(),
                job.order_key.clone().into(),
                "ready".into(),
                job.run_at.into(),
                Value::Int(Some(0)),
                Value::Instant(None),
                now.into(),
                cause.map(|cause| cause.by.clone()).into(),
                cause.map(|cause| cause.trace.clone()).into(),
            ]
        });
        let values = values.collect();
        session.execute(sql, values).await?;
    }
    Ok(())
}

/// SQLite has one writer, so nobody else can be looking at the same row.
const SKIP_LOCKED_SQLITE: &str = "";
const SKIP_LOCKED_POSTGRES: &str = "for update of candidate skip locked";

/// Takes up to `limit` due jobs of `queue`: first those whose lease has run out, so that they do not wait until
/// the queue is quiet, then the ready ones, oldest first.
pub async fn claim(
    session: &mut Session,
    queue: &str,
    limit: i64,
    worker: &str,
    now: Timestamp,
    lease: SignedDuration,
) -> Result<Vec<Claim>> {
    let skip_locked = match session.engine() {
        Engine::Sqlite => SKIP_LOCKED_SQLITE,
        Engine::Postgres => SKIP_LOCKED_POSTGRES,
    };
    // `materialized`: picked once, however the planner joins, so that never more than the limit are taken.
    // A younger job can be running when the transaction that enqueued the older one commits late.
    let claim_where = |due: &str| {
        format!(
            "with picked as materialized (
               select candidate.seq from job candidate
               where candidate.queue = $3 and {due}
                 and (candidate.order_key is null or not exists (
                   select 1 from job earlier
                   where earlier.order_key = candidate.order_key and earlier.seq < candidate.seq
                     and earlier.state <> 'dead'))
                 and (candidate.order_key is null or not exists (
                   select 1 from job younger
                   where younger.order_key = candidate.order_key and younger.seq > candidate.seq
                     and younger.state = 'running' and younger.lease_until > $4))
               order by candidate.run_at, candidate.seq limit $5 {skip_locked})
             update job set state = 'running', attempts = attempts + 1, worker = $1, lease_until = $2
             where seq in (select seq from picked)
             returning seq, queue, kind, payload, order_key, attempts, worker, created_at, caused_by, trace"
        )
    };
    let args = |limit: i64| vec![worker.into(), (now + lease).into(), queue.into(), now.into(), limit.into()];
    let abandoned = "candidate.state = 'running' and candidate.lease_until <= $4";
    let mut claims = session.all(claim_where(abandoned), args(limit), read_claim).await?;
    let left = limit - i64::try_from(claims.len()).unwrap_or(limit);
    if left > 0 {
        let ready = "candidate.state = 'ready' and candidate.run_at <= $4";
        claims.extend(session.all(claim_where(ready), args(left), read_claim).await?);
    }
    claims.sort_by_key(|claim| claim.seq);
    Ok(claims)
}

fn read_claim(row: &Row) -> Result<Claim> {
    Ok(Claim {
        seq: row.int("seq")?,
        queue: row.text("queue")?,
        kind: row.text("kind")?,
        payload: row.json("payload")?,
        order_key: row.opt_text("order_key")?,
        attempts: row.int("attempts")?,
        worker: row.text("worker")?,
        created_at: row.instant("created_at")?,
        caused_by: row.opt_text("caused_by")?,
        trace: row.opt_text("trace")?,
    })
}

/// Marks the job as done, in the transaction that holds its effect.
pub async fn finish(session: &mut Session, claim: &Claim) -> Result<Result<(), LeaseLost>> {
    let gone = session
        .execute(
            "delete from job where seq = $1 and worker = $2 and attempts = $3 and state = 'running'",
            vec![claim.seq.into(), claim.worker.as_str().into(), claim.attempts.into()],
        )
        .await?;
    Ok(if gone == 1 { Ok(()) } else { Err(LeaseLost) })
}

/// What waits under this key waits no longer: what it waited for has happened.
pub async fn hasten(session: &mut Session, order_key: &str, now: Timestamp) -> Result<()> {
    let sql = "update job set run_at = $2 where order_key = $1 and state = 'ready' and run_at > $2";
    session.execute(sql, vec![order_key.into(), now.into()]).await.map(drop)
}

/// Gives the job back, to run again at `run_at`.
pub async fn retry(session: &mut Session, claim: &Claim, run_at: Timestamp, error: &str) -> Result<()> {
    // A ready job with the same dedupe key may have come in meanwhile: both may run.
    let sql =
        "update job set state = 'ready', worker = null, lease_until = null, run_at = $4, last_error = $5,
        dedupe_key = case when exists (
          select 1 from job other where other.dedupe_key = job.dedupe_key and other.state = 'ready'
        ) then null else dedupe_key end
      where seq = $1 and worker = $2 and attempts = $3 and state = 'running'";
    let args = vec![
        claim.seq.into(),
        claim.worker.as_str().into(),
        claim.attempts.into(),
        run_at.into(),
        error.into(),
    ];
    session.execute(sql, args).await?;
    Ok(())
}

/// Puts the job among the dead letters, where a person sees it.
pub async fn bury(session: &mut Session, claim: &Claim, error: &str) -> Result<()> {
    let sql = "update job set state = 'dead', lease_until = null, last_error = $4
      where seq = $1 and worker = $2 and attempts = $3 and state = 'running'";
    let args = vec![claim.seq.into(), claim.worker.as_str().into(), claim.attempts.into(), error.into()];
    session.execute(sql, args).await?;
    Ok(())
}

/// Lengthens the leases of the jobs that this worker is still running.
pub async fn heartbeat(
    session: &mut Session,
    worker: &str,
    seqs: &[i64],
    lease_until: Timestamp,
) -> Result<()> {
    if seqs.is_empty() {
        return Ok(());
    }
    let sql = format!(
        "update job set lease_until = $1 where worker = $2 and state = 'running' and seq in ({})",
        placeholders(3, seqs.len())
    );
    let args = [lease_until.into(), worker.into()].into_iter().chain(seqs.iter().map(|seq| (*seq).into()));
    session.execute(sql, args.collect()).await?;
    Ok(())
}

/// Gives all leases of this worker back at shutdown; the attempt does not count.
pub async fn release(session: &mut Session, worker: &str) -> Result<u64> {
    // Of several jobs with one dedupe key only one may be ready under it; all of them may run.
    let sql = "update job set state = 'ready', worker = null, lease_until = null, attempts = attempts - 1,
        dedupe_key = case when exists (
          select 1 from job other where other.dedupe_key = job.dedupe_key and (other.state = 'ready'
            or (other.worker = $1 and other.state = 'running' and other.seq < job.seq))
        ) then null else dedupe_key end
      where worker = $1 and state = 'running'";
    session.execute(sql, vec![worker.into()]).await
}

/// Those of `queues` in which something can be claimed at `now`: a look without a write.
///
/// A worker looks after each job, so this is a step into an index for each queue, however much is due in it. Asked for
/// the distinct queues of what is due, a database goes through all of it; and PostgreSQL does so for `exists` as well,
/// because it expects to meet a row soon. The order leaves it the index alone.
pub async fn list_due(session: &mut Session, queues: &[&str], now: Timestamp) -> Result<Vec<String>> {
    let look = |place: usize| {
        format!(
            "select cast(${place} as text) as queue where
               (select seq from job where queue = ${place} and state = 'ready' and run_at <= $1
                order by run_at, seq limit 1) is not null
               or (select seq from job where queue = ${place} and state = 'running' and lease_until <= $1
                   order by lease_until limit 1) is not null"
        )
    };
    let looks: Vec<String> = (2..queues.len() + 2).map(look).collect();
    if looks.is_empty() {
        return Ok(Vec::new());
    }
    let args = std::iter::once(now.into()).chain(queues.iter().map(|queue| (*queue).into()));
    session.all(looks.join(" union all "), args.collect(), |row| row.text("queue")).await
}

/// A job that could not be done.
#[derive(Clone, Debug)]
pub struct DeadJob {
    pub seq: i64,
    pub kind: String,
    pub attempts: i64,
    pub last_error: Option<String>,
    pub created_at: Timestamp,
}

pub async fn list_dead(session: &mut Session, limit: i64) -> Result<Vec<DeadJob>> {
    let sql = "select seq, kind, attempts, last_error, created_at from job where state = 'dead'
      order by seq desc limit $1";
    session
        .all(sql, vec![limit.into()], |row| {
            Ok(DeadJob {
                seq: row.int("seq")?,
                kind: row.text("kind")?,
                attempts: row.int("attempts")?,
                last_error: row.opt_text("last_error")?,
                created_at: row.instant("created_at")?,
            })
        })
        .await
}

/// Jobs by state, for the health page and for tests that end with an empty queue.
pub async fn count_by_state(session: &mut Session) -> Result<Vec<(String, i64)>> {
    let sql = "select state, count(*) as n from job group by state order by state";
    session.all(sql, vec![], |row| Ok((row.text("state")?, row.int("n")?))).await
}

/// Forgets dead letters that are older than `before`.
pub async fn delete_dead(session: &mut Session, before: Timestamp) -> Result<u64> {
    session.execute("delete from job where state = 'dead' and created_at < $1", vec![before.into()]).await
}
