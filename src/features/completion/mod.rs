//! What could be meant by what is being typed.
//!
//! Quiet by design: nothing is offered for an ordinary word. Names come after two letters of a capitalised word (three
//! at the start of a sentence), terms of the house's yardstick after three letters where a likelihood is being stated,
//! and everything else only where a sign (`[[`, `@`, `[^`) or the front matter asks for it.
//!
//! `context` says what is being typed, `names` finds names in all notes, `prose`, `markers` and `front` make the items.

mod context;
mod front;
mod markers;
mod names;
mod prose;

pub use names::{Named, Names};

use super::FilePosition;
use super::hover::card::Card;
use super::hover::{self, entity, source};
use crate::analysis::facts::EntityKind;
use crate::text::TextRange;
use crate::workspace::names::Key;
use crate::workspace::{FileId, Snapshot};
use context::Context;

/// Most items of one answer; a longer list is cut and says so.
pub const MOST: usize = 60;

/// The sort of thing that an item names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SuggestionKind {
    /// Somebody or something.
    Entity(EntityKind),
    /// A note.
    Note,
    /// A heading of a note.
    Heading,
    /// A source.
    Source,
    /// A footnote.
    Footnote,
    /// A term of the yardstick.
    Term,
    /// A key of the front matter.
    Field,
    /// A value of the front matter.
    Value,
}

/// The thing whose card is shown with an item, on request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum About {
    /// Whoever has this name.
    Entity(Key),
    /// This note.
    Note(FileId),
    /// The source of this key.
    Source(String),
}

/// Something that could be meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// The words in the list.
    pub label: String,
    /// The sort of thing that it names.
    pub kind: SuggestionKind,
    /// The words beside the label: a role, a title, a band.
    pub detail: String,
    /// The text that is written into the note.
    pub text: String,
    /// The bytes that the text takes the place of: up to the caret.
    pub insert: TextRange,
    /// The same where all of the word under the caret is to go.
    pub replace: TextRange,
    /// The words that the client compares with what was typed.
    pub filter: String,
    /// The thing that [`resolve`] makes a card of, if there is more to know.
    pub about: Option<About>,
}

/// The items for a place, best first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Completion {
    /// The items.
    pub items: Vec<Suggestion>,
    /// True if there are more, so that the next letter has to be asked about anew.
    pub incomplete: bool,
}

/// The completions at a place; none where nothing here knows what is being typed. `names` may be of an earlier
/// revision. With `asked` the user asked for it, rather than typed.
#[must_use]
pub fn completion(snapshot: &Snapshot, names: &Names, position: FilePosition) -> Option<Completion> {
    let note = snapshot.full(position.file)?;
    let text = note.text.as_deref()?;
    let place = Place { snapshot, names, file: position.file, note, text, at: position.offset };
    let mut completion = match context::at(text, &note.facts, position.offset)? {
        Context::Wikilink(typed) => markers::wikilink(&place, typed),
        Context::Heading(typed, target) => markers::heading(&place, typed, target),
        Context::Footnote(typed, first) => markers::footnote(&place, typed, first),
        Context::Citation(typed, bracketed) => markers::citation(&place, typed, bracketed),
        Context::FrontKey(typed) => front::keys(&place, typed),
        Context::FrontValue(typed, key) => front::values(&place, typed, key),
        Context::Name(typed, starts) => prose::names(&place, typed, &starts),
        Context::Term(typed, starts) => prose::terms(&place, typed, &starts),
    };
    completion.incomplete |= completion.items.len() > MOST;
    completion.items.truncate(MOST);
    Some(completion)
}

/// The card of an item; none where nothing is known.
#[must_use]
pub fn resolve(snapshot: &Snapshot, about: &About) -> Option<Card> {
    let card = match about {
        About::Entity(key) => entity::of_key(snapshot, *key)?,
        About::Note(file) => {
            snapshot.note(*file)?;
            hover::of_note(snapshot, *file)
        }
        About::Source(key) => source::citation(snapshot, key),
    };
    (!card.is_empty()).then_some(card)
}

/// The place of the caret, as the makers of items share it.
struct Place<'s> {
    snapshot: &'s Snapshot,
    names: &'s Names,
    file: FileId,
    note: &'s crate::workspace::NoteEntry,
    text: &'s str,
    at: u32,
}

impl Place<'_> {
    /// The configuration in force for the note.
    fn config(&self) -> &crate::config::Config {
        self.snapshot.config_at(&self.note.path)
    }
}

#[cfg(test)]
mod tests;
