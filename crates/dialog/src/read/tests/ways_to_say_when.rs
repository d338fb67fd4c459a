//! Ways to say when, and days that are none.

use super::golden_readings::check;

#[test]
fn arrivals_and_departures() {
    let es = |text, expected| check("es-AR", text, expected);
    es("desde el jueves 18 hasta el domingo 21 inclusive", "2027-03-18..2027-03-21 availability");
    es("entrando el 2 y saliendo el 6 de abril", "2027-04-02..2027-04-06 availability");
    es("check in 2/4 check out 6/4 2 adultos", "2027-04-02..2027-04-06 2 adults 2 guests availability");
    es("fecha: 02/04/2027 - 06/04/2027", "2027-04-02..2027-04-06 availability");
    es(
        "llegada: 2 de abril. salida: 6 de abril. personas: 3",
        "2027-04-02..2027-04-06 3 guests availability",
    );
    es("nos quedaríamos cuatro noches a partir del 2 de abril", "2027-04-02..2027-04-06 availability");
    es("el 2 de abril por 4 noches", "2027-04-02..2027-04-06 availability");
    es("del 29 de abril al 2 de mayo", "2027-04-29..2027-05-02 availability");
    es("del 29 al 2 de mayo", "2027-04-29..2027-05-02 availability");
    es("del 30 de diciembre al 3 de enero somos 6", "2027-12-30..2028-01-03 6 guests availability");
    es("para el 1ro de mayo 3 noches", "2027-05-01..2027-05-04 availability");
    es("pasado y por dos noches", "2027-03-12..2027-03-14 availability");
    es("hoy mismo, una noche, para dos", "2027-03-10..2027-03-11 2 guests availability");
    es("mañana hasta el domingo", "2027-03-11..2027-03-14 availability");
    es("el sábado que viene una noche", "2027-03-13..2027-03-14 availability");
    es("viernes sábado y domingo para 4", "2027-03-12..2027-03-14 4 guests ambiguous availability");
    es("de acá a 10 días, dos noches", "2027-03-20..2027-03-22 availability");
    es("la noche del 24 de abril", "2027-04-24..2027-04-25 availability");
    es("todo el mes de enero", "ambiguous availability");
    es("algún finde de abril", "ambiguous availability");
    es("a mediados de mayo", "ambiguous availability");
    es("el 20 y 21 de marzo para 2", "2027-03-20..2027-03-21 2 guests ambiguous availability");
    es("del 12 al 15, no perdón, del 13 al 16 de abril", "2027-04-13..2027-04-16 availability");
    es("no este finde sino el otro", "2027-03-20..2027-03-21 ambiguous change_dates");
    es("del 5 al 8 de abril pero si no hay del 12 al 15", "2027-04-05..2027-04-08 availability");
    es("semana santa, de viernes a lunes", "2027-03-26..2027-03-29 ambiguous availability");
    es("carnaval de viernes a martes", "2028-02-25..2028-02-29 ambiguous availability");
    check("es-MX", "costos para este fin, 2 adultos", "2027-03-13..2027-03-14 2 adults 2 guests price");
    check("es-MX", "este fin de semana", "2027-03-13..2027-03-14 availability");
    check("es-MX", "el fin de mes", "ambiguous availability");
    es("quince días a partir del 3 de mayo", "2027-05-03..2027-05-18 ambiguous availability");
    check("es-ES", "Del 1 al 15 de agosto, ambos inclusive", "2027-08-01..2027-08-15 availability");
    check("es-ES", "la primera semana de julio", "ambiguous availability");
    check("es-MX", "del 15 de sept al 17 de sept", "2027-09-15..2027-09-17 availability");
    check("es-MX", "el próximo sábado nomás una noche", "2027-03-13..2027-03-14 availability");
    check("es-CO", "del 15 de junio al 18, 2 pers", "2027-06-15..2027-06-18 2 guests availability");
    check("pt-BR", "de quinta-feira (18) a domingo (21)", "2027-03-18..2027-03-21 availability");
    check("pt-BR", "chegando sexta à noite e saindo domingo à tarde", "2027-03-12..2027-03-14 availability");
    check("pt-BR", "dias 2, 3 e 4 de abril", "2027-04-02..2027-04-04 ambiguous availability");
    check("pt-BR", "fim de semana que vem", "2027-03-20..2027-03-21 ambiguous availability");
    check("pt-BR", "segunda quinzena de julho", "2027-07-16..2027-07-31 availability");
    check("pt-BR", "de 30/04 a 02/05 p/ 2", "2027-04-30..2027-05-02 2 guests availability");
    check("en", "April 2nd thru April 6th", "2027-04-02..2027-04-06 availability");
    check("en", "from the 2nd of April until the 6th", "2027-04-02..2027-04-06 availability");
    check("en", "Fri-Sun this week, 2 ppl", "2027-03-12..2027-03-14 2 guests availability");
    check("en", "three nights starting April 2", "2027-04-02..2027-04-05 availability");
    check("en", "this coming Saturday for one night", "2027-03-13..2027-03-14 availability");
    check("en", "Dec 30 - Jan 3", "2027-12-30..2028-01-03 availability");
}

#[test]
fn days_that_cannot_be_a_stay() {
    for text in [
        "del 30 al 31 de febrero",
        "31/4",
        "31 de junio",
        "el 32 de enero",
        "del 8 al 5 de abril",
        "del 8/4 al 5/4",
        "del 8 de abril al 5 de abril",
        "del 8/4/2027 al 5/4/2027",
        "llegamos el 8 de abril y nos vamos el 5 de abril",
        "del 5/4 al 5/4",
        "29/2/2029 por dos noches",
    ] {
        let reading = crate::read(text, super::golden_readings::today(), crate::Locale::EsAr);
        assert_eq!((reading.check_in, reading.check_out), (None, None), "{text}");
        assert!(reading.ambiguous && reading.problem.is_some(), "{text}");
    }
}

#[test]
fn ranges_over_the_end_of_a_month_or_year_are_none_of_those() {
    let es = |text, expected| check("es-AR", text, expected);
    es("del 28 al 2", "2027-03-28..2027-04-02 availability");
    es("del 20 al 3 de enero", "2027-12-20..2028-01-03 availability");
    es("del 18 al 5 de enero", "2027-12-18..2028-01-05 ambiguous availability");
    es("del 20/12 al 3/3", "2027-12-20..2028-03-03 availability");
    es("del 20 al 12", "2027-03-20..2027-04-12 ambiguous availability");
    es("del 5 al 2 de mayo, 27 noches", "2027-04-05..2027-05-02 ambiguous availability");
}

#[test]
fn days_of_something_else() {
    let es = |text, expected| check("es-AR", text, expected);
    es("el lunes te hago la transferencia", "payment");
    es("mañana te digo bien cuántos somos", "other");
    es("vi la publicación del 3 de marzo en instagram, cuánto sale?", "price");
    es("llamé el 5 y nadie me atendió", "complaint");
    es("vivo en la calle 9 de julio 455", "other");
    es("mi dni es 28.555.120", "other");
    es("el año pasado fuimos en enero y nos encantó", "other");
    es("atienden los domingos?", "other");
    check("es-MX", "trabajo de lunes a viernes, ¿puedo llegar después de las 8?", "checkin_times");
    check("pt-BR", "paguei no dia 5 e ninguém respondeu", "complaint");
    check("en", "I called on the 5th and nobody answered", "complaint");
}
