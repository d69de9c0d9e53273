//! Words that keep their point to themselves, and words that show that a sentence has begun.
//!
//! The words are data ([`crate::lexicon::written`]).

use crate::lexicon::names;
use crate::lexicon::written::{LEADS_NAME, LEADS_NUMBER, MAY_END, OPENER, forms_of};

/// The role of a word before a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Abbreviation {
    /// A name or a word, always: `Mr.`
    Lead,
    /// A number, or else the sentence ended: `No.`
    Number,
    /// Anything; it ends a sentence where an opener follows: `Inc.`
    End,
}

/// The role of a word before a point; `None` for a word that ends its sentence.
pub(super) fn abbreviation(word: &str) -> Option<Abbreviation> {
    let forms = forms_of(word);
    if forms.has(LEADS_NAME) {
        return Some(Abbreviation::Lead);
    }
    if forms.has(LEADS_NUMBER) {
        return Some(Abbreviation::Number);
    }
    let mut letters = word.chars();
    let lone = letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none();
    (forms.has(MAY_END) || lone || is_dotted(word)).then_some(Abbreviation::End)
}

/// The meaning of a point at the end of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LastPoint {
    /// A full stop and nothing else.
    Stop,
    /// A full stop that is an abbreviation's point as well: `the U.S.`
    Shared,
    /// One or the other: `Plan B.`, `He said No.`, `It was Jan.`
    Unsure,
}

/// The meaning of the point behind `before` with which a sentence ends.
#[must_use]
pub fn last_point(before: &str) -> LastPoint {
    let opens = |c: char| !(c.is_alphanumeric() || matches!(c, '.' | '\'' | '’'));
    let word = before.rsplit(opens).next().unwrap_or("");
    let (is_long, is_small) = (word.chars().nth(1).is_some(), word.starts_with(char::is_lowercase));
    match abbreviation(word) {
        None => LastPoint::Stop,
        Some(Abbreviation::End) if is_dotted(word) => LastPoint::Shared,
        // `Jan.` and `Mass.` may be a month and a state, or a name and a word.
        Some(Abbreviation::End) if is_long && (is_small || names::kinds_of(word).is_empty()) => LastPoint::Shared,
        Some(_) => LastPoint::Unsure,
    }
}

/// Tells if a capitalised word opens sentences rather than names.
pub(super) fn opens_sentences(word: &str) -> bool {
    forms_of(word).has(OPENER)
}

/// `U.S`, `e.g`, `Ph.D`, `S.p.A`: parts of one or two letters between points.
fn is_dotted(word: &str) -> bool {
    word.contains('.')
        && word.split('.').all(|part| (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphabetic()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_point_is_shared_only_with_what_can_be_nothing_but_an_abbreviation() {
        for before in ["left the U.S", "at 5 p.m", "of Norvik Inc", "coal, tin, etc", "by Ada Pell Jr", "(the U.S"] {
            assert_eq!(last_point(before), LastPoint::Shared, "{before}");
        }
        for before in ["it was Plan B", "the answer was No", "signed by Mr", "she called Jan", "met Lidia M"] {
            assert_eq!(last_point(before), LastPoint::Unsure, "{before}");
        }
        for before in ["left the port", "on norvik.example", "fell by 3.5", "in 2030", ""] {
            assert_eq!(last_point(before), LastPoint::Stop, "{before}");
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
