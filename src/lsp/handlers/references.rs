//! `textDocument/references`: every place where the same is meant, in all notes.

use tower_lsp::lsp_types::{Location, ReferenceParams};

use super::request::{IndexNeed, Request, RequestContext};
use crate::features::{FileRange, references};
use crate::lsp::convert::to_proto;
use crate::lsp::view::note_view::NoteView;
use tower_lsp::jsonrpc::Result;

/// `textDocument/references`.
pub(in crate::lsp) struct ReferencesRequest;

impl Request for ReferencesRequest {
    const METHOD: &str = "textDocument/references";
    const INDEX: IndexNeed = IndexNeed::Complete;
    type Params = ReferenceParams;
    type Answer = Option<Vec<Location>>;

    fn answer(context: &RequestContext<'_>, params: Self::Params) -> Result<Self::Answer> {
        Ok(places(&context.view, &params).map(|places| context.view.locations(&places)))
    }
}

/// `textDocument/references`.
pub(in crate::lsp) struct WrittenReferencesRequest;

impl Request for WrittenReferencesRequest {
    const METHOD: &str = "textDocument/references";
    const INDEX: IndexNeed = IndexNeed::Complete;
    type Params = ReferenceParams;
    type Answer = Option<String>;

    fn answer(context: &RequestContext<'_>, params: Self::Params) -> Result<Self::Answer> {
        Ok(places(&context.view, &params).map(|places| written(&context.view, &places)))
    }
}

/// Places as JSON, in the client's own spelling of addresses. A state's name has tens of thousands of places: as
/// values of the protocol's types each would be a dozen allocations, made, turned and thrown away.
fn written(view: &NoteView<'_>, found: &[FileRange]) -> String {
    let mut out = String::with_capacity(2 + found.len() * 160);
    out.push('[');
    // Of each file one look-up: the tables are large, and what they lead to lies far apart.
    let (addresses, uris) = (view.state.files.addresses(), view.state.outbox.uris());
    for places in found.chunk_by(|one, other| one.file == other.file) {
        let Some(file) = places.first().map(|place| place.file) else { continue };
        let Some((path, mut lines)) = view.snapshot.path_and_lines(file) else { continue };
        let Some(address) = addresses.of(path) else { continue };
        let uri = serde_json::Value::String(uris.spelled(address)).to_string();
        for place in places {
            let range = to_proto::range_in(&mut lines, place.range, view.encoding());
            let comma = if out.len() > 1 { "," } else { "" };
            for part in [comma, r#"{"uri":"#, &uri, r#","range":{"start":{"line":"#] {
                out.push_str(part);
            }
            push_number(range.start.line, &mut out);
            out.push_str(r#","character":"#);
            push_number(range.start.character, &mut out);
            out.push_str(r#"},"end":{"line":"#);
            push_number(range.end.line, &mut out);
            out.push_str(r#","character":"#);
            push_number(range.end.character, &mut out);
            out.push_str("}}}");
        }
    }
    out.push(']');
    out
}

/// Formatting costs more than all the rest of a place.
fn push_number(mut number: u32, out: &mut String) {
    let mut digits = [b'0'; 10];
    let mut first = digits.len();
    while number > 0 || first == digits.len() {
        first -= 1;
        if let Some(digit) = digits.get_mut(first) {
            *digit = b'0' + (number % 10) as u8;
        }
        number /= 10;
    }
    out.extend(digits.iter().skip(first).map(|&digit| char::from(digit)));
}

fn places(view: &NoteView<'_>, params: &ReferenceParams) -> Option<Vec<FileRange>> {
    let position = view.position(params.text_document_position.position)?;
    Some(references::references(&view.snapshot, position, params.context.include_declaration))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn numbers_are_written_as_always(number: u32) {
            for number in [number, 0, 9, 10, u32::MAX] {
                let mut out = String::from("x");
                push_number(number, &mut out);
                prop_assert_eq!(out, format!("x{number}"));
            }
        }
    }
}
