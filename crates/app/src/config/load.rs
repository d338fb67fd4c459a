//! Defaults, file, environment, in that order; then the checks of production.

use std::path::Path;

use serde::Deserialize as _;
use toml::{Table, Value};

use super::{
    Config,
    check::{check, ranges},
    env::VARIABLES,
};

const DEFAULTS: &str = include_str!("../../../../config/default.toml");

#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    #[error("{file} could not be read")]
    Unreadable { file: String, source: std::io::Error },
    #[error("{file} is not valid TOML: {detail}")]
    NotToml { file: String, detail: String },
    #[error("{file} has a setting that does not exist: {name}; the list is in config/default.toml")]
    Unknown { file: String, name: String },
    #[error("the setting {name} is {value}; give {expected}")]
    WrongKind { name: String, value: String, expected: &'static str },
    #[error("the setting {name} is {value}; give {allowed}")]
    Impossible { name: String, value: String, allowed: String },
    #[error("a setting is not valid: {0}")]
    Invalid(String),
    #[error("{0} must be set in production")]
    Missing(&'static str),
    #[error("{0} must be set where {1} is")]
    MissingBeside(&'static str, &'static str),
    #[error("API_TOKEN must have at least {least} characters in production")]
    WeakToken { least: usize },
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
    ranges(&settings)?;
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
    let wrong = || ConfigError::WrongKind {
        name: name.to_owned(),
        value: format!("{text:?}"),
        expected: expected(default),
    };
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
    // A text may be meant for a secret.
    let value = if default.is_str() { "of another kind".to_owned() } else { value.to_string() };
    Err(ConfigError::WrongKind { name: name.to_owned(), value, expected: expected(default) })
}

fn expected(default: &Value) -> &'static str {
    match default {
        Value::Integer(_) => "a whole number",
        Value::Boolean(_) => "true or false",
        Value::Table(_) => "a section",
        _ => "a text",
    }
}
