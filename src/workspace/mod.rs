//! What ALL notes say together.
//!
//! [`Workspace`] is the only mutable owner and advances only by a [`Change`]; [`Snapshot`] is what everybody reads:
//! immutable, cheap to clone, with a revision. Editing one note changes only its own [`NoteEntry`] and the tables
//! that refer to it, never another note's facts. Of every note there is a [`Brief`], which answers whatever is asked
//! about notes at large; facts and text stay only of notes that are open ([`Snapshot::full`]).
//!
//! Read in this order: `names` (when two spellings are one name), `summary` (what is gathered of a note), `brief` (how
//! it is kept), `table` (what leads where), this file, `entities` (who is who), `overview` (what all notes
//! come to of somebody), `library` (what can be cited), `lookup` (what a link or key points at).

pub mod brief;
pub mod corrected;
mod days;
mod differences;
pub mod entities;
mod files;
pub mod genre;
mod keys;
pub mod library;
mod load;
pub mod lookup;
pub mod names;
pub mod overview;
pub mod paths;
mod postings;
mod put;
pub mod records;
pub mod summary;
pub mod symbols;
mod table;
pub mod unread;

use std::sync::Arc;

use smallvec::SmallVec;

use crate::analysis::NoteFacts;
use crate::config::{Config, ConfigTree};
use crate::text::{LineIndex, Lines};
use brief::Brief;
use corrected::Corrected;
use days::Days;
pub use files::{ByPath, FileId, FileIds};
use library::Bibliography;
use names::Key;
use summary::{Role, Tie, Weight};
use symbols::Symbols;
use table::{COUNTED, Table};
use unread::{Refusal, Unread};

/// Bibliographies are numbered from here, notes from zero, so that either can be the target of a jump.
const FIRST_BIBLIOGRAPHY: u32 = 1 << 31;

/// One note with all that it says: while it is open, or until it has been checked.
#[derive(Clone, Debug)]
pub struct NoteEntry {
    /// Path relative to the workspace's root with `/` between folders, or the URI of what has no path.
    pub path: Arc<str>,
    /// The facts of its text.
    pub facts: Arc<NoteFacts>,
    /// Its lines.
    pub lines: Arc<LineIndex>,
    /// Its text.
    pub text: Option<Arc<str>>,
    /// The knowledge of it that needs no text: all that remains when it is closed.
    pub brief: Arc<Brief>,
}

impl NoteEntry {
    /// A note that was just analysed.
    #[must_use]
    pub fn new(path: impl Into<Arc<str>>, text: impl Into<Arc<str>>, facts: impl Into<Arc<NoteFacts>>) -> Self {
        let (path, text, facts) = (path.into(), text.into(), facts.into());
        let lines = Arc::new(LineIndex::new(&text));
        let brief = Arc::new(Brief::new(&path, &text, &facts, &lines));
        Self { path, facts, lines, text: Some(text), brief }
    }

    /// The same note under another path.
    #[must_use]
    pub fn at(self, path: Arc<str>) -> Self {
        let brief = Arc::new(Arc::unwrap_or_clone(self.brief).at(path.clone()));
        Self { path, brief, ..self }
    }
}

/// The only way in which the workspace advances.
#[derive(Clone, Debug)]
pub enum Change {
    /// A note was opened or edited, or read to be checked.
    Note(FileId, NoteEntry),
    /// A note was read, or is no longer open.
    Closed(FileId, Arc<Brief>),
    /// A note is gone.
    Removed(FileId),
    /// A bibliography was read.
    Bibliography(Arc<Bibliography>),
    /// A bibliography is gone.
    BibliographyRemoved(Arc<str>),
    /// Of the files that the note at a path names, these are not read.
    Unread(Arc<str>, Unread),
    /// The configuration changed: one for all notes.
    Config(Arc<Config>),
    /// The configuration changed: each folder's own.
    Configs(Arc<ConfigTree>),
}

/// The mutable owner.
#[derive(Debug, Default)]
pub struct Workspace {
    now: Snapshot,
    /// Table entries that the last change added or took away: the counted work of the complexity tests.
    pub worked: usize,
}

impl Workspace {
    /// Advances by one change; afterwards [`Workspace::snapshot`] has a higher revision.
    pub fn apply(&mut self, change: Change) {
        self.now.revision += 1;
        self.worked = match change {
            Change::Note(file, note) => {
                let brief = note.brief.clone();
                self.now.full.insert(file, Arc::new(note));
                self.now.put(file, Some(brief))
            }
            Change::Closed(file, brief) => {
                self.now.full.remove(&file);
                // Closing a note that was open keeps what is there.
                let known = self.now.note(file).filter(|known| Arc::ptr_eq(known, &brief)).cloned();
                self.now.put(file, Some(known.unwrap_or_else(|| Arc::new(brief.settled()))))
            }
            Change::Removed(file) => {
                self.now.full.remove(&file);
                self.now.put(file, None)
            }
            Change::Bibliography(read) => self.now.put_bibliography(&read.path.clone(), Some(read)),
            Change::BibliographyRemoved(path) => self.now.put_bibliography(&path, None),
            Change::Unread(note, unread) => {
                if unread.is_empty() {
                    self.now.unread.remove(&note);
                } else {
                    self.now.unread.insert(note, unread);
                }
                0
            }
            Change::Config(config) => self.now.put_configs(Arc::new(ConfigTree::of(config))),
            Change::Configs(configs) => self.now.put_configs(configs),
        };
    }

    /// Takes many closed notes at once, as a store has kept them. Into an empty workspace that costs a fraction of as
    /// many changes; notes that are known already (because they are open, say) stay as they are.
    pub fn load(&mut self, notes: Vec<(FileId, Arc<Brief>)>) {
        self.now.revision += 1;
        if !self.now.notes.is_empty() || !self.now.bibliographies.is_empty() {
            for (file, note) in notes {
                if self.now.note(file).is_none() {
                    self.now.put(file, Some(note));
                }
            }
            return;
        }
        self.now.load(notes);
    }

    /// Takes what another workspace, loaded beside this one, knows of closed notes; what is known here stays as it is.
    /// Costs what the smaller of the two knows.
    pub fn adopt(&mut self, other: Workspace) {
        self.now.revision += 1;
        let mut other = other.now;
        if self.now.notes.len() > other.notes.len() {
            for (file, note) in other.notes {
                if self.now.note(file).is_none() {
                    self.now.put(file, Some(note));
                }
            }
            return;
        }
        for (file, note) in &self.now.notes {
            other.put(*file, Some(note.clone()));
        }
        for (file, bibliography) in &self.now.bibliographies {
            other.put_read(*file, Some(bibliography.clone()));
        }
        other.full = self.now.full.clone();
        other.unread = self.now.unread.clone();
        other.configs = self.now.configs.clone();
        other.corrected = self.now.corrected.clone();
        other.revision = self.now.revision;
        self.now = other;
    }

    /// The state as of now.
    #[must_use]
    pub fn snapshot(&self) -> Snapshot {
        self.now.clone()
    }
}

/// The links of a name: the entity notes that have it, and the names that notes tie it to.
#[derive(Debug, Default)]
struct Bonds {
    /// Entity notes of this name.
    records: SmallVec<[FileId; 2]>,
    /// Entity notes of which it is a weak alias.
    weak: SmallVec<[FileId; 2]>,
    /// Other names for the same.
    same: SmallVec<[Key; 4]>,
    /// The names that it abbreviates.
    long: SmallVec<[Key; 2]>,
    /// The names that abbreviate it.
    short: SmallVec<[Key; 2]>,
}

/// All notes together, at one moment.
#[derive(Clone, Debug, Default)]
pub struct Snapshot {
    revision: u64,
    notes: imbl::OrdMap<FileId, Arc<Brief>>,
    /// The notes that are open, or not checked yet.
    full: imbl::OrdMap<FileId, Arc<NoteEntry>>,
    by_path: imbl::OrdMap<Arc<str>, FileId>,
    bibliographies: imbl::OrdMap<FileId, Arc<Bibliography>>,
    /// Files that notes name and that are not read, by the path of the note; few do.
    unread: imbl::OrdMap<Arc<str>, Unread>,
    /// Which notes a name, key or link leads to, by [`Role`]; and what names are tied to, with the number of notes that
    /// tie them, by [`Tie`].
    table: Table,
    days: Days,
    symbols: Symbols,
    configs: Arc<ConfigTree>,
    corrected: Arc<Corrected>,
}

impl Snapshot {
    /// Rises with every change.
    #[must_use]
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// The brief of a note, open or not.
    #[must_use]
    pub fn note(&self, file: FileId) -> Option<&Arc<Brief>> {
        self.notes.get(&file)
    }

    /// A note with all that it says, if it is open or not checked yet.
    #[must_use]
    pub fn full(&self, file: FileId) -> Option<&Arc<NoteEntry>> {
        self.full.get(&file)
    }

    /// All notes, by id.
    pub fn notes(&self) -> impl Iterator<Item = (FileId, &Arc<Brief>)> {
        self.notes.iter().map(|(file, note)| (*file, note))
    }

    /// The notes that are open or not checked yet, by id.
    pub fn full_notes(&self) -> impl Iterator<Item = (FileId, &Arc<NoteEntry>)> {
        self.full.iter().map(|(file, note)| (*file, note))
    }

    /// The note at a path, as [`Brief::path`] has it.
    #[must_use]
    pub fn file_at(&self, path: &str) -> Option<FileId> {
        self.by_path.get(path).copied()
    }

    /// The path of a note or bibliography.
    #[must_use]
    pub fn path(&self, file: FileId) -> Option<&Arc<str>> {
        self.note(file).map(|n| &n.path).or_else(|| self.bibliographies.get(&file).map(|b| &b.path))
    }

    /// The lines of a note or bibliography.
    #[must_use]
    pub fn lines(&self, file: FileId) -> Option<Lines<'_>> {
        self.path_and_lines(file).map(|(_, lines)| lines)
    }

    /// The path and the lines of a note or bibliography.
    #[must_use]
    pub fn path_and_lines(&self, file: FileId) -> Option<(&Arc<str>, Lines<'_>)> {
        if let Some(note) = self.full(file) {
            return Some((&note.brief.path, Lines::Index(&note.lines)));
        }
        let packed = self.note(file).map(|note| (&note.path, Lines::Walk(note.lines().walk())));
        packed.or_else(|| self.bibliographies.get(&file).map(|b| (&b.path, Lines::Index(&b.lines))))
    }

    /// All bibliographies, by id.
    pub fn bibliographies(&self) -> impl Iterator<Item = (FileId, &Arc<Bibliography>)> {
        self.bibliographies.iter().map(|(file, bibliography)| (*file, bibliography))
    }

    /// Why a file that the note at a path names is not read; none if it is, or is not there.
    #[must_use]
    pub fn refusal(&self, note: &str, name: &str) -> Option<Refusal> {
        self.unread_of(note)?.iter().find(|(known, _)| known == name).map(|(_, refusal)| *refusal)
    }

    /// The files that the note at a path names and that are not read.
    #[must_use]
    pub fn unread_of(&self, note: &str) -> Option<&Unread> {
        self.unread.get(note)
    }

    /// The paths of the notes that name what is not read.
    pub fn notes_with_unread(&self) -> impl Iterator<Item = &Arc<str>> {
        self.unread.keys()
    }

    /// The configuration in force at the root.
    #[must_use]
    pub fn config(&self) -> &Config {
        self.configs.root()
    }

    /// The configuration in force for the note at a path, as [`NoteEntry::path`] has it.
    #[must_use]
    pub fn config_at(&self, path: &str) -> &Arc<Config> {
        self.configs.at(path)
    }

    /// Every folder's configuration.
    #[must_use]
    pub fn configs(&self) -> &Arc<ConfigTree> {
        &self.configs
    }

    /// The same snapshot, with one note as a request saw it. Nothing else changes.
    #[must_use]
    pub fn with_note(&self, file: FileId, note: Arc<NoteEntry>) -> Snapshot {
        let mut other = self.clone();
        other.put(file, Some(note.brief.clone()));
        other.full.insert(file, note);
        other
    }

    /// The same snapshot, with one bibliography as it was just read. Nothing else changes.
    #[must_use]
    pub fn with_bibliography(&self, path: &Arc<str>, text: &str) -> Snapshot {
        self.with_read(Arc::new(Bibliography::read(path.clone(), text)))
    }

    /// The same for one that was read already.
    #[must_use]
    pub fn with_read(&self, bibliography: Arc<Bibliography>) -> Snapshot {
        let mut other = self.clone();
        other.put_bibliography(&bibliography.path.clone(), Some(bibliography));
        other
    }

    /// The notes that a key leads to in a role, by id.
    pub(crate) fn files(&self, key: Key, role: Role) -> impl Iterator<Item = FileId> + '_ {
        self.table.values(key, role as u8).map(|file| FileId(file as u32))
    }

    /// The same, each with how much it says.
    pub(crate) fn weighed_files(&self, key: Key, role: Role) -> impl Iterator<Item = (FileId, Weight)> + '_ {
        self.table.weighed(key, role as u8).map(|(file, weight)| (FileId(file as u32), Weight::unpacked(weight)))
    }

    /// Returns `true` if any note has the key in this role.
    pub(crate) fn has(&self, key: Key, role: Role) -> bool {
        self.files(key, role).next().is_some()
    }

    /// The keys that a key is tied to.
    pub(crate) fn tied(&self, tie: Tie, key: Key) -> impl Iterator<Item = Key> + '_ {
        self.table.values(key, COUNTED + tie as u8)
    }

    /// The key that a key is tied to, if it is one.
    pub(crate) fn only_tied(&self, tie: Tie, key: Key) -> Option<Key> {
        let mut all = self.tied(tie, key);
        let first = all.next()?;
        all.next().is_none().then_some(first)
    }

    /// The links of a key, found in one pass.
    fn bonds(&self, key: Key) -> Bonds {
        let mut bonds = Bonds::default();
        for (tag, value) in self.table.of_key(key, Role::Record as u8) {
            if let Some(role) = Role::of(tag) {
                match role {
                    Role::Record => bonds.records.push(FileId(value as u32)),
                    Role::WeakRecord => bonds.weak.push(FileId(value as u32)),
                    _ => {}
                }
                continue;
            }
            match tag.checked_sub(COUNTED).and_then(Tie::of) {
                Some(Tie::Same) => bonds.same.push(value),
                Some(Tie::Acronym) => bonds.long.push(value),
                Some(Tie::Expansion) => bonds.short.push(value),
                // Surnames come last, and may have many bearers.
                Some(Tie::Surname) | None => break,
            }
        }
        bonds
    }

    /// All names, to be searched by letters.
    #[must_use]
    pub fn symbols(&self) -> &Symbols {
        &self.symbols
    }

    /// All postings in order of key.
    pub(crate) fn postings(&self) -> impl Iterator<Item = (Key, Role, FileId)> + '_ {
        self.table.iter().filter_map(|(key, tag, file)| Some((key, Role::of(tag)?, FileId(file as u32))))
    }
}

#[cfg(test)]
pub(crate) mod fixture;
#[cfg(test)]
mod tests;
