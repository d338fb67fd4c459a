//! Which kinds of jobs there are, and when the recurring ones are due. Rooms fill it once, when the context is built.

use std::{collections::BTreeMap, sync::Arc};

use futures_util::future::BoxFuture;
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use store::{
    db::Session,
    queue::{self, Claim, NewJob, schedule},
};

use super::{Done, Job, JobError};
use crate::App;

type Run = for<'a> fn(Value, &'a Arc<App>, &'a Claim) -> BoxFuture<'a, Result<Done, JobError>>;
type Every = fn(&App) -> SignedDuration;

type Restore = fn(Value, Timestamp) -> Option<NewJob>;

/// What can be done with a row of one kind.
struct Kind {
    run: Run,
    restore: Restore,
}

#[derive(Default)]
pub struct Registry {
    kinds: BTreeMap<&'static str, Kind>,
    /// In the order in which the worker looks into them.
    queues: Vec<&'static str>,
    schedules: Vec<Schedule>,
}

/// Recurring work: a job without fields, and how often it is wanted.
struct Schedule {
    kind: &'static str,
    every: Every,
    job: fn() -> NewJob,
}

impl Registry {
    /// # Panics
    /// When another job has the same kind.
    pub fn register<J: Job>(&mut self) {
        let run: Run = |payload, app, claim| {
            Box::pin(async move {
                let unreadable =
                    |_| JobError::fail("this version of the program does not know the job's fields");
                let job: J = serde_json::from_value(payload).map_err(unreadable)?;
                job.run(app, claim).await
            })
        };
        let restore: Restore = |payload, run_at| {
            let job: Option<J> = serde_json::from_value(payload).ok();
            job.map(|job| job.enqueue_at(run_at))
        };
        let before = self.kinds.insert(J::KIND, Kind { run, restore });
        assert!(before.is_none(), "two jobs are named {}", J::KIND);
        if !self.queues.contains(&J::QUEUE) {
            self.queues.push(J::QUEUE);
        }
    }

    /// Registers a job that is enqueued again and again, once however many processes ask for it.
    ///
    /// # Panics
    /// As [`Self::register`].
    pub fn schedule<J: Job + Default>(&mut self, every: Every) {
        self.register::<J>();
        // The worker sets the instant when it enqueues.
        let job = || J::default().enqueue_at(Timestamp::UNIX_EPOCH);
        self.schedules.push(Schedule { kind: J::KIND, every, job });
    }

    pub fn kinds(&self) -> impl Iterator<Item = &'static str> {
        self.kinds.keys().copied()
    }

    /// The kinds that are enqueued again and again.
    pub fn recurring(&self) -> impl ExactSizeIterator<Item = &'static str> {
        self.schedules.iter().map(|schedule| schedule.kind)
    }

    pub fn queues(&self) -> &[&'static str] {
        &self.queues
    }

    /// The registered name that equals `kind`: what may become a label.
    pub(super) fn known(&self, kind: &str) -> Option<&'static str> {
        self.kinds.get_key_value(kind).map(|(known, _)| *known)
    }

    /// Runs a claimed job; None for a kind that nobody has registered.
    pub(super) fn run<'a>(
        &self,
        app: &'a Arc<App>,
        claim: &'a Claim,
    ) -> Option<BoxFuture<'a, Result<Done, JobError>>> {
        let kind = self.kinds.get(claim.kind.as_str())?;
        Some((kind.run)(claim.payload.clone(), app, claim))
    }

    /// The row of a job that was kept as data; None where its kind or its fields are unknown.
    pub fn restore(&self, kind: &str, payload: Value, run_at: Timestamp) -> Option<NewJob> {
        (self.kinds.get(kind)?.restore)(payload, run_at)
    }

    /// The time between two turns of what recurs most often.
    pub(super) fn shortest_interval(&self, app: &App) -> SignedDuration {
        self.schedules.iter().map(|schedule| (schedule.every)(app)).min().unwrap_or(SignedDuration::MAX)
    }

    /// Enqueues the recurring jobs whose time has come; any number of processes may call it.
    ///
    /// # Errors
    /// The database's.
    pub(super) async fn enqueue_due(&self, app: &App, session: &mut Session) -> store::db::Result<()> {
        let now = app.now();
        for schedule in &self.schedules {
            if schedule::take_turn(session, schedule.kind, (schedule.every)(app), now).await? {
                let job = NewJob { run_at: now, ..(schedule.job)() };
                queue::enqueue(session, &[job], now).await?;
            }
        }
        Ok(())
    }
}
