//! The button of a message: what stands on it and where it leads.

use crate::{
    locale::Locale,
    phrase::{MoneyNews, Phrase},
};

use super::locale_texts;

/// At most 20 characters, the limit of a WhatsApp button; a test counts them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Button {
    pub label: String,
    pub url: String,
}

/// None for a phrase that leads nowhere.
pub fn button(phrase: &Phrase, locale: Locale) -> Option<Button> {
    let (url, key) = match phrase {
        Phrase::Money(news) => (news.url()?.to_owned(), key_of(news)),
        Phrase::Held { pay_url, .. } | Phrase::HoldExpiring { pay_url, .. } => {
            (pay_url.clone()?, "pay_deposit")
        }
        _ => return None,
    };
    Some(Button { label: locale_texts::of(locale.language()).button(key).to_owned(), url })
}

fn key_of(news: &MoneyNews) -> &'static str {
    match news {
        MoneyNews::Receipt { .. } => "receipt",
        MoneyNews::EqualOffered { .. } => "choose",
        MoneyNews::Declined { .. } => "try_again",
        _ => "pay",
    }
}

/// Every key that [`button`] looks up.
#[cfg(test)]
pub(super) const KEYS: [&str; 5] = ["receipt", "choose", "try_again", "pay", "pay_deposit"];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::Language;

    #[test]
    fn every_label_is_there_in_each_language_and_fits() {
        for language in [Language::Es, Language::Pt, Language::En] {
            for key in KEYS {
                let label = locale_texts::of(language).button(key);
                assert!((1..=20).contains(&label.chars().count()), "{key} in {language:?}: {label:?}");
            }
        }
    }
}
