//! Tests of the dialogue: stories of guests, and laws.

/// Which year is meant, days that cannot be a stay, one day alone.
mod dates;
/// A property to talk about: two cabins, a clock, a calendar.
mod house;
/// Laws that hold for every sequence of events.
mod laws;
/// Cancelling, changing, asking for a person.
mod managing;
/// From the first question to the hold.
mod stories;
