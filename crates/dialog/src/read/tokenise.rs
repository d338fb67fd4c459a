//! Text into tokens: words, numbers, marks.

use super::{
    ascii_fold::fold,
    token::{Claim, Kind, Number, Shape, Token},
};

/// No guest writes more; what follows is not read.
const MAX_CHARACTERS: usize = 4_096;
const MAX_TOKENS: usize = 1_400;

pub(super) fn tokenise(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut spaced = true;
    let mut previous = Class::Space;
    for (at, typed) in text.char_indices().take(MAX_CHARACTERS) {
        let bytes = (at, at + typed.len_utf8());
        for original in typed.to_lowercase() {
            let Some(plain) = fold(original) else { continue };
            let class = Class::of(plain);
            let letter = Letter { plain, original, typed, bytes };
            match class {
                Class::Space => spaced = true,
                Class::Mark if plain == '>' && !spaced && turns_to_arrow(&mut tokens) => {}
                Class::Mark => tokens.push(letter.token(Kind::Mark, !spaced)),
                _ if class == previous && !spaced => append(&mut tokens, &letter),
                _ => tokens.push(letter.token(Kind::Word, !spaced)),
            }
            if class != Class::Space {
                spaced = false;
            }
            previous = class;
        }
    }
    tokens.truncate(MAX_TOKENS);
    read_digits(&mut tokens);
    let mut tokens = split_apostrophes(tokens);
    write_out_heads(&mut tokens);
    join_groups_of_three(join_ordinals(tokens))
}

/// `->`, `=>`: one arrow.
fn turns_to_arrow(tokens: &mut Vec<Token>) -> bool {
    let shafts = tokens.iter().rev().take_while(|token| ["-", "="].contains(&token.word.as_str())).count();
    if shafts == 0 {
        return false;
    }
    tokens.truncate(tokens.len() + 1 - shafts);
    if let Some(last) = tokens.last_mut() {
        "→".clone_into(&mut last.word);
    }
    true
}

/// A character folded, in lower case, as typed, and where.
struct Letter {
    plain: char,
    original: char,
    typed: char,
    bytes: (usize, usize),
}

impl Letter {
    fn token(&self, kind: Kind, glued: bool) -> Token {
        let plain = if self.plain == '\n' { '.' } else { self.plain };
        let capital = kind == Kind::Word && self.typed.is_uppercase();
        Token {
            word: plain.to_string(),
            written: self.original.to_string(),
            hash: 0,
            verb: None,
            kind,
            glued,
            capital,
            bytes: self.bytes,
            claim: Claim::Free,
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Letter,
    Digit,
    Mark,
    Space,
}

impl Class {
    fn of(character: char) -> Self {
        match character {
            '0'..='9' => Self::Digit,
            'º' | 'ª' => Self::Mark,
            '\'' => Self::Letter,
            _ if character.is_alphabetic() => Self::Letter,
            // A line break ends a sentence, as a full stop does.
            '\n' => Self::Mark,
            _ if character.is_whitespace() || character.is_control() => Self::Space,
            _ => Self::Mark,
        }
    }
}

fn append(tokens: &mut [Token], letter: &Letter) {
    if let Some(last) = tokens.last_mut() {
        last.capital &= !letter.typed.is_uppercase();
        last.word.push(letter.plain);
        last.written.push(letter.original);
        last.bytes.1 = letter.bytes.1;
    }
}

fn read_digits(tokens: &mut [Token]) {
    for token in tokens {
        if token.kind == Kind::Word && token.word.bytes().all(|byte| byte.is_ascii_digit()) {
            let value = token.word.parse().unwrap_or(u32::MAX);
            token.kind = Kind::Number(Number { value, shape: Shape::Digits(token.word.len()) });
        }
    }
}

/// `don't` becomes `do not`, `we're` becomes `we are`.
fn split_apostrophes(tokens: Vec<Token>) -> Vec<Token> {
    tokens.into_iter().flat_map(split_apostrophe).collect()
}

fn split_apostrophe(token: Token) -> Vec<Token> {
    let Some((head, tail)) = token.word.split_once('\'') else { return vec![token] };
    let head = head.trim_matches('\'').to_owned();
    let tail = tail.trim_matches('\'');
    let (head, tail) = match (head.strip_suffix('n'), tail) {
        (Some("ca"), "t") => ("can".to_owned(), "not"),
        (Some("wo"), "t") => ("will".to_owned(), "not"),
        (Some(verb), "t") => (verb.to_owned(), "not"),
        (_, "re") => (head, "are"),
        (_, "d") => (head, "would"),
        (_, "ll") => (head, "will"),
        (_, "m") => (head, "am"),
        (_, "ve") => (head, "have"),
        (_, other) => (head, other),
    };
    let parts = [head.as_str(), tail].into_iter().filter(|part| !part.is_empty());
    let (bytes, capital) = (token.bytes, token.capital);
    let word = |(nth, part)| Token {
        bytes,
        capital: capital && nth == 0,
        ..Token::word(part, part, token.glued && nth == 0)
    };
    parts.enumerate().map(word).collect()
}

/// `2a 1n`, `2A+2C`: so many adults, so many children.
fn write_out_heads(tokens: &mut [Token]) {
    let is_number = |token: Option<&Token>| token.is_some_and(|token| matches!(token.kind, Kind::Number(_)));
    for index in 1..tokens.len() {
        let adults = tokens[index].glued && tokens[index].word == "a" && is_number(tokens.get(index - 1));
        let joint =
            tokens.get(index + 1).is_some_and(|next| ["+", "y", "e", ","].contains(&next.word.as_str()));
        let number = if joint { index + 2 } else { index + 1 };
        let letter = tokens.get(number + 1).filter(|letter| letter.glued);
        let children = letter.is_some_and(|letter| ["n", "c", "m", "k", "b"].contains(&letter.word.as_str()));
        if adults && is_number(tokens.get(number)) && children {
            tokens[index].word = "adultos".to_owned();
            tokens[number + 1].word = "menores".to_owned();
        }
    }
}

const ORDINAL_ENDINGS: &str = "\
    ro er ero ra era do da to ta mo vo no st nd rd th o a º ª";

/// `1ro`, `5th`, `2ª`: one token each.
fn join_ordinals(tokens: Vec<Token>) -> Vec<Token> {
    let mut joined: Vec<Token> = Vec::with_capacity(tokens.len());
    for (index, token) in tokens.iter().enumerate() {
        // "Del 1o. al 4": the dot belongs to the ordinal.
        let goes_on = tokens.get(index + 1).is_some_and(|next| next.kind == Kind::Word && !next.glued);
        let follows_ordinal = index > 0
            && tokens[index - 1].kind == Kind::Word
            && !["st", "nd", "rd", "th"].contains(&tokens[index - 1].word.as_str())
            && matches!(
                joined.last(),
                Some(Token { kind: Kind::Number(Number { shape: Shape::Ordinal, .. }), .. })
            );
        if token.written == "." && token.glued && goes_on && follows_ordinal {
            continue;
        }
        // In `5a8` the letter stands between two days.
        let between_days = tokens.get(index + 1).is_some_and(|next| next.glued && next.kind != Kind::Mark);
        let is_ending = token.glued
            && !between_days
            && ORDINAL_ENDINGS.split_ascii_whitespace().any(|ending| ending == token.word);
        match joined.last_mut() {
            Some(Token { kind: Kind::Number(number), .. })
                if is_ending && matches!(number.shape, Shape::Digits(1..=2)) =>
            {
                number.shape = Shape::Ordinal;
                if let Some(last) = joined.last_mut() {
                    last.bytes.1 = token.bytes.1;
                }
            }
            _ => joined.push(token.clone()),
        }
    }
    joined
}

/// `150.000`, `3,500`, `30.512.811`: one number each.
fn join_groups_of_three(tokens: Vec<Token>) -> Vec<Token> {
    let mut joined: Vec<Token> = Vec::with_capacity(tokens.len());
    let mut index = 0;
    while let Some(token) = tokens.get(index) {
        let mut token = token.clone();
        index += 1;
        if let Kind::Number(Number { mut value, shape: Shape::Digits(1..=3) }) = token.kind {
            let mut groups = 0;
            while let Some(group) = group_of_three(&tokens, index) {
                value = value.saturating_mul(1000).saturating_add(group);
                groups += 1;
                token.bytes.1 = tokens[index + 1].bytes.1;
                index += 2;
            }
            if groups > 0 {
                token.kind = Kind::Number(Number { value, shape: Shape::Grouped });
                token.word = value.to_string();
            }
        }
        joined.push(token);
    }
    joined
}

fn group_of_three(tokens: &[Token], index: usize) -> Option<u32> {
    let (point, digits) = (tokens.get(index)?, tokens.get(index + 1)?);
    let is_point = point.glued && (point.word == "." || point.word == ",");
    match digits.kind {
        Kind::Number(Number { value, shape: Shape::Digits(3) }) if is_point && digits.glued => Some(value),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let words: Vec<String> = tokenise(text).into_iter().map(|token| token.word).collect();
        assert_eq!(words, expected, "{text}");
    }

    #[test]
    fn words_numbers_and_marks() {
        check("¡Hola! 2pax", &["¡", "hola", "!", "2", "pax"]);
        check("5/1-8/1", &["5", "/", "1", "-", "8", "/", "1"]);
        check("$ 150.000 o 3,500", &["$", "150000", "o", "3500"]);
        check("el 1ro, the 5th, 2ª", &["el", "1", ",", "the", "5", ",", "2"]);
        check("5a8", &["5", "a", "8"]);
        check("I don't, we're", &["i", "do", "not", ",", "we", "are"]);
        check("22:30hs", &["22", ":", "30", "hs"]);
        check("", &[]);
    }
}
