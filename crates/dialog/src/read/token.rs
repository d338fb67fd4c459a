//! The words of a message, and what each has been taken for.

use std::ops::Range;

use jiff::civil::Date;

use super::lexicon::{Phrases, Verb, Words};
use crate::locale::Language;

/// A message cut into tokens. Readers claim the tokens that they have understood, so that nobody reads one twice.
#[derive(Clone, Debug)]
pub(super) struct Sentence {
    pub tokens: Vec<Token>,
    pub language: Language,
    pub today: Date,
}

#[derive(Clone, Debug)]
pub(super) struct Token {
    /// Folded, with abbreviations written out and frequent misspellings put right.
    pub word: String,
    /// Lower case, accents kept: tells `sí` from `si`.
    pub written: String,
    /// The hash of `word`, set when the sentence is complete.
    pub hash: u64,
    /// What the word is as a verb, set with the hash.
    pub verb: Option<Verb>,
    pub kind: Kind,
    /// No space between this token and the one before.
    pub glued: bool,
    /// Written with a capital first letter and small ones after it.
    pub capital: bool,
    /// Where it was typed, in bytes of the message.
    pub bytes: (usize, usize),
    pub claim: Claim,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Word,
    Number(Number),
    /// A punctuation mark or a picture.
    Mark,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Number {
    pub value: u32,
    pub shape: Shape,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// Digits, and how many.
    Digits(usize),
    /// `cinco`.
    Spelled,
    /// `un`, `una`, `um`, `a`: one, or only an article.
    Article,
    /// `1ro`, `5th`, `primera`.
    Ordinal,
    /// Digits in groups of three: `150.000`.
    Grouped,
}

/// What a token has been understood as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Claim {
    #[default]
    Free,
    Amount,
    Phone,
    Clock,
    Place,
    Age,
    Document,
    /// A length of time that is no stay, a distance, a counted thing, an animal.
    Thing,
    Nights,
    People,
    Day,
}

/// No clause reaches further than this many tokens either way.
const CLAUSE: usize = 40;

impl Sentence {
    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    /// The word at `index`, empty outside the sentence (an index may have wrapped below zero).
    pub fn word(&self, index: usize) -> &str {
        self.tokens.get(index).map_or("", |token| token.word.as_str())
    }

    /// The word `back` tokens before `index`.
    pub fn before(&self, index: usize, back: usize) -> &str {
        self.word(index.wrapping_sub(back))
    }

    pub fn is(&self, index: usize, words: &[&str]) -> bool {
        self.tokens.get(index).is_some_and(|token| words.contains(&token.word.as_str()))
    }

    pub fn was(&self, index: usize, back: usize, words: &[&str]) -> bool {
        self.is(index.wrapping_sub(back), words)
    }

    /// Whether the word is one of those in `words`, which stand between spaces.
    pub fn is_in(&self, index: usize, words: &str) -> bool {
        self.tokens
            .get(index)
            .is_some_and(|token| words.split_ascii_whitespace().any(|word| word == token.word))
    }

    pub fn starts_with(&self, index: usize, stems: &[&str]) -> bool {
        self.tokens.get(index).is_some_and(|token| stems.iter().any(|stem| token.word.starts_with(stem)))
    }

    /// Where the phrase (words between single spaces) ends, when it stands at `index`.
    pub fn phrase(&self, index: usize, phrase: &str) -> Option<usize> {
        // Most phrases fail at their first word, which costs less than to cut them into words.
        if !phrase.starts_with(self.word(index)) {
            return None;
        }
        let mut next = index;
        for word in phrase.split(' ') {
            if self.word(next) != word {
                return None;
            }
            next += 1;
        }
        Some(next)
    }

    /// Where the longest of the phrases ends.
    pub fn any_phrase(&self, index: usize, phrases: &[&str]) -> Option<usize> {
        phrases.iter().filter_map(|phrase| self.phrase(index, phrase)).max()
    }

    /// The index before the articles that stand before `index`: `el día`, `the`, at most two.
    pub fn skip_articles_back(&self, index: usize) -> usize {
        let articles = ["el", "dia", "o", "the", "dias", "este", "esta"];
        (0..2).fold(index, |at, _| if self.was(at, 1, &articles) { at - 1 } else { at })
    }

    /// Where a phrase starts that ends right before `index`.
    pub fn phrase_before(&self, index: usize, phrases: &[&str]) -> Option<usize> {
        let start_of = |phrase: &&str| {
            let start = index.checked_sub(phrase.split(' ').count())?;
            self.phrase(start, phrase).map(|_| start)
        };
        phrases.iter().filter_map(start_of).min()
    }

    /// Where the longest of the phrases ends that opens at `index`.
    pub fn phrase_from(&self, index: usize, phrases: &Phrases) -> Option<usize> {
        let hash = |at: usize| self.tokens.get(at).map(|token| token.hash);
        phrases.longest_from(index, hash).map(|length| index + length)
    }

    /// Where the longest of the phrases starts that closes right before `index`.
    pub fn phrase_to(&self, index: usize, phrases: &Phrases) -> Option<usize> {
        let hash = |at: usize| self.tokens.get(at).map(|token| token.hash);
        phrases.longest_to(index, hash).map(|length| index - length)
    }

    pub fn is_free(&self, index: usize) -> bool {
        self.tokens.get(index).is_some_and(|token| token.claim == Claim::Free)
    }

    pub fn claim_of(&self, index: usize) -> Option<Claim> {
        self.tokens.get(index).map(|token| token.claim)
    }

    pub fn is_glued(&self, index: usize) -> bool {
        self.tokens.get(index).is_some_and(|token| token.glued)
    }

    /// Whether the word is in a set.
    pub fn has(&self, index: usize, words: &Words) -> bool {
        self.tokens.get(index).is_some_and(|token| words.has_hash(token.hash))
    }

    pub fn had(&self, index: usize, back: usize, words: &Words) -> bool {
        self.has(index.wrapping_sub(back), words)
    }

    /// What the word is as a verb.
    pub fn verb(&self, index: usize) -> Option<Verb> {
        self.tokens.get(index)?.verb
    }

    /// A line break: it ends a bubble, and often no sentence.
    pub fn is_line_break(&self, index: usize) -> bool {
        self.tokens.get(index).is_some_and(|token| token.written == "\n")
    }

    pub fn is_capital(&self, index: usize) -> bool {
        self.tokens.get(index).is_some_and(|token| token.capital)
    }

    pub fn is_mark(&self, index: usize) -> bool {
        self.tokens.get(index).is_some_and(|token| token.kind == Kind::Mark)
    }

    /// The end of the message, a full stop, a comma and the like.
    pub fn is_break(&self, index: usize) -> bool {
        index >= self.len() || (self.is_mark(index) && !self.is(index, &["/", "'", "\"", "+", "&"]))
    }

    /// A number that nobody has claimed.
    pub fn number(&self, index: usize) -> Option<Number> {
        let token = self.tokens.get(index)?;
        match token.kind {
            Kind::Number(number) if token.claim == Claim::Free => Some(number),
            _ => None,
        }
    }

    /// A number, claimed or not.
    pub fn any_number(&self, index: usize) -> Option<Number> {
        match self.tokens.get(index)?.kind {
            Kind::Number(number) => Some(number),
            _ => None,
        }
    }

    /// An unclaimed number that can count people or nights: 0 to 999, an article included.
    pub fn count(&self, index: usize) -> Option<u16> {
        self.number(index).and_then(|_| self.any_count(index))
    }

    /// As `count`, claimed or not.
    pub fn any_count(&self, index: usize) -> Option<u16> {
        let number = self.any_number(index)?;
        let counts = match number.shape {
            Shape::Digits(digits) => digits <= 3,
            Shape::Spelled | Shape::Article => true,
            Shape::Ordinal | Shape::Grouped => false,
        };
        u16::try_from(number.value).ok().filter(|value| counts && *value < 1000)
    }

    pub fn claim(&mut self, span: Range<usize>, claim: Claim) {
        for index in span {
            if let Some(token) = self.tokens.get_mut(index) {
                token.claim = claim;
            }
        }
    }

    /// Claims only what nobody has claimed.
    pub fn claim_free(&mut self, span: Range<usize>, claim: Claim) {
        for index in span {
            if self.is_free(index) {
                self.claim(index..index + 1, claim);
            }
        }
    }

    /// The stretch around `index` between full stops, commas, brackets and turning words.
    pub fn clause(&self, index: usize) -> Range<usize> {
        let ends = |at: usize| {
            (self.is_break(at)
                && !self.is(at, &["-"])
                && !(self.is(at, &[":", "."]) && self.is_glued(at + 1)))
                || self.is(at, &["pero", "porque", "asi", "but", "because", "so"])
                    && self.tokens.get(at).is_some_and(|token| token.kind == Kind::Word)
        };
        let nearest = index.saturating_sub(CLAUSE)..self.len().min(index + CLAUSE);
        let start = (nearest.start..index).rev().find(|at| ends(*at)).map_or(nearest.start, |at| at + 1);
        let end = (index..nearest.end).find(|at| ends(*at)).unwrap_or(nearest.end);
        start..end.max(start)
    }
}

impl Token {
    pub fn word(word: &str, written: &str, glued: bool) -> Self {
        Self {
            word: word.to_owned(),
            written: written.to_owned(),
            hash: 0,
            verb: None,
            kind: Kind::Word,
            glued,
            capital: false,
            bytes: (0, 0),
            claim: Claim::Free,
        }
    }
}
