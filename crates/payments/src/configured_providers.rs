//! Which providers there are, built from the settings.

use kernel::app::BuildError;
use providers::{
    Secret,
    payments::{Payments, mercadopago, paypal, stripe},
};

use crate::settings::{MercadoPago, PayPal, PayPalCheck, PayPalMode, Settings, Stripe};

/// What the settings switch on, in their order.
pub(crate) fn build(settings: &Settings, http: &reqwest::Client) -> Result<Vec<Payments>, BuildError> {
    let mut found = Vec::new();
    for name in settings.names() {
        found.extend(match name {
            "mercadopago" => mercadopago(&settings.mercadopago, http),
            "stripe" => stripe(&settings.stripe, http),
            "paypal" => paypal(&settings.paypal, http)?,
            _ => return Err(BuildError::Setting("PAYMENT_PROVIDERS")),
        });
    }
    Ok(found)
}

fn mercadopago(given: &MercadoPago, http: &reqwest::Client) -> Option<Payments> {
    let access_token = given.access_token.given()?;
    let settings = mercadopago::Config {
        base_url: given.base_url.clone(),
        access_token: Secret::new(access_token),
        mode: mercadopago::Mode::Live,
    };
    Some(Payments::MercadoPago(mercadopago::Client::new(http.clone(), settings)))
}

fn stripe(given: &Stripe, http: &reqwest::Client) -> Option<Payments> {
    let secret_key = given.secret_key.given()?;
    let settings = stripe::Config {
        base_url: given.base_url.clone(),
        secret_key: Secret::new(secret_key),
        account_id: None,
    };
    Some(Payments::Stripe(stripe::Client::new(http.clone(), settings)))
}

fn paypal(settings: &PayPal, http: &reqwest::Client) -> Result<Option<Payments>, BuildError> {
    if !settings.is_on() {
        return Ok(None);
    }
    let (environment, theirs) = match settings.mode {
        PayPalMode::Live => (paypal::Environment::Live, "https://api-m.paypal.com"),
        PayPalMode::Sandbox => (paypal::Environment::Sandbox, "https://api-m.sandbox.paypal.com"),
    };
    let base_url = if settings.base_url.is_empty() { theirs } else { &settings.base_url };
    let public = paypal::certificate_chain::Roots::public();
    let is_simulated = !settings.extra_root_pem.is_empty();
    let roots = if is_simulated {
        let added = public.and(settings.extra_root_pem.as_bytes());
        added.map_err(|_| BuildError::Setting("PAYPAL_EXTRA_ROOT_PEM"))?
    } else {
        public
    };
    let client = paypal::Config {
        base_url: base_url.to_owned(),
        client_id: settings.client_id.clone(),
        client_secret: Secret::new(settings.client_secret.expose()),
        environment,
        webhooks: paypal::WebhookConfig {
            webhook_id: settings.webhook_id.clone(),
            check: match settings.webhook_check {
                PayPalCheck::Local => paypal::Check::Local,
                PayPalCheck::Api => paypal::Check::Api,
            },
            roots,
            extra_cert_base_url: is_simulated.then(|| base_url.to_owned()),
        },
    };
    Ok(Some(Payments::PayPal(paypal::Client::new(http.clone(), client))))
}
