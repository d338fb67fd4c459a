//! The contract of the store: each function on SQLite and on PostgreSQL, one file per noun.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

/// What the stories share.
mod scene;

/// Accommodations: round trips, locks, what is free.
mod accommodation;
/// Tasks for staff.
mod attention;
/// The audit trail, whose rows are only ever added.
mod audit;
/// The database is away, closed, or cut off in the middle.
mod away;
/// Nights taken elsewhere.
mod block;
/// What readers of our calendars were shown last.
mod calendar_export;
/// Tokens for calendar readers.
mod calendar_link;
/// What a reader was shown and since when; wrong addresses counted by day.
mod calendar_shown;
/// Charges and checkouts.
mod charge;
/// The parts of a charge that covers several payables.
mod charge_part;
/// Blocks over stays that an earlier schema kept, as conflicts of the present one.
mod clashes;
/// Nights sold twice.
mod conflict;
/// One conversation per person.
mod conversation;
/// Database errors, sorted by what a caller can do.
mod errors;
/// Calendars that we read.
mod feed;
/// Answers kept for repeated requests.
mod idempotency;
/// Webhook events, each stored once.
mod inbox;
/// Incidents: news once, until they are over.
mod incident;
/// Postings: each once, each balanced, added up by account.
mod ledger;
/// Messages, whose status never goes backwards.
mod message;
/// Migrations: pending, applied once, together, edited, unknown.
mod migrate;
/// Payments as providers report them.
mod payment;
/// Jobs: order, dedupe, leases, verdicts.
mod queue;
/// A refund, from written down to done.
mod refund;
/// One moment, whatever is committed meanwhile.
mod snapshot;
/// People and their keys.
mod staff;
/// Stays: states, versions, lists.
mod stay;
/// Values of every column type, written and read back.
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
