//! What the desk can do: one file per noun, each use case one transaction. No HTTP, no SQL.

/// What is let, with a cache.
pub mod accommodation;
/// What the host must hear at once.
pub mod alerts;
/// What waits for a person.
pub mod attention;
/// What is free, at what price, and what is free nearby.
pub mod availability;
/// Many requests, one commit.
pub mod batch;
/// Nights, feeds in, feeds out.
pub mod calendar;
/// The time, passed in.
pub mod clock;
/// Every setting, read once.
pub mod config;
/// Talking with a guest.
pub mod conversation;
/// Ids, codes and tokens: chance, passed in.
pub mod entropy;
/// Whether all is well.
pub mod health;
/// Taking nights for a guest for half an hour.
pub mod hold;
/// A request that names itself is carried out once.
pub mod idempotency;
/// Events from outside, stored before they are answered.
pub mod inbox;
/// Who runs what, when.
pub mod jobs;
/// Whether the books are right.
pub mod ledger;
/// How often somebody may ask.
pub mod limit;
/// What is counted and measured.
pub mod metrics;
/// Sending what was written down.
pub mod outbox;
/// Money: pages to pay on, payments read back, refunds.
pub mod payment;
/// Redis, when there is one.
mod redis_link;
/// The one [`App`], built in one place.
pub mod state;
/// Everything that happens to a stay after it was held.
pub mod stay;
/// Background work that is awaited at shutdown and outlives a panic.
pub mod tasks;
/// "Somebody is booking this right now", across processes.
pub mod turnstile;

pub use state::App;

pub use store::db::DbError;
