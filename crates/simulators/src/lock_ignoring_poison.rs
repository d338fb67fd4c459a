//! A mutex guard that does not mind a panic elsewhere.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// Locks, also after another holder panicked: every change here is one assignment or push, so the state is whole.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
