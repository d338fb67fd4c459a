//! The sections that the kernel itself reads.

use serde::Deserialize;

use super::{Environment, Secret};

/// What the kernel is handed of the settings.
#[derive(Clone, Debug)]
pub struct Settings {
    pub environment: Environment,
    pub server: Server,
    pub database: Database,
    pub redis: Redis,
    pub security: Security,
    pub property: Property,
    pub rate_limit: RateLimit,
    pub worker: Worker,
    /// How long answers to repeated requests are kept.
    pub idempotency_hours: u16,
}

/// How jobs are worked off.
#[derive(Clone, Copy, Debug)]
pub struct Worker {
    /// Jobs of one queue at the same time.
    pub concurrency: u16,
    /// After so long without a heartbeat another worker takes a job over.
    pub lease_seconds: u32,
}

impl Settings {
    /// Whether everybody sees the rows of the health page, or staff alone: they name vendors and lengths of queues.
    pub fn shows_health_to_all(&self) -> bool {
        match self.security.health_details.as_str() {
            "public" => true,
            "staff" => false,
            _ => !self.is_production(),
        }
    }

    pub fn is_production(&self) -> bool {
        self.environment == Environment::Production
    }

    /// Where guests and providers reach us, without a slash at the end.
    pub fn base_url(&self) -> String {
        self.server.base_url()
    }
}

crate::settings! {
    /// The HTTP server of this process.
    pub struct Server in "server" {
        host: String = HOST;
        port: u16 = PORT, 0..=65_535;
        base_url: String = BASE_URL;
        request_timeout_seconds: u32 = REQUEST_TIMEOUT_SECONDS, 1..=3_600;
        max_body_bytes: usize = MAX_BODY_BYTES, 1_024..=1 << 30;
        max_webhook_bytes: usize = MAX_WEBHOOK_BYTES, 1_024..=1 << 30;
        max_connections: usize = MAX_CONNECTIONS, 16..=1_000_000;
        max_connections_per_address: usize = MAX_CONNECTIONS_PER_ADDRESS, 1..=1_000_000;
        write_timeout_seconds: u32 = WRITE_TIMEOUT_SECONDS, 1..=3_600;
        shutdown_seconds: u32 = SHUTDOWN_SECONDS, 0..=3_600;
        worker_http: bool = WORKER_HTTP;
        trusted_proxies: String = TRUSTED_PROXIES;
    }
}

impl Server {
    /// Where guests and providers reach us, without a slash at the end.
    pub fn base_url(&self) -> String {
        match self.base_url.trim_end_matches('/') {
            "" => format!("http://localhost:{}", self.port),
            url => url.to_owned(),
        }
    }
}

crate::settings! {
    pub struct Database in "database" {
        url: Secret = DATABASE_URL;
        pool_size: u32 = DB_POOL_SIZE, 1..=1_000;
    }
}

crate::settings! {
    pub struct Redis in "redis" {
        url: Secret = REDIS_URL;
    }
}

crate::settings! {
    pub struct Security in "security" {
        api_token: Secret = API_TOKEN;
        metrics_token: Secret = METRICS_TOKEN;
        health_details: String = HEALTH_DETAILS;
        jwt_secret: Secret = JWT_SECRET;
    }
}

crate::settings! {
    pub struct Property in "property" {
        name: String = PROPERTY_NAME;
        timezone: String = PROPERTY_TIMEZONE;
        locale: String = PROPERTY_LOCALE;
        currency: String = PROPERTY_CURRENCY;
    }
}

crate::settings! {
    pub struct RateLimit in "rate_limit" {
        enabled: bool = RATE_LIMIT_ENABLED;
        requests: u32 = RATE_LIMIT_REQUESTS, 1..=1_000_000;
        window_seconds: u32 = RATE_LIMIT_WINDOW_SECONDS, 1..=86_400;
        contact_requests: u32 = RATE_LIMIT_CONTACT_REQUESTS, 1..=1_000_000;
    }
}

crate::settings! {
    pub struct Log in "log" {
        level: String = LOG_LEVEL;
        dir: String = LOG_DIR;
        file_bytes: u64 = LOG_FILE_BYTES, 1_000..=1 << 40;
        files: usize = LOG_FILES, 0..=1_000;
    }
}

crate::settings! {
    pub struct WhatsApp in "whatsapp" {
        access_token: Secret = WHATSAPP_ACCESS_TOKEN;
        app_secret: Secret = WHATSAPP_APP_SECRET | META_APP_SECRET;
        phone_id: String = WHATSAPP_PHONE_ID | WHATSAPP_PHONE_NUMBER_ID;
        verify_token: Secret = WHATSAPP_VERIFY_TOKEN;
        base_url: String = WHATSAPP_BASE_URL;
        balance_template: String = WHATSAPP_BALANCE_TEMPLATE;
        template_language: String = WHATSAPP_TEMPLATE_LANGUAGE;
    }
}

crate::settings! {
    pub struct Alerts in "alerts" {
        email_to: String = ALERT_EMAIL_TO;
        email_from: String = ALERT_EMAIL_FROM;
        smtp_host: String = ALERT_SMTP_HOST;
        smtp_port: u16 = ALERT_SMTP_PORT, 1..=65_535;
        smtp_tls: SmtpTls = ALERT_SMTP_TLS;
        smtp_user: String = ALERT_SMTP_USER;
        smtp_password: Secret = ALERT_SMTP_PASSWORD;
        slack_webhook_url: Secret = ALERT_SLACK_WEBHOOK_URL;
        discord_webhook_url: Secret = ALERT_DISCORD_WEBHOOK_URL;
        telegram_token: Secret = ALERT_TELEGRAM_TOKEN;
        telegram_chat_id: String = ALERT_TELEGRAM_CHAT_ID;
        telegram_base_url: String = ALERT_TELEGRAM_BASE_URL;
    }
}

/// How the connection to the mail server is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SmtpTls {
    /// Implicit TLS on port 465, STARTTLS on every other.
    Auto,
    Implicit,
    Starttls,
    None,
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
