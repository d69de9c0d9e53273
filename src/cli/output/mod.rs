//! How findings look outside: one file, one format. Lines and columns count from one, columns in characters.

pub mod github;
pub mod json;
pub mod sarif;
pub mod text;

use std::sync::Arc;

use crate::config::Level;
use crate::rules::{Finding, Related};
use crate::text::{Encoding, LineIndex, Lines, TextRange};
use crate::workspace::Snapshot;

/// A file with its findings.
#[derive(Debug)]
pub struct Checked {
    /// Its path as one would type it here.
    pub path: String,
    /// True for a note, false for a configuration file or bibliography.
    pub is_note: bool,
    /// Its text.
    pub text: Arc<str>,
    /// Its lines.
    pub lines: Arc<LineIndex>,
    /// The findings, sorted by range.
    pub findings: Vec<Finding>,
    /// The related places of each finding.
    pub related: Vec<Vec<RelatedPlace>>,
}

impl Checked {
    /// Leaves out what is shown only when asked for.
    pub fn hide_hints(&mut self) {
        let mut shown = self.findings.iter().map(|f| f.level > Level::Hint);
        self.related.retain(|_| shown.next().unwrap_or(true));
        self.findings.retain(|f| f.level > Level::Hint);
    }

    fn each(&self) -> impl Iterator<Item = (&Finding, &[RelatedPlace])> {
        self.findings.iter().zip(self.related.iter().map(Vec::as_slice))
    }
}

/// A place that explains a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RelatedPlace {
    path: String,
    line: u32,
    column: u32,
    range: TextRange,
    message: String,
}

/// The related places of findings; `shown` makes a path of the workspace one of the terminal.
pub fn places(workspace: &Snapshot, findings: &[Finding], shown: impl Fn(&str) -> String) -> Vec<Vec<RelatedPlace>> {
    let place = |related: &Related| {
        let place = Place::in_lines(workspace.lines(related.file)?, related.range);
        let path = shown(workspace.path(related.file)?);
        let message = related.message.clone();
        Some(RelatedPlace { path, line: place.line, column: place.column, range: related.range, message })
    };
    findings.iter().map(|f| f.related.iter().filter_map(place).collect()).collect()
}

/// The number of findings by level, before anything is hidden.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    notes: usize,
    errors: usize,
    warnings: usize,
    information: usize,
    hints: usize,
}

impl Count {
    /// Counts.
    #[must_use]
    pub fn of(checked: &[Checked]) -> Self {
        let at = |level| checked.iter().flat_map(|c| &c.findings).filter(|f| f.level == level).count();
        Self {
            notes: checked.iter().filter(|checked| checked.is_note).count(),
            errors: at(Level::Error),
            warnings: at(Level::Warning),
            information: at(Level::Information),
            hints: at(Level::Hint),
        }
    }

    /// Returns `true` if a finding is at warning or above.
    #[must_use]
    pub fn visible_warnings(&self) -> bool {
        self.errors + self.warnings > 0
    }
}

/// Line and column of a range's ends, from one, in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Place {
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
}

impl Place {
    fn of(lines: &LineIndex, range: TextRange) -> Self {
        Self::in_lines(Lines::Index(lines), range)
    }

    fn in_lines(mut lines: Lines<'_>, range: TextRange) -> Self {
        let (start, end) = (lines.position(range.start, Encoding::Utf32), lines.position(range.end, Encoding::Utf32));
        Self { line: start.line + 1, column: start.column + 1, end_line: end.line + 1, end_column: end.column + 1 }
    }
}
