//! Yardsticks of likelihood: their terms with their bands, and the words that stand on none.
//!
//! The words that signal likelihood at all stand in the phrase list ([`super::phrase`]), so that finding them costs one
//! look-up a token. Here are their meanings, asked only for the few that were found in a judgement.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::table::{Row, rows};

pub mod row;

pub use row::Rows;

const SCALES: &str = include_str!("data/estimative/scales.txt");
const OFF_SCALE: &str = include_str!("data/estimative/off_scale.txt");

/// A yardstick of likelihood, as `scale` in the configuration names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// ICD 203, the standard of the American services; two rows of terms for the same bands.
    Icd203,
    /// The British yardstick, with deliberate gaps between its bands.
    Phia,
    /// NATO, AJP-2.1.
    Nato,
    /// The climate panel's calibrated language.
    Ipcc,
}

impl Scale {
    /// The yardstick of that name in the configuration; none for a house's own.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "icd203" => Some(Self::Icd203),
            "phia" => Some(Self::Phia),
            "nato" => Some(Self::Nato),
            "ipcc" => Some(Self::Ipcc),
            _ => None,
        }
    }

    /// Its name in messages.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Icd203 => "ICD 203",
            Self::Phia => "PHIA",
            Self::Nato => "NATO",
            Self::Ipcc => "IPCC",
        }
    }

    /// Its rows of terms.
    #[must_use]
    pub fn rows(self) -> Rows {
        match self {
            Self::Icd203 => row::ICD_A.or(row::ICD_B),
            Self::Phia => row::PHIA,
            Self::Nato => row::NATO,
            Self::Ipcc => row::IPCC,
        }
    }

    /// Its terms, in the order of their words; ICD 203 has those of its first row before those of its second.
    #[must_use]
    pub fn terms(self) -> Vec<&'static Term> {
        let mut terms: Vec<&Term> = LEXICON.terms.iter().filter(|term| term.row.has(self.rows())).collect();
        terms.sort_by_key(|term| term.row.has(row::ICD_B));
        terms
    }

    /// The terms that come nearest to a band (in percent), best first, two at most. ICD 203 offers its first row.
    #[must_use]
    pub fn nearest(self, (low, high): (u8, u8)) -> Vec<&'static Term> {
        let row = if self == Self::Icd203 { row::ICD_A } else { self.rows() };
        let middle = |low: u8, high: u8| i32::from(low) + i32::from(high);
        let mut terms: Vec<&Term> = LEXICON.terms.iter().filter(|term| term.row.has(row)).collect();
        terms.sort_by_key(|term| (middle(term.low, term.high) - middle(low, high)).abs());
        let mut rank = 0;
        terms.retain(|term| {
            rank += 1;
            rank == 1 || rank == 2 && term.low < high && low < term.high
        });
        terms
    }
}

/// A term of a yardstick.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    /// Its words.
    pub words: &'static str,
    /// Its place.
    pub row: Rows,
    /// Lowest likelihood in percent.
    pub low: u8,
    /// Highest likelihood in percent.
    pub high: u8,
}

impl Term {
    /// The term with its band: "likely (55-80 %)".
    #[must_use]
    pub fn shown(&self) -> String {
        format!("{} ({}-{} %)", self.words, self.low, self.high)
    }

    /// Tells if it names a chance ("remote chance") where others say of what is told that it is likely.
    #[must_use]
    pub fn is_noun(&self) -> bool {
        Self::names_a_chance(self.words)
    }

    /// The same of any words.
    #[must_use]
    pub fn names_a_chance(words: &str) -> bool {
        ["chance", "possibility", "odds"].iter().any(|end| words.ends_with(end))
    }
}

/// The grammar of a word of likelihood in its sentence, which decides what can take its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// "it is quite likely".
    Adjective,
    /// "inevitably".
    Adverb,
    /// "a good chance", mostly after "there is".
    Noun,
    /// "there is a chance".
    There,
    /// "bound to".
    To,
    /// Anything that needs the sentence rewritten.
    Other,
}

/// The likelihood that a reader takes a word for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Estimate {
    /// Lowest and highest likelihood in percent, over all yardsticks that have it.
    pub band: (u8, u8),
    /// Its grammar.
    pub shape: Shape,
}

struct Lexicon {
    terms: Vec<Term>,
    rows: HashMap<&'static str, Rows>,
    estimates: HashMap<&'static str, Estimate>,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut lexicon = Lexicon { terms: Vec::new(), rows: HashMap::new(), estimates: HashMap::new() };
    for row in rows(SCALES) {
        let Some((low, high)) = band(row, 2) else { continue };
        let words = row.key();
        let term = Term { words, row: Rows::read(row.column(1)), low, high };
        lexicon.terms.push(term);
        for spelling in std::iter::once(words).chain(row.values(4)) {
            let rows = lexicon.rows.entry(spelling).or_default();
            *rows |= term.row;
            let shape = match spelling {
                _ if term.is_noun() || spelling == "roughly even" => Shape::Other,
                _ if spelling.ends_with("ably") || spelling.ends_with("certainly") => Shape::Adverb,
                _ => Shape::Adjective,
            };
            let estimate = lexicon.estimates.entry(spelling).or_insert(Estimate { band: (low, high), shape });
            estimate.band = (estimate.band.0.min(low), estimate.band.1.max(high));
        }
    }
    for row in rows(OFF_SCALE) {
        let Some((low, high)) = band(row, 1) else { continue };
        let shape = match row.column(3) {
            "adjective" => Shape::Adjective,
            "adverb" => Shape::Adverb,
            "noun" => Shape::Noun,
            "there" => Shape::There,
            "to" => Shape::To,
            _ => Shape::Other,
        };
        lexicon.estimates.insert(row.key(), Estimate { band: (low, high), shape });
    }
    lexicon
});

/// The band in percent that two columns of a row tell, from the first of them on.
fn band(row: Row<'_>, first: usize) -> Option<(u8, u8)> {
    Some((row.column(first).parse().ok()?, row.column(first + 1).parse().ok()?))
}

/// The rows that have these lower-case words as a term.
#[must_use]
pub fn rows_of(words: &str) -> Rows {
    LEXICON.rows.get(words).copied().unwrap_or_default()
}

/// The yardsticks that have these lower-case words as a term.
pub fn scales_of(words: &str) -> impl Iterator<Item = Scale> + use<> {
    let rows = rows_of(words);
    [Scale::Icd203, Scale::Phia, Scale::Nato, Scale::Ipcc].into_iter().filter(move |scale| scale.rows().has(rows))
}

/// The likelihood that these lower-case words are taken for; none for words that tell no size at all.
#[must_use]
pub fn estimate(words: &str) -> Option<Estimate> {
    LEXICON.estimates.get(words).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::phrase::{self, PhraseKinds};

    fn kinds(words: &str) -> PhraseKinds {
        let words = words.replace('-', " - ");
        let hashes: Vec<u64> = words.split(' ').map(crate::text::word_hash).collect();
        let mut found = PhraseKinds::NONE;
        crate::lexicon::phrases_at(crate::lexicon::word(hashes[0]), hashes.iter().copied(), |hit| {
            if hit.len == hashes.len() {
                found |= hit.kinds;
            }
        });
        found
    }

    #[test]
    fn every_row_is_whole() {
        assert_eq!(LEXICON.terms.len(), rows(SCALES).count());
        assert!(LEXICON.terms.iter().all(|term| !term.row.is_empty() && term.low < term.high && term.high <= 100));
        assert!(rows(OFF_SCALE).all(|row| estimate(row.key()).is_some()));
    }

    #[test]
    fn every_word_is_found_in_prose() {
        let scales = phrase::SCALE_A.or(phrase::SCALE_B).or(phrase::SCALE_PHIA).or(phrase::SCALE_OTHER);
        for words in LEXICON.rows.keys() {
            assert!(kinds(words).has(scales), "{words}");
        }
        for row in rows(OFF_SCALE) {
            assert!(kinds(row.key()).has(phrase::OFF_SCALE), "{}", row.key());
        }
    }

    #[test]
    fn the_nearest_terms_are_those_of_the_yardstick() {
        let shown = |scale: Scale, band| scale.nearest(band).iter().map(|t| t.shown()).collect::<Vec<_>>();
        assert_eq!(shown(Scale::Icd203, (55, 80)), ["likely (55-80 %)"]);
        assert_eq!(shown(Scale::Icd203, (95, 99)), ["almost certain (95-99 %)"]);
        assert_eq!(shown(Scale::Phia, (45, 60)), ["realistic possibility (40-50 %)", "likely (55-75 %)"]);
        assert_eq!(shown(Scale::Nato, (1, 20)), ["highly unlikely (0-10 %)", "unlikely (10-40 %)"]);
    }

    #[test]
    fn a_term_knows_its_yardsticks() {
        assert_eq!(scales_of("likely").count(), 4);
        assert_eq!(scales_of("realistic possibility").collect::<Vec<_>>(), [Scale::Phia]);
        assert!(rows_of("quite likely").is_empty());
        assert!(!rows_of("very likely").has(row::ICD_B));
    }
}
