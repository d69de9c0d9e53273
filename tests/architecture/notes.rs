//! What an edit may change.

use std::sync::Arc;

use whosaid::analysis::{self, Memo};
use whosaid::structure::Format;
use whosaid::workspace::{Change, FileId, NoteEntry, Workspace};

#[test]
fn an_edit_changes_no_other_notes_facts() {
    let entry = |path: &str, text: &str| {
        NoteEntry::new(
            path,
            text,
            analysis::analyze(text, Format::of_path(path), &Default::default(), &mut Memo::default()),
        )
    };
    let mut workspace = Workspace::default();
    let person = "---\ntype: person\nname: Nadim Haddad\n---\n";
    workspace.apply(Change::Note(FileId(0), entry("people/haddad.md", person)));
    workspace.apply(Change::Note(
        FileId(1),
        entry("a.md", "Nadim Haddad, the trade minister, met Lidia Marr in Port Sarn."),
    ));
    let before = workspace.snapshot();
    workspace.apply(Change::Note(FileId(0), entry("people/haddad.md", &person.replace("Nadim", "Rana"))));
    workspace.apply(Change::Removed(FileId(0)));
    let after = workspace.snapshot();
    let facts =
        |snapshot: &whosaid::workspace::Snapshot| snapshot.full(FileId(1)).map(|note| note.facts.clone()).unwrap();
    assert!(
        Arc::ptr_eq(&facts(&before), &facts(&after)),
        "Editing one note must not change another note's facts: what names resolve to is the workspace's to say."
    );
    assert!(after.revision() > before.revision(), "Every change raises the revision, or readers keep stale answers.");
}
