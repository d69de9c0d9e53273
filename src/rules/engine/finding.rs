//! A rule's result, as plain data in byte ranges.

use crate::config::Level;
use crate::rules::Rule;
use crate::text::TextRange;
use crate::workspace::FileId;

/// One result of a rule.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The rule that found it.
    pub rule: &'static Rule,
    /// Its level, after profile and configuration.
    pub level: Level,
    /// The smallest span that carries it.
    pub range: TextRange,
    /// Problem, reason and remedy, in this order: one line of at most 140 characters.
    pub message: String,
    /// Other places that belong to it.
    pub related: Vec<Related>,
    /// Ways to mend it, the preferred one first.
    pub fixes: Vec<Fix>,
    /// The confidence of the rule, 0 to 1.
    pub score: f32,
}

/// The words of a finding, made from a template of its rule by [`declare_rule!`](crate::declare_rule).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message(pub(in crate::rules) String);

/// A place that explains a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// The note.
    pub file: FileId,
    /// The place in it.
    pub range: TextRange,
    /// The relation to the finding, in words.
    pub message: String,
}

/// A way to mend a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// Its effect as an order: "Insert a footnote".
    pub title: String,
    /// The edits, in one or more notes; they do not overlap.
    pub edits: Vec<Edit>,
    /// True if it is safe to apply unseen (`source.fixAll`).
    pub safe: bool,
}

/// A replacement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The note.
    pub file: FileId,
    /// The bytes that are replaced; empty to insert.
    pub range: TextRange,
    /// The new text; line ends are `\n` and are written as the note has them.
    pub text: String,
}

/// The findings of the rules that have run so far.
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
    pub(in crate::rules) fn set_level(&mut self, level: Level) {
        self.level = level;
    }

    /// Adds a finding at its rule's level for the profile in force; the rest can be set on the result.
    #[expect(clippy::indexing_slicing, reason = "the last element was pushed just before")]
    pub fn add(&mut self, rule: &'static Rule, range: TextRange, message: Message) -> &mut Finding {
        self.found.push(Finding {
            rule,
            level: self.level,
            range,
            message: message.0,
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
