//! Configuration files: which hold for a folder, and how they are outcome over each other.
//!
//! The files above the root are read when the project is opened. Those of folders below it are read when the first note
//! of such a folder is met and kept for the life of the [`Project`]; a change of any of them opens the project anew.
//! So a folder without notes costs nothing, and nothing is walked only to find configurations.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::read::{Allowed, Reach, ReadError};
use super::{CONFIG_FILE, Project, absolute, rule_word};
use crate::config::baseline::Baseline;
use crate::config::globs::Folder;
use crate::config::{Config, ConfigProblem, ConfigTree, Ignore, MEGABYTE, MergeOutcome, Setting};
use crate::gate;
use crate::text::TextRange;
use crate::workspace::unread::Refusal;

/// No configuration is longer.
const LONGEST: u64 = 16 * MEGABYTE;

/// A `whosaid.toml` that was read.
#[derive(Clone, Debug, Default)]
pub struct ConfigFile {
    /// Its path.
    pub path: PathBuf,
    /// Its text; empty if it could not be read.
    pub text: Arc<str>,
    /// Settings that could not be used, in bytes of the text.
    pub problems: Vec<ConfigProblem>,
    /// Settings that it makes, in bytes of the text.
    pub settings: Vec<Setting>,
    /// The `[[ignore]]` tables that it has.
    pub ignore: Vec<Ignore>,
    /// The list of known findings that it names, whether or not it can be read.
    pub baseline: Option<PathBuf>,
    /// The text whose values hold: an earlier one while the newest is no TOML.
    pub(super) held: Arc<str>,
}

/// The settings of one folder.
#[derive(Clone, Debug)]
pub(super) struct Layer {
    /// Its values, those of the folders above it included.
    pub(super) config: Arc<Config>,
    /// The bibliographies that it and the folders above it name.
    pub(super) bibliography: Vec<PathBuf>,
    /// The folder's own file.
    pub(super) file: Option<ConfigFile>,
}

/// The folders below the root, as far as they were looked at.
#[derive(Debug, Default)]
pub(super) struct Layers {
    folders: Mutex<BTreeMap<PathBuf, Layer>>,
    /// The texts that files had when they were last TOML.
    before: HashMap<PathBuf, Arc<str>>,
}

/// The folder that paths of a project are relative to: that of the outermost `whosaid.toml` above `folder`, else itself.
#[must_use]
pub fn root_of(folder: &Path) -> PathBuf {
    configured_root(folder).unwrap_or_else(|| absolute(folder))
}

/// The folder of the outermost `whosaid.toml` above `folder`. One that says `root = true` ends the search; a home folder
/// and the root of a disk are no projects of what lies in them.
#[must_use]
pub fn configured_root(folder: &Path) -> Option<PathBuf> {
    let folder = absolute(folder);
    let home = std::env::home_dir().map(|home| absolute(&home));
    let too_wide = |at: &Path| at != folder && (at.parent().is_none() || home.as_deref() == Some(at));
    let files = files_above(&folder);
    files.iter().filter_map(|file| file.parent()).find(|at| !too_wide(at)).map(Path::to_path_buf)
}

/// The configuration files that hold for a folder, outermost first. Each is read within its own folder.
pub(super) fn files_above(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for folder in folder.ancestors() {
        let (reach, file) = (Reach::new(folder, &Allowed::default()), folder.join(CONFIG_FILE));
        match text_of(&reach, &file, LONGEST) {
            Err(trouble) if trouble.is_missing() => {}
            Err(trouble) if trouble.refusal() == Some(Refusal::NoFile) => {}
            read => {
                files.push(file);
                if read.is_ok_and(|text| says_root(&text)) {
                    break;
                }
            }
        }
    }
    files.reverse();
    files
}

fn says_root(text: &str) -> bool {
    let mut config = Config::default();
    config.merge(text, &Folder::default(), &rule_word);
    config.root
}

fn text_of(reach: &Reach, path: &Path, limit: u64) -> Result<String, ReadError> {
    Ok(reach.text(path, limit)?.text)
}

/// A sentence on a file that could not be read.
fn said(trouble: &ReadError) -> String {
    match trouble {
        ReadError::Io(error) => format!("This file cannot be read: {error}"),
        other => other.to_string(),
    }
}

impl Layers {
    /// Nothing known of the folders yet, but the texts that held in the projects before.
    pub(super) fn after(projects: &[Project]) -> Self {
        let files = projects.iter().flat_map(Project::all_config_files);
        let held = files.filter(|file| !file.held.is_empty()).map(|file| (file.path, file.held));
        Self { folders: Mutex::default(), before: held.collect() }
    }

    /// Lays a file over what holds above it.
    pub(super) fn read(
        &self,
        root: &Path,
        reach: &Reach,
        path: PathBuf,
        above: &Arc<Config>,
        sources: &[PathBuf],
    ) -> Layer {
        let base = path.parent().unwrap_or(root).to_path_buf();
        let folder = folder_from(root, &base);
        let before = self.before.get(&path);
        let (text, whole) = match text_of(reach, &path, LONGEST) {
            Ok(text) => (text, None),
            Err(trouble) => (String::new(), Some(said(&trouble))),
        };
        let mut config = Config::clone(above);
        let mut outcome = config.merge(&text, &folder, &rule_word);
        let mut held: Arc<str> = text.as_str().into();
        if let Some(before) = before.filter(|before| (outcome.broken || whole.is_some()) && ***before != *held) {
            config = Config::clone(above);
            let problems = std::mem::take(&mut outcome.problems);
            outcome = MergeOutcome { problems, ..config.merge(before, &folder, &rule_word) };
            held = before.clone();
            if let Some(first) = outcome.problems.first_mut() {
                first.message.push_str(". Until this file can be read, what it said before holds");
            }
        } else if outcome.broken || whole.is_some() {
            // What is broken from the start is no state to fall back to.
            held = Arc::default();
        }
        let names_baseline = outcome.settings.iter().any(|setting| setting.key == "baseline");
        let named = config.baseline.clone().filter(|_| names_baseline);
        let baseline = named.and_then(|name| reach.named(&base, &name).ok());
        outcome.problems.extend(read_baseline(&mut config, &outcome.settings, &base, reach));
        outcome.problems.extend(whole.map(|message| ConfigProblem { range: TextRange::empty(0), message }));
        let mut bibliography = sources.to_vec();
        let own = config.bibliography.get(above.bibliography.len()..).unwrap_or_default();
        for name in own {
            let path = reach.named(&base, name);
            let refusal = path
                .as_ref()
                .map_or_else(|refusal| Some(*refusal), |path| reach.refusal(path, name, config.largest_file));
            let range = || place_of(&held, &outcome.settings, name);
            outcome
                .problems
                .extend(refusal.map(|refusal| ConfigProblem { range: range(), message: refusal.message() }));
            // One that is too long may become shorter, one that is missing may come: they are waited for.
            bibliography.extend(path.ok().filter(|_| !matches!(refusal, Some(Refusal::Outside | Refusal::Device))));
        }
        outcome.problems.sort_by_key(|problem| problem.range);
        let ignore = config.ignore.get(above.ignore.len()..).unwrap_or_default().to_vec();
        let MergeOutcome { problems, settings, .. } = outcome;
        let file = ConfigFile { path, text: text.into(), problems, settings, ignore, baseline, held };
        Layer { config: Arc::new(config), bibliography, file: Some(file) }
    }
}

/// The place where the setting for bibliographies names a file: the name without its quotes, else the setting.
fn place_of(text: &str, settings: &[Setting], name: &str) -> TextRange {
    let (toml, shift) = text.strip_prefix('\u{feff}').map_or((text, 0), |rest| (rest, 3));
    let read = gate::toml::recover(toml, gate::LARGEST_CONFIGURATION);
    let named = read.as_ref().ok().and_then(|(table, _)| {
        let library = table.get_ref().get("library")?.get_ref().as_table()?;
        let value = library.get("bibliography")?;
        let all = value.get_ref().as_array().map_or(std::slice::from_ref(value), |list| list);
        all.iter().find(|item| item.get_ref().as_str() == Some(name)).map(gate::toml::Spanned::span)
    });
    let Some(span) = named else {
        let setting = settings.iter().find(|setting| setting.key == "library.bibliography");
        return setting.map_or(TextRange::empty(0), |found| found.range);
    };
    let written = toml.get(span.clone()).unwrap_or("");
    let long = written.starts_with("\"\"\"") || written.starts_with("'''");
    let quotes = if long { 3 } else { usize::from(written.starts_with(['"', '\''])) };
    let inner = if span.len() > 2 * quotes { span.start + quotes..span.end - quotes } else { span };
    TextRange::from_usize(inner.start, inner.end).shifted(shift)
}

/// Reads the known findings that this file names; what is wrong if it cannot.
fn read_baseline(config: &mut Config, settings: &[Setting], folder: &Path, reach: &Reach) -> Option<ConfigProblem> {
    let setting = settings.iter().find(|setting| setting.key == "baseline")?;
    let path = reach.named(folder, config.baseline.as_deref()?).map_err(ReadError::from);
    let said = match path.and_then(|path| text_of(reach, &path, config.largest_file)) {
        Ok(text) => match Baseline::read(&text) {
            Some(baseline) => {
                config.known = Some((Folder::default(), Arc::new(baseline)));
                return None;
            }
            None => "is no list of known findings".to_owned(),
        },
        Err(ReadError::Refused(refusal)) => {
            return Some(ConfigProblem { range: setting.range, message: refusal.message() });
        }
        Err(trouble) => format!("cannot be read ({trouble})"),
    };
    let message = format!("The baseline {said}: whosaid check --write-baseline=FILE writes one");
    Some(ConfigProblem { range: setting.range, message })
}

/// A folder as the paths of a project see it.
fn folder_from(root: &Path, folder: &Path) -> Folder {
    let shown = |path: &Path| {
        let shown = path.to_string_lossy().into_owned();
        if cfg!(windows) { shown.replace('\\', "/") } else { shown }
    };
    match (folder.strip_prefix(root), root.strip_prefix(folder)) {
        (Ok(below), _) => Folder::Below(shown(below).into()),
        (_, Ok(between)) => Folder::Above(shown(between).into()),
        _ => Folder::Below(shown(folder).into()),
    }
}

impl Project {
    /// The configuration of a note of this project, by the configuration files from the root down to its folder.
    #[must_use]
    pub fn config_at(&self, path: &Path) -> Arc<Config> {
        let path = absolute(path);
        path.parent().map_or_else(|| self.config.clone(), |folder| self.layer(folder).config)
    }

    /// Every folder's configuration, as far as notes of the folder were met.
    #[must_use]
    pub fn configs(&self) -> ConfigTree {
        let mut tree = ConfigTree::of(self.config.clone());
        for (folder, layer) in self.folders().iter().filter(|(_, layer)| layer.file.is_some()) {
            tree.insert(&self.relative(folder), layer.config.clone());
        }
        tree
    }

    /// All configuration files that were read: those above the root, outermost first, then those below it.
    #[must_use]
    pub fn all_config_files(&self) -> Vec<ConfigFile> {
        let nested = self.folders();
        self.config_files.iter().cloned().chain(nested.values().filter_map(|layer| layer.file.clone())).collect()
    }

    /// The configuration files that hold for a folder, outermost first.
    #[must_use]
    pub fn config_files_of(&self, folder: &Path) -> Vec<ConfigFile> {
        let folder = absolute(folder);
        self.layer(&folder);
        let nested = self.folders();
        let below = nested.iter().filter(|(at, _)| folder.starts_with(at)).filter_map(|(_, layer)| layer.file.clone());
        self.config_files.iter().cloned().chain(below).collect()
    }

    /// The bibliographies that any of the configuration files names.
    pub(super) fn named_bibliographies(&self) -> Vec<PathBuf> {
        let nested = self.folders();
        let mut all: Vec<PathBuf> =
            self.bibliography.iter().chain(nested.values().flat_map(|layer| &layer.bibliography)).cloned().collect();
        let mut seen = std::collections::HashSet::new();
        all.retain(|path| seen.insert(path.clone()));
        all
    }

    fn folders(&self) -> std::sync::MutexGuard<'_, BTreeMap<PathBuf, Layer>> {
        self.layers.folders.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn layer(&self, folder: &Path) -> Layer {
        let root = || Layer { config: self.config.clone(), bibliography: self.bibliography.clone(), file: None };
        if folder == self.root || !folder.starts_with(&self.root) {
            return root();
        }
        if let Some(layer) = self.folders().get(folder) {
            return layer.clone();
        }
        let above = folder.parent().map_or_else(root, |above| self.layer(above));
        let file = folder.join(CONFIG_FILE);
        // A folder that leads out by a link has no configuration here, whatever it has there.
        let layer = if self.reach.resolve(folder).is_ok() && self.reach.has_entry(&file) {
            self.layers.read(&self.root, &self.reach, file, &above.config, &above.bibliography)
        } else {
            Layer { file: None, ..above }
        };
        self.folders().insert(folder.to_path_buf(), layer.clone());
        layer
    }
}
