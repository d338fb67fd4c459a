//! Ideas of public date suites (Recognizers-Text, duckling, dateparser) in sentences of our own. Where they and we
//! differ, the rule is ours, and named. Today is Wednesday 10 March 2027.

use super::golden_readings::check;

#[test]
fn as_the_others_read_it() {
    check("en", "from the day after tomorrow for three nights", "2027-03-12..2027-03-15 availability");
    check("en", "12 April 2027 to 15 April 2027", "2027-04-12..2027-04-15 availability");
    check("en", "the first Monday in June, 2 nights", "2027-06-07..2027-06-09 availability");
    check("es-ES", "dentro de dos semanas por 3 noches", "2027-03-24..2027-03-27 availability");
    check("es-MX", "el último viernes de abril, una noche", "2027-04-30..2027-05-01 availability");
    check("pt-BR", "daqui a três dias, 2 noites", "2027-03-13..2027-03-15 availability");
    check("pt-BR", "de 2027-04-12 a 2027-04-15", "2027-04-12..2027-04-15 availability");
}

#[test]
fn where_we_differ_by_rule() {
    // "Next Friday" is the first Friday after today; others take that of the next week.
    check("en", "next Friday for 2 nights", "2027-03-12..2027-03-14 availability");
    // A weekday named on that weekday is a week ahead, and asked back; others take today.
    check("es-AR", "el miércoles, una noche", "2027-03-17..2027-03-18 ambiguous availability");
    // A weekend is from Saturday to Sunday; others count from Friday evening.
    check("en", "this weekend", "2027-03-13..2027-03-14 availability");
    // A month alone names no stay; others take all of it.
    check("es-AR", "en mayo", "ambiguous availability");
    // Days before today without a year are those of the next year; dateparser prefers the past unless told.
    check("es-CL", "del 1 al 3 de febrero", "2028-02-01..2028-02-03 availability");
    // "5/4" is the fourth of May in English and the fifth of April elsewhere.
    check("en", "5/4 to 5/7", "2027-05-04..2027-05-07 availability");
    check("pt-BR", "5/4 a 7/4", "2027-04-05..2027-04-07 availability");
    // An hour is no day, whatever its number.
    check("es-ES", "¿podemos llegar a las 12?", "checkin_times");
}
