//! What is typed in a hurry, shouted, decorated with pictures, or dictated without a pause.

use super::golden_readings::check;

#[test]
fn capitals_pictures_and_slips() {
    let check = |text, expected| check("es-AR", text, expected);
    check(
        "HOLA TENES LUGAR PARA EL VIERNES 2 NOCHES SOMOS 4 GRACIAS",
        "2027-03-12..2027-03-14 4 guests greeting availability thanks",
    );
    check("ola tenes lugr del 5 al 8 d abril pra 4", "2027-04-05..2027-04-08 4 guests greeting availability");
    check(
        "🏕️ del 5 al 8 de abril 👨‍👩‍👧‍👦 2 adultos 2 nenes 🙏",
        "2027-04-05..2027-04-08 2+2=4 availability thanks",
    );
    check("kiero reserbar del 12 al 14 de avril", "2027-04-12..2027-04-14 book");
    check("CUANTO SALE DEL 20 AL 25 DE ABRIL PARA DOS PERSONAS", "2027-04-20..2027-04-25 2 guests price");
    check("del 5al8 de abril", "2027-04-05..2027-04-08 availability");
    check("2 ad. 1 niño. entrada 5/4, salida 8/4.", "2027-04-05..2027-04-08 2+1=3 availability");
    check("Hola!!! 😊😊 Disponibilidad 20/3-22/3???", "2027-03-20..2027-03-22 greeting availability");
    check("viernes19 al domingo21 x4", "2027-03-19..2027-03-21 4 guests availability");
    check("qiero canselar la reserba", "cancel");
    check("pasado mñana x 2 noches somos dos", "2027-03-12..2027-03-14 2 guests availability");
    check("hay lugar el savado y domigno?", "2027-03-13..2027-03-14 ambiguous availability");
    check("disponiblidad 10 abr - 14 abr 2 pax", "2027-04-10..2027-04-14 2 guests availability");
    check("SI DALE", "yes");
    check("NECESITO HABLAR CON UNA PERSONA YA!!!", "human");
}

#[test]
fn dictated_without_a_pause() {
    let check = |text, expected| check("es-AR", text, expected);
    check(
        "hola cómo andás mirá te consulto por una cabaña llegando el viernes diecinueve y saliendo el domingo \
         veintiuno somos cuatro adultos y dos nenes de cinco y ocho años",
        "2027-03-19..2027-03-21 4+2=6 greeting availability",
    );
    check(
        "buenas quería saber si tenías algo para mañana a la noche somos tres",
        "2027-03-11.. 3 guests greeting availability",
    );
    check(
        "bueno mirá nosotros somos dos matrimonios y estamos pensando en ir del doce al quince de abril o sea tres \
         noches y queríamos saber cuánto nos sale todo",
        "2027-04-12..2027-04-15 4 adults 4 guests price",
    );
    check(
        "sí hola perdón que te moleste de nuevo al final vamos a ser tres no dos y nos quedamos hasta el domingo",
        "..2027-03-14 3 guests greeting change_dates",
    );
    check(
        "hola sí mirá nosotros llegaríamos el primero de abril a la tardecita y nos volveríamos el cinco a la mañana \
         seríamos mi marido mis dos hijos y yo",
        "2027-04-01..2027-04-05 2+2=4 greeting availability",
    );
}
