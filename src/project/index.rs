//! From files to what the workspace is told: reading and analysing many notes at once.
//!
//! The server runs [`Project::index`] in the background and passes on what comes; the command line runs it to its end.

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::decode::{Decoded, decode};
use super::kept::Kept;
use super::read::{Reach, ReadError};
use super::{Problem, Project, stamps};
use crate::analysis::{self, Memo};
use crate::config::{Config, LARGEST_FILE, MEGABYTE};
use crate::gate::LARGEST_LIBRARY;
use crate::store::Stamp;
use crate::structure::Format;
use crate::workspace::brief::Brief;
use crate::workspace::library::Bibliography;
use crate::workspace::unread::{Refusal, Unread};
use crate::workspace::{Change, FileId, NoteEntry};

/// The lot of a note's text once it is analysed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// It stays, for checking.
    Text,
    /// It goes, with all facts: the note is not open.
    Nothing,
}

/// The caller of an index, and the way it wants it. The functions are called from several threads.
pub struct Host<'a> {
    /// The number of a path, as [`Project::relative`] has it. Called in order of paths, from one thread.
    pub id: &'a (dyn Fn(&str) -> FileId + Sync),
    /// Takes what was found, in no order; of a note with the stamp to keep it under, unless it was read with losses.
    pub sink: &'a (dyn Fn(Change, Option<Stamp>) + Sync),
    /// Told of a note, by its path, that is what is known already.
    pub unchanged: &'a (dyn Fn(FileId, &str) + Sync),
    /// Notes done, and notes in all.
    pub progress: &'a (dyn Fn(usize, usize) + Sync),
    /// Set to stop at the next note.
    pub cancelled: &'a AtomicBool,
    /// Called before each note: waits while something else is more urgent.
    pub pause: &'a (dyn Fn() + Sync),
    /// The files that the user has in front of him: they are read first, then what stands in their folders.
    pub in_front: &'a [PathBuf],
    /// The notes that are known already. One that is wanted with its text is read all the same.
    pub kept: &'a Kept,
    /// Tells what is wanted of a note, by its path.
    pub keep: &'a (dyn Fn(&str) -> Keep + Sync),
}

/// A note that was read, with the stamp to keep it under; none where bytes of it were no text.
#[derive(Debug)]
pub struct Read {
    /// The note.
    pub note: NoteEntry,
    /// Its stamp.
    pub stamp: Option<Stamp>,
}

/// The outcome of an index.
#[derive(Debug, Default)]
pub struct Indexed {
    /// The notes, by path.
    pub notes: Vec<FileId>,
    /// Files that notes name and that are not read, by the paths of the notes.
    pub unread: Vec<(Arc<str>, Unread)>,
    /// Files that could not be read, or not wholly, by path.
    pub problems: Vec<Problem>,
}

/// Bibliographies that a note names in its front matter: the name as written, and the file.
pub type Named = (String, Result<PathBuf, Refusal>);

/// The files that notes name, each with the notes and their words for it.
type Namings = BTreeMap<PathBuf, Vec<(Arc<str>, String)>>;

impl Project {
    /// Reads the whole project: configuration, bibliographies, notes.
    #[must_use]
    pub fn index(&self, host: &Host<'_>) -> Indexed {
        let mut problems = Vec::new();
        let notes = self.notes(&mut problems);
        let paths: Vec<String> = notes.iter().map(|path| self.relative(path)).collect();
        (host.sink)(Change::Configs(Arc::new(self.configs())), None);
        let listed = self.bibliographies(&mut problems);
        // Pandoc lets a note name its own bibliography, relative to itself.
        let named: Mutex<Vec<(Arc<str>, Named)>> = Mutex::default();
        let sink = |change: Change, stamp| {
            let note = match &change {
                Change::Note(_, note) => Some(&note.brief),
                Change::Closed(_, note) => Some(note),
                _ => None,
            };
            if let Some(note) = note {
                let own = self.own_bibliographies(note);
                if !own.is_empty() {
                    locked(&named).extend(own.into_iter().map(|named| (note.path.clone(), named)));
                }
            }
            (host.sink)(change, stamp);
        };
        let mut indexed = self.index_notes(notes, &Host { sink: &sink, ..*host });
        if !host.cancelled.load(Ordering::Relaxed) {
            host.kept.forget_others(&paths.iter().map(String::as_str).collect());
        }
        let mut named = named.into_inner().unwrap_or_else(PoisonError::into_inner);
        let kept = host.kept.bibliographies().into_iter();
        named.extend(kept.map(|(note, name)| (note.clone(), (name.clone(), self.named_by(&note, &name)))));
        indexed.unread = self.read_bibliographies(listed, named, host, &mut problems);
        indexed.problems.append(&mut problems);
        indexed.problems.sort_by(|a, b| a.path.cmp(&b.path));
        indexed.problems.dedup();
        indexed
    }

    /// Reads the bibliographies that the project has and those that notes name; returns what of the latter is not read.
    fn read_bibliographies(
        &self,
        listed: Vec<PathBuf>,
        named: Vec<(Arc<str>, Named)>,
        host: &Host<'_>,
        problems: &mut Vec<Problem>,
    ) -> Vec<(Arc<str>, Unread)> {
        let mut unread: BTreeMap<Arc<str>, Vec<(String, Refusal)>> = BTreeMap::new();
        let mut files: Namings = listed.into_iter().map(|path| (self.known_as(&path), Vec::new())).collect();
        for (note, (name, found)) in named {
            match found {
                Ok(path) => files.entry(self.known_as(&path)).or_default().push((note, name)),
                Err(refusal) => unread.entry(note).or_default().push((name, refusal)),
            }
        }
        // What the configuration names and what is not read is said there.
        let configured = self.named_bibliographies();
        for (path, notes) in files {
            match self.library_at(&path) {
                Ok((decoded, lossy)) => {
                    problems.extend(lossy);
                    let read = Bibliography::read(self.relative(&path).into(), &decoded.text);
                    (host.sink)(Change::Bibliography(read.into()), None);
                }
                Err(error) if !notes.is_empty() => notes.into_iter().for_each(|(note, name)| {
                    let reason = error.reason(&name);
                    unread.entry(note).or_default().push((name, reason));
                }),
                Err(ReadError::Refused(_)) if configured.contains(&path) => {}
                Err(ReadError::Io(_)) if configured.contains(&path) && self.reach.look(&path).is_err() => {}
                Err(trouble) => problems.push(skipped(&path, &trouble)),
            }
        }
        let sorted = |(note, mut names): (Arc<str>, Vec<(String, Refusal)>)| {
            names.sort();
            names.dedup();
            (note, names.into())
        };
        unread.into_iter().map(sorted).collect()
    }

    /// The bibliographies that a note names in its front matter. Nothing is looked at.
    #[must_use]
    pub fn own_bibliographies(&self, note: &Brief) -> Vec<Named> {
        note.field("bibliography").map(|name| (name.to_owned(), self.named_by(&note.path, name))).collect()
    }

    /// A file that a note names, relative to itself.
    fn named_by(&self, note: &str, name: &str) -> Result<PathBuf, Refusal> {
        let file = self.root.join(note);
        self.reach.named(file.parent().unwrap_or(&self.root), name)
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
        let (settings, reach) = (Settings::default(), self.reach.remembering());
        let read = |(file, path): &(FileId, PathBuf)| {
            let mut found = Vec::new();
            if self.index_note((*file, path), &reach, &settings, host, &mut found) {
                locked(&notes).push(*file);
            }
            if !found.is_empty() {
                locked(&problems).append(&mut found);
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
        Indexed { notes, problems, unread: Vec::new() }
    }

    /// Reads a note unless it is known. Returns whether there is one.
    fn index_note(
        &self,
        (file, path): (FileId, &Path),
        reach: &Reach,
        settings: &Settings,
        host: &Host<'_>,
        problems: &mut Vec<Problem>,
    ) -> bool {
        let (shown, config) = (self.relative(path), self.config_at(path));
        let settings = settings.of(&config, &shown);
        let keep = (host.keep)(&shown);
        let known = host.kept.known(&shown).filter(|_| keep == Keep::Nothing);
        if let Some(known) = known
            && reach.look(path).is_ok_and(|now| known.covers(&stamps::look(&now, settings)))
            && known.size <= config.largest_file
        {
            (host.unchanged)(file, &shown);
            return true;
        }
        let Some((decoded, stamp)) = content_at(path, reach, config.largest_file, settings, problems) else {
            // When it can be read again, it must be.
            host.kept.forget(&shown);
            return false;
        };
        if let (Some(known), Some(stamp)) = (known, stamp)
            && known.same_content(&stamp)
        {
            host.kept.same(&shown, stamp);
            (host.unchanged)(file, &shown);
            return true;
        }
        let note = analysed(shown, decoded.text, &config);
        let change = if keep == Keep::Nothing { Change::Closed(file, note.brief) } else { Change::Note(file, note) };
        (host.sink)(change, stamp);
        true
    }

    /// One note as it stands on the disk; none, with a problem, if it cannot be read.
    #[must_use]
    pub fn note_at(&self, path: &Path, problems: &mut Vec<Problem>) -> Option<Read> {
        let config = self.config_at(path);
        let settings = stamps::settings(&config.analysis_of(&self.relative(path)));
        let (decoded, stamp) = content_at(path, &self.reach, config.largest_file, settings, problems)?;
        Some(Read { note: analysed(self.relative(path), decoded.text, &config), stamp })
    }

    /// One bibliography as it stands on the disk, read.
    ///
    /// # Errors
    /// The reason if it must not be read, or cannot.
    pub fn bibliography_at(&self, path: &Path) -> Result<Bibliography, ReadError> {
        let (decoded, _) = self.library_at(path)?;
        Ok(Bibliography::read(self.relative(path).into(), &decoded.text))
    }

    /// The text of a bibliography. Libraries are larger than notes and have a bound of their own.
    fn library_at(&self, path: &Path) -> Result<(Decoded, Option<Problem>), ReadError> {
        let most = self.config_at(path).largest_file.max(LARGEST_LIBRARY as u64);
        let decoded = self.reach.text(path, most)?;
        let lossy = lossy(path, &decoded);
        Ok((decoded, lossy))
    }

    /// A file's text. What is not UTF-8 is read with replacement characters, and said.
    #[must_use]
    pub fn text_at(&self, path: &Path, problems: &mut Vec<Problem>) -> Option<Decoded> {
        match self.reach.text(path, self.config_at(path).largest_file) {
            Ok(decoded) => {
                problems.extend(lossy(path, &decoded));
                Some(decoded)
            }
            Err(trouble) => {
                problems.push(skipped(path, &trouble));
                None
            }
        }
    }
}

/// A file that the user has just named, wherever it stands.
#[must_use]
pub fn text_anywhere(path: &Path, problems: &mut Vec<Problem>) -> Option<Decoded> {
    match Reach::anywhere().text(path, LARGEST_FILE * MEGABYTE) {
        Ok(decoded) => {
            problems.extend(lossy(path, &decoded));
            Some(decoded)
        }
        Err(trouble) => {
            problems.push(skipped(path, &trouble));
            None
        }
    }
}

fn analysed(shown: String, text: String, config: &Config) -> NoteEntry {
    let text: Arc<str> = text.into();
    let facts = analysis::analyze(&text, Format::of_path(&shown), &config.analysis_of(&shown), &mut Memo::default());
    NoteEntry::new(shown, text, facts)
}

fn content_at(
    path: &Path,
    reach: &Reach,
    limit: u64,
    settings: u64,
    problems: &mut Vec<Problem>,
) -> Option<(Decoded, Option<Stamp>)> {
    let read = stamps::read(path, reach, limit, settings);
    let read = read.and_then(|read| Ok((decode(read.bytes).map_err(ReadError::Decode)?, read.stamp)));
    let (decoded, stamp) = match read {
        Ok(read) => read,
        Err(trouble) => {
            problems.push(match trouble.refusal() {
                Some(refusal) => Problem { message: refusal.message_of_note(), ..skipped(path, &trouble) },
                None => skipped(path, &trouble),
            });
            return None;
        }
    };
    problems.extend(lossy(path, &decoded));
    // What was read with losses is read, and said, each time.
    let stamp = decoded.lossy_at.is_none().then_some(stamp);
    Some((decoded, stamp))
}

fn skipped(path: &Path, trouble: &ReadError) -> Problem {
    Problem { path: path.to_path_buf(), message: trouble.to_string(), skipped: true }
}

fn lossy(path: &Path, decoded: &Decoded) -> Option<Problem> {
    let at = decoded.lossy_at?;
    let message = format!("not UTF-8 at byte {at}; read as far as possible, save it as UTF-8");
    Some(Problem { path: path.to_path_buf(), message, skipped: false })
}

/// The hashes of the settings of a few configurations.
#[derive(Default)]
struct Settings {
    known: Mutex<Vec<(Arc<Config>, u64)>>,
}

impl Settings {
    /// The hash for a note at a path of the workspace.
    fn of(&self, config: &Arc<Config>, path: &str) -> u64 {
        if config.is_source_note(path) {
            return stamps::settings(&config.analysis_of(path));
        }
        let mut known = locked(&self.known);
        if let Some((_, hash)) = known.iter().find(|(known, _)| Arc::ptr_eq(known, config)) {
            return *hash;
        }
        let hash = stamps::settings(&config.analysis);
        known.push((config.clone(), hash));
        hash
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
