//! From the first question to the hold: guest line, desk line.

use super::pretend_house::{House, january};
use crate::{Awaiting, Event, HoldRefusal, Locale};

/// Each desk line must contain its parts, in order, separated by `…`.
pub(super) fn check(house: &mut House, story: &[(&str, &str)]) {
    for (guest, desk) in story {
        let said = house.hear(guest);
        let mut rest = said.as_str();
        for part in desk.split('…').map(str::trim) {
            let at = rest.find(part);
            assert!(at.is_some(), "to \"{guest}\" the desk said:\n{said}\nwithout: {part}");
            rest = &rest[at.unwrap_or(0) + part.len()..];
        }
        assert!(!desk.is_empty() || said.is_empty(), "to \"{guest}\" the desk said: {said}");
    }
}

#[test]
fn one_cabin_from_question_to_hold() {
    let mut house = House::new();
    check(
        &mut house,
        &[
            (
                "hola, tenés algo del 5 al 8 de enero para 4?",
                "Cabaña Arroyo está libre del martes 5 al viernes 8 de enero: 3 noches, 4 personas. Total $ 51.000, seña $ 15.300. ¿Te la reservo?",
            ),
            (
                "sí",
                "[hold] / ¡Listo! Te guardé Cabaña Arroyo del martes 5 al viernes 8 de enero (3 noches, 4 personas). Código ABC123. Total $ 51.000 … seña de $ 15.300: pagala con el enlace antes de las 12:30 de hoy",
            ),
            ("gracias!", "¡De nada!"),
        ],
    );
}

#[test]
fn dates_and_people_in_any_order_over_several_messages() {
    check(
        &mut House::new(),
        &[
            ("buenas", "¡Hola! Soy la recepción de Las Lomas"),
            ("somos 3", "Anoto 3 personas. ¿Qué día llegan"),
            ("llegamos el 5 de enero", "Llegada el martes 5 de enero. ¿Hasta qué día"),
            ("hasta el 8", "del martes 5 al viernes 8 de enero: 3 noches, 3 personas"),
        ],
    );
    check(
        &mut House::new(),
        &[
            ("quiero reservar 2 noches", "¿Qué día llegan"),
            (
                "desde el 10 de enero",
                "Anoto del domingo 10 al martes 12 de enero, 2 noches. ¿Cuántas personas son?",
            ),
            ("4", "2 noches, 4 personas"),
            ("mejor el 12", "¿Es del martes 12 al jueves 14 de enero, 2 noches, para 4 personas?"),
            ("dale", "[hold]"),
        ],
    );
    check(
        &mut House::new(),
        &[
            ("para 2 el 28 de diciembre", "Llegada el lunes 28 de diciembre"),
            ("3", "del lunes 28 al jueves 31 de diciembre: 3 noches, 2 personas"),
        ],
    );
}

#[test]
fn several_free_are_a_numbered_list() {
    let cabins = [("Arroyo", 4), ("Los Pinos", 6)];
    check(
        &mut House::with_cabins(&cabins),
        &[
            (
                "del 5 al 8 de enero para 4",
                "1. Cabaña Arroyo (hasta 4 personas)…2. Cabaña Los Pinos (hasta 6 personas)…número",
            ),
            ("sí", "¿Cuál preferís?…1. Cabaña Arroyo"),
            ("la 2", "Cabaña Los Pinos está libre del martes 5"),
            ("reservala", "[hold]…Cabaña Los Pinos"),
        ],
    );
    check(
        &mut House::with_cabins(&cabins),
        &[
            ("5 al 8 de enero, 2 personas", "1. Cabaña Arroyo"),
            ("la de los pinos", "Cabaña Los Pinos está libre"),
        ],
    );
    check(
        &mut House::with_cabins(&cabins),
        &[("5 al 8 de enero, somos 5", "Cabaña Los Pinos está libre"), ("no, gracias", "no reservo nada")],
    );
}

#[test]
fn when_full_the_nearest_dates_are_offered_and_repeated() {
    let mut house = House::new();
    house.taken = vec![january(6)];
    check(
        &mut house,
        &[
            (
                "hay lugar del 5 al 8 de enero para 2?",
                "No queda nada libre del martes 5 al viernes 8 de enero para 2 personas. Lo más cercano:…1. Cabaña Arroyo, del martes 12 al viernes 15 de enero",
            ),
            (
                "bueno dale",
                "Cabaña Arroyo está libre del martes 12 al viernes 15 de enero: 3 noches, 2 personas",
            ),
            ("sí, reservala", "[hold]…del martes 12 al viernes 15"),
        ],
    );
    let mut house = House::new();
    house.taken = (1..31).map(january).collect();
    check(&mut house, &[("del 5 al 8 de enero para 2", "No queda nada libre…¿Probamos con otras fechas?")]);
}

#[test]
fn what_is_doubtful_is_repeated_as_a_question() {
    check(
        &mut House::new(),
        &[
            (
                "navidad para 2?",
                "¿Es del jueves 24 al sábado 26 de diciembre, 2 noches, para 2 personas?…Respondé \"sí\"",
            ),
            ("si", "[hold]"),
        ],
    );
    check(&mut House::new(), &[("en enero tienen algo?", "¿Me decís el día de llegada y el de salida?")]);
    check(
        &mut House::new(),
        &[("del 30 al 31 de febrero somos 2", "El 31 de febrero no existe. ¿Qué día llegan")],
    );
}

#[test]
fn what_cannot_be_searched_is_said_and_asked_again() {
    check(
        &mut House::new(),
        &[
            ("del 5 al 8 de enero de 2025 somos 2", "El domingo 5 de enero de 2025 ya pasó"),
            ("del 5 al 8 de enero de 2027", "3 noches, 2 personas"),
        ],
    );
    check(
        &mut House::new(),
        &[
            ("del 5 al 8 de enero para 9", "Lo más grande que tengo es para 4 personas"),
            ("somos 4", "3 noches, 4 personas"),
        ],
    );
}

#[test]
fn a_yes_with_anything_new_is_no_yes() {
    check(
        &mut House::new(),
        &[
            ("del 5 al 8 de enero para 2", "¿Te la reservo?"),
            ("sí, pero somos 3", "3 noches, 3 personas…¿Te la reservo?"),
            ("dale, pero del 6 al 8", "del miércoles 6 al viernes 8 de enero: 2 noches, 3 personas"),
            ("si tiene pileta sí", "[person: question]…¿Te la reservo?"),
            ("te aviso mañana", "¿Te la reservo?"),
            ("ok", "[hold]"),
        ],
    );
}

#[test]
fn the_memory_ends_after_half_an_hour_of_silence() {
    let mut house = House::new();
    check(&mut house, &[("del 5 al 8 de enero para 2", "¿Te la reservo?")]);
    house.wait(31);
    check(&mut house, &[("sí", "¿Qué día llegan, qué día se van y cuántas personas son?")]);
    check(&mut house, &[("del 5 al 8 de enero para 2", "¿Te la reservo?")]);
    house.wait(29);
    check(&mut house, &[("sí", "[hold]")]);
}

#[test]
fn a_refused_hold_is_never_called_held() {
    let story = |reason: HoldRefusal, desk: &str| {
        let mut house = House::new();
        house.refusal = Some(reason);
        check(&mut house, &[("del 5 al 8 de enero para 2", "¿Te la reservo?")]);
        let said = house.hear("sí");
        assert!(said.contains(desk) && !said.contains("Te guardé"), "{said}");
        house
    };
    let mut house = story(HoldRefusal::Busy, "no quedó reservada");
    check(&mut house, &[("sí", "[hold] / ¡Listo!")]);
    let mut house = story(HoldRefusal::JustTaken, "se acaban de ocupar");
    check(&mut house, &[("sí", "está libre…¿Te la reservo?")]);
    story(HoldRefusal::TooManyHolds, "Ya tenés otras reservas");
    story(HoldRefusal::Capacity, "No entran tantas personas");
    let house = story(HoldRefusal::Dates("mínimo 4 noches".to_owned()), "no puedo reservar. ¿Qué otras");
    assert_eq!(house.conversation.awaiting, Awaiting::Dates);
}

#[test]
fn without_a_link_a_person_sends_how_to_pay() {
    let mut house = House::new();
    house.pay_url = None;
    check(
        &mut house,
        &[("del 5 al 8 de enero para 2", "¿Te la reservo?"), ("sí", "Una persona te pasa…[person: payment]")],
    );
}

#[test]
fn the_answer_is_in_the_language_of_the_message() {
    let mut house = House::new();
    check(
        &mut house,
        &[
            (
                "Hi, do you have anything free from January 5 to January 8 for 4 people?",
                "Cabaña Arroyo is free from Tuesday January 5 to Friday January 8: 3 nights, 4 people. Total $ 51,000 ARS",
            ),
            ("ok", "[hold] / Done!"),
            ("muito obrigado, até amanhã", "De nada!"),
            ("dale, gracias por todo, hasta mañana", "¡De nada!"),
        ],
    );
    assert_eq!(house.conversation.locale, Locale::EsAr);
    check(
        &mut House::new(),
        &[(
            "oi, tem vaga de 5 a 8 de janeiro para 2 pessoas?",
            "está livre de terça-feira 5 a sexta-feira 8 de janeiro",
        )],
    );
}

#[test]
fn greetings_and_thanks_are_answered_once_and_never_stacked() {
    let mut house = House::new();
    let said = house.hear("hola buenas tardes, hay lugar del 5 al 8 de enero para 2? gracias");
    assert!(said.starts_with("Cabaña Arroyo está libre") && !said.contains("De nada"), "{said}");
    check(&mut house, &[("gracias", "¡De nada!"), ("sí", "[hold]")]);
}

#[test]
fn what_is_no_text_gets_one_polite_sentence() {
    let mut house = House::new();
    let said = house.happen(Event::NotSupported { kind: "image".to_owned() });
    assert_eq!(said, "Por ahora solo puedo leer texto. ¿Me lo escribís?");
}
