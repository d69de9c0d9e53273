//! The walk: which files there are below a folder, each of them once.
//!
//! Links are followed as far as [`Reach`] goes, and only into what the walk would not meet anyhow: a linked folder that
//! stands in the project at its own place is found there. What then still has two names, by links or by hard links, is
//! one file: the name that crosses no link counts, else the first in order. [`OtherNames`] remembers the rest, so that
//! whoever comes with another name of a note is led to the one that counts.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::path::{Path, PathBuf};

use ignore::{DirEntry, WalkBuilder};

use super::read::{Reach, ReadError};
use super::{Problem, absolute, has_note_extension};
use crate::workspace::unread::Refusal;

/// A file that a walk found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct WalkedFile {
    /// Its path, links in it as they are.
    pub(super) path: PathBuf,
    /// Its number on its disk, as far as the walk is told it for nothing.
    inode: Option<u64>,
    /// Its place without links, where its path crosses one.
    linked_to: Option<PathBuf>,
}

/// The outcome of a walk.
#[derive(Debug, Default)]
pub(super) struct Walked {
    /// All files, by path; some of them perhaps twice.
    pub(super) files: Vec<WalkedFile>,
    /// The folders that were entered.
    pub(super) folders: Vec<PathBuf>,
    /// The other names of what was found.
    pub(super) names: OtherNames,
}

/// Names of files and folders that are known by another name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct OtherNames {
    /// The name that counts, by the one that does not; folders stand for all that is in them.
    names: BTreeMap<PathBuf, PathBuf>,
    /// Linked folders that the walk entered under the link's name.
    entered: BTreeSet<PathBuf>,
}

impl OtherNames {
    /// The name that counts.
    pub(super) fn known_as(&self, path: &Path) -> Option<PathBuf> {
        if self.names.is_empty() {
            return None;
        }
        let named = |path: &Path| {
            let mut above = path.ancestors();
            let (at, name) = above.find_map(|at| Some((at, self.names.get(at)?)))?;
            let rest = path.strip_prefix(at).ok()?;
            Some(if rest.as_os_str().is_empty() { name.clone() } else { name.join(rest) })
        };
        // A file with several names may stand in a folder that has several.
        let first = named(path)?;
        Some(named(&first).unwrap_or(first))
    }

    /// All other names of a file by the name that counts.
    pub(super) fn has_other(&self, path: &Path) -> bool {
        self.names.values().any(|known| known == path)
    }

    /// The folders at which a walk begins that is to meet a path.
    pub(super) fn starts<'a>(&'a self, path: &'a Path) -> impl Iterator<Item = &'a PathBuf> {
        self.entered.iter().filter(move |start| path.starts_with(start))
    }
}

fn builder(start: &Path) -> WalkBuilder {
    let mut builder = WalkBuilder::new(start);
    // Where the walk begins a link is always followed.
    builder.follow_links(false).require_git(false);
    builder
}

/// Those files and folders below `start` that the walk meets on the way to `wanted`.
pub(super) fn on_the_way(start: &Path, wanted: impl Fn(&Path, bool) -> bool + Send + Sync + 'static) -> Vec<PathBuf> {
    let mut builder = builder(start);
    builder.filter_entry(move |entry| {
        let is_folder = entry.depth() == 0 || entry.file_type().is_none_or(|kind| kind.is_dir());
        wanted(entry.path(), is_folder)
    });
    builder.build().filter_map(Result::ok).map(DirEntry::into_path).collect()
}

/// All files below a path that no ignore file leaves out, by path.
pub(super) fn walk(start: &Path, reach: &Reach, problems: &mut Vec<Problem>) -> Walked {
    let start = absolute(start);
    let mut walk = Walk { reach, walked: Walked::default(), links: BTreeSet::new(), entered: HashMap::new() };
    let Ok(real) = reach.resolve(&start) else {
        // Gone, or nobody's business: said where it was named.
        return Walked::default();
    };
    let linked = reach.real_spelling(&start) != real;
    walk.below(&start, &real, linked, problems);
    while let Some(link) = walk.links.pop_first() {
        walk.follow(&link, problems);
    }
    let mut walked = walk.walked;
    walked.files.sort_by(|a, b| a.path.cmp(&b.path));
    walked
}

struct Walk<'a> {
    reach: &'a Reach,
    walked: Walked,
    links: BTreeSet<PathBuf>,
    /// The folders that were entered, by their places without links, each with its name.
    entered: HashMap<PathBuf, PathBuf>,
}

impl Walk<'_> {
    /// Walks from one place; `real` is that place without links, `linked` says whether the path crosses one.
    fn below(&mut self, start: &Path, real: &Path, linked: bool, problems: &mut Vec<Problem>) {
        let place = |path: &Path| match path.strip_prefix(start) {
            Ok(rest) if !rest.as_os_str().is_empty() => real.join(rest),
            _ => real.to_path_buf(),
        };
        for entry in builder(start).build() {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    problems.push(problem(start, &error));
                    continue;
                }
            };
            if let Some(error) = entry.error() {
                problems.push(problem(start, error));
            }
            let Some(kind) = entry.file_type() else { continue };
            let is_start = entry.depth() == 0;
            if kind.is_dir() || is_start && kind.is_symlink() && real.is_dir() {
                let path = entry.into_path();
                self.entered.insert(place(&path), path.clone());
                self.walked.folders.push(path);
            } else if kind.is_symlink() && !is_start {
                self.links.insert(entry.into_path());
            } else if kind.is_file() || is_start && real.is_file() {
                let inode = inode(&entry).filter(|_| !kind.is_symlink());
                let path = entry.into_path();
                let linked_to = linked.then(|| place(&path));
                self.walked.files.push(WalkedFile { path, inode, linked_to });
            }
        }
    }

    fn follow(&mut self, link: &Path, problems: &mut Vec<Problem>) {
        let mut say = |message: String, skipped| {
            // What is neither a note nor a folder concerns nobody.
            if has_note_extension(link) || link.extension().is_none() {
                problems.push(Problem { path: link.to_path_buf(), message, skipped });
            }
        };
        let real = match self.reach.resolve(link) {
            Ok(real) => real,
            Err(ReadError::Refused(Refusal::Outside)) => {
                let message = "this link leads out of the folder and is not followed; --allow-read or \
                               WHOSAID_ALLOW_READ allows it";
                return say(message.to_owned(), false);
            }
            Err(trouble) => return say(trouble.to_string(), trouble.refusal().is_none()),
        };
        if let Some(known) = self.entered.get(&real) {
            if link.starts_with(known) {
                say("this link leads back to a folder that it stands in".to_owned(), false);
            }
            self.walked.names.names.insert(link.to_path_buf(), known.clone());
        } else if real.is_dir() {
            self.walked.names.entered.insert(link.to_path_buf());
            self.below(link, &real, true, problems);
        } else if real.is_file() {
            self.walked.files.push(WalkedFile { path: link.to_path_buf(), inode: None, linked_to: Some(real) });
        }
    }
}

impl Walked {
    /// The files whose paths cross a link.
    pub(super) fn linked(&self) -> HashSet<PathBuf> {
        self.files.iter().filter(|found| found.linked_to.is_some()).map(|found| found.path.clone()).collect()
    }

    /// The paths of its files; those of one file are one, and the others are remembered.
    pub(super) fn distinct(&mut self, reach: &Reach) -> Vec<PathBuf> {
        let others = self.same_place(reach).into_iter().chain(self.same_file()).collect::<BTreeMap<_, _>>();
        let files = std::mem::take(&mut self.files).into_iter().map(|found| found.path);
        let distinct = files.filter(|path| !others.contains_key(path)).collect();
        self.names.names.extend(others);
        distinct
    }

    /// Files that have several names by links.
    fn same_place(&self, reach: &Reach) -> Vec<(PathBuf, PathBuf)> {
        if self.files.iter().all(|found| found.linked_to.is_none()) {
            return Vec::new();
        }
        let plain = self.files.iter().filter(|found| found.linked_to.is_none());
        let mut known: HashMap<PathBuf, &Path> =
            plain.map(|found| (reach.real_spelling(&found.path), found.path.as_path())).collect();
        let mut others = Vec::new();
        for found in &self.files {
            let Some(real) = &found.linked_to else { continue };
            match known.get(real) {
                Some(name) => others.push((found.path.clone(), name.to_path_buf())),
                None => drop(known.insert(real.clone(), &found.path)),
            }
        }
        others
    }

    /// Files that have several names on their disk.
    fn same_file(&self) -> Vec<(PathBuf, PathBuf)> {
        let (mut seen, mut twice) = (HashSet::with_capacity(self.files.len()), HashSet::new());
        for inode in self.files.iter().filter_map(|found| found.inode) {
            if !seen.insert(inode) {
                twice.insert(inode);
            }
        }
        let mut known: HashMap<Identity, &Path> = HashMap::new();
        let mut others = Vec::new();
        let doubtful = |found: &&WalkedFile| found.inode.is_some_and(|inode| twice.contains(&inode));
        let (plain, linked): (Vec<&WalkedFile>, Vec<&WalkedFile>) =
            self.files.iter().filter(doubtful).partition(|found| found.linked_to.is_none());
        for found in plain.into_iter().chain(linked) {
            let Some(identity) = identity(&found.path) else { continue };
            match known.get(&identity) {
                Some(name) => others.push((found.path.clone(), name.to_path_buf())),
                None => drop(known.insert(identity, &found.path)),
            }
        }
        others
    }
}

/// Which file a path leads to, whatever it is called.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Identity {
    /// Its disk, and its number there.
    Number(u64, u64),
    /// Its path without links, where the system gives no numbers.
    Path(PathBuf),
}

/// Which file a path leads to; none if there is none. For files that may be read.
#[must_use]
pub fn identity(path: &Path) -> Option<Identity> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        let seen = std::fs::metadata(path).ok()?;
        Some(Identity::Number(seen.dev(), seen.ino()))
    }
    #[cfg(not(unix))]
    {
        std::fs::canonicalize(path).ok().map(Identity::Path)
    }
}

#[cfg(unix)]
fn inode(entry: &DirEntry) -> Option<u64> {
    entry.ino()
}

#[cfg(not(unix))]
fn inode(_: &DirEntry) -> Option<u64> {
    None
}

fn problem(below: &Path, error: &ignore::Error) -> Problem {
    let path = path_of(error).unwrap_or(below).to_path_buf();
    let message = match error.io_error() {
        Some(io) => io.to_string(),
        None => error.to_string(),
    };
    Problem { path, message, skipped: true }
}

fn path_of(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::Loop { child, .. } => Some(child),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => path_of(err),
        _ => None,
    }
}
