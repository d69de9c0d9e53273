//! From files to what the workspace is told: reading and analysing many notes at once.
//!
//! The server runs [`Project::index`] in the background and passes on what comes; the command line runs it to its end.

use std::collections::{BTreeSet, HashSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::decode::{Decoded, decode};
use super::{Problem, Project, absolute};
use crate::analysis::{self, Memo};
use crate::structure::Format;
use crate::workspace::brief::Brief;
use crate::workspace::{Change, FileId, NoteEntry};

/// What becomes of a note's text once it is analysed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// It stays, for checking.
    Text,
    /// It goes, with all facts: the note is not open.
    Nothing,
}

/// Who asks for an index, and how they want it. The functions are called from several threads.
pub struct Host<'a> {
    /// The number of a path, as [`Project::relative`] has it. Called in order of paths, from one thread.
    pub id: &'a (dyn Fn(&str) -> FileId + Sync),
    /// Takes what was found, in no order.
    pub sink: &'a (dyn Fn(Change) + Sync),
    /// Notes done, and notes in all.
    pub progress: &'a (dyn Fn(usize, usize) + Sync),
    /// Set to stop at the next note.
    pub cancelled: &'a AtomicBool,
    /// Called before each note: waits while something else is more urgent.
    pub pause: &'a (dyn Fn() + Sync),
    /// The files that the user has in front of him: they are read first, then what stands in their folders.
    pub in_front: &'a [PathBuf],
    /// What is kept of each note.
    pub keep: Keep,
}

/// What an index came to.
#[derive(Debug, Default)]
pub struct Indexed {
    /// The notes, by path.
    pub notes: Vec<FileId>,
    /// What could not be read, or not wholly, by path.
    pub problems: Vec<Problem>,
}

impl Project {
    /// Reads the whole project: configuration, bibliographies, notes.
    #[must_use]
    pub fn index(&self, host: &Host<'_>) -> Indexed {
        let mut problems = Vec::new();
        let notes = self.notes(&mut problems);
        (host.sink)(Change::Configs(Arc::new(self.configs())));
        let listed = self.bibliographies(&mut problems);
        // Pandoc lets a note name its own bibliography, relative to itself.
        let named: Mutex<BTreeSet<PathBuf>> = Mutex::new(listed.into_iter().collect());
        let sink = |change: Change| {
            let note = match &change {
                Change::Note(_, note) => Some(&note.brief),
                Change::Closed(_, note) => Some(note),
                _ => None,
            };
            if let Some(note) = note {
                let mut own = self.own_bibliographies(note).peekable();
                if own.peek().is_some() {
                    named.lock().unwrap_or_else(PoisonError::into_inner).extend(own);
                }
            }
            (host.sink)(change);
        };
        let mut indexed = self.index_notes(notes, &Host { sink: &sink, ..*host });
        for path in named.into_inner().unwrap_or_else(PoisonError::into_inner) {
            if let Some(change) = self.bibliography_at(&path, &mut problems) {
                (host.sink)(change);
            }
        }
        indexed.problems.append(&mut problems);
        indexed.problems.sort_by(|a, b| a.path.cmp(&b.path));
        indexed.problems.dedup();
        indexed
    }

    /// The bibliographies that a note names in its front matter.
    pub fn own_bibliographies(&self, note: &Brief) -> impl Iterator<Item = PathBuf> {
        let file = self.root.join(&*note.path);
        let folder = file.parent().unwrap_or(&self.root).to_path_buf();
        note.field("bibliography").map(move |name| absolute(&folder.join(name)))
    }

    /// Reads the given notes.
    #[must_use]
    pub fn index_notes(&self, paths: Vec<PathBuf>, host: &Host<'_>) -> Indexed {
        let mut numbered: Vec<(FileId, PathBuf)> =
            paths.into_iter().map(|path| ((host.id)(&self.relative(&path)), path)).collect();
        by_nearness(&mut numbered, host.in_front);
        let (next, done) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let problems = Mutex::new(Vec::new());
        let notes = Mutex::new(Vec::with_capacity(numbered.len()));
        let read = |(file, path): &(FileId, PathBuf)| {
            let mut found = Vec::new();
            let note = self.note_at(path, &mut found);
            if !found.is_empty() {
                locked(&problems).append(&mut found);
            }
            if let Some(note) = note {
                let closed = host.keep == Keep::Nothing;
                locked(&notes).push(*file);
                (host.sink)(if closed { Change::Closed(*file, note.brief) } else { Change::Note(*file, note) });
            }
            (host.progress)(done.fetch_add(1, Ordering::Relaxed) + 1, numbered.len());
        };
        // Not an iterator of rayon, which begins at several places at once: what is near comes first.
        rayon::scope(|scope| {
            for _ in 0..rayon::current_num_threads() {
                scope.spawn(|_| {
                    while let Some(note) = numbered.get(next.fetch_add(1, Ordering::Relaxed))
                        && !host.cancelled.load(Ordering::Relaxed)
                    {
                        (host.pause)();
                        read(note);
                    }
                });
            }
        });
        let mut notes = notes.into_inner().unwrap_or_else(PoisonError::into_inner);
        notes.sort_unstable();
        let mut problems = problems.into_inner().unwrap_or_else(PoisonError::into_inner);
        problems.sort_by(|a, b| a.path.cmp(&b.path));
        Indexed { notes, problems }
    }

    /// One note as it stands on the disk; none, with a problem, if it cannot be read.
    #[must_use]
    pub fn note_at(&self, path: &Path, problems: &mut Vec<Problem>) -> Option<NoteEntry> {
        let text: Arc<str> = text_at(path, problems)?.text.into();
        let shown = self.relative(path);
        let config = self.config_at(path);
        let facts = analysis::analyze(&text, Format::of_path(&shown), &config.analysis, &mut Memo::default());
        Some(NoteEntry::new(shown, text, facts))
    }

    /// One bibliography as it stands on the disk.
    #[must_use]
    pub fn bibliography_at(&self, path: &Path, problems: &mut Vec<Problem>) -> Option<Change> {
        let decoded = text_at(path, problems)?;
        Some(Change::Bibliography(self.relative(path).into(), decoded.text.into()))
    }
}

/// First the files in front, then their folders, then the rest; otherwise as they are.
fn by_nearness(notes: &mut [(FileId, PathBuf)], in_front: &[PathBuf]) {
    if in_front.is_empty() {
        return;
    }
    let files: HashSet<&Path> = in_front.iter().map(PathBuf::as_path).collect();
    let folders: HashSet<&Path> = in_front.iter().filter_map(|path| path.parent()).collect();
    notes.sort_by_key(|(_, path)| {
        let beside = path.parent().is_some_and(|folder| folders.contains(folder));
        (!files.contains(path.as_path()), !beside)
    });
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A file's text. What is not UTF-8 is read with replacement characters, and said.
#[must_use]
pub fn text_at(path: &Path, problems: &mut Vec<Problem>) -> Option<Decoded> {
    let mut report = |message: String, skipped| problems.push(Problem { path: path.to_path_buf(), message, skipped });
    let bytes = match std::fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) => {
            report(error.to_string(), true);
            return None;
        }
    };
    match decode(bytes) {
        Ok(decoded) => {
            if let Some(at) = decoded.lossy_at {
                report(format!("not UTF-8 at byte {at}; read as far as possible, save it as UTF-8"), false);
            }
            Some(decoded)
        }
        Err(no_text) => {
            report(no_text.message().to_owned(), true);
            None
        }
    }
}
