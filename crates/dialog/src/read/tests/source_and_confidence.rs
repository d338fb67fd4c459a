//! Where each field comes from, and how sure it is.

use crate::{Locale, Source, Sureness, read, read::tests::golden_readings::today};

/// `words sureness`, or nothing.
fn check(text: &str, field: fn(&crate::Sources) -> Option<&Source>, expected: &str) {
    let reading = read(text, today(), Locale::EsAr);
    let found = field(&reading.sources).map_or(String::new(), |source| {
        assert_eq!(text.get(source.start..source.end), Some(source.words.as_str()), "{text}");
        let sureness = match source.sureness {
            Sureness::Said => "said",
            Sureness::Derived => "derived",
            Sureness::Doubtful => "doubtful",
        };
        format!("{} {sureness}", source.words)
    });
    assert_eq!(found, expected, "{text}");
}

#[test]
fn dates_come_from_their_words() {
    let text = "¡Hola! 3 noches desde el viernes 19, somos 2";
    check(text, |sources| sources.check_in.as_ref(), "viernes 19 said");
    check(text, |sources| sources.check_out.as_ref(), "3 noches derived");
    check(text, |sources| sources.nights.as_ref(), "3 noches said");
    let text = "del 5 al 8 de mayo";
    check(text, |sources| sources.check_in.as_ref(), "5 said");
    check(text, |sources| sources.check_out.as_ref(), "8 de mayo said");
    check(text, |sources| sources.nights.as_ref(), "5 al 8 de mayo derived");
    check("este finde", |sources| sources.check_in.as_ref(), "finde said");
}

#[test]
fn people_come_from_theirs() {
    let text = "vamos 2 adultos y mi hija Ámbar";
    check(text, |sources| sources.adults.as_ref(), "2 adultos y mi hija said");
    check(text, |sources| sources.children.as_ref(), "mi hija said");
    check(text, |sources| sources.guests.as_ref(), "2 adultos y mi hija derived");
    check("somos 4", |sources| sources.guests.as_ref(), "4 said");
}

#[test]
fn what_is_to_be_asked_is_doubtful() {
    check("más o menos el 20 de mayo", |sources| sources.check_in.as_ref(), "20 de mayo doubtful");
    check("para navidad", |sources| sources.check_out.as_ref(), "navidad doubtful");
}

#[test]
fn what_is_null_has_no_source() {
    check("hay lugar para 2?", |sources| sources.check_in.as_ref(), "");
    check("del 5 al 8 de mayo", |sources| sources.guests.as_ref(), "");
}
