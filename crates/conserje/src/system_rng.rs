//! Chance from the operating system: the one place that takes it. Everybody else is handed an [`Rng`].

use kernel::rng::Rng;

/// Seeded anew at every start.
#[expect(clippy::disallowed_methods, reason = "the one place that takes chance from the system")]
pub fn system_rng() -> Rng {
    Rng::from_seed(rand::random())
}
