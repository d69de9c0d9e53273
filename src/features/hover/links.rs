//! Links to places in notes, as a card writes them.

use super::card::Card;
use crate::features::FileRange;
use crate::features::paths::file_name;
use crate::text::TextRange;
use crate::workspace::Snapshot;
use crate::workspace::entities::Place;
use crate::workspace::paths::stem;

/// A place as one would write it: `note:12`.
pub(super) fn place(snapshot: &Snapshot, at: FileRange) -> String {
    let path = snapshot.path(at.file).map_or("", |path| path);
    let line = snapshot.lines(at.file).map_or(0, |lines| lines.line_of(at.range.start));
    let name = file_name(path);
    format!("{name}:{}", line + 1)
}

/// Adds a link to a range of the place's note: `[[note]]:12`, with lines counted from 1.
pub(super) fn note_link(card: &mut Card, place: &Place<'_>, at: TextRange) {
    let line = place.note.lines().line_of(at.start) + 1;
    card.link(format!("[[{}]]:{line}", stem(&place.note.path)), FileRange { file: place.at.file, range: at });
}
