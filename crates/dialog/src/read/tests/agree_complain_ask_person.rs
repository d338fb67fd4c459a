//! Ways to agree, give up, complain, and ask for a person.

use super::golden_readings::check;

#[test]
fn in_spanish() {
    let es = |text, expected| check("es-AR", text, expected);
    es("al final no viajamos, cancelá la reserva porfa", "cancel");
    es("se nos enfermó el nene, no vamos a poder ir", "cancel");
    es("me arrepentí, quiero anularla", "cancel");
    es("pasame con alguien de carne y hueso", "human");
    es("sos un bot?", "human");
    es("de una, reservala", "book yes");
    es("por ahora no, gracias", "thanks no");
    es("dejame pensarlo", "other");
    es("qué incluye el precio?", "price services");
    es("a dónde te transfiero?", "payment");
    es("me mandás la ubicación?", "location");
    es("se puede entrar a las 11?", "checkin_times");
    es("una vergüenza, la cabaña estaba sucia", "complaint");
    es("puedo correr la reserva una semana?", "change_dates");
    es("te queda lugar?", "availability");
    es("me hacés precio por una semana?", "7 nights price");
    check("es-MX", "¿me comunicas con el encargado?", "human");
    check("es-MX", "siempre no vamos a ir", "cancel");
    check("es-MX", "¿cuánto es de anticipo?", "payment");
    check("es-ES", "¿Cómo se llega desde Madrid?", "location");
    check("es-ES", "Perfecto, adelante con la reserva", "book yes");
    check("es-CO", "¿me puede dar el número de cuenta para consignar?", "payment");
    check("es-CO", "qué pena, ya no voy a poder viajar", "cancel");
    check("es-CL", "ya po, dale, la tomo", "book yes");
}

#[test]
fn in_portuguese_and_english() {
    let pt = |text, expected| check("pt-BR", text, expected);
    pt("não vamos mais, pode cancelar", "cancel");
    pt("quero falar com uma pessoa", "human");
    pt("pode reservar sim", "book yes");
    pt("qual a chave pix?", "payment");
    pt("aceita cachorro?", "services");
    pt("que horas é o check-in?", "checkin_times");
    pt("onde fica?", "location");
    pt("não, obrigada", "thanks no");
    let en = |text, expected| check("en", text, expected);
    en("please cancel my reservation", "cancel");
    en("is there a human I can talk to?", "human");
    en("yes, book it", "book yes");
    en("no thanks", "thanks no");
    en("can we check in early?", "checkin_times");
    en("do you take credit cards?", "payment");
    en("how do we get there from the airport?", "location");
    en("is there a pool?", "services");
}
