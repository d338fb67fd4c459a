//! One app of one seller at PayPal: what it is told from the start, what it keeps, and how its calls are answered.

use std::sync::Arc;

use axum::http::StatusCode;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, Value};

use super::{
    api_error::ApiError, capture::Capture, oauth_token::Tokens, order::Order, signing_key::SigningKey,
};
use crate::core::{Incoming, Reply, SimState, VendorCall, VendorSim};

/// PayPal keeps a request id for six hours.
const KEY_LIFETIME: SignedDuration = SignedDuration::from_hours(6);

pub(crate) type Sim = VendorSim<Account>;
pub(crate) type AccountState = SimState<Account>;
pub(crate) type ApiCall<'a> = VendorCall<'a, Account>;

/// What is known of the app from the start.
pub struct Account {
    pub(crate) client_id: String,
    pub(crate) client_secret: String,
    pub(crate) signing_key: Arc<SigningKey>,
}

/// What the app keeps.
#[derive(Default)]
pub struct Model {
    pub(crate) tokens: Tokens,
    /// In the order in which they were created.
    pub(crate) orders: Vec<Order>,
}

impl VendorSim<Account> {
    /// An id as PayPal's orders, captures and refunds have it.
    pub(crate) fn id(&self) -> String {
        self.core.ids.hex(17)
    }
}

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

impl SimState<Account> {
    /// The order with this id, unless it has been forgotten.
    pub(crate) fn find_order(&mut self, id: &str, now: Timestamp) -> Option<&mut Order> {
        let seconds = self.settings.order_seconds;
        self.model.orders.iter_mut().rev().find(|order| order.id == id && !order.is_forgotten(now, seconds))
    }

    pub(crate) fn find_capture(&mut self, id: &str) -> Option<&mut Capture> {
        let captures = self.model.orders.iter_mut().rev().filter_map(|order| order.capture.as_mut());
        captures.into_iter().find(|capture| capture.id == id)
    }

    pub(crate) fn captures(&self) -> impl Iterator<Item = &Capture> {
        self.model.orders.iter().filter_map(|order| order.capture.as_ref())
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
