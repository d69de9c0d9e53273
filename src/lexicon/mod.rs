//! Word lists as data files under `lexicon/data/`, read once.
//!
//! Format of a data file: one entry a line, columns split by `|`, `#` begins a comment, sorted, no entry twice
//! (a test holds that). Words are looked up by [`crate::text::word_hash`].

pub mod claims;
pub mod estimative;
mod fold;
pub mod name_words;
pub mod names;
pub mod role_words;
pub mod sourcing;
pub mod states;

/// The lines of a data file: without comments and empty ones.
pub(crate) fn lines(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}
