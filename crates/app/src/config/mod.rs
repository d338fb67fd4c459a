//! Every setting, read once. `config/default.toml` is the list and the manual.

use std::path::Path;

use serde::Deserialize;

mod check;
mod env;
mod load;
mod secret;

pub use load::{ConfigError, load};
pub use secret::Secret;

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    pub environment: Environment,
    pub server: Server,
    pub database: Database,
    pub redis: Redis,
    pub security: Security,
    pub property: Property,
    pub booking: Booking,
    pub rate_limit: RateLimit,
    pub jobs: Jobs,
    pub log: Log,
    pub whatsapp: WhatsApp,
    pub payments: PaymentSettings,
    pub mercadopago: MercadoPago,
    pub stripe: Stripe,
    pub paypal: PayPal,
    pub ical: Ical,
    pub alerts: Alerts,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Environment {
    Development,
    Production,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Server {
    pub host: String,
    pub port: u16,
    pub base_url: String,
    pub request_timeout_seconds: u32,
    pub max_body_bytes: usize,
    pub max_webhook_bytes: usize,
    pub shutdown_seconds: u32,
    pub worker_http: bool,
    pub trusted_proxies: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Database {
    pub url: Secret,
    pub pool_size: u32,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Redis {
    pub url: Secret,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Security {
    pub api_token: Secret,
    pub metrics_token: Secret,
    pub jwt_secret: Secret,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Property {
    pub name: String,
    pub timezone: String,
    pub locale: String,
    pub currency: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Booking {
    pub hold_minutes: u16,
    pub extend_minutes: u16,
    pub reminder_minutes: u16,
    pub max_holds_per_contact: u16,
    pub min_nights: u16,
    pub max_nights: u16,
    pub horizon_days: u16,
    pub idempotency_hours: u16,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RateLimit {
    pub enabled: bool,
    pub requests: u32,
    pub window_seconds: u32,
    pub contact_requests: u32,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Jobs {
    pub expiration_interval_seconds: u32,
    pub ical_interval_seconds: u32,
    pub concurrency: u16,
    pub lease_seconds: u32,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Log {
    pub level: String,
    pub dir: String,
    pub file_bytes: u64,
    pub files: usize,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WhatsApp {
    pub access_token: Secret,
    pub app_secret: Secret,
    pub phone_id: String,
    pub verify_token: Secret,
    pub base_url: String,
    pub balance_template: String,
    pub template_language: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaymentSettings {
    pub order: String,
    pub cancellation_policy: String,
    pub balance_days: u16,
    pub offer_minutes: u16,
    pub slow_min_days: u16,
    pub slow_hold_hours: u16,
    pub no_show_percent: u8,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MercadoPago {
    pub access_token: Secret,
    pub webhook_secret: Secret,
    pub collector_id: String,
    pub base_url: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stripe {
    pub secret_key: Secret,
    pub webhook_secret: Secret,
    pub base_url: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PayPal {
    pub client_id: String,
    pub client_secret: Secret,
    pub mode: PayPalMode,
    pub webhook_id: String,
    pub webhook_check: PayPalCheck,
    pub base_url: String,
    pub extra_root_pem: String,
}

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

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ical {
    pub max_age_minutes: u32,
    pub allow_private_networks: bool,
    pub fresh_seconds: u32,
    pub confirm_wait_ms: u32,
    pub keep_body_days: u32,
    pub failures_to_alert: u32,
    pub slow_poll_ms: u32,
    pub refusals_per_day: u32,
    pub export_requests: u32,
    pub link_overlap_hours: u32,
    pub link_rotate_days: u32,
    pub wait_one_stay_minutes: u32,
    pub wait_quarter_minutes: u32,
    pub wait_quarter_percent: u32,
    pub wait_everything_minutes: u32,
    pub wait_mass_minutes: u32,
    pub wait_mass_nights: u32,
    pub wait_after_midnight_minutes: u32,
    pub wait_together_minutes: u32,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Alerts {
    pub email_to: String,
    pub email_from: String,
    pub smtp_host: String,
    pub smtp_port: u16,
    pub smtp_tls: SmtpTls,
    pub smtp_user: String,
    pub smtp_password: Secret,
    pub slack_webhook_url: Secret,
    pub discord_webhook_url: Secret,
    pub telegram_token: Secret,
    pub telegram_chat_id: String,
    pub telegram_base_url: String,
}

/// How the way to the mail server is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SmtpTls {
    /// As the port has it.
    Auto,
    Implicit,
    Starttls,
    None,
}

impl Config {
    /// The defaults alone, as tests and the demo begin with.
    ///
    /// # Panics
    /// When the embedded file is broken, which a test would have shown.
    pub fn defaults() -> Self {
        load(Path::new("/nonexistent/conserje.toml"), &[]).expect("the embedded defaults are valid")
    }

    pub fn is_production(&self) -> bool {
        self.environment == Environment::Production
    }

    /// Without a slash at the end.
    pub fn base_url(&self) -> String {
        match self.server.base_url.trim_end_matches('/') {
            "" => format!("http://localhost:{}", self.server.port),
            url => url.to_owned(),
        }
    }
}

impl Booking {
    /// Whether there is a moment in the life of a hold at which a reminder makes sense.
    pub fn reminds(&self) -> bool {
        0 < self.reminder_minutes && self.reminder_minutes < self.hold_minutes
    }
}

impl PaymentSettings {
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.order.split(',').map(str::trim).filter(|name| !name.is_empty())
    }
}

impl Ical {
    /// How long nights that are gone from a calendar stay blocked.
    pub fn waiting_rules(&self) -> ical::WaitingRules {
        ical::WaitingRules {
            one_stay_minutes: self.wait_one_stay_minutes,
            quarter_minutes: self.wait_quarter_minutes,
            quarter_percent: self.wait_quarter_percent,
            everything_minutes: self.wait_everything_minutes,
            mass_minutes: self.wait_mass_minutes,
            mass_nights: self.wait_mass_nights,
            after_midnight_minutes: self.wait_after_midnight_minutes,
            together_minutes: self.wait_together_minutes,
            ..ical::WaitingRules::default()
        }
    }
}

impl Alerts {
    pub fn recipients(&self) -> impl Iterator<Item = &str> {
        self.email_to.split(',').map(str::trim).filter(|address| !address.is_empty())
    }

    /// Never `Auto`: TLS begins at once on the port that is for that (RFC 8314), elsewhere it is asked for.
    pub fn smtp_tls(&self) -> SmtpTls {
        match (self.smtp_tls, self.smtp_port) {
            (SmtpTls::Auto, 465) => SmtpTls::Implicit,
            (SmtpTls::Auto, _) => SmtpTls::Starttls,
            (told, _) => told,
        }
    }
}

impl PayPal {
    pub fn is_on(&self) -> bool {
        !self.client_id.is_empty() && self.client_secret.given().is_some()
    }
}

#[cfg(test)]
mod tests;
