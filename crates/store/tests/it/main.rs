//! The contract of the store: each function on SQLite and on PostgreSQL, one file per noun.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

/// What the stories share.
mod scene;

/// What is let: round trips, locks, what is free.
mod accommodation;
/// What waits for a person.
mod attention;
/// Rows that are only ever added.
mod audit;
/// The database is away, closed, or cut off in the middle.
mod away;
/// Nights taken elsewhere.
mod block;
/// What readers were shown, and what was tried out.
mod calendar_export;
/// Tokens for calendar readers.
mod calendar_link;
mod calendar_shown;
/// Charges and checkouts.
mod charge;
mod clashes;
/// Nights sold twice.
mod conflict;
/// One conversation per person.
mod conversation;
/// Which error is which.
mod errors;
/// Calendars that we read.
mod feed;
/// Answers kept for repeated requests.
mod idempotency;
/// Events stored once.
mod inbox;
/// What is told once.
mod incident;
mod ledger;
/// Messages whose status never goes backwards.
mod message;
/// Migrations: pending, once, together, edited, unknown.
mod migrate;
/// Payments as providers report them.
mod payment;
/// Jobs: order, dedupe, leases, verdicts.
mod queue;
mod refund;
/// Stays: states, versions, lists.
mod stay;
/// Values of every type, there and back.
mod values;

/// Many writers at once.
mod contention;
/// Every function of the store is called in this suite.
mod coverage;
/// Random operations, and after each of them no two live stays overlap.
mod laws;
/// Equal nights that are kept for a guest to accept.
mod offer;
/// One night, one guest: every way of overlapping, against the database itself.
mod overlap;
/// The two schemas, column by column.
mod schema;
