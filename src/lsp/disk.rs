//! What the writer does about the disk: projects are indexed in the background, changed files are read again.
//!
//! Reading happens on threads of its own and comes back as [`Event`]s; an open buffer always wins over its file. Where
//! a project has a `whosaid.toml`, findings are shown for its closed notes too: their texts are kept until they have
//! been checked and then let go.

use std::collections::{BTreeSet, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Receiver;
use std::time::Duration;

use jiff::civil::Date;
use serde_json::{Value, json};
use tower_lsp::lsp_types::{Diagnostic, NumberOrString};

use super::convert::to_proto;
use super::pool::Urgency;
use super::progress::Progress;
use super::shared::Shared;
use super::sweep;
use super::transport::UriKey;
use super::writer::Event;
use crate::config::{ConfigTree, Ignore, Level};
use crate::project::index::{Host, Keep};
use crate::project::watch::{News, Watcher};
use crate::project::{ConfigFile, Problem, Project};
use crate::rules::{Finding, files};
use crate::text::LineIndex;
use crate::workspace::library::Bibliography;
use crate::workspace::{Change, FileId, NoteEntry};

/// How long an index waits for the watch to be set.
const PATIENCE: Duration = Duration::from_secs(10);

/// What an index came to, over all projects.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Which index this is of.
    pub generation: u64,
    /// The notes that there are.
    pub notes: HashSet<FileId>,
    /// The bibliographies that there are, by path.
    pub bibliographies: BTreeSet<Arc<str>>,
    /// What could not be read.
    pub problems: Vec<Problem>,
    /// Whether it was stopped before its end.
    pub cancelled: bool,
}

/// The projects, and the index under way.
#[derive(Default)]
pub(super) struct Disk {
    /// The folders that the client has open.
    pub folders: Vec<PathBuf>,
    projects: Arc<[Project]>,
    generation: u64,
    cancelled: Arc<AtomicBool>,
    /// Configuration files whose problems are shown.
    faulty: HashSet<UriKey>,
    /// Hears of changed files where the client does not watch.
    watcher: Option<Watcher>,
    /// Is told when the watcher covers the projects.
    covered: Option<Receiver<()>>,
}

impl Disk {
    /// Whether an event belongs to the newest index.
    pub(super) fn is_current(&self, generation: u64) -> bool {
        self.generation == generation
    }

    /// The token under which the index under way can be cancelled.
    pub(super) fn cancel(&self, token: &str) {
        if token == progress_token(self.generation) {
            self.cancelled.store(true, Ordering::Relaxed);
        }
    }

    /// Opens the projects of the folders anew: their configuration is read here and now, all else by [`Disk::index`].
    pub(super) fn open(&mut self, shared: &Shared) {
        let mut projects: Vec<Project> = Vec::new();
        for folder in &self.folders {
            let project = Project::open_after(folder, &self.projects);
            // A folder within another is covered by the other's walk.
            if !projects.iter().any(|outer| project.root.starts_with(&outer.root)) {
                projects.push(project);
            }
        }
        self.projects = projects.into();
        shared.set_projects(self.projects.clone());
        self.covered = self.watcher.as_ref().map(|watcher| watcher.cover(self.projects.clone()));
    }

    /// Hears of changed files from the system, or looks from time to time where that cannot be.
    pub(super) fn listen(&mut self, shared: &Arc<Shared>) {
        let weak = Arc::downgrade(shared);
        let looking = AtomicBool::new(false);
        let heard = move |news| {
            let Some(shared) = weak.upgrade() else { return };
            match news {
                News::Changed(paths) => {
                    shared.tell(Event::Disk(paths.iter().filter_map(|path| UriKey::of_path(path)).collect()));
                }
                News::Everything => shared.tell(Event::Rescan),
                News::Deaf(reason) => {
                    if !looking.swap(true, Ordering::Relaxed) {
                        super::log(&format!("not all changes of files are told ({reason}); looking from time to time"));
                        sweep::start(&shared);
                    }
                }
            }
        };
        match Watcher::start(heard) {
            Ok(watcher) => self.watcher = Some(watcher),
            Err(error) => {
                super::log(&format!("cannot hear of changed files: {error}"));
                sweep::start(shared);
            }
        }
    }

    /// Every folder's configuration, as far as notes of the folder are known. Those of the open documents always are.
    pub(super) fn configs(&self, shared: &Shared) -> ConfigTree {
        for path in shared.documents.all().iter().filter_map(|document| document.place.key.path()) {
            if let Some(project) = self.project_of(&path) {
                let _ = project.config_at(&path);
            }
        }
        let mut all = ConfigTree::default();
        for project in self.projects.iter() {
            if shared.files.is_root(&project.root) {
                project.configs().iter().for_each(|(folder, config)| all.insert(folder, config.clone()));
            } else {
                all.graft(&shown(&project.root), &project.configs());
            }
        }
        all
    }

    /// Whether there is anything to index.
    pub(super) fn has_projects(&self) -> bool {
        !self.projects.is_empty()
    }

    /// The project of a file; of nested ones the innermost.
    pub(super) fn project_of(&self, path: &Path) -> Option<&Project> {
        innermost(&self.projects, path)
    }

    /// Starts an index of all projects; one under way is stopped.
    pub(super) fn index(&mut self, shared: &Arc<Shared>) {
        self.cancelled.store(true, Ordering::Relaxed);
        self.cancelled = Arc::default();
        self.generation += 1;
        if self.projects.is_empty() {
            return;
        }
        let (shared, projects) = (shared.clone(), self.projects.clone());
        let (generation, cancelled) = (self.generation, self.cancelled.clone());
        let covered = self.covered.take();
        let started = std::thread::Builder::new().name("indexer".to_owned()).spawn(move || {
            // What changes from here on is heard of; what changed before is seen.
            let _ = covered.map(|covered| covered.recv_timeout(PATIENCE));
            index(&shared, &projects, generation, &cancelled);
        });
        if let Err(error) = started {
            super::log(&format!("cannot index: {error}"));
        }
    }

    /// What is wrong with the configuration files, by file; files that were mended come with nothing.
    pub(super) fn config_problems(&mut self, shared: &Shared) -> Vec<(UriKey, Vec<Diagnostic>)> {
        let today = today();
        let of = |project| files_of(project).into_iter().map(move |file| (project, file));
        let mut files: Vec<(&Project, ConfigFile)> = self.projects.iter().flat_map(of).collect();
        // Two projects may lie below one file.
        files.sort_by(|(_, a), (_, b)| a.path.cmp(&b.path));
        files.dedup_by(|(_, a), (_, b)| a.path == b.path);
        let mut found: Vec<(UriKey, Vec<Diagnostic>)> = files
            .iter()
            .filter_map(|(project, file)| {
                Some((UriKey::of_path(&file.path)?, config_diagnostics(shared, project, file, today)))
            })
            .filter(|(key, problems)| !problems.is_empty() || self.faulty.contains(key))
            .collect();
        let named: HashSet<UriKey> = found.iter().map(|(key, _)| key.clone()).collect();
        found.extend(self.faulty.drain().filter(|key| !named.contains(key)).map(|key| (key, Vec::new())));
        self.faulty = found.iter().filter(|(_, problems)| !problems.is_empty()).map(|(key, _)| key.clone()).collect();
        found
    }

    /// Reads notes again, or notices that they are gone. One that nobody knows, or that was only known because it was
    /// open, may be one that an ignore file leaves out.
    pub(super) fn reread(&self, shared: &Arc<Shared>, keys: Vec<UriKey>, were_open: bool) {
        let (shared, projects) = (shared.clone(), self.projects.clone());
        shared.clone().pool.spawn(Urgency::Background, move || {
            let snapshot = shared.snapshot();
            let known = |key: &UriKey| !were_open && snapshot.note(shared.files.place(key).file).is_some();
            let doubtful: Vec<PathBuf> = keys.iter().filter(|key| !known(key)).filter_map(UriKey::path).collect();
            let listed: HashSet<PathBuf> = projects.iter().flat_map(|project| project.listed(&doubtful)).collect();
            for key in &keys {
                let path = key.path().filter(|path| known(key) || listed.contains(path));
                let project = path.as_ref().and_then(|path| innermost(&projects, path));
                read_again(&shared, key, path.as_deref().zip(project));
            }
        });
    }

    /// How the workspace names a file of the disk.
    pub(super) fn name_of(&self, shared: &Shared, path: &Path) -> Option<Arc<str>> {
        let project = self.project_of(path)?;
        Some(shared_path(shared, project, project.relative(path).into()))
    }

    /// Reads a bibliography again, or notices that it is gone.
    pub(super) fn reread_bibliography(&self, shared: &Arc<Shared>, path: PathBuf) {
        let (Some(name), Some(project)) = (self.name_of(shared, &path), self.project_of(&path).cloned()) else {
            return;
        };
        let (shared, generation) = (shared.clone(), self.generation);
        shared.clone().pool.spawn(Urgency::Background, move || {
            let read = project.bibliography_at(&path, &mut Vec::new());
            let change = match read {
                Some(Change::Bibliography(_, text)) => Change::Bibliography(name, text),
                _ => Change::BibliographyRemoved(name),
            };
            shared.tell(Event::Indexed(generation, Box::new(change)));
        });
    }

    /// The bibliographies that a note names itself, beside those of its project.
    pub(super) fn own_bibliographies(&self, key: &UriKey, note: &NoteEntry) -> Vec<PathBuf> {
        let project = key.path().and_then(|path| self.project_of(&path));
        project.map_or_else(Vec::new, |project| project.own_bibliographies(&note.brief).collect())
    }
}

/// Reads one note again, if it is a note of a project.
fn read_again(shared: &Arc<Shared>, key: &UriKey, found: Option<(&Path, &Project)>) {
    let place = shared.files.place(key);
    let note = found.filter(|(path, project)| path.is_file() && project.is_note(path));
    let note = note.and_then(|(path, project)| project.note_at(path, &mut Vec::new()));
    let note = note.map(|note| Box::new(note.at(place.path.clone())));
    shared.tell(Event::Reread(place, note));
}

/// The project of a file; of nested ones the innermost.
fn innermost<'a>(projects: &'a [Project], path: &Path) -> Option<&'a Project> {
    let around = projects.iter().filter(|project| path.starts_with(&project.root));
    around.max_by_key(|project| project.root.as_os_str().len())
}

/// The configuration and corrections of a project.
fn files_of(project: &Project) -> Vec<ConfigFile> {
    project.all_config_files().into_iter().chain(project.names_file.clone()).collect()
}

/// The day on which exceptions are judged.
pub(super) fn today() -> Date {
    jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date()
}

/// Paths are relative to the first folder's project; those of others are whole.
fn shared_path(shared: &Shared, project: &Project, path: Arc<str>) -> Arc<str> {
    if shared.files.is_root(&project.root) { path } else { shown(&project.root.join(&*path)).into() }
}

/// A whole path as the workspace names it.
fn shown(path: &Path) -> String {
    let shown = path.to_string_lossy().into_owned();
    if cfg!(windows) { shown.replace('\\', "/") } else { shown }
}

fn index(shared: &Arc<Shared>, projects: &[Project], generation: u64, cancelled: &AtomicBool) {
    let progress = Progress::begin(
        &shared.outbox,
        progress_token(generation),
        "whosaid: reading notes",
        shared.session().progress,
    );
    // One core is left to the user.
    let threads = std::thread::available_parallelism().map_or(1, |n| n.get().saturating_sub(1)).max(1);
    let pool = match rayon::ThreadPoolBuilder::new().num_threads(threads).build() {
        Ok(pool) => pool,
        Err(error) => return super::log(&format!("cannot index: {error}")),
    };
    let mut found = Found { generation, ..Found::default() };
    for project in projects {
        let whole = !shared.files.is_root(&project.root);
        let bibliographies = std::sync::Mutex::new(BTreeSet::new());
        let id = |path: &str| match UriKey::of_path(&project.root.join(path)) {
            Some(key) => shared.files.place(&key).file,
            None => shared.files.id(path),
        };
        let sink = |change: Change| {
            let path = |file| shared.files.path(file).filter(|_| whole);
            let change = match change {
                // All notes are listed, so that their folders' configurations are known: the writer puts them together.
                Change::Config(_) | Change::Configs(_) => return shared.tell(Event::Configured(generation)),
                Change::Note(file, note) => match path(file) {
                    Some(path) => Change::Note(file, note.at(path)),
                    None => Change::Note(file, note),
                },
                Change::Closed(file, note) => match path(file) {
                    Some(path) => Change::Closed(file, note.at(path).into()),
                    None => Change::Closed(file, note),
                },
                Change::Bibliography(path, text) => {
                    let path = shared_path(shared, project, path);
                    let mut all = bibliographies.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                    all.insert(path.clone());
                    Change::Bibliography(path, text)
                }
                other => other,
            };
            shared.tell_patiently(Event::Indexed(generation, Box::new(change)));
        };
        let keep = if project.is_configured() { Keep::Text } else { Keep::Nothing };
        let report = |done, all| progress.report(done, all);
        let pause = || shared.pool.give_way();
        let in_front: Vec<PathBuf> =
            shared.documents.all().iter().filter_map(|document| document.place.key.path()).collect();
        let host =
            Host { id: &id, sink: &sink, progress: &report, cancelled, pause: &pause, in_front: &in_front, keep };
        let indexed = pool.install(|| project.index(&host));
        found.notes.extend(indexed.notes);
        found.problems.extend(indexed.problems);
        found.bibliographies.append(&mut bibliographies.into_inner().unwrap_or_default());
    }
    found.cancelled = cancelled.load(Ordering::Relaxed);
    progress.end(&format!("{} notes", found.notes.len()));
    shared.tell(Event::IndexDone(found));
}

fn progress_token(generation: u64) -> String {
    format!("whosaid/index/{generation}")
}

/// Says what could not be read: a project that is not searched at all to the user, the rest to the log.
pub(super) fn report(shared: &Shared, disk: &Disk, problems: &[Problem]) {
    for problem in problems.iter().take(20) {
        let whole = disk.projects.iter().any(|project| project.root == problem.path);
        let method = if whole { "window/showMessage" } else { "window/logMessage" };
        let message = format!("whosaid: {}: {}", problem.path.display(), problem.message);
        shared.outbox.notify(method, json!({ "type": if whole { 3 } else { 2 }, "message": message }));
    }
    if let Some(more) = problems.len().checked_sub(20).filter(|&more| more > 0) {
        let message = format!("whosaid: {more} more files could not be read");
        shared.outbox.notify("window/logMessage", json!({ "type": 2, "message": message }));
    }
}

/// What the client is asked to watch.
pub(super) fn watch(shared: &Shared, folders: &[PathBuf]) {
    const PATTERNS: [&str; 3] =
        ["**/*.{md,markdown,mdown,qmd,txt,bib}", "**/whosaid.{toml,names}", "**/.{gitignore,ignore}"];
    let session = shared.session();
    if !session.watches_files {
        return;
    }
    let folders: Vec<Value> = folders
        .iter()
        .filter_map(|folder| tower_lsp::lsp_types::Url::from_directory_path(folder).ok())
        .map(|url| json!(url))
        .collect();
    let watchers: Vec<Value> = if session.relative_patterns && !folders.is_empty() {
        let relative = |folder: &Value, pattern| json!({ "globPattern": { "baseUri": folder, "pattern": pattern } });
        folders.iter().flat_map(|folder| PATTERNS.map(|pattern| relative(folder, pattern))).collect()
    } else {
        PATTERNS.iter().map(|pattern| json!({ "globPattern": pattern })).collect()
    };
    let registration = json!({
        "id": "whosaid/files",
        "method": "workspace/didChangeWatchedFiles",
        "registerOptions": { "watchers": watchers }
    });
    shared.outbox.request("client/registerCapability", json!({ "registrations": [registration] }), |_| {});
}

fn config_diagnostics(shared: &Shared, project: &Project, file: &ConfigFile, today: Date) -> Vec<Diagnostic> {
    let lines = LineIndex::new(&file.text);
    let mut found = files::of_configuration(&file.problems, &project.config);
    // Whether a rule would find something is only known where all notes are checked, as the command line does.
    let snapshot = shared.snapshot();
    let name = |path: &str| shared.files.key(path).and_then(|key| key.path()).map(|path| project.relative(&path));
    let idle =
        |ignore: &Ignore| !snapshot.notes().filter_map(|(_, note)| name(&note.path)).any(|n| ignore.paths.matches(&n));
    found.extend(files::of_ignores(&file.ignore, &project.config, Some(today), idle));
    found.iter().filter_map(|finding| of_file(shared, &lines, finding)).collect()
}

/// What is wrong with a bibliography.
pub(super) fn bibliography_diagnostics(shared: &Shared, bibliography: &Bibliography) -> Vec<Diagnostic> {
    let snapshot = shared.snapshot();
    let found = files::of_bibliography(bibliography, snapshot.config_at(&bibliography.path));
    found.iter().filter_map(|finding| of_file(shared, &bibliography.lines, finding)).collect()
}

/// A finding in a file that is no note.
pub(super) fn of_file(shared: &Shared, lines: &LineIndex, finding: &Finding) -> Option<Diagnostic> {
    let shown = finding.level > Level::Hint || shared.hints.load(Ordering::Relaxed);
    Some(Diagnostic {
        range: to_proto::range(lines, finding.range, shared.session().encoding),
        severity: Some(to_proto::severity(finding.level).filter(|_| shown)?),
        code: Some(NumberOrString::String(finding.rule.code.to_owned())),
        source: Some("whosaid".to_owned()),
        message: finding.message.clone(),
        ..Diagnostic::default()
    })
}
