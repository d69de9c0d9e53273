//! What is known of a project's notes, and of which content: so that nothing is read twice.
//!
//! It lives as long as somebody works with the project, and beyond that in the [`Store`], where that may be. Whoever
//! has read a note tells [`Kept::keep`]; whoever is to read one asks [`Kept::known`] first whether the file is still
//! what was read. Paths are relative to the project. Nothing here may fail for the caller: without a store all of it works from memory.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rayon::prelude::*;

use super::Project;
use crate::config;
use crate::store::log::Log;
use crate::store::segment::Check;
use crate::store::writer::Writer;
use crate::store::{Stamp, Store, StoreError, place};
use crate::workspace::ByPath;
use crate::workspace::brief::Brief;

/// The notes of one project as they were last read.
#[derive(Debug, Default)]
pub struct Kept {
    known: Mutex<ByPath<Known>>,
    /// The bibliographies that notes name themselves, as written; few do.
    bibliographies: Mutex<ByPath<Vec<String>>>,
    writer: Option<Writer>,
}

#[derive(Clone, Copy, Debug)]
struct Known {
    stamp: Stamp,
    /// Under what its findings are known.
    checked: Option<u64>,
}

/// The notes and findings of a store.
#[derive(Debug, Default)]
pub struct Found {
    /// The notes, by path.
    pub notes: Vec<(Arc<str>, Arc<Brief>)>,
    /// The findings of those notes: path, under what they were found, and what is stored of them.
    pub findings: Vec<(Arc<str>, u64, Vec<u8>)>,
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
    /// Opens what is kept in a file and reads it. What cannot be understood will be read from the notes again. `named`
    /// says how the workspace calls a path; `say` is told, once, if nothing can be kept there.
    pub fn open(
        file: &Path,
        root: &Path,
        say: impl Fn(StoreError) + Send + 'static,
        named: impl Fn(&Arc<str>) -> Arc<str> + Sync,
    ) -> (Self, Found) {
        let store = match Store::open(file, root) {
            Ok(store) => store,
            Err(trouble) => {
                say(trouble);
                return (Self::default(), Found::default());
            }
        };
        place::forget_old(file, root);
        let (store, log) = match Log::read(&store) {
            Ok(log) => (store, log),
            Err(_) => match store.renew() {
                Ok(store) => (store, Log::default()),
                Err(trouble) => {
                    say(trouble);
                    return (Self::default(), Found::default());
                }
            },
        };
        let mut notes: Vec<_> = log.shared_notes().collect();
        notes.par_sort_unstable_by_key(|(path, ..)| *path);
        let decoded: Vec<(Arc<str>, Stamp, Arc<Brief>)> = notes
            .into_par_iter()
            .filter_map(|(path, stamp, bytes, range)| {
                Some((path.clone(), stamp, Arc::new(Brief::from_stored(named(path), bytes, range)?)))
            })
            .collect();
        let writer = Writer::start(store, say);
        writer.found(log.size());
        let (mut known, mut found) = (ByPath::default(), Found::default());
        known.reserve(decoded.len());
        found.notes.reserve(decoded.len());
        let mut bibliographies = ByPath::default();
        for (path, stamp, brief) in decoded {
            known.insert(path.clone(), Known { stamp, checked: None });
            note_bibliographies(&mut bibliographies, &path, &brief);
            found.notes.push((path, brief));
        }
        for (path, check, bytes) in log.checks() {
            if let Some(note) = known.get_mut(path) {
                note.checked = Some(check.under);
                found.findings.push((path.clone(), check.under, bytes.to_vec()));
            }
        }
        (Self { known: Mutex::new(known), bibliographies: Mutex::new(bibliographies), writer: Some(writer) }, found)
    }

    /// Of which content a note is known.
    #[must_use]
    pub fn known(&self, path: &str) -> Option<Stamp> {
        self.all().get(path).map(|note| note.stamp)
    }

    /// Returns `true` if the findings of a note are known under `under`.
    #[must_use]
    pub fn is_checked(&self, path: &str, under: u64) -> bool {
        self.all().get(path).is_some_and(|note| note.checked == Some(under))
    }

    /// The bibliographies that the known notes name themselves: path, and name as written.
    #[must_use]
    pub fn bibliographies(&self) -> Vec<(Arc<str>, String)> {
        let all = locked(&self.bibliographies);
        all.iter().flat_map(|(path, names)| names.iter().map(move |name| (path.clone(), name.clone()))).collect()
    }

    /// A note was read, and the workspace has it.
    pub fn keep(&self, path: &Arc<str>, stamp: Stamp, brief: &Brief) {
        self.all().insert(path.clone(), Known { stamp, checked: None });
        note_bibliographies(&mut locked(&self.bibliographies), path, brief);
        if let Some(writer) = &self.writer {
            writer.put(path, stamp, brief.to_bytes());
        }
    }

    /// A note was checked as it is known; `bytes` are what is stored of its findings.
    pub fn keep_findings(&self, path: &str, under: u64, bytes: impl FnOnce() -> Vec<u8>) {
        let hash = {
            let mut all = self.all();
            let Some(note) = all.get_mut(path) else { return };
            note.checked = Some(under);
            note.stamp.hash
        };
        if let Some(writer) = &self.writer {
            writer.check(path, Check { hash, under }, bytes());
        }
    }

    /// A note was looked at again: its content is what is known.
    pub fn same(&self, path: &str, stamp: Stamp) {
        if let Some(known) = self.all().get_mut(path) {
            known.stamp = stamp;
        }
        if let Some(writer) = &self.writer {
            writer.same(path, stamp);
        }
    }

    /// A note is gone, or must be read again.
    pub fn forget(&self, path: &str) {
        let known = self.all().remove(path).is_some();
        locked(&self.bibliographies).remove(path);
        if let Some(writer) = self.writer.as_ref().filter(|_| known) {
            writer.remove(path);
        }
    }

    /// All notes but these are gone.
    pub fn forget_others(&self, paths: &HashSet<&str>) {
        let gone: Vec<Arc<str>> = self.all().keys().filter(|path| !paths.contains(&***path)).cloned().collect();
        gone.iter().for_each(|path| self.forget(path));
    }

    /// Waits until the file has all that was kept.
    pub fn flush(&self) {
        if let Some(writer) = &self.writer {
            writer.flush();
        }
    }

    fn all(&self) -> MutexGuard<'_, ByPath<Known>> {
        locked(&self.known)
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn note_bibliographies(all: &mut ByPath<Vec<String>>, path: &Arc<str>, brief: &Brief) {
    let names: Vec<String> = brief.field("bibliography").map(str::to_owned).collect();
    if names.is_empty() {
        all.remove(path);
    } else {
        all.insert(path.clone(), names);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{self, AnalysisConfig, Memo};
    use crate::structure::Format;
    use crate::workspace::NoteEntry;

    fn stamp(hash: u64) -> Stamp {
        Stamp { hash, ..Stamp::default() }
    }

    fn brief(path: &str, text: &str) -> Arc<Brief> {
        let facts = analysis::analyze(text, Format::Markdown, &AnalysisConfig::default(), &mut Memo::default());
        NoteEntry::new(path, text, facts).brief
    }

    fn open(folder: &tempfile::TempDir) -> (Kept, Found) {
        let file = folder.path().join("store.sqlite");
        Kept::open(&file, Path::new("/desk"), |trouble| panic!("{trouble}"), Arc::clone)
    }

    #[test]
    fn findings_are_known_until_the_note_changes() {
        let folder = tempfile::tempdir().unwrap();
        let (kept, _) = open(&folder);
        for name in ["a.md", "b.md"] {
            kept.keep(&name.into(), stamp(1), &brief(name, "Lidia Marr spoke."));
            kept.keep_findings(name, 7, || name.into());
        }
        kept.keep_findings("never.md", 7, Vec::new);
        kept.keep(&"b.md".into(), stamp(2), &brief("b.md", "Lidia Marr waited."));
        assert_eq!(["a.md", "b.md"].map(|name| kept.is_checked(name, 7)), [true, false]);
        drop(kept);
        let (kept, found) = open(&folder);
        assert_eq!(found.findings, [("a.md".into(), 7, b"a.md".to_vec())]);
        assert!(kept.is_checked("a.md", 7) && !kept.is_checked("a.md", 8) && !kept.is_checked("b.md", 7));
    }

    #[test]
    fn what_is_kept_is_there_the_next_time() {
        let folder = tempfile::tempdir().unwrap();
        let (kept, found) = open(&folder);
        assert_eq!(found.notes, []);
        let text =
            |name: &str| format!("---\nbibliography: {name}.bib\n---\nNadim Haddad spoke to Lidia Marr of {name}.\n");
        for name in ["b.md", "a.md", "gone.md", "other.md"] {
            kept.keep(&name.into(), stamp(1), &brief(name, &text(name)));
        }
        kept.same("a.md", stamp(2));
        kept.forget("gone.md");
        kept.forget_others(&["a.md", "b.md"].into());
        assert_eq!((kept.known("a.md"), kept.known("other.md")), (Some(stamp(2)), None));
        drop(kept);
        let (kept, found) = open(&folder);
        let wanted = ["a.md", "b.md"].map(|name| (name.into(), brief(name, &text(name))));
        assert_eq!(found.notes, wanted);
        assert_eq!(["a.md", "b.md"].map(|path| kept.known(path)), [Some(stamp(2)), Some(stamp(1))]);
        let mut named = kept.bibliographies();
        named.sort();
        assert_eq!(named, ["a.md", "b.md"].map(|name| (name.into(), format!("{name}.bib"))));
    }

    #[test]
    fn a_damaged_store_is_an_empty_one() {
        let folder = tempfile::tempdir().unwrap();
        let long =
            brief("a.md", &format!("# Norvik Shipping\n\n{}", "Norvik Shipping paid Lidia Marr.\n\n".repeat(2000)));
        open(&folder).0.keep(&"a.md".into(), stamp(1), &long);
        assert_eq!(open(&folder).1.notes.len(), 1);
        let file = folder.path().join("store.sqlite");
        let mut bytes = std::fs::read(&file).unwrap();
        let at = bytes.windows(15).position(|window| window == b"Norvik Shipping").unwrap();
        bytes[at] ^= 1;
        std::fs::write(&file, bytes).unwrap();
        let (kept, found) = open(&folder);
        assert_eq!(found.notes, []);
        kept.keep(&"b.md".into(), stamp(1), &brief("b.md", "Lidia Marr spoke."));
        drop(kept);
        assert_eq!(open(&folder).1.notes.len(), 1);
    }

    #[test]
    fn without_a_file_it_works_from_memory_and_says_so_once() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("file"), "").unwrap();
        let (said, heard) = std::sync::mpsc::channel();
        let file = folder.path().join("file/store.sqlite");
        let (kept, found) = Kept::open(&file, Path::new("/desk"), move |t| said.send(t).unwrap(), Arc::clone);
        kept.keep(&"a.md".into(), stamp(1), &brief("a.md", "Lidia Marr spoke."));
        kept.flush();
        assert_eq!((found.notes.len(), kept.known("a.md")), (0, Some(stamp(1))));
        drop(kept);
        assert_eq!(heard.iter().count(), 1);
    }
}
