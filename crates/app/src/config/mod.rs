//! Every setting, read once. `config/default.toml` is the list and the manual.

use std::path::Path;

use serde::Deserialize;

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
    pub mercadopago: MercadoPago,
    pub ical: Ical,
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
pub struct Ical {
    pub max_age_minutes: u32,
    pub allow_private_networks: bool,
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

#[cfg(test)]
mod tests;
