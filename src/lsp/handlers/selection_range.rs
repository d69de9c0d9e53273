//! `textDocument/selectionRange`: from the word outwards.

use tower_lsp::lsp_types::{Position, SelectionRange, SelectionRangeParams};

use super::request::{NoteRequest, RequestContext, RequestedNote};
use crate::features::selection_ranges;
use crate::lsp::view::note_view::NoteView;
use crate::workspace::NoteEntry;

/// `textDocument/selectionRange`.
pub(in crate::lsp) struct SelectionRangeRequest;

impl NoteRequest for SelectionRangeRequest {
    const METHOD: &str = "textDocument/selectionRange";
    type Params = SelectionRangeParams;
    type Answer = Vec<SelectionRange>;

    fn answer(context: &RequestContext<'_>, note: &RequestedNote<'_>, params: Self::Params) -> Option<Self::Answer> {
        selections(&context.view, note.note, &params.positions)
    }
}

/// One answer for each position, as the protocol asks.
fn selections(view: &NoteView<'_>, note: &NoteEntry, positions: &[Position]) -> Option<Vec<SelectionRange>> {
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
