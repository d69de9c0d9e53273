//! `textDocument/completion` and `completionItem/resolve`: by the kind of document, one file each.

mod notes;
mod settings;

use tower_lsp::lsp_types::{CompletionItem, CompletionOptions, CompletionOptionsCompletionItem, CompletionParams};
use tower_lsp::lsp_types::{CompletionResponse, WorkDoneProgressOptions};

use crate::lsp::state::server_state::View;

/// What is said of it.
pub(in crate::lsp) fn options() -> CompletionOptions {
    CompletionOptions {
        resolve_provider: Some(true),
        // A link, a key, a label, a heading. Letters need no saying.
        trigger_characters: Some(["[", "@", "^", "#"].map(str::to_owned).to_vec()),
        all_commit_characters: None,
        work_done_progress_options: WorkDoneProgressOptions::default(),
        completion_item: Some(CompletionOptionsCompletionItem { label_details_support: Some(true) }),
    }
}

pub(in crate::lsp) fn handle(view: &View<'_>, params: &CompletionParams) -> Option<CompletionResponse> {
    let document = view.document?;
    if document.place.key.is_configuration() {
        let items = settings::complete(view, params.text_document_position.position)?;
        return Some(CompletionResponse::Array(items));
    }
    if !document.place.key.is_note() {
        return None;
    }
    notes::complete(view, params.text_document_position.position).map(CompletionResponse::List)
}

/// An item that was not ours, or of what is no longer there, comes back as it is.
pub(in crate::lsp) fn resolve(view: &View<'_>, item: CompletionItem) -> CompletionItem {
    notes::resolve(view, item)
}
