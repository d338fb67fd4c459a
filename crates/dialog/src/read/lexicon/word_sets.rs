//! Sets of words and of phrases, written as text and looked up by hash.

use std::{collections::HashMap, sync::OnceLock};

/// The hash of a word: FNV-1a. Equal words have equal hashes; for the words of a message the reverse is near enough.
pub(in crate::read) fn hash(word: &str) -> u64 {
    word.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// Words between spaces; the set is made at the first look.
pub(in crate::read) struct Words {
    text: &'static str,
    table: OnceLock<Table>,
}

/// Hashes in open addressing: a slot is the hash, or zero when it is free.
struct Table {
    slots: Box<[u64]>,
    mask: usize,
}

impl Table {
    fn new(hashes: impl Iterator<Item = u64> + Clone) -> Self {
        let size = (hashes.clone().count() * 4 + 1).next_power_of_two();
        let mut table = Self { slots: vec![0; size].into_boxed_slice(), mask: size - 1 };
        for hash in hashes {
            let slot = table.slot(hash);
            table.slots[slot] = hash;
        }
        table
    }

    /// Where the hash stands, or would stand.
    fn slot(&self, hash: u64) -> usize {
        let low = usize::try_from(hash >> 20 & 0xffff_ffff).unwrap_or_default();
        let mut slot = low & self.mask;
        while self.slots[slot] != 0 && self.slots[slot] != hash {
            slot = (slot + 1) & self.mask;
        }
        slot
    }

    fn has(&self, hash: u64) -> bool {
        self.slots[self.slot(hash)] == hash
    }
}

impl Words {
    pub const fn new(text: &'static str) -> Self {
        Self { text, table: OnceLock::new() }
    }

    pub fn has_hash(&self, hash: u64) -> bool {
        self.table.get_or_init(|| Table::new(self.text.split_ascii_whitespace().map(self::hash))).has(hash)
    }

    pub fn has(&self, word: &str) -> bool {
        self.has_hash(hash(word))
    }
}

/// Phrases between bars, the words of each between single spaces: `que viene|proximo`.
pub(in crate::read) struct Phrases {
    text: &'static str,
    index: OnceLock<PhraseIndex>,
}

/// The hashes of its words.
type Phrase = Vec<u64>;

#[derive(Default)]
struct PhraseIndex {
    by_first: HashMap<u64, Vec<Phrase>>,
    by_last: HashMap<u64, Vec<Phrase>>,
    first: Opening,
    last: Opening,
}

/// A quick no: most words open or close no phrase.
#[derive(Default)]
struct Opening(Option<Table>);

impl Opening {
    fn has(&self, hash: u64) -> bool {
        self.0.as_ref().is_some_and(|table| table.has(hash))
    }
}

impl Phrases {
    pub const fn new(text: &'static str) -> Self {
        Self { text, index: OnceLock::new() }
    }

    fn index(&self) -> &PhraseIndex {
        self.index.get_or_init(|| {
            let mut index = PhraseIndex::default();
            for phrase in self.text.split('|') {
                let hashes: Phrase = phrase.split_ascii_whitespace().map(hash).collect();
                let (Some(first), Some(last)) = (hashes.first().copied(), hashes.last().copied()) else {
                    continue;
                };
                index.by_first.entry(first).or_default().push(hashes.clone());
                index.by_last.entry(last).or_default().push(hashes);
            }
            index.first = Opening(Some(Table::new(index.by_first.keys().copied())));
            index.last = Opening(Some(Table::new(index.by_last.keys().copied())));
            index
        })
    }

    /// The length of the longest phrase that opens with the word at `at`; `word` gives the hash of each word.
    pub fn longest_from(&self, at: usize, word: impl Fn(usize) -> Option<u64>) -> Option<usize> {
        let index = self.index();
        let first = word(at).filter(|first| index.first.has(*first))?;
        let fits =
            |phrase: &&Phrase| phrase.iter().enumerate().all(|(nth, hash)| word(at + nth) == Some(*hash));
        index.by_first.get(&first)?.iter().filter(fits).map(|phrase| phrase.len()).max()
    }

    /// The length of the longest phrase that closes right before `end`.
    pub fn longest_to(&self, end: usize, word: impl Fn(usize) -> Option<u64>) -> Option<usize> {
        let index = self.index();
        let last = word(end.checked_sub(1)?).filter(|last| index.last.has(*last))?;
        let fits = |phrase: &&Phrase| {
            let Some(start) = end.checked_sub(phrase.len()) else { return false };
            phrase.iter().enumerate().all(|(nth, hash)| word(start + nth) == Some(*hash))
        };
        index.by_last.get(&last)?.iter().filter(fits).map(|phrase| phrase.len()).max()
    }
}

/// A set of words where it is used.
macro_rules! words {
    ($text:expr) => {{
        static WORDS: $crate::read::lexicon::Words = $crate::read::lexicon::Words::new($text);
        &WORDS
    }};
}

/// A set of phrases where it is used.
macro_rules! phrases {
    ($text:expr) => {{
        static PHRASES: $crate::read::lexicon::Phrases = $crate::read::lexicon::Phrases::new($text);
        &PHRASES
    }};
}

pub(in crate::read) use {phrases, words};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_in_the_set_or_not() {
        static COLOURS: Words = Words::new("rojo  azul\n verde");
        assert!(COLOURS.has("azul") && COLOURS.has("verde"));
        assert!(!COLOURS.has("az") && !COLOURS.has(""));
    }

    #[test]
    fn the_longest_phrase_counts() {
        static NEXT: Phrases = Phrases::new("que viene|que|la otra");
        let words: Vec<u64> = "la que viene la otra".split(' ').map(hash).collect();
        let word = |at: usize| words.get(at).copied();
        assert_eq!(NEXT.longest_from(1, word), Some(2));
        assert_eq!(NEXT.longest_from(0, word), None);
        assert_eq!(NEXT.longest_to(5, word), Some(2));
        assert_eq!(NEXT.longest_to(2, word), Some(1));
    }
}
