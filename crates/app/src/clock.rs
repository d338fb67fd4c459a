//! The time, passed in: the system's, or a test's that moves by hand.

use std::sync::{
    Arc,
    atomic::{AtomicI64, AtomicU64, Ordering},
};

use jiff::{SignedDuration, Timestamp};

#[derive(Clone, Debug)]
pub enum Clock {
    System,
    Manual(Arc<Hand>),
}

/// A clock that goes when it is told to.
#[derive(Debug)]
pub struct Hand {
    /// Since 1970, UTC.
    micros: AtomicI64,
    /// How often it was looked at: what a test counts as steps of the program.
    reads: AtomicU64,
}

impl Clock {
    pub fn manual(start: Timestamp) -> Self {
        let hand = Hand { micros: AtomicI64::new(start.as_microsecond()), reads: AtomicU64::new(0) };
        Self::Manual(Arc::new(hand))
    }

    /// In whole microseconds, which is what both databases keep.
    pub fn now(&self) -> Timestamp {
        let micros = match self {
            Self::System => system_now().as_microsecond(),
            Self::Manual(hand) => {
                hand.reads.fetch_add(1, Ordering::SeqCst);
                hand.micros.load(Ordering::SeqCst)
            }
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

    /// How often a manual clock was looked at.
    pub fn reads(&self) -> u64 {
        match self {
            Self::System => 0,
            Self::Manual(hand) => hand.reads.load(Ordering::SeqCst),
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "the one place that reads the system's clock")]
fn system_now() -> Timestamp {
    Timestamp::now()
}
