//! The only reader of the disk: where a project begins, which files are its notes, what they say.
//!
//! A project is the folder of the outermost `whosaid.toml` up the tree (the nearest that says `root = true` ends the
//! search, and a home folder is no project of what lies in it), else the folder that was asked for. Folders below may
//! have a `whosaid.toml` of their own, laid over those above. A project's notes are the `.md .markdown .mdown .qmd .txt`
//! files below it that no `.gitignore`, `.ignore`, `include` or `exclude` leaves out; hidden files and folders are
//! passed over. A home folder or the root of the disk is never searched unless it has a `whosaid.toml` itself.
//!
//! Nothing here ends a program: what could not be read is a [`Problem`] and the rest goes on. Read `read` for what may
//! be read at all, `walk` for which files there are, `layers` for configuration files, `decode` for bytes to text,
//! `index` for notes to [`Change`](crate::workspace::Change)s.

pub mod decode;
pub mod index;
pub mod kept;
pub mod read;
pub mod stamps;
pub mod watch;
pub mod write;

mod layers;
mod walk;

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use crate::analysis::corrections::{CORRECTIONS_FILE, Corrections};
use crate::config::{Config, ConfigProblem, RuleWord};
use crate::rules::registry::{RULES, rule_named};
use crate::text::near::nearest;
pub use layers::{ConfigFile, configured_root, root_of};
use read::{Allowed, Reach};
pub use walk::{Identity, identity};
use walk::{OtherNames, Walked};

/// The name of the configuration file.
pub const CONFIG_FILE: &str = "whosaid.toml";

const EXTENSIONS: [&str; 5] = ["md", "markdown", "mdown", "qmd", "txt"];

/// A file or folder that could not be used, or not wholly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Which.
    pub path: PathBuf,
    /// The fault and its remedy.
    pub message: String,
    /// True if it was left out altogether; otherwise it was read as far as possible.
    pub skipped: bool,
}

/// A folder with its configuration.
#[derive(Clone, Debug)]
pub struct Project {
    /// The folder that paths are relative to.
    pub root: PathBuf,
    /// The values in force.
    pub config: Arc<Config>,
    /// The configuration files, outermost first; the last is the nearest. None: hovers and navigation work over
    /// everything, findings are for open notes only.
    pub config_files: Vec<ConfigFile>,
    /// The project's `whosaid.names`, with what in it could not be used; none if there is no such file.
    pub names_file: Option<ConfigFile>,
    /// The paths of the bibliographies that the configuration names.
    pub bibliography: Vec<PathBuf>,
    /// The files that may be read.
    pub reach: Reach,
    /// Folders that lead to the root or into it by a link, each with its own name.
    pub also: Vec<(PathBuf, PathBuf)>,
    /// The settings of folders below the root; shared by all copies, because it only ever grows.
    layers: Arc<layers::Layers>,
    /// Further names of its files, as the last walk found them; shared by all copies.
    names: Arc<RwLock<OtherNames>>,
}

impl Project {
    /// The project that a folder (or the folder of a file) belongs to. Nothing outside of it is read.
    #[must_use]
    pub fn open(path: &Path) -> Self {
        Self::open_after(path, &[], &Allowed::default())
    }

    /// The same, after these were open: where a configuration file is no TOML now, what it said last still holds. What
    /// the user allows is read beside what lies in the project.
    #[must_use]
    pub fn open_after(path: &Path, before: &[Self], allowed: &Allowed) -> Self {
        let path = absolute(path);
        let folder = if path.is_file() { path.parent().unwrap_or(&path) } else { &path };
        let root = root_of(folder);
        let mut project = Self {
            config: Arc::default(),
            config_files: Vec::new(),
            names_file: None,
            bibliography: Vec::new(),
            reach: Reach::new(&root, allowed),
            also: Vec::new(),
            layers: Arc::new(layers::Layers::after(before)),
            names: Arc::default(),
            root,
        };
        let mut allowed = allowed.clone();
        for file in layers::files_above(&project.root) {
            // A configuration above the root, in the home folder say, is not the folder's but the user's own: it may
            // name what lies beside it.
            let folder = file.parent().unwrap_or(&project.root).to_path_buf();
            let reach = Reach::new(&folder, &allowed);
            let known = project.bibliography.len();
            let layer = project.layers.read(&project.root, &reach, file, &project.config, &project.bibliography);
            (project.config, project.bibliography) = (layer.config, layer.bibliography);
            if folder != project.root {
                allowed = allowed.and(project.bibliography.iter().skip(known).cloned());
            }
            project.config_files.extend(layer.file);
        }
        project.reach = Reach::new(&project.root, &allowed);
        project.read_names();
        project
    }

    /// Reads the corrections of names at the root.
    fn read_names(&mut self) {
        let path = self.root.join(CORRECTIONS_FILE);
        let (text, said) = match self.reach.text(&path, self.config.largest_file) {
            Ok(decoded) => (decoded.text, None),
            Err(trouble) if trouble.is_missing() => return,
            Err(trouble) => (String::new(), Some(format!("This file cannot be read: {trouble}"))),
        };
        let corrections = Corrections::read(&text);
        let in_lines =
            corrections.problems.iter().map(|p| ConfigProblem { range: p.range, message: p.message.clone() });
        let whole = said.map(|message| ConfigProblem { range: crate::text::TextRange::empty(0), message });
        let problems = in_lines.chain(whole).collect();
        self.names_file = Some(ConfigFile { path, text: text.into(), problems, ..ConfigFile::default() });
        Arc::make_mut(&mut self.config).analysis.corrections = Arc::new(corrections);
    }

    /// Returns `true` if a `whosaid.toml` was found, so that findings are shown for all notes.
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

    /// Returns `true` if a file is one of the project's notes by its name and by `include` and `exclude`. Ignore files are the
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

    /// The project's notes, sorted, with what could not be searched. Each file is one note, whatever names it has.
    #[must_use]
    pub fn notes(&self, problems: &mut Vec<Problem>) -> Vec<PathBuf> {
        if let Some(why) = self.is_too_wide() {
            problems.push(Problem { path: self.root.clone(), message: why.to_owned(), skipped: true });
            return Vec::new();
        }
        let mut walked = self.walk(&self.root, problems);
        walked.files.retain(|file| self.is_note(&file.path));
        let notes = walked.distinct(&self.reach);
        *self.names.write().unwrap_or_else(PoisonError::into_inner) = walked.names;
        notes
    }

    /// The notes below a folder, or the one file, sorted. A file that is asked for by name is taken whatever it is called.
    #[must_use]
    pub fn notes_below(&self, path: &Path, problems: &mut Vec<Problem>) -> Vec<PathBuf> {
        let named = absolute(path);
        let mut walked = self.walk(&named, problems);
        walked.files.retain(|file| file.path == named || self.is_note(&file.path));
        let linked = walked.linked();
        let known_as = |path: &PathBuf| if linked.contains(path) { self.known_as(path) } else { self.own_name(path) };
        let mut found: Vec<PathBuf> = walked.distinct(&self.reach).iter().map(known_as).collect();
        found.sort();
        found.dedup();
        found
    }

    /// All files below a folder that no ignore file leaves out.
    fn walk(&self, path: &Path, problems: &mut Vec<Problem>) -> Walked {
        walk::walk(path, &self.reach, problems)
    }

    /// The folders below one, itself among them, that the walk enters.
    pub(super) fn folders_below(&self, folder: &Path) -> Vec<PathBuf> {
        self.walk(folder, &mut Vec::new()).folders
    }

    /// The name by which the project knows a file: a note in a linked folder is known by its own place. Before the first
    /// walk that is the name itself.
    #[must_use]
    pub fn own_name(&self, path: &Path) -> PathBuf {
        let path = self.in_root(path);
        self.names.read().unwrap_or_else(PoisonError::into_inner).known_as(&path).unwrap_or(path)
    }

    /// A path below the root, where it was named by the place that the root is a link to.
    fn in_root(&self, path: &Path) -> PathBuf {
        let path = absolute(path);
        if path.starts_with(&self.root) {
            return path;
        }
        let root = (self.reach.real_root(), self.root.as_path());
        let also = self.also.iter().map(|(other, own)| (other.as_path(), own.as_path()));
        let known = also.chain([root]).find_map(|(other, own)| Some(read::below(own, path.strip_prefix(other).ok()?)));
        known.unwrap_or(path)
    }

    /// The same, with a look at the disk for names that the last walk has not met.
    #[must_use]
    pub fn known_as(&self, path: &Path) -> PathBuf {
        let own = self.own_name(path);
        let Ok(real) = self.reach.resolve(&own) else { return own };
        let plain = self.in_root(&real);
        if plain != own && plain.starts_with(&self.root) && self.listed(std::slice::from_ref(&plain)).contains(&plain) {
            return plain;
        }
        own
    }

    /// Returns `true` if a file has names beside the one by which the project knows it.
    #[must_use]
    pub fn has_other_names(&self, path: &Path) -> bool {
        self.names.read().unwrap_or_else(PoisonError::into_inner).has_other(path)
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
        let starts = self.starts(wanted.iter().map(PathBuf::as_path));
        let (wanted, on_the_way) = (Arc::new(wanted), Arc::new(on_the_way));
        let mut found = HashSet::new();
        for start in starts {
            let (wanted, on_the_way) = (wanted.clone(), on_the_way.clone());
            found.extend(walk::on_the_way(&start, move |path, is_folder| {
                if is_folder { on_the_way.contains(path) } else { wanted.contains(path) }
            }));
        }
        found.retain(|path| wanted.contains(path) && self.own_name(path) == *path && self.is_note(path));
        found
    }

    /// Returns `true` if the walk enters a folder. Only the folders on the way there are looked at.
    pub(super) fn enters(&self, folder: &Path) -> bool {
        let found = |start: &PathBuf| {
            let wanted = folder.to_path_buf();
            let on_the_way = walk::on_the_way(start, move |path, _| wanted.starts_with(path));
            on_the_way.iter().any(|path| path == folder)
        };
        self.starts(std::iter::once(folder)).iter().any(found)
    }

    /// The folders at which a walk begins that is to meet some paths: the root, and linked folders that it enters.
    fn starts<'p>(&self, paths: impl Iterator<Item = &'p Path>) -> Vec<PathBuf> {
        let names = self.names.read().unwrap_or_else(PoisonError::into_inner);
        let mut starts = vec![self.root.clone()];
        for path in paths {
            starts.extend(names.starts(path).cloned());
        }
        starts.sort();
        starts.dedup();
        starts
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
        let mut walked = self.walk(&self.root, problems);
        walked.files.retain(|file| extension_of(&file.path) == "bib");
        let mut found = walked.distinct(&self.reach);
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

/// Returns `true` if a file has the name of a note.
#[must_use]
pub fn has_note_extension(path: &Path) -> bool {
    EXTENSIONS.contains(&extension_of(path).as_str())
}

/// Returns `true` if a change of a file may matter by its name: a note, a bibliography, a configuration, a list of what to ignore.
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

/// Tells whether a word of `[rules]` names a rule.
#[must_use]
pub fn rule_word(word: &str) -> RuleWord {
    match rule_named(word) {
        Some(rule) => RuleWord::Known(rule.code),
        None => RuleWord::Unknown(nearest(word, RULES.iter().flat_map(|rule| [rule.code, rule.name]))),
    }
}

#[cfg(test)]
mod tests;
