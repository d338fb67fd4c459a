//! The program as it runs: real processes, real HTTP, real databases, and what happens when they die.

/// Processes, servers and clients of the tests.
mod support;

/// The commands as a person types them.
mod cli;
/// More connections than there may be.
mod connections;
/// The process dies at the worst moment.
mod crash;
/// The database goes away and comes back.
mod database_away;
/// A phone number holds three stays at most.
mod limits;
/// Faults of older booking systems that can be seen from outside.
mod old_faults;
/// One night, many guests, one winner.
mod race;
/// Redis helps and never decides.
mod redis;
/// One process takes requests, another does the work.
mod roles;
/// SIGTERM: no new work, the running work to its end.
mod shutdown;
/// No client holds a request or a connection for ever.
mod slow_clients;
