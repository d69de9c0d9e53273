//! The one table of words: all that the lists know of a word, behind one look-up by its hash.
//!
//! An entry has the word's [classes](super::class), its forms as a verb and what it reports
//! ([`super::verbs`]), its value as a number, and the phrases that begin with it ([`super::phrase`]).

use std::sync::LazyLock;

use super::class::{Classes, OF_SENTENCES};
use super::phrase::{self, Hit, Phrase};
use super::table::rows;
use super::verbs::{self, Report, form};
use crate::text::{HashedMap, word_hash};

const WORDS: &str = include_str!("data/words.txt");
const NUMBERS: &str = include_str!("data/numbers.txt");

/// The value of a number word.
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

/// All that the lists know of one word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Word {
    /// Its classes.
    pub classes: Classes,
    /// Bits of [`form`].
    pub forms: u8,
    /// Index into the values of number words, plus one.
    number: u8,
    /// Index for [`report`], plus one; 0 if the word reports nothing.
    pub report: u16,
    /// The same for the verb that it makes together with a second word.
    pub phrasal: u16,
    first_phrase: u16,
    last_phrase: u16,
}

impl Word {
    /// Tells if the word belongs to any of `classes`.
    #[must_use]
    pub fn any(self, classes: Classes) -> bool {
        self.classes.has(classes)
    }

    /// Tells if the lists know what the word does in a sentence.
    #[must_use]
    pub fn is_parsed(self) -> bool {
        self.forms != 0 || self.report != 0 || self.phrasal != 0 || self.classes.has(OF_SENTENCES)
    }

    /// Tells if the word can be any of `forms`.
    #[must_use]
    pub fn can_be(self, forms: u8) -> bool {
        self.forms & forms != 0
    }

    /// Its value and how it counts, if it is a number word.
    #[must_use]
    pub fn number(self) -> Option<(f64, NumberKind)> {
        TABLE.numbers.get(usize::from(self.number).checked_sub(1)?).copied()
    }

    /// The phrases that begin with it.
    fn phrases(self) -> &'static [Phrase] {
        match self.last_phrase {
            0 => &[],
            last => TABLE.phrases.get(usize::from(self.first_phrase)..usize::from(last)).unwrap_or_default(),
        }
    }
}

struct Table {
    words: HashedMap<Word>,
    numbers: Vec<(f64, NumberKind)>,
    reports: Vec<Report>,
    phrases: Vec<Phrase>,
}

static TABLE: LazyLock<Table> = LazyLock::new(Table::read);

/// All that is known of the word with this hash; nothing for most words.
#[must_use]
pub fn word(hash: u64) -> Word {
    TABLE.words.get(&hash).copied().unwrap_or_default()
}

/// The classes of the word with this hash.
#[must_use]
pub fn classes_of(hash: u64) -> Classes {
    TABLE.words.get(&hash).map_or(Classes::NONE, |word| word.classes)
}

/// The classes of a word, in any case.
#[must_use]
pub fn classes_of_word(word: &str) -> Classes {
    classes_of(word_hash(word))
}

/// The classes of a word that is written in small letters; none for any other.
#[must_use]
pub fn classes_of_small(word: &str) -> Classes {
    if word.chars().any(char::is_uppercase) { Classes::NONE } else { classes_of_word(word) }
}

/// The words of any of `classes`, in small letters.
pub fn words_of(classes: Classes) -> impl Iterator<Item = &'static str> {
    rows(WORDS).filter(move |row| Classes::read(row.column(1)).has(classes)).map(|row| row.key())
}

/// The reporting verb with this number, as [`Word::report`] and [`Word::phrasal`] give it.
#[must_use]
pub fn report(number: u16) -> Option<&'static Report> {
    TABLE.reports.get(usize::from(number).checked_sub(1)?)
}

/// Calls `found` for every phrase that begins at the first of `hashes`, whose entry is `first`.
pub fn phrases_at(first: Word, hashes: impl Iterator<Item = u64> + Clone, mut found: impl FnMut(Hit)) {
    for (words, kinds) in first.phrases() {
        let mut hashes = hashes.clone();
        if words.iter().all(|word| hashes.next() == Some(*word)) {
            found(Hit { kinds: *kinds, len: words.len() });
        }
    }
}

impl Table {
    fn read() -> Self {
        let mut words: HashedMap<Word> = HashedMap::default();
        for row in rows(WORDS) {
            words.entry(word_hash(row.key())).or_default().classes |= Classes::read(row.column(1));
        }
        let mut numbers = Vec::new();
        for row in rows(NUMBERS) {
            let kind = match row.column(2) {
                "scale" => NumberKind::Scale,
                "vague" => NumberKind::Vague,
                "fraction" => NumberKind::Fraction,
                "ratio" => NumberKind::Ratio,
                _ => NumberKind::Small,
            };
            let Ok(value) = row.column(1).parse() else { continue };
            numbers.push((value, kind));
            words.entry(word_hash(row.key())).or_default().number = numbers.len() as u8;
        }
        for (name, form) in verbs::verbs() {
            words.entry(word_hash(name)).or_default().forms |= form;
        }
        let mut reports = Vec::new();
        for (report, forms) in verbs::read_reports() {
            reports.push(report);
            let number = reports.len() as u16;
            for (name, bit) in forms.iter().zip(form::ALL) {
                let (first, phrasal) = name.split_once(' ').map_or((*name, false), |(first, _)| (first, true));
                let word = words.entry(word_hash(first)).or_default();
                word.forms |= bit;
                if phrasal {
                    word.phrasal = number;
                } else {
                    word.report = number;
                }
            }
        }
        let phrases = phrase::read();
        for (at, (list, _)) in phrases.iter().enumerate() {
            let Some(&first) = list.first() else { continue };
            let word = words.entry(first).or_default();
            if word.last_phrase == 0 {
                word.first_phrase = at as u16;
            }
            word.last_phrase = at as u16 + 1;
        }
        Self { words, numbers, reports, phrases }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::class;

    #[test]
    fn a_phrase_is_found_from_its_first_word() {
        let hashes: Vec<u64> = "It is believed that".split(' ').map(word_hash).collect();
        let mut hits = Vec::new();
        phrases_at(word(hashes[0]), hashes.iter().copied(), |hit| hits.push(hit));
        assert_eq!(hits, [Hit { kinds: phrase::PASSIVE, len: 3 }]);
    }

    #[test]
    fn one_look_up_answers_every_question() {
        let minister = word(word_hash("Minister"));
        assert!(minister.any(class::TITLE) && minister.any(class::ROLE) && minister.any(class::ROLE_HEAD));
        assert!(word(word_hash("Tonnes")).any(class::UNIT));
        assert_eq!(word(word_hash("million")).number(), Some((1e6, NumberKind::Scale)));
        assert!(word(word_hash("march")).any(class::TIME), "a month is a time");
        assert_eq!(word(word_hash("xylophone")), Word::default());
    }

    #[test]
    fn roles_heads_and_modifiers_are_told_apart() {
        let classes = |name: &str| classes_of(word_hash(name));
        assert!(classes("minister").has(class::ROLE_HEAD));
        assert!(!classes("foreign").has(class::ROLE_HEAD) && classes("foreign").has(class::ROLE_MODIFIER));
        assert!(classes("brother").has(class::ROLE) && !classes("brother").has(class::ROLE_HEAD), "kin is no role");
        assert!(!classes("harbour").has(class::ROLE_HEAD.or(class::ROLE_MODIFIER)));
    }
}
