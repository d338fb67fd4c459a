//! What tests share: databases of their own, an application whose clock the test moves, nouns to begin with.

/// Nouns with sensible values, changed where a test cares.
pub mod builders;
/// A fresh, migrated database per test, on either engine.
pub mod databases;
/// The app on such a database, with the test's own time and chance.
pub mod desk;
/// A Redis of the test's own.
pub mod redis;
/// Where the servers for tests are.
mod servers;

pub use databases::TestDb;
pub use desk::TestApp;
