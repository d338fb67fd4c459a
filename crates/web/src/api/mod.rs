//! For programs: parse into types, one call into `app`, render.

/// What is let.
pub mod accommodations;
/// What waits for a person.
pub mod attention;
/// What is free, at what price.
pub mod availability;
/// A row per night.
pub mod calendar;
/// The description of the API, and a page to read it.
pub mod docs;
/// Whether all is well, for people and for machines.
pub mod health;
/// Calendars in and out.
pub mod ical;
/// The money of a reservation.
pub mod ledger;
/// What staff do about it.
pub mod money;
/// Holds and what becomes of them.
pub mod reservations;
