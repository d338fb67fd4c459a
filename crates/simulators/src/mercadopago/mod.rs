//! Mercado Pago Checkout Pro: preferences, a checkout page, payments, refunds, signed notifications.

mod account;
mod api_error;
mod checkout;
mod control;
mod dates;
mod notify;
mod page;
mod payment;
mod payment_json;
mod payments;
mod preference;
mod preference_check;
mod preferences;
mod refunds;
mod settings;
mod shared;
mod sim;

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

pub use crate::amount::Amount;
pub use checkout::Outcome;
pub use control::{MercadoPagoControl, NewPayment, PaymentChange};
pub use notify::Notification;
pub use payment::PaymentStatus;
pub use settings::{
    MercadoPagoFaults, MercadoPagoSettings, NotificationStyle, PayloadStyle, PaymentFault, TsUnit,
};

use shared::Shared;

/// Mercado Pago Checkout Pro for one seller.
pub struct MercadoPago;

/// What the simulator knows from the start. Everything else is in [`MercadoPagoSettings`] and can be changed later.
pub struct MercadoPagoConfig {
    /// Where to listen; port 0 for any.
    pub listener: TcpListener,
    /// What callers must present as bearer. A token that begins with `TEST-` makes payments with `live_mode: false`.
    pub access_token: String,
    /// Signs the notifications.
    pub webhook_secret: String,
    /// The seller's user id.
    pub collector_id: u64,
    /// Where notifications go for a preference that names no `notification_url`.
    pub webhook_url: Option<String>,
    /// How a buyer's browser reaches the checkout page, if not at the listener's own address.
    pub public_base_url: Option<String>,
    /// Where the time comes from.
    pub now: Clock,
}

impl MercadoPago {
    /// Starts answering. Must be called inside a Tokio runtime.
    pub fn start(config: MercadoPagoConfig) -> Result<Running<MercadoPagoControl>, StartError> {
        let webhooks = Webhooks {
            accepts: |status| matches!(status, 200 | 201),
            signature_header: notify::SIGNATURE_HEADER,
            secret: config.webhook_secret,
        };
        let works = Works::new(&config.listener, config.now, webhooks)?;
        let settings = MercadoPagoSettings {
            webhook_url: config.webhook_url,
            public_base_url: works.public_base_url(config.public_base_url),
            live_mode: !config.access_token.starts_with("TEST-"),
            ..MercadoPagoSettings::default()
        };
        let shared = Arc::new(Shared::new(config.access_token, config.collector_id, settings, works));
        let router = Router::new()
            .route("/checkout/preferences", post(preferences::create))
            .route("/checkout/preferences/search", get(preferences::search))
            .route("/checkout/preferences/{id}", get(preferences::get).put(preferences::update))
            .route("/checkout/v1/redirect", get(checkout::show))
            .route("/checkout/pay", post(checkout::pay))
            .route("/v1/payments/search", get(payments::search))
            .route("/v1/payments/{id}", get(payments::get).put(payments::update))
            .route("/v1/payments/{id}/refunds", get(refunds::list).post(refunds::create))
            .route("/v1/payments/{id}/refunds/{refund_id}", get(refunds::get))
            .route("/users/me", get(account::get))
            .fallback(api_error::unknown_path)
            .with_state(Arc::clone(&shared));
        Ok(MercadoPagoControl::serve(config.listener, shared, router, sim::router()))
    }
}
