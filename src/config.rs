//! The values of `whosaid.toml`: what may be set, what it means, and what is wrong with a file that is not right.
//!
//! Reading never fails: what cannot be understood is left at its default and becomes a [`ConfigProblem`] on its own
//! line, so that a broken file never silences the server. The same values serve the server and the command line.

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

/// The values in force for one note.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Config {
    /// `profile`.
    pub profile: Profile,
    /// `include`: globs relative to the file's folder; none means every note.
    pub include: Vec<String>,
    /// `exclude`: globs relative to the file's folder.
    pub exclude: Vec<String>,
    /// `[rules]`: levels by rule code ("A101").
    pub rules: BTreeMap<String, RuleSetting>,
    /// `[library] bibliography`: paths relative to the file's folder.
    pub bibliography: Vec<String>,
    /// What analysis depends on (`carry-max`, `citation-scope`, `pandoc-bare`, …).
    pub analysis: AnalysisConfig,
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
