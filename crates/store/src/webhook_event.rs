//! Webhook events, each stored once: the unique key and the row are one.

use jiff::Timestamp;
use serde_json::Value as Json;

use crate::{
    db::{Engine, Result, Row, Session, Value, insert_many, placeholders},
    queue::{self, NewJob},
};

/// An event as it came in.
#[derive(Clone, Debug)]
pub struct Event {
    pub id: String,
    /// `whatsapp`, `mercadopago`, …
    pub source: &'static str,
    /// Whose event: the business number, the collector.
    pub account: String,
    /// The sender's own name for it; unique per source and account.
    pub external_id: String,
    pub payload: Json,
    /// False for what is only recorded.
    pub to_be_handled: bool,
}

#[derive(Clone, Debug)]
pub struct Stored {
    pub id: String,
    pub payload: Json,
    pub received_at: Timestamp,
    pub handled: bool,
}

/// So many events at most make one statement.
pub const ONE_STATEMENT: usize = 100;

const COLUMNS: [&str; 8] =
    ["id", "source", "account", "external_id", "payload", "received_at", "handled_at", "outcome"];

/// Stores what is new and enqueues its jobs, in the order given; returns the ids of the new rows. An event seen
/// before is left out, and so is its job.
///
/// Up to [`ONE_STATEMENT`] events of [`Db::begin_single`](crate::db::Db::begin_single) are durable on return.
pub async fn accept(
    session: &mut Session,
    arrivals: &[(Event, Option<NewJob>)],
    now: Timestamp,
) -> Result<Vec<String>> {
    let mut new = Vec::with_capacity(arrivals.len());
    for chunk in arrivals.chunks(ONE_STATEMENT) {
        new.extend(match session.engine() {
            Engine::Sqlite => accept_in_steps(session, chunk, now).await?,
            Engine::Postgres => accept_at_once(session, chunk, now).await?,
        });
    }
    Ok(new)
}

async fn accept_in_steps(
    session: &mut Session,
    arrivals: &[(Event, Option<NewJob>)],
    now: Timestamp,
) -> Result<Vec<String>> {
    let insert = insert_many("inbox", &COLUMNS, arrivals.len());
    let sql = format!("{insert} on conflict (source, account, external_id) do nothing returning id");
    let args = arrivals.iter().flat_map(|(event, _)| values(event, now));
    let new = session.all(sql, args.collect(), |row| row.text("id")).await?;
    let jobs: Vec<_> = arrivals
        .iter()
        .filter(|(event, _)| new.contains(&event.id))
        .filter_map(|(_, job)| job.clone())
        .collect();
    queue::enqueue(session, &jobs, now).await?;
    Ok(new)
}

/// Rows and jobs in one statement, which is a transaction by itself: one way to the server and back, where begin,
/// two inserts and commit would be four. SQLite cannot write within a `with`, and has no way to go.
async fn accept_at_once(
    session: &mut Session,
    arrivals: &[(Event, Option<NewJob>)],
    now: Timestamp,
) -> Result<Vec<String>> {
    const TYPES: [&str; 16] = [
        "",
        "",
        "",
        "",
        "::jsonb",
        "::timestamptz",
        "::timestamptz",
        "",
        "",
        "",
        "::jsonb",
        "",
        "",
        "::timestamptz",
        "",
        "",
    ];
    let width = TYPES.len();
    let row = |n: usize| {
        let cells: Vec<_> =
            TYPES.iter().enumerate().map(|(at, kind)| format!("${}{kind}", n * width + at + 1)).collect();
        format!("({n}, {})", cells.join(", "))
    };
    let rows: Vec<_> = (0..arrivals.len()).map(row).collect();
    let sql = format!(
        "with arrival (n, {events}, queue, kind, job, dedupe_key, order_key, run_at, caused_by, trace)
           as (values {rows}),
         new as (
           insert into inbox ({events}) select {events} from arrival order by n
           on conflict (source, account, external_id) do nothing returning id),
         enqueued as (
           insert into job ({jobs})
           select queue, kind, job, dedupe_key, order_key, 'ready', run_at, 0, null, received_at, caused_by, trace
           from arrival where kind is not null and id in (select id from new) order by n
           on conflict do nothing)
         select id from new",
        events = COLUMNS.join(", "),
        jobs = queue::COLUMNS.join(", "),
        rows = rows.join(", "),
    );
    let args = arrivals.iter().flat_map(|(event, job)| {
        let job = job.as_ref();
        let cause = job.and_then(|job| job.cause.as_ref()).or(session.cause());
        let text = |text: Option<&str>| Value::Text(text.map(str::to_owned));
        let of_job = [
            text(job.map(|job| job.queue)),
            text(job.map(|job| job.kind)),
            Value::Json(job.map(|job| job.payload.clone())),
            text(job.and_then(|job| job.dedupe_key.as_deref())),
            text(job.and_then(|job| job.order_key.as_deref())),
            job.map(|job| job.run_at).into(),
            text(cause.map(|cause| cause.by.as_str())),
            text(cause.map(|cause| cause.trace.as_str())),
        ];
        values(event, now).into_iter().chain(of_job)
    });
    let args = args.collect();
    session.all(sql, args, |row| row.text("id")).await
}

fn values(event: &Event, now: Timestamp) -> [Value; 8] {
    [
        event.id.as_str().into(),
        event.source.into(),
        event.account.as_str().into(),
        event.external_id.as_str().into(),
        event.payload.clone().into(),
        now.into(),
        (!event.to_be_handled).then_some(now).into(),
        (!event.to_be_handled).then(|| "recorded".to_owned()).into(),
    ]
}

pub async fn find(session: &mut Session, id: &str) -> Result<Option<Stored>> {
    let sql = "select id, payload, received_at, handled_at from inbox where id = $1";
    session.first(sql, vec![id.into()], read).await
}

/// Notes what became of events.
pub async fn mark_handled(session: &mut Session, ids: &[&str], outcome: &str, now: Timestamp) -> Result<()> {
    if ids.is_empty() {
        return Ok(());
    }
    let among = placeholders(3, ids.len());
    let sql = format!("update inbox set handled_at = $1, outcome = $2 where id in ({among})");
    let args = [now.into(), outcome.into()].into_iter().chain(ids.iter().map(|id| (*id).into()));
    session.execute(sql, args.collect()).await?;
    Ok(())
}

/// Forgets handled events that are older than `before`; senders repeat for at most seven days.
pub async fn delete_handled(session: &mut Session, before: Timestamp) -> Result<u64> {
    session.execute("delete from inbox where handled_at < $1", vec![before.into()]).await
}

fn read(row: &Row) -> Result<Stored> {
    Ok(Stored {
        id: row.text("id")?,
        payload: row.json("payload")?,
        received_at: row.instant("received_at")?,
        handled: row.opt_instant("handled_at")?.is_some(),
    })
}
