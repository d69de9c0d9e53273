//! `textDocument/hover`: what is known of what stands under the caret.

use tower_lsp::lsp_types::{Hover, HoverContents, HoverParams, MarkupContent, MarkupKind};

use crate::features::hover;
use crate::lsp::diagnostics;
use crate::lsp::shared::View;

pub(in crate::lsp) fn handle(view: &View<'_>, params: &HoverParams) -> Option<Hover> {
    let position = view.position(params.text_document_position_params.position)?;
    let hover = hover::hover(&view.snapshot, position, &diagnostics::findings(view))?;
    let contents = if view.shared.session().markdown_hover {
        let value = hover.card.markdown(&|place| view.link(place));
        MarkupContent { kind: MarkupKind::Markdown, value }
    } else {
        MarkupContent { kind: MarkupKind::PlainText, value: hover.card.plain() }
    };
    Some(Hover { contents: HoverContents::Markup(contents), range: Some(view.range(hover.range)) })
}
