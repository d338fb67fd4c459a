//! One account at Stripe: what it is told from the start, what it keeps, and how its calls are answered.

use std::sync::Arc;

use axum::{Router, http::StatusCode, response::Response};
use serde_json::{Value, json};

use super::{
    StripeFaults, StripeSettings,
    api_error::{self, ApiError, StripeDialect},
    control_routes, events, form, idempotency,
    payment::Payment,
    routes,
    session::{Session, actions},
};
use crate::{
    core::{Control, Dialect, Incoming, Reply, Retry, SimState, Vendor, VendorError as _, VendorSim},
    faults::Call,
};

pub(crate) type Sim = VendorSim<Account>;
pub(crate) type AccountState = SimState<Account>;

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

impl Vendor for Account {
    type Settings = StripeSettings;
    type Faults = StripeFaults;
    type Model = Model;
    type Error = ApiError;

    const SIGNATURE_HEADER: &'static str = events::SIGNATURE_HEADER;

    fn accepts(http_status: u16) -> bool {
        (200..300).contains(&http_status)
    }

    fn retry(settings: &StripeSettings) -> Retry {
        settings.retry.clone()
    }

    fn dialect() -> &'static (dyn Dialect + Sync) {
        &StripeDialect
    }

    fn authorize(sim: &Sim, _: &AccountState, call: &Incoming) -> Result<(), ApiError> {
        api_error::check_key(&sim.account, call)
    }

    /// Sessions whose time has come are expired, and told of.
    fn catch_up(sim: &Sim, state: &mut AccountState) {
        actions::expire_due(sim, state);
    }

    fn routes() -> Router<Arc<Sim>> {
        routes()
    }

    fn control_routes() -> Router<Control<Self>> {
        control_routes::router()
    }
}

impl VendorSim<Account> {
    /// Answers a call that changes nothing; its parameters stand in the query.
    pub(super) async fn read(
        &self,
        call: Call,
        incoming: &Incoming,
        work: impl FnOnce(&mut AccountState, &Value) -> Result<Reply, ApiError>,
    ) -> Response {
        let effect = || {
            let reply = self.execute(incoming, |state| work(state, &form::parse(&incoming.query)?));
            reply.with_header("request-id", self.request_id())
        };
        self.answer(call, incoming, effect).await
    }

    /// Answers a call that changes something, once per key; its parameters stand in the body.
    pub(super) async fn write(
        &self,
        call: Call,
        incoming: &Incoming,
        work: impl FnOnce(&mut AccountState, &Value) -> Result<Reply, ApiError>,
    ) -> Response {
        let request_id = self.request_id();
        let effect = || {
            let reply = self.execute(incoming, |state| self.once(state, incoming, &request_id, work));
            reply.with_header("request-id", &request_id)
        };
        let response = self.answer(call, incoming, effect).await;
        // Stripe keeps its own 500 like any other answer, also when the work was done. What a gateway says (502 and
        // above) it never hears of.
        let is_own = response.status().as_u16() == 500 && !incoming.connection.is_cut();
        if let (Some(key), true) = (idempotency::key(incoming), is_own)
            && let Ok(request) = idempotency::request(incoming)
        {
            let reply = StripeDialect.server_error(500);
            idempotency::keep(&mut self.state(), key, request, reply, &request_id, self.now());
        }
        response
    }

    fn once(
        &self,
        state: &mut AccountState,
        incoming: &Incoming,
        request_id: &str,
        work: impl FnOnce(&mut AccountState, &Value) -> Result<Reply, ApiError>,
    ) -> Result<Reply, ApiError> {
        let key = idempotency::key(incoming);
        if key.is_some_and(|key| key.len() > 255) {
            return Err(ApiError::invalid(None, "Idempotency keys may be at most 255 characters long"));
        }
        let request = idempotency::request(incoming)?;
        if let Some(key) = key
            && let Some(reply) = idempotency::find(state, key, &request, self.now())?
        {
            return Ok(reply);
        }
        state.model.cause = json!({ "id": request_id, "idempotency_key": key });
        let done = work(state, &request["form"]);
        state.model.cause = no_cause();
        let is_kept = done.as_ref().map_or_else(|error| error.is_kept, |_| true);
        if let (Some(key), true) = (key, is_kept) {
            let reply = done.as_ref().map_or_else(ApiError::reply, Reply::clone);
            idempotency::keep(state, key, request, reply, request_id, self.now());
        }
        done
    }

    fn request_id(&self) -> String {
        format!("req_{}", self.core.ids.hex(14))
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
