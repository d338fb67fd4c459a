//! The simulated services of the demo, and a program that is told where they are and what they sign with.

use std::{sync::Arc, time::Duration};

use anyhow::Context as _;
use app::config::Config;
use app::config::PayPalMode;
use app::config::Secret;
use kernel::App;
use kernel::clock::Clock;
use kernel::rng::Rng;
use simulators::{
    MercadoPago, MercadoPagoConfig, MercadoPagoControl, PayPal, PayPalConfig, PayPalControl, Running, Stripe,
    StripeConfig, StripeControl, WhatsApp, WhatsAppConfig, WhatsAppControl, paypal::AUTHORITY_PEM,
};
use tokio::net::TcpListener;

/// The seller's number at the simulated Mercado Pago.
const COLLECTOR_ID: u64 = 100_200_300;
const PHONE_NUMBER_ID: &str = "100000000000001";
/// How late a page of the simulated Stripe may end.
const ENDING_EVERY: Duration = Duration::from_secs(30);

pub struct Vendors {
    whatsapp: Running<WhatsAppControl>,
    mercadopago: Running<MercadoPagoControl>,
    stripe: Running<StripeControl>,
    paypal: Running<PayPalControl>,
    secrets: Secrets,
}

/// New ones at each start: the simulators learn them from us.
struct Secrets {
    whatsapp_token: String,
    whatsapp_app: String,
    mercadopago_token: String,
    mercadopago_webhook: String,
    stripe_key: String,
    stripe_webhook: String,
    paypal_id: String,
    paypal_secret: String,
    paypal_webhook: String,
}

impl Secrets {
    fn new(entropy: &Rng) -> Self {
        Self {
            whatsapp_token: entropy.token(),
            whatsapp_app: entropy.token(),
            mercadopago_token: entropy.token(),
            mercadopago_webhook: entropy.token(),
            stripe_key: format!("sk_test_{}", entropy.token()),
            stripe_webhook: format!("whsec_{}", entropy.token()),
            paypal_id: entropy.token(),
            paypal_secret: entropy.token(),
            paypal_webhook: entropy.token(),
        }
    }
}

impl Vendors {
    /// They listen on ports of their own, and call the program that will be at `port`.
    pub async fn start(port: u16, clock: &Clock, entropy: &Rng) -> anyhow::Result<Self> {
        let secrets = Secrets::new(entropy);
        let now = {
            let clock = clock.clone();
            Arc::new(move || clock.now()) as simulators::Clock
        };
        let webhook_url = |vendor: &str| format!("http://127.0.0.1:{port}/api/v1/{vendor}/webhook");
        Ok(Self {
            whatsapp: WhatsApp::start(WhatsAppConfig {
                listener: loopback().await?,
                phone_number_id: PHONE_NUMBER_ID.to_owned(),
                display_phone_number: "5493515550100".to_owned(),
                access_token: secrets.whatsapp_token.clone(),
                app_secret: secrets.whatsapp_app.clone(),
                webhook_url: webhook_url("whatsapp"),
                now: Arc::clone(&now),
            })?,
            // The program names its address in each preference.
            mercadopago: MercadoPago::start(MercadoPagoConfig {
                listener: loopback().await?,
                access_token: secrets.mercadopago_token.clone(),
                webhook_secret: secrets.mercadopago_webhook.clone(),
                collector_id: COLLECTOR_ID,
                webhook_url: None,
                public_base_url: None,
                now: Arc::clone(&now),
            })?,
            stripe: Stripe::start(StripeConfig {
                listener: loopback().await?,
                api_key: secrets.stripe_key.clone(),
                webhook_secret: secrets.stripe_webhook.clone(),
                webhook_url: Some(webhook_url("stripe")),
                public_base_url: None,
                now: Arc::clone(&now),
            })?,
            paypal: PayPal::start(PayPalConfig {
                listener: loopback().await?,
                client_id: secrets.paypal_id.clone(),
                client_secret: secrets.paypal_secret.clone(),
                webhook_id: secrets.paypal_webhook.clone(),
                webhook_url: Some(webhook_url("paypal")),
                public_base_url: None,
                now,
            })?,
            secrets,
        })
    }

    /// Tells the program of them.
    pub fn configure(&self, config: &mut Config) {
        let secrets = &self.secrets;
        config.whatsapp.access_token = Secret::new(&secrets.whatsapp_token);
        config.whatsapp.app_secret = Secret::new(&secrets.whatsapp_app);
        config.whatsapp.phone_id = PHONE_NUMBER_ID.to_owned();
        config.whatsapp.base_url = format!("{}/v26.0", self.whatsapp.base_url);
        config.mercadopago.access_token = Secret::new(&secrets.mercadopago_token);
        config.mercadopago.webhook_secret = Secret::new(&secrets.mercadopago_webhook);
        config.mercadopago.collector_id = COLLECTOR_ID.to_string();
        config.mercadopago.base_url.clone_from(&self.mercadopago.base_url);
        config.stripe.secret_key = Secret::new(&secrets.stripe_key);
        config.stripe.webhook_secret = Secret::new(&secrets.stripe_webhook);
        config.stripe.base_url.clone_from(&self.stripe.base_url);
        config.paypal.client_id.clone_from(&secrets.paypal_id);
        config.paypal.client_secret = Secret::new(&secrets.paypal_secret);
        config.paypal.mode = PayPalMode::Sandbox;
        config.paypal.webhook_id.clone_from(&secrets.paypal_webhook);
        config.paypal.base_url.clone_from(&self.paypal.base_url);
        // Nobody but this demo believes the simulator's certificates.
        AUTHORITY_PEM.clone_into(&mut config.paypal.extra_root_pem);
    }

    pub fn whatsapp(&self) -> WhatsAppControl {
        self.whatsapp.control.clone()
    }

    pub fn mercadopago(&self) -> MercadoPagoControl {
        self.mercadopago.control.clone()
    }

    /// Stripe ends its pages by itself; its simulator does so only when somebody looks.
    pub fn end_pages_in_time(&self, app: &App) {
        let (stripe, tasks) = (self.stripe.control.clone(), app.tasks.clone());
        app.tasks.spawn(async move {
            loop {
                tokio::select! {
                    () = tokio::time::sleep(ENDING_EVERY) => stripe.expire_due(),
                    () = tasks.stopping() => return,
                }
            }
        });
    }

    pub async fn stop(self) {
        self.whatsapp.stop().await;
        self.mercadopago.stop().await;
        self.stripe.stop().await;
        self.paypal.stop().await;
    }
}

pub(super) async fn loopback() -> anyhow::Result<TcpListener> {
    TcpListener::bind(("127.0.0.1", 0)).await.context("a simulator found no free port")
}
