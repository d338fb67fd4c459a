//! Tests of phrases, amounts and dates in three languages.

use std::collections::BTreeSet;

use domain::money::{Currency, Money};
use jiff::civil::{date, time};

use super::{
    balance_parameters, format_dates_and_amounts::Format, incident_notice, locale_texts, sentence_of_phrase,
};
use crate::{
    Certainty, ClashBy, ClashWith, DateProblem, Deadline, IncidentFacts, Language, Locale, MoneyNews, Offer,
    Phrase, render,
};

fn money(text: &str, code: &str) -> Money {
    Money::parse(text, Currency::parse(code).unwrap()).unwrap()
}

#[test]
fn amounts() {
    let check = |text: &str, code: &str, locale: Locale, expected: &str| {
        assert_eq!(Format::of(locale, None).money(money(text, code)), expected);
    };
    check("51000", "ARS", Locale::EsAr, "$ 51.000");
    check("1234567.5", "ARS", Locale::EsAr, "$ 1.234.567,50");
    check("3500", "MXN", Locale::EsMx, "$ 3.500 MXN");
    check("45000", "CLP", Locale::EsCl, "$ 45.000 CLP");
    check("250000", "PYG", Locale::EsAr, "PYG 250.000");
    check("120.40", "EUR", Locale::EsEs, "EUR 120,40");
    check("300", "BRL", Locale::PtBr, "BRL 300");
    check("51000.50", "ARS", Locale::En, "$ 51,000.50 ARS");
    check("-999", "ARS", Locale::EsAr, "-$ 999");
}

#[test]
fn dates_and_counts() {
    let today = Some(date(2026, 11, 22));
    let es = Format::of(Locale::EsAr, today);
    assert_eq!(es.day(date(2027, 1, 8)), "viernes 8 de enero");
    assert_eq!(es.range(date(2027, 1, 8), date(2027, 1, 10)), "del viernes 8 al domingo 10 de enero");
    assert_eq!(
        es.range(date(2026, 12, 28), date(2027, 1, 2)),
        "del lunes 28 de diciembre al sábado 2 de enero"
    );
    assert_eq!((es.nights(1), es.nights(2)), ("1 noche".to_owned(), "2 noches".to_owned()));
    let pt = Format::of(Locale::PtBr, today);
    assert_eq!(pt.range(date(2027, 1, 8), date(2027, 1, 10)), "de sexta-feira 8 a domingo 10 de janeiro");
    let en = Format::of(Locale::En, today);
    assert_eq!(en.day(date(2027, 1, 8)), "Friday January 8");
    assert_eq!(es.deadline(Deadline::Today(time(9, 5, 0, 0))), "las 9:05 de hoy");
}

#[test]
fn every_phrase_exists_in_every_locale_and_every_sentence_is_used() {
    let phrases = every_phrase();
    for locale in Locale::ALL {
        for phrase in &phrases {
            let words = render(phrase, locale);
            assert!(!words.trim().is_empty(), "{phrase:?} in {locale:?}");
            assert!(!words.contains(['{', '}']), "{words}");
            assert!(words.chars().count() <= 1024, "too long for a phone: {words}");
        }
    }
    let mut used: BTreeSet<&str> = phrases.iter().map(sentence_of_phrase::key).collect();
    used.extend(["choices_line", "nearest_line"]);
    for language in [Language::Es, Language::Pt, Language::En] {
        let written: BTreeSet<&str> = locale_texts::of(language).keys().collect();
        assert_eq!(written, used, "{language:?}");
    }
}

#[test]
fn no_name_in_braces_is_left_without_its_value() {
    for locale in Locale::ALL {
        for phrase in every_phrase() {
            let format = Format::of(locale, phrase.today());
            let sentence = sentence_of_phrase::of(&phrase, &format);
            let template = format.texts().sentence(sentence.key, locale);
            for name in
                template.split('{').skip(1).filter_map(|part| part.split_once('}')).map(|(name, _)| name)
            {
                let value = sentence.values.iter().find(|(known, _)| *known == name);
                assert!(value.is_some_and(|(_, value)| !value.is_empty()), "{name} in {}", sentence.key);
            }
        }
    }
}

fn every_incident() -> Vec<IncidentFacts> {
    let (name, source) = (|| "El Ñandú".to_owned(), || "airbnb".to_owned());
    let (check_in, check_out) = (date(2027, 1, 5), date(2027, 1, 8));
    let clash = |with, by| IncidentFacts::CalendarClash {
        name: name(),
        source: source(),
        with,
        by,
        check_in,
        check_out,
    };
    vec![
        IncidentFacts::CalendarFailing { name: name(), source: source(), times: 3 },
        IncidentFacts::CalendarStale { name: name(), source: source(), minutes: 45 },
        IncidentFacts::CalendarSlow { name: name(), source: source(), milliseconds: 6_240 },
        IncidentFacts::CalendarShrunk { name: name(), source: source(), nights: 1 },
        clash(ClashWith::Stay, ClashBy::Stay),
        clash(ClashWith::Calendar, ClashBy::Stay),
        IncidentFacts::CalendarProbed { times: 101 },
        IncidentFacts::CalendarLinkReplaced { name: name(), source: source(), hours: 72 },
        IncidentFacts::CalendarUnreadable { name: name(), source: source(), events: 2 },
        clash(ClashWith::Stay, ClashBy::Closure),
        clash(ClashWith::Calendar, ClashBy::Closure),
        IncidentFacts::CalendarClashes { name: name(), source: source(), count: 30, check_in, check_out },
    ]
}

#[test]
fn every_incident_is_told_in_every_locale_and_every_sentence_is_used() {
    for locale in Locale::ALL {
        let mut notices = vec![incident_notice::trial(locale)];
        for one in every_incident() {
            notices.extend([incident_notice::begun(&one, locale), incident_notice::over(&one, locale)]);
            for key in [
                incident_notice::keys(&one).title,
                incident_notice::keys(&one).begun,
                incident_notice::keys(&one).over,
            ] {
                let template = locale_texts::of(locale.language()).alert(key);
                let values = incident_notice::values(&one, locale);
                let names = template.split('{').skip(1).filter_map(|part| Some(part.split_once('}')?.0));
                for name in names {
                    let value = values.iter().find(|(known, _)| *known == name);
                    assert!(value.is_some_and(|(_, value)| !value.is_empty()), "{name} in {key}");
                }
            }
        }
        for notice in notices {
            assert!(!notice.title.is_empty() && notice.title.chars().count() <= 100, "{notice:?}");
            assert!(!notice.title.ends_with('.') && notice.text.ends_with('.'), "{notice:?}");
            assert!(notice.text.chars().count() <= 500, "too long for two in the morning: {notice:?}");
            assert!(!format!("{}{}", notice.title, notice.text).contains(['{', '}']), "{notice:?}");
        }
    }
    let mut used = BTreeSet::from(["over_title", "trial_title", "trial"]);
    let all = every_incident();
    used.extend(all.iter().map(incident_notice::keys).flat_map(|keys| [keys.title, keys.begun, keys.over]));
    for language in [Language::Es, Language::Pt, Language::En] {
        let written: BTreeSet<&str> = locale_texts::of(language).alert_keys().collect();
        assert_eq!(written, used, "{language:?}");
    }
}

#[test]
fn incidents_read_as_a_person_would_say_them() {
    let incidents = every_incident();
    let check = |nth: usize, locale: Locale, title: &str, begins: &str| {
        let notice = incident_notice::begun(&incidents[nth], locale);
        assert_eq!(notice.title, title);
        assert!(notice.text.starts_with(begins), "{}", notice.text);
    };
    check(
        0,
        Locale::EsAr,
        "el calendario de El Ñandú en airbnb no se puede leer",
        "Falló 3 veces seguidas. No se liberó nada",
    );
    check(
        0,
        Locale::En,
        "the calendar of El Ñandú at airbnb cannot be read",
        "It failed 3 times in a row. Nothing was freed",
    );
    check(2, Locale::PtBr, "o calendário de El Ñandú em airbnb está muito lento", "Demorou 6,2 segundos.");
    check(2, Locale::En, "the calendar of El Ñandú at airbnb is very slow", "It took 6.2 seconds.");
    check(3, Locale::EsMx, "airbnb dejó de mostrar 1 noche de El Ñandú", "Puede ser un error de airbnb");
    let sold = "airbnb vendió las noches del martes 5 al viernes 8 de enero de 2027, que ya eran";
    check(4, Locale::EsAr, "noches vendidas dos veces en El Ñandú", sold);
    let closed = "airbnb cerró las noches del martes 5 al viernes 8 de enero de 2027, que son";
    check(9, Locale::EsAr, "noches quizás vendidas dos veces en El Ñandú", closed);
    let several = "airbnb has taken nights that a booking of ours or another calendar has already, 30 times";
    check(11, Locale::En, "nights sold twice at El Ñandú, 30 times", several);
    let over = incident_notice::over(&incidents[0], Locale::EsAr);
    assert_eq!(over.title, "terminó: el calendario de El Ñandú en airbnb no se puede leer");
}

/// Facts are kept in rows: what was written once is read by later versions.
#[test]
fn facts_survive_being_kept() {
    for one in every_incident() {
        let kept = serde_json::to_string(&one).unwrap();
        assert_eq!(serde_json::from_str::<IncidentFacts>(&kept).unwrap(), one);
    }
    let kept = r#"{"trouble":"calendar_clash","name":"El Sauce","source":"airbnb","with":"stay","check_in":"2027-01-05","check_out":"2027-01-08"}"#;
    assert!(matches!(
        serde_json::from_str(kept),
        Ok(IncidentFacts::CalendarClash { with: ClashWith::Stay, by: ClashBy::Stay, .. })
    ));
}

#[test]
fn a_template_is_filled_in_its_order_and_language() {
    let news = |pay_url: Option<&str>| MoneyNews::BalanceDue {
        code: "ABC123".to_owned(),
        amount: money("31500", "ARS"),
        by: date(2027, 3, 5),
        today: date(2027, 2, 26),
        pay_url: pay_url.map(str::to_owned),
    };
    let url = "https://desk.example/pay/t";
    let filled = |locale| balance_parameters(&news(Some(url)), locale).unwrap();
    assert_eq!(filled(Locale::EsAr), ["ABC123", "$ 31.500", "viernes 5 de marzo", url]);
    assert_eq!(filled(Locale::En), ["ABC123", "$ 31,500 ARS", "Friday March 5", url]);
    assert_eq!(balance_parameters(&news(None), Locale::EsAr), None);
    assert_eq!(balance_parameters(&MoneyNews::Pending, Locale::EsAr), None);
}

#[test]
fn braces_in_a_name_are_only_text() {
    let words = render(&Phrase::Greeting { property_name: "Las {property} Lomas".to_owned() }, Locale::EsAr);
    assert!(words.contains("Las {property} Lomas"));
}

fn offer() -> Offer {
    Offer {
        accommodation_id: "a1".to_owned(),
        name: "Cabaña Arroyo".to_owned(),
        capacity: 4,
        check_in: date(2027, 1, 5),
        check_out: date(2027, 1, 8),
        guests: 4,
        total: money("51000", "ARS"),
        deposit: money("15300", "ARS"),
    }
}

/// One of each; both forms where a phrase has two.
fn every_phrase() -> Vec<Phrase> {
    let code = || "ABC123".to_owned();
    let accommodation_name = || "Cabaña Arroyo".to_owned();
    let (check_in, check_out, guests) = (date(2027, 1, 5), date(2027, 1, 8), 4);
    let today = date(2026, 11, 22);
    let (total, deposit) = (offer().total, offer().deposit);
    let deadline = Deadline::Today(time(15, 30, 0, 0));
    let offers = || vec![offer(), offer()];
    let link = || Some("https://pay.example/1".to_owned());
    let held = |pay_url| Phrase::Held {
        code: code(),
        accommodation_name: accommodation_name(),
        check_in,
        check_out,
        guests,
        total,
        deposit,
        deadline: Deadline::On(check_in, time(15, 30, 0, 0)),
        pay_url,
        today,
    };
    let in_both = |of: &dyn Fn(Certainty) -> Phrase| [of(Certainty::Sure), of(Certainty::Asking)];
    let mut phrases = vec![
        Phrase::Greeting { property_name: "Las Lomas".to_owned() },
        Phrase::YouAreWelcome,
        Phrase::Goodbye,
        Phrase::AskDatesAndGuests,
        Phrase::AskDates { guests },
        Phrase::AskOtherDates { problem: DateProblem::NotExact, today },
        Phrase::AskOtherDates { problem: DateProblem::NoSuchDay { day: 31, month: 2, year: None }, today },
        Phrase::AskOtherDates {
            problem: DateProblem::Reversed { check_in: check_out, check_out: check_in },
            today,
        },
        Phrase::AskCheckIn { check_out, today },
        Phrase::AskCheckOut { check_in, today },
        Phrase::AskWhich { offers: offers(), today },
        Phrase::Full { check_in, check_out, guests, today },
        Phrase::FullWithNearest { check_in, check_out, guests, nearest: offers(), today },
        Phrase::DatesPast { check_in },
        Phrase::TooShort { min_nights: 2 },
        Phrase::TooLong { max_nights: 30 },
        Phrase::TooFar,
        Phrase::TooManyGuests { max_capacity: 6 },
        held(None),
        held(link()),
        Phrase::HoldJustTaken,
        Phrase::TooManyHolds,
        Phrase::HoldDatesRefused,
        Phrase::HoldCapacityRefused,
        Phrase::HoldBusy,
        Phrase::AskCancel {
            code: code(),
            accommodation_name: accommodation_name(),
            check_in,
            check_out,
            today,
        },
        Phrase::AskWhichCancel { codes: vec![code(), code()] },
        Phrase::NothingToCancel,
        Phrase::CancelKept { code: code() },
        Phrase::CancelRefused { code: code() },
        Phrase::StayCancelled { code: code() },
        Phrase::StayStatusHeld {
            code: code(),
            accommodation_name: accommodation_name(),
            check_in,
            check_out,
            deposit,
            deadline,
            today,
        },
        Phrase::StayStatusConfirmed {
            code: code(),
            accommodation_name: accommodation_name(),
            check_in,
            check_out,
            today,
        },
        Phrase::NoStayFound,
        Phrase::CheckTimes { check_in_time: time(14, 0, 0, 0), check_out_time: time(10, 0, 0, 0) },
        Phrase::HowToPay { deposit_percent: 30 },
        Phrase::PersonWillAnswer,
        Phrase::PersonWillAnswerComplaint,
        Phrase::PersonWillComplete,
        Phrase::NotSupported,
        Phrase::NotUnderstood,
        Phrase::HoldExpiring { minutes: 15, code: code(), pay_url: None },
        Phrase::HoldExpiring { minutes: 1, code: code(), pay_url: link() },
        Phrase::HoldExpired { code: code() },
    ];
    phrases.extend(every_news().into_iter().map(Phrase::Money));
    phrases.extend(in_both(&|reading| Phrase::AskGuests { check_in, check_out, reading, today }));
    phrases.extend(in_both(&|reading| Phrase::Offer { offer: offer(), reading, hold_minutes: 30, today }));
    phrases.extend(in_both(&|reading| Phrase::Choices { offers: offers(), reading, today }));
    phrases
}

fn every_news() -> Vec<MoneyNews> {
    let code = || "ABC123".to_owned();
    let accommodation_name = || "Cabaña Arroyo".to_owned();
    let url = || "https://desk.example/pay/t".to_owned();
    let (amount, deadline) = (offer().deposit, Deadline::Today(time(15, 30, 0, 0)));
    let (check_in, check_out, today) = (date(2027, 1, 5), date(2027, 1, 8), date(2026, 11, 22));
    vec![
        MoneyNews::Confirmed {
            code: code(),
            amount,
            accommodation_name: accommodation_name(),
            check_in,
            check_out,
        },
        MoneyNews::Short { paid: amount, due: amount },
        MoneyNews::Credited { code: code(), amount, left: Some(amount) },
        MoneyNews::Credited { code: code(), amount, left: None },
        MoneyNews::Receipt { number: 12, amount, url: url() },
        MoneyNews::Pending,
        MoneyNews::PendingHeld { code: code(), deadline },
        MoneyNews::Declined { pay_url: Some(url()) },
        MoneyNews::NotCharged,
        MoneyNews::LateReturned { amount },
        MoneyNews::EqualOffered {
            amount,
            accommodation_name: accommodation_name(),
            check_in,
            check_out,
            deadline,
            today,
            url: url(),
        },
        MoneyNews::Returned { code: code(), amount },
        MoneyNews::SurplusReturned { code: code(), amount },
        MoneyNews::ReturnedByHand { code: code(), amount },
        MoneyNews::BalanceDue { code: code(), amount, by: check_in, today, pay_url: Some(url()) },
        MoneyNews::ExtraDue { code: code(), amount, pay_url: Some(url()) },
        MoneyNews::PenaltyDue { code: code(), amount, pay_url: None },
        MoneyNews::HoldExpiredShort { code: code() },
    ]
}
