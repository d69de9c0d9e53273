//! `textDocument/hover`: what is known of what stands under the caret.

use tower_lsp::lsp_types::{Hover, HoverContents, HoverParams, MarkupContent, MarkupKind};

use super::request::{Request, RequestContext};
use crate::features::{config_help, hover};
use crate::lsp::view::diagnostics;
use crate::lsp::view::note_view::NoteView;
use tower_lsp::jsonrpc::Result;

/// `textDocument/hover`.
pub(in crate::lsp) struct HoverRequest;

impl Request for HoverRequest {
    const METHOD: &str = "textDocument/hover";
    type Params = HoverParams;
    type Answer = Option<Hover>;

    fn answer(context: &RequestContext<'_>, params: Self::Params) -> Result<Self::Answer> {
        Ok(hover_at(&context.view, &params))
    }
}

fn hover_at(view: &NoteView<'_>, params: &HoverParams) -> Option<Hover> {
    let position = view.position(params.text_document_position_params.position)?;
    if view.document.is_some_and(|document| document.place.key.is_configuration()) {
        let text = view.note.as_ref()?.1.text.clone()?;
        let (range, value) = config_help::hover(&text, position.offset)?;
        let kind = if view.state.session().markdown_hover { MarkupKind::Markdown } else { MarkupKind::PlainText };
        let contents = HoverContents::Markup(MarkupContent { kind, value });
        return Some(Hover { contents, range: Some(view.range(range)) });
    }
    let hover = hover::hover(&view.snapshot, position, &diagnostics::findings(view))?;
    let contents = if view.state.session().markdown_hover {
        let value = hover.card.markdown(&|place| view.link(place));
        MarkupContent { kind: MarkupKind::Markdown, value }
    } else {
        MarkupContent { kind: MarkupKind::PlainText, value: hover.card.plain() }
    };
    Some(Hover { contents: HoverContents::Markup(contents), range: Some(view.range(hover.range)) })
}
