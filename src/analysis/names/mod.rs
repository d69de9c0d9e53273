//! The make of a name: its parts, its spelling key, its initials.
//!
//! Pure functions of one name, shared by coreference within a note and identity across notes. Read `person` for given
//! and family names, `fold` for the key under which spelling variants meet, `acronym` for initials.

mod acronym;
mod fold;
mod person;
mod syllables;

pub use crate::lexicon::nicknames::is_short_for;
pub use acronym::{acronym_of, is_acronym, spells};
pub use fold::{fold_key, fold_word, near, plain_word};
pub use person::{
    NameOrder, PersonName, is_eastern_family, is_honorific, is_particle, is_suffix, is_syllable, split_person,
};
