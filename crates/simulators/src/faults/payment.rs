//! Faults of payments and refunds.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::control::FaultQueues;

/// What waits to go wrong with payments and refunds. Each list is a queue.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaymentFaults<P, R> {
    /// For the next payments.
    #[serde(default = "VecDeque::new")]
    pub payments: VecDeque<P>,
    /// For the next refunds.
    #[serde(default = "VecDeque::new")]
    pub refunds: VecDeque<R>,
}

impl<P, R> Default for PaymentFaults<P, R> {
    fn default() -> Self {
        Self { payments: VecDeque::new(), refunds: VecDeque::new() }
    }
}

impl<P, R> FaultQueues for PaymentFaults<P, R>
where
    P: Clone + Serialize + DeserializeOwned,
    R: Clone + Serialize + DeserializeOwned,
{
    fn plan(&mut self, more: Self) {
        self.payments.extend(more.payments);
        self.refunds.extend(more.refunds);
    }
}
