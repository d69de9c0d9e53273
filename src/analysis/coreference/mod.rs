//! Which mentions of one note are one entity.
//!
//! The work goes by *forms*, the distinct surfaces of a note, not by mentions, so that a name repeated a thousand
//! times is thought about once; every search is a look-up by key or over a bounded list, never form against form.
//!
//! Read in this order: `mend`, `missing` and `styled` (what the note proves of single names), `forms` (surfaces and their kinds), `context`
//! (titles and determiners around a mention),
//! `definitions` ("Port Management Council (PMC)"), `bodies`, `acronyms`, `storms`, `typos` (known names, first words and heads, initials, typing errors of everything
//! that is no person; `body_words` has their word lists), `people` (surnames, titles, spelling), `roles` and `descriptions` (what appositions say and
//! which later phrases rest on them), `entities` (the result).

mod acronyms;
mod bodies;
mod body_words;
mod context;
mod definitions;
mod descriptions;
mod entities;
mod forms;
mod known;
mod mend;
mod missing;
mod people;
mod role_years;
mod roles;
mod storms;
mod styled;
mod typos;
mod union;
mod work;

use super::corrections::Corrections;
use super::stages::{Entities, Mentions};
use crate::structure::Note;

/// The entities of a note, with what people corrected.
#[must_use]
pub fn resolve(text: &str, note: &Note, mentions: Mentions, corrections: &Corrections) -> Entities {
    corrections.of_entities(text, group(text, note, mentions))
}

/// Groups the mentions and gives each its entity, form and (where the note shows it) better kind.
///
/// Mentions that rest on an apposition ("the foreign minister") are added in their places; all stay sorted.
fn group(text: &str, note: &Note, mentions: Mentions) -> Entities {
    let Mentions(mut mentions) = mentions;
    mend::mend(text, note, &mut mentions);
    missing::add(text, note, &mut mentions);
    styled::take_titles(text, note, &mut mentions);
    let contexts = context::of_all(text, note, &mentions);
    let mut table = forms::Table::read(text, note, &mentions, &contexts);
    let mut union = union::Union::new(table.forms.len());
    definitions::tie(text, note, &mentions, &mut table, &mut union);
    people::take_in_strays(&mut table);
    bodies::tie(&table, &mut union);
    let groups = people::tie(note, &mentions, &contexts, &table, union);
    let roles = roles::find(text, note, &mentions, &table, &contexts, &groups);
    let mut entities = entities::build(text, &mut mentions, &contexts, &table, &groups, roles);
    descriptions::add(note, &mut mentions, &mut entities);
    Entities { mentions, entities }
}

#[cfg(test)]
mod tests;
