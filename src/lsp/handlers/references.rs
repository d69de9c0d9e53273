//! `textDocument/references`: every place where the same is meant, in all notes.

use tower_lsp::lsp_types::{Location, ReferenceParams};

use crate::features::{FileRange, references};
use crate::lsp::convert::to_proto;
use crate::lsp::state::server_state::View;

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
    // Of each file one look-up: the tables are large, and what they lead to lies far apart.
    let (addresses, uris) = (view.shared.files.addresses(), view.shared.outbox.uris());
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
    Some(out)
}

/// Formatting costs more than all the rest of a place.
fn push_number(mut number: u32, out: &mut String) {
    let mut digits = [b'0'; 10];
    let mut first = digits.len();
    while number > 0 || first == digits.len() {
        first -= 1;
        digits[first] = b'0' + (number % 10) as u8;
        number /= 10;
    }
    out.extend(digits.iter().skip(first).map(|&digit| char::from(digit)));
}

fn found(view: &View<'_>, params: &ReferenceParams) -> Option<Vec<FileRange>> {
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
