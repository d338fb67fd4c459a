//! The contract of the store: each function on SQLite and on PostgreSQL, one file per noun.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

/// What the stories share.
mod shared_cabins_and_rows;

/// Accommodations: round trips, locks, the last change.
mod accommodation;
/// The audit trail, whose rows are only ever added.
mod audit;
/// Which accommodations are free for given nights.
mod availability;
/// Nights taken elsewhere.
mod block;
/// What readers of our calendars were shown last.
mod calendar_export;
/// What a reader was shown and since when; wrong addresses counted by day.
mod calendar_last_shown;
/// Tokens for calendar readers.
mod calendar_link;
/// Accounts of channels on which nothing is sent.
mod channel_stop;
/// Charges: asked for once, and again when they grew.
mod charge;
/// The parts of a charge that covers several payables.
mod charge_part;
/// Checkouts: claimed, opened and ended for a charge.
mod checkout;
/// Values of every column type, written and read back.
mod column_values;
/// Nights sold twice.
mod conflict;
/// One conversation per person.
mod conversation;
/// The database is away, closed, or cut off in the middle.
mod database_away;
/// Database errors, sorted by what a caller can do.
mod database_errors;
/// Errors after which the database has undone the transaction by itself.
mod errors_that_end_a_transaction;
/// Calendars that we read.
mod feed;
/// Answers kept for repeated requests.
mod idempotency;
/// Incidents: news once, until they are over.
mod incident;
/// Postings: each once, each balanced, added up by account.
mod ledger;
/// Messages, whose status never goes backwards.
mod message;
/// Migrations: pending, applied once, together, edited, unknown.
mod migrate;
/// Blocks over stays that an earlier schema kept, as conflicts of the present one.
mod migration_of_clashes_to_conflicts;
/// Payments as providers report them.
mod payment;
/// Jobs: order, dedupe, leases, verdicts.
mod queue;
/// A refund, from written down to done.
mod refund;
/// One moment, whatever is committed meanwhile.
mod snapshot_isolation;
/// People and their keys.
mod staff_and_api_keys;
/// Tasks for staff.
mod staff_task;
/// Stays: states, versions, lists.
mod stay;
/// Webhook events, each stored once.
mod webhook_event;

/// Many writers at once.
mod contention_for_one_night;
/// Equal nights that are kept for a guest to accept.
mod equal_nights_offer;
/// Every function of the store is called in this suite.
mod every_function_is_called;
/// One night, one guest: every way of overlapping, against the database itself.
mod overlapping_rows_are_refused;
/// Random operations, and after each of them no two live stays overlap.
mod random_operations_never_overlap;
/// The two schemas, column by column.
mod same_schema_on_both;
