//! The program as it runs: real processes, real HTTP, real databases, and what happens when they die.

/// Processes, servers and clients of the tests.
mod support;

/// The commands as a person types them.
mod cli;
/// The process dies at the worst moment.
mod crash;
/// The database goes away and comes back.
mod database_away;
/// The database answers and keeps nothing that is written.
mod database_keeps_nothing;
/// Any body at all is answered at once.
mod every_request_is_answered;
/// A phone number holds three stays at most.
mod holds_per_phone;
/// No address, no default and no token in an address makes anybody staff.
mod nobody_gets_in_by_default;
/// One night, many guests, one winner.
mod race_for_one_night;
/// Redis helps and never decides.
mod redis_lock_and_outage;
/// Requests that come again, through another process and after a restart too.
mod repeated_requests;
/// SIGTERM: no new work, the running work to its end.
mod shutdown;
/// No client holds a request or a connection for ever.
mod slow_clients;
/// More connections than there may be.
mod too_many_connections;
/// One process takes requests, another does the work.
mod web_and_worker_roles;
