//! PayPal: orders, an approval page, captures, refunds, events signed with a certificate.

mod account;
/// A call: what it says, and that it is done once.
mod api_call;
mod api_error;
mod capture;
mod capture_fault;
mod control_handle;
mod control_routes;
mod currency_amount;
mod disputes;
mod json;
mod oauth_token;
mod order;
mod runtime_settings;
mod signing_certificates;
mod signing_key;
mod transaction_search;
mod verify_webhook_signature;
mod webhook_events;

use std::sync::Arc;

use axum::{
    Router,
    routing::{get, post},
};
use tokio::net::TcpListener;

use crate::{
    core::{Clock, Control, Dialect, Retry, Route, Running, SimulatorCore, StartError, Vendor, VendorSim},
    faults::Call,
};

pub use crate::exact_amount::Amount;
pub use capture::{CaptureStatus, RefundStatus};
pub use capture_fault::{PayPalFaults, PayPalPaymentFault};
pub use control_handle::{NewEvent, PayPalControl};
pub use order::Outcome;
pub use runtime_settings::{PayPalPayloads, PayPalSettings};
pub use signing_certificates::{AUTHORITY_PEM, Certificate};

use account::{Account, AccountState, ApiCall, Model, Sim};
use api_error::{ApiError, PayPalDialect};
use signing_key::SigningKey;

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
        let core = SimulatorCore::new(&config.listener, config.now)?;
        let settings = PayPalSettings {
            webhook_url: config.webhook_url,
            public_base_url: core.public_base_url(config.public_base_url),
            api_base_url: core.base_url.clone(),
            ..PayPalSettings::default()
        };
        let account = Account {
            client_id: config.client_id,
            client_secret: config.client_secret,
            signing_key: Arc::new(SigningKey::new()),
        };
        Ok(VendorSim::start(config.listener, core, account, settings, config.webhook_id))
    }
}

impl Vendor for Account {
    type Settings = PayPalSettings;
    type Faults = PayPalFaults;
    type Model = Model;
    type Error = ApiError;

    const SIGNATURE_HEADER: &'static str = webhook_events::SIGNATURE_HEADER;

    fn retry(settings: &PayPalSettings) -> Retry {
        settings.retry.clone()
    }

    fn dialect() -> &'static (dyn Dialect + Sync) {
        &PayPalDialect
    }

    fn authorize(call: &ApiCall<'_>, state: &AccountState) -> Result<(), ApiError> {
        api_error::check_token(call, state)
    }

    fn routes() -> Vec<Route<Self>> {
        use capture::api_handlers as captures;
        use order::api_handlers as orders;

        vec![
            Route::post("/v2/checkout/orders", Call::CreateOrder, orders::create),
            Route::get("/v2/checkout/orders/{id}", Call::GetOrder, orders::get),
            Route::post("/v2/checkout/orders/{id}/capture", Call::CaptureOrder, orders::capture),
            Route::get("/v2/payments/captures/{id}", Call::GetCapture, captures::get),
            Route::post("/v2/payments/captures/{id}/refund", Call::CreateRefund, captures::refund),
            Route::get("/v2/payments/refunds/{id}", Call::GetRefund, captures::get_refund),
            Route::get("/v1/customer/disputes", Call::GetCapture, disputes::list),
            Route::get("/v1/customer/disputes/{id}", Call::GetCapture, disputes::get),
            Route::get("/v1/reporting/transactions", Call::SearchTransactions, transaction_search::search),
            Route::post(
                "/v1/notifications/verify-webhook-signature",
                Call::VerifySignature,
                verify_webhook_signature::verify,
            ),
        ]
    }

    /// Tokens are given to callers that have none yet, and certificates to everybody.
    fn other_paths() -> Router<Arc<Sim>> {
        use order::approval_buttons;

        Router::new()
            .route("/v1/oauth2/token", post(oauth_token::create))
            .route("/checkoutnow", get(approval_buttons::show).post(approval_buttons::decide))
            .route("/v1/notifications/certs/{name}", get(signing_certificates::get))
            .fallback(api_error::unknown_path)
    }

    fn control_routes() -> Router<Control<Self>> {
        control_routes::router()
    }
}
