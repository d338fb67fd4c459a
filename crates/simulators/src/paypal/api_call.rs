//! A call to PayPal's API: its body, and that what changes something is done once per request id.

use axum::http::StatusCode;
use jiff::SignedDuration;
use serde_json::{Map, Value};

use super::{
    account::{Account, AccountState},
    api_error::ApiError,
};
use crate::core::{Incoming, Reply, VendorCall};

/// PayPal keeps a request id for six hours.
const KEY_LIFETIME: SignedDuration = SignedDuration::from_hours(6);

impl VendorCall<'_, Account> {
    /// Does what changes something, once per request id: a repeated id gets the first answer again with status 200.
    pub(super) fn once(
        &self,
        state: &mut AccountState,
        work: impl FnOnce(&mut AccountState, &Value) -> Result<Reply, ApiError>,
    ) -> Result<Reply, ApiError> {
        let kind = self.incoming.header("content-type");
        if !kind.is_some_and(|kind| kind.starts_with("application/json")) {
            return Err(ApiError::wrong_type());
        }
        let body = body(self.incoming)?;
        let mut is_first = false;
        let reply = state.once(request_id(self.incoming)?, self.sim.now(), KEY_LIFETIME, |state| {
            is_first = true;
            work(state, &body)
        })?;
        Ok(if is_first { reply } else { Reply { status: StatusCode::OK, ..reply } })
    }
}

fn body(incoming: &Incoming) -> Result<Value, ApiError> {
    if incoming.body.is_empty() {
        return Ok(Value::Object(Map::new()));
    }
    let malformed = |_| ApiError::invalid("MALFORMED_REQUEST_JSON", "The request JSON is not well formed.");
    incoming.json().map_err(malformed)
}

/// What makes a call the same as one before: the path and the caller's own id, where it gives one.
fn request_id(incoming: &Incoming) -> Result<Option<String>, ApiError> {
    let Some(id) = incoming.header("paypal-request-id") else { return Ok(None) };
    if id.len() > 108 {
        let description = "The value of a field is either too short or too long.";
        return Err(ApiError::invalid("INVALID_STRING_LENGTH", description).at("PayPal-Request-Id"));
    }
    Ok(Some(format!("{} {id}", incoming.path)))
}
