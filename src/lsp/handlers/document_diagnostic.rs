//! `textDocument/diagnostic`: the client asks what is wrong with a document.

use tower_lsp::lsp_types::{
    DocumentDiagnosticParams, DocumentDiagnosticReport, DocumentDiagnosticReportResult, FullDocumentDiagnosticReport,
    RelatedFullDocumentDiagnosticReport, RelatedUnchangedDocumentDiagnosticReport, UnchangedDocumentDiagnosticReport,
};

use crate::lsp::diagnostics;
use crate::lsp::shared::View;

/// Answers with the findings, or with "unchanged" where the client has these already. The result's id is made of the
/// findings themselves, so it holds whatever made them: text, other notes, configuration.
pub(in crate::lsp) fn handle(view: &View<'_>, params: &DocumentDiagnosticParams) -> DocumentDiagnosticReportResult {
    let items = diagnostics::of(view);
    let bytes = serde_json::to_vec(&items).unwrap_or_default();
    let result_id = format!("{:016x}", xxhash_rust::xxh3::xxh3_64(&bytes));
    let report = if params.previous_result_id.as_ref() == Some(&result_id) {
        DocumentDiagnosticReport::Unchanged(RelatedUnchangedDocumentDiagnosticReport {
            related_documents: None,
            unchanged_document_diagnostic_report: UnchangedDocumentDiagnosticReport { result_id },
        })
    } else {
        DocumentDiagnosticReport::Full(RelatedFullDocumentDiagnosticReport {
            related_documents: None,
            full_document_diagnostic_report: FullDocumentDiagnosticReport { result_id: Some(result_id), items },
        })
    };
    DocumentDiagnosticReportResult::Report(report)
}
