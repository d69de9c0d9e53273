//! Words in names of bodies that say nothing, or only the kind of body, where they stand alone.

use std::sync::LazyLock;

use crate::lexicon::name_words;
use crate::lexicon::names::{self, Classes};
use crate::text::HashedSet;
use crate::text::word_hash;

/// Head nouns of bodies and documents. What is a given name too ("Bill") is none.
static HEADS: LazyLock<HashedSet> = LazyLock::new(|| {
    let words = name_words::words_of("head").chain(name_words::words_of("work"));
    let words = words.filter(|word| !names::classes_of(word).any(Classes::GIVEN)).map(word_hash);
    words.chain([*HOUSE]).collect()
});
/// First words that many bodies share.
static OPENERS: LazyLock<HashedSet> = LazyLock::new(|| {
    let openers = crate::lexicon::lines(include_str!("../../lexicon/data/body_openers.txt"));
    let directions = name_words::words_of("direction");
    openers.chain(directions).map(word_hash).collect()
});
static OF: LazyLock<u64> = LazyLock::new(|| word_hash("of"));
static HOUSE: LazyLock<u64> = LazyLock::new(|| word_hash("house"));
/// What an institution runs or publishes, as a common noun after its name: "the Sarn University wiki".
static WARES: LazyLock<HashedSet> = LazyLock::new(|| {
    ["app", "blog", "newsletter", "podcast", "portal", "webpage", "website", "wiki"]
        .map(word_hash)
        .into_iter()
        .collect()
});

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

/// Whether a word is a head noun that can stand alone for a body.
pub(super) fn is_head(hash: u64) -> bool {
    HEADS.contains(&hash)
}

/// Whether a word after the name of a body is a ware of that body and no part of its name.
pub(super) fn is_ware(hash: u64) -> bool {
    WARES.contains(&hash)
}

/// Whether a word begins so many names that alone it names none of them.
pub(super) fn is_opener(hash: u64) -> bool {
    OPENERS.contains(&hash)
}
