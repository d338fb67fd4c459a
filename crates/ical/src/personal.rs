//! Days of a personal calendar that may be nobody's stay: marked as free, birthdays, holidays.
//!
//! They block like everything else until the host says otherwise: Google's and Apple's own pages mark a whole day as free
//! unless somebody thinks of changing it, so the mark says nothing of a stay that was typed in there.

use crate::feed::PersonalKind;

/// What of a calendar a host has left out. Nothing, unless the host says so: what is doubtful is blocked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LeaveOut(Vec<PersonalKind>);

impl LeaveOut {
    /// These kinds, each once.
    pub fn of(kinds: impl IntoIterator<Item = PersonalKind>) -> LeaveOut {
        let mut kinds: Vec<PersonalKind> = kinds.into_iter().collect();
        kinds.sort_unstable();
        kinds.dedup();
        LeaveOut(kinds)
    }

    /// As [`LeaveOut::to_text`] wrote it; what is not known is left aside, and so blocks.
    pub fn parse(text: &str) -> LeaveOut {
        let kind = |name: &str| PersonalKind::ALL.into_iter().find(|kind| kind.as_str() == name.trim());
        LeaveOut::of(text.split(',').filter_map(kind))
    }

    /// Names with commas between; empty when nothing is left out.
    pub fn to_text(&self) -> String {
        self.0.iter().map(|kind| kind.as_str()).collect::<Vec<_>>().join(",")
    }

    /// The kinds.
    pub fn kinds(&self) -> &[PersonalKind] {
        &self.0
    }

    /// Whether days of this kind block nothing.
    pub fn has(&self, kind: PersonalKind) -> bool {
        self.0.contains(&kind)
    }
}

/// Longer than this nothing is a birthday or a holiday, whatever it is called.
const MOST_NIGHTS: i64 = 3;

/// Who writes one of these has sold something, on whatever feast.
const BOOKING_WORDS: &[&str] =
    &["reserv", "book", "alquil", "alug", "huésped", "huesped", "hóspede", "guest", "ocupad", "stay"];

/// Where they stand in a summary does not matter: "Cumpleaños de Ana", "Ana's birthday".
const BIRTHDAY_WORDS: &[&str] = &[
    "birthday",
    "cumpleaños",
    "cumpleanos",
    "aniversário",
    "aniversario",
    "anniversary",
    "anniversaire",
    "geburtstag",
    "compleanno",
];

const HOLIDAY_WORDS: &[&str] = &[
    "feriado",
    "festivo",
    "holiday",
    "feiertag",
    "festività",
    "jour férié",
    "jours fériés",
    "día de la independencia",
    "independence day",
    "año nuevo",
    "ano novo",
    "navidad",
    "nochebuena",
    "natal",
    "christmas",
    "viernes santo",
    "jueves santo",
    "sexta-feira santa",
    "good friday",
    "día del trabajador",
    "día del trabajo",
];

/// What is known of an event whose days are whole.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Signs<'a> {
    pub(crate) summary: &'a str,
    /// CATEGORIES, as written.
    pub(crate) categories: &'a str,
    /// The calendar's.
    pub(crate) calendar: &'a str,
    pub(crate) is_yearly: bool,
    pub(crate) marked_free: bool,
    pub(crate) nights: i64,
}

/// What whole days look like; `None` for what looks like a stay.
pub(crate) fn kind_of(signs: Signs<'_>) -> Option<PersonalKind> {
    let marked = signs.marked_free.then_some(PersonalKind::MarkedFree);
    if signs.nights > MOST_NIGHTS {
        return marked;
    }
    let texts = [signs.summary, signs.categories, signs.calendar].map(str::to_lowercase);
    if BOOKING_WORDS.iter().any(|word| texts[0].contains(word)) {
        return marked;
    }
    // A word of its summary alone is not enough for several nights: "Navidad, Paz".
    let is_likely = signs.marked_free || signs.is_yearly || signs.nights == 1;
    let texts = if is_likely { &texts[..] } else { &texts[1..] };
    let says = |words: &[&str]| texts.iter().any(|text| words.iter().any(|word| has_words(text, word)));
    match () {
        () if says(BIRTHDAY_WORDS) => Some(PersonalKind::Birthday),
        () if says(HOLIDAY_WORDS) => Some(PersonalKind::Holiday),
        () if signs.is_yearly => Some(PersonalKind::Birthday),
        () => marked,
    }
}

/// Whether these words stand in the text, as whole words or with a plural's s.
fn has_words(text: &str, words: &str) -> bool {
    text.match_indices(words).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + words.len()..].trim_start_matches('s').chars().next();
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(summary: &str, is_yearly: bool, marked_free: bool, nights: i64, expected: Option<PersonalKind>) {
        let signs = Signs { summary, categories: "", calendar: "Casa", is_yearly, marked_free, nights };
        assert_eq!(kind_of(signs), expected, "{summary}");
    }

    #[test]
    fn what_days_look_like() {
        use PersonalKind::{Birthday, Holiday, MarkedFree};
        check("Cumpleaños de Ana", false, false, 1, Some(Birthday));
        check("¡FELIZ CUMPLEAÑOS!", false, true, 1, Some(Birthday));
        check("Ana's birthday", true, true, 1, Some(Birthday));
        check("Aguinaldo", true, false, 1, Some(Birthday));
        check("Feriado puente", false, true, 1, Some(Holiday));
        check("Public Holidays", false, false, 1, Some(Holiday));
        check("Reservado Ana", false, true, 4, Some(MarkedFree));
        check("Reservado Ana", false, false, 4, None);
        // A week of somebody who celebrates is a stay; a name is no feast.
        check("Familia Paz, cumpleaños", false, false, 7, None);
        check("Navidad, Paz", false, false, 2, None);
        check("Reserva Navidad", false, false, 1, None);
        check("Reserva Navidad", false, true, 2, Some(MarkedFree));
        check("Natalia", false, false, 1, None);
        let of_calendar = Signs {
            summary: "25 de Mayo",
            categories: "",
            calendar: "Feriados en Argentina",
            is_yearly: false,
            marked_free: true,
            nights: 1,
        };
        assert_eq!(kind_of(of_calendar), Some(Holiday));
    }

    #[test]
    fn what_is_left_out_is_kept_as_text() {
        let two = LeaveOut::of([PersonalKind::Holiday, PersonalKind::MarkedFree, PersonalKind::Holiday]);
        assert_eq!(two.to_text(), "marked_free,holidays");
        assert_eq!(LeaveOut::parse(&two.to_text()), two);
        assert_eq!(LeaveOut::parse(""), LeaveOut::default());
        assert_eq!(LeaveOut::parse("stays,birthdays"), LeaveOut::of([PersonalKind::Birthday]));
    }
}
