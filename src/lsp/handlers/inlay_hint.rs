//! `textDocument/inlayHint`: which source carries a sentence that names none.

use tower_lsp::lsp_types::{InlayHint, InlayHintLabel, InlayHintLabelPart, Range};

use crate::features::{FileRange, inlay_hints};
use crate::lsp::convert::{from_proto, to_proto};
use crate::lsp::shared::View;

pub(in crate::lsp) fn handle(view: &View<'_>, range: Range) -> Option<Vec<InlayHint>> {
    if !view.shared.inlay_hints.load(std::sync::atomic::Ordering::Relaxed) {
        return Some(Vec::new());
    }
    let (file, note) = view.note.as_ref()?;
    let range = from_proto::range(&note.lines, range, view.encoding());
    let found = inlay_hints::inlay_hints(note.text.as_deref()?, &note.facts, range);
    let hint = |hint: inlay_hints::InlayHint| InlayHint {
        position: to_proto::position(&note.lines, hint.at, view.encoding()),
        label: InlayHintLabel::LabelParts(vec![InlayHintLabelPart {
            value: hint.label,
            location: view.location(FileRange { file: *file, range: hint.target }),
            ..InlayHintLabelPart::default()
        }]),
        kind: None,
        text_edits: None,
        tooltip: None,
        padding_left: Some(true),
        padding_right: None,
        data: None,
    };
    Some(found.into_iter().map(hint).collect())
}
