//! Stripe and PayPal as the test plays them, and the settings by which a desk reaches them.

use std::sync::Arc;

use app::clock::Clock;
use simulators::{PayPal, PayPalConfig, PayPalControl, Running, Stripe, StripeConfig, StripeControl, paypal};
use tokio::net::TcpListener;

pub const STRIPE_SECRET: &str = "whsec_of_the_process_tests";

/// A simulator whose events go to a desk on `port`; it tries for minutes.
pub async fn start_stripe(port: u16) -> Running<StripeControl> {
    let stripe = Stripe::start(StripeConfig {
        listener: TcpListener::bind(("127.0.0.1", 0)).await.expect("a port is free"),
        api_key: "sk_test_desk".to_owned(),
        webhook_secret: STRIPE_SECRET.to_owned(),
        webhook_url: Some(format!("http://127.0.0.1:{port}/api/v1/stripe/webhook")),
        public_base_url: None,
        now: Arc::new(|| Clock::System.now()),
    });
    let stripe = stripe.expect("the simulator starts");
    stripe.control.change_settings(|settings| {
        settings.retry.tries = 1_000;
        settings.retry.step_ms = 20;
    });
    stripe
}

/// The same for PayPal.
pub async fn start_paypal(port: u16) -> Running<PayPalControl> {
    let paypal = PayPal::start(PayPalConfig {
        listener: TcpListener::bind(("127.0.0.1", 0)).await.expect("a port is free"),
        client_id: "desk".to_owned(),
        client_secret: "paypal-secret".to_owned(),
        webhook_id: "WH-DESK".to_owned(),
        webhook_url: Some(format!("http://127.0.0.1:{port}/api/v1/paypal/webhook")),
        public_base_url: None,
        now: Arc::new(|| Clock::System.now()),
    });
    let paypal = paypal.expect("the simulator starts");
    paypal.control.change_settings(|settings| {
        settings.retry.tries = 1_000;
        settings.retry.step_ms = 20;
    });
    paypal
}

pub fn stripe_settings(base_url: &str) -> Vec<(&'static str, String)> {
    vec![
        ("STRIPE_SECRET_KEY", "sk_test_desk".to_owned()),
        ("STRIPE_WEBHOOK_SECRET", STRIPE_SECRET.to_owned()),
        ("STRIPE_BASE_URL", base_url.to_owned()),
    ]
}

pub fn paypal_settings(base_url: &str) -> Vec<(&'static str, String)> {
    vec![
        ("PAYPAL_CLIENT_ID", "desk".to_owned()),
        ("PAYPAL_CLIENT_SECRET", "paypal-secret".to_owned()),
        ("PAYPAL_MODE", "sandbox".to_owned()),
        ("PAYPAL_WEBHOOK_ID", "WH-DESK".to_owned()),
        ("PAYPAL_BASE_URL", base_url.to_owned()),
        ("PAYPAL_EXTRA_ROOT_PEM", paypal::AUTHORITY_PEM.to_owned()),
    ]
}
