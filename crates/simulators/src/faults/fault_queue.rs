//! Planned faults: a queue of them, and what each waits for.

use std::{collections::VecDeque, sync::Mutex};

use serde::{Deserialize, Serialize};

use crate::lock_ignoring_poison::lock;

/// A fault that waits for a call, a webhook or whatever else `O` names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Planned<O, F> {
    /// Which one to hit; any when absent. For a webhook, how its name in the log begins: `message`, `status read`,
    /// `payment.created`, `ipn`, `checkout.session.completed`, `PAYMENT.CAPTURE`.
    #[serde(default = "any")]
    pub on: Option<O>,
    /// How many to hit.
    #[serde(default = "once")]
    pub times: u32,
    /// What goes wrong.
    #[serde(flatten)]
    pub fault: F,
}

impl<O, F> Planned<O, F> {
    /// One that waits for this.
    pub fn on(fault: F, on: O) -> Self {
        Self { on: Some(on), times: 1, fault }
    }

    /// Hits so many.
    #[must_use]
    pub fn times(mut self, times: u32) -> Self {
        self.times = times;
        self
    }
}

impl<O, F> From<F> for Planned<O, F> {
    fn from(fault: F) -> Self {
        Self { on: None, times: 1, fault }
    }
}

/// The faults that have not yet met what they wait for, oldest first.
pub(crate) struct FaultQueue<O, F>(Mutex<VecDeque<Planned<O, F>>>);

impl<O, F> Default for FaultQueue<O, F> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<O: Clone, F: Clone> FaultQueue<O, F> {
    pub(crate) fn add(&self, planned: impl IntoIterator<Item = Planned<O, F>>) {
        lock(&self.0).extend(planned.into_iter().filter(|planned| planned.times > 0));
    }

    pub(crate) fn clear(&self) {
        lock(&self.0).clear();
    }

    pub(crate) fn list(&self) -> Vec<Planned<O, F>> {
        lock(&self.0).iter().cloned().collect()
    }

    /// The next fault that waits for something which `is_meant` tells, or for anything.
    pub(crate) fn take(&self, is_meant: impl Fn(&O) -> bool) -> Option<F> {
        let mut queue = lock(&self.0);
        let index = queue.iter().position(|planned| planned.on.as_ref().is_none_or(&is_meant))?;
        let planned = queue.get_mut(index)?;
        planned.times -= 1;
        let fault = planned.fault.clone();
        if planned.times == 0 {
            queue.remove(index);
        }
        Some(fault)
    }
}

// A path, because serde would otherwise ask for `O: Default`.
fn any<O>() -> Option<O> {
    None
}

fn once() -> u32 {
    1
}
