//! `textDocument/documentHighlight`: what belongs together in this document.

use tower_lsp::lsp_types::{DocumentHighlight, DocumentHighlightKind, DocumentHighlightParams};

use super::request::{IndexNeed, Request, RequestContext};
use crate::features::document_highlight::{self, HighlightKind};
use crate::lsp::view::note_view::NoteView;
use tower_lsp::jsonrpc::Result;

/// `textDocument/documentHighlight`.
pub(in crate::lsp) struct DocumentHighlightRequest;

impl Request for DocumentHighlightRequest {
    const METHOD: &str = "textDocument/documentHighlight";
    const INDEX: IndexNeed = IndexNeed::Warm;
    type Params = DocumentHighlightParams;
    type Answer = Option<Vec<DocumentHighlight>>;

    fn answer(context: &RequestContext<'_>, params: Self::Params) -> Result<Self::Answer> {
        Ok(highlights(&context.view, &params))
    }
}

fn highlights(view: &NoteView<'_>, params: &DocumentHighlightParams) -> Option<Vec<DocumentHighlight>> {
    let position = view.position(params.text_document_position_params.position)?;
    let found = document_highlight::document_highlight(&view.snapshot, position);
    let highlight = |highlight: &document_highlight::Highlight| DocumentHighlight {
        range: view.range(highlight.range),
        kind: Some(match highlight.kind {
            HighlightKind::Text => DocumentHighlightKind::TEXT,
            HighlightKind::Read => DocumentHighlightKind::READ,
            HighlightKind::Write => DocumentHighlightKind::WRITE,
        }),
    };
    Some(found.iter().map(highlight).collect())
}
