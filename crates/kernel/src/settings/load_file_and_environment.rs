//! Defaults, file, environment, in that order.

use std::path::Path;

use serde::de::DeserializeOwned;
use toml::{Table, Value};

use super::{Problem, Problems, Row, Section, unknown_variables::unknown_variables};

/// The settings, and what was noticed while they were read.
#[derive(Clone, Debug)]
pub struct Loaded<T> {
    pub settings: T,
    /// Sentences about variables that look like ours and set nothing.
    pub warnings: Vec<String>,
}

/// Reads the settings of all `sections`. `environment` is the process's variables; names that look like nobody's
/// setting are left alone.
///
/// # Errors
/// Everything that is wrong, at once.
pub fn load<T: DeserializeOwned>(
    sections: &[Section],
    defaults: &str,
    file: &Path,
    environment: &[(String, String)],
) -> Result<Loaded<T>, Problems> {
    let mut problems = Vec::new();
    let defaults: Table = defaults.parse().expect("the embedded defaults are valid TOML");
    let mut settings = defaults.clone();
    overlay_file(&mut settings, file, &mut problems);
    for (section, row) in rows(sections) {
        overlay_variable(&mut settings, section, row, environment, &mut problems);
        check_range(&settings, section, row, &mut problems);
    }
    if !problems.is_empty() {
        return Err(Problems(problems));
    }
    let read = T::deserialize(settings.clone()).map_err(|error| {
        let culprits = culprits::<T>(sections, &defaults, &settings);
        let named = culprits.into_iter().map(|(name, detail)| Problem::Invalid(format!("{name}: {detail}")));
        let mut problems: Vec<_> = named.collect();
        if problems.is_empty() {
            problems.push(Problem::Invalid(error.message().to_owned()));
        }
        Problems(problems)
    })?;
    Ok(Loaded { settings: read, warnings: unknown_variables(sections, environment) })
}

fn rows(sections: &[Section]) -> impl Iterator<Item = (&'static str, &'static Row)> {
    sections.iter().flat_map(|section| section.rows.iter().map(|row| (section.name, row)))
}

fn overlay_variable(
    settings: &mut Table,
    section: &'static str,
    row: &Row,
    environment: &[(String, String)],
    problems: &mut Vec<Problem>,
) {
    let given = |name: &&str| environment.iter().find(|(other, text)| other == name && !text.is_empty());
    let names = std::iter::once(&row.variable).chain(row.older);
    let Some((variable, text)) = names.map(given).find_map(|found| found) else { return };
    let slot = slot_mut(settings, section, row.key).expect("a test finds each setting in the defaults");
    match typed(variable, slot, text) {
        Ok(value) => *slot = value,
        Err(problem) => problems.push(problem),
    }
}

/// Whole numbers, before they are put into types that are too small for a wrong one.
fn check_range(settings: &Table, section: &str, row: &Row, problems: &mut Vec<Problem>) {
    let value = slot(settings, section, row.key).and_then(Value::as_integer);
    let Some((value, (least, most))) = value.zip(row.range) else { return };
    if !(least..=most).contains(&value) {
        problems.push(Problem::NotAllowed {
            name: row.variable.to_owned(),
            value: value.to_string(),
            allowed: format!("a whole number from {least} to {most}"),
        });
    }
}

/// The settings whose values do not fit, found by putting each one alone among the defaults.
fn culprits<T: DeserializeOwned>(
    sections: &[Section],
    defaults: &Table,
    settings: &Table,
) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for (section, row) in rows(sections) {
        let mut alone = defaults.clone();
        if let (Some(value), Some(place)) =
            (slot(settings, section, row.key), slot_mut(&mut alone, section, row.key))
        {
            *place = value.clone();
        }
        if let Err(error) = T::deserialize(alone) {
            let dot = if section.is_empty() { "" } else { "." };
            let name = format!("{section}{dot}{} ({})", row.key, row.variable);
            found.push((name, error.message().to_owned()));
        }
    }
    found
}

fn overlay_file(settings: &mut Table, file: &Path, problems: &mut Vec<Problem>) {
    let name = || file.display().to_string();
    let text = match std::fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return,
        Err(error) => {
            problems.push(Problem::Unreadable { file: name(), detail: error.to_string() });
            return;
        }
    };
    let given: Table = match text.parse() {
        Ok(given) => given,
        Err(error) => {
            let error: toml::de::Error = error;
            problems.push(Problem::NotToml { file: name(), detail: error.to_string() });
            return;
        }
    };
    let mut set = |slot: Option<&mut Value>, setting: &str, value: Value| match slot {
        None => problems.push(Problem::Unknown { file: name(), name: setting.to_owned() }),
        Some(slot) => match same_kind(setting, slot, value) {
            Ok(value) => *slot = value,
            Err(problem) => problems.push(problem),
        },
    };
    for (key, value) in given {
        match (settings.get_mut(&key), value) {
            (Some(Value::Table(known)), Value::Table(section)) => {
                for (inner, value) in section {
                    set(known.get_mut(&inner), &format!("{key}.{inner}"), value);
                }
            }
            (slot, value) => set(slot, &key, value),
        }
    }
}

fn slot<'a>(settings: &'a Table, section: &str, key: &str) -> Option<&'a Value> {
    match section {
        "" => settings.get(key),
        section => settings.get(section)?.get(key),
    }
}

fn slot_mut<'a>(settings: &'a mut Table, section: &str, key: &str) -> Option<&'a mut Value> {
    match section {
        "" => settings.get_mut(key),
        section => settings.get_mut(section)?.get_mut(key),
    }
}

/// The default's kind says how a text is read.
fn typed(name: &str, default: &Value, text: &str) -> Result<Value, Problem> {
    let text = text.trim();
    let wrong = || Problem::NotAllowed {
        name: name.to_owned(),
        value: format!("{text:?}"),
        allowed: expected(default).to_owned(),
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

fn same_kind(name: &str, default: &Value, value: Value) -> Result<Value, Problem> {
    if default.same_type(&value) {
        return Ok(value);
    }
    // A text may be meant for a secret.
    let value = if default.is_str() { "of another kind".to_owned() } else { value.to_string() };
    Err(Problem::NotAllowed { name: name.to_owned(), value, allowed: expected(default).to_owned() })
}

fn expected(default: &Value) -> &'static str {
    match default {
        Value::Integer(_) => "a whole number",
        Value::Boolean(_) => "true or false",
        Value::Table(_) => "a section",
        _ => "a text",
    }
}
