//! People who are named one after another: `mi mujer, mis dos hijos y yo`.

use super::find_people_phrases::{Phrase, Who};
use crate::read::{
    lexicon::{Sense, Tense, Words, words},
    token::Sentence,
};

/// Phrases with nothing but joints between them.
#[derive(Clone, Debug)]
pub(super) struct List {
    pub phrases: Vec<Phrase>,
}

static JOINTS: Words = Words::new(
    "ups y e and , con com with mas + plus & junto a tambien tb o mi la el los las mais además ademas ( ) . - ; : incluso hasta \
     including incluyendo tambem also en total somos seria serian",
);
static TRAVELS: Words = Words::new(
    "voy vamos viajo viajamos iria iriamos ire iremos vou viajaria viajariamos llego llegamos estoy estaria estariamos estaremos \
     somos seriamos seremos sou serian seria soy vamo vienen viene vem vao vai viajar ir quedarme quedarnos travelling traveling \
     coming going bringing llevo llevamos traigo traemos levo levamos vendria vendriamos venimos vengo caemos caigo para pra for \
     viajando yendo indo seremos ficaremos ficar estarei estaremos iremos quiero queremos quero queria queriamos",
);

pub(super) fn join(sentence: &Sentence, phrases: &[Phrase]) -> Vec<List> {
    let mut lists: Vec<List> = Vec::new();
    for phrase in phrases {
        match lists.last_mut() {
            Some(list)
                if list.phrases.last().is_some_and(|last| is_joined(sentence, last.end, phrase.start)) =>
            {
                list.phrases.push(*phrase);
            }
            _ => lists.push(List { phrases: vec![*phrase] }),
        }
    }
    lists
}

fn is_joined(sentence: &Sentence, from: usize, to: usize) -> bool {
    let from = past_origin(sentence, from, to);
    to >= from
        && to - from <= 3
        && (from..to).all(|index| {
            // "Para mis viejos y para mí".
            let once_more =
                sentence.is(index, &["para", "for", "por"]) && sentence.was(index, 1, &["y", "e", "and"]);
            (sentence.has(index, &JOINTS) || once_more)
                && (!sentence.is(index, &["."]) || sentence.is_line_break(index))
        })
}

/// Where people know each other from.
pub(super) static ORIGINS: Words = Words::new(
    "facultad facu universidad uni trabajo laburo oficina colegio cole secundaria escuela club gimnasio gym infancia faculdade trabalho \
     escola academia work college school university office church iglesia igreja curso equipo barrio estudio pega chamba parroquia paroquia parish \
     preparatoria prepa liceo instituto hospital coro taller universidade escritorio empresa vida alma toda siempre curro fundacion \
     team choir firma company orquesta orchestra orquestra banda time coral pedal grupo",
);

/// `tres compañeras de la facultad y yo`, `two friends from work and me`: where they are known from.
fn past_origin(sentence: &Sentence, from: usize, to: usize) -> usize {
    if !sentence.is(from, &["de", "del", "da", "do", "from"]) {
        return from;
    }
    let place = (from + 1..from + 4).find(|at| !sentence.is(*at, &["la", "el", "mi", "my", "the", "a", "o"]));
    place.filter(|at| *at < to && sentence.has(*at, &ORIGINS)).map_or(from, |at| at + 1)
}

impl List {
    pub fn start(&self) -> usize {
        self.phrases.first().map_or(0, |phrase| phrase.start)
    }

    pub fn end(&self) -> usize {
        self.phrases.last().map_or(0, |phrase| phrase.end)
    }

    pub fn has(&self, who: Who) -> bool {
        self.phrases.iter().any(|phrase| phrase.who == who)
    }

    /// Whether those who are named come along: the speaker is among them, or a word of travelling leads.
    pub fn travels(&self, sentence: &Sentence) -> bool {
        if self.phrases.iter().all(|phrase| phrase.who == Who::Speaker) {
            return false;
        }
        if self.has(Who::Us) || self.has(Who::Speaker) && self.phrases.len() > 1 {
            return true;
        }
        if self.phrases.iter().any(|phrase| phrase.is_counted) {
            return true;
        }
        self.is_led(sentence) || comes_with_speaker(sentence, self.end()) || self.adds_speaker(sentence)
    }

    /// Whether the speaker is told among those who come, in so many words.
    pub fn is_told_of_us(&self, sentence: &Sentence) -> bool {
        let among = self.phrases.len() > 1 && (self.has(Who::Speaker) || self.has(Who::Us));
        let (start, end) = (self.start(), self.end());
        let stands_alone = sentence.is_break(end) && (start == 0 || sentence.is_break(start - 1));
        among && (self.is_led(sentence) || stands_alone || sentence.had(start, 1, words!("be are")))
    }

    fn is_led(&self, sentence: &Sentence) -> bool {
        let start = self.start();
        // "Is it ok for a toddler?" brings nobody.
        let is_lone_child = self.phrases.iter().all(|phrase| phrase.who == Who::Child);
        let from = start.saturating_sub(6);
        let lead = (from..start).rev().take_while(|index| {
            !sentence.is(*index, &[".", "?", "!", ";"]) || sentence.is_line_break(*index)
        });
        lead.into_iter().any(|index| {
            sentence.has(index, &TRAVELS) && !(is_lone_child && sentence.is(index, &["para", "pra", "for"]))
        })
    }

    /// Whether the speaker, who is not named, comes on top: `voy con mi hija`, `mis padres vienen conmigo`.
    pub fn adds_speaker(&self, sentence: &Sentence) -> bool {
        if self.has(Who::Speaker) || self.has(Who::Us) {
            return false;
        }
        if comes_with_speaker(sentence, self.end()) || is_led_by_company(sentence, self.start()) {
            return true;
        }
        let start = before_animals(sentence, self.start());
        // "Com a minha esposa".
        let has_article = sentence.was(start, 1, &["a", "o", "as", "os"]) && sentence.was(start, 2, &["com"]);
        let start = if has_article { start - 1 } else { start };
        let with = sentence.had(start, 1, words!("con com with junto"));
        let verbs = words!(
            "festejo festejamos celebro celebramos comemoro comemoramos festejar celebrar comemorar celebrating voy viajo iria ire vou viajaria llego estoy viajar ir viajando yendo going travelling traveling am caigo vengo coming indo estaria estarei paso passo pasaria passaria pasamos passamos andamos andaremos ando escapo vamos viajamos iriamos llegamos viajariamos iremos caemos venimos bringing llevo traigo levo quiero quero queria"
        );
        let goes = (start.saturating_sub(10)..start).any(|index| {
            let travels = sentence.verb(index).is_some_and(|verb| {
                verb.tense == Tense::Now
                    && matches!(verb.sense, Sense::Arrive | Sense::Go | Sense::Stay | Sense::Leave)
            });
            // "Van con un nene": others do.
            let is_third = sentence.is(
                index,
                &[
                    "van", "viajan", "vienen", "llegan", "irian", "va", "viaja", "viene", "llega", "vao",
                    "viajam", "vem",
                ],
            ) && !sentence.was(index, 1, &["gente"]);
            let travels = travels && !is_third;
            travels || sentence.has(index, verbs)
        });
        let is_named = self.has(Who::Relative) || self.has(Who::Child) || self.has(Who::Any);
        let brings = sentence.had(start, 1, words!("llevo traigo levo bringing"));
        // "Vamos con 3 chicos": how many we are is not said.
        let plural = (start.saturating_sub(8)..start).any(|index| {
            sentence.has(index, words!("vamos viajamos iriamos llegamos viajariamos iremos caemos venimos"))
        });
        let only_children = !self.has(Who::Relative) && !self.has(Who::Adult);
        let opens = sentence.had(start, 1, words!("con com with"))
            && (start <= 1 || sentence.is_break(start - 2))
            && self.has(Who::Relative);
        (with && goes && !(plural && only_children) || brings || opens) && is_named
    }
}

/// `… vienen conmigo`, `… vêm comigo`, `… are coming with me`, `… me acompaña`
fn comes_with_speaker(sentence: &Sentence, end: usize) -> bool {
    (end..end + 5).take_while(|index| !sentence.is(*index, &[".", "?", "!"])).any(|index| {
        sentence.is(index, &["conmigo", "comigo", "acompana", "acompanan", "acompanha", "acompanham"])
            || sentence.phrase(index, "with me").is_some()
    })
}

/// `vienen conmigo mis dos hermanos`, `vêm comigo meus pais`, `coming with me are my brothers`
fn is_led_by_company(sentence: &Sentence, start: usize) -> bool {
    static LINKS: Words = Words::new("are : , tambem tambien also will be is estan estarao");
    let at = (start.saturating_sub(3)..start).rev().find(|index| !sentence.has(*index, &LINKS));
    at.is_some_and(|at| {
        let with_me = sentence.is(at, &["conmigo", "comigo"])
            || sentence.is(at, &["me"]) && sentence.was(at, 1, &["with"]);
        let lead = (at.saturating_sub(3)..at).any(|index| sentence.has(index, &COMING));
        with_me && lead || sentence.is(at, &["acompana", "acompanan", "acompanha", "acompanham"])
    })
}
static COMING: Words = Words::new(
    "viene vienen vem vao vai viaja viajan viajam va van irian iria coming come travelling traveling joining llegan llega",
);

/// `con mi perrita y mi pololo`: where the list starts with the animals before it.
fn before_animals(sentence: &Sentence, start: usize) -> usize {
    let joint = start.wrapping_sub(1);
    // "Tres perros de rescate y …".
    let is_thing = |at: usize| crate::read::mask::is_thing(sentence, at);
    let is_described = sentence.was(joint, 2, &["de", "do", "da"]) && is_thing(joint.wrapping_sub(3));
    let animal = joint.wrapping_sub(if is_described { 3 } else { 1 });
    if !sentence.is(joint, &["y", "e", "and", ","]) || !is_thing(animal) {
        return start;
    }
    if sentence.any_number(animal.wrapping_sub(1)).is_some() {
        return animal - 1;
    }
    if sentence.is(
        animal.wrapping_sub(1),
        &["mi", "el", "la", "my", "our", "meu", "minha", "un", "una", "um", "uma", "nuestro", "nuestra"],
    ) {
        animal - 1
    } else {
        animal
    }
}
