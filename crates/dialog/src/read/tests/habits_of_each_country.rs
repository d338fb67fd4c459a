//! The habits of each country: how people there ask for days, name their company, agree and give up.

use super::golden_readings::check;

#[test]
fn argentina() {
    let check = |text, expected| check("es-AR", text, expected);
    check("buenass, tenés algo para el finde largo? somos 4", "4 guests ambiguous greeting availability");
    check("la semana que viene tenés lugar? somos 2", "2 guests ambiguous availability");
    check(
        "pasado mañana, 2 noches, mi señora, yo y los dos nenes",
        "2027-03-12..2027-03-14 2+2=4 availability",
    );
    check("del 28/12 al 2/1 para 2 adultos y 1 menor", "2027-12-28..2028-01-02 2+1=3 availability");
    check("3 noches desde el viernes, somos 2 y un bebé", "2027-03-12..2027-03-15 2+1=3 availability");
    check("che, me pasás con una persona?", "human");
    check("quiero cancelar", "cancel");
    check("quiero dar de baja la reserva", "cancel");
    check("cuánto me sale el finde para 5 personas?", "2027-03-13..2027-03-14 5 guests price");
    check("tendrías algo del viernes al domingo? llevamos la perra", "2027-03-12..2027-03-14 availability");
    check(
        "para semana santa te queda algo? somos 2 matrimonios con 3 chicos",
        "2027-03-25..2027-03-28 4+3=7 ambiguous availability",
    );
    check("del 1 al 15 de enero, 6 personas, cuánto me hacés?", "2028-01-01..2028-01-15 6 guests price");
    check("nos queremos escapar este finde con mi pareja", "2027-03-13..2027-03-14 2 guests availability");
    check("ya te deposité la seña, ahí te mando el comprobante", "payment");
    check("y por 3 noches cuánto sería?", "3 nights price");
    check("del 17 al 20 o del 24 al 27, lo que tengas", "ambiguous availability");
    check(
        "el jueves a la noche llegamos y el domingo después de comer nos volvemos",
        "2027-03-11..2027-03-14 availability",
    );
    check(
        "del viernes 19 al martes 23, somos 3 y una beba de 6 meses",
        "2027-03-19..2027-03-23 3+1=4 availability",
    );
    check("vamos yo y 2 amigos", "3 guests availability");
    check("somos una pareja + bebé de 8 meses", "2+1=3 availability");
}

#[test]
fn mexico() {
    let check = |text, expected| check("es-MX", text, expected);
    check(
        "Buenas tardes, ¿tendrán disponibilidad para el puente de noviembre? Somos 6 adultos",
        "6 adults 6 guests ambiguous greeting availability",
    );
    check("qué precio tiene la noche entre semana para 2?", "2 guests price");
    check(
        "llegamos el sábado y nos regresamos el lunes, somos 3 parejas",
        "2027-03-13..2027-03-15 6 adults 6 guests availability",
    );
    check(
        "¿Me apartan del 1 al 4 de abril? Vamos 2 adultos y 2 chamacos",
        "2027-04-01..2027-04-04 2+2=4 book",
    );
    check("órale, apártamela", "book yes");
    check("me urge hablar con alguien", "human");
    check("ya no voy a poder ir, quiero cancelar mi reservación del 20 de marzo", "2027-03-20.. cancel");
    check("ocupo 2 noches a partir del 2 de abril pa 5", "2027-04-02..2027-04-04 5 guests availability");
    check("¿cuánto cuesta de viernes a domingo?", "2027-03-12..2027-03-14 price");
    check("¿tienen alberca y asador?", "services");
    check("vamos mi esposa, mi suegra, los 3 niños y yo el 2 de abril", "2027-04-02.. 3+3=6 availability");
}

#[test]
fn spain() {
    let check = |text, expected| check("es-ES", text, expected);
    check(
        "Buenas, ¿os queda algo libre para el puente de mayo? Somos dos y un peque",
        "2+1=3 ambiguous greeting availability",
    );
    check(
        "Llegaríamos el jueves 18 por la tarde y saldríamos el domingo 21 por la mañana",
        "2027-03-18..2027-03-21 availability",
    );
    check("¿A cuánto sale la noche?", "price");
    check("¿Se puede ir con perro? Seríamos cuatro adultos", "4 adults 4 guests services");
    check(
        "Del 30 de julio al 6 de agosto, dos adultos y dos críos",
        "2027-07-30..2027-08-06 2+2=4 availability",
    );
    check("Al final no vamos a ir, ¿me podéis anular la reserva?", "cancel");
    check("¿Me podéis llamar?", "human");
    check("Vale, nos la quedamos", "book yes");
}

#[test]
fn colombia() {
    let check = |text, expected| check("es-CO", text, expected);
    check(
        "Buenos días, qué pena molestar, ¿tienen disponibilidad para el puente festivo? somos 4 adultos y 2 niños",
        "4+2=6 ambiguous greeting availability",
    );
    check("me regala el precio de la noche para 2 personas?", "2 guests price");
    check("sería del 5 al 8 de abril, mi esposo, mi hija y yo", "2027-04-05..2027-04-08 2+1=3 availability");
    check("¿cuánto vale la noche y qué incluye?", "price services");
    check("listo, resérvemela", "book yes");
    check("me ayuda con una reserva para el sábado por dos noches", "2027-03-13..2027-03-15 book");
    check("de hoy en ocho para 2 personas", "2027-03-17.. 2 guests availability");
}

#[test]
fn chile() {
    let check = |text, expected| check("es-CL", text, expected);
    check(
        "hola, arriendan por el fin de semana? somos 5",
        "2027-03-13..2027-03-14 5 guests greeting availability",
    );
    check("cuánto sale pa 4 del 17 al 21 de septiembre", "2027-09-17..2027-09-21 4 guests price");
    check("para fiestas patrias tienen algo?", "ambiguous availability");
    check("tienen quincho y estacionamiento?", "services");
    check(
        "llegamos el lunes y nos vamos el jueves, 2 adultos 1 guagua",
        "2027-03-15..2027-03-18 2+1=3 availability",
    );
}

#[test]
fn brazil() {
    let check = |text, expected| check("pt-BR", text, expected);
    check("oi, tem vaga pro feriado? somos um casal com um filho", "2+1=3 ambiguous greeting availability");
    check("quanto fica de sexta a domingo pra 4 pessoas?", "2027-03-12..2027-03-14 4 guests price");
    check("queria saber o valor pra semana que vem, 2 adultos e 1 criança", "2+1=3 ambiguous price");
    check("do dia 28/12 ao dia 2/1, 6 pessoas", "2027-12-28..2028-01-02 6 guests availability");
    check("quero cancelar a reserva", "cancel");
    check("dá pra falar com alguém?", "human");
    check(
        "vamos chegar dia 20 e ficar 3 noites, eu, minha esposa e dois filhos",
        "2027-03-20..2027-03-23 2+2=4 availability",
    );
    check("tem churrasqueira? e aceita pet?", "services");
    check("fechado, pode reservar", "book yes");
    check("amanhã até domingo, 2 pessoas", "2027-03-11..2027-03-14 2 guests availability");
    check(
        "OI BOA NOITE TEM VAGA DIA 15 DE ABRIL POR 2 NOITES",
        "2027-04-15..2027-04-17 greeting availability",
    );
    check(
        "somos eu, meu namorado e um bebê de colo, de 2 a 5 de abril",
        "2027-04-02..2027-04-05 2+1=3 availability",
    );
}

#[test]
fn english() {
    let check = |text, expected| check("en", text, expected);
    check("hey, any cabins free next week? just the two of us", "2 guests ambiguous greeting availability");
    check(
        "we're a family of 4, looking at the 3rd to the 6th of April",
        "2027-04-03..2027-04-06 4 guests availability",
    );
    check(
        "How much for 2 nights from Friday for me and my husband?",
        "2027-03-12..2027-03-14 2 guests price",
    );
    check("arriving Mar 28, 4 nights, 2 adults + 1 toddler", "2027-03-28..2027-04-01 2+1=3 availability");
    check("I need to cancel", "cancel");
    check("could someone call me please?", "human");
    check(
        "can we bring our dog? 2 people, 4/2 to 4/5",
        "2027-04-02..2027-04-05 2 guests availability services",
    );
    check("12/28 - 1/2 for 6", "2027-12-28..2028-01-02 6 guests availability");
    check("day after tomorrow for 3 nights", "2027-03-12..2027-03-15 availability");
    check("memorial day weekend for 4 adults?", "4 adults 4 guests ambiguous availability");
    check(
        "checking in on the 2nd of april and out on the 5th, my wife, our two kids and I",
        "2027-04-02..2027-04-05 2+2=4 availability",
    );
}
