//! What tests share: databases of their own, an application whose clock the test moves, nouns to begin with.

/// A fresh, migrated database per test, on either engine.
pub mod databases;
/// Nouns with sensible values, changed where a test cares.
pub mod noun_builders;
/// A Redis of the test's own.
pub mod redis_database;
/// Where the servers for tests are.
mod server_addresses;
/// The app on such a database, with the test's own time and chance.
pub mod test_app;

pub use databases::TestDb;
pub use test_app::TestApp;
