/// What the tests and the demo steer.
mod control;

/// The paths under `/sim`.
mod sim;

/// `/v1/checkout/sessions`: what is to be paid, and where the buyer goes.
mod sessions;

/// A session as it is kept and answered.
mod session;

/// What Stripe refuses in a session.
mod session_check;

/// What Stripe refuses in metadata.
mod metadata_check;

/// What a buyer does, and what comes of it.
mod buyer;

/// The buyer's side: choosing an outcome and going back to the shop.
mod checkout;

/// The checkout page, in Spanish.
mod page;

/// `/v1/payment_intents/{id}` and `/v1/account`.
mod payments;

/// `/v1/refunds`.
mod refunds;

/// `/v1/disputes`, and how they begin and end.
mod disputes;

/// A payment, its states and its refunds.
mod payment;

/// Payments, charges and refunds as JSON.
mod payment_json;

/// Signed events.
mod events;

/// Pages of a list.
mod listing;

/// Answers to repeat.
mod idempotency;

/// Forms with brackets.
mod form;

/// Currencies, their decimals and least amounts.
mod currency;

/// Errors as Stripe writes them.
mod api_error;

/// JSON that is not quite what the documents say.
mod style;

/// What can be changed while the simulator runs, and what can go wrong with a payment.
mod settings;

/// What all of the handlers share.
mod shared;

use std::sync::Arc;

use axum::{
    Router,
    routing::{get, post},
};
use tokio::net::TcpListener;

use crate::{
    running::{Clock, Running, StartError},
    works::{Webhooks, Works},
};

pub use buyer::Outcome;
pub use control::{NewEvent, StripeControl};
pub use disputes::DisputeStatus;
pub use payment::RefundStatus;
pub use settings::{StripeFaults, StripePayloads, StripePaymentFault, StripeRefundFault, StripeSettings};

use shared::Shared;

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
        let webhooks = Webhooks {
            accepts: |status| (200..300).contains(&status),
            signature_header: events::SIGNATURE_HEADER,
            secret: config.webhook_secret,
        };
        let works = Works::new(&config.listener, config.now, webhooks)?;
        let settings = StripeSettings {
            webhook_url: config.webhook_url,
            public_base_url: works.public_base_url(config.public_base_url),
            livemode: config.api_key.starts_with("sk_live_"),
            ..StripeSettings::default()
        };
        let shared = Arc::new(Shared::new(config.api_key, settings, works));
        let router = Router::new()
            .route("/v1/checkout/sessions", get(sessions::list).post(sessions::create))
            .route("/v1/checkout/sessions/{id}", get(sessions::get))
            .route("/v1/checkout/sessions/{id}/expire", post(sessions::expire))
            .route("/c/pay/{id}", get(checkout::show).post(checkout::pay))
            .route("/v1/payment_intents/{id}", get(payments::get))
            .route("/v1/refunds", get(refunds::list).post(refunds::create))
            .route("/v1/refunds/{id}", get(refunds::get))
            .route("/v1/disputes", get(disputes::list))
            .route("/v1/account", get(payments::account))
            .fallback(api_error::unknown_path)
            .with_state(Arc::clone(&shared));
        Ok(StripeControl::serve(config.listener, shared, router, sim::router()))
    }
}
