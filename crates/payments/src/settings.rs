//! The settings of payments and of their providers.

use kernel::settings::{Checks, Secret};
use serde::Deserialize;

/// The names of all providers that this program knows.
pub const PROVIDERS: [&str; 3] = ["mercadopago", "stripe", "paypal"];

kernel::settings! {
    pub struct MercadoPago in "mercadopago" {
        access_token: Secret = MERCADOPAGO_ACCESS_TOKEN;
        webhook_secret: Secret = MERCADOPAGO_WEBHOOK_SECRET;
        collector_id: String = MERCADOPAGO_COLLECTOR_ID;
        base_url: String = MERCADOPAGO_BASE_URL;
    }
}

kernel::settings! {
    pub struct Stripe in "stripe" {
        secret_key: Secret = STRIPE_SECRET_KEY;
        webhook_secret: Secret = STRIPE_WEBHOOK_SECRET;
        base_url: String = STRIPE_BASE_URL;
    }
}

kernel::settings! {
    pub struct PayPal in "paypal" {
        client_id: String = PAYPAL_CLIENT_ID;
        client_secret: Secret = PAYPAL_CLIENT_SECRET | PAYPAL_SECRET;
        mode: PayPalMode = PAYPAL_MODE;
        webhook_id: String = PAYPAL_WEBHOOK_ID;
        webhook_check: PayPalCheck = PAYPAL_WEBHOOK_CHECK;
        base_url: String = PAYPAL_BASE_URL;
        extra_root_pem: String = PAYPAL_EXTRA_ROOT_PEM;
    }
}

/// developer.paypal.com/api/rest: live and sandbox, by their new and old names.
const PAYPALS_OWN: [&str; 4] = [
    "https://api-m.paypal.com",
    "https://api.paypal.com",
    "https://api-m.sandbox.paypal.com",
    "https://api.sandbox.paypal.com",
];

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PayPalMode {
    Sandbox,
    Live,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PayPalCheck {
    Local,
    Api,
}

/// All of them, and the order in which payers are offered providers.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Names, comma-separated.
    pub order: String,
    pub mercadopago: MercadoPago,
    pub stripe: Stripe,
    pub paypal: PayPal,
}

impl Settings {
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.order.split(',').map(str::trim).filter(|name| !name.is_empty())
    }

    /// Our account at a provider whose answers name accounts; empty where its keys belong to one account alone, so that
    /// it shows no payments of others.
    pub(crate) fn account_at(&self, vendor: &str) -> &str {
        if vendor == "mercadopago" { &self.mercadopago.collector_id } else { "" }
    }

    pub fn check(&self, checks: &mut Checks) {
        checks.demand(
            self.names().all(|name| PROVIDERS.contains(&name)),
            "PAYMENT_PROVIDERS",
            &self.order,
            "mercadopago, stripe and paypal, comma-separated",
        );
        self.mercadopago.check(checks);
        self.stripe.check(checks);
        self.paypal.check(checks);
    }
}

impl MercadoPago {
    fn check(&self, checks: &mut Checks) {
        checks.demand(
            self.collector_id.bytes().all(|byte| byte.is_ascii_digit()),
            "MERCADOPAGO_COLLECTOR_ID",
            &self.collector_id,
            "the id of the seller's account, digits only",
        );
        checks.demand_given("MERCADOPAGO_BASE_URL", &self.base_url);
        checks.demand_vendor_url("MERCADOPAGO_BASE_URL", &self.base_url, &["https://api.mercadopago.com"]);
        let is_on = self.access_token.given().is_some();
        checks.demand_in_production(is_on, "MERCADOPAGO_WEBHOOK_SECRET", &self.webhook_secret);
    }
}

impl Stripe {
    fn check(&self, checks: &mut Checks) {
        checks.demand_given("STRIPE_BASE_URL", &self.base_url);
        checks.demand_vendor_url("STRIPE_BASE_URL", &self.base_url, &["https://api.stripe.com"]);
        let is_on = self.secret_key.given().is_some();
        let is_for_tests = self
            .secret_key
            .given()
            .is_some_and(|key| ["sk_test_", "rk_test_"].iter().any(|test| key.starts_with(test)));
        checks.demand_unsaid(
            !(is_for_tests && checks.is_production()),
            "STRIPE_SECRET_KEY",
            "a key for tests",
            "a live key in production: with this one nobody is charged and every stay counts as paid",
        );
        checks.demand_in_production(is_on, "STRIPE_WEBHOOK_SECRET", &self.webhook_secret);
    }
}

impl PayPal {
    pub fn is_on(&self) -> bool {
        !self.client_id.is_empty() && self.client_secret.given().is_some()
    }

    fn check(&self, checks: &mut Checks) {
        let root = &self.extra_root_pem;
        checks.demand(
            root.is_empty() || root.contains("-----BEGIN CERTIFICATE-----"),
            "PAYPAL_EXTRA_ROOT_PEM",
            root,
            "a certificate in PEM, or nothing",
        );
        checks.demand_unsaid(
            root.is_empty() || !checks.is_production(),
            "PAYPAL_EXTRA_ROOT_PEM",
            "a certificate",
            "nothing in production: it makes the certificates of a simulator believed",
        );
        checks.demand_vendor_url("PAYPAL_BASE_URL", &self.base_url, &PAYPALS_OWN);
        checks.demand_both(
            ("PAYPAL_CLIENT_ID", !self.client_id.is_empty()),
            ("PAYPAL_CLIENT_SECRET", self.client_secret.given().is_some()),
        );
        let webhook_id = Secret::new(self.webhook_id.as_str());
        checks.demand_in_production(self.is_on(), "PAYPAL_WEBHOOK_ID", &webhook_id);
    }
}
