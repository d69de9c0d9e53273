//! Words in names of bodies that say nothing, or only the kind of body, where they stand alone.

use std::sync::LazyLock;

use crate::lexicon::names::{self, kind};
use crate::lexicon::{class, classes_of, words_of};
use crate::text::{HashedSet, word_hash};

/// Head nouns of bodies and documents. What is a given name too ("Bill") is none.
static HEADS: LazyLock<HashedSet> = LazyLock::new(|| {
    let words = words_of(class::BODY.or(class::WORK));
    let words = words.filter(|word| !names::kinds_of(word).has(kind::GIVEN)).map(word_hash);
    words.chain([*HOUSE]).collect()
});
static OF: LazyLock<u64> = LazyLock::new(|| word_hash("of"));
static HOUSE: LazyLock<u64> = LazyLock::new(|| word_hash("house"));

/// The head noun of a body's name, if it is one that can stand alone: the last word, or the last before `of`.
pub(super) fn head_of(hashes: impl Iterator<Item = u64>) -> Option<u64> {
    let mut hashes = hashes.peekable();
    let mut head = None;
    while let Some(hash) = hashes.next_if(|hash| *hash != *OF) {
        head = Some(hash);
    }
    // "The House" is the House of Elders, never the White House.
    head.filter(|hash| is_head(*hash) && (*hash != *HOUSE || hashes.peek().is_some()))
}

/// Tells if a word is a head noun that can stand alone for a body.
pub(super) fn is_head(hash: u64) -> bool {
    HEADS.contains(&hash)
}

/// Tells if a word after the name of a body is a ware of that body and no part of its name.
pub(super) fn is_ware(hash: u64) -> bool {
    classes_of(hash).has(class::WARE)
}

/// Tells if a word begins so many names that alone it names none of them.
pub(super) fn is_opener(hash: u64) -> bool {
    classes_of(hash).has(class::BODY_OPENER)
}
