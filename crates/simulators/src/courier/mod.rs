//! Sending webhooks: order, retries, planned faults, and the log of what happened.

mod attempt;
mod hold;
mod parcel;

use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex},
    time::Duration,
};

use tokio::sync::watch;

use crate::{
    faults::{WebhookFault, WebhookFaults},
    running::{Clock, Parts},
    sync::lock,
    works::Webhooks,
};

pub(crate) use parcel::{Job, Parcel, Secrets, Stamp};
pub use parcel::{Retry, WebhookAttempt};

/// Sends one simulator's webhooks.
///
/// Webhooks with the same lane go out in order, each tried once before the next. A webhook that was not accepted is
/// tried again beside the lane, as the vendors do: what follows does not wait for it.
pub(crate) struct Courier {
    client: reqwest::Client,
    parts: Parts,
    clock: Clock,
    /// Which HTTP statuses this vendor takes for an acknowledgement.
    accepts: fn(u16) -> bool,
    signature_header: &'static str,
    secrets: Mutex<Secrets>,
    retry: Mutex<Retry>,
    pub(crate) faults: WebhookFaults,
    lanes: Mutex<HashMap<String, VecDeque<Job>>>,
    held: Mutex<Option<Vec<Parcel>>>,
    log: Mutex<VecDeque<WebhookAttempt>>,
    /// Webhooks that are neither accepted nor given up.
    pending: watch::Sender<usize>,
    /// How many tries have been made in all.
    tried: watch::Sender<u64>,
}

impl Courier {
    pub(crate) fn new(client: reqwest::Client, parts: Parts, clock: Clock, webhooks: Webhooks) -> Arc<Self> {
        Arc::new(Self {
            client,
            parts,
            clock,
            accepts: webhooks.accepts,
            signature_header: webhooks.signature_header,
            secrets: Mutex::new(Secrets::only(webhooks.secret)),
            retry: Mutex::new(Retry::default()),
            faults: WebhookFaults::default(),
            lanes: Mutex::default(),
            held: Mutex::default(),
            log: Mutex::default(),
            pending: watch::Sender::new(0),
            tried: watch::Sender::new(0),
        })
    }

    /// Puts a webhook on its way and returns at once.
    pub(crate) fn post(self: &Arc<Self>, parcel: Parcel) {
        if let Some(held) = lock(&self.held).as_mut() {
            held.push(parcel);
            return;
        }
        self.dispatch(parcel);
    }

    /// Returns when every webhook has been accepted or given up; those held back do not count.
    pub(crate) async fn settle(&self) {
        let mut pending = self.pending.subscribe();
        tokio::select! {
            // The sender lives in self, so waiting cannot fail.
            _never_closed = pending.wait_for(|count| *count == 0) => {}
            () = self.parts.stop.cancelled() => {}
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

    /// Every try, oldest first; only the last ten thousand are kept.
    pub(crate) fn log(&self) -> Vec<WebhookAttempt> {
        lock(&self.log).iter().cloned().collect()
    }

    fn dispatch(self: &Arc<Self>, parcel: Parcel) {
        let fault = self.faults.take(&parcel.what).unwrap_or(WebhookFault::None);
        match &fault {
            WebhookFault::RotateSecret { secret } => self.set_secret(secret.clone()),
            WebhookFault::RollSecret { secret } => self.add_secret(secret.clone()),
            _ => {}
        }
        let job = Job { parcel, secrets: self.secrets(), fault };
        if job.fault == WebhookFault::Drop {
            self.record(job.unsent((self.clock)()));
            return;
        }
        self.pending.send_modify(|count| *count += 1);
        let mut lanes = lock(&self.lanes);
        if let Some(waiting) = lanes.get_mut(&job.parcel.lane) {
            waiting.push_back(job);
            return;
        }
        let lane = job.parcel.lane.clone();
        lanes.insert(lane.clone(), VecDeque::from([job]));
        drop(lanes);
        let courier = Arc::clone(self);
        self.parts.tasks.spawn(async move { courier.walk(lane).await });
    }

    /// Sends what waits in a lane until it is empty.
    async fn walk(self: Arc<Self>, lane: String) {
        while let Some(job) = self.next_in(&lane) {
            match job.fault {
                WebhookFault::Delay { delay_ms } => {
                    let courier = Arc::clone(&self);
                    self.parts.tasks.spawn(async move {
                        tokio::time::sleep(Duration::from_millis(delay_ms)).await;
                        courier.send(job).await;
                    });
                }
                WebhookFault::Reorder { at_most_ms } => {
                    let courier = Arc::clone(&self);
                    let mut tried = self.tried.subscribe();
                    self.parts.tasks.spawn(async move {
                        let at_most = Duration::from_millis(at_most_ms);
                        let _either_way = tokio::time::timeout(at_most, tried.changed()).await;
                        courier.send(job).await;
                    });
                }
                WebhookFault::Duplicate { copies } => {
                    for _ in 0..copies {
                        self.pending.send_modify(|count| *count += 1);
                        Arc::clone(&self).send(job.clone()).await;
                    }
                    Arc::clone(&self).send(job).await;
                }
                _ => Arc::clone(&self).send(job).await,
            }
        }
    }

    fn next_in(&self, lane: &str) -> Option<Job> {
        let mut lanes = lock(&self.lanes);
        let job = lanes.get_mut(lane)?.pop_front();
        if job.is_none() {
            lanes.remove(lane);
        }
        job
    }

    /// Tries once; further tries run beside the caller.
    async fn send(self: Arc<Self>, job: Job) {
        let retry = lock(&self.retry).clone();
        let tries = if job.is_forged() { 1 } else { retry.tries.max(1) };
        if self.attempt(&job, 1, &retry).await || tries == 1 {
            self.finish();
            return;
        }
        let courier = Arc::clone(&self);
        self.parts.tasks.spawn(async move {
            for attempt in 2..=tries {
                tokio::time::sleep(retry.pause_before(attempt)).await;
                if courier.attempt(&job, attempt, &retry).await {
                    break;
                }
            }
            courier.finish();
        });
    }

    fn finish(&self) {
        self.pending.send_modify(|count| *count -= 1);
    }

    fn record(&self, attempt: WebhookAttempt) {
        const KEPT: usize = 10_000;
        let mut log = lock(&self.log);
        if log.len() == KEPT {
            log.pop_front();
        }
        log.push_back(attempt);
    }
}
