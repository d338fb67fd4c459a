//! The API for programs: each handler parses into types, calls a room and renders.

/// A row per night.
pub mod accommodation_calendar;
/// Accommodations.
pub mod accommodations;
/// What is free, at what price.
pub mod availability;
/// Nights that the host blocks by hand.
pub mod calendar_blocks;
/// Nights that were sold twice.
pub mod calendar_conflicts;
/// Our calendars out, and texts handed in.
pub mod calendar_export_and_import;
/// Calendars of others that are read.
pub mod calendar_feeds;
/// The addresses under which others read our calendars.
pub mod calendar_links;
/// Health checks: liveness, readiness, metrics.
pub mod health;
/// The description of the API, and a page to read it.
pub mod openapi_and_docs_page;
/// The money of a reservation.
pub mod reservation_ledger;
/// What staff do about it.
pub mod reservation_money_by_staff;
/// Holds and what becomes of them.
pub mod reservations;
/// What waits for a person.
pub mod staff_tasks;
