//! Sending webhooks: order, retries, planned faults, and the log of what happened.

mod delivery;
mod delivery_attempt;
mod hold_and_release;

use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex},
    time::Duration,
};

use tokio::sync::watch;

use super::{Clock, Lifecycle, Log, SimulatorCore};
use crate::faults::{WebhookFault, WebhookFaults};
use crate::lock_ignoring_poison::lock;

pub(crate) use delivery::{Delivery, Headers, Secrets};
pub use delivery::{Retry, WebhookAttempt};

use delivery::DecidedDelivery;

/// Sends one simulator's webhooks.
///
/// Webhooks with the same ordering key go out in order, each tried once before the next. A webhook that was not accepted
/// is tried again beside its queue, as the vendors do: what follows does not wait for it.
pub struct WebhookDispatcher {
    client: reqwest::Client,
    lifecycle: Lifecycle,
    clock: Clock,
    rules: WebhookRules,
    secrets: Mutex<Secrets>,
    retry: Mutex<Retry>,
    pub(crate) faults: WebhookFaults,
    /// By ordering key.
    queues: Mutex<HashMap<String, VecDeque<DecidedDelivery>>>,
    held: Mutex<Option<Vec<Delivery>>>,
    /// Every attempt.
    pub(crate) log: Log<WebhookAttempt>,
    /// Webhooks that are neither accepted nor given up.
    pending: watch::Sender<usize>,
    /// How many attempts have been made in all.
    tried: watch::Sender<u64>,
}

/// What is different from vendor to vendor.
pub(crate) struct WebhookRules {
    /// Which HTTP statuses the vendor takes for an acknowledgement.
    pub(crate) accepts: fn(u16) -> bool,
    pub(crate) signature_header: &'static str,
}

impl WebhookDispatcher {
    pub(crate) fn new(core: &SimulatorCore, rules: WebhookRules, secret: String) -> Arc<Self> {
        Arc::new(Self {
            client: core.client.clone(),
            lifecycle: core.lifecycle.clone(),
            clock: Arc::clone(&core.clock),
            rules,
            secrets: Mutex::new(Secrets::only(secret)),
            retry: Mutex::new(Retry::default()),
            faults: WebhookFaults::default(),
            queues: Mutex::default(),
            held: Mutex::default(),
            log: Log::default(),
            pending: watch::Sender::new(0),
            tried: watch::Sender::new(0),
        })
    }

    /// Puts a webhook on its way and returns at once.
    pub(crate) fn send(self: &Arc<Self>, delivery: Delivery) {
        if let Some(held) = lock(&self.held).as_mut() {
            held.push(delivery);
            return;
        }
        self.dispatch(delivery);
    }

    /// Returns when every webhook has been accepted or given up; those held back do not count.
    pub(crate) async fn settle(&self) {
        let mut pending = self.pending.subscribe();
        tokio::select! {
            // The sender lives in self, so waiting cannot fail.
            _never_closed = pending.wait_for(|count| *count == 0) => {}
            () = self.lifecycle.stop.cancelled() => {}
        }
    }

    /// Signs with this secret alone from now on.
    pub(crate) fn set_secret(&self, secret: String) {
        *lock(&self.secrets) = Secrets::only(secret);
    }

    /// Signs with this secret and, where the vendor writes several signatures, with those before it too.
    pub(crate) fn add_secret(&self, secret: String) {
        let mut secrets = lock(&self.secrets);
        let before = std::mem::replace(&mut secrets.newest, secret);
        secrets.older.insert(0, before);
    }

    pub(crate) fn secrets(&self) -> Secrets {
        lock(&self.secrets).clone()
    }

    pub(crate) fn set_retry(&self, retry: Retry) {
        *lock(&self.retry) = retry;
    }

    fn dispatch(self: &Arc<Self>, delivery: Delivery) {
        let fault = self.faults.take(|on| delivery.what.starts_with(on)).unwrap_or(WebhookFault::None);
        match &fault {
            WebhookFault::RotateSecret { secret } => self.set_secret(secret.clone()),
            WebhookFault::RollSecret { secret } => self.add_secret(secret.clone()),
            _ => {}
        }
        let decided = DecidedDelivery { delivery, secrets: self.secrets(), fault };
        if decided.fault == WebhookFault::Drop {
            self.log.add(decided.unsent((self.clock)()));
            return;
        }
        self.pending.send_modify(|count| *count += 1);
        let mut queues = lock(&self.queues);
        if let Some(waiting) = queues.get_mut(&decided.delivery.ordering_key) {
            waiting.push_back(decided);
            return;
        }
        let key = decided.delivery.ordering_key.clone();
        queues.insert(key.clone(), VecDeque::from([decided]));
        drop(queues);
        let dispatcher = Arc::clone(self);
        self.lifecycle.tasks.spawn(async move { dispatcher.drain(key).await });
    }

    /// Sends what waits under a key until it is empty.
    async fn drain(self: Arc<Self>, key: String) {
        while let Some(decided) = self.next_in(&key) {
            match decided.fault {
                WebhookFault::Delay { delay_ms } => {
                    let dispatcher = Arc::clone(&self);
                    self.lifecycle.tasks.spawn(async move {
                        tokio::time::sleep(Duration::from_millis(delay_ms)).await;
                        dispatcher.deliver(decided).await;
                    });
                }
                WebhookFault::Reorder { at_most_ms } => {
                    let dispatcher = Arc::clone(&self);
                    let mut tried = self.tried.subscribe();
                    self.lifecycle.tasks.spawn(async move {
                        let at_most = Duration::from_millis(at_most_ms);
                        let _either_way = tokio::time::timeout(at_most, tried.changed()).await;
                        dispatcher.deliver(decided).await;
                    });
                }
                WebhookFault::Duplicate { copies } => {
                    for _ in 0..copies {
                        self.pending.send_modify(|count| *count += 1);
                        Arc::clone(&self).deliver(decided.clone()).await;
                    }
                    Arc::clone(&self).deliver(decided).await;
                }
                _ => Arc::clone(&self).deliver(decided).await,
            }
        }
    }

    fn next_in(&self, key: &str) -> Option<DecidedDelivery> {
        let mut queues = lock(&self.queues);
        let decided = queues.get_mut(key)?.pop_front();
        if decided.is_none() {
            queues.remove(key);
        }
        decided
    }

    /// Tries once; further tries run beside the caller.
    async fn deliver(self: Arc<Self>, decided: DecidedDelivery) {
        let retry = lock(&self.retry).clone();
        let tries = if decided.is_forged() { 1 } else { retry.tries.max(1) };
        if self.attempt(&decided, 1, &retry).await || tries == 1 {
            self.finish();
            return;
        }
        let dispatcher = Arc::clone(&self);
        self.lifecycle.tasks.spawn(async move {
            for attempt in 2..=tries {
                tokio::time::sleep(retry.pause_before(attempt)).await;
                if dispatcher.attempt(&decided, attempt, &retry).await {
                    break;
                }
            }
            dispatcher.finish();
        });
    }

    fn finish(&self) {
        self.pending.send_modify(|count| *count -= 1);
    }
}
