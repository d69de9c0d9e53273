//! All names of a workspace, ready to be found by the first letters of any of their words.
//!
//! Made once for a revision and then searched in microseconds, so that typing a name costs the same in a folder of ten
//! notes and of ten thousand. A table may be older than the snapshot that it is searched for: whoever uses it looks up
//! what a name stands for in the snapshot, and what no longer stands for anything is not offered.

use std::sync::Arc;

use crate::analysis::facts::EntityKind;
use crate::workspace::names::{self, Key};
use crate::workspace::paths::stem;
use crate::workspace::summary::Role;
use crate::workspace::{FileId, Snapshot};

/// Something that goes by a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The name as written.
    pub text: Arc<str>,
    /// The key that it is looked up by.
    pub key: Key,
    /// The kind of entity.
    pub kind: EntityKind,
    /// The entity note that gives the name.
    pub record: Option<FileId>,
    /// True if that note gives it as another name than its first.
    pub alias: bool,
    /// The number of notes in which it stands; `u32::MAX` for a name that an entity note gives.
    pub notes: u32,
}

/// The names of a workspace at one revision.
#[derive(Debug, Default)]
pub struct Names {
    revision: u64,
    entities: Prefixes<Named>,
    notes: Prefixes<(FileId, Arc<str>)>,
}

impl Names {
    /// Collects them. Linear in the names of all notes.
    #[must_use]
    pub fn new(snapshot: &Snapshot) -> Self {
        let (mut entities, mut notes) = (Vec::new(), Vec::new());
        for (file, note) in snapshot.notes() {
            let name = stem(&note.path);
            notes.push((name.into(), (file, name.into())));
            if names::fold(note.title()) != names::fold(name) {
                let title: Arc<str> = note.title().into();
                notes.push((title.clone(), (file, title)));
            }
            let Some(record) = &note.record else { continue };
            let gone = |text: &str| record.former.iter().any(|former| &*former.text == text);
            for name in record.strong.iter().chain(&record.weak).filter(|name| !gone(&name.text)) {
                let named = Named {
                    text: name.text.clone(),
                    key: name.key,
                    kind: record.kind,
                    record: Some(file),
                    alias: name.text != record.name,
                    notes: u32::MAX,
                };
                entities.push((name.text.clone(), named));
                if names::fold(&name.text) != names::fold(note.title()) {
                    notes.push((name.text.clone(), (file, name.text.clone())));
                }
            }
        }
        running_text(snapshot, &mut entities);
        Self { revision: snapshot.revision(), entities: Prefixes::new(entities), notes: Prefixes::new(notes) }
    }

    /// Returns `true` if the snapshot has not changed since.
    #[must_use]
    pub fn is_current(&self, snapshot: &Snapshot) -> bool {
        self.revision == snapshot.revision()
    }

    /// The number of names: the work of making the table.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entities.entries.len() + self.notes.entries.len()
    }

    /// Returns `true` if there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The entities with a word that begins so, and whether it is their first word.
    pub(super) fn entities(&self, typed: &str) -> impl Iterator<Item = (&Named, bool)> {
        self.entities.find(typed)
    }

    /// The notes with a word in their file's name, title or aliases that begins so; with that name.
    pub(super) fn notes(&self, typed: &str) -> impl Iterator<Item = (&(FileId, Arc<str>), bool)> {
        self.notes.find(typed)
    }
}

/// Names in running text, each once, unless an entity note gives it.
fn running_text(snapshot: &Snapshot, entities: &mut Vec<(Arc<str>, Named)>) {
    let mut last: Option<(Key, Option<usize>)> = None;
    for (key, role, file) in snapshot.postings() {
        if role != Role::Main && role != Role::Alias {
            continue;
        }
        if let Some((_, index)) = last.filter(|(seen, _)| *seen == key) {
            if let Some((_, named)) = index.and_then(|index| entities.get_mut(index)) {
                named.notes = named.notes.saturating_add(1);
            }
            continue;
        }
        last = Some((key, None));
        if snapshot.has(key, Role::Record) {
            continue;
        }
        let Some((text, kind)) = name_of(snapshot, key, role, file) else { continue };
        last = Some((key, Some(entities.len())));
        entities.push((text.clone(), Named { text, key, kind, record: None, alias: false, notes: 1 }));
    }
}

fn name_of(snapshot: &Snapshot, key: Key, role: Role, file: FileId) -> Option<(Arc<str>, EntityKind)> {
    let note = snapshot.note(file)?;
    let entity = note.entity(note.locals(key, role).next()?)?;
    let of_key = |alias: &&str| names::has_key(entity.kind, alias, key);
    let name = if role == Role::Main { entity.name } else { entity.aliases().find(of_key)? };
    Some((name.into(), entity.kind))
}

/// Values by the words of their names.
#[derive(Debug)]
struct Prefixes<T> {
    /// Folded names with their values.
    entries: Vec<(Box<str>, T)>,
    /// The beginning of each word of each name (entry, byte), sorted by what stands from there on.
    starts: Vec<(u32, u32)>,
}

impl<T> Default for Prefixes<T> {
    fn default() -> Self {
        Self { entries: Vec::new(), starts: Vec::new() }
    }
}

impl<T> Prefixes<T> {
    fn new(named: Vec<(Arc<str>, T)>) -> Self {
        let entries: Vec<(Box<str>, T)> =
            named.into_iter().map(|(name, value)| (names::fold(&name).into_boxed_str(), value)).collect();
        let mut starts = Vec::with_capacity(2 * entries.len());
        for (index, (folded, _)) in entries.iter().enumerate() {
            let words = folded.match_indices(' ').map(|(at, _)| at + 1);
            starts.extend(std::iter::once(0).chain(words).map(|at| (index as u32, at as u32)));
        }
        let mut all = Self { entries, starts: Vec::new() };
        starts.sort_unstable_by(|&one, &other| all.rest(one).cmp(all.rest(other)).then(one.cmp(&other)));
        all.starts = starts;
        all
    }

    fn rest(&self, (entry, at): (u32, u32)) -> &str {
        self.entries.get(entry as usize).and_then(|(folded, _)| folded.get(at as usize..)).unwrap_or("")
    }

    /// The values with a word that begins with `typed` (folded), and whether it is the first; a value may come twice.
    fn find(&self, typed: &str) -> impl Iterator<Item = (&T, bool)> {
        let first = self.starts.partition_point(|&start| self.rest(start) < typed);
        let from = self.starts.get(first..).unwrap_or_default();
        from.iter()
            .take_while(move |&&start| self.rest(start).starts_with(typed))
            .filter_map(|&(entry, at)| Some((&self.entries.get(entry as usize)?.1, at == 0)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::fixture::Fixture;

    #[test]
    fn a_name_is_found_by_each_of_its_words() {
        let written = "//- /people/haddad.md\n---\ntype: person\nname: Nadim Haddad\naliases: [Abu Sarn]\nformer-names: [Nadim Orlec]\n---\n\n//- /a.md\n{p1:Nadim Haddad} met {p2:Rana Haddad} of {o1:Norvik Shipping}.\n//- /b.md\n{p1:Rana Haddad} left.\n";
        let names = Names::new(&Fixture::new(written).snapshot());
        let found =
            |typed: &str| names.entities(typed).map(|(n, first)| (&*n.text, first, n.notes)).collect::<Vec<_>>();
        assert_eq!(found("had"), [("Nadim Haddad", false, u32::MAX), ("Rana Haddad", false, 2)]);
        assert_eq!(found("abu s"), [("Abu Sarn", true, u32::MAX)]);
        assert_eq!((found("orl"), found("addad")), (vec![], vec![]));
        assert_eq!(names.notes("hadd").count(), 2);
    }
}
