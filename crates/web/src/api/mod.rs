//! The API for programs: each handler parses into types, calls a room and renders.

/// Accommodations.
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
/// Health checks: liveness, readiness, metrics.
pub mod health;
/// Our calendars out, and texts handed in.
pub mod ical;
/// The money of a reservation.
pub mod ledger;
/// What staff do about it.
pub mod money;
/// Holds and what becomes of them.
pub mod reservations;
