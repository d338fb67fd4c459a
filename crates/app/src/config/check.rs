//! What a setting may be. Each refusal is one sentence with the setting, its value and what is allowed; a secret's value
//! is never repeated.

use std::net::IpAddr;

use providers::mail::Mailbox;
use toml::{Table, Value};

use super::{Alerts, Config, ConfigError, Environment, Secret, SmtpTls, WhatsApp, env::VARIABLES};

/// A staff token of fewer characters can be guessed.
const MIN_TOKEN_LENGTH: usize = 32;

/// Every whole number: variable, least, most. The most is where a value can only be a slip.
const RANGES: &[(&str, i64, i64)] = &[
    ("PORT", 0, 65_535),
    ("REQUEST_TIMEOUT_SECONDS", 1, 3_600),
    ("MAX_BODY_BYTES", 1_024, 1 << 30),
    ("MAX_WEBHOOK_BYTES", 1_024, 1 << 30),
    ("SHUTDOWN_SECONDS", 0, 3_600),
    ("DB_POOL_SIZE", 1, 1_000),
    ("HOLD_MINUTES", 1, 10_080),
    ("HOLD_EXTEND_MINUTES", 1, 10_080),
    ("HOLD_REMINDER_MINUTES", 0, 10_080),
    ("MAX_HOLDS_PER_CONTACT", 1, 1_000),
    ("MIN_NIGHTS", 1, 1_000),
    ("MAX_NIGHTS", 1, 1_000),
    ("HORIZON_DAYS", 1, 3_650),
    ("IDEMPOTENCY_HOURS", 1, 8_760),
    ("RATE_LIMIT_REQUESTS", 1, 1_000_000),
    ("RATE_LIMIT_WINDOW_SECONDS", 1, 86_400),
    ("RATE_LIMIT_CONTACT_REQUESTS", 1, 1_000_000),
    ("JOB_EXPIRATION_INTERVAL_SECONDS", 1, 86_400),
    ("JOB_ICAL_INTERVAL_SECONDS", 1, 86_400),
    ("JOB_CONCURRENCY", 1, 1_000),
    ("JOB_LEASE_SECONDS", 5, 86_400),
    ("LOG_FILE_BYTES", 1_000, 1 << 40),
    ("LOG_FILES", 0, 1_000),
    ("BALANCE_DUE_DAYS", 0, 365),
    ("LATE_OFFER_MINUTES", 1, 10_080),
    ("SLOW_PAYMENT_MIN_DAYS", 0, 365),
    ("SLOW_PAYMENT_HOLD_HOURS", 0, 336),
    ("NO_SHOW_PERCENT", 0, 100),
    ("ICAL_SYNC_MAX_AGE_MINUTES", 1, 525_600),
    ("ICAL_FRESH_SECONDS", 0, 86_400),
    ("ICAL_CONFIRM_WAIT_MS", 1, 3_000),
    ("ICAL_KEEP_BODY_DAYS", 1, 3_650),
    ("ICAL_FAILURES_TO_ALERT", 1, 1_000),
    ("ICAL_SLOW_POLL_MS", 1, 10_000),
    ("ICAL_REFUSALS_PER_DAY", 1, 1_000_000),
    ("ICAL_EXPORT_REQUESTS", 1, 1_000_000),
    ("ICAL_LINK_OVERLAP_HOURS", 0, 8_760),
    ("ICAL_LINK_ROTATE_DAYS", 0, 3_650),
    ("ICAL_WAIT_ONE_STAY_MINUTES", 0, 10_080),
    ("ICAL_WAIT_QUARTER_MINUTES", 0, 10_080),
    ("ICAL_WAIT_QUARTER_PERCENT", 1, 100),
    ("ICAL_WAIT_EVERYTHING_MINUTES", 0, 10_080),
    ("ICAL_WAIT_MASS_MINUTES", 0, 10_080),
    ("ICAL_WAIT_MASS_NIGHTS", 1, 1_000),
    ("ICAL_WAIT_AFTER_MIDNIGHT_MINUTES", 0, 1_439),
    ("ICAL_WAIT_TOGETHER_MINUTES", 0, 10_080),
    ("ALERT_SMTP_PORT", 1, 65_535),
];

/// Whole numbers, before they are put into types that are too small for a wrong one.
pub fn ranges(settings: &Table) -> Result<(), ConfigError> {
    for (variable, least, most) in RANGES {
        let Some((_, section, key)) = VARIABLES.iter().find(|(name, ..)| name == variable) else { continue };
        let value = settings.get(*section).and_then(|section| section.get(*key)).and_then(Value::as_integer);
        if let Some(value) = value.filter(|value| !(least..=most).contains(&value)) {
            return refuse(variable, &value.to_string(), &format!("a whole number from {least} to {most}"));
        }
    }
    Ok(())
}

pub fn check(config: &Config) -> Result<(), ConfigError> {
    texts(config)?;
    addresses(config)?;
    together(config)?;
    letters(&config.alerts)?;
    if config.environment == Environment::Production { production(config) } else { Ok(()) }
}

fn texts(config: &Config) -> Result<(), ConfigError> {
    let property = &config.property;
    demand(
        (1..=100).contains(&property.name.trim().chars().count()),
        "PROPERTY_NAME",
        &property.name,
        "a name of 1 to 100 characters",
    )?;
    demand(
        domain::accommodation::Zone::parse(&property.timezone).is_ok(),
        "PROPERTY_TIMEZONE",
        &property.timezone,
        "an IANA time zone such as America/Argentina/Cordoba",
    )?;
    demand(
        dialog::Locale::parse(&property.locale).is_some(),
        "PROPERTY_LOCALE",
        &property.locale,
        "one of es-AR, es-MX, es-ES, es-CO, es-CL, pt-BR, en",
    )?;
    demand(
        domain::money::Currency::parse(&property.currency).is_ok(),
        "PROPERTY_CURRENCY",
        &property.currency,
        "an ISO 4217 code such as ARS",
    )?;
    demand(
        domain::policy::Policy::parse(&config.payments.cancellation_policy).is_ok(),
        "CANCELLATION_POLICY",
        &config.payments.cancellation_policy,
        "flexible, moderate, strict, none, or steps as 168:100,48:50",
    )?;
    let known = |name| ["mercadopago", "stripe", "paypal"].contains(&name);
    demand(
        config.payments.names().all(known),
        "PAYMENT_PROVIDERS",
        &config.payments.order,
        "mercadopago, stripe and paypal, comma-separated",
    )?;
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    demand(
        is_number(&config.whatsapp.phone_id),
        "WHATSAPP_PHONE_ID",
        &config.whatsapp.phone_id,
        "Meta's id of the number, digits only",
    )?;
    template(&config.whatsapp)?;
    demand(
        is_number(&config.mercadopago.collector_id),
        "MERCADOPAGO_COLLECTOR_ID",
        &config.mercadopago.collector_id,
        "the id of the seller's account, digits only",
    )?;
    let root = &config.paypal.extra_root_pem;
    demand(
        root.is_empty() || root.contains("-----BEGIN CERTIFICATE-----"),
        "PAYPAL_EXTRA_ROOT_PEM",
        root,
        "a certificate in PEM, or nothing",
    )?;
    token("API_TOKEN", &config.security.api_token)?;
    token("METRICS_TOKEN", &config.security.metrics_token)
}

/// A template as Meta names it. The desk fills it in a language that it speaks.
fn template(whatsapp: &WhatsApp) -> Result<(), ConfigError> {
    let name = &whatsapp.balance_template;
    let is_name = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    demand(
        name.len() <= 512 && name.bytes().all(is_name),
        "WHATSAPP_BALANCE_TEMPLATE",
        name,
        "the template's name at Meta: lower-case letters, digits and _",
    )?;
    let code = &whatsapp.template_language;
    let (language, country) = code.split_once('_').unwrap_or((code, "AR"));
    let is_code = language.bytes().all(|byte| byte.is_ascii_lowercase())
        && country.len() == 2
        && country.bytes().all(|byte| byte.is_ascii_uppercase());
    demand(
        is_code && dialog::Locale::nearest(code).is_some(),
        "WHATSAPP_TEMPLATE_LANGUAGE",
        code,
        "Meta's code of Spanish, Portuguese or English such as es_AR, pt_BR, en",
    )
}

/// What a header cannot carry opens nothing.
fn token(name: &'static str, secret: &Secret) -> Result<(), ConfigError> {
    let carried = secret.given().is_none_or(|text| text.bytes().all(|byte| byte.is_ascii_graphic()));
    demand_secret(
        carried,
        name,
        "a text that no header can carry",
        "letters, digits and signs of ASCII without spaces",
    )
}

fn addresses(config: &Config) -> Result<(), ConfigError> {
    let host = &config.server.host;
    demand(
        !host.is_empty() && is_host(host),
        "HOST",
        host,
        "an address of this machine such as 127.0.0.1, 0.0.0.0 or ::",
    )?;
    let proxies = &config.server.trusted_proxies;
    let mut listed = proxies.split(',').map(str::trim).filter(|text| !text.is_empty());
    demand(
        listed.all(|text| text.parse::<IpAddr>().is_ok()),
        "TRUSTED_PROXIES",
        proxies,
        "addresses such as 10.0.0.1, comma-separated, no ranges",
    )?;
    let paypal = config.paypal.base_url.as_str();
    for (name, url) in [
        ("ALERT_SLACK_WEBHOOK_URL", &config.alerts.slack_webhook_url),
        ("ALERT_DISCORD_WEBHOOK_URL", &config.alerts.discord_webhook_url),
    ] {
        let sound = url.given().is_none_or(is_base_url);
        demand_secret(sound, name, "no web address", "the address of the webhook, beginning with https://")?;
    }
    for (name, url, may_be_empty) in [
        ("BASE_URL", config.server.base_url.as_str(), true),
        ("WHATSAPP_BASE_URL", &config.whatsapp.base_url, false),
        ("MERCADOPAGO_BASE_URL", &config.mercadopago.base_url, false),
        ("STRIPE_BASE_URL", &config.stripe.base_url, false),
        ("ALERT_TELEGRAM_BASE_URL", &config.alerts.telegram_base_url, false),
        ("PAYPAL_BASE_URL", paypal, true),
    ] {
        let sound = if url.is_empty() { may_be_empty } else { is_base_url(url) };
        demand(sound, name, url, "an address such as https://desk.example.org, without ? and #")?;
    }
    let database = config.database.url.expose();
    let known = ["sqlite:", "sqlite+", "postgres:", "postgresql:", "postgresql+"];
    demand_secret(
        known.iter().any(|scheme| database.starts_with(scheme)),
        "DATABASE_URL",
        "the address of a database that the desk does not know",
        "sqlite://file or postgres://user:password@host/name",
    )?;
    demand_secret(
        !is_in_memory(database),
        "DATABASE_URL",
        "a database in memory",
        "a file: what was promised to guests must outlive the process",
    )
}

/// A name or an address.
fn is_host(text: &str) -> bool {
    let is_name = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-'));
    is_name || text.parse::<IpAddr>().is_ok()
}

/// SQLite takes no file for one that is gone with the connection.
fn is_in_memory(database: &str) -> bool {
    let Some(("sqlite" | "sqlite+aiosqlite", rest)) = database.split_once(':') else { return false };
    let (file, query) = rest.split_once('?').unwrap_or((rest, ""));
    file.trim_start_matches('/').is_empty() || file.contains(":memory:") || query.contains("mode=memory")
}

/// Something can be put behind it.
fn is_base_url(text: &str) -> bool {
    reqwest::Url::parse(text).is_ok_and(|url| {
        matches!(url.scheme(), "http" | "https")
            && url.has_host()
            && url.query().is_none()
            && url.fragment().is_none()
    })
}

/// Settings that make sense only together.
fn together(config: &Config) -> Result<(), ConfigError> {
    let booking = &config.booking;
    demand(
        booking.min_nights <= booking.max_nights,
        "MIN_NIGHTS",
        &booking.min_nights.to_string(),
        &format!("at most MAX_NIGHTS, which is {}", booking.max_nights),
    )?;
    if config.whatsapp.access_token.given().is_some() && config.whatsapp.phone_id.is_empty() {
        return Err(ConfigError::MissingBeside("WHATSAPP_PHONE_ID", "WHATSAPP_ACCESS_TOKEN"));
    }
    match (config.alerts.telegram_token.given().is_none(), config.alerts.telegram_chat_id.is_empty()) {
        (true, false) => {
            return Err(ConfigError::MissingBeside("ALERT_TELEGRAM_TOKEN", "ALERT_TELEGRAM_CHAT_ID"));
        }
        (false, true) => {
            return Err(ConfigError::MissingBeside("ALERT_TELEGRAM_CHAT_ID", "ALERT_TELEGRAM_TOKEN"));
        }
        _ => {}
    }
    match (config.paypal.client_id.is_empty(), config.paypal.client_secret.given().is_none()) {
        (true, false) => Err(ConfigError::MissingBeside("PAYPAL_CLIENT_ID", "PAYPAL_CLIENT_SECRET")),
        (false, true) => Err(ConfigError::MissingBeside("PAYPAL_CLIENT_SECRET", "PAYPAL_CLIENT_ID")),
        _ => Ok(()),
    }
}

/// E-mail needs all of its settings or none. The addresses of people are not repeated.
fn letters(alerts: &Alerts) -> Result<(), ConfigError> {
    let is_address = |text: &str| Mailbox::parse(text).is_some();
    demand_secret(
        alerts.recipients().all(is_address),
        "ALERT_EMAIL_TO",
        "no list of e-mail addresses",
        "addresses such as ana@example.org, comma-separated, in ASCII",
    )?;
    demand_secret(
        alerts.email_from.is_empty() || is_address(&alerts.email_from),
        "ALERT_EMAIL_FROM",
        "no e-mail address",
        "one such as desk@example.org or Las Lomas <desk@example.org>, in ASCII",
    )?;
    let host = &alerts.smtp_host;
    demand(
        host.is_empty() || is_host(host),
        "ALERT_SMTP_HOST",
        host,
        "the name of the mail server such as smtp.example.org, without port",
    )?;
    let given = [
        ("ALERT_EMAIL_TO", alerts.recipients().next().is_some()),
        ("ALERT_EMAIL_FROM", !alerts.email_from.is_empty()),
        ("ALERT_SMTP_HOST", !host.is_empty()),
    ];
    if let Some((there, _)) = given.iter().find(|(_, is_given)| *is_given)
        && let Some((missing, _)) = given.iter().find(|(_, is_given)| !is_given)
    {
        return Err(ConfigError::MissingBeside(missing, there));
    }
    match (alerts.smtp_user.is_empty(), alerts.smtp_password.given().is_none()) {
        (true, false) => Err(ConfigError::MissingBeside("ALERT_SMTP_USER", "ALERT_SMTP_PASSWORD")),
        (false, true) => Err(ConfigError::MissingBeside("ALERT_SMTP_PASSWORD", "ALERT_SMTP_USER")),
        _ => Ok(()),
    }
}

fn production(config: &Config) -> Result<(), ConfigError> {
    let token = config.security.api_token.given().ok_or(ConfigError::Missing("API_TOKEN"))?;
    if token.len() < MIN_TOKEN_LENGTH {
        return Err(ConfigError::WeakToken { least: MIN_TOKEN_LENGTH });
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
    no_simulators(config)?;
    let alerts = &config.alerts;
    demand(
        alerts.smtp_tls != SmtpTls::None || alerts.smtp_host.is_empty() || is_this_machine(&alerts.smtp_host),
        "ALERT_SMTP_TLS",
        "none",
        "implicit or starttls in production: without TLS only a mail server on this machine is used",
    )
}

/// The keys of the simulators are public: where one stands in for a vendor, anybody can say that a guest has paid.
fn no_simulators(config: &Config) -> Result<(), ConfigError> {
    let paypal = &config.paypal;
    let is_given = !paypal.extra_root_pem.is_empty();
    let allowed = "nothing in production: it makes the certificates of a simulator believed";
    demand_secret(!is_given, "PAYPAL_EXTRA_ROOT_PEM", "a certificate", allowed)?;
    let paypals = "https://api-m.paypal.com https://api.paypal.com https://api-m.sandbox.paypal.com \
                   https://api.sandbox.paypal.com";
    for (name, url, own) in [
        ("WHATSAPP_BASE_URL", &config.whatsapp.base_url, "https://graph.facebook.com"),
        ("MERCADOPAGO_BASE_URL", &config.mercadopago.base_url, "https://api.mercadopago.com"),
        ("STRIPE_BASE_URL", &config.stripe.base_url, "https://api.stripe.com"),
        ("PAYPAL_BASE_URL", &paypal.base_url, paypals),
        ("ALERT_TELEGRAM_BASE_URL", &config.alerts.telegram_base_url, "https://api.telegram.org"),
    ] {
        let origin = reqwest::Url::parse(url).map(|url| url.origin().ascii_serialization());
        let is_own = url.is_empty() || origin.is_ok_and(|origin| own.split(' ').any(|one| one == origin));
        demand(is_own, name, url, &format!("the vendor's own address in production: {own}"))?;
    }
    Ok(())
}

fn is_this_machine(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost")
        || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

fn demand(sound: bool, variable: &'static str, value: &str, allowed: &str) -> Result<(), ConfigError> {
    if sound { Ok(()) } else { refuse(variable, &format!("{value:?}"), allowed) }
}

/// `is` says what the value is instead of repeating it.
fn demand_secret(sound: bool, variable: &'static str, is: &str, allowed: &str) -> Result<(), ConfigError> {
    if sound { Ok(()) } else { refuse(variable, is, allowed) }
}

fn refuse(variable: &str, value: &str, allowed: &str) -> Result<(), ConfigError> {
    let place = VARIABLES.iter().find(|(name, ..)| *name == variable);
    let place = place.map_or(String::new(), |(_, section, key)| format!(" ({section}.{key})"));
    Err(ConfigError::Impossible {
        name: format!("{variable}{place}"),
        value: value.to_owned(),
        allowed: allowed.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A number that nobody thought about may be one that cannot work.
    #[test]
    fn every_whole_number_has_a_range_that_holds_its_default() {
        let defaults: Table = include_str!("../../../../config/default.toml").parse().unwrap();
        let sections = defaults.iter().filter_map(|(name, value)| Some((name, value.as_table()?)));
        for (section, key, value) in
            sections.flat_map(|(name, table)| table.iter().map(move |(key, value)| (name, key, value)))
        {
            let Some(number) = value.as_integer() else { continue };
            let variable = VARIABLES.iter().find(|(_, s, k)| (s, k) == (&section.as_str(), &key.as_str()));
            let (variable, ..) = variable.unwrap_or_else(|| panic!("{section}.{key} has no variable"));
            let range = RANGES.iter().find(|(name, ..)| name == variable);
            let (_, least, most) = range.unwrap_or_else(|| panic!("{variable} has no range"));
            assert!((least..=most).contains(&&number), "{variable}");
        }
    }
}
