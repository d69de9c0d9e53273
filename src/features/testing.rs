//! What the features' tests share: a fixture with its caret, and places as a person reads them.

use super::{FilePosition, FileRange};
use crate::workspace::Snapshot;
use crate::workspace::fixture::Fixture;

/// The workspace of a fixture (see [`crate::workspace::fixture`]) and the caret in it.
pub(super) fn at_caret(written: &str) -> (Snapshot, FilePosition) {
    let fixture = Fixture::new(written);
    let (file, offset) = fixture.caret.expect("a caret");
    (fixture.snapshot(), FilePosition { file, offset })
}

/// `a.md:2 Haddad`: the line, and the words where the text is at hand.
pub(super) fn shown(snapshot: &Snapshot, at: FileRange) -> String {
    let line = snapshot.lines(at.file).expect("lines").line_of(at.range.start) + 1;
    let words = snapshot.note(at.file).and_then(|note| Some(at.range.of(note.text.as_deref()?).to_owned()));
    format!("{}:{line} {}", snapshot.path(at.file).expect("a path"), words.unwrap_or_default()).trim_end().to_owned()
}
