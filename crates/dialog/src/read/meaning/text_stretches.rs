//! A message as stretches of text that are weighed one by one, so that one clause is heard among six hundred words.

use std::ops::Range;

use super::{
    classifier_network::Stretch,
    grammar_features::{self, Counts},
    word_vectors::VECTORS,
    words_of_sentence,
};
use crate::read::{
    token::{Kind, Sentence},
    told,
};

/// A message up to this long is one stretch.
const SHORT: usize = 40;
/// No stretch of a longer message has fewer words, where another clause follows.
const LEAST: usize = 6;

/// Of a very long message so many words are weighed: the rest of the reading sees all of them.
const WEIGHED: usize = 80;

/// Whether a sentence is weighed as a whole.
pub(in crate::read) fn is_one_stretch(sentence: &Sentence) -> bool {
    sentence.len() <= SHORT
}

/// The stretches that are weighed: all of them, or of a very long message those that are likely to want something. These
/// are the last one, the first one, those that ask, and then those with the rarest words.
pub(super) fn ranges(sentence: &Sentence) -> Vec<Range<usize>> {
    let ranges = all(sentence);
    if sentence.len() <= WEIGHED {
        return ranges;
    }
    let last = ranges.len() - 1;
    let mut order: Vec<(usize, Range<usize>)> = ranges.into_iter().enumerate().collect();
    order.sort_by_cached_key(|(place, range)| {
        let rank = match *place {
            place if place == last => 3,
            0 => 2,
            _ => u32::from(range.clone().any(|index| sentence.is(index, &["?"]))),
        };
        std::cmp::Reverse((rank, rarity(sentence, range.clone())))
    });
    let mut weighed = 0;
    order.retain(|(_, range)| {
        let fits = weighed + range.len() <= WEIGHED;
        weighed += if fits { range.len() } else { 0 };
        fits
    });
    order.sort_by_key(|(place, _)| *place);
    order.into_iter().map(|(_, range)| range).collect()
}

/// How much the words of a range say: rare words say more.
fn rarity(sentence: &Sentence, range: Range<usize>) -> u32 {
    range.map(|index| u32::from(VECTORS.rarity(words_of_sentence::word_of(sentence, index)))).sum()
}

/// Where the stretches of a sentence begin and end.
fn all(sentence: &Sentence) -> Vec<Range<usize>> {
    let length = sentence.len();
    if is_one_stretch(sentence) {
        return std::iter::once(0..length).collect();
    }
    let mut ranges = Vec::with_capacity(length / LEAST + 1);
    let mut start = 0;
    for index in 0..length {
        let ends = sentence.is(index, &[".", "?", "!", ";"]) && index + 1 - start >= LEAST;
        if ends || index + 1 - start >= SHORT {
            ranges.push(start..index + 1);
            // A run without full stops is cut anywhere: what stands across the cut is seen whole in the next stretch.
            start = if ends { index + 1 } else { index + 1 - LEAST };
        }
    }
    if start < length {
        ranges.push(start..length);
    }
    ranges
}

/// The words of a range, ready to be weighed; `told` is what the whole sentence tells of days and people, where that
/// is known.
pub(super) fn stretch(
    sentence: &Sentence,
    range: Range<usize>,
    told: Option<[bool; told::COUNT]>,
) -> Stretch {
    let size = VECTORS.size;
    let words = range.len();
    let mut vectors = vec![0_i16; (words + 2) * size];
    let mut rarities = Vec::with_capacity(words);
    let mut counts = Counts { words: u8::try_from(words).unwrap_or(u8::MAX), ..Counts::default() };
    for (index, vector) in range.clone().zip(vectors.chunks_exact_mut(size.max(1)).skip(1)) {
        let word = words_of_sentence::word_of(sentence, index);
        rarities.push(VECTORS.write(word, vector));
        counts.numbers = counts.numbers.saturating_add(u8::from(word == "<number>"));
        counts.questions = counts.questions.saturating_add(u8::from(word == "?"));
    }
    let features = if words == sentence.len() {
        grammar_features::of(sentence, counts, told.unwrap_or_else(|| told::findings(sentence)))
    } else {
        let part = part(sentence, range);
        grammar_features::of(&part, counts, told::findings(&part))
    };
    Stretch { vectors, rarities, features }
}

fn part(sentence: &Sentence, range: Range<usize>) -> Sentence {
    let tokens = sentence.tokens.get(range).unwrap_or_default().to_vec();
    Sentence { tokens, language: sentence.language, today: sentence.today }
}

/// How many words of a sentence say something.
pub(super) fn spoken(sentence: &Sentence) -> usize {
    sentence.tokens.iter().filter(|token| token.kind != Kind::Mark).count()
}
