//! The subcommands, one file or folder each.

/// Keys of programs: made, listed, revoked.
pub mod api_keys;
/// Calendars of others, looked into without a database.
pub mod calendar;
/// A desk to play with: its own data, its own providers.
#[cfg(feature = "demo")]
pub mod demo;
/// What the guest's words mean, a line each.
pub mod dialog_read;
/// The books, checked.
pub mod ledger_check;
/// The database's tables.
pub mod migrate;
/// The answer of a program that was built without the demo.
#[cfg(not(feature = "demo"))]
pub mod no_demo;
/// The description of the API.
pub mod openapi;
/// Payments, compared with what the providers know.
pub mod payments_reconcile;
/// One message to each place where staff are notified, sent to try it out.
pub mod send_test_alert;
/// The desk at work.
pub mod serve;

#[cfg(not(feature = "demo"))]
pub use no_demo as demo;
