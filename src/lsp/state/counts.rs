//! Numbers of findings by severity, as a status line shows them.

use tower_lsp::lsp_types::{Diagnostic, DiagnosticSeverity};

/// Numbers of findings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::lsp) struct Counts {
    /// Of errors.
    pub errors: u32,
    /// Of warnings, and of what has no severity.
    pub warnings: u32,
    /// Of informations.
    pub informations: u32,
    /// Of hints.
    pub hints: u32,
}

impl Counts {
    /// The numbers of a report.
    #[must_use]
    pub(in crate::lsp) fn of(found: &[Diagnostic]) -> Self {
        let mut counts = Self::default();
        for one in found {
            match one.severity {
                Some(DiagnosticSeverity::ERROR) => counts.errors += 1,
                Some(DiagnosticSeverity::INFORMATION) => counts.informations += 1,
                Some(DiagnosticSeverity::HINT) => counts.hints += 1,
                _ => counts.warnings += 1,
            }
        }
        counts
    }

    /// Adds those of another note.
    pub(in crate::lsp) fn add(&mut self, other: Self) {
        self.errors += other.errors;
        self.warnings += other.warnings;
        self.informations += other.informations;
        self.hints += other.hints;
    }
}
