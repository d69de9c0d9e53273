//! How the server stands: what a status line shows.

use serde_json::{Value, json};
use tower_lsp::lsp_types::{Diagnostic, DiagnosticSeverity};

use crate::lsp::state::server_state::View;

/// Findings by severity: errors, warnings, informations, hints.
pub(in crate::lsp) type Counts = [u32; 4];

/// Counts what a report shows.
#[must_use]
pub(in crate::lsp) fn count(found: &[Diagnostic]) -> Counts {
    let mut counts = [0; 4];
    for one in found {
        let at = match one.severity {
            Some(DiagnosticSeverity::ERROR) => 0,
            Some(DiagnosticSeverity::INFORMATION) => 2,
            Some(DiagnosticSeverity::HINT) => 3,
            _ => 1,
        };
        counts[at] += 1;
    }
    counts
}

/// The state of the index, and how much there is of everything. `findings` are those last reported to the client.
#[must_use]
pub(in crate::lsp) fn of(view: &View<'_>) -> Value {
    let shared = view.shared;
    let mut findings: Counts = [0; 4];
    for found in &shared.found {
        if view.snapshot.note(*found.key()).is_some() {
            findings.iter_mut().zip(found.value()).for_each(|(all, one)| *all += one);
        }
    }
    let indexing = shared.indexing.load(std::sync::atomic::Ordering::Relaxed);
    let [errors, warnings, informations, hints] = findings;
    json!({
        "version": env!("CARGO_PKG_VERSION"),
        "index": if indexing { "indexing" } else { "ready" },
        "notes": view.snapshot.notes().count(),
        "open": shared.documents.all().len(),
        "sources": view.snapshot.sources().count(),
        "findings": {
            "error": errors,
            "warning": warnings,
            "information": informations,
            "hint": hints,
        },
        "folders": shared.projects().iter().map(|project| {
            json!({ "path": project.root.to_string_lossy(), "configured": project.is_configured() })
        }).collect::<Vec<_>>(),
    })
}
