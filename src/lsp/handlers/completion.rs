//! `textDocument/completion` and `completionItem/resolve`: by the kind of document, one file each.

mod notes;
mod settings;

use tower_lsp::lsp_types::{CompletionItem, CompletionOptions, CompletionOptionsCompletionItem, CompletionParams};
use tower_lsp::lsp_types::{CompletionResponse, WorkDoneProgressOptions};

use super::request::{Request, RequestContext};
use crate::lsp::view::note_view::NoteView;
use tower_lsp::jsonrpc::Result;

/// `textDocument/completion`.
pub(in crate::lsp) struct CompletionRequest;

impl Request for CompletionRequest {
    const METHOD: &str = "textDocument/completion";
    type Params = CompletionParams;
    type Answer = Option<CompletionResponse>;

    fn answer(context: &RequestContext<'_>, params: Self::Params) -> Result<Self::Answer> {
        Ok(complete(&context.view, &params))
    }
}

/// `completionItem/resolve`.
pub(in crate::lsp) struct ResolveCompletionRequest;

impl Request for ResolveCompletionRequest {
    const METHOD: &str = "completionItem/resolve";
    type Params = CompletionItem;
    type Answer = CompletionItem;

    fn answer(context: &RequestContext<'_>, params: Self::Params) -> Result<Self::Answer> {
        Ok(notes::resolve(&context.view, params))
    }
}

/// The options of completion, as the server announces them.
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

fn complete(view: &NoteView<'_>, params: &CompletionParams) -> Option<CompletionResponse> {
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
