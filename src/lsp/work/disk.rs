//! The disk, as the main loop deals with it: projects are indexed in the background, changed files are read again.
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
use tower_lsp::lsp_types::Diagnostic;

use crate::analysis::corrections::Corrections;
use crate::config::globs::Folder;
use crate::config::{Config, ConfigProblem, ConfigTree, Ignore};
use crate::lsp::state::events::Event;
use crate::lsp::state::files::{innermost, slashed};
use crate::lsp::state::pool::Urgency;
use crate::lsp::state::server_state::ServerState;
use crate::lsp::transport::UriKey;
use crate::lsp::view::diagnostics::{diagnostic, today};
use crate::lsp::work::client_watch::NamedFilesWatch;
use crate::lsp::work::indexer::{IndexJob, progress_token};
use crate::lsp::work::sweep;
use crate::project::index::{Named, Read};
use crate::project::kept::Kept;
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
pub(in crate::lsp) struct Disk {
    /// The folders that the client has open.
    pub folders: Vec<PathBuf>,
    projects: Arc<[Project]>,
    generation: u64,
    cancelled: Arc<AtomicBool>,
    /// Configuration files whose problems are shown.
    faulty: HashSet<UriKey>,
    /// Hears of changed files where the client does not watch.
    watcher: Option<Watcher>,
    /// Receives when the watcher covers the projects.
    covered: Option<Receiver<()>>,
    /// Libraries that the client was asked to watch by their names.
    named: NamedFilesWatch,
}

impl Disk {
    /// True if an event belongs to the newest index.
    pub(in crate::lsp) fn is_current(&self, generation: u64) -> bool {
        self.generation == generation
    }

    /// The token under which the index under way can be cancelled.
    pub(in crate::lsp) fn cancel(&self, token: &str) {
        if token == progress_token(self.generation) {
            self.cancelled.store(true, Ordering::Relaxed);
        }
    }

    /// Opens the projects of the folders anew: their configuration is read here and now, all else by [`Disk::index`].
    pub(in crate::lsp) fn open(&mut self, state: &ServerState) {
        let mut projects: Vec<Project> = Vec::new();
        for folder in &self.folders {
            let project = Project::open_after(folder, &self.projects, &state.settings.allowed());
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
        state.set_projects(self.projects.clone());
        state.stores.retain(&self.projects);
        self.named.watch(state, &self.projects);
        self.covered = self.watcher.as_ref().map(|watcher| watcher.cover(self.projects.clone()));
    }

    /// Hears of changed files from the system, or looks from time to time where that cannot be.
    pub(in crate::lsp) fn listen(&mut self, state: &Arc<ServerState>) {
        let weak = Arc::downgrade(state);
        let looking = AtomicBool::new(false);
        let on_news = move |news| {
            let Some(state) = weak.upgrade() else { return };
            match news {
                WatchEvent::Changed(paths) => {
                    state.send(Event::FilesChanged(paths.iter().filter_map(|path| UriKey::of_path(path)).collect()));
                }
                WatchEvent::Rescan => state.send(Event::Rescan),
                WatchEvent::Unwatched(reason) => {
                    if !looking.swap(true, Ordering::Relaxed) {
                        crate::lsp::log(&format!(
                            "not all changes of files are told ({reason}); looking from time to time"
                        ));
                        sweep::start(&state);
                    }
                }
            }
        };
        match Watcher::start(on_news) {
            Ok(watcher) => self.watcher = Some(watcher),
            Err(error) => {
                crate::lsp::log(&format!("cannot hear of changed files: {error}"));
                sweep::start(state);
            }
        }
    }

    /// Every folder's configuration, as far as notes of the folder are known. Those of the open documents always are.
    pub(in crate::lsp) fn configs(&self, state: &ServerState) -> ConfigTree {
        for path in state.documents.all().iter().filter_map(|document| state.files.own_path(&document.place.key)) {
            if let Some(project) = self.project_of(&path) {
                let _ = project.config_at(&path);
            }
        }
        let mut all = ConfigTree::default();
        for project in self.projects.iter() {
            if state.files.is_root(&project.root) {
                project.configs().iter().for_each(|(folder, config)| all.insert(folder, config.clone()));
            } else {
                all.graft(&slashed(&project.root), &project.configs());
            }
        }
        all
    }

    /// True if a configuration names this file as its list of known findings.
    pub(in crate::lsp) fn is_baseline(&self, path: &Path) -> bool {
        self.projects.iter().any(|project| project.baselines().any(|known| known == path))
    }

    /// True if a configuration names this file as a library.
    pub(in crate::lsp) fn is_named_library(&self, path: &Path) -> bool {
        self.projects.iter().any(|project| project.bibliography.iter().any(|named| named == path))
    }

    /// True if there is anything to index.
    pub(in crate::lsp) fn has_projects(&self) -> bool {
        !self.projects.is_empty()
    }

    /// True if this is the root of a project.
    pub(in crate::lsp) fn has_root(&self, root: &Path) -> bool {
        self.projects.iter().any(|project| project.root == root)
    }

    /// The project of a file; of nested ones the innermost.
    pub(in crate::lsp) fn project_of(&self, path: &Path) -> Option<&Project> {
        innermost(&self.projects, path)
    }

    /// Starts an index of all projects; one under way is stopped.
    pub(in crate::lsp) fn index(&mut self, state: &Arc<ServerState>) {
        self.cancelled.store(true, Ordering::Relaxed);
        self.cancelled = Arc::default();
        self.generation += 1;
        if self.projects.is_empty() {
            state.index.mark_complete();
            return state.index.mark_warm();
        }
        let job = IndexJob {
            state: state.clone(),
            projects: self.projects.clone(),
            generation: self.generation,
            cancelled: self.cancelled.clone(),
        };
        let covered = self.covered.take();
        if let Err(error) = std::thread::Builder::new().name("indexer".to_owned()).spawn(move || job.run(covered)) {
            crate::lsp::log(&format!("cannot index: {error}"));
        }
    }

    /// The store of the project of a file, if it is open yet, and the path of the file in the project.
    pub(in crate::lsp) fn store_of(&self, state: &ServerState, path: &Path) -> Option<(Arc<Kept>, String)> {
        let project = self.project_of(path)?;
        Some((state.stores.of(&project.root)?, project.relative(path)))
    }

    /// The problems of a file of settings or corrections as it stands in the editor; what it says holds once it is saved.
    pub(in crate::lsp) fn problems_while_typing(
        &self,
        state: &ServerState,
        key: &UriKey,
        note: &NoteEntry,
    ) -> Vec<Diagnostic> {
        let Some((path, text)) = state.files.own_path(key).zip(note.text.as_deref()) else { return Vec::new() };
        let mut config = self.project_of(&path).map_or_else(Config::default, |project| Config::clone(&project.config));
        let snapshot = state.snapshot();
        let shown = |finding: &Finding| diagnostic(state, &snapshot, &note.lines, finding);
        if key.is_names_file() {
            let problems = Corrections::read(text).problems.into_iter();
            let problems: Vec<_> = problems.map(|p| ConfigProblem { range: p.range, message: p.message }).collect();
            let found = files::of_configuration(&problems, &config);
            return found.iter().filter_map(shown).collect();
        }
        let ignores = config.ignore.len();
        let laid = config.merge(text, &Folder::default(), &rule_word);
        let mut found = files::of_configuration(&laid.problems, &config);
        let own = config.ignore.get(ignores..).unwrap_or_default();
        found.extend(files::of_ignores(own, &config, Some(today()), |_| false));
        found.iter().filter_map(shown).collect()
    }

    /// The problems of the configuration files, by file; files that were mended come with nothing.
    pub(in crate::lsp) fn config_problems(&mut self, state: &ServerState) -> Vec<(UriKey, Vec<Diagnostic>)> {
        let today = today();
        let of = |project| files_of(project).into_iter().map(move |file| (project, file));
        let mut files: Vec<(&Project, ConfigFile)> = self.projects.iter().flat_map(of).collect();
        // Two projects may lie below one file.
        files.sort_by(|(_, a), (_, b)| a.path.cmp(&b.path));
        files.dedup_by(|(_, a), (_, b)| a.path == b.path);
        let mut found: Vec<(UriKey, Vec<Diagnostic>)> = files
            .iter()
            .filter_map(|(project, file)| {
                Some((UriKey::of_path(&file.path)?, config_diagnostics(state, project, file, today)))
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
    pub(in crate::lsp) fn reread(&self, state: &Arc<ServerState>, keys: Vec<UriKey>, were_open: bool) {
        let (state, projects) = (state.clone(), self.projects.clone());
        state.clone().pool.spawn(Urgency::Background, move || {
            let snapshot = state.snapshot();
            let known = |key: &UriKey| !were_open && snapshot.note(state.files.place(key).file).is_some();
            // What was never met may be another name of what is known.
            let own = |key: UriKey| {
                let path = state.files.own_path(&key).filter(|_| !known(&key))?;
                UriKey::of_path(&innermost(&projects, &path)?.known_as(&path))
            };
            let mut keys: Vec<UriKey> = keys.into_iter().map(|key| own(key.clone()).unwrap_or(key)).collect();
            keys.sort_unstable();
            keys.dedup();
            let doubtful = keys.iter().filter(|key| !known(key)).filter_map(|key| state.files.own_path(key));
            let doubtful: Vec<PathBuf> = doubtful.collect();
            let listed: HashSet<PathBuf> = projects.iter().flat_map(|project| project.listed(&doubtful)).collect();
            for key in &keys {
                let path = state.files.own_path(key).filter(|path| known(key) || listed.contains(path));
                let project = path.as_ref().and_then(|path| innermost(&projects, path));
                read_again(&state, key, path.as_deref().zip(project));
            }
        });
    }

    /// The project of a bibliography: that in which it stands, or one that may read it.
    fn project_reading(&self, path: &Path) -> Option<&Project> {
        self.project_of(path).or_else(|| self.projects.iter().find(|project| project.reach.has_within(path)))
    }

    /// The path in the workspace of a file of the disk.
    pub(in crate::lsp) fn name_of(&self, state: &ServerState, path: &Path) -> Option<Arc<str>> {
        let project = self.project_reading(path)?;
        Some(state.files.workspace_path(project, project.relative(path).into()))
    }

    /// Reads a bibliography again, or notices that it is gone.
    pub(in crate::lsp) fn reread_bibliography(&self, state: &Arc<ServerState>, path: PathBuf) {
        let (Some(name), Some(project)) = (self.name_of(state, &path), self.project_reading(&path).cloned()) else {
            return;
        };
        let (state, generation) = (state.clone(), self.generation);
        state.clone().pool.spawn(Urgency::Background, move || {
            let change = match project.bibliography_at(&path) {
                Ok(read) => Change::Bibliography(Bibliography { path: name, ..read }.into()),
                Err(_) => Change::BibliographyRemoved(name),
            };
            state.send(Event::Indexed(generation, Box::new(change), None));
        });
    }

    /// The bibliographies that a note names itself, beside those of its project.
    pub(in crate::lsp) fn own_bibliographies(&self, state: &ServerState, key: &UriKey, note: &NoteEntry) -> Vec<Named> {
        let path = state.files.own_path(key);
        let project = path.and_then(|path| self.project_of(&path));
        project.map_or_else(Vec::new, |project| {
            // Relative to itself, whatever the workspace calls it.
            let brief = Brief::clone(&note.brief).at(project.relative(&project.root.join(&*note.path)).into());
            project.own_bibliographies(&brief)
        })
    }

    /// Looks at what an open note names, and reads what is not known yet.
    pub(in crate::lsp) fn read_named(
        &self,
        state: &Arc<ServerState>,
        key: &UriKey,
        note: &NoteEntry,
        named: Vec<Named>,
    ) {
        let path = state.files.own_path(key);
        let Some(project) = path.and_then(|path| self.project_of(&path).cloned()) else { return };
        let (state, note, generation) = (state.clone(), note.path.clone(), self.generation);
        state.clone().pool.spawn(Urgency::Background, move || {
            let mut unread = Vec::new();
            for (name, path) in named {
                let read = path.map_err(ReadError::from).and_then(|path| {
                    let path = project.known_as(&path);
                    let shown = state.files.workspace_path(&project, project.relative(&path).into());
                    // Changes are told of what lies in the project; elsewhere somebody has to look.
                    if path.starts_with(&project.root) && state.snapshot().bibliography_at(&shown).is_some() {
                        return Ok(None);
                    }
                    Ok(Some((shown, project.bibliography_at(&path)?)))
                });
                match read {
                    Ok(Some((shown, read))) => {
                        let change = Change::Bibliography(Bibliography { path: shown, ..read }.into());
                        state.send(Event::Indexed(generation, Box::new(change), None));
                    }
                    Err(error) => {
                        let reason = error.reason(&name);
                        unread.push((name, reason));
                    }
                    Ok(None) => {}
                }
            }
            state.send(Event::Unread(note, unread.into()));
        });
    }
}

/// Reads one note again, if it is a note of a project.
fn read_again(state: &Arc<ServerState>, key: &UriKey, found: Option<(&Path, &Project)>) {
    let place = state.files.place(key);
    let note = found.filter(|(path, project)| project.is_note(path));
    let read = note.and_then(|(path, project)| project.note_at(path, &mut Vec::new()));
    let read = read.map(|read| Box::new(Read { note: read.note.at(place.path.clone()), ..read }));
    state.send(Event::NoteRead(place, read));
}

/// The configuration and corrections of a project.
fn files_of(project: &Project) -> Vec<ConfigFile> {
    project.all_config_files().into_iter().chain(project.names_file.clone()).collect()
}

/// Says what could not be read: a project that is not searched at all to the user, the rest to the log.
pub(in crate::lsp) fn report(state: &ServerState, disk: &Disk, problems: &[Problem]) {
    for problem in problems.iter().take(20) {
        let whole = disk.projects.iter().any(|project| project.root == problem.path);
        let method = if whole { "window/showMessage" } else { "window/logMessage" };
        let message = format!("whosaid: {}: {}", problem.path.display(), problem.message);
        state.outbox.notify(method, json!({ "type": if whole { 3 } else { 2 }, "message": message }));
    }
    if let Some(more) = problems.len().checked_sub(20).filter(|&more| more > 0) {
        let message = format!("whosaid: {more} more files could not be read");
        state.outbox.notify("window/logMessage", json!({ "type": 2, "message": message }));
    }
}

fn config_diagnostics(state: &ServerState, project: &Project, file: &ConfigFile, today: Date) -> Vec<Diagnostic> {
    let lines = LineIndex::new(&file.text);
    let mut found = files::of_configuration(&file.problems, &project.config);
    // Whether a rule would find something is only known where all notes are checked, as the command line does.
    let snapshot = state.snapshot();
    let name = |path: &str| {
        state.files.key(path).and_then(|key| state.files.own_path(&key)).map(|path| project.relative(&path))
    };
    let idle =
        |ignore: &Ignore| !snapshot.notes().filter_map(|(_, note)| name(&note.path)).any(|n| ignore.paths.matches(&n));
    found.extend(files::of_ignores(&file.ignore, &project.config, Some(today), idle));
    found.iter().filter_map(|finding| diagnostic(state, &snapshot, &lines, finding)).collect()
}

/// The diagnostics of a bibliography.
pub(in crate::lsp) fn bibliography_diagnostics(state: &ServerState, bibliography: &Bibliography) -> Vec<Diagnostic> {
    let snapshot = state.snapshot();
    let found = files::of_bibliography(bibliography, snapshot.config_at(&bibliography.path));
    found.iter().filter_map(|finding| diagnostic(state, &snapshot, &bibliography.lines, finding)).collect()
}
