//! What the handlers of one simulator share with whoever stops it.

use std::sync::Arc;

use tokio_util::sync::CancellationToken;

use super::Tasks;

/// The signal to stop, and the background work that ends with it.
#[derive(Clone)]
pub(crate) struct Lifecycle {
    pub(crate) stop: CancellationToken,
    pub(crate) tasks: Arc<Tasks>,
}

impl Lifecycle {
    /// Must be called inside a Tokio runtime.
    pub(crate) fn new() -> Self {
        Self { stop: CancellationToken::new(), tasks: Arc::new(Tasks::new()) }
    }
}
