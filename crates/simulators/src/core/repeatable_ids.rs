//! Ids that differ between runs and repeat with the same clock.

use std::sync::atomic::{AtomicU64, Ordering};

use jiff::Timestamp;
use sha2::{Digest, Sha256};

/// A source of ids. Two runs that start at different instants never share an id, so that a program with a kept database
/// does not take a new message for an old one; with a fixed clock the ids repeat.
pub(crate) struct Ids {
    started_at: Timestamp,
    counter: AtomicU64,
}

impl Ids {
    pub(crate) fn new(started_at: Timestamp) -> Self {
        Self { started_at, counter: AtomicU64::new(0) }
    }

    /// 32 bytes never given before by this source.
    pub(crate) fn bytes(&self) -> [u8; 32] {
        let count = self.counter.fetch_add(1, Ordering::Relaxed);
        digest(&format!("{}/{count}", self.started_at.as_nanosecond()))
    }

    /// `length` upper-case hexadecimal digits, at most 64.
    pub(crate) fn hex(&self, length: usize) -> String {
        let mut text = hex::encode_upper(self.bytes());
        text.truncate(length);
        text
    }

    /// Lower-case, in the shape of a version 4 UUID.
    pub(crate) fn uuid(&self) -> String {
        let text = hex::encode(self.bytes());
        format!("{}-{}-4{}-a{}-{}", &text[0..8], &text[8..12], &text[13..16], &text[17..20], &text[20..32])
    }

    /// A growing number of twelve digits, as Mercado Pago's payment ids have.
    pub(crate) fn number(&self) -> u64 {
        let seconds = u64::try_from(self.started_at.as_second() - 1_500_000_000).unwrap_or(0);
        100_000_000_000 + seconds % 900_000_000 * 1000 + self.counter.fetch_add(1, Ordering::Relaxed)
    }
}

/// SHA-256 of a text, for ids that must be the same whenever they are asked for.
pub(crate) fn digest(text: &str) -> [u8; 32] {
    Sha256::digest(text.as_bytes()).into()
}
