//! Headings that tell how the claims under them are to be read.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::table::rows;
use crate::text::{HashedMap, word_hash};

const HEADINGS: &str = include_str!("data/headings.txt");

/// A way of reading the claims under a heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SectionClass {
    /// The author's own judgement ("Key judgements").
    OwnVoice,
    /// No claims at all ("References").
    Exempt,
    /// Facts that must carry a citation ("Key facts").
    Strict,
}

static TABLE: LazyLock<HashedMap<SectionClass>> = LazyLock::new(|| {
    let section = |name: &str| match name {
        "own-voice" => Some(SectionClass::OwnVoice),
        "strict" => Some(SectionClass::Strict),
        "exempt" => Some(SectionClass::Exempt),
        _ => None,
    };
    rows(HEADINGS).filter_map(|row| Some((word_hash(row.key()), section(row.column(1))?))).collect()
});

static SECTIONS: LazyLock<HashSet<&str>> =
    LazyLock::new(|| rows(HEADINGS).filter(|row| row.column(2) == "section").map(|row| row.key()).collect());

/// Tells if a heading in small letters names a part of a report rather than an article.
#[must_use]
pub fn is_section(heading: &str) -> bool {
    SECTIONS.contains(heading)
}

/// The way to read claims under a heading with this text; none for an ordinary heading. Numbers before it are ignored.
#[must_use]
pub fn section_class(heading: &str) -> Option<SectionClass> {
    let heading = heading.trim_start_matches(|c: char| c.is_numeric() || matches!(c, '.' | ')' | ' ' | '#' | '*'));
    let heading = heading.trim_end_matches([':', '.', '*', ' ', '#']);
    TABLE.get(&word_hash(heading)).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_is_known_whatever_its_number_and_stop() {
        assert_eq!(section_class("2. Key judgements:"), Some(SectionClass::OwnVoice));
        assert_eq!(section_class("References"), Some(SectionClass::Exempt));
        assert_eq!(section_class("The port"), None);
    }
}
