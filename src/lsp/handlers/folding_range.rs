//! `textDocument/foldingRange`: what can be folded, by whole lines.

use tower_lsp::lsp_types::{FoldingRange, FoldingRangeKind, FoldingRangeParams};

use super::request::{IndexNeed, NoteRequest, RequestContext, RequestedNote};
use crate::features::folding_ranges::{self, FoldingKind};
use crate::lsp::view::note_view::NoteView;
use crate::workspace::NoteEntry;

/// `textDocument/foldingRange`.
pub(in crate::lsp) struct FoldingRangeRequest;

impl NoteRequest for FoldingRangeRequest {
    const METHOD: &str = "textDocument/foldingRange";
    const INDEX: IndexNeed = IndexNeed::Warm;
    type Params = FoldingRangeParams;
    type Answer = Vec<FoldingRange>;

    fn answer(context: &RequestContext<'_>, note: &RequestedNote<'_>, _: Self::Params) -> Option<Self::Answer> {
        Some(folds(&context.view, note.note))
    }
}

fn folds(view: &NoteView<'_>, note: &NoteEntry) -> Vec<FoldingRange> {
    let found = folding_ranges::folding_ranges(&note.facts).into_iter().filter_map(|fold| {
        let shown = view.range(fold.range);
        (shown.end.line > shown.start.line).then(|| FoldingRange {
            start_line: shown.start.line,
            end_line: shown.end.line,
            kind: Some(match fold.kind {
                FoldingKind::Comment => FoldingRangeKind::Comment,
                FoldingKind::Region => FoldingRangeKind::Region,
            }),
            ..FoldingRange::default()
        })
    });
    found.collect()
}
