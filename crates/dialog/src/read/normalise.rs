//! From typed tokens to a sentence whose words have one spelling.

use jiff::civil::Date;

use super::{
    language,
    numerals::read_numerals,
    shorthand::{JOINED, SHORTHAND},
    spelling,
    token::{Kind, Sentence, Token},
    tokenise::tokenise,
};
use crate::locale::{Language, Locale};

pub(super) fn sentence(text: &str, today: Date, locale: Locale) -> Sentence {
    let typed = tokenise(text);
    let language = language::detect(&typed).unwrap_or_else(|| locale.language());
    let written_out = write_out(typed, language);
    let joined = join_phrases(correct_spelling(written_out));
    Sentence { tokens: read_numerals(joined, language), language, today }
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
            _ => None,
        };
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
    let english_only = ["u", "ur", "ty"].contains(&token.word.as_str());
    let romance_only = ["p", "x", "q", "k", "ay", "ola", "toy", "pro"].contains(&token.word.as_str());
    let foreign = match language {
        Language::En => romance_only,
        Language::Es | Language::Pt => english_only,
    };
    let is_plain = token.kind != Kind::Word || foreign;
    let meant = SHORTHAND.iter().find(|(typed, _)| !is_plain && *typed == token.word);
    let Some((_, meaning)) = meant else {
        // "d" is "de" where people write Spanish or Portuguese.
        let is_de = token.word == "d" && language != Language::En;
        return vec![if is_de { Token { word: "de".to_owned(), ..token.clone() } } else { token.clone() }];
    };
    let parts = meaning.split(' ').enumerate();
    parts.map(|(nth, word)| Token::word(word, &token.written, token.glued && nth == 0)).collect()
}

fn correct_spelling(mut tokens: Vec<Token>) -> Vec<Token> {
    for token in &mut tokens {
        if token.kind == Kind::Word
            && let Some(word) = spelling::correct(&token.word)
        {
            token.word = word.to_owned();
        }
    }
    tokens
}

fn join_phrases(tokens: Vec<Token>) -> Vec<Token> {
    let mut joined = Vec::with_capacity(tokens.len());
    let mut index = 0;
    while let Some(token) = tokens.get(index) {
        let fits = |phrase: &str| {
            let mut words = phrase.split(' ').enumerate();
            words.all(|(nth, word)| tokens.get(index + nth).is_some_and(|token| token.word == word))
        };
        match JOINED.iter().find(|(phrase, _)| fits(phrase)) {
            Some((phrase, word)) => {
                joined.push(Token { word: (*word).to_owned(), ..token.clone() });
                index += phrase.split(' ').count();
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
