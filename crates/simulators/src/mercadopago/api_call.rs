//! A call to Mercado Pago's API: its body, its query, and that what changes something is done once per key.

use jiff::SignedDuration;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{
    account::{Account, AccountState},
    api_error::ApiError,
};
use crate::core::{Reply, VendorCall};

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
