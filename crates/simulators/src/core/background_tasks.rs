//! Background work that ends with its simulator.

use std::{future::Future, sync::Mutex};

use tokio::{runtime::Handle, task::JoinSet};

use crate::lock_ignoring_poison::lock;

/// The background work of one simulator. Once shut down it takes no more.
pub(crate) struct Tasks {
    runtime: Handle,
    running: Mutex<Option<JoinSet<()>>>,
}

impl Tasks {
    /// Must be called inside a Tokio runtime, which all of the work will run on.
    pub(crate) fn new() -> Self {
        Self { runtime: Handle::current(), running: Mutex::new(Some(JoinSet::new())) }
    }

    /// Starts the work, or drops it unstarted when the simulator has been stopped.
    pub(crate) fn spawn(&self, work: impl Future<Output = ()> + Send + 'static) {
        if let Some(set) = lock(&self.running).as_mut() {
            // Finished work is collected here, so that a long run does not keep a record of each webhook.
            while set.try_join_next().is_some() {}
            set.spawn_on(work, &self.runtime);
        }
    }

    /// Ends all work now and returns when none is left.
    pub(crate) async fn shut_down(&self) {
        let set = lock(&self.running).take();
        if let Some(mut set) = set {
            set.shutdown().await;
        }
    }

    /// Ends all work soon, for a caller that cannot wait.
    pub(crate) fn abort(&self) {
        drop(lock(&self.running).take());
    }
}
