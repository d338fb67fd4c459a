//! Processes, servers and clients of the tests.

/// A client of the API.
pub mod api_client;
/// A port to listen on.
pub mod free_port;
/// The accommodations of these tests, and the guests who ask for them.
pub mod holds;
/// A PostgreSQL that may be frozen or killed.
pub mod own_postgres;
/// Redis as the test sees it.
pub mod own_redis;
/// Providers of payments as the test plays them.
pub mod payment_simulators;
/// A client with bad manners.
pub mod raw_connection;
/// The built program, run to its end.
pub mod run_command;
/// `conserje serve`, as a process that can be killed.
pub mod serve_process;
/// Signals to processes.
pub mod signal;
/// A folder that a test has for itself.
pub mod temp_folder;
/// Waiting for something to become true.
pub mod wait_until;
/// WhatsApp as the test plays it.
pub mod whatsapp_simulator;
