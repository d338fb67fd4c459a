//! From words to a reading.

use jiff::civil::Date;

use crate::{locale::Locale, reading::Reading};

/// Reads one message. Total: every input has a reading, in bounded time.
pub fn read(_text: &str, _today: Date, _locale: Locale) -> Reading {
    Reading::default()
}
