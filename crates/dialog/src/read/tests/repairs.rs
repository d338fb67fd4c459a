//! Laws of self-repair and of other people's days: what is put right reads as if it had been said at once.

use jiff::civil::{Date, date};

use crate::{Locale, Reading, read};

fn today() -> Date {
    date(2027, 3, 10)
}

type Slots = (Option<Date>, Option<Date>, Option<u16>, Option<u16>, Option<u16>);

fn slots(reading: &Reading) -> Slots {
    (reading.check_in, reading.check_out, reading.adults, reading.children, reading.guests)
}

fn check_same(locale: Locale, plain: &str, repaired: &str) {
    let expected = slots(&read(plain, today(), locale));
    assert!(expected.0.is_some() || expected.4.is_some(), "nothing is read in {plain}");
    assert_eq!(slots(&read(repaired, today(), locale)), expected, "{plain}\n{repaired}");
}

const SPANISH: &[&str] = &[
    "perdón",
    "uh no",
    "ah no, pará",
    "ay no, espérame",
    "pucha, me equivoqué",
    "no, miento",
    "digo",
    "nada que ver",
    "chuta no",
    "qué pena, me confundí",
    "uy no, aguantá",
    "no no, corrijo",
    "o sea no, mentira",
];
const PORTUGUESE: &[&str] = &[
    "calma",
    "opa",
    "não, pera",
    "minto",
    "ih, errei",
    "desculpa, me enganei",
    "quer dizer",
    "xi, não",
    "na verdade",
    "ou melhor",
];
const ENGLISH: &[&str] = &[
    "sorry",
    "wait, scratch that",
    "oh hang on",
    "oops, my mistake",
    "ugh, no, sorry",
    "er no, i mean",
    "make that",
    "hmm no, actually",
    "hold on",
];

#[test]
fn an_end_that_is_put_right_reads_as_if_it_had_been_said_at_once() {
    for cue in SPANISH {
        check_same(
            Locale::EsAr,
            "Hola! Tenés lugar del 9 al 14 de abril? Somos 4.",
            &format!("Hola! Tenés lugar del 9 al 12 de abril, {cue}, al 14? Somos 4."),
        );
    }
    for cue in PORTUGUESE {
        check_same(
            Locale::PtBr,
            "Oi! Tem vaga de 9 a 14 de abril? Somos 4.",
            &format!("Oi! Tem vaga de 9 a 12 de abril, {cue}, até o dia 14? Somos 4."),
        );
    }
    for cue in ENGLISH {
        check_same(
            Locale::En,
            "Hi! Do you have a room from April 9 to April 14? There are 4 of us.",
            &format!("Hi! Do you have a room from April 9 to April 12, {cue}, the 14th? There are 4 of us."),
        );
    }
}

#[test]
fn both_ends_put_right_keep_their_month() {
    for cue in SPANISH {
        let text = format!("Buscamos del 9 al 12 de abril... {cue}, del 16 al 19. Somos 2 adultos.");
        check_same(Locale::EsMx, "Buscamos del 16 al 19 de abril. Somos 2 adultos.", &text);
    }
}

#[test]
fn a_month_put_right_keeps_its_days_and_the_reason_names_no_month() {
    for cue in SPANISH {
        let text = format!("Iríamos del 9 al 12 de abril, {cue}, de mayo, que en abril trabajo. Somos tres.");
        check_same(Locale::EsCl, "Iríamos del 9 al 12 de mayo. Somos tres.", &text);
    }
    for cue in PORTUGUESE {
        let text = format!("Queria de 9 a 12 de abril, {cue}, de maio, que em abril trabalho. Somos três.");
        check_same(Locale::PtBr, "Queria de 9 a 12 de maio. Somos três.", &text);
    }
}

#[test]
fn a_day_named_again_is_the_one_taken_back() {
    let plain = "Llegamos el 9 de abril y nos vamos el 11. Somos dos.";
    let reasons = ["tengo turno", "es domingo y trabajo", "no puedo", "cumple mi hija"];
    for cue in ["ah no", "uy no", "no, perdón", "pucha no"] {
        for reason in reasons {
            let text = format!(
                "Llegamos el 9 de abril y nos vamos el 12, {cue}, el 12 {reason}, mejor el 11. Somos dos."
            );
            check_same(Locale::EsCl, plain, &text);
        }
    }
}

#[test]
fn nights_and_people_are_put_right_like_days() {
    for cue in SPANISH {
        check_same(
            Locale::EsCo,
            "Desde el 9 de abril por 3 noches. Somos cuatro.",
            &format!("Desde el 9 de abril por 2 noches, {cue}, son tres. Somos cuatro."),
        );
        check_same(
            Locale::EsCo,
            "Del 9 al 12 de abril. Somos 5.",
            &format!("Del 9 al 12 de abril. Somos 4, {cue}, 5."),
        );
    }
}

#[test]
fn the_days_of_somebody_else_change_nothing() {
    for (locale, plain, others) in [
        (
            Locale::EsAr,
            "Nosotros llegamos el 14 de abril y nos vamos el 16. Somos dos.",
            &[
                "Mi hermano va para allá el 10. ",
                "Mis viejos están ahí desde el 2. ",
                "Mi jefa viaja el 20 de marzo. ",
            ][..],
        ),
        (
            Locale::En,
            "We arrive on April 14 and leave on the 16th. Two adults.",
            &["My brother gets there on the 10th. ", "My parents go home on March 20. "],
        ),
    ] {
        for other in others {
            check_same(locale, plain, &format!("{other}{plain}"));
        }
    }
}

#[test]
fn the_order_of_a_list_of_kin_changes_nothing() {
    let lists: [(Locale, &str, [&str; 4], &str, Slots); 3] = [
        (
            Locale::EsCl,
            "Vamos ",
            ["mi señora", "mis papás", "la Javi", "mis dos hijos pequeños"],
            " y yo.",
            (None, None, Some(5), Some(2), Some(7)),
        ),
        (
            Locale::PtBr,
            "Vamos ",
            ["minha esposa", "meus sogros", "os dois meninos", "minha irmãzinha de 9 anos"],
            " e eu.",
            (None, None, Some(4), Some(3), Some(7)),
        ),
        (
            Locale::En,
            "It would be ",
            ["my wife", "her brother", "our two kids", "my mum"],
            " and me.",
            (None, None, Some(4), Some(2), Some(6)),
        ),
    ];
    for (locale, lead, names, speaker, expected) in lists {
        for turn in 0..names.len() {
            let mut row = names;
            row.rotate_left(turn);
            let text = format!("{lead}{}{speaker}", row.join(", "));
            assert_eq!(slots(&read(&text, today(), locale)), expected, "{text}");
        }
    }
}
