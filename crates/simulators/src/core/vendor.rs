//! A vendor that is called over HTTP and sends webhooks: what it has to say of itself, and what it gets for that.

use std::sync::{Arc, Mutex, MutexGuard};

use axum::{Router, http::StatusCode, response::Response};
use jiff::{SignedDuration, Timestamp};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use tokio::net::TcpListener;

use super::{
    CallRecord, Control, Dialect, Incoming, KeptAnswers, Log, Reply, Retry, Route, Running, SimulatorCore,
    VendorCall, control_routes,
    faulty_answer::Answering,
    vendor_call,
    webhooks::{WebhookDispatcher, WebhookRules},
};
use crate::{
    faults::{Call, CallFault, CallFaults, FaultQueues},
    lock_ignoring_poison::lock,
};

/// One account at a vendor. The value holds what is known from the start; what changes is in [`SimState`].
pub trait Vendor: Sized + Send + Sync + 'static {
    /// What can be changed while the simulator runs.
    type Settings: Clone + Serialize + DeserializeOwned + Send;
    /// What can go wrong besides calls and webhooks.
    type Faults: FaultQueues + Send;
    /// The payments, guests or whatever else the vendor keeps.
    type Model: Default + Send;
    /// An error in the vendor's own words.
    type Error: VendorError;

    /// The header that carries the signature of a webhook.
    const SIGNATURE_HEADER: &'static str;

    /// Which HTTP statuses it takes for an acknowledgement of a webhook.
    fn accepts(http_status: u16) -> bool {
        (200..300).contains(&http_status)
    }
    /// When webhooks are tried again.
    fn retry(settings: &Self::Settings) -> Retry;
    /// How it writes the errors that a test asks for.
    fn dialect() -> &'static (dyn Dialect + Sync);
    /// Lets a caller in, or says why not.
    fn authorize(call: &VendorCall<'_, Self>, state: &SimState<Self>) -> Result<(), Self::Error>;
    /// Does the work for a caller that is let in. What else is the same for all calls stands here.
    fn perform(
        call: &VendorCall<'_, Self>,
        state: &mut SimState<Self>,
        work: impl FnOnce(&VendorCall<'_, Self>, &mut SimState<Self>) -> Result<Reply, Self::Error>,
    ) -> Result<Reply, Self::Error> {
        Self::authorize(call, state)?;
        work(call, state)
    }
    /// What is left to do when the answer is known, which a planned fault may have made.
    fn answered(_call: &VendorCall<'_, Self>, _status: StatusCode) {}
    /// Does what time alone has brought about. Nothing runs by itself: this happens whenever somebody looks.
    fn catch_up(_sim: &VendorSim<Self>, _state: &mut SimState<Self>) {}
    /// The calls that programs make.
    fn routes() -> Vec<Route<Self>>;
    /// The pages for buyers, calls that do not fit into [`Self::routes`], and what is said of any other path.
    fn other_paths() -> Router<Arc<VendorSim<Self>>>;
    /// Its paths under `/sim`, beside those that all vendors have.
    fn control_routes() -> Router<Control<Self>>;
}

/// An error that a vendor can answer.
pub trait VendorError {
    /// As it goes over the wire.
    fn reply(&self) -> Reply;
}

/// One running simulator, as its handlers see it.
pub struct VendorSim<V: Vendor> {
    pub(crate) account: V,
    pub(crate) core: SimulatorCore,
    pub(crate) webhooks: Arc<WebhookDispatcher>,
    pub(crate) call_faults: CallFaults,
    pub(crate) calls: Log<CallRecord>,
    state: Mutex<SimState<V>>,
}

/// What changes while a simulator runs.
pub struct SimState<V: Vendor> {
    pub(crate) settings: V::Settings,
    pub(crate) faults: V::Faults,
    pub(crate) model: V::Model,
    pub(crate) answers: KeptAnswers,
}

impl<V: Vendor> VendorSim<V> {
    /// Starts answering: the vendor's paths, its own paths under `/sim`, and those that all have.
    pub(crate) fn start(
        listener: TcpListener,
        core: SimulatorCore,
        account: V,
        settings: V::Settings,
        webhook_secret: String,
    ) -> Running<Control<V>> {
        let rules = WebhookRules { accepts: V::accepts, signature_header: V::SIGNATURE_HEADER };
        let webhooks = WebhookDispatcher::new(&core, rules, webhook_secret);
        let (model, faults) = (V::Model::default(), V::Faults::default());
        let state = Mutex::new(SimState { settings, faults, model, answers: KeptAnswers::default() });
        let (call_faults, calls) = (CallFaults::default(), Log::default());
        let sim = Arc::new(Self { account, core, webhooks, call_faults, calls, state });
        let control = Control { sim: Arc::clone(&sim) };
        let steering = V::control_routes().merge(control_routes::common()).with_state(control.clone());
        let vendor = vendor_call::add(V::other_paths(), V::routes()).with_state(Arc::clone(&sim));
        let router = vendor.merge(steering);
        Running::serve(sim.core.base_url.clone(), control, listener, router, sim.core.lifecycle.clone())
    }

    /// The state as of now.
    pub(crate) fn state(&self) -> MutexGuard<'_, SimState<V>> {
        let mut state = lock(&self.state);
        V::catch_up(self, &mut state);
        state
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.core.now()
    }

    /// Answers a call as the vendor does, or as a planned fault has it.
    pub(crate) async fn respond(
        &self,
        call: Call,
        incoming: &Incoming,
        work: impl FnOnce(&VendorCall<'_, V>, &mut SimState<V>) -> Result<Reply, V::Error>,
    ) -> Response {
        let called = VendorCall::new(self, incoming);
        let effect = || {
            let mut state = self.state();
            V::perform(&called, &mut state, work).unwrap_or_else(|error| error.reply())
        };
        let response = self.answer(call, incoming, effect).await;
        V::answered(&called, response.status());
        response
    }

    /// Answers a call with what `effect` does, or as a planned fault has it.
    pub(crate) async fn answer(
        &self,
        call: Call,
        incoming: &Incoming,
        effect: impl FnOnce() -> Reply,
    ) -> Response {
        let fault = self.call_faults.take(|on| *on == call).unwrap_or(CallFault::None);
        let answering = Answering {
            dialect: V::dialect(),
            connection: &incoming.connection,
            stop: &self.core.lifecycle.stop,
        };
        let response = answering.answer(fault.clone(), effect).await;
        self.calls.add(CallRecord {
            at: self.now(),
            call,
            method: incoming.method.to_string(),
            path: incoming.path.clone(),
            http_status: (!incoming.connection.is_cut()).then(|| response.status().as_u16()),
            fault,
        });
        response
    }
}

impl<V: Vendor> SimState<V> {
    /// Does a thing once per key: a key that is repeated within `lifetime` gets the first answer again, whatever the
    /// body says now. An error is not kept, so the caller may correct the request.
    pub(crate) fn once(
        &mut self,
        key: Option<String>,
        now: Timestamp,
        lifetime: SignedDuration,
        work: impl FnOnce(&mut Self) -> Result<Reply, V::Error>,
    ) -> Result<Reply, V::Error> {
        let Some(key) = key else { return work(self) };
        if let Some(kept) = self.answers.find(&key, now, lifetime) {
            return Ok(kept.reply.clone());
        }
        let reply = work(self)?;
        self.answers.keep(key, Value::Null, reply.clone(), now);
        Ok(reply)
    }
}
