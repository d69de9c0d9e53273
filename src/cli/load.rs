//! From paths on the command line to projects that are read and ready to be checked.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, PoisonError};

use super::{Failure, complain};
use crate::config::Config;
use crate::project::index::{Host, Keep, text_at};
use crate::project::{Problem, Project};
use crate::text::{Encoding, LineIndex, TextRange};
use crate::workspace::{Change, FileId, FileIds, Snapshot, Workspace};

/// One project, with what was asked for in it.
pub(super) struct Loaded {
    /// Where its paths begin.
    pub(super) root: PathBuf,
    /// All its notes.
    pub(super) snapshot: Snapshot,
    /// The notes that were asked for, by path.
    pub(super) asked: Vec<FileId>,
}

/// All projects that were asked for.
#[derive(Default)]
pub(super) struct All {
    /// By root.
    pub(super) projects: Vec<Loaded>,
    /// Something could not be read; it has been said on standard error.
    pub(super) failed: bool,
    /// A configuration or bibliography has faults; they have been said on standard error.
    pub(super) faulty: bool,
}

/// Reads the projects of `paths` (this folder if there are none); `change` may change their configuration.
pub(super) fn load(paths: &[PathBuf], change: impl Fn(&mut Config)) -> Result<All, Failure> {
    let here = [PathBuf::from(".")];
    let mut all = All::default();
    let mut projects: BTreeMap<PathBuf, (Project, Vec<&Path>)> = BTreeMap::new();
    for path in if paths.is_empty() { &here[..] } else { paths } {
        if let Err(error) = std::fs::metadata(path) {
            complain(format_args!("{}: {error}", path.display()));
            all.failed = true;
            continue;
        }
        let project = Project::open(path);
        projects.entry(project.root.clone()).or_insert_with(|| (project, Vec::new())).1.push(path);
    }
    for (project, paths) in projects.values() {
        let loaded = all.read(project, paths, &change);
        all.projects.push(loaded);
    }
    Ok(all)
}

impl All {
    fn read(&mut self, project: &Project, paths: &[&Path], change: &impl Fn(&mut Config)) -> Loaded {
        let mut problems = Vec::new();
        let mut asked: Vec<PathBuf> = paths.iter().flat_map(|path| project.notes_below(path, &mut problems)).collect();
        asked.sort();
        asked.dedup();

        let ids = Mutex::new(FileIds::default());
        let workspace = Mutex::new(Workspace::default());
        let host = Host {
            id: &|path| ids.lock().unwrap_or_else(PoisonError::into_inner).id(path),
            sink: &|change| workspace.lock().unwrap_or_else(PoisonError::into_inner).apply(change),
            progress: &|_, _| {},
            cancelled: &AtomicBool::new(false),
            pause: &|| {},
            in_front: &[],
            keep: Keep::Text,
        };
        // What a single note without configuration stands beside is nobody's project.
        let indexed = if project.is_configured() || paths.iter().any(|path| path.is_dir()) {
            project.index(&host)
        } else {
            project.index_notes(Vec::new(), &host)
        };
        let missing = |path: &&PathBuf| {
            let known = (host.id)(&project.relative(path));
            !indexed.notes.contains(&known)
        };
        let missing: Vec<PathBuf> = asked.iter().filter(missing).cloned().collect();
        let more = project.index_notes(missing, &host);

        problems.extend(indexed.problems);
        problems.extend(more.problems);
        problems.sort_by(|a, b| a.path.cmp(&b.path));
        problems.dedup();
        for problem in &problems {
            self.failed |= problem.skipped;
            complain(said(problem));
        }
        let mut workspace = workspace.into_inner().unwrap_or_else(PoisonError::into_inner);
        // What was asked for by name may stand in folders that the project leaves out.
        let mut configs = project.configs();
        configs.change(change);
        workspace.apply(Change::Configs(Arc::new(configs)));
        let snapshot = workspace.snapshot();
        self.config_problems(project);
        self.library_problems(project, &snapshot);
        let asked = asked.iter().filter_map(|path| snapshot.file_at(&project.relative(path))).collect();
        Loaded { root: project.root.clone(), snapshot, asked }
    }

    fn config_problems(&mut self, project: &Project) {
        for file in project.all_config_files().iter().chain(&project.names_file) {
            let lines = LineIndex::new(&file.text);
            for problem in &file.problems {
                self.faulty = true;
                complain(at(&shown(&file.path), &lines, problem.range, &problem.message));
            }
        }
    }

    fn library_problems(&mut self, project: &Project, snapshot: &Snapshot) {
        for (_, bibliography) in snapshot.bibliographies() {
            let path = shown(&project.root.join(&*bibliography.path));
            for problem in &bibliography.problems {
                self.faulty = true;
                complain(at(&path, &bibliography.lines, problem.range, &problem.message));
            }
        }
    }
}

/// A complaint about a place in a file.
pub(super) fn at(path: &str, lines: &LineIndex, range: TextRange, message: &str) -> String {
    let place = lines.position(range.start, Encoding::Utf32);
    format!("{path}:{}:{}: {message}", place.line + 1, place.column + 1)
}

fn said(problem: &Problem) -> String {
    format!("{}: {}", shown(&problem.path), problem.message)
}

/// A path as one would type it here.
pub(super) fn shown(path: &Path) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    path.strip_prefix(&here).unwrap_or(path).to_string_lossy().into_owned()
}

/// One text, wherever it stands.
pub(super) fn text_of(path: &Path) -> Result<String, Failure> {
    let mut problems = Vec::new();
    let decoded = text_at(path, &mut problems);
    for problem in problems.iter().filter(|problem| !problem.skipped) {
        complain(said(problem));
    }
    let why = problems.iter().find(|problem| problem.skipped).map_or_else(String::new, said);
    Ok(decoded.ok_or(why)?.text)
}
