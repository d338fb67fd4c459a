//! A call to Stripe's API: its parameters, and that what changes something is done once per key.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::{
    account::{Account, AccountState, no_cause},
    api_error::ApiError,
    bracket_form, idempotency,
};
use crate::core::{Reply, VendorCall, VendorError as _};

impl VendorCall<'_, Account> {
    /// The parameters of a call that changes nothing; they stand in the query.
    pub(super) fn query(&self) -> Result<Value, ApiError> {
        bracket_form::parse(&self.incoming.query)
    }

    /// Does what changes something, once per key; the parameters stand in the body.
    pub(super) fn once(
        &self,
        state: &mut AccountState,
        work: impl FnOnce(&mut AccountState, &Value) -> Result<Reply, ApiError>,
    ) -> Result<Reply, ApiError> {
        let key = idempotency::key(self.incoming);
        if key.is_some_and(|key| key.len() > 255) {
            return Err(ApiError::invalid(None, "Idempotency keys may be at most 255 characters long"));
        }
        let request = idempotency::request(self.incoming)?;
        if let Some(key) = key
            && let Some(reply) = idempotency::find(state, key, &request, self.sim.now())?
        {
            return Ok(reply);
        }
        state.model.cause = json!({ "id": format!("req_{}", self.request_id()), "idempotency_key": key });
        let done = work(state, &request["form"]);
        state.model.cause = no_cause();
        let is_kept = done.as_ref().map_or_else(|error| error.is_kept, |_| true);
        if let (Some(key), true) = (key, is_kept) {
            let reply = done.as_ref().map_or_else(ApiError::reply, Reply::clone);
            idempotency::keep(self, state, key, request, reply);
        }
        done
    }
}

/// 200 with this.
pub(crate) fn ok(value: &Value) -> Reply {
    Reply::plain_json(StatusCode::OK, value)
}
