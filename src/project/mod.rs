//! The only reader of the disk: where a project begins, which files are its notes, what they say.
//!
//! A project is the folder of the outermost `whosaid.toml` up the tree (the nearest that says `root = true` ends the
//! search, and a home folder is no project of what lies in it), else the folder that was asked for. Folders below may
//! have a `whosaid.toml` of their own, laid over those above. A project's notes are the `.md .markdown .mdown .qmd .txt`
//! files below it that no `.gitignore`, `.ignore`, `include` or `exclude` leaves out; hidden files and folders are
//! passed over. A home folder or the root of the disk is never searched unless it has a `whosaid.toml` itself.
//!
//! Nothing here ends a program: what could not be read is a [`Problem`] and the rest goes on. Read `layers` for
//! configuration files, `decode` for bytes to text, `index` for notes to [`Change`](crate::workspace::Change)s.

pub mod decode;
pub mod index;
pub mod kept;
pub mod stamps;
pub mod watch;
pub mod write;

mod layers;

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ignore::WalkBuilder;

use crate::analysis::corrections::{CORRECTIONS_FILE, Corrections};
use crate::config::{Config, ConfigProblem, RuleWord};
use crate::rules::registry::{RULES, rule_named};
use crate::text::near::nearest;
pub use layers::{ConfigFile, configured_root, root_of};

/// The name of the configuration file.
pub const CONFIG_FILE: &str = "whosaid.toml";

const EXTENSIONS: [&str; 5] = ["md", "markdown", "mdown", "qmd", "txt"];

/// A file or folder that could not be used, or not wholly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Which.
    pub path: PathBuf,
    /// What is wrong and what to do.
    pub message: String,
    /// Whether it was left out altogether; otherwise it was read as far as possible.
    pub skipped: bool,
}

/// A folder with its configuration.
#[derive(Clone, Debug)]
pub struct Project {
    /// What paths are relative to.
    pub root: PathBuf,
    /// The values in force.
    pub config: Arc<Config>,
    /// The configuration files, outermost first; the last is the nearest. None: hovers and navigation work over
    /// everything, findings are for open notes only.
    pub config_files: Vec<ConfigFile>,
    /// The project's `whosaid.names`, with what in it could not be used; none if there is no such file.
    pub names_file: Option<ConfigFile>,
    /// Where the bibliographies are that the configuration names.
    pub bibliography: Vec<PathBuf>,
    /// What folders below the root set; shared by all copies, because it only ever grows.
    layers: Arc<layers::Layers>,
}

impl Project {
    /// The project that a folder (or the folder of a file) belongs to.
    #[must_use]
    pub fn open(path: &Path) -> Self {
        Self::open_after(path, &[])
    }

    /// The same, after these were open: where a configuration file is no TOML now, what it said last still holds.
    #[must_use]
    pub fn open_after(path: &Path, before: &[Self]) -> Self {
        let path = absolute(path);
        let folder = if path.is_file() { path.parent().unwrap_or(&path) } else { &path };
        let root = root_of(folder);
        let mut project = Self {
            config: Arc::default(),
            config_files: Vec::new(),
            names_file: None,
            bibliography: Vec::new(),
            layers: Arc::new(layers::Layers::after(before)),
            root,
        };
        for file in layers::files_above(&project.root) {
            let layer = project.layers.read(&project.root, file, &project.config, &project.bibliography);
            (project.config, project.bibliography) = (layer.config, layer.bibliography);
            project.config_files.extend(layer.file);
        }
        project.read_names();
        project
    }

    /// Reads the corrections of names at the root.
    fn read_names(&mut self) {
        let path = self.root.join(CORRECTIONS_FILE);
        if !path.is_file() {
            return;
        }
        let read = std::fs::read(&path).map_err(|error| error.to_string());
        let (text, said) = match read.map(decode::decode) {
            Ok(Ok(decoded)) => (decoded.text, None),
            Ok(Err(no_text)) => (String::new(), Some(no_text.message().to_owned())),
            Err(error) => (String::new(), Some(format!("This file cannot be read: {error}"))),
        };
        let corrections = Corrections::read(&text);
        let in_lines =
            corrections.problems.iter().map(|p| ConfigProblem { range: p.range, message: p.message.clone() });
        let whole = said.map(|message| ConfigProblem { range: crate::text::TextRange::empty(0), message });
        let problems = in_lines.chain(whole).collect();
        self.names_file = Some(ConfigFile { path, text: text.into(), problems, ..ConfigFile::default() });
        Arc::make_mut(&mut self.config).analysis.corrections = Arc::new(corrections);
    }

    /// Whether a `whosaid.toml` was found, so that findings are shown for all notes.
    #[must_use]
    pub fn is_configured(&self) -> bool {
        !self.config_files.is_empty()
    }

    /// Files of any name that its configuration names and that count as soon as they change: libraries, known findings.
    pub fn named_files(&self) -> impl Iterator<Item = &PathBuf> {
        self.bibliography.iter().chain(self.baselines())
    }

    /// The lists of known findings that its configuration names.
    pub fn baselines(&self) -> impl Iterator<Item = &PathBuf> {
        self.config_files.iter().filter_map(|file| file.baseline.as_ref())
    }

    /// A path as the workspace names it: relative to the root, with `/`; absolute if it lies elsewhere.
    #[must_use]
    pub fn relative(&self, path: &Path) -> String {
        let path = absolute(path);
        let shown = path.strip_prefix(&self.root).unwrap_or(&path).to_string_lossy().into_owned();
        if cfg!(windows) { shown.replace('\\', "/") } else { shown }
    }

    /// Whether a file is one of the project's notes by its name and by `include` and `exclude`. Ignore files are the
    /// walk's to honour.
    #[must_use]
    pub fn is_note(&self, path: &Path) -> bool {
        let path = absolute(path);
        if !has_note_extension(&path) {
            return false;
        }
        let (config, name) = (self.config_at(&path), self.relative(&path));
        let included = config.include.is_empty() || config.include.matches(&name);
        included && !config.exclude.iter().any(|globs| globs.matches(&name))
    }

    /// The project's notes, sorted, with what could not be searched.
    #[must_use]
    pub fn notes(&self, problems: &mut Vec<Problem>) -> Vec<PathBuf> {
        if let Some(why) = self.is_too_wide() {
            problems.push(Problem { path: self.root.clone(), message: why.to_owned(), skipped: true });
            return Vec::new();
        }
        self.notes_below(&self.root, problems)
    }

    /// The notes below a folder, or the one file, sorted. A file that is asked for by name is taken whatever it is called.
    #[must_use]
    pub fn notes_below(&self, path: &Path, problems: &mut Vec<Problem>) -> Vec<PathBuf> {
        let mut found = walk(path, problems);
        let named = absolute(path);
        found.retain(|file| *file == named || self.is_note(file));
        found
    }

    /// Those of some files that the walk would find: notes that no ignore file leaves out. Only the folders on the way to
    /// them are looked at.
    #[must_use]
    pub fn listed(&self, files: &[PathBuf]) -> HashSet<PathBuf> {
        let wanted: HashSet<PathBuf> = files.iter().filter(|file| file.starts_with(&self.root)).cloned().collect();
        if wanted.is_empty() || self.is_too_wide().is_some() {
            return HashSet::new();
        }
        let on_the_way: HashSet<PathBuf> =
            files.iter().flat_map(|file| file.ancestors().skip(1)).map(Path::to_path_buf).collect();
        let mut builder = WalkBuilder::new(&self.root);
        builder.follow_links(true).require_git(false).filter_entry(move |entry| {
            let is_folder = entry.file_type().is_none_or(|kind| kind.is_dir());
            if is_folder { on_the_way.contains(entry.path()) } else { wanted.contains(entry.path()) }
        });
        let found = builder.build().filter_map(Result::ok).map(ignore::DirEntry::into_path);
        found.filter(|path| self.is_note(path)).collect()
    }

    /// The bibliographies: those that the configuration names, else every `.bib` file of the project.
    #[must_use]
    pub fn bibliographies(&self, problems: &mut Vec<Problem>) -> Vec<PathBuf> {
        let named = self.named_bibliographies();
        if !self.bibliography.is_empty() {
            return named;
        }
        if self.is_too_wide().is_some() {
            return Vec::new();
        }
        let mut found = walk(&self.root, problems);
        found.retain(|file| extension_of(file) == "bib");
        found.extend(named);
        found.sort();
        found.dedup();
        found
    }

    /// Why the root must not be searched, if so.
    #[must_use]
    pub fn is_too_wide(&self) -> Option<&'static str> {
        if self.is_configured() {
            return None;
        }
        if self.root.parent().is_none() {
            return Some("the root of the disk is not searched for notes; open a folder below it");
        }
        let home = std::env::home_dir().map(|home| absolute(&home));
        (home.as_deref() == Some(&self.root))
            .then_some("a home folder is not searched for notes; open a folder below it, or put a whosaid.toml here")
    }
}

/// All files below a path that no ignore file leaves out, sorted. Links are followed; a link in a circle ends there.
fn walk(path: &Path, problems: &mut Vec<Problem>) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut builder = WalkBuilder::new(absolute(path));
    builder.follow_links(true).require_git(false);
    for entry in builder.build() {
        match entry {
            Ok(entry) => {
                if let Some(error) = entry.error() {
                    problems.push(problem(path, error));
                }
                if entry.file_type().is_some_and(|kind| kind.is_file()) {
                    found.push(entry.into_path());
                }
            }
            Err(error) => problems.push(problem(path, &error)),
        }
    }
    found.sort();
    found.dedup();
    found
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

/// Whether a file's name is a note's.
#[must_use]
pub fn has_note_extension(path: &Path) -> bool {
    EXTENSIONS.contains(&extension_of(path).as_str())
}

/// Whether a change of a file may matter by its name: a note, a bibliography, a configuration, a list of what to ignore.
#[must_use]
pub fn is_watched_name(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    [CONFIG_FILE, CORRECTIONS_FILE, ".gitignore", ".ignore"].contains(&name)
        || has_note_extension(path)
        || extension_of(path) == "bib"
}

fn extension_of(path: &Path) -> String {
    path.extension().and_then(|e| e.to_str()).unwrap_or("").to_ascii_lowercase()
}

/// Without `.` and `..`, links not resolved: a file is who its path says it is.
fn absolute(path: &Path) -> PathBuf {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    let mut out = PathBuf::new();
    for part in whole.components() {
        match part {
            std::path::Component::ParentDir => drop(out.pop()),
            std::path::Component::CurDir => {}
            part => out.push(part),
        }
    }
    out
}

/// Whether a word of `[rules]` names a rule.
#[must_use]
pub fn rule_word(word: &str) -> RuleWord {
    match rule_named(word) {
        Some(rule) => RuleWord::Known(rule.code),
        None => RuleWord::Unknown(nearest(word, RULES.iter().flat_map(|rule| [rule.code, rule.name]))),
    }
}

#[cfg(test)]
mod tests;
