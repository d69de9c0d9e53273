//! Which words keep their point to themselves, and which words show that a sentence has begun.
//!
//! The words are data (`lexicon/data/abbreviations.txt`, `sentence_openers.txt`). They are looked up as written, and
//! in capitals (`SEN.`); small letters matter, because `no.` and `No.`, `sec.` and `Sec.` are different words.

use std::sync::LazyLock;

use xxhash_rust::xxh3::xxh3_64;

use crate::text::{HashedMap, HashedSet};

/// What follows an abbreviation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Abbreviation {
    /// A name or a word, always: `Mr.`
    Lead,
    /// A number, or else the sentence ended: `No.`
    Number,
    /// Anything; it ends a sentence where an opener follows: `Inc.`
    End,
}

static ABBREVIATIONS: LazyLock<HashedMap<Abbreviation>> = LazyLock::new(|| {
    let mut table = HashedMap::default();
    for line in lines(include_str!("../lexicon/data/abbreviations.txt")) {
        let Some((word, class)) = line.split_once('|') else { continue };
        let class = match class {
            "lead" => Abbreviation::Lead,
            "number" => Abbreviation::Number,
            _ => Abbreviation::End,
        };
        table.insert(xxh3_64(word.as_bytes()), class);
        let long = word.len() > 2 || class == Abbreviation::Lead;
        if long && word.starts_with(|c: char| c.is_ascii_uppercase()) {
            table.entry(xxh3_64(word.to_ascii_uppercase().as_bytes())).or_insert(class);
        }
    }
    table
});

static OPENERS: LazyLock<HashedSet> = LazyLock::new(|| {
    lines(include_str!("../lexicon/data/sentence_openers.txt")).map(|word| xxh3_64(word.as_bytes())).collect()
});

/// What the word before a point is; `None` for a word that ends its sentence.
pub(super) fn abbreviation(word: &str) -> Option<Abbreviation> {
    if let Some(class) = ABBREVIATIONS.get(&xxh3_64(word.as_bytes())) {
        return Some(*class);
    }
    let mut letters = word.chars();
    let lone = letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none();
    (lone || is_dotted(word)).then_some(Abbreviation::End)
}

/// Whether a capitalised word opens sentences rather than names.
pub(super) fn opens_sentences(word: &str) -> bool {
    OPENERS.contains(&xxh3_64(word.as_bytes()))
}

/// `U.S`, `e.g`, `Ph.D`, `S.p.A`: parts of one or two letters between points.
fn is_dotted(word: &str) -> bool {
    word.contains('.')
        && word.split('.').all(|part| (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphabetic()))
}

fn lines(data: &'static str) -> impl Iterator<Item = &'static str> {
    data.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_sorted_and_hold_nothing_twice() {
        for data in
            [include_str!("../lexicon/data/abbreviations.txt"), include_str!("../lexicon/data/sentence_openers.txt")]
        {
            let words: Vec<_> = lines(data).map(|line| line.split('|').next().unwrap_or_default()).collect();
            assert!(words.windows(2).all(|pair| pair[0] < pair[1]), "out of order: {words:?}");
        }
    }

    #[test]
    fn a_word_is_known_by_its_letters() {
        assert_eq!(abbreviation("Mr"), Some(Abbreviation::Lead));
        assert_eq!(abbreviation("SEN"), Some(Abbreviation::Lead));
        assert_eq!(abbreviation("U.S"), Some(Abbreviation::End));
        assert_eq!(abbreviation("J"), Some(Abbreviation::End));
        assert_eq!(abbreviation("norvik.example"), None);
        assert_eq!(abbreviation("port"), None);
    }
}
