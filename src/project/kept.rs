//! What is known of a project's notes, and of which content: so that nothing is read twice.
//!
//! It lives as long as somebody works with the project, and beyond that in the [`Store`], where that may be. Whoever
//! has read a note tells [`Kept::keep`]; whoever is to read one asks [`Kept::known`] first whether the file is still
//! what was read. Nothing here may fail for the caller: without a store all of it works from memory.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rayon::prelude::*;

use super::Project;
use crate::config;
use crate::store::segment::{Entry, Segment};
use crate::store::tidy::Shape;
use crate::store::writer::Writer;
use crate::store::{Stamp, Store, Trouble, place};

/// What is known of one project's notes.
#[derive(Debug, Default)]
pub struct Kept {
    stamps: Mutex<HashMap<Arc<str>, Stamp>>,
    writer: Option<Writer>,
}

/// The file that keeps what is known of a project: by its configuration in the folder `cache` of the user's (none: there is no such folder), in the project, or nowhere.
#[must_use]
pub fn file_of(project: &Project, cache: Option<&Path>) -> Option<PathBuf> {
    let folder = match project.config.store {
        config::Store::User => cache?.to_path_buf(),
        config::Store::Workspace => project.root.join(place::IN_WORKSPACE),
        config::Store::Off => return None,
    };
    Some(folder.join(place::file_name(&project.root)))
}

impl Kept {
    /// Opens what is kept in a file and reads it: what `decode` makes of each path and its bytes, by path. What it makes
    /// nothing of will be read again. `say` is told, once, if nothing can be kept there.
    pub fn open<T: Send>(
        file: &Path,
        root: &Path,
        say: impl Fn(Trouble) + Send + 'static,
        decode: impl Fn(&Arc<str>, &[u8]) -> Option<T> + Sync,
    ) -> (Self, Vec<T>) {
        let store = match Store::open(file, root) {
            Ok(store) => store,
            Err(trouble) => {
                say(trouble);
                return (Self::default(), Vec::new());
            }
        };
        place::forget_old(file, root);
        let (store, log) = match Log::read(&store) {
            Ok(log) => (store, log),
            Err(_) => match store.renew() {
                Ok(store) => (store, Log::default()),
                Err(trouble) => {
                    say(trouble);
                    return (Self::default(), Vec::new());
                }
            },
        };
        let decoded: Vec<(Arc<str>, Stamp, T)> = log
            .notes()
            .into_par_iter()
            .filter_map(|(path, stamp, bytes)| Some((path.clone(), stamp, decode(path, bytes)?)))
            .collect();
        let writer = Writer::start(store, say);
        writer.found(log.shape());
        let mut stamps = HashMap::with_capacity(decoded.len());
        let mut found = Vec::with_capacity(decoded.len());
        for (path, stamp, one) in decoded {
            stamps.insert(path, stamp);
            found.push(one);
        }
        (Self { stamps: Mutex::new(stamps), writer: Some(writer) }, found)
    }

    /// Of which content a note is known.
    #[must_use]
    pub fn known(&self, path: &str) -> Option<Stamp> {
        self.stamps().get(path).copied()
    }

    /// A note was read, and the workspace has it; `bytes` are what is stored of it.
    pub fn keep(&self, path: &Arc<str>, stamp: Stamp, bytes: impl FnOnce() -> Vec<u8>) {
        self.stamps().insert(path.clone(), stamp);
        if let Some(writer) = &self.writer {
            writer.put(path, stamp, bytes());
        }
    }

    /// A note was looked at again: its content is what is known.
    pub fn same(&self, path: &str, stamp: Stamp) {
        if let Some(known) = self.stamps().get_mut(path) {
            *known = stamp;
        }
        if let Some(writer) = &self.writer {
            writer.same(path, stamp);
        }
    }

    /// A note is gone, or must be read again.
    pub fn forget(&self, path: &str) {
        let known = self.stamps().remove(path).is_some();
        if let Some(writer) = self.writer.as_ref().filter(|_| known) {
            writer.remove(path);
        }
    }

    /// All notes but these are gone.
    pub fn forget_others(&self, paths: &HashSet<&str>) {
        let gone: Vec<Arc<str>> = self.stamps().keys().filter(|path| !paths.contains(&***path)).cloned().collect();
        gone.iter().for_each(|path| self.forget(path));
    }

    /// Waits until the file has all that was kept.
    pub fn flush(&self) {
        if let Some(writer) = &self.writer {
            writer.flush();
        }
    }

    fn stamps(&self) -> MutexGuard<'_, HashMap<Arc<str>, Stamp>> {
        self.stamps.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What a store says, batch by batch.
#[derive(Default)]
struct Log {
    segments: Vec<Segment>,
    last: HashMap<Arc<str>, (Stamp, usize, Range<usize>)>,
}

impl Log {
    fn read(store: &Store) -> rusqlite::Result<Self> {
        let mut log = Self::default();
        store.read(|segment| {
            let number = log.segments.len();
            for (path, entry, range) in segment.entries() {
                match entry {
                    Entry::Note(stamp) => drop(log.last.insert(path.clone(), (stamp, number, range))),
                    Entry::Same(stamp) => {
                        if let Some((newest, ..)) = log.last.get_mut(path) {
                            *newest = stamp;
                        }
                    }
                    Entry::Gone => drop(log.last.remove(path)),
                }
            }
            log.segments.push(segment);
            true
        })?;
        Ok(log)
    }

    fn notes(&self) -> Vec<(&Arc<str>, Stamp, &[u8])> {
        let of = |(path, (stamp, segment, range)): (_, &(Stamp, usize, Range<usize>))| {
            Some((path, *stamp, self.segments.get(*segment)?.bodies.get(range.clone())?))
        };
        let mut notes: Vec<_> = self.last.iter().filter_map(of).collect();
        notes.par_sort_unstable_by_key(|(path, ..)| *path);
        notes
    }

    fn shape(&self) -> Shape {
        Shape {
            segments: self.segments.len(),
            bytes: self.segments.iter().map(|segment| segment.bodies.len()).sum(),
            live: self.last.values().map(|(_, _, range)| range.len()).sum(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stamp(hash: u64) -> Stamp {
        Stamp { hash, ..Stamp::default() }
    }

    fn open(folder: &tempfile::TempDir) -> (Kept, Vec<(String, String)>) {
        let file = folder.path().join("store.sqlite");
        Kept::open(
            &file,
            Path::new("/desk"),
            |trouble| panic!("{trouble}"),
            |path, bytes| Some((path.to_string(), String::from_utf8(bytes.to_vec()).ok()?)),
        )
    }

    #[test]
    fn what_is_kept_is_there_the_next_time() {
        let folder = tempfile::tempdir().unwrap();
        let (kept, found) = open(&folder);
        assert_eq!(found, []);
        for name in ["b.md", "a.md", "gone.md", "other.md", "odd.md"] {
            let bytes = if name == "odd.md" { vec![0xFF] } else { name.as_bytes().to_vec() };
            kept.keep(&name.into(), stamp(1), || bytes);
        }
        kept.same("a.md", stamp(2));
        kept.forget("gone.md");
        kept.forget_others(&["a.md", "b.md", "odd.md"].into());
        assert_eq!((kept.known("a.md"), kept.known("other.md")), (Some(stamp(2)), None));
        drop(kept);
        let (kept, found) = open(&folder);
        let pair = |name: &str| (name.to_owned(), name.to_owned());
        assert_eq!(found, [pair("a.md"), pair("b.md")]);
        // What cannot be read from the store is not known.
        assert_eq!(["a.md", "b.md", "odd.md"].map(|path| kept.known(path)), [Some(stamp(2)), Some(stamp(1)), None]);
    }

    #[test]
    fn a_damaged_store_is_an_empty_one() {
        let folder = tempfile::tempdir().unwrap();
        let needle = "Norvik Shipping".repeat(9000);
        open(&folder).0.keep(&"a.md".into(), stamp(1), || needle.clone().into_bytes());
        let file = folder.path().join("store.sqlite");
        let mut bytes = std::fs::read(&file).unwrap();
        let at = bytes.windows(15).position(|window| window == b"Norvik Shipping").unwrap();
        bytes[at] ^= 1;
        std::fs::write(&file, bytes).unwrap();
        let (kept, found) = open(&folder);
        assert_eq!(found, []);
        kept.keep(&"b.md".into(), stamp(1), || b"two".to_vec());
        drop(kept);
        assert_eq!(open(&folder).1, [("b.md".to_owned(), "two".to_owned())]);
    }

    #[test]
    fn without_a_file_it_works_from_memory_and_says_so_once() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("file"), "").unwrap();
        let (said, heard) = std::sync::mpsc::channel();
        let file = folder.path().join("file/store.sqlite");
        let (kept, found) = Kept::open(&file, Path::new("/desk"), move |t| said.send(t).unwrap(), |_, _| Some(()));
        kept.keep(&"a.md".into(), stamp(1), Vec::new);
        kept.flush();
        assert_eq!((found.len(), kept.known("a.md")), (0, Some(stamp(1))));
        drop(kept);
        assert_eq!(heard.iter().count(), 1);
    }
}
