//! What is wrong. One file is one rule is its documentation is its tests.
//!
//! A rule reads facts and never re-parses text: a new fact is a change in `analysis`. [`check`] runs all rules over
//! one note and applies levels, precedence and suppression; the server and the command line both call it, so they
//! agree by construction.

pub mod finding;
pub mod registry;

use crate::analysis::NoteFacts;
use crate::config::{Config, Level};
use crate::text::TextRange;
use crate::workspace::{FileId, Snapshot};

pub use finding::{Edit, Finding, Findings, Fix, Related};

/// A rule: its name, its default level, its documentation and its check.
#[derive(Debug)]
pub struct Rule {
    /// `A101`.
    pub code: &'static str,
    /// `unsourced-statistic`.
    pub name: &'static str,
    /// The level at the standard profile.
    pub level: Level,
    /// The level at the strict profile.
    pub strict: Level,
    /// The version that brought it.
    pub since: &'static str,
    /// Its page: Markdown with `## Why`, `## Reported`, `## Accepted`, `## Limits`.
    pub docs: &'static str,
    /// What looks for it.
    pub check: fn(&RuleContext<'_>, &mut Findings),
}

/// What a rule may look at.
#[derive(Clone, Copy, Debug)]
pub struct RuleContext<'a> {
    /// The note's text.
    pub text: &'a str,
    /// What the note says.
    pub facts: &'a NoteFacts,
    /// The note.
    pub file: FileId,
    /// What all notes say.
    pub workspace: &'a Snapshot,
    /// The configuration in force for this note.
    pub config: &'a Config,
}

/// Declares a rule from its documentation and its figures: see any rule file.
#[macro_export]
macro_rules! declare_rule {
    ($(#[doc = $doc:literal])* $vis:vis static $id:ident = Rule { code: $code:literal, name: $name:literal, level: $level:ident, strict: $strict:ident, since: $since:literal, check: $check:path $(,)? };) => {
        $(#[doc = $doc])*
        $vis static $id: $crate::rules::Rule = $crate::rules::Rule {
            code: $code,
            name: $name,
            level: $crate::config::Level::$level,
            strict: $crate::config::Level::$strict,
            since: $since,
            docs: concat!($($doc, "\n"),*),
            check: $check,
        };
    };
}

/// What is asked of [`check`] beside the note itself.
#[derive(Clone, Copy, Debug, Default)]
pub struct CheckOptions {
    /// The sentence edited last while it lacks its final punctuation: no A, Q or E finding on it (drafting courtesy).
    pub unfinished: Option<TextRange>,
}

/// All findings of one note, sorted by range. Hints are included; whoever shows them decides.
#[must_use]
pub fn check(workspace: &Snapshot, file: FileId, options: CheckOptions) -> Vec<Finding> {
    let Some(note) = workspace.note(file) else { return Vec::new() };
    let Some(text) = note.text.as_deref() else { return Vec::new() };
    let context = RuleContext { text, facts: &note.facts, file, workspace, config: workspace.config() };
    let mut findings = Findings::default();
    for rule in registry::RULES {
        (rule.check)(&context, &mut findings);
    }
    let mut all = findings.into_vec();
    if let Some(unfinished) = options.unfinished {
        all.retain(|f| !(matches!(f.rule.code.as_bytes()[0], b'A' | b'Q' | b'E') && unfinished.overlaps(f.range)));
    }
    all.sort_by_key(|f| (f.range, f.rule.code));
    all
}
