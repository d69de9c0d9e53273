//! A footnote's label, at its text and its references in one note.

use super::{Refusal, RenameEdit, Why, edit, with_text};
use crate::features::footnotes::{labels, same};
use crate::workspace::{FileId, Snapshot};

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
    if !same(old, new) && labels(note).any(|label| same(label.of(text), new)) {
        return Err(Refusal::new(format!("This note has a footnote [^{new}] already.")));
    }
    let own = labels(note).filter(|label| same(label.of(text), old));
    Ok(own.map(|label| edit(file, label, new, Why::Sure)).collect())
}
