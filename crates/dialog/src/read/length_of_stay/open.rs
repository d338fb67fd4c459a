//! Lengths that are left open: `2 o 3`, `two, maybe three`, `no sabemos cuántas noches`.

use crate::read::{
    lexicon::{Words, phrases, words},
    token::Sentence,
};

/// `no sabemos cuántas noches`, `la vuelta la tenemos abierta`, `not sure how long`: where the length is left open.
pub(super) fn open_at(sentence: &Sentence) -> Option<(usize, usize)> {
    let how_long = phrases!(
        "cuantas noches|cuantos dias|cuanto nos quedamos|cuanto tiempo|hasta cuando|quantas noites|quantos dias|quanto tempo|ate quando|\
        how long|how many nights|how many days"
    );
    static UNKNOWN: Words =
        Words::new("ni nem idea ideia clear claro no nao not sabemos se sei know sure unsure depende");
    let returns = words!("vuelta regreso salida volta retorno saida return departure checkout partida");
    let open = words!("abierta abierto aberta aberto open flexible flexivel definir");
    (0..sentence.len()).find_map(|index| {
        let unknown = |at: usize| sentence.has(at, &UNKNOWN);
        if let Some(end) = sentence.phrase_from(index, how_long) {
            let said = (index.saturating_sub(5)..index).filter(|at| unknown(*at)).count() > 1
                || (end..end + 5).take_while(|at| !sentence.is_break(*at)).filter(|at| unknown(*at)).count()
                    > 1;
            return said.then_some((index, end));
        }
        let at = (index + 1..index + 6)
            .take_while(|at| !sentence.is_break(*at))
            .find(|at| sentence.has(*at, open))?;
        sentence.has(index, returns).then_some((index, at + 1))
    })
}

/// The second of two counts, and where it ends: `2 o 3`, `two, maybe three`.
pub(super) fn second_count(sentence: &Sentence, joint: usize, first: u16) -> Option<(u16, usize)> {
    static HEDGES: Words = Words::new(
        ", ( o u ou or y e and maybe perhaps possibly probably quizas quiza capaz talvez posiblemente tal vez a lo mejor como mucho maximo even \
         ate hasta puede ser puedan pode que sean sejam",
    );
    let is_plain = sentence.has(joint, words!("o u ou or a - y to")) && sentence.count(joint + 1).is_some();
    let hedges = (joint..joint + 5).take_while(|at| sentence.has(*at, &HEDGES)).count();
    let says_so =
        (joint..joint + hedges).any(|at| !sentence.is(at, &[",", "(", "y", "e", "and", "a", "hasta", "que"]));
    let at = if is_plain { joint + 1 } else { joint + hedges };
    // "Tres noches, cuatro como mucho".
    let at_most =
        phrases!("como mucho|como maximo|maximo|a lo sumo|a lo mas|tops|at most|max|no maximo|at a push");
    let second = sentence.count(at).filter(|second| *second > first && *second < first + 8)?;
    if !is_plain && !says_so && sentence.phrase_from(at + 1, at_most).is_none() {
        return None;
    }
    Some((second, at + 1))
}
