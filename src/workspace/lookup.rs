//! What a citation key or a link points at, and who points here.

use std::ops::Bound;
use std::sync::Arc;

use super::brief::{Brief, UseAt};
use super::library::{Bibliography, Source};
use super::names;
use super::paths;
use super::summary::Role;
use super::{FileId, Snapshot};

/// Notes of which the names are looked at where any name may be meant.
const MOST_NAMED: usize = 4096;

impl Snapshot {
    /// The sources of a citation key: more than one where it is given twice.
    #[must_use]
    pub fn sources_of(&self, key: &str) -> Vec<(FileId, Arc<Source>)> {
        let files = self.files(names::text_key(key), Role::Source);
        files
            .flat_map(|file| self.sources_in(file).filter(|s| s.has_key(key)).map(move |s| (file, s.clone())))
            .collect()
    }

    /// Returns `true` if a citation key is known.
    #[must_use]
    pub fn knows_source(&self, key: &str) -> bool {
        self.has(names::text_key(key), Role::Source)
    }

    /// The bibliography at a path, as the change that brought it says.
    #[must_use]
    pub fn bibliography_at(&self, path: &str) -> Option<(FileId, &Arc<Bibliography>)> {
        self.bibliographies().find(|(_, bibliography)| *bibliography.path == *path)
    }

    /// A bibliography by its number.
    #[must_use]
    pub fn bibliography(&self, file: FileId) -> Option<&Arc<Bibliography>> {
        self.bibliographies.get(&file)
    }

    /// All sources: of bibliographies, then of source notes.
    pub fn sources(&self) -> impl Iterator<Item = (FileId, &Arc<Source>)> {
        let listed = self.bibliographies().flat_map(|(file, b)| b.sources.iter().map(move |source| (file, source)));
        listed.chain(self.notes().filter_map(|(file, note)| Some((file, note.source.as_ref()?))))
    }

    /// The sources of a bibliography, or the one of a source note.
    pub fn sources_in(&self, file: FileId) -> impl Iterator<Item = &Arc<Source>> {
        let note = self.note(file).and_then(|note| note.source.as_ref());
        let listed = self.bibliographies.get(&file).map_or(&[][..], |b| b.sources.as_slice());
        note.into_iter().chain(listed)
    }

    /// The uses of a citation key: each note with the uses in it, by id.
    pub fn citations_of<'a>(&'a self, key: &'a str) -> impl Iterator<Item = (FileId, UseAt<'a>)> {
        let files = self.files(names::text_key(key), Role::Citation);
        let uses = move |file| self.note(file).into_iter().flat_map(|note| note.citations());
        files.flat_map(move |file| uses(file).filter(move |u| *u.text == *key).map(move |u| (file, u)))
    }

    /// The note that a wikilink's target (without anchor) means from the point of view of `from`: by path, by the end
    /// of the path, by the file's name, by title or alias; the nearest folder first, then the shortest path. None if
    /// no note is called so.
    #[must_use]
    pub fn note_named(&self, target: &str, from: FileId) -> Option<FileId> {
        let target = target.trim().trim_start_matches('/');
        if target.is_empty() {
            return None;
        }
        let tail = target.rsplit('/').next().unwrap_or(target);
        let wanted = names::fold(paths::stem(tail));
        let near = self.note(from).map(|note| folder(&note.path).to_owned()).unwrap_or_default();
        let rank = |file: &FileId| {
            let note = self.note(*file)?;
            let path = without_extension(&note.path);
            let exact = ends_with_path(path, without_extension(target));
            if target.contains('/') && !exact {
                return None;
            }
            let by_name = names::fold(paths::stem(&note.path)) == wanted;
            Some((!exact, !by_name, folder(&note.path) != near, note.path.matches('/').count(), note.path.clone()))
        };
        self.files(names::note_key(paths::stem(tail)), Role::NoteName)
            .filter_map(|file| Some((rank(&file)?, file)))
            .min()
            .map(|(_, file)| file)
    }

    /// Names and titles of notes, those of the folder of `from` first, of some thousands of notes at most: for whoever
    /// looks for a slip of the hand, which must not cost more in a larger vault.
    pub fn note_names(&self, from: FileId) -> impl Iterator<Item = &str> {
        let near = self.note(from).map_or("", |note| folder(&note.path));
        let beside = self
            .by_path
            .range::<(Bound<&str>, Bound<&str>), str>((Bound::Included(near), Bound::Unbounded))
            .take_while(move |(path, _)| path.starts_with(near));
        let beside = beside.take(MOST_NAMED).filter_map(|(_, file)| self.note(*file));
        let all = beside.chain(self.notes.values().take(MOST_NAMED));
        all.flat_map(|note| [paths::stem(&note.path), note.title()])
    }

    /// The note whose path is this one but for the case of letters.
    #[must_use]
    pub fn note_in_other_case(&self, path: &str) -> Option<&Arc<Brief>> {
        let named = self.files(names::note_key(paths::stem(path)), Role::NoteName);
        named.filter_map(|file| self.note(file)).find(|note| note.path.eq_ignore_ascii_case(path))
    }

    /// The wikilinks whose target has this name, wherever they lead.
    pub fn links_named<'a>(&'a self, name: &'a str) -> impl Iterator<Item = (FileId, UseAt<'a>)> {
        let wanted = names::fold(name);
        let uses = |file| self.note(file).into_iter().flat_map(move |n| n.links().map(move |u| (file, u)));
        let named = move |(_, link): &(FileId, UseAt<'_>)| names::fold(paths::stem(link.text)) == wanted;
        self.files(names::note_key(name), Role::Link).flat_map(uses).filter(named)
    }

    /// The wikilinks of other notes that lead to this one.
    #[must_use]
    pub fn links_to(&self, file: FileId) -> Vec<(FileId, UseAt<'_>)> {
        let Some(note) = self.note(file) else { return Vec::new() };
        let called = note.postings().filter(|&(_, role)| role == Role::NoteName);
        let mut from: Vec<FileId> = called.flat_map(|(key, _)| self.files(key, Role::Link)).collect();
        from.sort_unstable();
        from.dedup();
        let links = |from: FileId| self.note(from).into_iter().flat_map(move |n| n.links().map(move |u| (from, u)));
        let here = |(from, link): &(FileId, UseAt<'_>)| self.note_named(link.text, *from) == Some(file);
        from.into_iter().flat_map(links).filter(here).collect()
    }
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn without_extension(path: &str) -> &str {
    let stem = paths::stem(path);
    let start = path.rfind('/').map_or(0, |slash| slash + 1);
    path.get(..start + stem.len()).unwrap_or(path)
}

/// Returns `true` if `path` ends in the folders and name of `target`, case ignored.
fn ends_with_path(path: &str, target: &str) -> bool {
    let mut path = path.rsplit('/');
    target.rsplit('/').all(|part| path.next().is_some_and(|p| p.eq_ignore_ascii_case(part)))
}
