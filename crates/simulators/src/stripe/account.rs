//! One account at Stripe: what it is told from the start, what it keeps, and how its calls are answered.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::{api_error::ApiError, bracket_form, idempotency, payment::Payment, session::Session};
use crate::core::{Reply, SimState, VendorCall, VendorError as _, VendorSim};

pub(crate) type Sim = VendorSim<Account>;
pub(crate) type AccountState = SimState<Account>;
pub(crate) type ApiCall<'a> = VendorCall<'a, Account>;

/// What is known of the account from the start.
pub struct Account {
    pub(crate) api_key: String,
}

/// What the account keeps.
pub struct Model {
    /// In the order in which they were created.
    pub(crate) sessions: Vec<Session>,
    pub(crate) payments: Vec<Payment>,
    /// The call that is being done, as the events that it causes name it.
    pub(crate) cause: Value,
}

impl Default for Model {
    fn default() -> Self {
        Self { sessions: Vec::new(), payments: Vec::new(), cause: no_cause() }
    }
}

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

impl SimState<Account> {
    pub(crate) fn find_session(&mut self, id: &str) -> Option<&mut Session> {
        self.model.sessions.iter_mut().rev().find(|session| session.id == id)
    }

    pub(crate) fn find_payment(&mut self, id: &str) -> Option<&mut Payment> {
        self.model.payments.iter_mut().rev().find(|payment| payment.id == id)
    }
}

/// 200 with this.
pub(crate) fn ok(value: &Value) -> Reply {
    Reply::plain_json(StatusCode::OK, value)
}

/// Events that no call caused name none.
fn no_cause() -> Value {
    json!({ "id": null, "idempotency_key": null })
}
