//! Words for people.

use super::trades;
use crate::{
    locale::Language,
    read::{lexicon::Words, token::Sentence},
};

static TOTAL: Words = Words::new(
    "\
    personas persona pers per perss personitas pax paxs px huespedes huesped pessoas pessoa pess \
    hospedes hospede people person persons ppl guests guest \
    integrantes viajeros pasajeros participantes asistentes cabezas almas estudiantes jugadores gente \
     prsnas prsns individuos travelers travellers souls heads hospedes cristianos humanos humans comensales viajantes passageiros inquilinos",
);

static ADULT: Words = Words::new(
    "\
    adultos adulto adultas adulta adu adul adults adult ad adt adts grandes mayores mujeres hombres \
    varones senoras senores jubilados jubiladas abuelos abuelas maiores homens mulheres women grownups \
    idosos seniors ads parents \
     adt adts adl mayorcitos viejitos damas caballeros grown ups ladies gentlemen mozos senhoras senhores idosas idosos",
);

static CHILD: Words = Words::new(
    "\
    guaguita guaguitas nene nenes nena nenas nino ninos nina ninas ninito ninitos chico chicos chiquito chiquitos chiquita \
    chiquitas chiquilin chiquilines chiquillos hijo hijos hija hijas hijito hijitos bebe bebes beba \
    bebas bb bbs bebito bebita bebecito menor menores crio crios cria peque peques pequeno pequenos \
    pequena pequenas criatura criaturas pibe pibes piba guri gurises gurisa gurisas chamaco chamacos \
    chavo chavos chavito chavitos escuincle escuincles cabrito cabritos guagua guaguas infante \
    infantes infantil infantiles crianca criancas filho filhos filha filhas filhinho filhinha nenem \
    menino meninos menina meninas kid kids kiddo kiddos child children childs baby babies infant infants \
    toddler toddlers sons daughter daughters teenager teenagers teens adolescente adolescentes nieto \
    nietos nieta nietas neto netos neta netas grandkids grandchildren sobrinos sobrino sobrina sobrinas \
    pequenines  chiqui chiquis pequenito pequenitos pelao pelaos pelado pelados mellizos mellizas gemelos \
    gemelas gemeos gemeas twins trillizos trillizas trigemeos triplets boys girls boy girl minors minor mocoso mocosos wawa nenitos nenito nenita \
    nenitas bebezinho lactante lactantes \
     hijites inf infs nenxs ninitas nenitxs chavales chaval zagales bendicion bendiciones chicuelos cabritas chiquilina chiquilinas botijas botija bebitos bebita bebitas bebezinhos sobrinitos sobrinita sobrinito sobrinitas hijitos hijitas filhotes moleque moleques pirralho pirralhos criancinhas piazinho piazinhos guri guria gurias curumim pelada peladas pibitos pibita pibitas wawas nietitos nietito tots bairn bairns littles newborn newborns tween tweens gurizada crio crias chamaca chamacas chavita chavitas sobrinhos sobrinha sobrinho grandson granddaughter grandsons granddaughters nephew nephews niece nieces pequenajos pequenines bambino bambinos",
);

static COUPLE: Words = Words::new(
    "\
    pareja parejas parejita parejitas matrimonio matrimonios casal casais couple couples \
     matri matris parejitas casalzinho casalzinhos couples",
);

/// Young women where no adults are named, girls where they are: decided by what else is said.
const YOUNG: &[&str] = &["chicas", "pibas", "muchachas"];

static GROUP: Words = Words::new(
    "\
    familia flia family grupo grupete group party turma galera combo equipo contingente grupito banda \
    barra total \
     fam famil flias cuadrilla pandilla peña pena panda gang crew squad bunch patota tropa manada comitiva delegacion equipo parche combo parentela familion clan troupe tribu grupito galerinha turminha bando corrillo peña familiar",
);

/// People who belong to the speaker, counted: `3 amigos`. The speaker may come on top.
static COMPANIONS: Words = Words::new(
    "amigos amigas amigues friends amigotes companeros companeras colegas hermanos hermanas primos primas irmaos irmas \
     companheiros companheiras socios socias sisters brothers colleagues cunados cunadas tios tias mates pals buddies \
     compas cuates bocas monos boludos bodies cabecas giles weyes wueyes guey fulanos maes chamos malucos marmanjos vagos chabones flacas parceros amigxs compadres comadres vecinos vecinas vizinhos vizinhas neighbours neighbors chefes bosses jefes gallos tipos locos flacos manes minas chamigos \
     weones huevones panas tios cabros parientes cousins aunts uncles girlfriends lads guys blokes caras amiguinhos \
     amigazos compis coleguis muchachos muchachas patas causas minos minas yuntas bandidos roommates coworkers",
);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::read) enum Noun {
    Total,
    /// `3 amigos`
    Companion,
    Adult,
    Child,
    Couple,
    Young,
}

/// Whether the word, or what it is a small form of, is in a set: `hermanita`, `netinhos`.
fn is_kin(sentence: &Sentence, index: usize, set: &Words) -> bool {
    sentence.has(index, set) || plain_form(sentence.word(index)).is_some_and(|plain| set.has(&plain))
}

/// `netinhos` is `netos`, `abuelita` is `abuela`.
fn plain_form(word: &str) -> Option<String> {
    const SMALL: [(&str, &str); 16] = [
        ("citos", "es"),
        ("citas", "es"),
        ("cito", "e"),
        ("cita", "e"),
        ("itos", "os"),
        ("itas", "as"),
        ("ito", "o"),
        ("ita", "a"),
        ("zinhos", ""),
        ("zinhas", ""),
        ("zinho", ""),
        ("zinha", ""),
        ("inhos", "os"),
        ("inhas", "as"),
        ("inho", "o"),
        ("inha", "a"),
    ];
    // Most words are none: these alone end in "t" or "h" and a vowel.
    let letters = word.strip_suffix('s').unwrap_or(word).as_bytes();
    if !matches!(letters, [_, _, .., b't' | b'h', _]) {
        return None;
    }
    let (stem, ending) =
        SMALL.iter().find_map(|(small, ending)| Some((word.strip_suffix(small)?, *ending)))?;
    (stem.len() >= 2).then(|| format!("{stem}{ending}"))
}

pub(in crate::read) fn noun(sentence: &Sentence, index: usize) -> Option<Noun> {
    if index >= sentence.len() {
        return None;
    }
    if is_child(sentence, index) {
        return Some(Noun::Child);
    }
    if sentence.has(index, &ADULT) || sentence.is(index, &["men"]) {
        return Some(Noun::Adult);
    }
    if sentence.has(index, &TOTAL) {
        // "Dos personas adultas", "two adult people".
        return Some(if sentence.is(index + 1, &["adultas", "mayores", "adultos"]) {
            Noun::Adult
        } else {
            Noun::Total
        });
    }
    if trades::is_trade(sentence, index) {
        return Some(Noun::Companion);
    }
    // In Spanish "mates" are drunk.
    let is_mates = sentence.language == Language::En && sentence.is(index, &["mates"]);
    if is_mates || is_kin(sentence, index, &COMPANIONS) {
        return Some(Noun::Companion);
    }
    if sentence.has(index, &COUPLE) {
        return Some(Noun::Couple);
    }
    if sentence.is(index, YOUNG) {
        return Some(Noun::Young);
    }
    cut_short(sentence, index)
}

/// A word cut short behind a number: `3 chic`, `2 adul`, `4 perso`.
fn cut_short(sentence: &Sentence, index: usize) -> Option<Noun> {
    sentence.any_number(index.wrapping_sub(1))?;
    let word = sentence.word(index);
    let long = [
        ("adultos", Noun::Adult),
        ("adults", Noun::Adult),
        ("chicos", Noun::Child),
        ("grandes", Noun::Adult),
        ("ninos", Noun::Child),
        ("children", Noun::Child),
        ("criancas", Noun::Child),
        ("menores", Noun::Child),
        ("personas", Noun::Total),
        ("pessoas", Noun::Total),
        ("people", Noun::Total),
        ("huespedes", Noun::Total),
        ("hospedes", Noun::Total),
        ("guests", Noun::Total),
    ];
    let is_short = word.len() >= 2 && !["me", "a", "an", "pe", "ho"].contains(&word);
    let vowels = word.bytes().filter(|letter| b"aeiou".contains(letter)).count();
    // "Hpdes", "gdes": few vowels, and every letter in order.
    let is_clipped = word.len() >= 4 && vowels * 3 <= word.len();
    let clips = |whole: &str| {
        let mut letters = whole.bytes();
        is_clipped
            && whole.as_bytes().first() == word.as_bytes().first()
            && word.bytes().all(|letter| letters.any(|other| other == letter))
    };
    let fits = long
        .iter()
        .find(|(whole, _)| is_short && whole.starts_with(word) && word.len() < whole.len() || clips(whole));
    fits.map(|(_, noun)| *noun)
}

pub(in crate::read) fn is_child(sentence: &Sentence, index: usize) -> bool {
    let english = sentence.language == Language::En;
    // "Son" is a verb in Spanish; "men" there is short for "menores".
    is_kin(sentence, index, &CHILD) || sentence.is(index, if english { &["son"] } else { &["men"] })
}

pub(super) fn is_group(sentence: &Sentence, index: usize) -> bool {
    sentence.has(index, &GROUP)
}

pub(in crate::read) fn is_relative(sentence: &Sentence, index: usize) -> bool {
    is_kin(sentence, index, &RELATIVE) || is_child(sentence, index)
}

/// Any word for people.
pub(in crate::read) fn is_person(sentence: &Sentence, index: usize) -> bool {
    noun(sentence, index).is_some()
        || is_one_relative(sentence, index)
        || is_two_relatives(sentence, index)
        || is_group(sentence, index)
}

pub(in crate::read) fn is_person_word(hash: u64) -> bool {
    [&TOTAL, &COMPANIONS, &ADULT, &CHILD, &COUPLE, &GROUP, &RELATIVE, &TWO_RELATIVES]
        .iter()
        .any(|set| set.has_hash(hash))
}

pub(super) fn is_one_relative(sentence: &Sentence, index: usize) -> bool {
    is_kin(sentence, index, &RELATIVE)
}

/// A plural that means both of a pair: `mis padres`, `os sogros`.
pub(super) fn is_two_relatives(sentence: &Sentence, index: usize) -> bool {
    is_kin(sentence, index, &TWO_RELATIVES)
}

/// Two or three children in one word: `mellizos`, `our twin boys`, `triplets`.
pub(super) fn born_together(sentence: &Sentence, index: usize) -> Option<u16> {
    static TWINS: Words =
        Words::new("mellizos mellizas gemelos gemelas gemeos gemeas twins mellis cuates morochos");
    static TRIPLETS: Words = Words::new("trillizos trillizas trigemeos trigemeas trigemelos triplets");
    let is_plural_child = is_child(sentence, index) && !is_one_child(sentence, index);
    // "Twin boys", "hijas mellizas".
    let is_twin = is_plural_child
        && (sentence.was(index, 1, &["twin"]) || sentence.has(index + 1, &TWINS))
        && sentence.any_number(index.wrapping_sub(1)).is_none();
    if sentence.has(index, &TRIPLETS) {
        return Some(3);
    }
    (is_twin || sentence.has(index, &TWINS)).then_some(2)
}

pub(super) fn is_twins(sentence: &Sentence, index: usize) -> bool {
    born_together(sentence, index).is_some()
}

/// A word for one child: `bebé`, `nena`, `toddler`.
pub(super) fn is_one_child(sentence: &Sentence, index: usize) -> bool {
    let word = sentence.word(index);
    is_child(sentence, index)
        && !word.ends_with('s')
        && !sentence.is(index, &["men", "children", "grandchildren"])
}

/// Adjectives that may stand between a count and its noun.
pub(super) static QUALITIES: Words = Words::new(
    "\
    otros otras lindos lindas hermosos buenos pequenos pequenas pequeno pequena chiquitos little small \
    young older other cabros mas solo jovenes sola unica only adult old grandes mejores viejos dear best elderly teenage \
    twin married retired young queridos queridas buenas mayor menor gemelos adolescentes adultos adultas big single solteros solteras",
);

/// One adult who travels with the speaker.
static RELATIVE: Words = Words::new(
    "novia novio mujer mulher marido esposa esposo senora pareja polola pololo mama papa madre padre hermano \
     hermana amigo amiga suegra suegro abuela abuelo primo prima tia tio jefe jefa socia socio companero \
     companera cunado cunada pai mae irmao irma namorado namorada noivo noiva wife husband girlfriend \
     boyfriend gf bf partner mother mom mum dad father brother sister friend fiance fiancee vieja viejo \
     prometida prometido sogra sogro companheiro companheira colega bro comadre compadre \
     esposita roommate cousin patrona patron dona senhora vo avo nona nono yerno nuera genro nora \
     hubby missus spouse wifey grandma grandpa grandmother grandfather granny nan aunt uncle pal buddy \
     flatmate coworker colleague madrina padrino ahijada ahijado hermanita hermanito mami papi mamita jermu jerma bestie \
     vecina vecino madrastra padrastro stepmom stepdad concunado concunada mozo moza vecina tita tito gorda gordo \
     costilla sposa tata lola abuelita abuelito viejita viejito maridao esposinha padrinho madrinha cunhado cunhada \
     concubina concubino conviviente mujercita noviecita noviecito amorcito vovo vova vozinha vizinha vizinho neighbour neighbor chefe \
     bisabuela bisabuelo bisavo tiazinha mamae papai parceiro parceira companheira boss assistant chofer driver ninera nanny baba",
);

/// Two adults said in one word.
static TWO_RELATIVES: Words = Words::new(
    "padres viejos papas papis suegros abuelos pais parents sogros grandparents inlaws laws cunados tios avos consuegros \
     padrinos abues nonos titos abuelitos viejitos padrinhos folks cunhados compadres tatas",
);
