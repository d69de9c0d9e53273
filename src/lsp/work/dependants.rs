//! Which closed notes are to be checked again because another note changed.
//!
//! An open note is checked again after every change. A closed one costs a reading of its file, so only those are read
//! that look at the changed note, and only if what they can see of it moved: its name, headings, and what it says of a
//! source. A change of its prose alone moves nobody.

use std::sync::Arc;

use xxhash_rust::xxh3::Xxh3;

use crate::workspace::brief::Brief;
use crate::workspace::paths::stem;
use crate::workspace::{FileId, Snapshot};

/// So many are read again for one change; a note that more notes cite is waited for by the next index.
const MOST: usize = 256;

/// The notes that look at `file`, if what they see of it differs from what it was; at most [`MOST`].
pub(in crate::lsp) fn of_change(before: Option<&Arc<Brief>>, now: &Snapshot, file: FileId) -> Vec<FileId> {
    let after = now.note(file);
    if before.map(face) == after.map(face) {
        return Vec::new();
    }
    let mut readers: Vec<FileId> = now.links_to(file).into_iter().map(|(from, _)| from).collect();
    for note in [before, after].into_iter().flatten() {
        for name in [stem(&note.path), note.title()] {
            readers.extend(now.links_named(name).map(|(from, _)| from));
        }
        if let Some(source) = &note.source {
            readers.extend(now.citations_of(&source.key).map(|(from, _)| from));
        }
    }
    readers.sort_unstable();
    readers.dedup();
    readers.retain(|reader| *reader != file);
    readers.truncate(MOST);
    readers
}

/// A hash of what other notes can see of a note.
fn face(note: &Arc<Brief>) -> u64 {
    let mut hasher = Xxh3::new();
    let mut add = |text: &str| {
        hasher.update(&(text.len() as u32).to_le_bytes());
        hasher.update(text.as_bytes());
    };
    add(&note.path);
    add(note.title());
    note.headings().for_each(|heading| add(heading.text));
    if let Some(source) = &note.source {
        add(&format!("{source:?}"));
    }
    hasher.digest()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{self, AnalysisConfig, Memo};
    use crate::structure::Format;
    use crate::workspace::{Change, NoteEntry, Workspace};

    fn put(workspace: &mut Workspace, file: u32, path: &str, text: &str) {
        let facts = analysis::analyze(text, Format::Markdown, &AnalysisConfig::default(), &mut Memo::default());
        let note = NoteEntry::new(path.to_owned(), text.to_owned(), facts);
        workspace.apply(Change::Closed(FileId(file), note.brief));
    }

    #[test]
    fn only_those_that_look_at_a_note_are_read_again_and_only_if_its_face_moved() {
        let mut workspace = Workspace::default();
        let source = "---\ntype: source\ncitekey: hd31\n---\n# MessageIngress log\n";
        put(&mut workspace, 0, "sources/log.md", source);
        put(&mut workspace, 1, "a.md", "It was shut [@hd31].\n");
        put(&mut workspace, 2, "b.md", "See [[log]].\n");
        put(&mut workspace, 3, "c.md", "See [[ledger]].\n");
        for other in 4..100 {
            put(&mut workspace, other, &format!("other{other}.md"), "The gate is open.\n");
        }
        let before = workspace.snapshot();
        let of = |workspace: &Workspace| of_change(before.note(FileId(0)), &workspace.snapshot(), FileId(0));
        put(&mut workspace, 0, "sources/log.md", &format!("{source}More prose.\n"));
        assert_eq!(of(&workspace), []);
        put(&mut workspace, 0, "sources/log.md", &source.replace("hd31", "hd32"));
        assert_eq!(of(&workspace), [FileId(1), FileId(2)]);
        put(
            &mut workspace,
            0,
            "sources/log.md",
            &source.replace("# MessageIngress log", "# MessageIngress log\n\n## May"),
        );
        assert_eq!(of(&workspace), [FileId(1), FileId(2)]);
        workspace.apply(Change::Removed(FileId(0)));
        assert_eq!(of(&workspace), [FileId(1), FileId(2)]);
    }

    #[test]
    fn a_note_of_everybody_costs_no_more_than_so_many() {
        let mut workspace = Workspace::default();
        put(&mut workspace, 0, "log.md", "# Log\n");
        for other in 1..=MOST as u32 + 50 {
            put(&mut workspace, other, &format!("other{other}.md"), "See [[log]].\n");
        }
        let before = workspace.snapshot();
        workspace.apply(Change::Removed(FileId(0)));
        assert_eq!(of_change(before.note(FileId(0)), &workspace.snapshot(), FileId(0)).len(), MOST);
    }
}
