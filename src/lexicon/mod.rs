//! Words and names as data: everything that is known of English lies in `data/` and is read here, nowhere else.
//!
//! [`word`] answers every question about a word with one look-up by its hash ([`crate::text::word_hash`]): its
//! [`class`]es, its forms as a verb and what it reports ([`verbs`]), its value as a number, the phrases that begin
//! with it ([`phrase`]). [`written`] knows words by their capitals, [`names`] knows names and their kinds. Small lists
//! have a file each: [`heading`], [`known_names`], [`nicknames`], [`mod@outlet`], [`places`], [`states`], [`estimative`], [`weapons`].
//!
//! `table` is the one format of the data files, `set` the one way to declare classes, and `tests` holds every file to
//! both.

pub mod class;
pub mod estimative;
mod fold;
pub mod heading;
pub mod known_names;
pub mod names;
pub mod nicknames;
pub mod outlet;
pub mod phrase;
pub mod places;
mod set;
pub mod sourcing;
pub mod speech;
pub mod states;
mod table;
#[cfg(test)]
mod tests;
pub mod verbs;
pub mod weapons;
mod words;
pub mod written;

pub use class::Classes;
pub use heading::{SectionClass, section_class};
pub use outlet::{OutletKind, outlet};
pub use words::{NumberKind, Word, classes_of, classes_of_small, classes_of_word, phrases_at, word, words_of};
