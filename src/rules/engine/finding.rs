//! A rule's result, as plain data in byte ranges.

use crate::config::Level;
use crate::rules::Rule;
use crate::text::TextRange;
use crate::workspace::FileId;

/// Something that a rule found.
#[derive(Clone, Debug)]
pub struct Finding {
    /// Who found it.
    pub rule: &'static Rule,
    /// How loud it is, after profile and configuration.
    pub level: Level,
    /// The smallest span that carries it.
    pub range: TextRange,
    /// What is wrong, why the nearest source was not accepted, what to do: one line of at most 140 characters.
    pub message: String,
    /// Other places that belong to it.
    pub related: Vec<Related>,
    /// Ways to mend it, the preferred one first.
    pub fixes: Vec<Fix>,
    /// How sure the rule is, 0 to 1.
    pub score: f32,
}

/// A place that explains a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// Where.
    pub file: FileId,
    /// Where in it.
    pub range: TextRange,
    /// Why it is shown.
    pub message: String,
}

/// A way to mend a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, as an order: "Insert a footnote".
    pub title: String,
    /// The edits, in one or more notes; they do not overlap.
    pub edits: Vec<Edit>,
    /// Whether it is safe to apply unseen (`source.fixAll`).
    pub safe: bool,
}

/// A replacement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The note.
    pub file: FileId,
    /// What is replaced; empty to insert.
    pub range: TextRange,
    /// By what; line ends are `\n` and are written as the note has them.
    pub text: String,
}

/// What the rules have found so far.
#[derive(Debug)]
pub struct Findings {
    found: Vec<Finding>,
    level: Level,
}

impl Default for Findings {
    fn default() -> Self {
        Self { found: Vec::new(), level: Level::Warning }
    }
}

impl Findings {
    /// Sets the level that the next findings begin with.
    pub(in crate::rules) fn begin(&mut self, level: Level) {
        self.level = level;
    }

    /// Adds a finding at its rule's level for the profile in force; the rest can be set on the result.
    pub fn add(&mut self, rule: &'static Rule, range: TextRange, message: impl Into<String>) -> &mut Finding {
        self.found.push(Finding {
            rule,
            level: self.level,
            range,
            message: message.into(),
            related: Vec::new(),
            fixes: Vec::new(),
            score: 1.0,
        });
        let last = self.found.len() - 1;
        &mut self.found[last]
    }

    /// Everything that was found.
    #[must_use]
    pub fn into_vec(self) -> Vec<Finding> {
        self.found
    }
}
