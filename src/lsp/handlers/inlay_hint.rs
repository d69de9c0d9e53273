//! `textDocument/inlayHint` and `inlayHint/resolve`: which source carries a sentence that names none.

use serde_json::json;
use tower_lsp::lsp_types::{InlayHint, InlayHintLabel, InlayHintLabelPart, InlayHintParams, InlayHintTooltip, Range};

use super::request::{Request, RequestContext};
use crate::features::{FileRange, inlay_hints};
use crate::lsp::convert::{from_proto, to_proto};
use crate::lsp::view::note_view::NoteView;
use crate::text::TextRange;
use crate::workspace::NoteEntry;
use crate::workspace::summary::excerpt;
use tower_lsp::jsonrpc::Result;

/// `textDocument/inlayHint`.
pub(in crate::lsp) struct InlayHintRequest;

impl Request for InlayHintRequest {
    const METHOD: &str = "textDocument/inlayHint";
    type Params = InlayHintParams;
    type Answer = Option<Vec<InlayHint>>;

    fn answer(context: &RequestContext<'_>, params: Self::Params) -> Result<Self::Answer> {
        Ok(hints(&context.view, params.range))
    }
}

/// `inlayHint/resolve`.
pub(in crate::lsp) struct ResolveInlayHintRequest;

impl Request for ResolveInlayHintRequest {
    const METHOD: &str = "inlayHint/resolve";
    type Params = InlayHint;
    type Answer = InlayHint;

    fn answer(context: &RequestContext<'_>, params: Self::Params) -> Result<Self::Answer> {
        Ok(resolve(&context.view, params))
    }
}

/// Longest sentence in a tooltip, in characters.
const LONGEST: usize = 240;

fn hints(view: &NoteView<'_>, range: Range) -> Option<Vec<InlayHint>> {
    if !view.state.settings.inlay_hints() {
        return Some(Vec::new());
    }
    let (file, note) = view.note.as_ref()?;
    let range = from_proto::range(&note.lines, range, view.encoding());
    let found = inlay_hints::inlay_hints(note.text.as_deref()?, &note.facts, range);
    let lazily = view.state.session().lazy_hints.then_some(view.document).flatten();
    let hint = |hint: inlay_hints::InlayHint| InlayHint {
        position: to_proto::position(&note.lines, hint.at, view.encoding()),
        label: InlayHintLabel::LabelParts(vec![InlayHintLabelPart {
            value: hint.label,
            location: view.location(FileRange { file: *file, range: hint.target }),
            ..InlayHintLabelPart::default()
        }]),
        kind: None,
        text_edits: None,
        tooltip: if lazily.is_some() { None } else { tooltip(note, hint.source_sentence) },
        padding_left: Some(true),
        padding_right: None,
        data: lazily.map(|document| {
            json!({
                "uri": view.state.files.url(&note.path),
                "revision": document.revision,
                "said": [hint.source_sentence.start, hint.source_sentence.end],
            })
        }),
    };
    Some(found.into_iter().map(hint).collect())
}

/// Adds what the source said, where the document is still the one that the hint was made for.
fn resolve(view: &NoteView<'_>, hint: InlayHint) -> InlayHint {
    let said = || {
        let data = hint.data.as_ref()?;
        let bytes = |index: usize| data.get("said")?.get(index)?.as_u64()?.try_into().ok();
        let same = data.get("revision")?.as_u64()? == view.document?.revision;
        let (start, end): (u32, u32) = bytes(0).zip(bytes(1)).filter(|(start, end)| same && start <= end)?;
        tooltip(&view.note.as_ref()?.1, TextRange::new(start, end))
    };
    let tooltip = hint.tooltip.clone().or_else(said);
    InlayHint { tooltip, ..hint }
}

fn tooltip(note: &NoteEntry, said: TextRange) -> Option<InlayHintTooltip> {
    let words = excerpt(note.text.as_deref()?, Some(said), LONGEST);
    (!words.is_empty()).then(|| InlayHintTooltip::String(words.to_string()))
}
