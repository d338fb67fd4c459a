//! Self-repair: the words with which somebody takes back what was just said (`perdón`, `uh no, pará`, `wait, scratch
//! that`), and how far they reach.

use super::{
    lexicon::{Phrases, Words},
    token::{Kind, Sentence, Shape},
};

/// Words that take back, wherever they stand.
static CUES: Words = Words::new(
    "caray hijole putz eita upa puse pus perdon digo corrijo sorry desculpa desculpe ops oops alias actually uy mentira mentiras \
     equivoque error epa ups whoops oopsie errata confundi equivocado errei equivoquei disculpa disculpe correccion correction correcao wait \
     espera espere espereme esperame esperate esperen pera perate perai aguanta aguantame aguanten aguarda miento minto calma chuta pucha opa xi ih \
     argh ugh gah doh darn damn whoopsie typo nevermind rectifico retifico nono nonono nope enganei oxe hostia ostras jolin caramba puchis \
     chanfle chin chispas poxa nossa confundo",
);
static CUE_PHRASES: Phrases = Phrases::new(
    "\
    mejor dicho|quer dizer|i mean|i meant|me equivoque|que pena|quise decir|quis dizer|quiero decir|me confundi|my bad|scratch that|\
    strike that|forget that|ignore that|disregard that|never mind|my mistake|silly me|o sea no|me he equivocado|me he liado|me he confundido|\
    me he colado|me cole|me embale|me enrede|me lie|let me correct|i should say|i misspoke|i lied|on second thought|on second thoughts|\
    come to think of it|or rather|make that|digo mal|dije mal|puse mal|escribi mal|anote mal|falei errado|escrevi errado|falei besteira|\
    digitei errado|me enganei|ou melhor|pensando bem|pensandolo bien|ahora que lo pienso|ahora que miro|ahora que veo|me corrijo|lapsus|\
    not that|hold on|hang on|me explique mal|nada que ver|que tonto|que tonta|que boludo|que boluda|que burro|que burra|que cabeza|que cabeca|\
    que menso|que mensa|que bruto|que bruta|borra eso|borralo|olvida eso|olvidate|olvidalo|olvidenlo|tacha eso|esquece isso|apaga isso|\
    esquece|un momento|um momento|just a sec|one sec|un segundo|um segundo|a ver no|mas bien|error mio|erro meu|fe de erratas|al reves|na verdade|\
    no pare|no para para|no wait|espera no|no espera|no aguanta|na real|ah ya no|uy ya no|ay ya no|ah ja nao",
);
/// Sighs, after which a "no" takes back.
static SIGHS: Words = Words::new(
    "uh uhh eh ehh ah ahh ay ai ayy uy uyy oh ohh ih xi um umm hmm mmm er pucha chuta opa ops bueno bah che hay uf ufa hijole chin putz eita \
     poxa nossa argh ugh gah damn darn shoot crap actually well",
);
/// After these a "no" is no repair: `ay no sé`, `ah no hay`, `no me importa`.
static NOT_AFTER_NO: Words = Words::new(
    "se sei sabe sabemos sabia know importa hay tiene tenes tem tengo tenemos tenho temos idea problem problema quiero quero es queda quedan \
     puedo podemos posso pude quise entendi entiendo encontre veo estoy estamos me nos te le lo la encuentro llegue aceptan tienen one more need",
);
/// A repair follows at once,
const LONGEST_GAP: usize = 10;
/// or tells its reason first: `uh pará, esa semana tengo guardia, …`
const LONGEST_REASON: usize = 26;
/// Then the repair stands this near behind what it takes back.
const AT_ONCE: usize = 6;

/// Whether what stands at `to` takes the place of what ended at `from`.
pub(super) fn is_repair(sentence: &Sentence, from: usize, to: usize) -> bool {
    if to <= from || to - from > LONGEST_REASON {
        return false;
    }
    let gap = from..to;
    if to - from <= LONGEST_GAP {
        let star =
            |index: usize| sentence.is(index, &["*"]) && !sentence.is(index + 1, &["*"]) && from < index;
        return gap.into_iter().any(|index| is_cue(sentence, index, from) || star(index));
    }

    let excuses = |index: usize| {
        sentence.is(index, &["perdon", "disculpa", "disculpe", "desculpa", "desculpe", "sorry"])
    };
    let cue = (from..to.min(from + AT_ONCE)).find(|index| is_cue(sentence, *index, from) && !excuses(*index));
    // A question that is asked between parts the two.
    cue.is_some_and(|cue| !(cue..to).any(|index| sentence.is(index, &["?"])))
}

/// The number that a repair puts in the place of one that ended at `from`: `2 noches, uy no, son tres`.
pub(super) fn number_put_right(sentence: &Sentence, from: usize) -> Option<usize> {
    static LEADS: Words = Words::new(
        "son somos seremos seriamos serian seran sao seriam somos mejor melhor que it are be por para for de em que total a sea sean quedamos",
    );
    let at = (from + 1..from + LONGEST_GAP + 2).find(|at| sentence.count(*at).is_some())?;
    let is_led = !is_word(sentence, at - 1) || sentence.had(at, 1, &LEADS) || is_cue(sentence, at - 1, from);
    let is_closed = sentence.is_break(at + 1) && !sentence.is(at + 1, &["-", "/"]);
    let is_article = sentence.number(at).is_some_and(|number| number.shape == Shape::Article);
    (is_led && is_closed && !is_article && is_repair(sentence, from, at)).then_some(at)
}

/// Whether a word or phrase of repair stands at `index`; what it takes back ended at `from`.
pub(super) fn is_cue(sentence: &Sentence, index: usize, from: usize) -> bool {
    sentence.has(index, &CUES)
        || is_stop(sentence, index)
        || sentence.phrase_from(index, &CUE_PHRASES).is_some()
        || is_better(sentence, index)
        || is_well(sentence, index)
        || is_no(sentence, index, from)
}

/// "No, pará, hasta el 15": the accent tells it from the preposition.
fn is_stop(sentence: &Sentence, index: usize) -> bool {
    sentence.tokens.get(index).is_some_and(|token| token.written == "pará")
}

/// "Mejor hasta el 19": instead.
fn is_better(sentence: &Sentence, index: usize) -> bool {
    sentence.is(index, &["mejor", "melhor", "better"])
        && sentence.is(
            index + 1,
            &["hasta", "al", "el", "del", "ate", "dia", "desde", "until", "make", "de", "do", "o"],
        )
}

/// "Para el viernes, bueno, el sábado".
fn is_well(sentence: &Sentence, index: usize) -> bool {
    let the = ["el", "al", "del", "o", "the"];
    sentence.is(index, &["bueno", "bah", "bom", "bem", "well"])
        && sentence.is_mark(index.wrapping_sub(1))
        && (sentence.is(index + 1, &["no", "na"])
            || sentence.is(index + 1, &the)
            || sentence.is(index + 1, &[","]) && sentence.is(index + 2, &the))
}

/// A "no" that takes back: set off on both sides, or behind a sigh.
fn is_no(sentence: &Sentence, index: usize, from: usize) -> bool {
    if !sentence.is(index, &["no", "nao"]) || index < from {
        return false;
    }
    let said_twice = sentence.is(index + 1, &["no", "nao"]);
    let sighs = index > from && sentence.had(index, 1, &SIGHS) && is_word(sentence, index - 1);
    let set_off = index > from && sentence.is_break(index - 1);
    let closed = sentence.is(index + 1, &[",", "."]) && !sentence.is_line_break(index + 1);
    let to_the_end = sentence.is(index + 1, &["al", "hasta", "ao", "ate"]);
    said_twice
        || sighs && !sentence.has(index + 1, &NOT_AFTER_NO)
        || set_off && (closed || to_the_end || is_cue_word(sentence, index + 1))
}

fn is_cue_word(sentence: &Sentence, index: usize) -> bool {
    sentence.has(index, &CUES)
        || is_stop(sentence, index)
        || sentence.phrase_from(index, &CUE_PHRASES).is_some()
}

fn is_word(sentence: &Sentence, index: usize) -> bool {
    sentence.tokens.get(index).is_some_and(|token| token.kind == Kind::Word)
}
