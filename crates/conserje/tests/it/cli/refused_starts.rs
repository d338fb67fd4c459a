//! Starts that must be refused: at once, with exit code 1 and one line that names what to change.

use std::net::TcpListener;

use crate::support::{
    free_port,
    run_command::{Ended, run},
    temp_folder::Folder,
};

async fn serve(settings: &[(&str, &str)]) -> Ended {
    serve_beside("", settings).await
}

/// With a `conserje.toml` of this text.
async fn serve_beside(file: &str, settings: &[(&str, &str)]) -> Ended {
    let folder = Folder::new();
    std::fs::write(folder.join("conserje.toml"), file).expect("the test's folder can be written");
    let sound = [("DATABASE_URL", "sqlite://refused.db"), ("HOST", "127.0.0.1"), ("PORT", "0")];
    // Of two values for one name the later counts.
    run(folder.path(), &[&sound, settings].concat(), &["serve"]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_malformed_setting_is_named() {
    for (name, value) in [
        ("PORT", "eighty"),
        ("HOLD_MINUTES", "0"),
        ("RATE_LIMIT_ENABLED", "perhaps"),
        ("PROPERTY_TIMEZONE", "Cordoba"),
        ("PROPERTY_CURRENCY", "pesos"),
        ("PROPERTY_LOCALE", "xx"),
        ("REDIS_URL", "localhost"),
        ("TRUSTED_PROXIES", "10.0.0.0/33"),
        ("LOG_LEVEL", "loud=very=much"),
        ("LOG_LEVEL", "loud"),
        ("WHATSAPP_BASE_URL", "nonsense"),
        ("BASE_URL", "nonsense"),
    ] {
        assert_named(name, value).await;
    }
}

/// The right kind and yet not a possible value.
#[tokio::test(flavor = "multi_thread")]
async fn a_setting_out_of_its_range_is_named() {
    for (name, value) in [
        ("PORT", "80000"),
        ("HOLD_MINUTES", "-5"),
        ("MAX_HOLDS_PER_CONTACT", "0"),
        ("ENVIRONMENT", "staging"),
    ] {
        assert_named(name, value).await;
    }
}

async fn assert_named(name: &str, value: &str) {
    let ended = serve(&[(name, value)]).await;
    let complaint = ended.complaint();
    let whole = complaint.contains(name) && (complaint.contains(value) || name == "REDIS_URL");
    assert!(whole, "{name}={value}: {complaint}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_or_malformed_setting_of_the_file_is_named() {
    for (file, named) in [
        ("[booking]\nhold_minuets = 30\n", "booking.hold_minuets"),
        ("[bookings]\nhold_minutes = 30\n", "bookings"),
        ("[booking]\nhold_minutes = \"thirty\"\n", "booking.hold_minutes"),
        ("booking = 30\n", "booking"),
    ] {
        let ended = serve_beside(file, &[]).await;
        assert!(ended.complaint().contains(named), "{file:?}: {}", ended.complaint());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_no_toml_is_named_with_the_line() {
    let ended = serve_beside("[booking]\nhold_minutes = 30\n[rate_limit\n", &[]).await;
    assert_eq!(ended.code, Some(1));
    assert!(ended.errors.contains("conserje.toml") && ended.errors.contains("line 3"), "{}", ended.errors);
}

#[tokio::test(flavor = "multi_thread")]
async fn production_without_its_secrets_is_refused() {
    let production = ("ENVIRONMENT", "production");
    let ended = serve(&[production]).await;
    assert!(ended.complaints().contains("API_TOKEN"), "{}", ended.complaints());
    let ended = serve(&[production, ("API_TOKEN", "short")]).await;
    assert!(ended.complaints().contains("API_TOKEN"), "{}", ended.complaints());
    assert!(!ended.complaints().contains("short"), "a secret is never repeated: {}", ended.complaints());

    let token = ("API_TOKEN", "0123456789abcdef0123456789abcdef");
    let base = ("BASE_URL", "https://desk.example.org");
    let metrics = ("METRICS_TOKEN", "metrics");
    let (chat, number) = (("WHATSAPP_ACCESS_TOKEN", "token"), ("WHATSAPP_PHONE_ID", "1"));
    let missing: [(&[(&str, &str)], &str); 5] = [
        (&[production, token], "BASE_URL"),
        (&[production, token, ("BASE_URL", "http://desk.example.org"), metrics], "BASE_URL"),
        (&[production, token, base], "METRICS_TOKEN"),
        (&[production, token, base, metrics, chat, number], "WHATSAPP_APP_SECRET"),
        (
            &[production, token, base, metrics, ("MERCADOPAGO_ACCESS_TOKEN", "token")],
            "MERCADOPAGO_WEBHOOK_SECRET",
        ),
    ];
    for (settings, named) in missing {
        let ended = serve(settings).await;
        assert!(ended.complaints().contains(named), "{settings:?}: {}", ended.complaints());
    }
}

/// Examples, keys for tests, and a database that nobody named.
#[tokio::test(flavor = "multi_thread")]
async fn production_with_an_examples_secret_or_without_a_database_is_refused() {
    let sound = [
        ("ENVIRONMENT", "production"),
        ("API_TOKEN", "0123456789abcdef0123456789abcdef"),
        ("METRICS_TOKEN", "fedcba9876543210"),
        ("BASE_URL", "https://desk.example.org"),
        ("STRIPE_WEBHOOK_SECRET", "whsec_0123456789"),
    ];
    for (name, value) in [
        ("API_TOKEN", "changeme-changeme-changeme-change-me"),
        ("API_TOKEN", "11111111111111111111111111111111"),
        ("METRICS_TOKEN", "change-me"),
        ("STRIPE_SECRET_KEY", "sk_test_0123456789"),
        ("DATABASE_URL", "sqlite://conserje.db"),
        ("DATABASE_URL", ""),
    ] {
        let ended = serve(&[&sound[..], &[(name, value)]].concat()).await;
        assert!(ended.complaints().contains(name), "{name}: {}", ended.complaints());
        assert!(
            value.is_empty() || name == "DATABASE_URL" || !ended.complaints().contains(value),
            "a secret is not repeated"
        );
    }
}

/// A sentence that says what to do, and no password.
#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_cannot_be_opened_is_told_with_the_remedy() {
    let folder = Folder::new();
    std::fs::write(folder.join("garbage.db"), "nothing that SQLite would know, and long enough")
        .expect("it can be written");
    std::fs::create_dir(folder.join("folder")).expect("it can be made");
    let at = |name: &str| format!("sqlite://{}", folder.join(name).display());
    let dead = format!("127.0.0.1:{}", free_port::free());
    for (url, said) in [
        (at("no/such/desk.db"), "make it"),
        (at("garbage.db"), "is not a SQLite database"),
        (at("folder"), "is a folder"),
        (format!("postgresql+psycopg2://desk:geheim@{dead}/desk"), "no PostgreSQL answers at"),
        (format!("sqlite+pysqlite://{}", folder.join("no/desk.db").display()), "make it"),
    ] {
        let ended = serve(&[("DATABASE_URL", url.as_str())]).await;
        assert!(ended.complaint().contains(said), "{url}: {}", ended.complaint());
        assert!(!ended.complaint().contains("geheim"), "{}", ended.complaint());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_port_that_is_taken_comes_with_the_remedy() {
    let other = TcpListener::bind(("127.0.0.1", free_port::free())).expect("a free port");
    let taken = other.local_addr().expect("it listens").port();
    let (taken, next) = (taken.to_string(), (taken + 1).to_string());
    // The address of the setting, and the one that listens everywhere.
    for host in ["127.0.0.1", "::"] {
        let ended = serve(&[("HOST", host), ("PORT", &taken)]).await;
        assert!(ended.complaint().contains(&format!("port {taken} is taken")), "{}", ended.complaint());
        assert!(ended.complaint().contains(&format!("PORT={next}")), "{}", ended.complaint());
    }
    let ended = run(Folder::new().path(), &[], &["demo", "--port", &taken]).await;
    assert!(ended.complaint().contains(&format!("PORT={next}")), "{}", ended.complaint());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_is_not_there_is_named_without_its_password() {
    let dead = format!("postgres://desk:geheim@127.0.0.1:{}/desk", free_port::free());
    for url in [dead.as_str(), "sqlite:///no/such/folder/desk.db", "mongodb://localhost/desk"] {
        let ended = serve(&[("DATABASE_URL", url)]).await;
        assert!(ended.complaint().contains("DATABASE_URL"), "{url}: {}", ended.complaint());
        assert!(!ended.complaint().contains("geheim"), "{}", ended.complaint());
    }
}
