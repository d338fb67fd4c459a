//! The languages that guests write and the countries whose habits differ.

use serde::{Deserialize, Serialize};

/// A language with the habits of one country, written as a tag: `es-AR`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Locale {
    #[default]
    #[serde(rename = "es-AR")]
    EsAr,
    #[serde(rename = "es-MX")]
    EsMx,
    #[serde(rename = "es-ES")]
    EsEs,
    #[serde(rename = "es-CO")]
    EsCo,
    #[serde(rename = "es-CL")]
    EsCl,
    #[serde(rename = "pt-BR")]
    PtBr,
    #[serde(rename = "en")]
    En,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Language {
    Es,
    Pt,
    En,
}

impl Locale {
    pub const ALL: [Self; 7] =
        [Self::EsAr, Self::EsMx, Self::EsEs, Self::EsCo, Self::EsCl, Self::PtBr, Self::En];

    /// Reads a tag such as `es-AR`; case and `_` for `-` do not matter.
    pub fn parse(text: &str) -> Option<Self> {
        let tag = text.trim().replace('_', "-");
        Self::ALL.into_iter().find(|locale| locale.as_str().eq_ignore_ascii_case(&tag))
    }

    /// The same; where only the language is known, the country of it that comes first here.
    pub fn nearest(text: &str) -> Option<Self> {
        let language = text.trim().split(['-', '_']).next().unwrap_or_default();
        let speaks = |locale: &Self| {
            locale.as_str().split('-').next().is_some_and(|known| known.eq_ignore_ascii_case(language))
        };
        Self::parse(text).or_else(|| Self::ALL.into_iter().find(speaks))
    }

    pub fn as_str(self) -> &'static str {
        match self {
            Self::EsAr => "es-AR",
            Self::EsMx => "es-MX",
            Self::EsEs => "es-ES",
            Self::EsCo => "es-CO",
            Self::EsCl => "es-CL",
            Self::PtBr => "pt-BR",
            Self::En => "en",
        }
    }

    pub fn language(self) -> Language {
        match self {
            Self::EsAr | Self::EsMx | Self::EsEs | Self::EsCo | Self::EsCl => Language::Es,
            Self::PtBr => Language::Pt,
            Self::En => Language::En,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_read_and_written() {
        for locale in Locale::ALL {
            assert_eq!(Locale::parse(locale.as_str()), Some(locale));
            let json = serde_json::to_string(&locale).unwrap();
            assert_eq!(json, format!("\"{}\"", locale.as_str()));
        }
        assert_eq!(Locale::parse(" pt_br "), Some(Locale::PtBr));
        assert_eq!(Locale::parse("fr"), None);
    }

    #[test]
    fn an_unknown_country_is_read_by_its_language() {
        for (tag, expected) in [
            ("es_MX", Some(Locale::EsMx)),
            ("es", Some(Locale::EsAr)),
            ("es_PE", Some(Locale::EsAr)),
            ("pt_PT", Some(Locale::PtBr)),
            ("en_US", Some(Locale::En)),
            ("fr", None),
            ("", None),
        ] {
            assert_eq!(Locale::nearest(tag), expected, "{tag}");
        }
    }
}
