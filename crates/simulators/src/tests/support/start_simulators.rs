//! Starts each simulator with fast retries, webhooks to the program of the test and the clock of the test.

use serde_json::json;
use tokio::net::TcpListener;

use super::{Desk, MovableClock};
use crate::{
    Calendars, CalendarsConfig, CalendarsControl, Control, MercadoPago, MercadoPagoConfig,
    MercadoPagoControl, PayPal, PayPalConfig, PayPalControl, Running, Stripe, StripeConfig, StripeControl,
    WhatsApp, WhatsAppConfig, WhatsAppControl,
    core::{StartError, Vendor},
};

pub(crate) const PHONE_NUMBER_ID: &str = "106540352242922";
pub(crate) const TOKEN: &str = "token-for-tests";
pub(crate) const SECRET: &str = "secret-for-tests";
pub(crate) const CLIENT_ID: &str = "client-for-tests";
pub(crate) const WEBHOOK_ID: &str = "4JH86294D6297924G";
pub(crate) const COLLECTOR_ID: u64 = 810_882_223;

pub(crate) async fn listener() -> TcpListener {
    TcpListener::bind("127.0.0.1:0").await.expect("a free port")
}

/// With fast retries, so that a test need not wait.
fn quick<V: Vendor>(started: Result<Running<Control<V>>, StartError>) -> Running<Control<V>> {
    let running = started.expect("starts");
    let retry = json!({ "retry": { "tries": 4, "step_ms": 1, "timeout_ms": 5000 } });
    running
        .control
        .patch_settings(&retry)
        .unwrap_or_else(|error| panic!("every vendor tries again: {error}"));
    running
}

pub(crate) async fn whatsapp(desk: &Desk, clock: &MovableClock) -> Running<WhatsAppControl> {
    quick(WhatsApp::start(WhatsAppConfig {
        listener: listener().await,
        phone_number_id: PHONE_NUMBER_ID.to_owned(),
        display_phone_number: "5493510000000".to_owned(),
        access_token: TOKEN.to_owned(),
        app_secret: SECRET.to_owned(),
        webhook_url: desk.url.clone(),
        now: clock.clock(),
    }))
}

pub(crate) async fn mercadopago(desk: &Desk, clock: &MovableClock) -> Running<MercadoPagoControl> {
    quick(MercadoPago::start(MercadoPagoConfig {
        listener: listener().await,
        access_token: TOKEN.to_owned(),
        webhook_secret: SECRET.to_owned(),
        collector_id: COLLECTOR_ID,
        webhook_url: Some(desk.url.clone()),
        public_base_url: None,
        now: clock.clock(),
    }))
}

pub(crate) async fn stripe(desk: &Desk, clock: &MovableClock) -> Running<StripeControl> {
    quick(Stripe::start(StripeConfig {
        listener: listener().await,
        api_key: TOKEN.to_owned(),
        webhook_secret: SECRET.to_owned(),
        webhook_url: Some(desk.url.clone()),
        public_base_url: None,
        now: clock.clock(),
    }))
}

pub(crate) async fn paypal(desk: &Desk, clock: &MovableClock) -> Running<PayPalControl> {
    quick(PayPal::start(PayPalConfig {
        listener: listener().await,
        client_id: CLIENT_ID.to_owned(),
        client_secret: SECRET.to_owned(),
        webhook_id: WEBHOOK_ID.to_owned(),
        webhook_url: Some(desk.url.clone()),
        public_base_url: None,
        now: clock.clock(),
    }))
}

pub(crate) async fn calendars(clock: &MovableClock) -> Running<CalendarsControl> {
    let (listener, now) = (listener().await, clock.clock());
    let config = CalendarsConfig { listener, public_base_url: None, now, look_every: None };
    Calendars::start(config).expect("starts")
}
