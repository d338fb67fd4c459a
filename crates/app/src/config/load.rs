//! Defaults, file, environment, in that order; then the checks of production.

use std::path::Path;

use serde::Deserialize as _;
use toml::{Table, Value};

use super::{Config, Environment, env::VARIABLES};

const DEFAULTS: &str = include_str!("../../../../config/default.toml");

/// A staff token of fewer characters can be guessed.
const MIN_TOKEN_LENGTH: usize = 32;

#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    #[error("{file} could not be read")]
    Unreadable { file: String, source: std::io::Error },
    #[error("{file} is not valid TOML: {detail}")]
    NotToml { file: String, detail: String },
    #[error("{file} has a setting that does not exist: {name}; the list is in config/default.toml")]
    Unknown { file: String, name: String },
    #[error("the setting {name} has a value of the wrong kind: give {expected}")]
    WrongKind { name: String, expected: &'static str },
    #[error("a setting is not valid: {0}")]
    Invalid(String),
    #[error("{0} must be set in production")]
    Missing(&'static str),
    #[error("API_TOKEN must have at least {MIN_TOKEN_LENGTH} characters in production")]
    WeakToken,
    #[error("BASE_URL must begin with https:// in production")]
    PlainHttp,
}

/// `environment` is the process's variables; names that are not ours are left alone.
pub fn load(file: &Path, environment: &[(String, String)]) -> Result<Config, ConfigError> {
    let mut settings: Table = DEFAULTS.parse().expect("the embedded defaults are valid TOML");
    overlay_file(&mut settings, file)?;
    for (variable, section, key) in VARIABLES {
        if let Some((_, text)) = environment.iter().find(|(name, text)| name == variable && !text.is_empty())
        {
            let table =
                if section.is_empty() { Some(&mut settings) } else { table_mut(&mut settings, section) };
            let slot =
                table.and_then(|table| table.get_mut(*key)).expect("a test finds each name in the defaults");
            *slot = typed(variable, slot, text)?;
        }
    }
    let config = Config::deserialize(settings.clone())
        .map_err(|error| ConfigError::Invalid(format!("{}: {}", culprit(&settings), error.message())))?;
    check(&config)?;
    Ok(config)
}

/// The first setting whose value does not fit, found by putting each one alone among the defaults.
fn culprit(settings: &Table) -> String {
    for (variable, section, key) in VARIABLES {
        let mut alone: Table = DEFAULTS.parse().expect("the embedded defaults are valid TOML");
        let (from, to) = match *section {
            "" => (settings.get(*key), alone.get_mut(*key)),
            section => (
                settings.get(section).and_then(|s| s.get(*key)),
                table_mut(&mut alone, section).and_then(|t| t.get_mut(*key)),
            ),
        };
        if let (Some(value), Some(slot)) = (from, to) {
            *slot = value.clone();
        }
        if Config::deserialize(alone).is_err() {
            let place = if section.is_empty() { (*key).to_owned() } else { format!("{section}.{key}") };
            return format!("{place} ({variable})");
        }
    }
    "the settings".to_owned()
}

fn overlay_file(settings: &mut Table, file: &Path) -> Result<(), ConfigError> {
    let name = || file.display().to_string();
    let text = match std::fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(source) => return Err(ConfigError::Unreadable { file: name(), source }),
    };
    let given: Table = text
        .parse()
        .map_err(|error: toml::de::Error| ConfigError::NotToml { file: name(), detail: error.to_string() })?;
    for (key, value) in given {
        match (settings.get_mut(&key), value) {
            (Some(Value::Table(known)), Value::Table(section)) => {
                for (inner, value) in section {
                    let slot = known.get_mut(&inner);
                    let slot = slot.ok_or_else(|| unknown(name(), &format!("{key}.{inner}")))?;
                    *slot = same_kind(&format!("{key}.{inner}"), slot, value)?;
                }
            }
            (Some(slot), value) => *slot = same_kind(&key, slot, value)?,
            (None, _) => return Err(unknown(name(), &key)),
        }
    }
    Ok(())
}

fn unknown(file: String, name: &str) -> ConfigError {
    ConfigError::Unknown { file, name: name.to_owned() }
}

fn table_mut<'a>(settings: &'a mut Table, section: &str) -> Option<&'a mut Table> {
    settings.get_mut(section).and_then(Value::as_table_mut)
}

/// The default's kind says how a text is read.
fn typed(name: &str, default: &Value, text: &str) -> Result<Value, ConfigError> {
    let text = text.trim();
    let wrong = || ConfigError::WrongKind { name: name.to_owned(), expected: expected(default) };
    match default {
        Value::Integer(_) => text.parse().map(Value::Integer).map_err(|_| wrong()),
        Value::Boolean(_) => match text.to_ascii_lowercase().as_str() {
            "true" | "1" | "yes" | "on" => Ok(Value::Boolean(true)),
            "false" | "0" | "no" | "off" => Ok(Value::Boolean(false)),
            _ => Err(wrong()),
        },
        _ => Ok(Value::String(text.to_owned())),
    }
}

fn same_kind(name: &str, default: &Value, value: Value) -> Result<Value, ConfigError> {
    if default.same_type(&value) {
        return Ok(value);
    }
    Err(ConfigError::WrongKind { name: name.to_owned(), expected: expected(default) })
}

fn expected(default: &Value) -> &'static str {
    match default {
        Value::Integer(_) => "a whole number",
        Value::Boolean(_) => "true or false",
        Value::Table(_) => "a section",
        _ => "a text",
    }
}

fn check(config: &Config) -> Result<(), ConfigError> {
    let invalid = |text: &str| Err(ConfigError::Invalid(text.to_owned()));
    if domain::accommodation::Zone::parse(&config.property.timezone).is_err() {
        return invalid("property.timezone (PROPERTY_TIMEZONE) is not an IANA time zone");
    }
    if dialog::Locale::parse(&config.property.locale).is_none() {
        return invalid(
            "property.locale (PROPERTY_LOCALE) is not one of es-AR, es-MX, es-ES, es-CO, es-CL, pt-BR, en",
        );
    }
    if domain::money::Currency::parse(&config.property.currency).is_err() {
        return invalid("property.currency (PROPERTY_CURRENCY) is not an ISO 4217 code");
    }
    if domain::policy::Policy::parse(&config.payments.cancellation_policy).is_err() {
        return invalid(
            "payments.cancellation_policy (CANCELLATION_POLICY) is not flexible, moderate, strict, none or 168:100,48:50",
        );
    }
    if config.payments.no_show_percent > 100 {
        return invalid("payments.no_show_percent (NO_SHOW_PERCENT) is a percentage, 0 to 100");
    }
    let names: Vec<_> = config.payments.names().collect();
    if names.iter().any(|name| !["mercadopago", "stripe", "paypal"].contains(name)) {
        return invalid(
            "payments.order (PAYMENT_PROVIDERS) names mercadopago, stripe and paypal, comma-separated",
        );
    }
    let at_least_one = [
        ("HOLD_MINUTES", u32::from(config.booking.hold_minutes)),
        ("LATE_OFFER_MINUTES", u32::from(config.payments.offer_minutes)),
        ("DB_POOL_SIZE", config.database.pool_size),
        ("JOB_CONCURRENCY", config.jobs.concurrency.into()),
        ("JOB_EXPIRATION_INTERVAL_SECONDS", config.jobs.expiration_interval_seconds),
        ("JOB_ICAL_INTERVAL_SECONDS", config.jobs.ical_interval_seconds),
        ("REQUEST_TIMEOUT_SECONDS", config.server.request_timeout_seconds),
        ("RATE_LIMIT_WINDOW_SECONDS", config.rate_limit.window_seconds),
    ];
    if let Some((name, _)) = at_least_one.iter().find(|(_, value)| *value == 0) {
        return invalid(&format!("{name} must be at least 1"));
    }
    let url = config.database.url.expose();
    let known = ["sqlite:", "sqlite+", "postgres:", "postgresql:", "postgresql+"];
    if !known.iter().any(|scheme| url.starts_with(scheme)) {
        return invalid("DATABASE_URL begins with sqlite:// or postgres://");
    }
    if config.environment != Environment::Production {
        return Ok(());
    }
    let token = config.security.api_token.given().ok_or(ConfigError::Missing("API_TOKEN"))?;
    if token.len() < MIN_TOKEN_LENGTH {
        return Err(ConfigError::WeakToken);
    }
    if config.server.base_url.is_empty() {
        return Err(ConfigError::Missing("BASE_URL"));
    }
    if !config.server.base_url.starts_with("https://") {
        return Err(ConfigError::PlainHttp);
    }
    config.security.metrics_token.given().ok_or(ConfigError::Missing("METRICS_TOKEN"))?;
    // A channel that is switched on needs all of its secrets.
    if config.whatsapp.access_token.given().is_some() {
        config.whatsapp.app_secret.given().ok_or(ConfigError::Missing("WHATSAPP_APP_SECRET"))?;
        config.whatsapp.verify_token.given().ok_or(ConfigError::Missing("WHATSAPP_VERIFY_TOKEN"))?;
        if config.whatsapp.phone_id.is_empty() {
            return Err(ConfigError::Missing("WHATSAPP_PHONE_ID"));
        }
    }
    if config.mercadopago.access_token.given().is_some() {
        config
            .mercadopago
            .webhook_secret
            .given()
            .ok_or(ConfigError::Missing("MERCADOPAGO_WEBHOOK_SECRET"))?;
    }
    if config.stripe.secret_key.given().is_some() {
        config.stripe.webhook_secret.given().ok_or(ConfigError::Missing("STRIPE_WEBHOOK_SECRET"))?;
    }
    if config.paypal.is_on() && config.paypal.webhook_id.is_empty() {
        return Err(ConfigError::Missing("PAYPAL_WEBHOOK_ID"));
    }
    Ok(())
}
