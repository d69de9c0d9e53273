//! `textDocument/references`: every place where the same is meant, in all notes.

use std::fmt::Write;

use tower_lsp::lsp_types::{Location, ReferenceParams};

use crate::features::{FileRange, references};
use crate::lsp::convert::to_proto;
use crate::lsp::shared::View;

/// The places, for a client that takes them in parts.
pub(in crate::lsp) fn handle(view: &View<'_>, params: &ReferenceParams) -> Option<Vec<Location>> {
    found(view, params).map(|found| view.locations(&found))
}

/// The same, as JSON in the client's own spelling of addresses. A state's name has tens of thousands of places: as
/// values of the protocol's types each would be a dozen allocations, made, turned and thrown away.
pub(in crate::lsp) fn written(view: &View<'_>, params: &ReferenceParams) -> Option<String> {
    let found = found(view, params)?;
    let mut out = String::with_capacity(2 + found.len() * 160);
    out.push('[');
    for places in found.chunk_by(|one, other| one.file == other.file) {
        let Some(file) = places.first().map(|place| place.file) else { continue };
        let url = view.snapshot.path(file).and_then(|path| view.shared.files.url(path));
        let (Some(url), Some(mut lines)) = (url, view.snapshot.lines(file)) else { continue };
        let uri = serde_json::Value::String(view.shared.outbox.uris().spelled(url.as_str())).to_string();
        for place in places {
            let range = to_proto::range_in(&mut lines, place.range, view.encoding());
            let (start, end) = (range.start, range.end);
            let comma = if out.len() > 1 { "," } else { "" };
            // Writing to a string cannot fail.
            let _ = write!(
                out,
                r#"{comma}{{"uri":{uri},"range":{{"start":{{"line":{},"character":{}}},"end":{{"line":{},"character":{}}}}}}}"#,
                start.line, start.character, end.line, end.character
            );
        }
    }
    out.push(']');
    Some(out)
}

fn found(view: &View<'_>, params: &ReferenceParams) -> Option<Vec<FileRange>> {
    let position = view.position(params.text_document_position.position)?;
    Some(references::references(&view.snapshot, position, params.context.include_declaration))
}
