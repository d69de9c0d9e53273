//! The rest of the note as the context of a word: how it is written elsewhere and what stands beside it there.

use super::words::{SentenceWords, Word};
use crate::lexicon::class;
use crate::lexicon::names::kind;
use crate::text::HashedMap;

/// The uses of one word in one note, as bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Facts(pub u32);

impl Facts {
    const LOWER: u32 = 1;
    const MIDDLE: u32 = 1 << 1;
    const AFTER_TITLE: u32 = 1 << 2;
    const AFTER_GIVEN: u32 = 1 << 3;
    const WITH_ORG: u32 = 1 << 4;
    const AFTER_IN: u32 = 1 << 5;
    const BEFORE_SAY: u32 = 1 << 6;
    const BRACKETED: u32 = 1 << 7;
    const BEFORE_GIVEN_FAMILY: u32 = 1 << 8;
    const WITH_PLACE: u32 = 1 << 9;
    const POSSESSED: u32 = 1 << 10;
    const MANY: u32 = 1 << 11;
    const ALONE: u32 = 1 << 12;
    const PERSONAL: u32 = 1 << 13;
    const AFTER_THE: u32 = 1 << 14;
}

/// The words of one note that are written with a capital somewhere.
#[derive(Debug, Default)]
pub struct NoteContext {
    words: HashedMap<Facts>,
}

impl NoteContext {
    /// The uses of a word.
    #[must_use]
    pub fn of(&self, hash: u64) -> Facts {
        self.words.get(&hash).copied().unwrap_or_default()
    }

    /// Takes in a sentence. Headings are left out by the caller: their capitals say nothing.
    pub fn add(&mut self, seen: &SentenceWords) {
        let words = &seen.words;
        for run in &seen.runs {
            for at in run.start as usize..run.end as usize {
                if words[at].capital {
                    let bits = facts(words, at);
                    let entry = self.words.entry(words[at].hash).or_default();
                    if entry.0 != 0 {
                        entry.0 |= Facts::MANY;
                    }
                    entry.0 |= bits;
                }
            }
        }
    }

    /// Takes in the words that are written small.
    pub fn add_lower(&mut self, seen: &[Word]) {
        for word in seen.iter().filter(|word| !word.capital) {
            if let Some(entry) = self.words.get_mut(&word.hash) {
                entry.0 |= Facts::LOWER;
            }
        }
    }
}

fn facts(words: &[Word], at: usize) -> u32 {
    let none = Word::default();
    let before = at.checked_sub(1).map_or(&none, |index| &words[index]);
    let further = at.checked_sub(2).map_or(&none, |index| &words[index]);
    let after = words.get(at + 1).unwrap_or(&none);
    let mut bits = 1 << 20; // seen at all
    let mut set = |when: bool, bit: u32| bits |= if when { bit } else { 0 };
    set(at > 0 && !before.capital, Facts::MIDDLE);
    let titled = before.classes.has(class::TITLE) || (before.hash == point() && further.classes.has(class::TITLE));
    set(titled && before.capital | (before.hash == point()), Facts::AFTER_TITLE);
    set(before.capital && before.single.has(kind::GIVEN), Facts::AFTER_GIVEN);
    set(after.capital && after.single.has(kind::FAMILY) && !after.classes.has(class::BODY), Facts::BEFORE_GIVEN_FAMILY);
    let org = class::BODY.or(class::COMPANY_SUFFIX);
    set(after.capital && after.classes.has(org) || before.capital && before.classes.has(class::BODY), Facts::WITH_ORG);
    let place = class::LANDFORM.or(class::FACILITY);
    set(after.classes.has(place) && after.capital || before.classes.has(class::LANDFORM), Facts::WITH_PLACE);
    set(before.classes.has(class::BEFORE_PLACE), Facts::AFTER_IN);
    set(after.classes.has(class::SAY) || before.classes.has(class::SAY), Facts::BEFORE_SAY);
    set(words[at].bracketed && words[at].all_capitals, Facts::BRACKETED);
    set(after.hash == possessive() || after.hash == possessive_curly(), Facts::POSSESSED);
    set(!before.capital && !after.capital, Facts::ALONE);
    set(after.classes.has(class::PERSONAL), Facts::PERSONAL);
    set(before.hash == the(), Facts::AFTER_THE);
    bits
}

macro_rules! word_constants {
    ($($name:ident = $word:literal;)*) => {
        $(fn $name() -> u64 {
            static HASH: std::sync::LazyLock<u64> = std::sync::LazyLock::new(|| crate::text::word_hash($word));
            *HASH
        })*
    };
}

word_constants! {
    point = ".";
    possessive = "'s";
    possessive_curly = "’s";
    the = "the";
}
