//! The process dies at the worst moment, again and again, and starts anew on the same database.

/// While a thousand payment webhooks come in, the database stops.
mod burst;
/// While guests hold nights.
mod holds;
/// While messages come in and answers go out.
mod messages;
/// Between a payment or refund and its record.
mod payments;
