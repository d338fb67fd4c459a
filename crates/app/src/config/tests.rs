use std::path::PathBuf;

use super::{env::VARIABLES, *};

fn vars(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn with_env(pairs: &[(&str, &str)]) -> Result<Config, ConfigError> {
    load(Path::new("/nonexistent/conserje.toml"), &vars(pairs))
}

fn with_file(text: &str) -> Result<Config, ConfigError> {
    let folder = std::env::temp_dir().join(format!("conserje-config-{}-{}", std::process::id(), text.len()));
    std::fs::create_dir_all(&folder).unwrap();
    let file: PathBuf = folder.join("conserje.toml");
    std::fs::write(&file, text).unwrap();
    let loaded = load(&file, &[]);
    std::fs::remove_dir_all(&folder).unwrap();
    loaded
}

#[test]
fn the_defaults_are_valid_and_every_variable_names_a_setting() {
    let defaults = Config::defaults();
    assert_eq!((defaults.server.port, defaults.booking.hold_minutes), (8000, 30));
    for (variable, ..) in VARIABLES {
        // A wrong value is an answer; a missing slot would be a panic.
        let _ = with_env(&[(variable, "1")]);
    }
}

#[test]
fn the_manual_names_every_variable() {
    let manual = include_str!("../../../../config/default.toml");
    for (variable, ..) in VARIABLES.iter().filter(|(name, ..)| *name != "WHATSAPP_PHONE_NUMBER_ID") {
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

#[test]
fn production_needs_the_secrets_of_what_is_switched_on() {
    let token = "x".repeat(32);
    let base = [
        ("ENVIRONMENT", "production"),
        ("API_TOKEN", &token),
        ("BASE_URL", "https://desk.example"),
        ("METRICS_TOKEN", "m"),
    ];
    assert!(with_env(&base).is_ok());
    let said =
        with_env(&[base.as_slice(), &[("WHATSAPP_ACCESS_TOKEN", "t")]].concat()).unwrap_err().to_string();
    assert_eq!(said, "WHATSAPP_APP_SECRET must be set in production");
    let said =
        with_env(&[base.as_slice(), &[("MERCADOPAGO_ACCESS_TOKEN", "t")]].concat()).unwrap_err().to_string();
    assert_eq!(said, "MERCADOPAGO_WEBHOOK_SECRET must be set in production");
}

#[test]
fn secrets_are_not_printed() {
    let config =
        with_env(&[("API_TOKEN", "very-secret-token"), ("DATABASE_URL", "postgres://u:very-secret@h/d")])
            .unwrap();
    assert!(!format!("{config:?}").contains("very-secret"));
}
