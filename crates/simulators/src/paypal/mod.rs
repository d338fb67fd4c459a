//! PayPal: orders, an approval page, captures, refunds, events signed with a certificate.

mod api_error;
mod buyer;
mod capture;
mod captures;
mod capturing;
mod certificates;
mod checkout;
mod control;
mod disputes;
mod events;
mod json;
mod money;
mod order;
mod order_check;
mod orders;
mod page;
mod refunding;
mod settings;
mod shared;
mod signer;
mod sim;
mod token;
mod transactions;
mod verify;

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
pub use buyer::Outcome;
pub use capture::{CaptureStatus, RefundStatus};
pub use certificates::{AUTHORITY_PEM, Certificate};
pub use control::{NewEvent, PayPalControl};
pub use settings::{PayPalFaults, PayPalPayloads, PayPalPaymentFault, PayPalRefundFault, PayPalSettings};

use shared::Shared;

/// PayPal's orders for one app of one seller.
pub struct PayPal;

/// What the simulator knows from the start. Everything else is in [`PayPalSettings`] and can be changed later.
pub struct PayPalConfig {
    /// Where to listen; port 0 for any.
    pub listener: TcpListener,
    /// Who asks for tokens.
    pub client_id: String,
    /// And with what.
    pub client_secret: String,
    /// The id of the registered webhook, which is part of what is signed.
    pub webhook_id: String,
    /// Where events go; nowhere when absent.
    pub webhook_url: Option<String>,
    /// How a buyer's browser reaches the approval page, if not at the listener's own address.
    pub public_base_url: Option<String>,
    /// Where the time comes from.
    pub now: Clock,
}

impl PayPal {
    /// Starts answering. Must be called inside a Tokio runtime.
    pub fn start(config: PayPalConfig) -> Result<Running<PayPalControl>, StartError> {
        let webhooks = Webhooks {
            accepts: |status| (200..300).contains(&status),
            signature_header: events::SIGNATURE_HEADER,
            secret: config.webhook_id,
        };
        let works = Works::new(&config.listener, config.now, webhooks)?;
        let settings = PayPalSettings {
            webhook_url: config.webhook_url,
            public_base_url: works.public_base_url(config.public_base_url),
            api_base_url: works.base_url.clone(),
            ..PayPalSettings::default()
        };
        let client = (config.client_id, config.client_secret);
        let shared = Arc::new(Shared::new(client, settings, works));
        let router = Router::new()
            .route("/v1/oauth2/token", post(token::create))
            .route("/v2/checkout/orders", post(orders::create))
            .route("/v2/checkout/orders/{id}", get(orders::get))
            .route("/v2/checkout/orders/{id}/capture", post(orders::capture))
            .route("/checkoutnow", get(checkout::show).post(checkout::decide))
            .route("/v2/payments/captures/{id}", get(captures::get))
            .route("/v2/payments/captures/{id}/refund", post(captures::refund))
            .route("/v2/payments/refunds/{id}", get(captures::get_refund))
            .route("/v1/customer/disputes", get(disputes::list))
            .route("/v1/customer/disputes/{id}", get(disputes::get))
            .route("/v1/reporting/transactions", get(transactions::search))
            .route("/v1/notifications/verify-webhook-signature", post(verify::verify))
            .route("/v1/notifications/certs/{name}", get(certificates::get))
            .fallback(api_error::unknown_path)
            .with_state(Arc::clone(&shared));
        Ok(PayPalControl::serve(config.listener, shared, router, sim::router()))
    }
}
