//! The process dies at the worst moment, again and again, and starts anew on the same database.

/// While guests hold nights.
mod holds;
/// While messages come in and answers go out.
mod messages;
