//! Mechanisms, without a business: what every room stands on. No HTTP handlers, no SQL.

/// Who asks, and what they may do.
pub mod api_keys;
/// The context: what use cases and jobs are handed.
pub mod app;
/// Work beside requests that is awaited at shutdown and outlives a panic.
pub mod background_tasks;
/// "Somebody is booking this right now", across processes.
pub mod booking_lock;
/// The time, passed in.
pub mod clock;
/// Many requests, one commit.
pub mod commit_batch;
/// What the work at hand follows from.
pub mod current_cause;
/// Rows that have served their time.
pub mod forget_old_rows;
/// Health checks: a row per check.
pub mod health_checks;
/// A request that names itself is carried out once.
pub mod idempotency;
/// What is wrong for a while: told once when it begins and once when it ends.
pub mod incidents;
/// Background work that lies in the database.
pub mod jobs;
/// Messages to people: written down, then sent.
pub mod messages;
/// What is counted and measured.
pub mod metrics;
/// How often somebody may ask.
pub mod rate_limit;
/// Redis, when there is one.
mod redis_connection;
/// Ids, codes and tokens: chance, passed in.
pub mod rng;
/// Settings: the sections of the kernel, and how a room declares its own.
pub mod settings;
/// What waits for a person.
pub mod staff_tasks;
/// Events from outside, stored before they are answered.
pub mod stored_webhooks;
/// A change under way: transaction, instant and actor.
mod transaction;

pub use app::App;
pub use store::db::{DbError, with_causes};
pub use transaction::{ActingAs, Tx};
