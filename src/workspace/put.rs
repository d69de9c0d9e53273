//! How a snapshot advances by one note or bibliography: only what differs from the one before is written.

use std::sync::Arc;

use super::brief::Brief;
use super::corrected::Corrected;
use super::differences::differences;
use super::library::Bibliography;
use super::names::{self, Key};
use super::summary::{Role, Tie};
use super::table::COUNTED;
use super::{FIRST_BIBLIOGRAPHY, FileId, Snapshot};
use crate::config::ConfigTree;

impl Snapshot {
    /// Sets or removes a note and returns how many table entries that touched.
    pub(super) fn put(&mut self, file: FileId, note: Option<Arc<Brief>>) -> usize {
        let old = match &note {
            Some(note) => {
                self.by_path.insert(note.path.clone(), file);
                self.notes.insert(file, note.clone())
            }
            None => self.notes.remove(&file),
        };
        if let Some(old) = old.as_ref().filter(|old| note.as_ref().is_none_or(|new| new.path != old.path)) {
            self.by_path.remove(&old.path);
        }
        if let (Some(old), Some(new)) = (&old, &note)
            && Arc::ptr_eq(old, new)
        {
            return 0;
        }
        let (old, new) = (old.as_deref(), note.as_deref());
        self.symbols.list(file, new);
        let mut worked = 0;
        worked += usize::from(self.days.set(file, new.and_then(Brief::date)));
        let weigh = |(key, role, weight): (Key, Role, u32)| ((key, role), weight);
        differences(postings(old).map(weigh), postings(new).map(weigh), |(key, role), change| {
            worked += 1;
            let entry = (key, role as u8, u64::from(file.0));
            let added = change.now.is_some();
            match change.now {
                Some(weight) if role.is_weighed() => self.table.weigh(entry, weight),
                Some(_) => drop(self.table.add(entry)),
                None => drop(self.table.remove(entry)),
            }
            if change.was.is_some() && added {
                return;
            }
            let note = |file: FileId| self.notes.get(&file).map(|note| &**note);
            self.symbols.posting((key, role), file, added, &self.table, note);
        });
        new.into_iter().filter(|_| old.is_some()).for_each(|note| self.symbols.respell(file, note));
        let plain = |relation| (relation, ());
        differences(relations(old).map(plain), relations(new).map(plain), |(tie, key, other), change| {
            worked += 1;
            let entry = (key, COUNTED + tie as u8, other);
            if change.now.is_some() {
                self.table.add(entry)
            } else {
                self.table.remove(entry)
            };
        });
        worked
    }

    /// Takes the configuration; returns the number of table entries that changed, which is 0.
    pub(super) fn put_configs(&mut self, configs: Arc<ConfigTree>) -> usize {
        self.corrected = Arc::new(Corrected::new(&configs.root().analysis.corrections));
        self.configs = configs;
        0
    }

    /// Takes a bibliography, or what it is without one; returns the number of table entries that changed.
    pub(super) fn put_bibliography(&mut self, path: &Arc<str>, read: Option<Arc<Bibliography>>) -> usize {
        let known = self.bibliography_at(path).map(|(file, _)| file);
        let next = || self.bibliographies.get_max().map_or(FIRST_BIBLIOGRAPHY, |(last, _)| last.0 + 1);
        let file = known.unwrap_or_else(|| FileId(next()));
        self.put_read(file, read)
    }

    /// The same, by the number of the bibliography.
    pub(super) fn put_read(&mut self, file: FileId, read: Option<Arc<Bibliography>>) -> usize {
        let mut worked = 0;
        for key in self.bibliographies.remove(&file).iter().flat_map(|old| &old.sources).flat_map(|s| s.keys()) {
            self.table.remove((names::text_key(key), Role::Source as u8, u64::from(file.0)));
            worked += 1;
        }
        self.symbols.list_sources(file, read.as_ref().map_or(&[], |read| &read.sources));
        let Some(read) = read else { return worked };
        for key in read.sources.iter().flat_map(|source| source.keys()) {
            self.table.add((names::text_key(key), Role::Source as u8, u64::from(file.0)));
            worked += 1;
        }
        self.bibliographies.insert(file, read);
        worked
    }
}

fn postings(note: Option<&Brief>) -> impl Iterator<Item = (Key, Role, u32)> {
    note.into_iter().flat_map(Brief::weighed_postings)
}

fn relations(note: Option<&Brief>) -> impl Iterator<Item = (Tie, Key, Key)> {
    note.into_iter().flat_map(Brief::relations)
}
