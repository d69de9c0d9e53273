//! `workspace/diagnostic`: the client asks what is wrong with all notes, those it never opened too.
//!
//! Answered at once where there is news; else the request is held until there is, as the protocol has it.

use std::collections::HashMap;
use std::sync::Arc;

use serde_json::{Value, json};
use tower_lsp::jsonrpc::Result;
use tower_lsp::lsp_types::{
    FullDocumentDiagnosticReport, PreviousResultId, UnchangedDocumentDiagnosticReport, Url, WorkspaceDiagnosticParams,
    WorkspaceDocumentDiagnosticReport, WorkspaceFullDocumentDiagnosticReport,
    WorkspaceUnchangedDocumentDiagnosticReport,
};

use super::arrival::in_parts;
use super::request::{Request, RequestContext, run};
use crate::lsp::state::reports::Report;
use crate::lsp::state::server_state::ServerState;
use crate::lsp::transport::UriKey;
use crate::lsp::view::diagnostics;
use crate::lsp::view::note_view::NoteView;

/// One look at all notes for `workspace/diagnostic`: the reports that differ from what the client has.
pub(in crate::lsp) struct WorkspaceDiagnosticReports;

impl Request for WorkspaceDiagnosticReports {
    const METHOD: &str = "workspace/diagnostic";
    type Params = Arc<Vec<PreviousResultId>>;
    type Answer = Vec<WorkspaceDocumentDiagnosticReport>;

    fn answer(context: &RequestContext<'_>, params: Self::Params) -> Result<Self::Answer> {
        Ok(reports(&context.view, &params))
    }
}

/// Answers `workspace/diagnostic`: at once, or as soon as there is news.
///
/// # Errors
/// Cancelled.
pub(in crate::lsp) async fn handle(state: &Arc<ServerState>, params: WorkspaceDiagnosticParams) -> Result<Value> {
    let mut changes = state.reports.changes();
    // A client that has nothing yet is not kept waiting.
    let first = params.previous_result_ids.is_empty();
    let previous = Arc::new(params.previous_result_ids);
    loop {
        let ended = changes.borrow_and_update().ended;
        let known = previous.clone();
        let items = run::<WorkspaceDiagnosticReports>(state, known).await?;
        if first || ended || items.iter().any(is_news) {
            let form = |part: &[WorkspaceDocumentDiagnosticReport]| {
                let mut report = json!({ "items": part });
                diagnostics::mark_up(state.session(), &mut report);
                report
            };
            return Ok(form(&in_parts(&state.outbox, items, form)));
        }
        // The sender lives as long as the server.
        let _ = changes.changed().await;
    }
}

fn is_news(report: &WorkspaceDocumentDiagnosticReport) -> bool {
    matches!(report, WorkspaceDocumentDiagnosticReport::Full(_))
}

/// A report for each note with findings, and for each that the client has findings of.
fn reports(view: &NoteView<'_>, previous: &[PreviousResultId]) -> Vec<WorkspaceDocumentDiagnosticReport> {
    let state = view.state;
    let mut known: HashMap<UriKey, &str> =
        previous.iter().map(|one| (UriKey::new(one.uri.as_str()), one.value.as_str())).collect();
    let mut found = Vec::new();
    let mut add = |key: &UriKey, version: Option<i32>, report: &Report| {
        let before = known.remove(key);
        let Some(uri) = key.url() else { return };
        if before == Some(report.id.as_str()) {
            found.push(unchanged(uri, version, &report.id));
        } else if before.is_some() || !report.items.is_empty() {
            found.push(full(uri, version, report));
        }
    };
    for document in state.documents.all() {
        if document.place.key.is_note() {
            let own = NoteView::new(state, view.snapshot.clone(), Some(&document));
            add(&document.place.key, Some(document.version), &Report::new(diagnostics::of(&own)));
        }
    }
    for (key, report) in state.reports.all() {
        if state.documents.newest(&key).is_none() {
            add(&key, None, &report);
        }
    }
    // What the client has of files that are no notes any more goes.
    let gone: Vec<UriKey> =
        known.iter().filter(|(_, id)| **id != Report::new(Vec::new()).id).map(|(key, _)| key.clone()).collect();
    found.extend(gone.iter().filter_map(UriKey::url).map(|uri| full(uri, None, &Report::new(Vec::new()))));
    found
}

fn full(uri: Url, version: Option<i32>, report: &Report) -> WorkspaceDocumentDiagnosticReport {
    WorkspaceDocumentDiagnosticReport::Full(WorkspaceFullDocumentDiagnosticReport {
        uri,
        version: version.map(i64::from),
        full_document_diagnostic_report: FullDocumentDiagnosticReport {
            result_id: Some(report.id.clone()),
            items: report.items.clone(),
        },
    })
}

fn unchanged(uri: Url, version: Option<i32>, id: &str) -> WorkspaceDocumentDiagnosticReport {
    WorkspaceDocumentDiagnosticReport::Unchanged(WorkspaceUnchangedDocumentDiagnosticReport {
        uri,
        version: version.map(i64::from),
        unchanged_document_diagnostic_report: UnchangedDocumentDiagnosticReport { result_id: id.to_owned() },
    })
}
