//! A queue per host: one request at a time, whether a job, a person or a booking asks.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use tokio::sync::OwnedMutexGuard;

/// So many hosts are remembered before those that nobody uses are forgotten.
const MAX_IDLE_HOSTS: usize = 256;

/// The hosts of one client, each with a queue before it.
#[derive(Debug, Default)]
pub(super) struct HostQueues(Mutex<HashMap<String, Arc<tokio::sync::Mutex<()>>>>);

/// The host is ours until this is dropped.
pub(super) struct HostLock {
    _held: OwnedMutexGuard<()>,
}

impl HostQueues {
    /// Waits until nobody else asks `host`; first come, first served.
    pub(super) async fn lock(&self, host: &str) -> HostLock {
        HostLock { _held: self.queue_of(host).lock_owned().await }
    }

    fn queue_of(&self, host: &str) -> Arc<tokio::sync::Mutex<()>> {
        let mut hosts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if hosts.len() >= MAX_IDLE_HOSTS {
            hosts.retain(|_, queue| Arc::strong_count(queue) > 1);
        }
        Arc::clone(hosts.entry(host.to_owned()).or_default())
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt as _;

    use super::*;

    #[tokio::test]
    async fn a_host_is_asked_by_one_at_a_time() {
        let queues = HostQueues::default();
        let first = queues.lock("a.example").await;
        let mut second = Box::pin(queues.lock("a.example"));
        assert!(second.as_mut().now_or_never().is_none(), "it waits");
        assert!(queues.lock("b.example").now_or_never().is_some(), "another host does not");
        drop(first);
        assert!(second.now_or_never().is_some());
    }

    #[tokio::test]
    async fn hosts_that_nobody_uses_are_forgotten_and_no_other() {
        let queues = HostQueues::default();
        let held = queues.lock("held.example").await;
        for number in 0..MAX_IDLE_HOSTS * 2 {
            queues.lock(&format!("{number}.example")).await;
        }
        assert!(queues.0.lock().unwrap().len() <= MAX_IDLE_HOSTS);
        assert!(queues.lock("held.example").now_or_never().is_none());
        drop(held);
    }
}
