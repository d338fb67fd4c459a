//! A small language of word patterns.
//!
//! Items stand between spaces: `word`, `stem*`, `one|other`, `?maybe`, `~` (up to three tokens, no full stop),
//! `#` (a number, also among others), `@amount`, `@clock` (a token claimed so), `^` (the start, after greetings, or that of a later statement), `$` (a break or the end),
//! and first of all `!one|other` (not right after these).

use std::collections::{BTreeSet, HashMap};

use super::{
    lexicon::hash,
    token::{Claim, Kind, Sentence},
};

/// Many patterns, found by their words: only those are tried that have one of their words in the sentence.
pub(super) struct PatternSet {
    patterns: Vec<Pattern>,
    /// By the hash of the word.
    by_word: HashMap<u64, Vec<usize>>,
    by_stem: Vec<(&'static str, usize)>,
    /// Patterns without a word that must occur.
    always: Vec<usize>,
}

impl PatternSet {
    pub fn parse(texts: impl IntoIterator<Item = &'static str>) -> Self {
        let patterns: Vec<Pattern> = texts.into_iter().map(Pattern::parse).collect();
        let mut set =
            Self { patterns: Vec::new(), by_word: HashMap::new(), by_stem: Vec::new(), always: Vec::new() };
        for (nth, pattern) in patterns.iter().enumerate() {
            let Some(words) = pattern.rarest_words() else {
                set.always.push(nth);
                continue;
            };
            for word in words {
                match word {
                    Word::Whole(whole) => set.by_word.entry(*whole).or_default().push(nth),
                    Word::Stem(stem) => set.by_stem.push((stem, nth)),
                    Word::Number => {}
                }
            }
        }
        Self { patterns, ..set }
    }

    /// The numbers of the patterns that fit, in order; `start` as in `Pattern::is_in`.
    pub fn fitting(&self, sentence: &Sentence, start: usize) -> Vec<usize> {
        let mut candidates: BTreeSet<usize> = self.always.iter().copied().collect();
        for token in &sentence.tokens {
            candidates.extend(self.by_word.get(&token.hash).into_iter().flatten());
            let stems = self.by_stem.iter().filter(|(stem, _)| token.word.starts_with(stem));
            candidates.extend(stems.map(|(_, nth)| *nth));
        }
        candidates.into_iter().filter(|nth| self.patterns[*nth].is_in(sentence, start)).collect()
    }
}

#[derive(Debug)]
pub(super) struct Pattern {
    not_after: Vec<Word>,
    items: Vec<Item>,
}

#[derive(Debug)]
enum Item {
    One(Vec<Word>),
    Maybe(Vec<Word>),
    Gap,
    Claimed(Claim),
    Start,
    End,
}

#[derive(Debug)]
enum Word {
    /// The hash of a word.
    Whole(u64),
    Stem(&'static str),
    Number,
}

/// A gap is at most this many tokens.
const GAP: usize = 3;

impl Pattern {
    pub fn parse(text: &'static str) -> Self {
        let mut not_after = Vec::new();
        let mut items = Vec::new();
        for part in text.split(' ') {
            match part {
                "~" => items.push(Item::Gap),
                "@amount" => items.push(Item::Claimed(Claim::Amount)),
                "@clock" => items.push(Item::Claimed(Claim::Clock)),
                "^" => items.push(Item::Start),
                "$" => items.push(Item::End),
                _ => match (part.strip_prefix('!'), part.strip_prefix('?')) {
                    (Some(rest), _) if !rest.is_empty() => not_after = words(rest),
                    (_, Some(rest)) if !rest.is_empty() => items.push(Item::Maybe(words(rest))),
                    _ => items.push(Item::One(words(part))),
                },
            }
        }
        Self { not_after, items }
    }

    /// The fewest words of which one must occur.
    fn rarest_words(&self) -> Option<&[Word]> {
        let required = self.items.iter().filter_map(|item| match item {
            Item::One(words) if words.iter().all(|word| !matches!(word, Word::Number)) => {
                Some(words.as_slice())
            }
            _ => None,
        });
        required.min_by_key(|words| words.len())
    }

    /// Whether the pattern fits anywhere; `start` is where the message begins after its greetings.
    pub fn is_in(&self, sentence: &Sentence, start: usize) -> bool {
        (0..=sentence.len()).any(|index| {
            let led = index > 0 && self.not_after.iter().any(|word| word.fits(sentence, index - 1));
            !led && fits(&self.items, sentence, index, start)
        })
    }
}

fn words(text: &'static str) -> Vec<Word> {
    let word = |text: &'static str| match text.strip_suffix('*') {
        Some(stem) => Word::Stem(stem),
        None if text == "#" => Word::Number,
        None => Word::Whole(hash(text)),
    };
    text.split('|').map(word).collect()
}

impl Word {
    fn fits(&self, sentence: &Sentence, index: usize) -> bool {
        match self {
            Self::Whole(whole) => sentence.tokens.get(index).is_some_and(|token| token.hash == *whole),
            Self::Stem(stem) => sentence.word(index).starts_with(stem),
            Self::Number => sentence.any_number(index).is_some(),
        }
    }
}

fn fits(items: &[Item], sentence: &Sentence, index: usize, start: usize) -> bool {
    let Some((item, rest)) = items.split_first() else { return true };
    let fits_word = |options: &[Word]| {
        index < sentence.len() && options.iter().any(|option| option.fits(sentence, index))
    };
    match item {
        Item::Start => {
            (index == start || opens_sentence(sentence, index)) && fits(rest, sentence, index, start)
        }
        Item::End => sentence.is_break(index) && fits(rest, sentence, index, start),
        Item::One(options) => fits_word(options) && fits(rest, sentence, index + 1, start),
        Item::Maybe(options) => {
            fits_word(options) && fits(rest, sentence, index + 1, start) || fits(rest, sentence, index, start)
        }
        Item::Claimed(claim) => {
            sentence.claim_of(index) == Some(*claim) && fits(rest, sentence, index + 1, start)
        }
        Item::Gap => (0..=GAP)
            .take_while(|skipped| *skipped == 0 || !is_full_stop(sentence, index + skipped - 1))
            .any(|skipped| fits(rest, sentence, index + skipped, start)),
    }
}

/// The beginning of the message or of a statement in it; what a question opens with answers nothing.
fn opens_sentence(sentence: &Sentence, index: usize) -> bool {
    if index == 0 {
        return true;
    }
    let is_question = || {
        let end = (index..sentence.len()).find(|at| is_full_stop(sentence, *at));
        end.is_some_and(|at| sentence.is(at, &["?"]))
    };
    sentence.is(index - 1, &[".", "!"]) && !is_question()
}

fn is_full_stop(sentence: &Sentence, index: usize) -> bool {
    let is_mark = sentence.tokens.get(index).is_none_or(|token| token.kind == Kind::Mark);
    is_mark && (index >= sentence.len() || sentence.is(index, &[".", "?", "!", ";"]))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::{locale::Locale, read::normalise_tokens};

    fn check(pattern: &'static str, text: &str, expected: bool) {
        let sentence = normalise_tokens::sentence(text, date(2027, 1, 5), Locale::EsAr);
        assert_eq!(Pattern::parse(pattern).is_in(&sentence, 0), expected, "{pattern} in {text}");
    }

    #[test]
    fn patterns_fit_words_stems_gaps_and_ends() {
        check("hay lugar|algo", "che, hay algo?", true);
        check("cancel*", "quiero cancelarla", true);
        check("hay ~ lugar", "hay todavía algún lugar", true);
        check("hay ~ lugar", "hay. un lugar", false);
        check("^ no $", "no, gracias", true);
        check("^ no $", "no tienen nada", false);
        check("a ?que hora", "a q hora", true);
        check("!sin pileta", "sin pileta", false);
        check("!sin pileta", "con pileta", true);
        check("mejor #", "mejor 12", true);
    }
}
