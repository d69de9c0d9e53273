//! `textDocument/foldingRange`: what can be folded, by whole lines.

use tower_lsp::lsp_types::{FoldingRange, FoldingRangeKind};

use crate::features::folding_ranges::{self, FoldingKind};
use crate::lsp::state::server_state::View;

pub(in crate::lsp) fn handle(view: &View<'_>) -> Option<Vec<FoldingRange>> {
    let (_, note) = view.note.as_ref()?;
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
    Some(found.collect())
}
