//! What the kernel's own sections demand.

use std::net::IpAddr;

use providers::mail::Mailbox;

use super::{
    Alerts, Database, Problem, Property, Secret, Security, Server, SmtpTls, WhatsApp,
    collected_demands::{Checks, is_base_url, is_host},
};

/// A staff token of fewer characters can be guessed.
const MIN_TOKEN_LENGTH: usize = 32;
/// The default: a file wherever the process happens to be started.
const IN_THE_WORKING_FOLDER: &str = "sqlite://conserje.db";

/// The kernel's own sections.
pub fn check(
    checks: &mut Checks,
    server: &Server,
    database: &Database,
    security: &Security,
    property: &Property,
) {
    check_property(checks, property);
    check_server(checks, server);
    check_database(checks, database);
    check_security(checks, security, server);
}

fn check_property(checks: &mut Checks, property: &Property) {
    let name_length = property.name.trim().chars().count();
    checks.demand(
        (1..=100).contains(&name_length),
        "PROPERTY_NAME",
        &property.name,
        "a name of 1 to 100 characters",
    );
    checks.demand(
        domain::accommodation::Zone::parse(&property.timezone).is_ok(),
        "PROPERTY_TIMEZONE",
        &property.timezone,
        "an IANA time zone such as America/Argentina/Cordoba",
    );
    checks.demand(
        dialog::Locale::parse(&property.locale).is_some(),
        "PROPERTY_LOCALE",
        &property.locale,
        "one of es-AR, es-MX, es-ES, es-CO, es-CL, pt-BR, en",
    );
    checks.demand(
        domain::money::Currency::parse(&property.currency).is_ok(),
        "PROPERTY_CURRENCY",
        &property.currency,
        "an ISO 4217 code such as ARS",
    );
}

fn check_server(checks: &mut Checks, server: &Server) {
    checks.demand(
        !server.host.is_empty() && is_host(&server.host),
        "HOST",
        &server.host,
        "an address of this machine such as 127.0.0.1, 0.0.0.0 or ::",
    );
    let proxies = &server.trusted_proxies;
    let mut listed = proxies.split(',').map(str::trim).filter(|text| !text.is_empty());
    checks.demand(
        listed.all(|text| text.parse::<IpAddr>().is_ok()),
        "TRUSTED_PROXIES",
        proxies,
        "addresses such as 10.0.0.1, comma-separated, no ranges",
    );
    if !server.base_url.is_empty() {
        checks.demand_base_url("BASE_URL", &server.base_url);
    }
}

fn check_database(checks: &mut Checks, database: &Database) {
    let url = database.url.expose();
    if checks.is_production() && url == IN_THE_WORKING_FOLDER {
        // Whoever forgot it, or misspelt it, would begin anew beside the database with the money.
        checks.problems.push(Problem::Missing("DATABASE_URL"));
    }
    let known = ["sqlite:", "sqlite+", "postgres:", "postgresql:", "postgresql+"];
    let is_known = known.iter().any(|scheme| url.starts_with(scheme));
    checks.demand_unsaid(
        is_known,
        "DATABASE_URL",
        "the address of a database that this program does not know",
        "sqlite://file or postgres://user:password@host/name",
    );
    checks.demand_unsaid(
        !is_in_memory(url),
        "DATABASE_URL",
        "a database in memory",
        "a file: what was promised to guests must outlive the process",
    );
}

fn check_security(checks: &mut Checks, security: &Security, server: &Server) {
    check_token(checks, "API_TOKEN", &security.api_token);
    check_token(checks, "METRICS_TOKEN", &security.metrics_token);
    checks.demand(
        ["", "public", "staff"].contains(&security.health_details.as_str()),
        "HEALTH_DETAILS",
        &security.health_details,
        "public or staff, or nothing: public in development, staff in production",
    );
    if !checks.is_production() {
        return;
    }
    for (name, secret) in [("API_TOKEN", &security.api_token), ("METRICS_TOKEN", &security.metrics_token)] {
        checks.demand_unsaid(
            !secret.given().is_some_and(is_placeholder),
            name,
            "a text of an example",
            "a secret of your own, such as the output of: openssl rand -hex 32",
        );
    }
    match security.api_token.given() {
        None => checks.problems.push(Problem::Missing("API_TOKEN")),
        Some(token) if token.len() < MIN_TOKEN_LENGTH => {
            checks.problems.push(Problem::WeakToken { least: MIN_TOKEN_LENGTH });
        }
        Some(_) => {}
    }
    match server.base_url.as_str() {
        "" => checks.problems.push(Problem::Missing("BASE_URL")),
        url if !url.starts_with("https://") => checks.problems.push(Problem::PlainHttp),
        _ => {}
    }
    checks.demand_in_production(true, "METRICS_TOKEN", &security.metrics_token);
}

/// Words of examples, and texts of few different signs.
fn is_placeholder(secret: &str) -> bool {
    let lower = secret.to_ascii_lowercase();
    let words = ["change", "example", "secret-token", "your-", "your_", "password", "cambiame", "cambiar"];
    let signs: std::collections::BTreeSet<u8> = lower.bytes().collect();
    words.iter().any(|word| lower.contains(word)) || (secret.len() >= 16 && signs.len() < 6)
}

/// What a header cannot carry opens nothing.
fn check_token(checks: &mut Checks, name: &str, secret: &Secret) {
    let carried = secret.given().is_none_or(|text| text.bytes().all(|byte| byte.is_ascii_graphic()));
    checks.demand_unsaid(
        carried,
        name,
        "a text that no header can carry",
        "letters, digits and signs of ASCII without spaces",
    );
}

impl WhatsApp {
    pub fn is_on(&self) -> bool {
        self.access_token.given().is_some()
    }

    pub fn check(&self, checks: &mut Checks) {
        checks.demand(
            self.phone_id.bytes().all(|byte| byte.is_ascii_digit()),
            "WHATSAPP_PHONE_ID",
            &self.phone_id,
            "Meta's id of the number, digits only",
        );
        self.check_template(checks);
        checks.demand_given("WHATSAPP_BASE_URL", &self.base_url);
        checks.demand_vendor_url("WHATSAPP_BASE_URL", &self.base_url, &["https://graph.facebook.com"]);
        checks.demand_beside(
            ("WHATSAPP_PHONE_ID", !self.phone_id.is_empty()),
            ("WHATSAPP_ACCESS_TOKEN", self.is_on()),
        );
        // A channel that is switched on needs all of its secrets.
        checks.demand_in_production(self.is_on(), "WHATSAPP_APP_SECRET", &self.app_secret);
        checks.demand_in_production(self.is_on(), "WHATSAPP_VERIFY_TOKEN", &self.verify_token);
    }

    /// A template as Meta names it, in a language that can be filled in.
    fn check_template(&self, checks: &mut Checks) {
        let name = &self.balance_template;
        let is_name = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
        checks.demand(
            name.len() <= 512 && name.bytes().all(is_name),
            "WHATSAPP_BALANCE_TEMPLATE",
            name,
            "the template's name at Meta: lower-case letters, digits and _",
        );
        let code = &self.template_language;
        let (language, country) = code.split_once('_').unwrap_or((code, "AR"));
        let is_code = language.bytes().all(|byte| byte.is_ascii_lowercase())
            && country.len() == 2
            && country.bytes().all(|byte| byte.is_ascii_uppercase());
        checks.demand(
            is_code && dialog::Locale::nearest(code).is_some(),
            "WHATSAPP_TEMPLATE_LANGUAGE",
            code,
            "Meta's code of Spanish, Portuguese or English such as es_AR, pt_BR, en",
        );
    }
}

impl Alerts {
    /// E-mail needs all of its settings or none. The addresses of people are not repeated.
    pub fn check(&self, checks: &mut Checks) {
        self.check_email(checks);
        for (name, url) in [
            ("ALERT_SLACK_WEBHOOK_URL", &self.slack_webhook_url),
            ("ALERT_DISCORD_WEBHOOK_URL", &self.discord_webhook_url),
        ] {
            checks.demand_unsaid(
                url.given().is_none_or(is_base_url),
                name,
                "no web address",
                "the address of the webhook, beginning with https://",
            );
        }
        checks.demand_given("ALERT_TELEGRAM_BASE_URL", &self.telegram_base_url);
        checks.demand_vendor_url(
            "ALERT_TELEGRAM_BASE_URL",
            &self.telegram_base_url,
            &["https://api.telegram.org"],
        );
        checks.demand_both(
            ("ALERT_TELEGRAM_TOKEN", self.telegram_token.given().is_some()),
            ("ALERT_TELEGRAM_CHAT_ID", !self.telegram_chat_id.is_empty()),
        );
        let is_open =
            self.smtp_tls == SmtpTls::None && !self.smtp_host.is_empty() && !is_this_machine(&self.smtp_host);
        checks.demand(
            !(checks.is_production() && is_open),
            "ALERT_SMTP_TLS",
            "none",
            "implicit or starttls in production: without TLS only a mail server on this machine is used",
        );
    }

    fn check_email(&self, checks: &mut Checks) {
        let is_address = |text: &str| Mailbox::parse(text).is_some();
        checks.demand_unsaid(
            self.recipients().all(is_address),
            "ALERT_EMAIL_TO",
            "no list of e-mail addresses",
            "addresses such as ana@example.org, comma-separated, in ASCII",
        );
        checks.demand_unsaid(
            self.email_from.is_empty() || is_address(&self.email_from),
            "ALERT_EMAIL_FROM",
            "no e-mail address",
            "one such as desk@example.org or Las Lomas <desk@example.org>, in ASCII",
        );
        let host = &self.smtp_host;
        checks.demand(
            host.is_empty() || is_host(host),
            "ALERT_SMTP_HOST",
            host,
            "the name of the mail server such as smtp.example.org, without port",
        );
        let given = [
            ("ALERT_EMAIL_TO", self.recipients().next().is_some()),
            ("ALERT_EMAIL_FROM", !self.email_from.is_empty()),
            ("ALERT_SMTP_HOST", !host.is_empty()),
        ];
        if let Some(there) = given.into_iter().find(|(_, is_given)| *is_given) {
            for missing in given {
                checks.demand_beside(missing, there);
            }
        }
        checks.demand_both(
            ("ALERT_SMTP_USER", !self.smtp_user.is_empty()),
            ("ALERT_SMTP_PASSWORD", self.smtp_password.given().is_some()),
        );
    }
}

/// SQLite takes no file for one that is gone with the connection.
fn is_in_memory(database: &str) -> bool {
    let Some((scheme, rest)) = database.split_once(':') else { return false };
    // Whatever driver it names: `sqlite+pysqlite`.
    if scheme.split('+').next() != Some("sqlite") {
        return false;
    }
    let (file, query) = rest.split_once('?').unwrap_or((rest, ""));
    file.trim_start_matches('/').is_empty() || file.contains(":memory:") || query.contains("mode=memory")
}

fn is_this_machine(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost")
        || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}
