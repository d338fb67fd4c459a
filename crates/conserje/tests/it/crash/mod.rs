//! The process dies at the worst moment, again and again, and starts anew on the same database.

/// Between a payment or refund and its record.
mod kill_during_capture_and_refund;
/// While guests hold nights.
mod kill_during_holds;
/// While messages come in and answers go out.
mod kill_during_messages;
/// While a thousand payment webhooks come in, the database stops.
mod webhook_burst_without_database;
