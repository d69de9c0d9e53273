//! How the server stands: what a status line shows.

use crate::lsp::state::counts::Counts;
use crate::lsp::view::note_view::NoteView;
use serde_json::{Value, json};

/// The state of the index, and how much there is of everything. `findings` are those last reported to the client.
#[must_use]
pub(in crate::lsp) fn of(view: &NoteView<'_>) -> Value {
    let state = view.state;
    let mut findings = Counts::default();
    for counts in &state.counts {
        if view.snapshot.note(*counts.key()).is_some() {
            findings.add(*counts.value());
        }
    }
    json!({
        "version": env!("CARGO_PKG_VERSION"),
        "index": if state.index.is_running() { "indexing" } else { "ready" },
        "notes": view.snapshot.notes().count(),
        "open": state.documents.all().len(),
        "sources": view.snapshot.sources().count(),
        "findings": {
            "error": findings.errors,
            "warning": findings.warnings,
            "information": findings.informations,
            "hint": findings.hints,
        },
        "folders": state.projects().iter().map(|project| {
            json!({ "path": project.root.to_string_lossy(), "configured": project.is_configured() })
        }).collect::<Vec<_>>(),
    })
}
