//! All names of the workspace in one place, to be searched letter by letter.
//!
//! Names in running text stand once each, whatever the number of notes that use them, with the first of those notes.
//! What a file lists (names of its entity, its source, its headings) stands in blocks of [`BLOCK`] files. Beside each
//! name stands the set of its letters, so that a search passes over most names with one comparison. Both are persistent
//! and kept up to date with each note: a change costs its own names and one block, whatever the size of the vault.

use std::sync::Arc;

use rayon::prelude::*;

use super::FileId;
use super::brief::{Brief, Named};
use super::library::Source;
use super::names::{self, Key};
use super::postings::Posting;
use super::summary::Role;
use super::table::Table;
use crate::text::pack::{Pack, Unpack};

/// Files whose names stand in one block.
const BLOCK: u32 = 64;
/// Notes that a name is counted in; more are as many.
const MOST: u8 = 24;

/// The letters of a text as a set: a search for a letter that is not in it need not look further.
#[must_use]
pub fn letters(text: &str) -> u64 {
    let of = |c: char| match c {
        'a'..='z' => 1 << (c as u32 - 'a' as u32),
        '0'..='9' => 1 << (26 + c as u32 - '0' as u32),
        other => 1 << (36 + u32::from(other) % 28),
    };
    text.chars().flat_map(char::to_lowercase).fold(0, |all, c| all | of(c))
}

/// A name in running text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// As the first note has it.
    pub text: Arc<str>,
    /// Its letters.
    pub letters: u64,
    /// The first note that has it; those that call an entity chiefly so go before those that also call it so.
    pub file: FileId,
    /// The role of the name in that note.
    pub role: Role,
    /// In how many notes it stands, as far as anybody asks.
    pub notes: u8,
    /// True if an entity note gives it.
    pub recorded: bool,
}

/// The kind of a name that a file lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listing {
    /// A name of the entity that the note is about: strong names, then weak ones.
    Record,
    /// A source: key, title and publisher, each on a line.
    Source,
    /// A heading.
    Heading,
}

/// A name that a file lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Listed<'a> {
    /// The file.
    pub file: FileId,
    /// Its kind.
    pub what: Listing,
    /// Which of them in the file.
    pub index: u32,
    /// Its words.
    pub text: &'a str,
    /// Their letters.
    pub letters: u64,
}

/// All names.
#[derive(Clone, Debug, Default)]
pub struct Symbols {
    names: imbl::OrdMap<Key, Name>,
    /// Of each file its number, then the rest as a block of bytes.
    pub(super) blocks: imbl::OrdMap<u32, Arc<[u8]>>,
}

impl Symbols {
    /// Those of many notes at once, from [`Symbols::named_by`] and [`Symbols::listed_by`].
    pub(super) fn new(names: Vec<(Key, Name)>, blocks: Vec<(u32, Arc<[u8]>)>) -> Self {
        Self { names: names.into_iter().collect(), blocks: blocks.into_iter().collect() }
    }

    /// The names in running text of notes sorted by number, from all their postings, sorted.
    pub(super) fn named_by(notes: &[(FileId, Arc<Brief>)], postings: &[Posting]) -> Vec<(Key, Name)> {
        let note = |file: FileId| {
            let at = notes.binary_search_by_key(&file, |(file, _)| *file).ok()?;
            Some(&*notes.get(at)?.1)
        };
        // Pieces that end where a key does.
        let pieces = postings.par_chunk_by(|one, other| one.key == other.key);
        let named = pieces.filter_map(|same| {
            let key = same.first()?.key;
            let called = |role: &Role| matches!(role, Role::Main | Role::Alias);
            let mut places = same.iter().filter_map(|at| Some((at.role().filter(called)?, at.file())));
            let found = |(role, file)| Some((text_of(note(file)?, key, role)?, role, file));
            let (text, role, file) = places.find_map(found)?;
            let notes = 1 + places.take(usize::from(MOST) - 1).count() as u8;
            let recorded = same.iter().any(|at| at.role() == Some(Role::Record));
            Some((key, Name { letters: letters(text), text: text.into(), file, role, notes, recorded }))
        });
        named.collect()
    }

    /// The names that notes list, by block; the notes are sorted by number.
    pub(super) fn listed_by(notes: &[(FileId, Arc<Brief>)]) -> Vec<(u32, Arc<[u8]>)> {
        let blocks = notes.par_chunk_by(|(one, _), (other, _)| one.0 / BLOCK == other.0 / BLOCK);
        let listed = blocks.filter_map(|notes| {
            let mut block = Pack::default();
            notes.iter().for_each(|(file, note)| put(*file, &listing(note), &mut block));
            let (first, _) = notes.first().filter(|_| !block.bytes.is_empty())?;
            Some((first.0 / BLOCK, Arc::from(block.bytes)))
        });
        listed.collect()
    }

    /// Names in running text, each once, by key.
    pub fn names(&self) -> impl Iterator<Item = (Key, &Name)> {
        self.names.iter().map(|(key, name)| (*key, name))
    }

    /// A name in running text.
    #[must_use]
    pub fn name(&self, key: Key) -> Option<&Name> {
        self.names.get(&key)
    }

    /// The names that files list, by file.
    pub fn listed(&self) -> impl Iterator<Item = Listed<'_>> {
        self.blocks.values().flat_map(|block| files(block)).flat_map(|(file, mut names)| {
            std::iter::from_fn(move || {
                let what = match names.byte()? {
                    0 => Listing::Record,
                    1 => Listing::Source,
                    _ => Listing::Heading,
                };
                Some(Listed { file, what, index: names.number32()?, letters: names.hash()?, text: names.text()? })
            })
        })
    }

    /// Returns `true` if there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.names.is_empty() && self.blocks.is_empty()
    }

    /// A posting came or went; `table` has it already, or no longer. `notes` has the notes as they are now.
    pub(super) fn posting<'s>(
        &mut self,
        (key, role): (Key, Role),
        file: FileId,
        added: bool,
        table: &Table,
        note: impl Fn(FileId) -> Option<&'s Brief>,
    ) {
        match role {
            Role::Record => {
                let recorded = table.values(key, Role::Record as u8).next().is_some();
                if let Some(name) = self.names.get(&key).filter(|name| name.recorded != recorded) {
                    let name = Name { recorded, ..name.clone() };
                    self.names.insert(key, name);
                }
            }
            Role::Main | Role::Alias if added => self.added(key, role, file, table, note(file)),
            Role::Main | Role::Alias => self.recount(key, table, note),
            _ => {}
        }
    }

    fn added(&mut self, key: Key, role: Role, file: FileId, table: &Table, note: Option<&Brief>) {
        let known = self.names.get(&key);
        if let Some(name) = known.filter(|name| (name.role, name.file) < (role, file)) {
            if name.notes < MOST {
                let name = Name { notes: name.notes + 1, ..name.clone() };
                self.names.insert(key, name);
            }
            return;
        }
        let Some(text) = note.and_then(|note| text_of(note, key, role)) else { return };
        let notes = known.map_or(1, |name| name.notes.saturating_add(1).min(MOST));
        let recorded =
            known.map_or_else(|| table.values(key, Role::Record as u8).next().is_some(), |name| name.recorded);
        self.names.insert(key, Name { letters: letters(text), text: text.into(), file, role, notes, recorded });
    }

    /// Somewhere the name is gone: it may stand elsewhere, or nowhere.
    fn recount<'s>(&mut self, key: Key, table: &Table, note: impl Fn(FileId) -> Option<&'s Brief>) {
        let places = || {
            let of = |role: Role| table.values(key, role as u8).map(move |file| (role, FileId(file as u32)));
            of(Role::Main).chain(of(Role::Alias))
        };
        let first =
            places().take(MOST.into()).find_map(|(role, file)| Some((role, file, text_of(note(file)?, key, role)?)));
        let Some((role, file, text)) = first else { return drop(self.names.remove(&key)) };
        let notes = places().take(MOST.into()).count() as u8;
        let recorded = table.values(key, Role::Record as u8).next().is_some();
        self.names.insert(key, Name { letters: letters(text), text: text.into(), file, role, notes, recorded });
    }

    /// A note that stays the first of a name may spell it otherwise now.
    pub(super) fn respell(&mut self, file: FileId, note: &Brief) {
        let entities: Vec<_> = note.entities().collect();
        let mut last = None;
        for (key, role, local) in note.names().filter(|(_, role, _)| matches!(role, Role::Main | Role::Alias)) {
            // Of several entities of one name, the first gives the spelling.
            if last.replace((key, role)) == Some((key, role)) {
                continue;
            }
            let Some(name) = self.names.get(&key).filter(|name| (name.file, name.role) == (file, role)) else {
                continue;
            };
            let text = entities.get(local as usize).and_then(|&entity| spelling(entity, key, role));
            if let Some(text) = text.filter(|text| **text != *name.text) {
                let name = Name { text: text.into(), letters: letters(text), ..name.clone() };
                self.names.insert(key, name);
            }
        }
    }

    /// Takes the names that a note lists now; none if it is gone.
    pub(super) fn list(&mut self, file: FileId, note: Option<&Brief>) {
        self.replace(file, &note.map(listing).unwrap_or_default());
    }

    /// Takes the names that a bibliography lists now.
    pub(super) fn list_sources(&mut self, file: FileId, sources: &[Arc<Source>]) {
        let mut out = Pack::default();
        sources.iter().enumerate().for_each(|(index, source)| write_source(index, source, &mut out));
        self.replace(file, &out.bytes);
    }

    fn replace(&mut self, file: FileId, names: &[u8]) {
        let number = file.0 / BLOCK;
        let block = self.blocks.get(&number).cloned().unwrap_or_else(|| Arc::from([]));
        if files(&block).find(|(known, _)| *known == file).map_or(&[][..], |(_, known)| known.rest()) == names {
            return;
        }
        let mut out = Pack::default();
        files(&block).filter(|(known, _)| *known < file).for_each(|(known, names)| put(known, names.rest(), &mut out));
        put(file, names, &mut out);
        files(&block).filter(|(known, _)| *known > file).for_each(|(known, names)| put(known, names.rest(), &mut out));
        self.set_block(number, &out.bytes);
    }

    fn set_block(&mut self, number: u32, bytes: &[u8]) {
        if bytes.is_empty() {
            self.blocks.remove(&number);
        } else {
            self.blocks.insert(number, bytes.into());
        }
    }
}

fn put(file: FileId, names: &[u8], out: &mut Pack) {
    if !names.is_empty() {
        out.number(u64::from(file.0));
        out.block(names);
    }
}

fn listing(note: &Brief) -> Vec<u8> {
    let mut out = Pack::default();
    let names = note.record.iter().flat_map(|record| record.strong.iter().chain(&record.weak));
    names.enumerate().for_each(|(index, name)| write(Listing::Record, index, &name.text, &mut out));
    note.source.iter().for_each(|source| write_source(0, source, &mut out));
    note.headings().enumerate().for_each(|(index, heading)| write(Listing::Heading, index, heading.text, &mut out));
    out.bytes
}

fn files(block: &[u8]) -> impl Iterator<Item = (FileId, Unpack<'_>)> {
    let mut unpack = Unpack::new(block);
    std::iter::from_fn(move || Some((FileId(unpack.number32()?), Unpack::new(unpack.block()?))))
}

fn write(what: Listing, index: usize, text: &str, out: &mut Pack) {
    out.byte(what as u8);
    out.number(index as u64);
    out.hash(letters(text));
    out.text(text);
}

fn write_source(index: usize, source: &Source, out: &mut Pack) {
    let words = [&*source.key, &source.title, &source.publisher].map(|word| word.replace('\n', " "));
    write(Listing::Source, index, &words.join("\n"), out);
}

fn text_of(note: &Brief, key: Key, role: Role) -> Option<&str> {
    spelling(note.entity(note.locals(key, role).next()?)?, key, role)
}

fn spelling(entity: Named<'_>, key: Key, role: Role) -> Option<&str> {
    let of_key = |alias: &&str| names::has_key(entity.kind, alias, key);
    if role == Role::Main { Some(entity.name) } else { entity.aliases().find(of_key) }
}
