//! Which year is meant, days that cannot be a stay, and one day alone.

use jiff::Timestamp;

use super::{
    guest_stories::check,
    pretend_house::{House, january},
};
use crate::{Awaiting, Effect, Locale};

/// Wednesday 6 January 2027: the fifth has just gone by, so that "5 de enero" is of 2028.
fn on_the_sixth(locale: Locale) -> House {
    let mut house = House::new();
    house.now = "2027-01-06T15:00:00Z".parse::<Timestamp>().unwrap();
    house.conversation.locale = locale;
    house
}

fn never_holds(house: &House) {
    assert!(!house.effects.iter().any(|effect| matches!(effect, Effect::PlaceHold { .. })));
}

#[test]
fn another_year_is_said_from_the_question_to_the_hold() {
    check(
        &mut on_the_sixth(Locale::EsAr),
        &[
            ("del 5 al 8 de enero", "Entendí del miércoles 5 al sábado 8 de enero de 2028, 3 noches"),
            ("somos 2", "Cabaña Arroyo está libre del miércoles 5 al sábado 8 de enero de 2028: 3 noches"),
            (
                "sí",
                "[hold] / ¡Listo! Te guardé Cabaña Arroyo del miércoles 5 al sábado 8 de enero de 2028 (3 noches",
            ),
            (
                "me confirmás la reserva?",
                "Tenés guardada Cabaña Arroyo del miércoles 5 al sábado 8 de enero de 2028",
            ),
            ("quiero cancelar", "Cabaña Arroyo del miércoles 5 al sábado 8 de enero de 2028? Respondé"),
        ],
    );
    check(
        &mut on_the_sixth(Locale::PtBr),
        &[
            ("de 5 a 8 de janeiro", "de quarta-feira 5 a sábado 8 de janeiro de 2028"),
            ("2 pessoas", "de quarta-feira 5 a sábado 8 de janeiro de 2028"),
            ("sim", "[hold]…de quarta-feira 5 a sábado 8 de janeiro de 2028"),
        ],
    );
    check(
        &mut on_the_sixth(Locale::En),
        &[
            ("from January 5 to January 8", "from Wednesday January 5 to Saturday January 8, 2028"),
            ("2 people", "from Wednesday January 5 to Saturday January 8, 2028"),
            ("yes", "[hold]…from Wednesday January 5 to Saturday January 8, 2028"),
        ],
    );
}

#[test]
fn lists_and_refusals_say_the_year_too() {
    let mut house = on_the_sixth(Locale::EsAr);
    house.taken = vec![jiff::civil::date(2028, 1, 6)];
    check(
        &mut house,
        &[(
            "del 5 al 8 de enero para 2",
            "No queda nada libre del miércoles 5 al sábado 8 de enero de 2028…1. Cabaña Arroyo, del miércoles 12 al sábado 15 de enero de 2028",
        )],
    );
    let mut house = on_the_sixth(Locale::EsAr);
    house.cabins = vec![("Arroyo", 4), ("Los Pinos", 6)];
    check(
        &mut house,
        &[("del 5 al 8 de enero para 2", "¿Es del miércoles 5 al sábado 8 de enero de 2028, 3 noches")],
    );
    check(
        &mut on_the_sixth(Locale::EsAr),
        &[(
            "el 5 de enero",
            "Llegada el miércoles 5 de enero de 2028. ¿Hasta qué día se quedan, o cuántas noches?",
        )],
    );
}

#[test]
fn a_year_that_nobody_can_mistake_is_left_out() {
    check(
        &mut on_the_sixth(Locale::EsAr),
        &[("del 5 al 8 de diciembre para 2", "del domingo 5 al miércoles 8 de diciembre: 3 noches")],
    );
    // In November, the coming January.
    check(
        &mut House::new(),
        &[("del 5 al 8 de enero para 2", "del martes 5 al viernes 8 de enero: 3 noches")],
    );
    check(
        &mut House::new(),
        &[("del 5 al 8 de junio para 2", "del sábado 5 al martes 8 de junio de 2027: 3 noches")],
    );
}

#[test]
fn impossible_days_are_named_and_nothing_stands_in_for_them() {
    let mut house = House::new();
    check(
        &mut house,
        &[
            (
                "del 30 al 31 de febrero para 2",
                "El 31 de febrero no existe. ¿Qué día llegan y qué día se van?",
            ),
            ("31/4", "El 31 de abril no existe"),
            ("llegamos el 29 de febrero de 2027", "El 29 de febrero de 2027 no existe"),
            ("del 27 al 29 de febrero", "El 29 de febrero de 2027 no existe"),
            ("del 32/1 al 35/1", "El 35 de enero no existe"),
            ("del 5 al 8 de enero", "3 noches, 2 personas…¿Te la reservo?"),
            // The offer that stood does not stand in for the days that were said.
            ("sí, del 30 al 31 de febrero", "El 31 de febrero no existe"),
            ("sí", "¿Qué día llegan y qué día se van?"),
        ],
    );
    never_holds(&house);
    check(
        &mut House::new(),
        &[("hi, from February 30 to March 2?", "February 30 does not exist. When do you arrive")],
    );
    check(
        &mut House::new(),
        &[("oi, de 30 a 31 de abril para 2 pessoas", "O dia 31 de abril não existe. Que dia")],
    );
    let (said, house) = {
        let mut house = House::new();
        (house.hear("del 30 al 31 de febrero tienen pileta?"), house)
    };
    assert!(
        said.starts_with("[person: question]") && said.ends_with("¿Qué día llegan y qué día se van?"),
        "{said}"
    );
    assert_eq!(house.conversation.awaiting, Awaiting::Dates);
}

#[test]
fn days_that_were_not_said_exactly_are_asked_for_and_earlier_ones_do_not_stand_in() {
    let exact = "¿Me decís el día de llegada y el de salida?";
    let mut house = House::new();
    check(
        &mut house,
        &[
            ("del 5 al 8 de enero para 2", "¿Te la reservo?"),
            ("y para el finde largo de febrero hay?", exact),
            ("del 13 al 16 de febrero", "del sábado 13 al martes 16 de febrero: 3 noches, 2 personas"),
            ("dale, pero en marzo", exact),
        ],
    );
    never_holds(&house);
    check(
        &mut House::new(),
        &[
            ("del 5 al 8 de enero para 2", "¿Te la reservo?"),
            ("en verano anda la pileta?", "[person: question]…del martes 5 al viernes 8 de enero"),
        ],
    );
    check(
        &mut House::new(),
        &[
            ("llegamos el 5 de enero", "¿Hasta qué día"),
            ("hasta fin de mes", "Llegada el martes 5 de enero. ¿Hasta qué día"),
        ],
    );
    check(&mut House::new(), &[("somos 4 o 5", "¿Qué día llegan, qué día se van y cuántas personas son?")]);
}

#[test]
fn a_departure_before_the_arrival_is_named() {
    let mut house = House::new();
    let expected =
        "La salida (martes 5 de enero) tiene que ser después de la llegada (viernes 8 de enero). ¿Qué día";
    check(
        &mut house,
        &[
            ("del 8 al 5 de enero para 2", expected),
            ("del 8/1 al 5/1", expected),
            ("llegamos el 8 de enero y nos vamos el 5 de enero", expected),
            ("del 8 de enero al 5", expected),
            (
                "del 5/1 al 5/1",
                "La salida (martes 5 de enero) tiene que ser después de la llegada (martes 5 de enero)",
            ),
            ("llegamos pasado mañana y nos vamos mañana", "La salida (lunes 23 de noviembre) tiene que ser"),
        ],
    );
    never_holds(&house);
    check(
        &mut House::new(),
        &[(
            "from January 8 to January 5, 2 people, is it free?",
            "The departure (Tuesday January 5) has to come after",
        )],
    );
    check(
        &mut House::new(),
        &[("oi, de 8 a 5 de janeiro, duas pessoas", "A saída (terça-feira, 5 de janeiro) tem que ser")],
    );
}

#[test]
fn a_departure_before_the_arrival_is_named_over_two_messages() {
    for departure in ["hasta el 5 de enero", "el 5 de enero"] {
        let mut house = House::new();
        check(
            &mut house,
            &[
                ("llegamos el 8 de enero, somos 2", "Llegada el viernes 8 de enero. ¿Hasta qué día"),
                (
                    departure,
                    "La salida (martes 5 de enero) tiene que ser después de la llegada (viernes 8 de enero)",
                ),
                ("perdón, hasta el 10", "del viernes 8 al domingo 10 de enero: 2 noches, 2 personas"),
            ],
        );
    }
    // A day alone runs into the next month, and is put as a question.
    check(
        &mut House::new(),
        &[
            ("llegamos el 8 de enero, somos 2", "Llegada"),
            ("hasta el 5", "¿Es del viernes 8 de enero al viernes 5 de febrero, 28 noches"),
        ],
    );
    check(
        &mut House::new(),
        &[(
            "del 28 al 2 de enero para 2",
            "del lunes 28 de diciembre al sábado 2 de enero: 5 noches, 2 personas",
        )],
    );
}

#[test]
fn one_day_alone_is_asked_for_the_departure() {
    let ask = "Llegada el martes 5 de enero. ¿Hasta qué día se quedan, o cuántas noches?";
    for (answer, last) in
        [("3", 8), ("3 noches", 8), ("una semana", 12), ("el 8", 8), ("hasta el 8 de enero", 8)]
    {
        let mut house = House::new();
        check(&mut house, &[("el 5 de enero", ask), (answer, "Anoto del martes 5…¿Cuántas personas son?")]);
        assert_eq!(house.conversation.check_out, Some(january(last)), "{answer}");
        never_holds(&house);
    }
    check(
        &mut House::new(),
        &[("5/1 para 4", ask), ("dos noches", "del martes 5 al jueves 7 de enero: 2 noches, 4 personas")],
    );
    check(
        &mut House::new(),
        &[(
            "hi, is January 5 free?",
            "Arriving Tuesday January 5. Until which day do you stay, or how many nights?",
        )],
    );
    check(
        &mut House::new(),
        &[(
            "oi, tem vaga dia 5 de janeiro?",
            "Chegada terça-feira, 5 de janeiro. Até que dia ficam, ou quantas noites?",
        )],
    );
}
