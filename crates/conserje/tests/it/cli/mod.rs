//! The commands as a person types them: what they print, how they end, what they say when something is wrong.

/// Calendars checked, replayed, read by hand.
mod calendar;
/// Three cabins to play with, kept between starts.
#[cfg(feature = "demo")]
mod demo;
/// Lines in, readings out.
mod dialog_read;
/// Every command explains itself with an example.
mod help;
/// What is logged, where, and what never is.
mod log_lines;
/// The tables, checked and made.
mod migrate;
/// A program that was built without the demo.
#[cfg(not(feature = "demo"))]
mod no_demo;
/// The description of the API, as it is checked in.
mod openapi;
/// Starts that must be refused, with a sentence.
mod refused_starts;
/// Trial messages to the host.
mod send_test_alert;
