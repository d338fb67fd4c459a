//! The words of a sentence as the reader of meaning sees them.

use crate::read::token::{Claim, Kind, Sentence, Shape};

/// The word at `index` as it is looked up: numbers by what they count, other words as they are folded.
pub(super) fn word_of(sentence: &Sentence, index: usize) -> &str {
    let Some(token) = sentence.tokens.get(index) else { return "" };
    let Kind::Number(number) = token.kind else { return &token.word };
    match (token.claim, number.shape) {
        (_, Shape::Article) => &token.word,
        (Claim::Amount, _) | (_, Shape::Grouped) => "<amount>",
        (Claim::Phone, _) => "<phone>",
        (Claim::Clock, _) => "<clock>",
        (Claim::Place, _) => "<place>",
        (Claim::Age, _) => "<age>",
        (Claim::Document, _) => "<document>",
        (Claim::Thing, _) => "<thing>",
        (_, Shape::Ordinal) => "<nth>",
        _ if number.value > 31 => "<big>",
        _ => "<number>",
    }
}

/// FNV-1a: the key of a word, or of a piece of one, in the tables.
pub(super) fn key(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193))
}

/// The keys of the pieces (3 to 5 bytes) of a word that no list has, its edges marked.
pub(super) fn pieces(word: &str) -> impl Iterator<Item = u32> {
    let edged: Vec<u8> = [b"<", word.as_bytes(), b">"].concat().into_iter().take(LONGEST).collect();
    (3..=5).flat_map(move |size| edged.windows(size).map(key).collect::<Vec<_>>())
}

/// No word needs more bytes to be recognised.
const LONGEST: usize = 24;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_those_of_the_tables() {
        assert_eq!(key(b""), 0x811c_9dc5);
        assert_eq!(key(b"a"), 0xe40c_292c);
        assert_eq!(pieces("ya").collect::<Vec<_>>(), [key(b"<ya"), key(b"ya>"), key(b"<ya>")]);
    }
}
