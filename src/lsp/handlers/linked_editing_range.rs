//! `textDocument/linkedEditingRange`: what changes together while one types.

use tower_lsp::lsp_types::{LinkedEditingRangeParams, LinkedEditingRanges, Position};

use super::request::{Request, RequestContext};
use crate::features::linked_editing;
use crate::lsp::view::note_view::NoteView;
use tower_lsp::jsonrpc::Result;

/// `textDocument/linkedEditingRange`.
pub(in crate::lsp) struct LinkedEditingRequest;

impl Request for LinkedEditingRequest {
    const METHOD: &str = "textDocument/linkedEditingRange";
    type Params = LinkedEditingRangeParams;
    type Answer = Option<LinkedEditingRanges>;

    fn answer(context: &RequestContext<'_>, params: Self::Params) -> Result<Self::Answer> {
        Ok(linked_ranges(&context.view, params.text_document_position_params.position))
    }
}

fn linked_ranges(view: &NoteView<'_>, position: Position) -> Option<LinkedEditingRanges> {
    let position = view.position(position).filter(|_| view.is_checked())?;
    let found = linked_editing::linked_editing(&view.snapshot, position)?;
    Some(LinkedEditingRanges {
        ranges: found.into_iter().map(|range| view.range(range)).collect(),
        word_pattern: Some(linked_editing::LABEL.to_owned()),
    })
}
