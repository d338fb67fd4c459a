//! Sets of words, written as text and looked up by hash.

use std::{collections::HashSet, sync::OnceLock};

/// Words between spaces; the set is made at the first look.
pub(in crate::read) struct Words {
    text: &'static str,
    set: OnceLock<HashSet<&'static str>>,
}

impl Words {
    pub const fn new(text: &'static str) -> Self {
        Self { text, set: OnceLock::new() }
    }

    pub fn has(&self, word: &str) -> bool {
        self.set.get_or_init(|| self.text.split_ascii_whitespace().collect()).contains(word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_in_the_set_or_not() {
        static COLOURS: Words = Words::new("rojo  azul\n verde");
        assert!(COLOURS.has("azul") && COLOURS.has("verde"));
        assert!(!COLOURS.has("az") && !COLOURS.has(""));
    }
}
