//! Stripe Checkout: sessions, a checkout page, payments, refunds, signed events.

mod api_error;
mod control;
mod control_routes;
mod currency;
mod disputes;
mod events;
mod form;
mod idempotency;
mod listing;
mod metadata;
mod model;
mod payment;
mod refunds;
mod session;
mod settings;
mod style;

use std::sync::Arc;

use axum::{Router, routing::get};
use tokio::net::TcpListener;

use crate::{
    core::{Clock, Route, Running, SimulatorCore, StartError, VendorSim},
    faults::Call,
};

pub use control::{NewEvent, StripeControl};
pub use disputes::DisputeStatus;
pub use payment::RefundStatus;
pub use session::Outcome;
pub use settings::{StripeFaults, StripePayloads, StripePaymentFault, StripeSettings};

use model::{Account, Sim};

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

fn routes() -> Vec<Route<Account>> {
    use payment::handlers as payments;
    use session::handlers as sessions;

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
    use session::checkout;

    Router::new()
        .route("/c/pay/{id}", get(checkout::show).post(checkout::pay))
        .fallback(api_error::unknown_path)
}
