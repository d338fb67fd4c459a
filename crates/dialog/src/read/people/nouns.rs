//! Words for people.

use crate::{locale::Language, read::token::Sentence};

const TOTAL: &str = "\
    personas persona pers per perss personitas pax paxs px huespedes huesped pessoas pessoa pess \
    hospedes hospede people person persons ppl guests guest amigos amigas amigues friends amigotes \
    integrantes viajeros pasajeros participantes asistentes companeros companeras colegas hermanos \
    hermanas primos primas irmaos irmas companheiros cabezas almas estudiantes jugadores socios socias \
    sisters brothers colleagues gente";

const ADULT: &str = "\
    adultos adulto adultas adulta adu adul adults adult ad adt adts grandes mayores mujeres hombres \
    varones senoras senores jubilados jubiladas abuelos abuelas maiores homens mulheres women grownups \
    idosos seniors ads parents";

const CHILD: &str = "\
    nene nenes nena nenas nino ninos nina ninas ninito ninitos chico chicos chiquito chiquitos chiquita \
    chiquitas chiquilin chiquilines chiquillos hijo hijos hija hijas hijito hijitos bebe bebes beba \
    bebas bb bbs bebito bebita bebecito menor menores crio crios cria peque peques pequeno pequenos \
    pequena pequenas criatura criaturas pibe pibes piba guri gurises gurisa gurisas chamaco chamacos \
    chavo chavos chavito chavitos escuincle escuincles cabrito cabritos cabros guagua guaguas infante \
    infantes infantil infantiles crianca criancas filho filhos filha filhas filhinho filhinha nenem \
    menino meninos menina meninas kid kids kiddo kiddos child children childs baby babies infant infants \
    toddler toddlers sons daughter daughters teenager teenagers teens adolescente adolescentes nieto \
    nietos nieta nietas neto netos neta netas grandkids grandchildren sobrinos sobrino sobrina sobrinas \
    pequenines chiqui chiquis pequenito pequenitos pelao pelaos pelado pelados mellizos mellizas gemelos \
    gemelas gemeos gemeas twins boys girls boy girl minors minor mocoso mocosos wawa nenitos nenito nenita \
    nenitas bebezinho lactante lactantes";

const COUPLE: &str = "\
    pareja parejas parejita parejitas matrimonio matrimonios casal casais couple couples";

/// Young women where no adults are named, girls where they are: decided by what else is said.
const YOUNG: &[&str] = &["chicas"];

const GROUP: &str = "\
    familia flia family grupo grupete group party turma galera combo equipo contingente grupito banda \
    barra total";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::read) enum Noun {
    Total,
    Adult,
    Child,
    Couple,
    Young,
}

pub(in crate::read) fn noun(sentence: &Sentence, index: usize) -> Option<Noun> {
    if is_child(sentence, index) {
        return Some(Noun::Child);
    }
    if sentence.is_in(index, ADULT) || sentence.is(index, &["men"]) {
        return Some(Noun::Adult);
    }
    if sentence.is_in(index, TOTAL) {
        // "Dos personas adultas", "two adult people".
        return Some(if sentence.is(index + 1, &["adultas", "mayores", "adultos"]) {
            Noun::Adult
        } else {
            Noun::Total
        });
    }
    if sentence.is_in(index, COUPLE) {
        return Some(Noun::Couple);
    }
    sentence.is(index, YOUNG).then_some(Noun::Young)
}

pub(in crate::read) fn is_child(sentence: &Sentence, index: usize) -> bool {
    let english = sentence.language == Language::En;
    // "Son" is a verb in Spanish; "men" there is short for "menores".
    sentence.is_in(index, CHILD) || sentence.is(index, if english { &["son"] } else { &["men"] })
}

pub(super) fn is_group(sentence: &Sentence, index: usize) -> bool {
    sentence.is_in(index, GROUP)
}

/// Adjectives that may stand between a count and its noun.
pub(super) const QUALITIES: &str = "\
    otros otras lindos lindas hermosos buenos pequenos pequenas pequeno pequena chiquitos little small \
    young older other cabros mas solo jovenes sola unica only adult old";

pub(in crate::read) fn is_relative(sentence: &Sentence, index: usize) -> bool {
    sentence.is_in(index, RELATIVE) || is_child(sentence, index)
}

/// Any word for people.
pub(in crate::read) fn is_person(sentence: &Sentence, index: usize) -> bool {
    noun(sentence, index).is_some()
        || sentence.is_in(index, RELATIVE)
        || sentence.is_in(index, TWO_RELATIVES)
        || is_group(sentence, index)
}

/// One adult who travels with the speaker.
pub(super) const RELATIVE: &str = "\
    novia novio mujer marido esposa esposo senora pareja polola pololo mama papa madre padre hermano \
    hermana amigo amiga suegra suegro abuela abuelo primo prima tia tio jefe jefa socio socia companero \
    companera cunado cunada pai mae irmao irma namorado namorada noivo noiva wife husband girlfriend \
    boyfriend gf bf partner mother mom mum dad father brother sister friend fiance fiancee vieja viejo \
    prometida prometido sogra sogro companheiro companheira colega bro chica chico esposita comadre \
    compadre roommate cousin";

/// Two adults said in one word.
pub(super) const TWO_RELATIVES: &str = "\
    padres viejos papas papis suegros abuelos pais parents sogros grandparents inlaws";
