//! Tests of the dialogue: stories of guests, and laws.

/// Cancelling, changing, asking for a person.
mod cancel_and_questions;
/// Which year is meant, days that cannot be a stay, one day alone.
mod doubtful_dates;
/// From the first question to the hold.
mod guest_stories;
/// Laws that hold for every sequence of events.
mod laws_of_any_events;
/// A property to talk about: two cabins, a clock, a calendar.
mod pretend_house;
