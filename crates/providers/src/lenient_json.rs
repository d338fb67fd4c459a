//! Reading JSON that may have any type in any place.
//!
//! Vendors send ids as numbers and as strings, empty lists where an object is meant, nulls anywhere, and new
//! members every month. A member of an unexpected type is therefore absent, never an error.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde_json::{Value, value::RawValue};

/// A JSON object whose members are still the text they came as, so that numbers keep every digit.
#[derive(Debug, Default)]
pub struct Fields(BTreeMap<String, Box<RawValue>>);

impl Fields {
    /// `None` when the bytes are no JSON object.
    pub fn parse(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice(bytes).ok().map(Self)
    }

    /// A string that is not empty, or a number as it was written.
    pub fn text(&self, key: &str) -> Option<String> {
        let raw = self.raw(key)?;
        let text = match serde_json::from_str::<String>(raw) {
            Ok(text) => text,
            Err(_) if raw.starts_with(|first: char| first == '-' || first.is_ascii_digit()) => raw.to_owned(),
            Err(_) => return None,
        };
        if text.is_empty() { None } else { Some(text) }
    }

    /// A number, or a string that holds one, as exact decimal text.
    pub fn decimal(&self, key: &str) -> Option<String> {
        crate::decimal_text::canonical(&self.text(key)?)
    }

    /// `true`, `"true"`, `false`, `"false"`.
    pub fn flag(&self, key: &str) -> Option<bool> {
        match self.raw(key)?.trim_matches('"') {
            "true" => Some(true),
            "false" => Some(false),
            _ => None,
        }
    }

    /// An RFC 3339 instant, with any offset.
    pub fn instant(&self, key: &str) -> Option<Timestamp> {
        self.text(key)?.parse().ok()
    }

    /// Unix seconds, as number or string.
    pub fn unix(&self, key: &str) -> Option<Timestamp> {
        Timestamp::from_second(self.text(key)?.parse().ok()?).ok()
    }

    /// The object below `key`; an empty one where there is none.
    pub fn object(&self, key: &str) -> Self {
        self.raw(key).and_then(|raw| Self::parse(raw.as_bytes())).unwrap_or_default()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The objects in a list. Anything else in the list is passed over; no list is an empty one.
    pub fn objects(&self, key: &str) -> Vec<Self> {
        let items = self.raw(key).and_then(|raw| serde_json::from_str::<Vec<Box<RawValue>>>(raw).ok());
        items.unwrap_or_default().iter().filter_map(|raw| Self::parse(raw.get().as_bytes())).collect()
    }

    pub fn has_list(&self, key: &str) -> bool {
        self.raw(key).is_some_and(|raw| raw.starts_with('['))
    }

    fn raw(&self, key: &str) -> Option<&str> {
        self.0.get(key).map(|raw| raw.get())
    }
}

/// Reads JSON whose texts hold halves of characters: bytes that are not UTF-8, and escapes of one half of a surrogate
/// pair (RFC 8259, section 8.2). Each such half becomes U+FFFD.
pub fn whole_characters(raw: &[u8]) -> serde_json::Result<Value> {
    let text = String::from_utf8_lossy(raw);
    let mut whole = String::with_capacity(text.len());
    let mut rest = text.as_ref();
    while let Some(at) = rest.find('\\') {
        let (before, escape) = rest.split_at(at);
        whole.push_str(before);
        let pair = (code_unit(escape), escape.get(6..).and_then(code_unit));
        let (kept, length) = match pair {
            (Some(0xD800..=0xDBFF), Some(0xDC00..=0xDFFF)) => (escape.get(..12), 12),
            (Some(0xD800..=0xDFFF), _) => (Some("\u{FFFD}"), 6),
            // `\\` is two characters of which the second begins no escape.
            _ => (escape.get(..2), 2),
        };
        whole.push_str(kept.unwrap_or(escape));
        rest = escape.get(length..).unwrap_or_default();
    }
    whole.push_str(rest);
    serde_json::from_str(&whole)
}

/// The number in an escape such as `\ud83d` at the beginning of `text`.
fn code_unit(text: &str) -> Option<u16> {
    u16::from_str_radix(text.strip_prefix("\\u")?.get(..4)?, 16).ok()
}

/// A string that is not empty, or a whole number as text.
pub fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// The text at `pointer` (RFC 6901) below `value`.
pub fn text_at(value: &Value, pointer: &str) -> Option<String> {
    value.pointer(pointer).and_then(text)
}

/// An instant given as Unix seconds, or as milliseconds when it has twelve digits or more; number or string.
pub fn unix_instant(value: &Value) -> Option<Timestamp> {
    let digits = text(value)?;
    let number: i64 = digits.trim().parse().ok()?;
    if digits.trim().len() >= 12 {
        Timestamp::from_millisecond(number).ok()
    } else {
        Timestamp::from_second(number).ok()
    }
}

/// The items of a list; an object stands for a list of itself, null and absence for an empty one.
pub fn each(value: Option<&Value>) -> Vec<&Value> {
    match value {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::Array(items)) => items.iter().collect(),
        Some(other) => vec![other],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_of_any_type_are_read_or_absent() {
        let json = br#"{"n":17014025134,"s":"17","e":"","z":null,"l":[],"d":12.340,"ds":"0.10","f":"true","o":{"a":1},
            "x":[{"a":1},2,{"a":3}],"at":"2022-01-10T10:10:10.000-00:00"}"#;
        let fields = Fields::parse(json).unwrap();
        assert_eq!(fields.text("n").as_deref(), Some("17014025134"));
        assert_eq!(fields.text("s").as_deref(), Some("17"));
        for absent in ["e", "z", "l", "o", "none"] {
            assert_eq!(fields.text(absent), None, "{absent}");
        }
        assert_eq!(fields.decimal("d").as_deref(), Some("12.34"));
        assert_eq!(fields.decimal("ds").as_deref(), Some("0.1"));
        assert_eq!(fields.flag("f"), Some(true));
        assert_eq!(fields.objects("x").len(), 2);
        assert_eq!(fields.objects("d").len(), 0);
        assert_eq!(fields.object("o").text("a").as_deref(), Some("1"));
        assert!(fields.object("l").is_empty() && fields.object("none").is_empty());
        assert_eq!(fields.unix("s").unwrap().as_second(), 17);
        assert_eq!(fields.instant("at").unwrap().to_string(), "2022-01-10T10:10:10Z");
        assert!(Fields::parse(b"[]").is_none());
    }

    #[test]
    fn halves_of_characters_are_replaced_and_nothing_else_is_touched() {
        for (raw, want) in [
            (br#"["\ud83d"]"#.as_slice(), "\u{FFFD}"),
            (br#"["a\uDE00b"]"#, "a\u{FFFD}b"),
            (br#"["\ud83d\ud83d\ude00"]"#, "\u{FFFD}\u{1F600}"),
            (br#"["\ud83d\u0041\n\"\\"]"#, "\u{FFFD}A\n\"\\"),
            (br#"["\\ud83d \ud83d"]"#, "\\ud83d \u{FFFD}"),
            (b"[\"caf\xe9 \xf0\x9f\"]", "caf\u{FFFD} \u{FFFD}"),
        ] {
            assert_eq!(whole_characters(raw).unwrap(), serde_json::json!([want]));
        }
        for broken in [b"[\"\\".as_slice(), b"[\"\\u", b"[\"\\ud83", b"{", b"[\"\\\xc3\xa9\"]"] {
            assert!(whole_characters(broken).is_err());
        }
    }

    #[test]
    fn instants_come_in_seconds_and_milliseconds() {
        for value in [serde_json::json!("1697043223"), serde_json::json!(1_697_043_223_000_i64)] {
            assert_eq!(unix_instant(&value).unwrap().as_second(), 1_697_043_223);
        }
        for value in [serde_json::json!("x"), serde_json::json!("99999999999999999"), Value::Null] {
            assert_eq!(unix_instant(&value), None);
        }
    }
}
