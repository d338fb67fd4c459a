//! Who asks, over which channel.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Where a request came in. The list is closed so that metrics stay small.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    Whatsapp,
    Telegram,
    Web,
    Direct,
}

impl Channel {
    pub const ALL: [Self; 4] = [Self::Whatsapp, Self::Telegram, Self::Web, Self::Direct];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Whatsapp => "whatsapp",
            Self::Telegram => "telegram",
            Self::Web => "web",
            Self::Direct => "direct",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|channel| channel.as_str() == text)
    }
}

/// How to reach the person who booked. `Debug` shows nothing of it: it is printed in logs and panics.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    pub name: String,
    /// Digits with an optional leading `+`; what [`Contact::check`] let through.
    pub phone: String,
    pub email: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ContactProblem {
    #[error("give a name of 1 to 100 characters")]
    Name,
    #[error("give a phone number with 6 to 15 digits")]
    Phone,
    #[error("give an e-mail address such as ana@example.org, at most 254 characters")]
    Email,
}

impl Contact {
    /// Tidies and checks what a person typed: trims, drops unseen marks in the name, and spaces,
    /// hyphens, dots and brackets in the phone.
    pub fn check(name: &str, phone: &str, email: Option<&str>) -> Result<Self, ContactProblem> {
        let name: String = name.chars().filter(|c| !is_unseen_mark(*c)).collect();
        let name = name.trim();
        let readable = name.chars().any(char::is_alphanumeric) && name.chars().all(|c| !c.is_control());
        if name.is_empty() || name.chars().count() > 100 || !readable {
            return Err(ContactProblem::Name);
        }
        let phone: String =
            phone.chars().filter(|c| !matches!(c, ' ' | '-' | '.' | '(' | ')')).take(40).collect();
        let digits = phone.strip_prefix('+').unwrap_or(&phone);
        // Leading zeros are ways to dial: a number of zeros is nobody's, and would be one person for all who give it.
        let long_enough = digits.trim_start_matches('0').len() >= 6 && digits.len() <= 15;
        if !long_enough || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(ContactProblem::Phone);
        }
        let email = email.map(str::trim).filter(|email| !email.is_empty());
        if email.is_some_and(|email| !plausible_email(email)) {
            return Err(ContactProblem::Email);
        }
        Ok(Self { name: name.to_owned(), phone: phone.clone(), email: email.map(str::to_owned) })
    }

    /// What counts as the same person for limits: the digits of the phone, however its country is dialled.
    ///
    /// Leading zeros are ways to dial and no part of a number. Mobiles of Argentina and Mexico are written with and
    /// without a digit after the country code (54 9, 52 1): WhatsApp itself uses both.
    pub fn key(&self) -> String {
        let digits = self.phone.strip_prefix('+').unwrap_or(&self.phone).trim_start_matches('0');
        let mobile = |country: &str, mark: &str| {
            let rest = digits.strip_prefix(country)?.strip_prefix(mark)?;
            // Ten digits follow; a shorter rest is another number that happens to begin so.
            (rest.len() == 10).then(|| format!("{country}{rest}"))
        };
        mobile("54", "9").or_else(|| mobile("52", "1")).unwrap_or_else(|| digits.to_owned())
    }
}

/// Marks that come along when a name is copied and turn or hide what stands beside it on a page. Joiners stay: they
/// are part of names in other scripts.
fn is_unseen_mark(c: char) -> bool {
    matches!(c, '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{FEFF}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

fn plausible_email(email: &str) -> bool {
    let Some((local, domain)) = email.split_once('@') else { return false };
    let clean = !email.chars().any(|c| c.is_whitespace() || c.is_control());
    clean && email.len() <= 254 && !local.is_empty() && domain.contains('.') && !domain.contains('@')
}

impl fmt::Debug for Contact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Contact(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phones_are_tidied_and_names_bounded() {
        let contact = Contact::check(" Ana ", "+54 (9) 351-555.0101", Some("ana@example.org")).unwrap();
        assert_eq!(
            (contact.name.as_str(), contact.phone.as_str(), contact.key().as_str()),
            ("Ana", "+5493515550101", "543515550101")
        );
        assert_eq!(Contact::check(&"x".repeat(101), "5550101", None), Err(ContactProblem::Name));
        for unseen in ["", "\u{200B}\u{200B}", "a\0b", "...", "Ana\nLuz"] {
            assert_eq!(Contact::check(unseen, "5550101", None), Err(ContactProblem::Name), "{unseen:?}");
        }
        let copied = Contact::check("\u{202E}Ana\u{200E} ", "5550101", None).unwrap();
        assert_eq!(copied.name, "Ana");
        for nobody in ["1", "000000", "0000000012345", "+", "١٢٣٤٥٦٧"] {
            assert_eq!(Contact::check("Ana", nobody, None), Err(ContactProblem::Phone), "{nobody}");
        }
        assert_eq!(Contact::check("Ana", "5550101 o 22", None), Err(ContactProblem::Phone));
        assert_eq!(Contact::check("Ana", "5550101", Some("ana@")), Err(ContactProblem::Email));
    }

    #[test]
    fn one_person_has_one_key_however_the_number_is_dialled() {
        let key = |phone| Contact::check("Ana", phone, None).unwrap().key();
        for same in ["+54 9 351 555-0101", "54 351 5550101", "0054 9 351 555 0101", "005493515550101"] {
            assert_eq!(key(same), "543515550101", "{same}");
        }
        assert_eq!(key("+52 1 55 5555 0101"), key("+52 55 5555 0101"));
        assert_ne!(key("+54 9 351 555-0101"), key("+54 9 351 555-0102"));
        assert_eq!(key("+1 555 0100 123"), "15550100123");
    }

    #[test]
    fn debug_shows_nobody() {
        let contact = Contact::check("Ana", "5550101", None).unwrap();
        assert_eq!(format!("{contact:?}"), "Contact(..)");
    }
}
