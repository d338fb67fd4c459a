//! Tests of settings: defaults, file, environment, what is refused.

use std::path::PathBuf;

use super::*;

fn vars(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn with_env(pairs: &[(&str, &str)]) -> Result<Config, Problems> {
    load(Path::new("/nonexistent/conserje.toml"), &vars(pairs)).map(|loaded| loaded.settings)
}

/// Every variable, under all of its names.
fn variables() -> impl Iterator<Item = &'static str> {
    let rows = SECTIONS.iter().flat_map(|section| section.rows);
    rows.flat_map(|row| std::iter::once(row.variable).chain(row.older.iter().copied()))
}

fn with_file(text: &str) -> Result<Config, Problems> {
    let folder = std::env::temp_dir().join(format!("conserje-config-{}-{}", std::process::id(), text.len()));
    std::fs::create_dir_all(&folder).unwrap();
    let file: PathBuf = folder.join("conserje.toml");
    std::fs::write(&file, text).unwrap();
    let loaded = load(&file, &[]);
    std::fs::remove_dir_all(&folder).unwrap();
    loaded.map(|loaded| loaded.settings)
}

#[test]
fn the_defaults_are_valid_and_every_variable_names_a_setting() {
    let defaults = Config::defaults();
    assert_eq!((defaults.server.port, defaults.booking.hold_minutes), (8000, 30));
    for variable in variables() {
        // A wrong value is an answer; a missing slot would be a panic.
        let _ = with_env(&[(variable, "1")]);
    }
}

#[test]
fn the_manual_names_every_variable() {
    let manual = include_str!("../../../../config/default.toml");
    for variable in variables().filter(|name| *name != "WHATSAPP_PHONE_NUMBER_ID") {
        assert!(manual.contains(variable), "{variable} is not explained in config/default.toml");
    }
}

#[test]
fn the_environment_wins_over_the_file_and_the_file_over_the_defaults() {
    assert_eq!(with_file("[server]\nport = 9000\n").unwrap().server.port, 9000);
    assert_eq!(with_env(&[("PORT", "9001")]).unwrap().server.port, 9001);
    assert_eq!(
        with_env(&[("META_APP_SECRET", "a"), ("WHATSAPP_APP_SECRET", "b")])
            .unwrap()
            .whatsapp
            .app_secret
            .expose(),
        "b"
    );
}

#[test]
fn what_is_wrong_is_named() {
    for (result, named) in [
        (with_env(&[("PORT", "eighty")]), "PORT"),
        (with_env(&[("RATE_LIMIT_ENABLED", "perhaps")]), "RATE_LIMIT_ENABLED"),
        (with_env(&[("ENVIRONMENT", "staging")]), "staging"),
        (with_env(&[("PROPERTY_TIMEZONE", "Mars/Base")]), "PROPERTY_TIMEZONE"),
        (with_file("[server]\nprot = 1\n"), "server.prot"),
        (with_file("[server]\nport = \"x\"\n"), "server.port"),
        (with_file("colour = 1\n"), "colour"),
        (with_file("[server\n"), "not valid TOML"),
        (with_env(&[("ENVIRONMENT", "production")]), "API_TOKEN"),
        (with_env(&[("ENVIRONMENT", "production"), ("API_TOKEN", "short")]), "32 characters"),
    ] {
        let said = result.unwrap_err().to_string();
        assert!(said.contains(named), "{said:?} does not name {named}");
    }
}

/// Nothing starts with a value that cannot work; the sentence has the name, the value and what is allowed.
#[test]
fn what_cannot_work_is_refused() {
    for (name, value, allowed) in [
        ("HOLD_MINUTES", "0", "from 1 to 10080"),
        ("HOLD_MINUTES", "-5", "from 1 to 10080"),
        ("MAX_HOLDS_PER_CONTACT", "0", "from 1"),
        ("RATE_LIMIT_REQUESTS", "0", "from 1"),
        ("RATE_LIMIT_CONTACT_REQUESTS", "0", "from 1"),
        ("IDEMPOTENCY_HOURS", "0", "from 1"),
        ("MIN_NIGHTS", "0", "from 1"),
        ("MIN_NIGHTS", "91", "at most MAX_NIGHTS, which is 90"),
        ("MAX_BODY_BYTES", "0", "from 1024"),
        ("JOB_LEASE_SECONDS", "1", "from 5"),
        ("PORT", "80000", "to 65535"),
        ("PORT", "eighty", "a whole number"),
        ("BASE_URL", "nonsense", "https://"),
        ("BASE_URL", "ftp://desk.example", "https://"),
        ("BASE_URL", "https://", "https://"),
        ("BASE_URL", "https://desk.example/?a=b", "https://"),
        ("WHATSAPP_BASE_URL", "graph.facebook.com", "https://"),
        ("MERCADOPAGO_BASE_URL", "x", "https://"),
        ("STRIPE_BASE_URL", "x", "https://"),
        ("PAYPAL_BASE_URL", "x", "https://"),
        ("HOST", "a b", "127.0.0.1"),
        ("TRUSTED_PROXIES", "10.0.0.0/8", "no ranges"),
        ("WHATSAPP_PHONE_ID", "+54 9 351", "digits"),
        ("WHATSAPP_BALANCE_TEMPLATE", "Saldo de la reserva", "lower-case"),
        ("WHATSAPP_TEMPLATE_LANGUAGE", "es-AR", "es_AR"),
        ("WHATSAPP_TEMPLATE_LANGUAGE", "fr", "es_AR"),
        ("MERCADOPAGO_COLLECTOR_ID", "me", "digits"),
        ("PROPERTY_TIMEZONE", "Mars/Base", "IANA"),
        ("PROPERTY_LOCALE", "xx", "es-AR"),
        ("PROPERTY_CURRENCY", "pesos", "ISO 4217"),
        ("CANCELLATION_POLICY", "kind", "moderate"),
        ("PAYMENT_PROVIDERS", "barter", "stripe"),
        ("PAYPAL_EXTRA_ROOT_PEM", "x", "PEM"),
        ("ALERT_SMTP_HOST", "smtp://mail.example.org:465", "without port"),
        ("ALERT_SMTP_PORT", "0", "from 1 to 65535"),
    ] {
        let said = with_env(&[(name, value)]).map(|_| ()).unwrap_err().to_string();
        assert!([name, value, allowed].iter().all(|part| said.contains(part)), "{name}={value}: {said}");
    }
    for (name, value) in [
        ("BASE_URL", "https://desk.example/cabins/"),
        ("BASE_URL", "http://localhost:8000"),
        ("HOST", "localhost"),
        ("HOST", "::1"),
        ("HOLD_REMINDER_MINUTES", "0"),
        ("PORT", "0"),
        ("WHATSAPP_BALANCE_TEMPLATE", "saldo_2"),
        ("WHATSAPP_TEMPLATE_LANGUAGE", "en_US"),
        ("WHATSAPP_TEMPLATE_LANGUAGE", "pt"),
    ] {
        assert!(with_env(&[(name, value)]).is_ok(), "{name}={value}");
    }
}

/// Letters that could not be sent are refused at the start, in words; nobody's address is repeated.
#[test]
fn e_mail_is_set_up_whole_or_not_at_all() {
    let good = [
        ("ALERT_EMAIL_TO", "ana@example.org, luz@example.org,"),
        ("ALERT_EMAIL_FROM", "Las Lomas <desk@example.org>"),
        ("ALERT_SMTP_HOST", "smtp.example.org"),
        ("ALERT_SMTP_USER", "desk"),
        ("ALERT_SMTP_PASSWORD", "very-secret"),
    ];
    let config = with_env(&good).unwrap();
    assert_eq!(config.alerts.recipients().collect::<Vec<_>>(), ["ana@example.org", "luz@example.org"]);
    assert!(!format!("{config:?}").contains("very-secret"));
    for (nth, missing, beside) in [
        (0, "ALERT_EMAIL_TO", "ALERT_EMAIL_FROM"),
        (1, "ALERT_EMAIL_FROM", "ALERT_EMAIL_TO"),
        (2, "ALERT_SMTP_HOST", "ALERT_EMAIL_TO"),
        (3, "ALERT_SMTP_USER", "ALERT_SMTP_PASSWORD"),
        (4, "ALERT_SMTP_PASSWORD", "ALERT_SMTP_USER"),
    ] {
        let without: Vec<_> = good.into_iter().enumerate().filter(|(at, _)| *at != nth).collect();
        let without: Vec<_> = without.into_iter().map(|(_, pair)| pair).collect();
        let said = with_env(&without).unwrap_err().to_string();
        assert_eq!(said, format!("{missing} must be set where {beside} is"));
    }
    for (name, value) in [("ALERT_EMAIL_TO", "ana@example.org, luz"), ("ALERT_EMAIL_FROM", "añá@example.org")]
    {
        let others = good.into_iter().filter(|(known, _)| *known != name);
        let said = with_env(&others.chain([(name, value)]).collect::<Vec<_>>()).unwrap_err().to_string();
        assert!(said.contains(name) && said.contains("such as") && !said.contains("luz"), "{said}");
        assert!(!said.contains("añá"), "{said}");
    }
}

#[test]
fn the_port_says_how_the_way_to_the_mail_server_is_protected() {
    for (port, told, is) in [
        ("465", "auto", SmtpTls::Implicit),
        ("587", "auto", SmtpTls::Starttls),
        ("2525", "auto", SmtpTls::Starttls),
        ("587", "implicit", SmtpTls::Implicit),
        ("25", "none", SmtpTls::None),
    ] {
        let config = with_env(&[("ALERT_SMTP_PORT", port), ("ALERT_SMTP_TLS", told)]).unwrap();
        assert_eq!(config.alerts.smtp_tls(), is, "{port} {told}");
    }
    let said = with_env(&[("ALERT_SMTP_TLS", "ssl")]).unwrap_err().to_string();
    assert!(said.contains("ALERT_SMTP_TLS") && said.contains("implicit"), "{said}");
}

/// A password that anybody on the way can read.
#[test]
fn production_sends_letters_without_tls_only_on_this_machine() {
    let token = "0123456789abcdef".repeat(2);
    let base = [
        ("ENVIRONMENT", "production"),
        ("API_TOKEN", &token),
        ("BASE_URL", "https://desk.example"),
        ("METRICS_TOKEN", "m"),
        ("DATABASE_URL", "sqlite:///var/lib/desk.db"),
        ("ALERT_EMAIL_TO", "ana@example.org"),
        ("ALERT_EMAIL_FROM", "desk@example.org"),
    ];
    let with = |host, tls| {
        with_env(&[base.as_slice(), &[("ALERT_SMTP_HOST", host), ("ALERT_SMTP_TLS", tls)]].concat())
    };
    for host in ["localhost", "127.0.0.1", "::1"] {
        assert!(with(host, "none").is_ok(), "{host}");
    }
    for host in ["smtp.example.org", "10.0.0.1", "localhost.example.org"] {
        assert!(with(host, "starttls").is_ok(), "{host}");
        let said = with(host, "none").unwrap_err().to_string();
        assert!(said.contains("ALERT_SMTP_TLS") && said.contains("starttls"), "{said}");
    }
}

#[test]
fn half_of_a_pair_is_refused() {
    for (given, missing) in [
        ("WHATSAPP_ACCESS_TOKEN", "WHATSAPP_PHONE_ID"),
        ("PAYPAL_CLIENT_ID", "PAYPAL_CLIENT_SECRET"),
        ("PAYPAL_SECRET", "PAYPAL_CLIENT_ID"),
    ] {
        let said = with_env(&[(given, "x")]).unwrap_err().to_string();
        assert!(said.starts_with(missing), "{said}");
    }
}

/// A file and a text that nobody would want to see in a log.
#[test]
fn a_refused_secret_is_not_repeated() {
    for said in [
        with_env(&[("API_TOKEN", "very secret")]),
        with_env(&[("METRICS_TOKEN", "véry-secret")]),
        with_env(&[("DATABASE_URL", "mysql://desk:secret@host/desk")]),
        with_file("[security]\napi_token = 12345\n"),
    ] {
        let said = said.unwrap_err().to_string();
        assert!(!said.contains("secret") && !said.contains("12345"), "{said}");
    }
}

/// What was promised to guests would be gone with the process.
#[test]
fn a_database_in_memory_is_refused() {
    for url in [
        "sqlite+pysqlite:///:memory:",
        "sqlite::memory:",
        "sqlite://:memory:",
        "sqlite:",
        "sqlite://",
        "sqlite:///",
        "sqlite://?mode=rwc",
        "sqlite://x?mode=memory",
    ] {
        let said = with_env(&[("DATABASE_URL", url)]).map(|_| ()).unwrap_err().to_string();
        assert!(said.contains("DATABASE_URL") && said.contains("in memory"), "{url}: {said}");
    }
    for url in [
        "sqlite:desk.db",
        "sqlite://desk.db?mode=rwc",
        "sqlite:///data/desk.db",
        "sqlite+aiosqlite:///desk.db",
    ] {
        assert!(with_env(&[("DATABASE_URL", url)]).is_ok(), "{url}");
    }
}

#[test]
fn production_needs_the_secrets_of_what_is_switched_on() {
    let token = "0123456789abcdef".repeat(2);
    let base = [
        ("ENVIRONMENT", "production"),
        ("API_TOKEN", &token),
        ("BASE_URL", "https://desk.example"),
        ("METRICS_TOKEN", "m"),
        ("DATABASE_URL", "sqlite:///var/lib/desk.db"),
    ];
    assert!(with_env(&base).is_ok());
    for (given, missing) in [
        (
            vec![("WHATSAPP_ACCESS_TOKEN", "t"), ("WHATSAPP_PHONE_ID", "1")],
            "\n  WHATSAPP_APP_SECRET must be set in production\n  WHATSAPP_VERIFY_TOKEN must be set in production",
        ),
        (vec![("MERCADOPAGO_ACCESS_TOKEN", "t")], "MERCADOPAGO_WEBHOOK_SECRET must be set in production"),
        (vec![("STRIPE_SECRET_KEY", "t")], "STRIPE_WEBHOOK_SECRET must be set in production"),
    ] {
        let said = with_env(&[base.as_slice(), &given].concat()).unwrap_err().to_string();
        assert_eq!(said, missing);
    }
}

/// Their keys are public.
#[test]
fn production_refuses_what_only_a_simulator_needs() {
    let token = "0123456789abcdef".repeat(2);
    let base = [
        ("API_TOKEN", &*token),
        ("BASE_URL", "https://desk.example"),
        ("METRICS_TOKEN", "m"),
        ("DATABASE_URL", "sqlite:///var/lib/desk.db"),
        ("WHATSAPP_BASE_URL", "https://graph.facebook.com/v27.0"),
        ("PAYPAL_BASE_URL", "https://api-m.sandbox.paypal.com/"),
    ];
    let loaded = |environment, more| {
        with_env(&[&[("ENVIRONMENT", environment), more], base.as_slice()].concat()).map(|_| ())
    };
    assert!(loaded("production", ("STRIPE_BASE_URL", "https://api.stripe.com")).is_ok());
    for (name, value) in [
        ("PAYPAL_EXTRA_ROOT_PEM", "-----BEGIN CERTIFICATE-----"),
        ("PAYPAL_BASE_URL", "http://127.0.0.1:9000"),
        ("WHATSAPP_BASE_URL", "http://graph.facebook.com/v26.0"),
        ("MERCADOPAGO_BASE_URL", "https://api.mercadopago.com.example.org"),
        ("STRIPE_BASE_URL", "https://api.stripe.com@example.org"),
        ("ALERT_TELEGRAM_BASE_URL", "https://api.telegram.org:8443"),
    ] {
        let said = loaded("production", (name, value)).unwrap_err().to_string();
        assert!(said.contains(name) && said.contains("in production"), "{said}");
        assert!(loaded("development", (name, value)).is_ok(), "{name}");
    }
}

#[test]
fn secrets_are_not_printed() {
    let config =
        with_env(&[("API_TOKEN", "very-secret-token"), ("DATABASE_URL", "postgres://u:very-secret@h/d")])
            .unwrap();
    assert!(!format!("{config:?}").contains("very-secret"));
}

/// A line of the table is a line of the manual, with a value of the same kind; nothing else stands in either.
#[test]
fn the_tables_of_the_rooms_and_the_manual_say_the_same() {
    let manual: toml::Table = DEFAULTS.parse().unwrap();
    let mut named = std::collections::BTreeSet::new();
    for section in &SECTIONS {
        for row in section.rows {
            named.insert((section.name.to_owned(), row.key.to_owned()));
        }
    }
    let mut explained = std::collections::BTreeSet::new();
    for (key, value) in &manual {
        match value.as_table() {
            None => drop(explained.insert((String::new(), key.clone()))),
            Some(section) => explained.extend(section.keys().map(|inner| (key.clone(), inner.clone()))),
        }
    }
    assert_eq!(named, explained);
}

/// Who sets a machine up hears of everything at once.
#[test]
fn all_problems_are_told_at_once() {
    let wrong = [("PORT", "eighty"), ("HOLD_MINUTES", "0")];
    let told = with_env(&wrong).unwrap_err();
    assert_eq!(told.0.len(), 2, "{told}");
    let production = [("ENVIRONMENT", "production"), ("STRIPE_SECRET_KEY", "sk"), ("HOST", "a b")];
    let told = with_env(&production).unwrap_err().to_string();
    for name in ["API_TOKEN", "BASE_URL", "METRICS_TOKEN", "STRIPE_WEBHOOK_SECRET", "HOST"] {
        assert!(told.lines().any(|line| line.contains(name)), "{name}: {told}");
    }
}
