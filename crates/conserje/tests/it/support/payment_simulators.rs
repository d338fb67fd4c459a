//! The payment providers as the test plays them, and the settings by which the program reaches them.

use std::sync::Arc;

use kernel::clock::Clock;
use serde_json::Value;
use simulators::{
    MercadoPago, MercadoPagoConfig, MercadoPagoControl, PayPal, PayPalConfig, PayPalControl, Running, Stripe,
    StripeConfig, StripeControl, faults::PlannedCallFault, mercadopago::NewPayment, paypal, stripe,
};
use tokio::net::TcpListener;

/// One of the three.
pub enum Till {
    MercadoPago(Running<MercadoPagoControl>),
    Stripe(Running<StripeControl>),
    PayPal(Running<PayPalControl>),
}

impl Till {
    pub const NAMES: [&str; 3] = ["mercadopago", "stripe", "paypal"];

    /// # Panics
    /// When it is none of `NAMES`.
    pub async fn start(name: &str, port: u16) -> Self {
        match name {
            "mercadopago" => Self::MercadoPago(start_mercadopago(port).await),
            "stripe" => Self::Stripe(start_stripe(port).await),
            "paypal" => Self::PayPal(start_paypal(port).await),
            other => panic!("there is no provider {other}"),
        }
    }

    pub fn settings(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::MercadoPago(running) => mercadopago_settings(&running.base_url),
            Self::Stripe(running) => stripe_settings(&running.base_url),
            Self::PayPal(running) => paypal_settings(&running.base_url),
        }
    }

    /// One that it takes.
    pub fn currency(&self) -> &'static str {
        match self {
            Self::MercadoPago(_) => "ARS",
            Self::Stripe(_) | Self::PayPal(_) => "USD",
        }
    }

    /// The id of the newest page to pay on.
    pub fn page(&self) -> Option<String> {
        let newest = match self {
            Self::MercadoPago(running) => running.control.preferences().pop(),
            Self::Stripe(running) => running.control.sessions().pop(),
            Self::PayPal(running) => running.control.orders().pop(),
        };
        newest?["id"].as_str().map(str::to_owned)
    }

    /// The guest pays there; at PayPal they agree to.
    pub fn pay(&self, page: &str) {
        match self {
            Self::MercadoPago(running) => {
                let payment = NewPayment { preference_id: Some(page.to_owned()), ..NewPayment::default() };
                running.control.create_payment(payment).map(drop)
            }
            Self::Stripe(running) => running.control.act(page, stripe::Outcome::Paid),
            Self::PayPal(running) => running.control.act(page, paypal::Outcome::Approved),
        }
        .expect("the guest can pay on an open page");
    }

    /// What has come in.
    pub fn payments(&self) -> Vec<Value> {
        match self {
            Self::MercadoPago(running) => running.control.payments(),
            Self::Stripe(running) => running.control.payments(),
            Self::PayPal(running) => of_orders(&running.control, "captures"),
        }
    }

    /// What has gone back.
    pub fn refunds(&self) -> Vec<Value> {
        match self {
            Self::MercadoPago(running) => {
                let payments = running.control.payments().into_iter();
                payments
                    .flat_map(|payment| payment["refunds"].as_array().cloned().unwrap_or_default())
                    .collect()
            }
            Self::Stripe(running) => running.control.refunds(),
            Self::PayPal(running) => of_orders(&running.control, "refunds"),
        }
    }

    /// Returns when every event that was sent has been accepted.
    pub async fn settle(&self) {
        match self {
            Self::MercadoPago(running) => running.control.settle().await,
            Self::Stripe(running) => running.control.settle().await,
            Self::PayPal(running) => running.control.settle().await,
        }
    }

    pub fn fail_call(&self, fault: impl Into<PlannedCallFault>) {
        match self {
            Self::MercadoPago(running) => running.control.fail_call(fault),
            Self::Stripe(running) => running.control.fail_call(fault),
            Self::PayPal(running) => running.control.fail_call(fault),
        }
    }
}

fn of_orders(control: &PayPalControl, kind: &str) -> Vec<Value> {
    let orders = control.orders().into_iter();
    orders
        .flat_map(|order| {
            order["purchase_units"][0]["payments"][kind].as_array().cloned().unwrap_or_default()
        })
        .collect()
}

pub const STRIPE_SECRET: &str = "whsec_of_the_process_tests";
const MERCADOPAGO_SECRET: &str = "mercadopago-secret-of-the-process-tests";

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

/// The same for Mercado Pago.
pub async fn start_mercadopago(port: u16) -> Running<MercadoPagoControl> {
    let mercadopago = MercadoPago::start(MercadoPagoConfig {
        listener: TcpListener::bind(("127.0.0.1", 0)).await.expect("a port is free"),
        access_token: "APP_USR-desk".to_owned(),
        webhook_secret: MERCADOPAGO_SECRET.to_owned(),
        collector_id: 44_444,
        webhook_url: Some(format!("http://127.0.0.1:{port}/api/v1/mercadopago/webhook")),
        public_base_url: None,
        now: Arc::new(|| Clock::System.now()),
    });
    let mercadopago = mercadopago.expect("the simulator starts");
    mercadopago.control.change_settings(|settings| {
        settings.retry.tries = 1_000;
        settings.retry.step_ms = 20;
    });
    mercadopago
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

pub fn mercadopago_settings(base_url: &str) -> Vec<(&'static str, String)> {
    vec![
        ("MERCADOPAGO_ACCESS_TOKEN", "APP_USR-desk".to_owned()),
        ("MERCADOPAGO_WEBHOOK_SECRET", MERCADOPAGO_SECRET.to_owned()),
        ("MERCADOPAGO_BASE_URL", base_url.to_owned()),
    ]
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
