//! Renders phrases as sentences in the guest's language.

/// The button of a message.
mod chat_button;
/// Dates, times, amounts and counts, as each language writes them.
mod format_dates_and_amounts;
/// What the host reads of an incident.
pub mod incident_notice;
/// The sentences of `locales/*.toml`.
mod locale_texts;
/// The same for news of money.
mod money_sentences;
/// Which sentence a phrase is, and what fills it.
mod sentence_of_phrase;

use crate::{locale::Locale, phrase::Phrase};
pub use chat_button::{Button, button};
use format_dates_and_amounts::Format;
pub use money_sentences::balance_parameters;

/// The words of a phrase, for a phone. Dates have their year unless nobody can mistake it (`Format::tells_year`).
pub fn render(phrase: &Phrase, locale: Locale) -> String {
    let format = Format::of(locale, phrase.today());
    let sentence = sentence_of_phrase::of(phrase, &format);
    locale_texts::fill(format.texts().sentence(sentence.key, locale), &sentence.values)
}

#[cfg(test)]
mod tests;
