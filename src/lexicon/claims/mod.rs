//! Words and phrases that make a sentence a claim, a figure, a judgement or hearsay.
//!
//! One look-up a token answers everything ([`word`]): which [`Classes`] it belongs to, which number it is, and which
//! phrases begin with it. Phrases are matched token by token from there, so the cost does not grow with the lists.

mod classes;

use std::collections::HashMap;
use std::sync::LazyLock;

use super::lines;
use crate::structure::Token;
use crate::structure::tokens::tokenize;
use crate::text::{HashedMap, TextRange, word_hash};

pub use classes::{Classes, class, phrase};

/// How a number word counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberKind {
    /// five, twenty.
    Small,
    /// million, dozen: multiplies what stands before it.
    Scale,
    /// thousands: an order of magnitude.
    Vague,
    /// third, quarters.
    Fraction,
    /// doubled.
    Ratio,
}

/// What the lists know of one word.
#[derive(Clone, Copy, Debug, Default)]
pub struct Word {
    /// Its classes, see [`class`].
    pub classes: Classes,
    /// Its value, if it is a number word.
    pub number: Option<(f64, NumberKind)>,
    first_phrase: u32,
    last_phrase: u32,
}

/// A phrase found: its kinds (see [`phrase`]) and its length in tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PhraseHit {
    /// What it signals.
    pub kinds: Classes,
    /// How many tokens it has.
    pub len: usize,
}

/// How claims under a heading are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SectionClass {
    /// The author's own judgement ("Key judgements").
    OwnVoice,
    /// No claims at all ("References").
    Exempt,
    /// Facts that must carry a citation ("Key facts").
    Strict,
}

/// What kind of body publishes under a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutletKind {
    /// A news agency.
    Agency,
    /// A paper, broadcaster or magazine.
    Press,
    /// A site that publishes under its own name.
    Site,
    /// A state's voice.
    State,
    /// A think-tank, monitor, ministry or platform: publishes, but is no outlet in the sense of rule A113.
    Other,
}

struct Lexicon {
    words: HashedMap<Word>,
    phrases: Vec<(Box<[u64]>, Classes)>,
    headings: HashedMap<SectionClass>,
    outlets: HashMap<Box<[u64]>, OutletKind>,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::read);

const WORDS: &str = include_str!("../data/claims/words.txt");
const NUMBERS: &str = include_str!("../data/claims/numbers.txt");
const PHRASES: &str = include_str!("../data/claims/phrases.txt");
const HEADINGS: &str = include_str!("../data/claims/headings.txt");
const OUTLETS: &str = include_str!("../data/claims/outlets.txt");

/// The lines of a data file, cut at `|`; a comment may end a line.
fn rows(file: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    lines(file)
        .map(|line| line.split_once('#').map_or(line, |(before, _)| before))
        .map(|line| line.split('|').map(str::trim).collect())
}

fn hashes(phrase: &str) -> Box<[u64]> {
    let mut tokens = Vec::new();
    tokenize(phrase, TextRange::from_usize(0, phrase.len()), &[], &mut tokens);
    tokens.iter().map(|token| token.hash).collect()
}

fn set(column: Option<&&str>, by_name: fn(&str) -> Classes) -> Classes {
    column.map_or("", |names| names).split_whitespace().fold(Classes::NONE, |all, name| all.or(by_name(name)))
}

impl Lexicon {
    fn read() -> Self {
        let mut words: HashedMap<Word> = HashedMap::default();
        for row in rows(WORDS) {
            words.entry(word_hash(row[0])).or_default().classes = set(row.get(1), class::by_name);
        }
        for row in rows(NUMBERS) {
            let value = row.get(1).and_then(|v| v.parse().ok());
            let kind = match row.get(2) {
                Some(&"scale") => NumberKind::Scale,
                Some(&"vague") => NumberKind::Vague,
                Some(&"fraction") => NumberKind::Fraction,
                Some(&"ratio") => NumberKind::Ratio,
                _ => NumberKind::Small,
            };
            words.entry(word_hash(row[0])).or_default().number = value.map(|v: f64| (v, kind));
        }
        let mut phrases: Vec<(Box<[u64]>, Classes)> =
            rows(PHRASES).map(|row| (hashes(row[0]), set(row.get(1), phrase::by_name))).collect();
        phrases.retain(|(words, _)| !words.is_empty());
        phrases.sort();
        for (at, (list, _)) in phrases.iter().enumerate() {
            let word = words.entry(list[0]).or_default();
            if word.last_phrase == 0 {
                word.first_phrase = at as u32;
            }
            word.last_phrase = at as u32 + 1;
        }
        let section = |name: Option<&&str>| match name {
            Some(&"own-voice") => SectionClass::OwnVoice,
            Some(&"strict") => SectionClass::Strict,
            _ => SectionClass::Exempt,
        };
        let outlet = |name: Option<&&str>| match name {
            Some(&"agency") => OutletKind::Agency,
            Some(&("paper" | "broadcast" | "mag")) => OutletKind::Press,
            Some(&"digital") => OutletKind::Site,
            Some(&"state") => OutletKind::State,
            _ => OutletKind::Other,
        };
        Self {
            words,
            phrases,
            headings: rows(HEADINGS).map(|row| (word_hash(row[0]), section(row.get(1)))).collect(),
            outlets: rows(OUTLETS).map(|row| (hashes(row[0]), outlet(row.get(1)))).collect(),
        }
    }
}

/// What the lists know of a word, by its hash.
#[must_use]
pub fn word(hash: u64) -> Word {
    LEXICON.words.get(&hash).copied().unwrap_or_default()
}

/// Calls `found` for every phrase that begins at `tokens[0]`, whose entry is `first`.
pub fn phrases(first: Word, tokens: &[Token], mut found: impl FnMut(PhraseHit)) {
    if first.last_phrase == 0 {
        return;
    }
    for (words, kinds) in &LEXICON.phrases[first.first_phrase as usize..first.last_phrase as usize] {
        let fits = words.len() <= tokens.len() && words.iter().zip(tokens).all(|(word, token)| *word == token.hash);
        if fits {
            found(PhraseHit { kinds: *kinds, len: words.len() });
        }
    }
}

/// How claims under a heading with this text are read; none for an ordinary heading. Numbers before it are ignored.
#[must_use]
pub fn section_class(heading: &str) -> Option<SectionClass> {
    let heading = heading.trim_start_matches(|c: char| c.is_numeric() || matches!(c, '.' | ')' | ' ' | '#' | '*'));
    let heading = heading.trim_end_matches([':', '.', '*', ' ', '#']);
    LEXICON.headings.get(&word_hash(heading)).copied()
}

/// The kind of outlet that these tokens name in full, if they do. A leading article is ignored.
#[must_use]
pub fn outlet(tokens: &[Token]) -> Option<OutletKind> {
    let list: Vec<u64> = tokens.iter().map(|token| token.hash).collect();
    let the = word_hash("the");
    let list = if list.first() == Some(&the) { &list[1..] } else { &list[..] };
    LEXICON.outlets.get(list).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_files_are_sorted_and_without_doubles() {
        for (name, file) in
            [("words", WORDS), ("numbers", NUMBERS), ("phrases", PHRASES), ("headings", HEADINGS), ("outlets", OUTLETS)]
        {
            let entries: Vec<&str> = rows(file).map(|row| row[0]).collect();
            for pair in entries.windows(2) {
                assert!(pair[0] < pair[1], "{name}.txt: {:?} stands before {:?}", pair[0], pair[1]);
            }
        }
    }

    #[test]
    fn every_class_named_in_a_data_file_exists() {
        for (file, by_name) in [(WORDS, class::by_name as fn(&str) -> Classes), (PHRASES, phrase::by_name)] {
            for row in rows(file) {
                for name in row[1].split_whitespace() {
                    assert!(!by_name(name).is_empty(), "no class {name:?} (of {:?})", row[0]);
                }
            }
        }
    }

    #[test]
    fn words_phrases_headings_and_outlets_are_found() {
        assert!(word(word_hash("Tonnes")).classes.has(class::UNIT));
        assert_eq!(word(word_hash("million")).number, Some((1e6, NumberKind::Scale)));
        let text = "It is believed that";
        let mut tokens = Vec::new();
        tokenize(text, TextRange::from_usize(0, text.len()), &[], &mut tokens);
        let mut hits = Vec::new();
        phrases(word(tokens[0].hash), &tokens, |hit| hits.push(hit));
        assert_eq!(hits, [PhraseHit { kinds: phrase::PASSIVE, len: 3 }]);
        assert_eq!(section_class("2. Key judgements:"), Some(SectionClass::OwnVoice));
        assert_eq!(section_class("The port"), None);
        let text = "the Associated Press";
        tokens.clear();
        tokenize(text, TextRange::from_usize(0, text.len()), &[], &mut tokens);
        assert_eq!(outlet(&tokens), Some(OutletKind::Agency));
    }
}
