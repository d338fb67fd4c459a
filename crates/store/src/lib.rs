//! The only crate with SQL. One text of SQL for SQLite and PostgreSQL, one file per noun.
//!
//! Every function takes a [`db::Session`]: opened by `Db::begin` it is a transaction, opened by `Db::read` it reads
//! from the pool. Who calls decides what commits together.

/// What is let.
pub mod accommodation;
/// Keys of programs.
pub mod api_key;
/// Who changed what, when, from what to what.
pub mod audit;
/// Which accommodations are free, and whether anything lies over wanted nights.
pub mod availability;
/// Nights taken by imported calendars.
pub mod block;
/// What our calendar for a reader is made of.
pub mod calendar_export;
/// What each reader of our calendar was last shown.
pub mod calendar_last_shown;
/// Addresses under which others read our calendar.
pub mod calendar_link;
/// Accounts of channels on which nothing is sent.
pub mod channel_stop;
/// What is due, for what, and whether it was asked for.
pub mod charge;
/// The parts of a charge that covers several payables.
pub mod charge_part;
/// The pages at a provider that were opened for a charge.
pub mod checkout;
/// Nights that were sold twice, here and elsewhere.
pub mod conflict;
/// One row per guest and channel: context, window, who is answering.
pub mod conversation;
/// The two databases behind one small door: values, rows, errors, sessions.
pub mod db;
/// Equal nights, kept for money that came too late for the ones it was for.
pub mod equal_nights_offer;
/// Calendars that we read.
pub mod feed;
/// What feeds answered, kept for a while.
pub mod feed_body;
/// Answers kept for requests that come twice.
pub mod idempotency;
/// What is wrong for a while, from its beginning to its end.
pub mod incident;
/// Postings and what accounts hold.
pub mod ledger;
/// Messages in both directions; the outgoing ones are the outbox.
pub mod message;
/// Numbered SQL files, applied once, never edited.
pub mod migrate;
/// What money is for, in two columns.
mod payable;
/// Money as the providers report it.
pub mod payment;
/// Jobs: leases, order per key, retries, dead letters, schedules.
pub mod queue;
/// Money on its way back.
pub mod refund;
/// Addresses of calendars that were tried out.
pub mod refused_calendar_link;
/// People who work here.
pub mod staff;
/// What waits for a person.
pub mod staff_task;
/// Stays and who is in whose way.
pub mod stay;
/// Events from outside, each stored once.
pub mod webhook_event;
/// One row that is written now and then.
pub mod write_probe;
