//! The sentences of `locales/*.toml`.

use std::{collections::BTreeMap, sync::LazyLock};

use serde::Deserialize;

use crate::locale::{Language, Locale};

/// One language's file. Other tables of the file belong to other parts of the product.
#[derive(Debug, Deserialize)]
pub(super) struct Texts {
    pub dates: Dates,
    pub counts: BTreeMap<String, String>,
    /// What stands on buttons. It addresses nobody, so that it has no forms for "tú".
    buttons: BTreeMap<String, String>,
    desk: Desk,
    /// What the host hears. It addresses nobody in particular, so that it has no forms for "tú".
    alerts: BTreeMap<String, String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Dates {
    /// Monday first.
    pub weekdays: [String; 7],
    /// January first.
    pub months: [String; 12],
    /// A day of this year, or near: see `Format::tells_year`.
    pub day: String,
    /// What a year adds to a date.
    pub year: String,
    /// A day that no calendar has, so that it has no weekday.
    pub day_without_weekday: String,
    pub range_in_month: String,
    pub range: String,
    pub deadline_today: String,
    pub deadline_on: String,
}

#[derive(Debug, Deserialize)]
struct Desk {
    /// The sentences that address the guest as "tú" where the others say "vos".
    #[serde(default)]
    tu: BTreeMap<String, String>,
    #[serde(flatten)]
    sentences: BTreeMap<String, String>,
}

static ES: LazyLock<Texts> = LazyLock::new(|| parse(include_str!("../../../../locales/es.toml")));
static PT: LazyLock<Texts> = LazyLock::new(|| parse(include_str!("../../../../locales/pt.toml")));
static EN: LazyLock<Texts> = LazyLock::new(|| parse(include_str!("../../../../locales/en.toml")));

fn parse(file: &str) -> Texts {
    toml::from_str(file).expect("the locale files are part of the program, and a test reads them")
}

pub(super) fn of(language: Language) -> &'static Texts {
    match language {
        Language::Es => &ES,
        Language::Pt => &PT,
        Language::En => &EN,
    }
}

impl Texts {
    /// The sentence of a key, in the address of the locale.
    pub fn sentence(&self, key: &str, locale: Locale) -> &str {
        let informal = match locale {
            Locale::EsMx | Locale::EsEs | Locale::EsCo | Locale::EsCl => self.desk.tu.get(key),
            Locale::EsAr | Locale::PtBr | Locale::En => None,
        };
        informal.or_else(|| self.desk.sentences.get(key)).map_or("", String::as_str)
    }

    /// What stands on a button.
    pub fn button(&self, key: &str) -> &str {
        self.buttons.get(key).map_or("", String::as_str)
    }

    /// A sentence for the host.
    pub fn alert(&self, key: &str) -> &str {
        self.alerts.get(key).map_or("", String::as_str)
    }

    #[cfg(test)]
    pub fn alert_keys(&self) -> impl Iterator<Item = &str> {
        self.alerts.keys().map(String::as_str)
    }

    #[cfg(test)]
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.desk.sentences.keys().chain(self.desk.tu.keys()).map(String::as_str)
    }
}

/// Puts the values in place of their names in braces. A value is never searched for names again.
pub(super) fn fill(template: &str, values: &[(&str, String)]) -> String {
    let mut filled = String::with_capacity(template.len() + 32);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let Some((name, tail)) = after.split_once('}') else {
            rest = after;
            continue;
        };
        if let Some((_, value)) = values.iter().find(|(known, _)| *known == name) {
            filled.push_str(value);
        }
        rest = tail;
    }
    filled.push_str(rest);
    filled
}
