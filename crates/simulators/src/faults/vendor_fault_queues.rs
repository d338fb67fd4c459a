//! Faults that wait for their turn.

use serde::{Serialize, de::DeserializeOwned};

/// Faults of one vendor that wait for their payments, refunds or statuses. Each list is a queue.
pub trait FaultQueues: Clone + Default + Serialize + DeserializeOwned {
    /// Adds behind those that wait already.
    fn plan(&mut self, more: Self);
}
