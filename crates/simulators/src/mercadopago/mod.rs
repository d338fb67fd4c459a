//! Mercado Pago Checkout Pro: preferences, a checkout page, payments, refunds, signed notifications.

mod account;
/// A call: what it says, and that it is done once.
mod api_call;
mod api_error;
mod control_handle;
mod control_routes;
mod dates;
mod notifications;
mod payment;
mod payment_fault;
mod preference;
mod runtime_settings;
mod users_me;

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
pub use control_handle::{MercadoPagoControl, NewPayment, PaymentChange};
pub use notifications::Notification;
pub use payment::PaymentStatus;
pub use payment_fault::{MercadoPagoFaults, PaymentFault};
pub use preference::Outcome;
pub use runtime_settings::{MercadoPagoSettings, NotificationStyle, PayloadStyle, TsUnit};

use account::{Account, AccountState, ApiCall, Model, Sim};
use api_error::{ApiError, MercadoPagoDialect};

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
        let core = SimulatorCore::new(&config.listener, config.now)?;
        let settings = MercadoPagoSettings {
            webhook_url: config.webhook_url,
            public_base_url: core.public_base_url(config.public_base_url),
            live_mode: !config.access_token.starts_with("TEST-"),
            ..MercadoPagoSettings::default()
        };
        let account = Account { access_token: config.access_token, collector_id: config.collector_id };
        Ok(VendorSim::start(config.listener, core, account, settings, config.webhook_secret))
    }
}

impl Vendor for Account {
    type Settings = MercadoPagoSettings;
    type Faults = MercadoPagoFaults;
    type Model = Model;
    type Error = ApiError;

    const SIGNATURE_HEADER: &'static str = notifications::SIGNATURE_HEADER;

    fn accepts(http_status: u16) -> bool {
        matches!(http_status, 200 | 201)
    }

    fn retry(settings: &MercadoPagoSettings) -> Retry {
        settings.retry.clone()
    }

    fn dialect() -> &'static (dyn Dialect + Sync) {
        &MercadoPagoDialect
    }

    fn authorize(call: &ApiCall<'_>, _: &AccountState) -> Result<(), ApiError> {
        api_error::check_token(&call.sim.account, call.incoming)
    }

    fn routes() -> Vec<Route<Self>> {
        use payment::{api_handlers as payments, refunds};
        use preference::api_handlers as preferences;

        vec![
            Route::post("/checkout/preferences", Call::CreatePreference, preferences::create),
            Route::get("/checkout/preferences/search", Call::GetPreference, preferences::search),
            Route::get("/checkout/preferences/{id}", Call::GetPreference, preferences::get),
            Route::put("/checkout/preferences/{id}", Call::UpdatePreference, preferences::update),
            Route::get("/v1/payments/search", Call::SearchPayments, payments::search),
            Route::get("/v1/payments/{id}", Call::GetPayment, payments::get),
            Route::put("/v1/payments/{id}", Call::UpdatePayment, payments::update),
            Route::get("/v1/payments/{id}/refunds", Call::GetRefund, refunds::list),
            Route::post("/v1/payments/{id}/refunds", Call::CreateRefund, refunds::create),
            Route::get("/v1/payments/{id}/refunds/{refund_id}", Call::GetRefund, refunds::get),
            Route::get("/users/me", Call::GetAccount, users_me::get),
        ]
    }

    fn other_paths() -> Router<Arc<Sim>> {
        use preference::checkout_buttons;

        Router::new()
            .route("/checkout/v1/redirect", get(checkout_buttons::show))
            .route("/checkout/pay", post(checkout_buttons::pay))
            .fallback(api_error::unknown_path)
    }

    fn control_routes() -> Router<Control<Self>> {
        control_routes::router()
    }
}
