//! From phrases to words.

use crate::{locale::Locale, phrase::Phrase};

/// The words of a phrase, for a phone.
pub fn render(_phrase: &Phrase, _locale: Locale) -> String {
    String::new()
}
