//! The table of word vectors, made by `scripts/train-reader`.

use std::sync::LazyLock;

use super::words_of_sentence;

static WORDS: &[u8] = include_bytes!("../../../model/words.bin");

/// Words by key, in ascending order, with a rarity and a vector each; then vectors of pieces of words.
pub(super) struct Vectors {
    pub size: usize,
    keys: &'static [u8],
    rarities: &'static [u8],
    vectors: &'static [u8],
    pieces: &'static [u8],
}

pub(super) static VECTORS: LazyLock<Vectors> = LazyLock::new(|| {
    Vectors::cut(WORDS).unwrap_or(Vectors { size: 0, keys: &[], rarities: &[], vectors: &[], pieces: &[] })
});

const MAGIC: &[u8] = b"CJW1";
/// What a word that no list has is taken for.
const UNKNOWN_RARITY: u8 = 255;

impl Vectors {
    fn cut(bytes: &'static [u8]) -> Option<Self> {
        let rest = bytes.strip_prefix(MAGIC)?;
        let (words, rest) = number(rest)?;
        let (size, rest) = number(rest)?;
        let (pieces, rest) = number(rest)?;
        let (keys, rest) = rest.split_at_checked(words * 4)?;
        let (rarities, rest) = rest.split_at_checked(words)?;
        let (vectors, rest) = rest.split_at_checked(words * size)?;
        let (pieces, rest) = rest.split_at_checked(pieces * size)?;
        rest.is_empty().then_some(Self { size, keys, rarities, vectors, pieces })
    }

    /// Writes the vector of `word` to `to`, which has `size` places; a word that no list has is put together from its
    /// pieces. Returns its rarity, from 0 (in every sentence) to 255.
    pub fn write(&self, word: &str, to: &mut [i16]) -> u8 {
        if let Some(place) = self.place_of(words_of_sentence::key(word.as_bytes())) {
            let vector = self.vectors.get(place * self.size..(place + 1) * self.size).unwrap_or_default();
            for (to, value) in to.iter_mut().zip(vector) {
                *to = i16::from(value.cast_signed());
            }
            return self.rarities.get(place).copied().unwrap_or_default();
        }
        self.write_pieces(word, to);
        UNKNOWN_RARITY
    }

    /// How rare a word is, as `write` has it.
    pub fn rarity(&self, word: &str) -> u8 {
        let place = self.place_of(words_of_sentence::key(word.as_bytes()));
        place.and_then(|place| self.rarities.get(place)).copied().unwrap_or(UNKNOWN_RARITY)
    }

    fn write_pieces(&self, word: &str, to: &mut [i16]) {
        let buckets = self.pieces.len() / self.size.max(1);
        let mut count = 0;
        for key in words_of_sentence::pieces(word) {
            let bucket = key as usize % buckets.max(1);
            let vector = self.pieces.get(bucket * self.size..(bucket + 1) * self.size).unwrap_or_default();
            for (to, value) in to.iter_mut().zip(vector) {
                *to += i16::from(value.cast_signed());
            }
            count += 1;
        }
        for to in to.iter_mut() {
            *to /= count.max(1);
        }
    }

    fn place_of(&self, key: u32) -> Option<usize> {
        let (mut low, mut high) = (0, self.rarities.len());
        while low < high {
            let middle = low.midpoint(high);
            let found = u32::from_le_bytes(*self.keys.get(middle * 4..)?.first_chunk()?);
            match found.cmp(&key) {
                std::cmp::Ordering::Equal => return Some(middle),
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        None
    }
}

/// A number of four bytes, little end first.
pub(super) fn number(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let (number, rest) = bytes.split_first_chunk()?;
    Some((usize::try_from(u32::from_le_bytes(*number)).ok()?, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_whole_and_knows_words() {
        let vectors = &*VECTORS;
        assert!(vectors.size > 0);
        let of = |word: &str| {
            let mut vector = vec![0; vectors.size];
            let rarity = vectors.write(word, &mut vector);
            (vector, rarity)
        };
        assert!(of("hola").1 < of("cucaracha").1);
        // Put together from its pieces, a misspelt word is near to the one that was meant.
        let near = |one: &str, other: &str| -> i32 {
            let (one, other) = (of(one).0, of(other).0);
            one.iter().zip(&other).map(|(one, other)| i32::from(*one) * i32::from(*other)).sum()
        };
        assert!(near("estasionamiento", "estacionamiento") > near("estasionamiento", "gracias"));
    }

    #[test]
    fn keys_stand_in_ascending_order() {
        let keys: Vec<u32> =
            VECTORS.keys.as_chunks::<4>().0.iter().map(|key| u32::from_le_bytes(*key)).collect();
        assert!(keys.is_sorted_by(|one, next| one < next));
    }
}
