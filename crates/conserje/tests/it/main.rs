//! The program as it runs: real processes, real HTTP, real databases, and what happens when they die.

/// Processes, servers and clients of the tests.
mod support;

/// The process dies at the worst moment.
mod crash;
/// A phone number holds three stays at most.
mod limits;
/// One night, many guests, one winner.
mod race;
