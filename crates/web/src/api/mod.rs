//! For programs: parse into types, one call into `app`, render.

/// What is let.
pub mod accommodations;
/// What waits for a person.
pub mod attention;
/// What is free, at what price.
pub mod availability;
/// A row per night.
pub mod calendar;
/// The addresses under which others read our calendars.
pub mod calendar_links;
/// Nights that were sold twice.
pub mod conflicts;
/// The description of the API, and a page to read it.
pub mod docs;
/// Calendars of others that are read.
pub mod feeds;
/// Whether all is well, for people and for machines.
pub mod health;
/// Our calendars out, and texts handed in.
pub mod ical;
/// The money of a reservation.
pub mod ledger;
/// What staff do about it.
pub mod money;
/// Holds and what becomes of them.
pub mod reservations;
