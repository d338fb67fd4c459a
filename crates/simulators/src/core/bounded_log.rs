//! A log of what happened, oldest first, that does not grow without end.

use std::{collections::VecDeque, sync::Mutex};

use crate::lock_ignoring_poison::lock;

/// Older entries make room for new ones.
const KEPT: usize = 10_000;

/// A list that does not grow without end.
pub(crate) struct Log<T>(Mutex<VecDeque<T>>);

impl<T> Default for Log<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<T: Clone> Log<T> {
    pub(crate) fn add(&self, entry: T) {
        let mut entries = lock(&self.0);
        if entries.len() == KEPT {
            entries.pop_front();
        }
        entries.push_back(entry);
    }

    /// The last ten thousand.
    pub(crate) fn list(&self) -> Vec<T> {
        lock(&self.0).iter().cloned().collect()
    }

    pub(crate) fn clear(&self) {
        lock(&self.0).clear();
    }
}
