//! What the features' tests share: a fixture with its caret, and places as a person reads them.

use std::sync::Arc;

use super::nodes::Node;
use super::{FilePosition, FileRange};
use crate::analysis::corrections::Corrections;
use crate::analysis::{self, AnalysisConfig, Memo};
use crate::config::Config;
use crate::structure::Format;
use crate::workspace::entities::LocalEntity;
use crate::workspace::fixture::Fixture;
use crate::workspace::{Change, FileId, NoteEntry, Snapshot, Workspace};

/// The workspace of a fixture (see [`crate::workspace::fixture`]) and the caret in it.
pub(super) fn at_caret(written: &str) -> (Snapshot, FilePosition) {
    let fixture = Fixture::new(written);
    let (file, offset) = fixture.caret.expect("a caret");
    (fixture.snapshot(), FilePosition { file, offset })
}

/// `a.md:2 Haddad`: the line, and the words where the text is at hand.
pub(super) fn shown(snapshot: &Snapshot, at: FileRange) -> String {
    let line = snapshot.lines(at.file).expect("lines").line_of(at.range.start) + 1;
    let words = snapshot.full(at.file).and_then(|note| Some(at.range.of(note.text.as_deref()?).to_owned()));
    format!("{}:{line} {}", snapshot.path(at.file).expect("a path"), words.unwrap_or_default()).trim_end().to_owned()
}

/// A workspace of notes as the analysis reads them: path and text.
pub(super) fn analysed(notes: &[(&str, &str)]) -> Snapshot {
    corrected("", notes)
}

/// The same under the lines of a corrections file.
pub(super) fn corrected(lines: &str, notes: &[(&str, &str)]) -> Snapshot {
    let analysis = AnalysisConfig { corrections: Arc::new(Corrections::read(lines)), ..AnalysisConfig::default() };
    let mut workspace = Workspace::default();
    workspace.apply(Change::Config(Arc::new(Config { analysis: analysis.clone(), ..Config::default() })));
    for (index, (path, text)) in notes.iter().enumerate() {
        let facts = analysis::analyze(text, Format::of_path(path), &analysis, &mut Memo::default());
        workspace.apply(Change::Note(FileId(index as u32), NoteEntry::new(*path, *text, facts)));
    }
    workspace.snapshot()
}

/// An entity of a note by its name in it.
pub(super) fn entity_named(snapshot: &Snapshot, file: u32, name: &str) -> Node {
    let note = snapshot.note(FileId(file)).expect("a note");
    let local = note.entities().position(|entity| entity.name == name).expect("it is named");
    Node::Entity(LocalEntity { file: FileId(file), local: local as u32 })
}
