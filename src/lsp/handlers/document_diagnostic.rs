//! `textDocument/diagnostic`: the client asks what is wrong with a document.

use serde_json::{Value, json};
use tower_lsp::lsp_types::{
    DocumentDiagnosticParams, DocumentDiagnosticReport, FullDocumentDiagnosticReport,
    RelatedFullDocumentDiagnosticReport, RelatedUnchangedDocumentDiagnosticReport, UnchangedDocumentDiagnosticReport,
};

use super::request::{Request, RequestContext};
use crate::lsp::state::reports::Report;
use crate::lsp::transport::UriKey;
use crate::lsp::view::diagnostics;
use crate::lsp::view::note_view::NoteView;
use tower_lsp::jsonrpc::Result;

/// `textDocument/diagnostic`.
pub(in crate::lsp) struct DocumentDiagnosticRequest;

impl Request for DocumentDiagnosticRequest {
    const METHOD: &str = "textDocument/diagnostic";
    type Params = DocumentDiagnosticParams;
    type Answer = Value;

    fn answer(context: &RequestContext<'_>, params: Self::Params) -> Result<Self::Answer> {
        Ok(diagnostics_of(&context.view, &params))
    }
}

/// Answers with the findings, or with "unchanged" where the client has these already.
fn diagnostics_of(view: &NoteView<'_>, params: &DocumentDiagnosticParams) -> Value {
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
    diagnostics::mark_up(view.state.session(), &mut report);
    report
}

/// Of an open document what its text has now; of any other what was found on the disk.
fn report(view: &NoteView<'_>, key: &UriKey) -> Report {
    if view.note.is_some() {
        return Report::new(diagnostics::of(view));
    }
    match view.state.reports.get(key) {
        Some(report) => Report::clone(&report),
        None => Report::new(Vec::new()),
    }
}
