//! From typed tokens to a sentence whose words have one spelling.

use jiff::civil::Date;

use super::{
    correct_misspellings,
    expand_chat_shorthand::{joined_from, meaning_of},
    language,
    lexicon::{Words, hash, verb},
    number_words::read_numerals,
    token::{Kind, Sentence, Token},
    tokenise::tokenise,
};
use crate::locale::{Language, Locale};

pub(super) fn sentence(text: &str, today: Date, locale: Locale) -> Sentence {
    let typed = tokenise(text);
    let language = language::detect(&typed).unwrap_or_else(|| locale.language());
    let written_out = write_out(typed, language);
    let joined = join_phrases(correct_spelling(written_out));
    let mut tokens = join_ranges(read_numerals(joined, language));
    for token in &mut tokens {
        token.hash = hash(&token.word);
        token.verb = if token.kind == Kind::Word { verb(token.hash) } else { None };
    }
    Sentence { tokens, language, today }
}

/// `del 9`, `al 13` on two lines are one range.
fn join_ranges(mut tokens: Vec<Token>) -> Vec<Token> {
    static JOINTS: Words = Words::new("al ao a hasta ate to until till");
    let is_number = |token: Option<&Token>| token.is_some_and(|token| matches!(token.kind, Kind::Number(_)));
    for index in (1..tokens.len()).rev() {
        let joins = tokens.get(index + 1).is_some_and(|next| JOINTS.has(&next.word));
        if tokens[index].written == "\n"
            && joins
            && is_number(tokens.get(index - 1))
            && is_number(tokens.get(index + 2))
        {
            tokens.remove(index);
        }
    }
    tokens
}

fn write_out(typed: Vec<Token>, language: Language) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(typed.len());
    let mut index = 0;
    while let Some(token) = typed.get(index) {
        index += 1;
        // "p/ 2", "c/ desayuno", "s/ seña": the stroke belongs to the letter.
        let stroke = typed.get(index).is_some_and(|next| next.glued && next.word == "/");
        let letter = match token.word.as_str() {
            "p" | "x" if stroke => Some("para"),
            "c" if stroke => Some("con"),
            "s" if stroke => Some("sin"),
            "h" if stroke => Some("hasta"),
            "w" if stroke => Some("with"),
            _ => None,
        };
        // "6p", "4px": heads.
        let after_number = token.glued
            && index >= 2
            && typed[index - 2].kind != Kind::Word
            && typed[index - 2].kind != Kind::Mark;
        if after_number && !stroke && ["p", "pp", "px", "pers", "per"].contains(&token.word.as_str()) {
            tokens.push(Token { word: "personas".to_owned(), ..token.clone() });
            continue;
        }
        if let Some(meant) = letter {
            tokens.push(Token { word: meant.to_owned(), ..token.clone() });
            index += 1;
            continue;
        }
        tokens.extend(written_out(token, language));
    }
    tokens
}

fn written_out(token: &Token, language: Language) -> Vec<Token> {
    let english_only = ["u", "ur", "ty", "rom"].contains(&token.word.as_str());
    let romance_only = ["p", "x", "q", "k", "ay", "ola", "toy", "pro"].contains(&token.word.as_str());
    let foreign = match language {
        Language::En => romance_only,
        Language::Es | Language::Pt => english_only,
    };
    let is_plain = token.kind != Kind::Word || foreign;
    let meant = if is_plain { None } else { meaning_of(&token.word) };
    let Some(meaning) = meant else {
        // "d" is "de" where people write Spanish or Portuguese.
        let is_de = token.word == "d" && language != Language::En;
        return vec![if is_de { Token { word: "de".to_owned(), ..token.clone() } } else { token.clone() }];
    };
    let parts = meaning.split(' ').enumerate();
    let bytes = token.bytes;
    parts
        .map(|(nth, word)| Token { bytes, ..Token::word(word, &token.written, token.glued && nth == 0) })
        .collect()
}

fn correct_spelling(mut tokens: Vec<Token>) -> Vec<Token> {
    for index in 0..tokens.len() {
        let token = &tokens[index];
        if let Some(word) = put_right_beside_a_day(&tokens, index) {
            tokens[index].word = word.to_owned();
            continue;
        }
        if token.kind == Kind::Word
            && let Some(word) = correct_misspellings::correct(&token.word)
            && (!correct_misspellings::is_of_the_calendar(word) || stands_like_a_day(&tokens, index, word))
        {
            tokens[index].word = word.to_owned();
        }
    }
    tokens
}

/// `del vienes 9`, `form 18 june`: words that are others everywhere else.
fn put_right_beside_a_day(tokens: &[Token], index: usize) -> Option<&'static str> {
    static ARTICLES: Words = Words::new("el del al este proximo");
    static NO_LEADS: Words =
        Words::new("the a this in your my our that fill application booking registration order");
    static MONTHS: Words = Words::new(
        "january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec \
         juni juli agust agosto junio julio of th to till until",
    );
    let is_number = |at: usize| tokens.get(at).is_some_and(|token| matches!(token.kind, Kind::Number(_)));
    let token = tokens.get(index).filter(|token| token.kind == Kind::Word && is_number(index + 1))?;
    let before = index.checked_sub(1).map_or("", |at| tokens[at].word.as_str());
    if ["form", "fro", "fom"].contains(&token.word.as_str()) {
        let is_dated = tokens.get(index + 2).is_some_and(|next| MONTHS.has(&next.word));
        return (is_dated && !NO_LEADS.has(before)).then_some("from");
    }
    ARTICLES.has(before).then(|| correct_misspellings::weekday_near(&token.word)).flatten()
}

/// A word becomes a day or a month only where one can stand, and never where a name is written: "soy Amanda" is no
/// "amanhã".
fn stands_like_a_day(tokens: &[Token], index: usize, meant: &str) -> bool {
    static BEFORE: Words = Words::new(
        "el este esta proximo proxima hasta desde para al en na no on next this del pro ate from to until every o y e \
         and por o los dia pasado a lo para ultimo primer segundo tercer saturday de do da em",
    );
    static AFTER: Words =
        Words::new("que a al de y e o proximo por para hasta ate to and until 1 , ? . ! por en");
    let token = &tokens[index];
    let before = index.checked_sub(1).map(|at| &tokens[at]);
    let after = tokens.get(index + 1);
    let is_number = |token: &Token| matches!(token.kind, Kind::Number(_));
    let beside_number = before.is_some_and(is_number)
        || after.is_some_and(is_number)
        || before.is_some_and(|one| ["de", "of", "d"].contains(&one.word.as_str()))
            && index >= 2
            && is_number(&tokens[index - 2]);
    // A drawn-out word is itself: "viernesss".
    let is_drawn_out = token.word.starts_with(meant.get(..meant.len() - 1).unwrap_or(meant));
    if beside_number || is_drawn_out {
        return true;
    }
    let is_all_small = !token.capital;
    let led = before.is_none_or(|one| one.kind == Kind::Mark || BEFORE.has(&one.word));
    let follows = after.is_none_or(|one| one.kind == Kind::Mark || AFTER.has(&one.word));
    is_all_small && led && (follows || before.is_some())
}

fn join_phrases(tokens: Vec<Token>) -> Vec<Token> {
    let mut joined = Vec::with_capacity(tokens.len());
    let mut index = 0;
    while let Some(token) = tokens.get(index) {
        let fits = |phrase: &str| {
            let mut words = phrase.split(' ').enumerate();
            words.all(|(nth, word)| tokens.get(index + nth).is_some_and(|token| token.word == word))
        };
        match joined_from(&token.word).iter().find(|(phrase, _)| fits(phrase)) {
            Some((phrase, word)) => {
                index += phrase.split(' ').count();
                let end = tokens.get(index - 1).map_or(token.bytes.1, |last| last.bytes.1);
                joined.push(Token { word: (*word).to_owned(), bytes: (token.bytes.0, end), ..token.clone() });
            }
            None => {
                joined.push(token.clone());
                index += 1;
            }
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn check(text: &str, expected: &str) {
        let sentence = sentence(text, date(2027, 1, 5), Locale::EsAr);
        let words: Vec<&str> = sentence.tokens.iter().map(|token| token.word.as_str()).collect();
        assert_eq!(words.join(" "), expected, "{text}");
    }

    #[test]
    fn one_spelling_for_what_people_type() {
        check("q tenes xa el finde", "que tenes para el finde");
        check("pal fin de semana p/ 2", "para el finde para 2");
        check("fines de semana", "findes");
        check("pasado mañana", "pasadomanana");
        check("hola, el chek in?", "hola , el checkin ?");
    }
}
