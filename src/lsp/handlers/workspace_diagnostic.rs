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

use crate::lsp::state::reports::Report;
use crate::lsp::state::server_state::{Shared, View};
use crate::lsp::transport::UriKey;
use crate::lsp::view::diagnostics;

pub(in crate::lsp) async fn handle(shared: &Arc<Shared>, params: WorkspaceDiagnosticParams) -> Result<Value> {
    let mut changes = shared.reports.changes();
    // A client that has nothing yet is not kept waiting.
    let first = params.previous_result_ids.is_empty();
    let previous = Arc::new(params.previous_result_ids);
    loop {
        let ended = changes.borrow_and_update().ended;
        let known = previous.clone();
        let items = shared.answer(move |view| reports(view, &known)).await?;
        if first || ended || items.iter().any(is_news) {
            let form = |part: &[WorkspaceDocumentDiagnosticReport]| {
                let mut report = json!({ "items": part });
                diagnostics::mark_up(shared.session(), &mut report);
                report
            };
            return Ok(form(&shared.in_parts(items, form)));
        }
        // The sender lives as long as the server.
        let _ = changes.changed().await;
    }
}

fn is_news(report: &WorkspaceDocumentDiagnosticReport) -> bool {
    matches!(report, WorkspaceDocumentDiagnosticReport::Full(_))
}

/// A report for each note with findings, and for each that the client has findings of.
fn reports(view: &View<'_>, previous: &[PreviousResultId]) -> Vec<WorkspaceDocumentDiagnosticReport> {
    let shared = view.shared;
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
    for document in shared.documents.all() {
        if document.place.key.is_note() {
            let own = View::new(shared, view.snapshot.clone(), Some(&document));
            add(&document.place.key, Some(document.version), &Report::new(diagnostics::of(&own)));
        }
    }
    for (key, report) in shared.reports.all() {
        if shared.documents.newest(&key).is_none() {
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
