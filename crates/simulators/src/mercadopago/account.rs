//! One seller at Mercado Pago: what is known of him from the start, what is kept, and how calls are answered.

use std::collections::BTreeMap;

use jiff::SignedDuration;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{api_error::ApiError, payment::Payment, preference::Preference};
use crate::core::{Reply, SimState, VendorCall, VendorSim};

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

impl VendorCall<'_, Account> {
    pub(super) fn body(&self) -> Result<Value, ApiError> {
        self.incoming.json().map_err(|_| ApiError::invalid("bad_request", "The body is not valid JSON"))
    }

    /// The query, with nothing in it that cannot be read.
    pub(super) fn query<T: DeserializeOwned>(&self) -> Result<T, ApiError> {
        let invalid = || ApiError::invalid("bad_request", "A parameter of the query cannot be read");
        self.incoming.query().ok_or_else(invalid)
    }

    pub(super) fn idempotency_key(&self) -> Option<&str> {
        self.incoming.header("x-idempotency-key")
    }

    /// Does what changes something, once per path and key, if there is one. A key is never forgotten: how long Mercado
    /// Pago keeps one is not known.
    pub(super) fn once(
        &self,
        state: &mut AccountState,
        work: impl FnOnce(&mut AccountState) -> Result<Reply, ApiError>,
    ) -> Result<Reply, ApiError> {
        let key = self.idempotency_key().map(|key| format!("{} {key}", self.incoming.path));
        state.once(key, self.sim.now(), SignedDuration::MAX, work)
    }
}
