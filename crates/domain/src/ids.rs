//! Opaque ids and the codes that guests hold.

use std::{fmt, hash, marker::PhantomData};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// An opaque id of a `K`. Only its own kind compares with it.
pub struct Id<K>(String, PhantomData<fn() -> K>);

/// Marks the id of an accommodation.
pub enum OfAccommodation {}
/// Marks the id of a stay.
pub enum OfStay {}

pub type AccommodationId = Id<OfAccommodation>;
pub type StayId = Id<OfStay>;

impl<K> Id<K> {
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into(), PhantomData)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<K> Clone for Id<K> {
    fn clone(&self) -> Self {
        Self::new(self.0.clone())
    }
}

impl<K> PartialEq for Id<K> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl<K> Eq for Id<K> {}

impl<K> PartialOrd for Id<K> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl<K> Ord for Id<K> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.cmp(&other.0)
    }
}

impl<K> hash::Hash for Id<K> {
    fn hash<H: hash::Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

impl<K> fmt::Debug for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<K> fmt::Display for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<K> Serialize for Id<K> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de, K> Deserialize<'de> for Id<K> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::new)
    }
}

/// The name of a stay that a guest can read out on the phone: ten letters and digits that are not mistaken
/// for one another (about 49 bits). It names a stay; it opens nothing: that takes the token.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct StayCode(String);

const CODE_ALPHABET: &[u8] = b"23456789ABCDEFGHJKMNPQRSTVWXYZ";
const CODE_LENGTH: usize = 10;

impl StayCode {
    pub fn from_random(random: u64) -> Self {
        let base = CODE_ALPHABET.len() as u64;
        let digits = std::iter::successors(Some(random), |rest| Some(rest / base)).take(CODE_LENGTH);
        Self(
            digits.map(|rest| char::from(CODE_ALPHABET[usize::try_from(rest % base).unwrap_or(0)])).collect(),
        )
    }

    /// Reads a code as people write it: any case, with spaces or hyphens.
    pub fn parse(text: &str) -> Option<Self> {
        let kept: String = text
            .chars()
            .filter(|c| !matches!(c, ' ' | '-'))
            .map(|c| c.to_ascii_uppercase())
            .take(32)
            .collect();
        let valid = kept.len() == CODE_LENGTH && kept.bytes().all(|b| CODE_ALPHABET.contains(&b));
        valid.then_some(Self(kept))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for StayCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_as_people_write_them() {
        let code = StayCode::from_random(0x0123_4567_89ab_cdef);
        let spoken = format!("{}-{}", &code.as_str()[..5], code.as_str()[5..].to_lowercase());
        assert_eq!(StayCode::parse(&spoken), Some(code));
        for text in ["", "ABC", "0000000000", "ABCDEFGHJKM", "ÑÑÑÑÑÑÑÑÑÑ"] {
            assert_eq!(StayCode::parse(text), None, "{text}");
        }
    }
}
