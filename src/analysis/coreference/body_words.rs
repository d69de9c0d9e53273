//! Words in names of bodies that say nothing, or only the kind of body, where they stand alone.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::lexicon::name_words;
use crate::lexicon::names::{self, Classes};
use crate::structure::word_hash;

/// Head nouns of bodies and documents. What is a given name too ("Bill") is none.
static HEADS: LazyLock<HashSet<u64>> = LazyLock::new(|| {
    let words = name_words::words_of("head").chain(name_words::words_of("work"));
    words.filter(|word| !names::classes_of(word).any(Classes::GIVEN)).map(word_hash).collect()
});
/// First words that many bodies share.
static OPENERS: LazyLock<HashSet<u64>> = LazyLock::new(|| {
    let openers = crate::lexicon::lines(include_str!("../../lexicon/data/body_openers.txt"));
    let directions = name_words::words_of("direction");
    openers.chain(directions).map(word_hash).collect()
});
static OF: LazyLock<u64> = LazyLock::new(|| word_hash("of"));

/// The head noun of a body's name, if it is one that can stand alone: the last word, or the last before `of`.
pub(super) fn head_of(hashes: impl Iterator<Item = u64>) -> Option<u64> {
    hashes.take_while(|hash| *hash != *OF).last().filter(|hash| is_head(*hash))
}

/// Whether a word is a head noun that can stand alone for a body.
pub(super) fn is_head(hash: u64) -> bool {
    HEADS.contains(&hash)
}

/// Whether a word begins so many names that alone it names none of them.
pub(super) fn is_opener(hash: u64) -> bool {
    OPENERS.contains(&hash)
}
