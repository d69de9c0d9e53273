//! The values of `whosaid.toml`: what may be set, what it means, and what is wrong with a file that is not right.
//!
//! Reading never fails: what cannot be understood is left at its default and becomes a [`ConfigProblem`] on its own
//! line, so that a broken file never silences the server. The same values serve the server and the command line.
//!
//! [`keys::KEYS`] is the table of all that may be set; the reader, the JSON Schema, the reference page, completion and
//! hover are made from it. [`Config::merge`] merges a file into what is there already; [`tree::ConfigTree`] knows which
//! values hold in which folder.
//!
//! Read in this order: this file (the values), `keys` (the table), `read` (from text to values), `contradictions` (within
//! one file), `tree` (folders), `schema` and `reference` (the table for others).

pub mod baseline;
pub mod globs;
pub mod keys;
pub mod reference;
pub mod schema;
pub mod tree;

mod contradictions;
mod read;

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use crate::analysis::AnalysisConfig;
use crate::text::TextRange;
use globs::Globs;

pub use tree::ConfigTree;

/// A megabyte in bytes, as `largest-file` counts them.
pub const MEGABYTE: u64 = 1 << 20;

/// The most that `largest-file` may be, in megabytes: no folder, whoever made it, can ask for all memory there is.
pub const LARGEST_FILE: u64 = 256;

/// The severity of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Not reported.
    Off,
    /// Shown only when asked for.
    Hint,
    /// Worth knowing.
    Information,
    /// Worth mending.
    Warning,
    /// Must be mended.
    Error,
}

impl Level {
    /// The word used in the configuration, JSON and on a terminal.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Hint => "hint",
            Self::Information => "information",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }

    /// The level that a word of the configuration stands for.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Off, Self::Hint, Self::Information, Self::Warning, Self::Error].into_iter().find(|l| l.as_str() == word)
    }
}

/// The strictness with which a text is judged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Profile {
    /// Errors and the surest of the rest.
    Light,
    /// The default.
    #[default]
    Standard,
    /// Intelligence community and newsroom.
    Strict,
}

/// The place of the index that is kept between two starts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Store {
    /// In the user's cache folder.
    #[default]
    User,
    /// In the workspace.
    Workspace,
    /// Nowhere.
    Off,
}

/// The values in force for one note. A field that no part of the program uses yet says so.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// `root`: no file further up the tree is read. Of the nearest file only.
    pub root: bool,
    /// `profile`.
    pub profile: Profile,
    /// `scale`: the yardstick of likelihood that E501 to E503 hold the author to; `own` for a table of terms.
    pub scale: String,
    /// The terms of `scale` where it is a table.
    pub own_scale: Arc<Vec<OwnTerm>>,
    /// `store`: where what was learnt of the notes is kept between two starts. The project's own root decides.
    pub store: Store,
    /// `largest-file`, in bytes: what is longer is not read.
    pub largest_file: u64,
    /// `pandoc-bare`: a bare `@key` counts as a citation wherever it stands.
    pub pandoc_bare: bool,
    /// `include`: which files are notes; none means all that look like notes. The nearest file's.
    pub include: Globs,
    /// `exclude`: which are not, of every file up the tree.
    pub exclude: Vec<Globs>,
    /// `baseline`: a file of known findings, as written. The nearest file's.
    pub baseline: Option<String>,
    /// Its content, with the project's root, which its paths are relative to. Set by the reader of files.
    pub known: Option<(globs::Folder, Arc<baseline::Baseline>)>,
    /// `[rules]`: levels by rule code ("A101").
    pub rules: BTreeMap<String, RuleSetting>,
    /// `[status]`: by how many steps a note's `status` makes its findings louder or softer.
    pub status: BTreeMap<String, i32>,
    /// `[sources]`.
    pub sources: SourcesConfig,
    /// `[product] required-fields`: what a product's front matter must give (D903).
    pub product_fields: Vec<String>,
    /// `[grading]` (G403, G404).
    pub grading: Grading,
    /// `[library] bibliography`: paths relative to the file's folder.
    pub bibliography: Vec<String>,
    /// `[library] notes`: globs of source notes, beside those that front matter or folder tell.
    pub source_notes: Vec<Globs>,
    /// `[phrases.*]`: rules of the house, found by P001.
    pub phrases: BTreeMap<String, Phrase>,
    /// `[[ignore]]`: what is excused by path, of every file up the tree.
    pub ignore: Vec<Ignore>,
    /// The settings on which analysis depends (`carry-max`, `citation-scope`, `[zones]`, `[sources] outlets`).
    pub analysis: AnalysisConfig,
}

impl Config {
    /// Returns `true` if `[library] notes` counts the note at a path among the sources.
    #[must_use]
    pub fn is_source_note(&self, path: &str) -> bool {
        self.source_notes.iter().any(|globs| globs.matches(path))
    }

    /// The analysis settings of the note at a path of the workspace.
    #[must_use]
    pub fn analysis_of(&self, path: &str) -> AnalysisConfig {
        AnalysisConfig { source_note: self.is_source_note(path), ..self.analysis.clone() }
    }
}

impl Default for Config {
    fn default() -> Self {
        Self {
            root: false,
            profile: Profile::default(),
            scale: "icd203".to_owned(),
            own_scale: Arc::default(),
            store: Store::default(),
            largest_file: 16 * MEGABYTE,
            pandoc_bare: false,
            include: Globs::default(),
            exclude: Vec::new(),
            baseline: None,
            known: None,
            rules: BTreeMap::new(),
            status: [("draft".to_owned(), -1), ("final".to_owned(), 1)].into(),
            sources: SourcesConfig::default(),
            product_fields: ["title", "date", "author", "status"].map(str::to_owned).to_vec(),
            grading: Grading::default(),
            bibliography: Vec::new(),
            source_notes: Vec::new(),
            phrases: BTreeMap::new(),
            ignore: Vec::new(),
            analysis: AnalysisConfig::default(),
        }
    }
}

/// `[sources]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourcesConfig {
    /// Domains, outlets and citation keys that may be cited; none means all. The nearest file's list.
    pub allow: Vec<String>,
    /// Those that may not be cited, of every file up the tree.
    pub deny: Vec<String>,
    /// The treatment of state media: `label`, `warn` or `off` (G409).
    pub state_media: String,
    /// Fields that a source note must have.
    pub required_fields: Vec<String>,
}

impl Default for SourcesConfig {
    fn default() -> Self {
        let fields = ["title", "publisher", "date", "url"].map(str::to_owned).to_vec();
        Self { allow: Vec::new(), deny: Vec::new(), state_media: "label".to_owned(), required_fields: fields }
    }
}

/// `[grading]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grading {
    /// True if every source must be graded.
    pub required: bool,
    /// `admiralty` or `3x5x2`.
    pub scheme: String,
}

impl Default for Grading {
    fn default() -> Self {
        Self { required: false, scheme: "admiralty".to_owned() }
    }
}

/// A term of a house's own yardstick of likelihood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnTerm {
    /// Its words, in lower case.
    pub words: String,
    /// Lowest likelihood in percent.
    pub low: u8,
    /// Highest likelihood in percent.
    pub high: u8,
}

/// One `[[ignore]]`: rules that some notes are excused from.
#[derive(Clone, Debug, PartialEq)]
pub struct Ignore {
    /// Codes of the rules; none for all.
    pub rules: Vec<String>,
    /// The notes.
    pub paths: Globs,
    /// Why, in the writer's words; "" if not said.
    pub reason: String,
    /// The last day on which it holds.
    pub until: Option<Date>,
    /// Its place, in bytes of its file.
    pub range: TextRange,
    /// The folder of its file.
    pub folder: globs::Folder,
}

impl Ignore {
    /// Returns `true` if its last day has passed.
    #[must_use]
    pub fn has_expired(&self, today: Option<Date>) -> bool {
        self.until.zip(today).is_some_and(|(until, today)| until < today)
    }
}

/// `[phrases.NAME]`: a rule of the house.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// The phrases that it looks for.
    pub patterns: Vec<String>,
    /// The message of its findings.
    pub message: String,
    /// The level of its findings.
    pub level: Level,
}

/// One entry of `[rules]`.
#[derive(Clone, Debug, PartialEq)]
pub struct RuleSetting {
    /// The level.
    pub level: Level,
    /// The notes it holds for; none means all.
    pub paths: Globs,
}

/// Something in a `whosaid.toml` that could not be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigProblem {
    /// The place in that file.
    pub range: TextRange,
    /// The problem and its remedy, for people.
    pub message: String,
}

/// The outcome of merging a file into other values.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MergeOutcome {
    /// Settings that could not be used, by place.
    pub problems: Vec<ConfigProblem>,
    /// Settings that were used, by place.
    pub settings: Vec<Setting>,
    /// True if lines were left out because they are no TOML.
    pub broken: bool,
}

/// A value that a file sets.
#[derive(Clone, Debug, PartialEq)]
pub struct Setting {
    /// Its path with names filled in: `rules.A101`, `phrases.padding.level`, `ignore[2].until` (counted from one).
    pub path: String,
    /// The key, by its path in the table.
    pub key: &'static str,
    /// The range of the key, or for keys of tables within tables that of the value.
    pub range: TextRange,
    /// The value.
    pub value: toml::Value,
}

/// The meaning of a word that should name a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuleWord {
    /// It names this rule, by code.
    Known(&'static str),
    /// It names none; perhaps this one was meant.
    Unknown(Option<&'static str>),
}
