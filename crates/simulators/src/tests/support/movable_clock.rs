//! A clock that stands still until it is moved.

use std::sync::{Arc, Mutex};

use jiff::{SignedDuration, Timestamp};

use crate::{Clock, lock_ignoring_poison::lock};

/// A clock that stands still until it is moved.
#[derive(Clone)]
pub(crate) struct MovableClock(Arc<Mutex<Timestamp>>);

impl MovableClock {
    pub(crate) fn new() -> Self {
        Self(Arc::new(Mutex::new("2026-09-01T12:00:00Z".parse().expect("an instant"))))
    }

    pub(crate) fn clock(&self) -> Clock {
        let now = Arc::clone(&self.0);
        Arc::new(move || *lock(&now))
    }

    pub(crate) fn forward(&self, duration: SignedDuration) {
        *lock(&self.0) += duration;
    }
}
