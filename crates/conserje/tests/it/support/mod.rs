//! Processes, servers and clients of the tests.

/// `conserje serve`, as a process that can be killed.
pub mod desk;
/// A folder that a test has for itself.
pub mod folder;
/// The accommodations of these tests, and the guests who ask for them.
pub mod house;
/// A client of the API.
pub mod http;
/// A port to listen on.
pub mod port;
/// A PostgreSQL that may be frozen or killed.
pub mod postgres;
/// The built program, run to its end.
pub mod program;
/// A client with bad manners.
pub mod raw;
/// Redis as the test sees it.
pub mod redis;
/// Signals to processes.
pub mod signal;
/// Providers of payments as the test plays them.
pub mod tills;
/// Waiting for something to become true.
pub mod wait;
/// WhatsApp as the test plays it.
pub mod whatsapp;
