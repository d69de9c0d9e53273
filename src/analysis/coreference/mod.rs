//! Which mentions of one note are one entity.
//!
//! The work goes by *forms*, the distinct surfaces of a note, not by mentions, so that a name repeated a thousand
//! times is thought about once; every search is a look-up by key or over a bounded list, never form against form.
//!
//! Read in this order: `mend`, `missing` and `styled` (what the note proves of single names), `forms` (surfaces and their kinds), `context`
//! (titles and determiners around a mention),
//! `definitions` ("Port Management Council (PMC)"), `bodies`, `acronyms`, `storms`, `slips` (known names, first words and heads, initials, slips of the keyboard of everything
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
mod slips;
mod storms;
mod styled;
mod union;
mod work;

use super::facts::{Entity, Mention};

use crate::structure::Note;

/// Groups the mentions and writes each one's entity, form and (where the note shows it) better kind into it.
///
/// Mentions that rest on an apposition ("the foreign minister") are added in their places; all stay sorted.
#[must_use]
pub fn group(text: &str, note: &Note, mentions: &mut Vec<Mention>) -> Vec<Entity> {
    mend::mend(text, note, mentions);
    missing::add(text, note, mentions);
    styled::take_titles(text, note, mentions);
    let contexts = context::of_all(text, note, mentions);
    let mut table = forms::Table::read(text, note, mentions, &contexts);
    let mut union = union::Union::new(table.forms.len());
    definitions::tie(text, note, mentions, &mut table, &mut union);
    people::take_in_strays(&mut table);
    bodies::tie(&table, &mut union);
    let groups = people::tie(note, mentions, &contexts, &table, union);
    let roles = roles::find(text, note, mentions, &table, &contexts, &groups);
    let mut entities = entities::build(text, mentions, &contexts, &table, &groups, roles);
    descriptions::add(note, mentions, &mut entities);
    entities
}

#[cfg(test)]
mod tests;
