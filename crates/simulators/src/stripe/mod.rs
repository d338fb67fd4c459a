//! Stripe Checkout: sessions, a checkout page, payments, refunds, signed events.

mod account;
/// A call: what it says, and that it is done once.
mod api_call;
mod api_error;
mod bracket_form;
mod control_handle;
mod control_routes;
mod currencies;
mod disputes;
mod idempotency;
mod list_pagination;
mod metadata_validation;
mod payment;
mod payment_fault;
mod refunds;
mod runtime_settings;
mod session;
mod undocumented_json;
mod webhook_events;

use std::sync::Arc;

use axum::{
    Router,
    http::{Method, StatusCode},
    routing::get,
};
use tokio::net::TcpListener;

use crate::{
    core::{
        Clock, Control, Dialect, Reply, Retry, Route, Running, SimulatorCore, StartError, Vendor,
        VendorError as _, VendorSim,
    },
    faults::Call,
};

pub use control_handle::{NewEvent, StripeControl};
pub use disputes::DisputeStatus;
pub use payment::RefundStatus;
pub use payment_fault::{StripeFaults, StripePaymentFault};
pub use runtime_settings::{StripePayloads, StripeSettings};
pub use session::Outcome;

use account::{Account, AccountState, ApiCall, Model, Sim};
use api_error::{ApiError, StripeDialect};
use session::buyer_outcome;

/// Stripe Checkout for one account.
pub struct Stripe;

/// What the simulator knows from the start. Everything else is in [`StripeSettings`] and can be changed later.
pub struct StripeConfig {
    /// Where to listen; port 0 for any.
    pub listener: TcpListener,
    /// What callers must present as bearer. A key that begins with `sk_live_` makes sessions with `livemode: true`.
    pub api_key: String,
    /// Signs the events, as a whole: `whsec_…`.
    pub webhook_secret: String,
    /// Where events go; nowhere when absent.
    pub webhook_url: Option<String>,
    /// How a buyer's browser reaches the checkout page, if not at the listener's own address.
    pub public_base_url: Option<String>,
    /// Where the time comes from.
    pub now: Clock,
}

impl Stripe {
    /// Starts answering. Must be called inside a Tokio runtime.
    pub fn start(config: StripeConfig) -> Result<Running<StripeControl>, StartError> {
        let core = SimulatorCore::new(&config.listener, config.now)?;
        let settings = StripeSettings {
            webhook_url: config.webhook_url,
            public_base_url: core.public_base_url(config.public_base_url),
            livemode: config.api_key.starts_with("sk_live_"),
            ..StripeSettings::default()
        };
        let account = Account { api_key: config.api_key };
        Ok(VendorSim::start(config.listener, core, account, settings, config.webhook_secret))
    }
}

impl Vendor for Account {
    type Settings = StripeSettings;
    type Faults = StripeFaults;
    type Model = Model;
    type Error = ApiError;

    const SIGNATURE_HEADER: &'static str = webhook_events::SIGNATURE_HEADER;

    fn retry(settings: &StripeSettings) -> Retry {
        settings.retry.clone()
    }

    fn dialect() -> &'static (dyn Dialect + Sync) {
        &StripeDialect
    }

    fn authorize(call: &ApiCall<'_>, _: &AccountState) -> Result<(), ApiError> {
        api_error::check_key(&call.sim.account, call.incoming)
    }

    fn perform(
        call: &ApiCall<'_>,
        state: &mut AccountState,
        work: impl FnOnce(&ApiCall<'_>, &mut AccountState) -> Result<Reply, ApiError>,
    ) -> Result<Reply, ApiError> {
        let done = Self::authorize(call, state).and_then(|()| work(call, state));
        let reply = done.unwrap_or_else(|error| error.reply());
        Ok(reply.with_header("request-id", format!("req_{}", call.request_id())))
    }

    /// Stripe keeps its own 500 like any other answer, also when the work was done. What a gateway says (502 and above)
    /// it never hears of.
    fn answered(call: &ApiCall<'_>, status: StatusCode) {
        let is_own = status == StatusCode::INTERNAL_SERVER_ERROR && !call.incoming.connection.is_cut();
        if is_own && call.incoming.method == Method::POST {
            idempotency::keep_failure(call, &mut call.sim.state(), StripeDialect.server_error(500));
        }
    }

    /// Sessions whose time has come are expired, and told of.
    fn catch_up(sim: &Sim, state: &mut AccountState) {
        buyer_outcome::expire_due(sim, state);
    }

    fn routes() -> Vec<Route<Self>> {
        use payment::api_handlers as payments;
        use session::api_handlers as sessions;

        vec![
            Route::get("/v1/checkout/sessions", Call::ListSessions, sessions::list),
            Route::post("/v1/checkout/sessions", Call::CreateSession, sessions::create),
            Route::get("/v1/checkout/sessions/{id}", Call::GetSession, sessions::get),
            Route::post("/v1/checkout/sessions/{id}/expire", Call::ExpireSession, sessions::expire),
            Route::get("/v1/payment_intents/{id}", Call::GetPaymentIntent, payments::get),
            Route::get("/v1/refunds", Call::GetRefund, refunds::list),
            Route::post("/v1/refunds", Call::CreateRefund, refunds::create),
            Route::get("/v1/refunds/{id}", Call::GetRefund, refunds::get),
            Route::get("/v1/disputes", Call::GetPaymentIntent, disputes::list),
            Route::get("/v1/account", Call::GetAccount, payments::account),
        ]
    }

    fn other_paths() -> Router<Arc<Sim>> {
        use session::checkout_buttons;

        Router::new()
            .route("/c/pay/{id}", get(checkout_buttons::show).post(checkout_buttons::pay))
            .fallback(api_error::unknown_path)
    }

    fn control_routes() -> Router<Control<Self>> {
        control_routes::router()
    }
}
