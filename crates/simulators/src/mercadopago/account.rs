//! One seller at Mercado Pago: what is known of him from the start, and what is kept.

use std::collections::BTreeMap;

use super::{payment::Payment, preference::Preference};
use crate::core::{SimState, VendorCall, VendorSim};

pub(crate) type Sim = VendorSim<Account>;
pub(crate) type AccountState = SimState<Account>;
pub(crate) type ApiCall<'a> = VendorCall<'a, Account>;

/// What is known of the seller from the start.
pub struct Account {
    pub(crate) access_token: String,
    pub(crate) collector_id: u64,
}

/// What is kept for the seller.
#[derive(Default)]
pub struct Model {
    /// In the order in which they were created.
    pub(crate) preferences: Vec<Preference>,
    /// By id, which grows.
    pub(crate) payments: BTreeMap<u64, Payment>,
}

impl SimState<Account> {
    pub(crate) fn find_preference(&self, id: &str) -> Option<&Preference> {
        self.model.preferences.iter().find(|preference| preference.id == id)
    }
}
