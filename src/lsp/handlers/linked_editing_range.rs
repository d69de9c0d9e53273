//! `textDocument/linkedEditingRange`: what changes together while one types.

use tower_lsp::lsp_types::{LinkedEditingRanges, Position};

use crate::features::linked_editing;
use crate::lsp::state::server_state::View;

pub(in crate::lsp) fn handle(view: &View<'_>, position: Position) -> Option<LinkedEditingRanges> {
    let position = view.position(position).filter(|_| view.is_judged())?;
    let found = linked_editing::linked_editing(&view.snapshot, position)?;
    Some(LinkedEditingRanges {
        ranges: found.into_iter().map(|range| view.range(range)).collect(),
        word_pattern: Some(linked_editing::LABEL.to_owned()),
    })
}
