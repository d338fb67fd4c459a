//! Background work that is awaited at shutdown and outlives a panic.

use std::{future::Future, time::Duration};

use tokio_util::{sync::CancellationToken, task::TaskTracker};

#[derive(Clone, Debug, Default)]
pub struct Tasks {
    tracker: TaskTracker,
    stopping: CancellationToken,
}

impl Tasks {
    /// Runs `work` beside the caller. A panic in it ends it alone.
    #[expect(
        clippy::disallowed_methods,
        reason = "the one home of spawning: what runs here is awaited at shutdown"
    )]
    pub fn spawn(&self, work: impl Future<Output = ()> + Send + 'static) -> tokio::task::JoinHandle<()> {
        tokio::spawn(self.tracker.track_future(work))
    }

    /// Resolves when the process has been asked to stop.
    pub async fn stopping(&self) {
        self.stopping.cancelled().await;
    }

    pub fn is_stopping(&self) -> bool {
        self.stopping.is_cancelled()
    }

    pub fn stop(&self) {
        self.stopping.cancel();
    }

    /// Waits for what is running; false when it took longer than `limit`.
    pub async fn finish(&self, limit: Duration) -> bool {
        self.stop();
        self.tracker.close();
        tokio::time::timeout(limit, self.tracker.wait()).await.is_ok()
    }
}
