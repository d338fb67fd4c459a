//! Waiting for something to become true, never for a time to pass.

use std::time::{Duration, Instant};

const LOOK_EVERY: Duration = Duration::from_millis(20);

/// Looks until there is something to see.
///
/// # Panics
/// When it takes longer than `limit`.
pub async fn until<T>(what: &str, limit: Duration, mut look: impl AsyncFnMut() -> Option<T>) -> T {
    let begun = Instant::now();
    loop {
        if let Some(seen) = look().await {
            return seen;
        }
        assert!(begun.elapsed() < limit, "waited {limit:?} in vain until {what}");
        tokio::time::sleep(LOOK_EVERY).await;
    }
}

/// The same for a yes or no.
pub async fn until_true(what: &str, limit: Duration, mut look: impl AsyncFnMut() -> bool) {
    until(what, limit, async || look().await.then_some(())).await;
}

/// Fails when `work` takes longer than `limit`: nothing here may hang.
pub async fn within<T>(what: &str, limit: Duration, work: impl Future<Output = T>) -> T {
    let done = tokio::time::timeout(limit, work).await;
    done.unwrap_or_else(|_| panic!("{what} took longer than {limit:?}"))
}
