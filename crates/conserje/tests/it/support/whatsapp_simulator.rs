//! WhatsApp as the test plays it, and the settings by which the program reaches it.

use std::sync::Arc;

use kernel::clock::Clock;
use simulators::{Running, WhatsApp, WhatsAppConfig, WhatsAppControl};
use tokio::net::TcpListener;

const ACCESS_TOKEN: &str = "whatsapp-access-token";
const APP_SECRET: &str = "whatsapp-app-secret";
const PHONE_ID: &str = "100000000000001";

/// A simulator whose webhooks go to a desk on `port`. It tries for minutes: a desk that starts anew is met again.
pub async fn start(port: u16) -> Running<WhatsAppControl> {
    let whatsapp = WhatsApp::start(WhatsAppConfig {
        listener: TcpListener::bind(("127.0.0.1", 0)).await.expect("a port is free"),
        phone_number_id: PHONE_ID.to_owned(),
        display_phone_number: "5493515550100".to_owned(),
        access_token: ACCESS_TOKEN.to_owned(),
        app_secret: APP_SECRET.to_owned(),
        webhook_url: format!("http://127.0.0.1:{port}/api/v1/whatsapp/webhook"),
        now: Arc::new(|| Clock::System.now()),
    });
    let whatsapp = whatsapp.expect("the simulator starts");
    whatsapp.control.change_settings(|settings| {
        settings.retry.tries = 1_000;
        settings.retry.step_ms = 5;
    });
    whatsapp
}

/// What a desk must be told to be this business on WhatsApp.
pub fn settings(base_url: &str) -> Vec<(&'static str, String)> {
    vec![
        ("WHATSAPP_ACCESS_TOKEN", ACCESS_TOKEN.to_owned()),
        ("WHATSAPP_APP_SECRET", APP_SECRET.to_owned()),
        ("WHATSAPP_PHONE_ID", PHONE_ID.to_owned()),
        ("WHATSAPP_VERIFY_TOKEN", "whatsapp-verify-token".to_owned()),
        ("WHATSAPP_BASE_URL", format!("{base_url}/v26.0")),
    ]
}
