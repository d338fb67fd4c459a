//! The time, passed in: the system's, or a test's that moves by hand.

use std::sync::{
    Arc,
    atomic::{AtomicI64, AtomicU64, Ordering},
};

use jiff::{SignedDuration, Timestamp};
use tokio::sync::Notify;

#[derive(Clone, Debug)]
pub enum Clock {
    System,
    Manual(Arc<Hand>),
}

/// A clock that goes when it is told to, and may stop for good.
#[derive(Debug)]
pub struct Hand {
    /// Since 1970, UTC.
    micros: AtomicI64,
    /// How many steps the program has taken, and at which of them it goes no further.
    steps: AtomicU64,
    stop: AtomicU64,
    stopped: Notify,
}

impl Clock {
    pub fn manual(start: Timestamp) -> Self {
        Self::Manual(Arc::new(Hand {
            micros: AtomicI64::new(start.as_microsecond()),
            steps: AtomicU64::new(0),
            stop: AtomicU64::new(u64::MAX),
            stopped: Notify::new(),
        }))
    }

    /// In whole microseconds, which is what both databases keep.
    pub fn now(&self) -> Timestamp {
        let micros = match self {
            Self::System => system_now().as_microsecond(),
            Self::Manual(hand) => hand.micros.load(Ordering::SeqCst),
        };
        Timestamp::from_microsecond(micros).expect("microseconds of a timestamp are in its range")
    }

    /// Moves a manual clock; the system's goes by itself.
    pub fn advance(&self, by: SignedDuration) {
        if let Self::Manual(hand) = self {
            let by = i64::try_from(by.as_micros()).unwrap_or(i64::MAX);
            hand.micros.fetch_add(by, Ordering::SeqCst);
        }
    }

    /// A step of the program: before a transaction begins, and before it is written down. The system's clock lets it
    /// pass; a manual one may have been told to stop here, and nothing goes on, as in a process that has died.
    pub(crate) async fn step(&self) {
        if let Self::Manual(hand) = self {
            let steps = hand.steps.fetch_add(1, Ordering::SeqCst) + 1;
            if steps >= hand.stop.load(Ordering::SeqCst) {
                hand.stopped.notify_one();
                std::future::pending::<()>().await;
            }
        }
    }

    /// Lets the program take so many more steps, and does `work` until then or until it is done.
    pub async fn stop_after(&self, steps: u64, work: impl Future) {
        let Self::Manual(hand) = self else { return };
        hand.stop.store(hand.steps.load(Ordering::SeqCst) + steps, Ordering::SeqCst);
        tokio::select! {
            _ = work => {}
            () = hand.stopped.notified() => {}
        }
        hand.stop.store(u64::MAX, Ordering::SeqCst);
    }

    /// How many steps a manual clock has seen.
    pub fn steps(&self) -> u64 {
        match self {
            Self::System => 0,
            Self::Manual(hand) => hand.steps.load(Ordering::SeqCst),
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "the one place that reads the system's clock")]
fn system_now() -> Timestamp {
    Timestamp::now()
}
