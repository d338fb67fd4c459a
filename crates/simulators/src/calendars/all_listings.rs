//! One program that plays all platforms: its listings, and what its handlers share.

use std::sync::{Mutex, MutexGuard};

use jiff::Timestamp;

use super::listing::Listing;
use crate::{core::SimulatorCore, lock_ignoring_poison::lock};

/// The program, as the handlers see it.
pub struct Sim {
    pub(crate) core: SimulatorCore,
    pub(crate) public_base_url: String,
    model: Mutex<Model>,
}

/// What changes.
#[derive(Default)]
pub(crate) struct Model {
    /// In the order in which they were created.
    pub(crate) listings: Vec<Listing>,
}

impl Sim {
    pub(super) fn new(core: SimulatorCore, public_base_url: String) -> Self {
        Self { core, public_base_url, model: Mutex::default() }
    }

    pub(crate) fn model(&self) -> MutexGuard<'_, Model> {
        lock(&self.model)
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.core.now()
    }
}

impl Model {
    pub(crate) fn find(&mut self, id: &str) -> Result<&mut Listing, String> {
        let listing = self.listings.iter_mut().find(|listing| listing.id == id);
        listing.ok_or_else(|| "there is no listing with this id".to_owned())
    }
}
