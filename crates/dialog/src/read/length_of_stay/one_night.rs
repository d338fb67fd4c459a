//! One night by words that name no number: `esa noche`, `solo dormir`, `al día siguiente seguimos`.

use crate::read::{
    lexicon::{Phrases, phrases},
    token::Sentence,
};

/// Words for a single night that name no number.
static ONE_NIGHT: Phrases = Phrases::new(
    "\
    anonuevo only|only anonuevo|solo anonuevo|so anonuevo|nochebuena only|solo la noche de anonuevo|anonuevo nomas|just anonuevo|solo nochebuena|pernoite|pernocte|overnight stay|esa noche|essa noite|that night|solo dormir|solamente dormir|so dormir|solo para dormir|so para dormir|para dormir nada mas|para dormir y seguir|apenas dormir|apenas para dormir|just to sleep|only to sleep|just for the night|somente dormir|seguimos viaje al otro dia|seguimos al otro dia|seguimos viaje al dia siguiente|\
    nessa noite|nessa mesma noite|essa mesma noite|esa misma noche|that same night|pernoctar|pernoitar|overnight|noche de paso|una sola noche|solo esa noche|esa noche sola|so essa noite|\
    just the night|only the night|the one night|just that night|eve only|only that night|nomas dormir|nada mas dormir|\
    solo a dormir|solo por la noche|nos vamos al otro dia|nos vamos al dia siguiente|salimos al otro dia|\
    saimos no outro dia|leaving the next day|leave the next day|leaving the next morning|leave the next morning|\
    leaving the day after|me voy al otro dia|me voy al dia siguiente|saindo no dia seguinte|saio no dia seguinte|\
    hacer noche|haremos noche|hacemos noche|haria noche|hariamos noche|passar a noite|pasar la noche|spend the night|\
    salimos al dia siguiente|salgo al dia siguiente|salgo al otro dia|saio no outro dia|vamos embora no outro dia|al otro dia volver|al otro dia nos volvemos|al otro dia volvemos|al dia siguiente volver|al dia siguiente volvemos|volver al otro dia|volvemos al otro dia|volver al dia siguiente|no outro dia voltar|no outro dia voltamos|voltar no outro dia|voltamos no outro dia|no dia seguinte voltar|voltamos no dia seguinte|back the next day|head back the next day|head home the next day|1 nt",
);

/// Where one night is said without a number.
pub(in crate::read) fn one_night_at(sentence: &Sentence) -> Option<(usize, usize)> {
    (0..sentence.len()).find_map(|index| {
        let end = sentence.phrase_from(index, &ONE_NIGHT).or_else(|| leaves_next_day(sentence, index))?;
        Some((index, end))
    })
}

/// `al día siguiente continuamos`, `the next morning we drive on`: where its words end.
fn leaves_next_day(sentence: &Sentence, index: usize) -> Option<usize> {
    let next_day = phrases!(
        "al otro dia|al dia siguiente|el dia siguiente|a la manana siguiente|no outro dia|no dia seguinte|na manha seguinte|the next day|\
        the next morning|next morning|the following day|the following morning|the day after"
    );
    const ON: &[&str] = &[
        "segu", "sig", "contin", "cruz", "part", "march", "retom", "sal", "sai", "vuelv", "volv", "volt",
        "regres", "emprend", "arranc", "head", "carry", "push", "mov", "driv", "leav", "set", "fly", "rajam",
        "raj", "viaj",
    ];
    let end = sentence.phrase_from(index, next_day)?;
    let goes_on = |at: usize| {
        sentence.starts_with(at, ON)
            && !sentence.starts_with(at, &["siguiente", "seguinte", "salud", "parte ", "seguro", "segunda"])
            || sentence.is(at, &["vamos", "voy", "vou", "embora"])
                && sentence.was(at, 1, &["nos", "me", "ya", "vamos", "vou"])
    };
    let near = (end..end + 5).take_while(|at| !sentence.is_break(*at)).any(goes_on)
        || (index.saturating_sub(4)..index).rev().take_while(|at| !sentence.is_break(*at)).any(goes_on);
    near.then_some(end)
}
