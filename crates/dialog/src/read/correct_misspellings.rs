//! Frequent misspellings put right: stretched letters, letters that sound alike, one slip in a long word.

use std::{collections::HashMap, sync::LazyLock};

use super::{
    calendar_by_consonants,
    lexicon::{Words, hash, verb},
    people::person_nouns::is_person_word,
    stay_evidence,
};

/// The word as it is usually written, when it is close enough to one that matters here.
pub(super) fn correct(word: &str) -> Option<&'static str> {
    if word.len() < 3 || KNOWN.words.contains_key(word) || CONFUSABLE.has(word) || is_a_word(word) {
        return None;
    }
    if let Some(found) = KNOWN.squeezed.get(&squeeze(word)).filter(|_| has_run(word)) {
        return Some(found);
    }
    if word.len() >= 5
        && let Some(found) = KNOWN.by_sound.get(&sound(word))
    {
        return Some(found);
    }
    let slip = (6..=16)
        .contains(&word.len())
        .then(|| SLIPS.split_ascii_whitespace().find(|known| is_one_slip_away(word, known)))
        .flatten();
    slip.or_else(|| calendar_by_consonants::meant_by(word))
}

/// The weekday that a word is within one slip of, where nothing but a weekday can stand: `del vienes 9`.
pub(super) fn weekday_near(word: &str) -> Option<&'static str> {
    const WEEKDAYS: [&str; 7] = ["lunes", "martes", "miercoles", "jueves", "viernes", "sabado", "domingo"];
    if word.len() < 5 || WEEKDAYS.contains(&word) {
        return None;
    }
    WEEKDAYS
        .into_iter()
        .find(|weekday| weekday.ends_with('s') == word.ends_with('s') && is_one_slip_away(word, weekday))
}

/// Whether the other readers know the word as it is written.
fn is_a_word(word: &str) -> bool {
    let hash = hash(word);
    verb(hash).is_some() || stay_evidence::is_known(hash) || is_person_word(hash)
}

/// Whether a word that was meant is a day or a month.
pub(super) fn is_of_the_calendar(word: &str) -> bool {
    static CALENDAR: Words = Words::new(
        "enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre diciembre janeiro \
         fevereiro setembro outubro novembro dezembro january february september october november december august \
         lunes martes miercoles jueves viernes sabado domingo domingos sabados monday tuesday wednesday thursday \
         friday saturday sunday terca quarta quinta sexta maio junho julho march april hoy manana amanha tomorrow pasadomanana segunda finde carnaval navidad",
    );
    CALENDAR.has(word)
}

struct Known {
    words: HashMap<&'static str, ()>,
    squeezed: HashMap<String, &'static str>,
    by_sound: HashMap<String, &'static str>,
}

static KNOWN: LazyLock<Known> = LazyLock::new(|| {
    let all = || SLIPS.split_ascii_whitespace().chain(SOUNDS.split_ascii_whitespace());
    Known {
        words: all().map(|word| (word, ())).collect(),
        squeezed: all().map(|word| (squeeze(word), word)).collect(),
        by_sound: all().map(|word| (sound(word), word)).collect(),
    }
});

fn has_run(word: &str) -> bool {
    let mut letters = word.chars().zip(word.chars().skip(1));
    letters.any(|(one, next)| one == next)
}

/// Runs of one letter become that letter.
fn squeeze(word: &str) -> String {
    let mut squeezed = String::with_capacity(word.len());
    for letter in word.chars() {
        if !squeezed.ends_with(letter) {
            squeezed.push(letter);
        }
    }
    squeezed
}

/// One spelling for letters that Spanish speakers hear alike.
fn sound(word: &str) -> String {
    let letters: Vec<char> = squeeze(word).chars().collect();
    let mut sound = String::with_capacity(word.len());
    for (index, letter) in letters.iter().enumerate() {
        let next = letters.get(index + 1).copied().unwrap_or(' ');
        match (*letter, next) {
            ('h', _) => {}
            ('v', _) => sound.push('b'),
            ('z' | 'x', _) => sound.push('s'),
            ('c', 'e' | 'i') => sound.push('s'),
            ('c', 'h') => sound.push('C'),
            ('k' | 'c', _) => sound.push('k'),
            ('q', _) => sound.push('k'),
            ('u', 'e' | 'i') if sound.ends_with('k') => {}
            ('g', 'e' | 'i') => sound.push('j'),
            ('m', 'b' | 'v' | 'p') => sound.push('n'),
            (other, _) => sound.push(other),
        }
    }
    squeeze(&sound)
}

/// One letter more, fewer, other, or two neighbours swapped. The first letter must agree, and the last, which often
/// tells one word of a family from another.
fn is_one_slip_away(word: &str, known: &str) -> bool {
    let (word, known) = (word.as_bytes(), known.as_bytes());
    if word.first() != known.first() || word.len().abs_diff(known.len()) > 1 {
        return false;
    }
    let same = word.iter().zip(known).take_while(|(one, other)| one == other).count();
    let (rest, known_rest) = (&word[same..], &known[same..]);
    match (rest, known_rest) {
        ([first, second, tail @ ..], [known_first, known_second, known_tail @ ..])
            if first == known_second && second == known_first && tail == known_tail =>
        {
            true
        }
        ([_, tail @ ..], [_, known_tail @ ..]) if tail == known_tail => !tail.is_empty(),
        ([_, tail @ ..], whole) if tail == whole => !whole.is_empty(),
        (whole, [_, known_tail @ ..]) if whole == known_tail => !whole.is_empty(),
        _ => false,
    }
}

/// Words whose neighbours by one letter mean nothing else.
const SLIPS: &str = "\
    febrero septiembre octubre noviembre diciembre miercoles viernes domingo disponibilidad disponible \
    quincena quinzena carnaval navidad fevereiro setembro outubro novembro dezembro january february \
    september october november december wednesday thursday saturday tomorrow disponibilidade disponivel \
    available availability semanasanta transferencia cabanas estacionamiento desayuno breakfast \
    cancelacion cancelar gracias anticipo deposito ubicacion direccion adultos jueves sabado agosto \
    semana semanas personas pareja parejas familia precio precios reservar reserva reservame reservacion \
    cuanto quanto primera proximo proxima manana pasadomanana llegamos salimos noches noites \
    pessoas crianca criancas adults children people tuesday monday friday sunday august huespedes \
    mascotas mascota esposa marido treinta veintiuno veintidos veinticinco veintiseis veintisiete \
    veintiocho veintinueve amanha janeiro confirmar confirmas cachorro perrito alojamiento hospedaje \
    descuento promocion buenas hasta tarjeta efectivo bathroom weekend nights";

/// Words that are often spelled by ear, or with letters drawn out.
const SOUNDS: &str = "\
    enero marzo abril mayo junio julio agosto setiembre lunes martes jueves sabado hola buenas buenos \
    buen dia dias tardes noches noche dale si no oi hey hi hello oki ok vale perfecto gracias obrigado \
    obrigada thanks hoy manana finde semana semanas reservar reserva reservo reservame precio precios \
    cuanto cuesta sale valor tarifa cabana lugar libre libres algo tenes tienen tienes tiene hay quiero \
    quisiera queria queremos somos seriamos personas persona adultos adulto ninos nino nina ninas nenes \
    nene nena bebe bebes chicos pareja familia hasta desde para porfavor cambiar cancelo pagar sena \
    tarjeta efectivo cuotas perro perros mascota mascotas pileta piscina alberca cochera parrilla cuna \
    wifi donde queda llegamos llegar entrar horario hora necesito hacer proximo proxima viene genial \
    claro listo nos vamos joya checkin checkout yes yeah sim legal beleza vacaciones huespedes hospedaje \
    alojamiento esposa marido novia novio mujer hijo hijos hija hijas pesimo adulta adultas viernes \
    domingos sabados proximos primero primer primeras segundo cuantos cuantas cuanta quantos quantas \
    mananas familias familiar reservas reservan reservado reservada reserve reservaria reservarla \
    reservala cancela cancelamos cancelado cancelada disponibles perritos cachorros confirma confirmo \
    confirmado confirmada confirmame esposo maridos precioso preciosa parejo parejita llegaremos llegan \
    llegas huesped hospedar hospedarnos alojarnos direcciones descuentos promociones parcial adult child \
    person nacion crianzas buena bueno noite semanal personales quarto quatro cuarto cuatro vienen";

/// Words close to one above that mean something else.
static CONFUSABLE: Words = Words::new(
    "\
    see free too moo all call still will off need been oso ojo llama llamo carro carros cocina casa caza \
    ese esa eso noo soon room food good book look took pool cool feel week keep meet three fee deep full \
    tell well sell bill kill fill hill pass miss less kiss class dee leer creer cocos vaya valla halla \
    ahora ora coro cerro caro para parra nota senas vienes viertes sabido quando cuento cuentos cuarto cuartos cuatro preciso \
    precisas premio previo aprecio salado pesado posado angosto manzana manzanas llevamos llenamos \
    llamamos hermanas mates quarto quatro canto mucho marino parcela parcelas personal semanal familiar \
    comprar confirmo reservas reservo hospedado apasta pasta hasta basta vasta nightly weekends posada \
    pasada pasadas proxima proximas segundos primeras primero tardes salemos saldremos subimos cachorra \
    perrita perritas promociones crianca efectiva tarjetas mascara mascaras juegos jueces cuadra cuadras \
    cuando cuanta cuanto cuenta cuentas manana hermana human seguida seguidas seguido agusto amanda manha \
    hermanas romana rumana montana fontana campana semanal martha marta martin marcela julia julian juliana \
    juliano maya mayas mayo marcos marco abrir abrira abriria enera sabana sabanas jovenes juvenil lunar \
    lunares luces domina dominga domingos dominguez fernandez reservas marzio augusto augusta tomaron \
    tomaran sundae funday moneda montado mondays frida sextas sextou quinto quintas terceira terca tercas \
    octava octavo nova novio novia sitio sitios buenas buenos decimos decimo manejo maneja hasta",
);

#[cfg(test)]
mod tests {
    use super::*;

    fn check(word: &str, expected: Option<&str>) {
        assert_eq!(correct(word), expected, "{word}");
    }

    #[test]
    fn misspellings_are_put_right_and_good_words_left_alone() {
        check("holaaa", Some("hola"));
        check("siii", Some("si"));
        check("dalee", Some("dale"));
        check("juebes", Some("jueves"));
        check("savado", Some("sabado"));
        check("disponivilidad", Some("disponibilidad"));
        check("disponibildad", Some("disponibilidad"));
        check("dicembre", Some("diciembre"));
        check("noviembe", Some("noviembre"));
        check("reserbar", Some("reservar"));
        check("presio", Some("precio"));
        check("mayor", None);
        check("entero", None);
        check("personal", None);
        check("coche", None);
        check("free", None);
        check("viernes", None);
    }
}
