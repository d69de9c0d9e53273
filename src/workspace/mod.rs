//! What ALL notes say together.
//!
//! [`Workspace`] is the only mutable owner and advances only by a [`Change`]; [`Snapshot`] is what everybody reads:
//! immutable, cheap to clone, with a revision. Editing one note changes only its own [`NoteEntry`] and the tables
//! that refer to it, never another note's facts.

pub mod entities;
pub mod library;

use std::sync::Arc;

use crate::analysis::NoteFacts;
use crate::config::Config;
use crate::text::LineIndex;

/// A note or other file of the workspace; small, stable for the life of the workspace.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileId(pub u32);

/// One note as the workspace knows it.
#[derive(Clone, Debug)]
pub struct NoteEntry {
    /// Path relative to the workspace's root with `/` between folders, or the URI of what has no path.
    pub path: Arc<str>,
    /// What it says.
    pub facts: Arc<NoteFacts>,
    /// Its lines, so that ranges can be shown without the text.
    pub lines: Arc<LineIndex>,
    /// Its text, for open notes and while checking.
    pub text: Option<Arc<str>>,
}

/// The only way in which the workspace advances.
#[derive(Clone, Debug)]
pub enum Change {
    /// A note was read, opened or edited.
    Note(FileId, NoteEntry),
    /// A note is gone.
    Removed(FileId),
    /// A bibliography was read: its path and its text.
    Bibliography(Arc<str>, Arc<str>),
    /// A bibliography is gone.
    BibliographyRemoved(Arc<str>),
    /// The configuration changed.
    Config(Arc<Config>),
}

/// The mutable owner.
#[derive(Debug, Default)]
pub struct Workspace {
    now: Snapshot,
}

impl Workspace {
    /// Advances by one change; afterwards [`Workspace::snapshot`] has a higher revision.
    pub fn apply(&mut self, change: Change) {
        self.now.revision += 1;
        match change {
            Change::Note(file, note) => {
                self.now.notes.insert(file, Arc::new(note));
            }
            Change::Removed(file) => {
                self.now.notes.remove(&file);
            }
            Change::Config(config) => self.now.config = config,
            Change::Bibliography(..) | Change::BibliographyRemoved(..) => {}
        }
    }

    /// The state as of now.
    #[must_use]
    pub fn snapshot(&self) -> Snapshot {
        self.now.clone()
    }
}

/// What all notes say together, at one moment.
#[derive(Clone, Debug, Default)]
pub struct Snapshot {
    revision: u64,
    notes: imbl::OrdMap<FileId, Arc<NoteEntry>>,
    config: Arc<Config>,
}

impl Snapshot {
    /// Rises with every change.
    #[must_use]
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// A note, if it is known.
    #[must_use]
    pub fn note(&self, file: FileId) -> Option<&Arc<NoteEntry>> {
        self.notes.get(&file)
    }

    /// All notes, by id.
    pub fn notes(&self) -> impl Iterator<Item = (FileId, &Arc<NoteEntry>)> {
        self.notes.iter().map(|(file, note)| (*file, note))
    }

    /// The configuration in force.
    #[must_use]
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// The same snapshot, with one note as a request saw it. Nothing else changes.
    #[must_use]
    pub fn with_note(&self, file: FileId, note: Arc<NoteEntry>) -> Snapshot {
        let mut other = self.clone();
        other.notes.insert(file, note);
        other
    }
}
