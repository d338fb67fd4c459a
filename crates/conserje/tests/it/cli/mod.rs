//! The commands as a person types them: what they print, how they end, what they say when something is wrong.

/// Trial messages to the host.
mod alerts;
/// Calendars in words, logs of polls.
mod calendar;
/// Calendars read by hand, an address replaced.
mod calendar_sync;
/// Three cabins to play with, kept between starts.
#[cfg(feature = "demo")]
mod demo;
/// Lines in, readings out.
mod dialog;
/// Every command explains itself with an example.
mod help;
/// What is logged, where, and what never is.
mod logs;
/// The tables, checked and made.
mod migrate;
/// A program that was built without the demo.
#[cfg(not(feature = "demo"))]
mod no_demo;
/// The description of the API, as it is checked in.
mod openapi;
/// Starts that must be refused, with a sentence.
mod refusals;
