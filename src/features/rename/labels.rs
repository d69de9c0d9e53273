//! A footnote's label, at its text and its references in one note.

use super::{Refusal, RenameEdit, Why, edit, with_text};
use crate::structure::MarkerKind;
use crate::text::TextRange;
use crate::workspace::{FileId, NoteEntry, Snapshot};

/// All labels of a note, at references and definitions.
pub(in crate::features) fn all(note: &NoteEntry) -> impl Iterator<Item = TextRange> {
    note.facts.note.markers.iter().filter_map(|marker| match marker.kind {
        MarkerKind::FootnoteReference { label } | MarkerKind::FootnoteDefinition { label, .. } => Some(label),
        _ => None,
    })
}

/// Case does not count in labels.
pub(in crate::features) fn same(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}

/// The label under the caret, which may also stand on its brackets.
pub(in crate::features) fn at(note: &NoteEntry, text: &str, at: u32) -> Option<TextRange> {
    let near = |label: &TextRange| TextRange::new(label.start.saturating_sub(2), label.end + 1).touches(at);
    all(note).filter(near).filter(|label| !label.of(text).is_empty()).min_by_key(|label| !label.touches(at))
}

/// The edits that give a footnote of a note the label `new`, at its references and its definition.
///
/// # Errors
/// If `new` is no label or another footnote's.
pub(super) fn rename(snapshot: &Snapshot, file: FileId, old: &str, new: &str) -> Result<Vec<RenameEdit>, Refusal> {
    let new = new.strip_prefix("[^").and_then(|label| label.strip_suffix(']')).unwrap_or(new);
    if new.is_empty() || new.contains(|c: char| c.is_whitespace() || matches!(c, '[' | ']' | '^')) {
        return Err(Refusal::new("A footnote’s label has no spaces and none of the signs [ ] ^."));
    }
    let Some((note, text)) = with_text(snapshot, file) else { return Ok(Vec::new()) };
    if !same(old, new) && all(note).any(|label| same(label.of(text), new)) {
        return Err(Refusal::new(format!("This note has a footnote [^{new}] already.")));
    }
    let labels = all(note).filter(|label| same(label.of(text), old));
    Ok(labels.map(|label| edit(file, label, new, Why::Sure)).collect())
}
