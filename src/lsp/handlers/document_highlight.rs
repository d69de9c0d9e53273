//! `textDocument/documentHighlight`: what belongs together in this document.

use tower_lsp::lsp_types::{DocumentHighlight, DocumentHighlightKind, DocumentHighlightParams};

use crate::features::document_highlight::{self, HighlightKind};
use crate::lsp::state::server_state::View;

pub(in crate::lsp) fn handle(view: &View<'_>, params: &DocumentHighlightParams) -> Option<Vec<DocumentHighlight>> {
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
