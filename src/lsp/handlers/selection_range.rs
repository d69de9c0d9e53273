//! `textDocument/selectionRange`: from the word outwards.

use tower_lsp::lsp_types::{Position, SelectionRange};

use crate::features::selection_ranges;
use crate::lsp::state::server_state::View;

/// One answer for each position, as the protocol asks.
pub(in crate::lsp) fn handle(view: &View<'_>, positions: &[Position]) -> Option<Vec<SelectionRange>> {
    let (_, note) = view.note.as_ref()?;
    let around = |position: &Position| {
        let at = view.position(*position)?.offset;
        let ranges = selection_ranges::selection_ranges(&note.facts, at, note.lines.length());
        let outwards = ranges.iter().rev().fold(None, |parent: Option<SelectionRange>, range| {
            Some(SelectionRange { range: view.range(*range), parent: parent.map(Box::new) })
        });
        outwards.or_else(|| {
            Some(SelectionRange { range: tower_lsp::lsp_types::Range::new(*position, *position), parent: None })
        })
    };
    positions.iter().map(around).collect()
}
