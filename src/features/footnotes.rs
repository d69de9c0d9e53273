//! Footnotes of one note: their labels, at references and definitions, and their texts.

use crate::structure::MarkerKind;
use crate::text::TextRange;
use crate::workspace::NoteEntry;

/// The definition of a footnote.
pub(super) struct Definition {
    /// The marker: `[^1]:`, and what the structure takes to it.
    pub(super) range: TextRange,
    /// The label in it.
    label: TextRange,
    /// The footnote's text; empty if there is none yet.
    pub(super) body: TextRange,
}

impl Definition {
    /// The text, or the label where there is no text yet.
    pub(super) fn focus(&self) -> TextRange {
        if self.body.is_empty() { self.label } else { self.body }
    }
}

/// The definitions of the footnote `wanted`, in order: more than one if the note gives several.
pub(super) fn definitions<'n>(note: &'n NoteEntry, text: &'n str, wanted: &'n str) -> impl Iterator<Item = Definition> {
    note.facts.note.markers.iter().filter_map(move |marker| match marker.kind {
        MarkerKind::FootnoteDefinition { label, body } if same(label.of(text), wanted) => {
            Some(Definition { range: marker.range, label, body })
        }
        _ => None,
    })
}

/// All labels of a note, at references and definitions.
pub(super) fn labels(note: &NoteEntry) -> impl Iterator<Item = TextRange> {
    note.facts.note.markers.iter().filter_map(|marker| match marker.kind {
        MarkerKind::FootnoteReference { label } | MarkerKind::FootnoteDefinition { label, .. } => Some(label),
        _ => None,
    })
}

/// Returns `true` if two labels are of one footnote. Case does not count.
pub(super) fn same(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}

/// The label under the caret, which may also stand on its brackets.
pub(super) fn at(note: &NoteEntry, text: &str, at: u32) -> Option<TextRange> {
    let near = |label: &TextRange| TextRange::new(label.start.saturating_sub(2), label.end + 1).touches(at);
    labels(note).filter(near).filter(|label| !label.of(text).is_empty()).min_by_key(|label| !label.touches(at))
}
