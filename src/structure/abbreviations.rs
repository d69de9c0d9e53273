//! Words that keep their point to themselves, and words that show that a sentence has begun.
//!
//! The words are data ([`crate::lexicon::written`]).

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
    fn a_word_is_known_by_its_letters() {
        assert_eq!(abbreviation("Mr"), Some(Abbreviation::Lead));
        assert_eq!(abbreviation("SEN"), Some(Abbreviation::Lead));
        assert_eq!(abbreviation("U.S"), Some(Abbreviation::End));
        assert_eq!(abbreviation("J"), Some(Abbreviation::End));
        assert_eq!(abbreviation("norvik.example"), None);
        assert_eq!(abbreviation("port"), None);
    }
}
