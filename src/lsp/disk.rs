//! What the writer does about the disk: projects are indexed in the background, changed files are read again.
//!
//! Reading happens on threads of its own and comes back as [`Event`]s; an open buffer always wins over its file. Where
//! a project has a `whosaid.toml`, findings are shown for its closed notes too: their texts are kept until they have
//! been checked and then let go.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Receiver;

use jiff::civil::Date;
use serde_json::json;
use tower_lsp::lsp_types::{Diagnostic, NumberOrString};

use super::convert::to_proto;
use super::indexer::{Job, progress_token, shared_path};
use super::keeping::Keeping;
use super::pool::Urgency;
use super::shared::Shared;
use super::sweep;
use super::transport::UriKey;
use super::watching::NamedFiles;
use super::writer::Event;
use crate::analysis::corrections::Corrections;
use crate::config::globs::Folder;
use crate::config::{Config, ConfigProblem, ConfigTree, Ignore, Level};
use crate::project::index::{Named, Read};
use crate::project::read::ReadError;
use crate::project::watch::{WatchEvent, Watcher};
use crate::project::{ConfigFile, Problem, Project, rule_word};
use crate::rules::{Finding, files};
use crate::text::LineIndex;
use crate::workspace::brief::Brief;
use crate::workspace::library::Bibliography;
use crate::workspace::{Change, NoteEntry};

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
    /// Libraries that the client was asked to watch by their names.
    named: NamedFiles,
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
            let project = Project::open_after(folder, &self.projects, &shared.allowed());
            // A folder within another is covered by the other's walk.
            let real = project.reach.real_root().to_path_buf();
            let inside = |outer: &&mut Project| {
                project.root.starts_with(&outer.root) || real.starts_with(outer.reach.real_root())
            };
            match projects.iter_mut().find(inside) {
                None => projects.push(project),
                Some(outer) if project.root.starts_with(&outer.root) => {}
                Some(outer) => {
                    let own = outer.own_name(&real);
                    outer.also.push((project.root, own));
                }
            }
        }
        self.projects = projects.into();
        shared.set_projects(self.projects.clone());
        shared.kept.retain(&self.projects);
        self.named.watch(shared, &self.projects);
        self.covered = self.watcher.as_ref().map(|watcher| watcher.cover(self.projects.clone()));
    }

    /// Hears of changed files from the system, or looks from time to time where that cannot be.
    pub(super) fn listen(&mut self, shared: &Arc<Shared>) {
        let weak = Arc::downgrade(shared);
        let looking = AtomicBool::new(false);
        let heard = move |event| {
            let Some(shared) = weak.upgrade() else { return };
            match event {
                WatchEvent::Changed(paths) => {
                    shared.tell(Event::Disk(paths.iter().filter_map(|path| UriKey::of_path(path)).collect()));
                }
                WatchEvent::Rescan => shared.tell(Event::Rescan),
                WatchEvent::Unwatched(reason) => {
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
        for path in shared.documents.all().iter().filter_map(|document| shared.files.own_path(&document.place.key)) {
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

    /// Whether a configuration names this file as its list of known findings.
    pub(super) fn is_baseline(&self, path: &Path) -> bool {
        self.projects.iter().any(|project| project.baselines().any(|known| known == path))
    }

    /// Whether there is anything to index.
    pub(super) fn has_projects(&self) -> bool {
        !self.projects.is_empty()
    }

    /// Whether this is the root of a project.
    pub(super) fn has_root(&self, root: &Path) -> bool {
        self.projects.iter().any(|project| project.root == root)
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
            shared.whole();
            return shared.warm();
        }
        let job = Job {
            shared: shared.clone(),
            projects: self.projects.clone(),
            generation: self.generation,
            cancelled: self.cancelled.clone(),
        };
        let covered = self.covered.take();
        if let Err(error) = std::thread::Builder::new().name("indexer".to_owned()).spawn(move || job.run(covered)) {
            super::log(&format!("cannot index: {error}"));
        }
    }

    /// What is kept of the project of a file, and how it calls the file, if that is known yet.
    pub(super) fn kept_of(&self, shared: &Shared, path: &Path) -> Option<(Arc<Keeping>, String)> {
        let project = self.project_of(path)?;
        Some((shared.kept.of(&project.root)?, project.relative(path)))
    }

    /// The problems of a file of settings or corrections as it stands in the editor; what it says holds once it is saved.
    pub(super) fn problems_while_typing(&self, shared: &Shared, key: &UriKey, note: &NoteEntry) -> Vec<Diagnostic> {
        let Some((path, text)) = shared.files.own_path(key).zip(note.text.as_deref()) else { return Vec::new() };
        let mut config = self.project_of(&path).map_or_else(Config::default, |project| Config::clone(&project.config));
        if key.is_names_file() {
            let problems = Corrections::read(text).problems.into_iter();
            let problems: Vec<_> = problems.map(|p| ConfigProblem { range: p.range, message: p.message }).collect();
            let found = files::of_configuration(&problems, &config);
            return found.iter().filter_map(|finding| of_file(shared, &note.lines, finding)).collect();
        }
        let ignores = config.ignore.len();
        let laid = config.merge(text, &Folder::default(), &rule_word);
        let mut found = files::of_configuration(&laid.problems, &config);
        let own = config.ignore.get(ignores..).unwrap_or_default();
        found.extend(files::of_ignores(own, &config, Some(today()), |_| false));
        found.iter().filter_map(|finding| of_file(shared, &note.lines, finding)).collect()
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
            // What was never met may be another name of what is known.
            let own = |key: UriKey| {
                let path = shared.files.own_path(&key).filter(|_| !known(&key))?;
                UriKey::of_path(&innermost(&projects, &path)?.known_as(&path))
            };
            let mut keys: Vec<UriKey> = keys.into_iter().map(|key| own(key.clone()).unwrap_or(key)).collect();
            keys.sort_unstable();
            keys.dedup();
            let doubtful = keys.iter().filter(|key| !known(key)).filter_map(|key| shared.files.own_path(key));
            let doubtful: Vec<PathBuf> = doubtful.collect();
            let listed: HashSet<PathBuf> = projects.iter().flat_map(|project| project.listed(&doubtful)).collect();
            for key in &keys {
                let path = shared.files.own_path(key).filter(|path| known(key) || listed.contains(path));
                let project = path.as_ref().and_then(|path| innermost(&projects, path));
                read_again(&shared, key, path.as_deref().zip(project));
            }
        });
    }

    /// The project of a bibliography: that in which it stands, or one that may read it.
    fn project_reading(&self, path: &Path) -> Option<&Project> {
        self.project_of(path).or_else(|| self.projects.iter().find(|project| project.reach.has_within(path)))
    }

    /// How the workspace names a file of the disk.
    pub(super) fn name_of(&self, shared: &Shared, path: &Path) -> Option<Arc<str>> {
        let project = self.project_reading(path)?;
        Some(shared_path(shared, project, project.relative(path).into()))
    }

    /// Reads a bibliography again, or notices that it is gone.
    pub(super) fn reread_bibliography(&self, shared: &Arc<Shared>, path: PathBuf) {
        let (Some(name), Some(project)) = (self.name_of(shared, &path), self.project_reading(&path).cloned()) else {
            return;
        };
        let (shared, generation) = (shared.clone(), self.generation);
        shared.clone().pool.spawn(Urgency::Background, move || {
            let change = match project.bibliography_at(&path) {
                Ok(read) => Change::Bibliography(Bibliography { path: name, ..read }.into()),
                Err(_) => Change::BibliographyRemoved(name),
            };
            shared.tell(Event::Indexed(generation, Box::new(change), None));
        });
    }

    /// The bibliographies that a note names itself, beside those of its project.
    pub(super) fn own_bibliographies(&self, shared: &Shared, key: &UriKey, note: &NoteEntry) -> Vec<Named> {
        let path = shared.files.own_path(key);
        let project = path.and_then(|path| self.project_of(&path));
        project.map_or_else(Vec::new, |project| {
            // Relative to itself, whatever the workspace calls it.
            let brief = Brief::clone(&note.brief).at(project.relative(&project.root.join(&*note.path)).into());
            project.own_bibliographies(&brief)
        })
    }

    /// Looks at what an open note names, and reads what is not known yet.
    pub(super) fn read_named(&self, shared: &Arc<Shared>, key: &UriKey, note: &NoteEntry, named: Vec<Named>) {
        let path = shared.files.own_path(key);
        let Some(project) = path.and_then(|path| self.project_of(&path).cloned()) else { return };
        let (shared, note, generation) = (shared.clone(), note.path.clone(), self.generation);
        shared.clone().pool.spawn(Urgency::Background, move || {
            let mut unread = Vec::new();
            for (name, path) in named {
                let read = path.map_err(ReadError::from).and_then(|path| {
                    let path = project.known_as(&path);
                    let shown = shared_path(&shared, &project, project.relative(&path).into());
                    // Changes are told of what lies in the project; elsewhere somebody has to look.
                    if path.starts_with(&project.root) && shared.snapshot().bibliography_at(&shown).is_some() {
                        return Ok(None);
                    }
                    Ok(Some((shown, project.bibliography_at(&path)?)))
                });
                match read {
                    Ok(Some((shown, read))) => {
                        let change = Change::Bibliography(Bibliography { path: shown, ..read }.into());
                        shared.tell(Event::Indexed(generation, Box::new(change), None));
                    }
                    Err(trouble) => unread.extend(trouble.refusal().map(|refusal| (name, refusal))),
                    Ok(None) => {}
                }
            }
            shared.tell(Event::Unread(note, unread.into()));
        });
    }
}

/// Reads one note again, if it is a note of a project.
fn read_again(shared: &Arc<Shared>, key: &UriKey, found: Option<(&Path, &Project)>) {
    let place = shared.files.place(key);
    let note = found.filter(|(path, project)| project.is_note(path));
    let read = note.and_then(|(path, project)| project.note_at(path, &mut Vec::new()));
    let read = read.map(|read| Box::new(Read { note: read.note.at(place.path.clone()), ..read }));
    shared.tell(Event::Reread(place, read));
}

/// The project of a file; of nested ones the innermost.
pub(super) fn innermost<'a>(projects: &'a [Project], path: &Path) -> Option<&'a Project> {
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

/// A whole path as the workspace names it.
pub(super) fn shown(path: &Path) -> String {
    let shown = path.to_string_lossy().into_owned();
    if cfg!(windows) { shown.replace('\\', "/") } else { shown }
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

fn config_diagnostics(shared: &Shared, project: &Project, file: &ConfigFile, today: Date) -> Vec<Diagnostic> {
    let lines = LineIndex::new(&file.text);
    let mut found = files::of_configuration(&file.problems, &project.config);
    // Whether a rule would find something is only known where all notes are checked, as the command line does.
    let snapshot = shared.snapshot();
    let name = |path: &str| {
        shared.files.key(path).and_then(|key| shared.files.own_path(&key)).map(|path| project.relative(&path))
    };
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
