//! Renders phrases as sentences in the guest's language.

/// The button of a message.
mod button;
/// Dates, times, amounts and counts, as each language writes them.
mod format;
/// What the host reads of an incident.
pub mod incident_notice;
/// The same for news of money.
mod money;
/// Which sentence a phrase is, and what fills it.
mod sentence;
/// The sentences of `locales/*.toml`.
mod texts;

use crate::{locale::Locale, phrase::Phrase};
pub use button::{Button, button};
use format::Format;
pub use money::balance_parameters;

/// The words of a phrase, for a phone. Dates have their year unless nobody can mistake it (`Format::tells_year`).
pub fn render(phrase: &Phrase, locale: Locale) -> String {
    let format = Format::of(locale, phrase.today());
    let sentence = sentence::of(phrase, &format);
    texts::fill(format.texts().sentence(sentence.key, locale), &sentence.values)
}

#[cfg(test)]
mod tests;
