//! From paths on the command line to projects that are read and ready to be checked.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use super::{Failure, complain};
use crate::config::Config;
use crate::project::index::{Host, Keep, text_anywhere};
use crate::project::kept::{self, Kept};
use crate::project::read::Allowed;
use crate::project::{ConfigFile, Identity, Problem, Project, identity};
use crate::rules::{Finding, files};
use crate::store::{Stamp, place};
use crate::text::{Encoding, LineIndex, TextRange};
use crate::workspace::brief::Brief;
use crate::workspace::library::Bibliography;
use crate::workspace::{Change, FileId, FileIds, Snapshot, Workspace};

/// One project, with what was asked for in it.
pub(super) struct Loaded {
    /// The folder that its paths are relative to.
    pub(super) root: PathBuf,
    /// All its notes.
    pub(super) snapshot: Snapshot,
    /// The notes that were asked for, by path.
    pub(super) asked: Vec<FileId>,
    /// True if these are all notes of the project.
    pub(super) whole: bool,
    /// Its configuration files.
    pub(super) config_files: Vec<ConfigFile>,
    /// Its configuration and bibliographies, with what is wrong in them.
    pub(super) faults: Vec<Fault>,
}

/// A file that is no note, with what is wrong in it.
pub(super) struct Fault {
    /// Which.
    pub(super) path: PathBuf,
    /// Its text.
    pub(super) text: Arc<str>,
    /// The faults found in it.
    pub(super) findings: Vec<Finding>,
}

impl Loaded {
    /// The path of a note, as one would type it here.
    pub(super) fn display_path(&self, path: &str) -> String {
        display_path(&self.root.join(path))
    }
}

/// All projects that were asked for.
#[derive(Default)]
pub(super) struct All {
    /// By root.
    pub(super) projects: Vec<Loaded>,
    /// Something could not be read; it has been said on standard error.
    pub(super) failed: bool,
    /// The files that were met, where there are several projects: one may lead into another by a link.
    met: HashSet<Identity>,
}

/// The part of the notes that a command needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Need {
    /// Their texts, to check them.
    Texts,
    /// The summaries that are kept of any note.
    Briefs,
}

/// Reads the projects of `paths` (this folder if there are none); `change` may change their configuration.
pub(super) fn load(
    paths: &[PathBuf],
    allowed: &Allowed,
    need: Need,
    change: impl Fn(&mut Config),
) -> Result<All, Failure> {
    let here = [PathBuf::from(".")];
    let mut all = All::default();
    let mut projects: BTreeMap<PathBuf, (Project, Vec<&Path>)> = BTreeMap::new();
    for path in if paths.is_empty() { here.as_slice() } else { paths } {
        let why = match std::fs::metadata(path) {
            Ok(seen) if seen.is_file() || seen.is_dir() => None,
            Ok(_) => Some("this is a pipe or a device: name a file, or a folder of notes".to_owned()),
            Err(error) => Some(error.to_string()),
        };
        if let Some(why) = why {
            complain(format_args!("{}: {why}", path.display()));
            all.failed = true;
            continue;
        }
        // What the user names himself he allows.
        let project = Project::open_after(path, &[], &allowed.and(paths.iter().cloned()));
        projects.entry(project.root.clone()).or_insert_with(|| (project, Vec::new())).1.push(path);
    }
    // A project that was named by a link comes after the one that it leads into.
    let mut projects: Vec<(Project, Vec<&Path>)> = projects.into_values().collect();
    projects.sort_by_key(|(project, _)| project.root != project.reach.real_root());
    let several = projects.len() > 1;
    for (project, paths) in &projects {
        let mut loaded = all.read(project, paths, need, &change);
        if several {
            let asked = std::mem::take(&mut loaded.asked).into_iter();
            loaded.asked = asked.filter(|file| all.is_new(&loaded, *file)).collect();
        }
        all.projects.push(loaded);
    }
    all.projects.sort_by(|a, b| a.root.cmp(&b.root));
    Ok(all)
}

impl All {
    /// Returns `true` for a note that was not met in another project, and remembers it.
    fn is_new(&mut self, loaded: &Loaded, file: FileId) -> bool {
        let path = loaded.snapshot.path(file).map(|path| loaded.root.join(&**path));
        path.and_then(|path| identity(&path)).is_none_or(|found| self.met.insert(found))
    }

    /// Says what is wrong with configurations and bibliographies, where no findings are printed.
    pub(super) fn complain_of_faults(&self) {
        for fault in self.projects.iter().flat_map(|project| &project.faults) {
            let lines = LineIndex::new(&fault.text);
            for finding in &fault.findings {
                complain(at(&display_path(&fault.path), &lines, finding.range, &finding.message));
            }
        }
    }

    fn read(&mut self, project: &Project, paths: &[&Path], need: Need, change: &impl Fn(&mut Config)) -> Loaded {
        let mut problems = Vec::new();
        let mut asked: Vec<PathBuf> = paths.iter().flat_map(|path| project.notes_below(path, &mut problems)).collect();
        asked.sort();
        asked.dedup();

        // What a single note without configuration stands beside is nobody's project.
        let whole = project.is_configured() || paths.iter().any(|path| path.is_dir());
        let file = kept::file_of(project, place::user_folder().as_deref());
        let (kept, found) = match file.filter(|_| whole && project.is_too_wide().is_none()) {
            Some(file) => Kept::open(&file, &project.root, complain, Arc::clone),
            None => Default::default(),
        };
        let known: HashMap<Arc<str>, Arc<Brief>> = found.notes.into_iter().collect();
        let wanted = |asked: &[PathBuf]| match need {
            Need::Texts => asked.iter().map(|path| project.relative(path)).collect(),
            Need::Briefs => HashSet::new(),
        };
        let to_check: RwLock<HashSet<String>> = RwLock::new(wanted(&asked));

        let ids = Mutex::new(FileIds::default());
        let workspace = Mutex::new(Workspace::default());
        let apply = |change| workspace.lock().unwrap_or_else(PoisonError::into_inner).apply(change);
        let sink = |change: Change, stamp: Option<Stamp>| {
            let note = match &change {
                Change::Note(_, note) => Some(&note.brief),
                Change::Closed(_, brief) => Some(brief),
                _ => None,
            };
            if let Some((brief, stamp)) = note.zip(stamp) {
                kept.keep(&brief.path, stamp, brief);
            }
            apply(change);
        };
        let host = Host {
            id: &|path| ids.lock().unwrap_or_else(PoisonError::into_inner).id(path),
            sink: &sink,
            unchanged: &|file, path| {
                if let Some(brief) = known.get(path) {
                    apply(Change::Closed(file, brief.clone()));
                }
            },
            progress: &|_, _| {},
            cancelled: &AtomicBool::new(false),
            pause: &|| {},
            in_front: &[],
            kept: &kept,
            keep: &|path| match to_check.read().unwrap_or_else(PoisonError::into_inner).contains(path) {
                true => Keep::Text,
                false => Keep::Nothing,
            },
        };
        let indexed = if whole { project.index(&host) } else { project.index_notes(Vec::new(), &host) };
        // Now all names of each file are known.
        asked.iter_mut().for_each(|path| *path = project.own_name(path));
        asked.sort();
        asked.dedup();
        let missing = |path: &&PathBuf| {
            let name = project.relative(path);
            let has_text = to_check.read().unwrap_or_else(PoisonError::into_inner).contains(&name);
            !indexed.notes.contains(&(host.id)(&name)) || need == Need::Texts && !has_text
        };
        let missing: Vec<PathBuf> = asked.iter().filter(missing).cloned().collect();
        to_check.write().unwrap_or_else(PoisonError::into_inner).extend(wanted(&missing));
        let more = project.index_notes(missing, &host);

        indexed.unread.into_iter().for_each(|(note, unread)| apply(Change::Unread(note, unread)));
        problems.extend(indexed.problems);
        problems.extend(more.problems);
        problems.sort_by(|a, b| a.path.cmp(&b.path));
        problems.dedup();
        for problem in &problems {
            self.failed |= problem.skipped;
            complain(complaint(problem));
        }
        let mut workspace = workspace.into_inner().unwrap_or_else(PoisonError::into_inner);
        // What was asked for by name may stand in folders that the project leaves out.
        let mut configs = project.configs();
        configs.change(change);
        workspace.apply(Change::Configs(Arc::new(configs)));
        let snapshot = workspace.snapshot();
        let asked: Vec<FileId> = asked.iter().filter_map(|path| snapshot.file_at(&project.relative(path))).collect();
        let whole = asked.len() == snapshot.notes().count();
        let config_files: Vec<ConfigFile> =
            project.all_config_files().into_iter().chain(project.names_file.clone()).collect();
        let mut faults = config_faults(&config_files, &snapshot);
        faults.extend(library_faults(project, &snapshot));
        Loaded { root: project.root.clone(), snapshot, asked, whole, config_files, faults }
    }
}

fn config_faults(files: &[ConfigFile], snapshot: &Snapshot) -> Vec<Fault> {
    let of = |file: &ConfigFile| Fault {
        path: file.path.clone(),
        text: file.text.clone(),
        findings: files::of_configuration(&file.problems, snapshot.config()),
    };
    files.iter().map(of).collect()
}

fn library_faults(project: &Project, snapshot: &Snapshot) -> Vec<Fault> {
    let faulty = snapshot.bibliographies().filter(|(_, bibliography)| !bibliography.problems.is_empty());
    let of = |bibliography: &Bibliography| {
        let path = project.root.join(&*bibliography.path);
        let text = project.text_at(&path, &mut Vec::new()).map_or_else(|| "".into(), |decoded| decoded.text.into());
        Fault { path, text, findings: files::of_bibliography(bibliography, snapshot.config()) }
    };
    faulty.map(|(_, bibliography)| of(bibliography)).collect()
}

/// A complaint about a place in a file.
pub(super) fn at(path: &str, lines: &LineIndex, range: TextRange, message: &str) -> String {
    let place = lines.position(range.start, Encoding::Utf32);
    format!("{path}:{}:{}: {message}", place.line + 1, place.column + 1)
}

fn complaint(problem: &Problem) -> String {
    format!("{}: {}", display_path(&problem.path), problem.message)
}

/// A path as one would type it here.
pub(super) fn display_path(path: &Path) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    path.strip_prefix(&here).unwrap_or(path).to_string_lossy().into_owned()
}

/// One text, wherever it stands.
pub(super) fn text_of(path: &Path) -> Result<String, Failure> {
    let mut problems = Vec::new();
    let decoded = text_anywhere(path, &mut problems);
    for problem in problems.iter().filter(|problem| !problem.skipped) {
        complain(complaint(problem));
    }
    let why = problems.iter().find(|problem| problem.skipped).map_or_else(String::new, complaint);
    Ok(decoded.ok_or(Failure::Unread(why))?.text)
}
