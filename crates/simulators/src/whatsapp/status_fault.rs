//! What can go wrong with the statuses of messages at WhatsApp.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

use super::StatusFault;
use crate::faults::FaultQueues;

/// What waits to go wrong with the statuses of the next messages.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct WhatsAppFaults {
    /// A queue.
    pub statuses: VecDeque<StatusFault>,
}

impl FaultQueues for WhatsAppFaults {
    fn plan(&mut self, more: Self) {
        self.statuses.extend(more.statuses);
    }
}
