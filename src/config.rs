//! The values of `whosaid.toml`: what may be set, what it means, and what is wrong with a file that is not right.
//!
//! Reading never fails: what cannot be understood is left at its default and becomes a [`ConfigProblem`] on its own
//! line, so that a broken file never silences the server. The same values serve the server and the command line.
//!
//! [`Config::apply`] lays a file over what is there already: of several files up the tree the nearest wins, key by key.

mod read;

use std::collections::BTreeMap;

use crate::analysis::AnalysisConfig;
use crate::text::TextRange;

/// How loud a finding is.
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

/// How much is asked of a text.
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

/// Where what was learnt of the workspace is kept between two starts.
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
    /// `profile`.
    pub profile: Profile,
    /// `scale`: the yardstick of likelihood that E501 to E503 hold the author to. `own` (a table): its terms are not read yet.
    pub scale: String,
    /// `store`. Read and checked; nothing is kept between two starts yet.
    pub store: Store,
    /// `pandoc-bare`: a bare `@key` counts as a citation wherever it stands.
    pub pandoc_bare: bool,
    /// `include`: globs relative to the file's folder; none means every note.
    pub include: Vec<String>,
    /// `exclude`: globs relative to the file's folder.
    pub exclude: Vec<String>,
    /// `[rules]`: levels by rule code ("A101").
    pub rules: BTreeMap<String, RuleSetting>,
    /// `[status]`: by how many steps a note's `status` makes its findings louder or softer.
    pub status: BTreeMap<String, i32>,
    /// `[sources]`.
    pub sources: SourcesConfig,
    /// `[grading]`. Read and checked; no rule uses it yet.
    pub grading: Grading,
    /// `[library] bibliography`: paths relative to the file's folder.
    pub bibliography: Vec<String>,
    /// `[library] entities`: paths of entity records. Read and checked; nothing is loaded from them yet.
    pub entities: Vec<String>,
    /// `[library] notes`: globs of source notes. Read and checked; front matter and folder decide so far.
    pub source_notes: Vec<String>,
    /// `[zones]`.
    pub zones: Zones,
    /// `[phrases.*]`: rules of the house, found by P001.
    pub phrases: BTreeMap<String, Phrase>,
    /// What analysis depends on (`carry-max`, `citation-scope`).
    pub analysis: AnalysisConfig,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            profile: Profile::default(),
            scale: "icd203".to_owned(),
            store: Store::default(),
            pandoc_bare: false,
            include: Vec::new(),
            exclude: Vec::new(),
            rules: BTreeMap::new(),
            status: [("draft".to_owned(), -1), ("final".to_owned(), 1)].into(),
            sources: SourcesConfig::default(),
            grading: Grading::default(),
            bibliography: Vec::new(),
            entities: Vec::new(),
            source_notes: Vec::new(),
            zones: Zones::default(),
            phrases: BTreeMap::new(),
            analysis: AnalysisConfig::default(),
        }
    }
}

/// `[sources]`. Read and checked; no rule uses it yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourcesConfig {
    /// Domains that may be cited; none means all.
    pub allow: Vec<String>,
    /// Domains that may not be cited.
    pub deny: Vec<String>,
    /// What is asked of state media: `label`, `warn` or `off`.
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
    /// Whether every source must be graded.
    pub required: bool,
    /// `admiralty` or `3x5x2`.
    pub scheme: String,
}

impl Default for Grading {
    fn default() -> Self {
        Self { required: false, scheme: "admiralty".to_owned() }
    }
}

/// `[zones]`: headings that say whose voice a section has, beside the built-in lists.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Zones {
    /// Globs of headings over the writer's own judgement. Read and checked; no rule uses it yet.
    pub own_voice: Vec<String>,
    /// Globs of headings over what needs no sources. Read and checked; no rule uses it yet.
    pub exempt: Vec<String>,
}

/// `[phrases.NAME]`: a rule of the house.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// The phrases that it looks for.
    pub patterns: Vec<String>,
    /// What it says.
    pub message: String,
    /// How loud it is.
    pub level: Level,
}

/// One entry of `[rules]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleSetting {
    /// The level.
    pub level: Level,
    /// Globs of the notes it holds for; none means all.
    pub paths: Vec<String>,
}

/// Something in a `whosaid.toml` that could not be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigProblem {
    /// Where in that file.
    pub range: TextRange,
    /// What is wrong and what to do.
    pub message: String,
}

/// What is known of a word that should name a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuleWord {
    /// It names this rule, by code.
    Known(&'static str),
    /// It names none; perhaps this one was meant.
    Unknown(Option<&'static str>),
}
