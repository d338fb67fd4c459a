//! Faults of payments and refunds.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::FaultQueues;

/// What waits to go wrong with payments and refunds. Each list is a queue.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaymentFaults<P, S> {
    /// For the next payments.
    #[serde(default = "VecDeque::new")]
    pub payments: VecDeque<P>,
    /// For the next refunds.
    #[serde(default = "VecDeque::new")]
    pub refunds: VecDeque<RefundFault<S>>,
}

impl<P, S> Default for PaymentFaults<P, S> {
    fn default() -> Self {
        Self { payments: VecDeque::new(), refunds: VecDeque::new() }
    }
}

impl<P, S> FaultQueues for PaymentFaults<P, S>
where
    P: Clone + Serialize + DeserializeOwned,
    S: Clone + Serialize + DeserializeOwned,
{
    fn plan(&mut self, more: Self) {
        self.payments.extend(more.payments);
        self.refunds.extend(more.refunds);
    }
}

/// What becomes of one refund, instead of being done at once. The oldest planned one meets the next refund.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RefundFault<S> {
    /// Where it begins.
    pub status: S,
}

impl<S> From<S> for RefundFault<S> {
    fn from(status: S) -> Self {
        Self { status }
    }
}
