//! Addresses that stand in the text as they are: `https://harbor.example/a1`.

use super::{Marker, MarkerKind};
use crate::text::TextRange;

/// Bare addresses as links without shown text; gives their places.
pub(super) fn find(
    text: &str,
    range: TextRange,
    prose: &[TextRange],
    masked: &[TextRange],
    markers: &mut Vec<Marker>,
) -> Vec<TextRange> {
    let mut found = Vec::new();
    let bounded = text.get(..range.end as usize).unwrap_or(text);
    for at in memchr::memmem::find_iter(range.of(text).as_bytes(), b"://") {
        let at = range.start as usize + at;
        let head = &bounded[range.start as usize..at];
        let scheme = if head.ends_with("https") {
            5
        } else if head.ends_with("http") {
            4
        } else {
            continue;
        };
        let start = (at - scheme) as u32;
        if head[..head.len() - scheme].ends_with('{') {
            continue; // Pandoc's `@{https://…}`
        }
        let inside = |ranges: &[TextRange]| {
            let index = ranges.partition_point(|range| range.end <= start);
            ranges.get(index).is_some_and(|range| range.start <= start)
        };
        if !inside(prose) || inside(masked) || found.last().is_some_and(|last: &TextRange| last.end > start) {
            continue;
        }
        let end = address_end(bounded, start as usize);
        if end > at + 3 {
            let place = TextRange::from_usize(start as usize, end);
            let kind = MarkerKind::Link { text: TextRange::empty(start), target: place.of(text).to_owned() };
            markers.push(Marker { range: place, kind, block: u32::MAX });
            found.push(place);
        }
    }
    found
}

/// The end of the address that begins at `start`: closing marks and stops after it are not part of it.
fn address_end(text: &str, start: usize) -> usize {
    let rest = &text[start..];
    let end = rest
        .find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '”' | '“' | '|' | '`'))
        .unwrap_or(rest.len());
    let mut address = &rest[..end];
    loop {
        let cut = address.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '’', '*', '_']);
        let unbalanced = cut.ends_with(')') && !cut.contains('(') || cut.ends_with(']') && !cut.contains('[');
        let cut = if unbalanced { &cut[..cut.len() - 1] } else { cut };
        if cut.len() == address.len() {
            return start + address.len();
        }
        address = cut;
    }
}
