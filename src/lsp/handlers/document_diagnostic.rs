//! `textDocument/diagnostic`: the client asks what is wrong with a document.

use serde_json::{Value, json};
use tower_lsp::lsp_types::{
    DocumentDiagnosticParams, DocumentDiagnosticReport, FullDocumentDiagnosticReport,
    RelatedFullDocumentDiagnosticReport, RelatedUnchangedDocumentDiagnosticReport, UnchangedDocumentDiagnosticReport,
};

use crate::lsp::state::reports::Report;
use crate::lsp::state::server_state::View;
use crate::lsp::transport::UriKey;
use crate::lsp::view::diagnostics;

/// Answers with the findings, or with "unchanged" where the client has these already.
pub(in crate::lsp) fn handle(view: &View<'_>, params: &DocumentDiagnosticParams) -> Value {
    let Report { id, items } = report(view, &UriKey::new(params.text_document.uri.as_str()));
    let report = if params.previous_result_id.as_ref() == Some(&id) {
        DocumentDiagnosticReport::Unchanged(RelatedUnchangedDocumentDiagnosticReport {
            related_documents: None,
            unchanged_document_diagnostic_report: UnchangedDocumentDiagnosticReport { result_id: id },
        })
    } else {
        DocumentDiagnosticReport::Full(RelatedFullDocumentDiagnosticReport {
            related_documents: None,
            full_document_diagnostic_report: FullDocumentDiagnosticReport { result_id: Some(id), items },
        })
    };
    let mut report = json!(report);
    diagnostics::mark_up(view.shared.session(), &mut report);
    report
}

/// Of an open document what its text has now; of any other what was found on the disk.
fn report(view: &View<'_>, key: &UriKey) -> Report {
    if view.note.is_some() {
        return Report::new(diagnostics::of(view));
    }
    match view.shared.reports.get(key) {
        Some(report) => Report::clone(&report),
        None => Report::new(Vec::new()),
    }
}
