//! Tests: what people told apart ("not the same as") stays apart in every feature, though the names sound alike.

use super::completion::{Names, completion};
use super::nodes::{self, Node};
use super::testing::{analysed, corrected, entity_named, shown};
use super::{FilePosition, call_hierarchy, references, rename, type_hierarchy};
use crate::workspace::{FileId, Snapshot};

const LINE: &str = "different: Nadim Jafari | Nadim Jaafari\n";
const NOTES: [(&str, &str); 4] = [
    ("a.md", "Nadim Jafari spoke in Port Sarn. Lidia Marr said that Nadim Jafari had left.\n"),
    ("b.md", "Nadim Jaafari left Port Sarn. Lidia Marr said that Nadim Jaafari was late.\n"),
    ("orgs/orlec.md", "---\ntype: org\nname: Orlec Group\nmembers: [Nadim Jaafari]\n---\n"),
    ("c.md", "They met Nad\n"),
];

fn at(file: u32, offset: u32) -> FilePosition {
    FilePosition { file: FileId(file), offset }
}

/// Where the edits of a renaming of `a.md`'s person stand, or why there are none.
fn renamed(snapshot: &Snapshot, new: &str) -> Result<Vec<String>, String> {
    let edits = rename::rename(snapshot, &rename::Libraries::default(), at(0, 3), new).map_err(|refusal| refusal.0)?;
    Ok(edits
        .iter()
        .map(|change| shown(snapshot, super::FileRange { file: change.edit.file, range: change.edit.range }))
        .collect())
}

#[test]
fn a_rename_leaves_the_other_alone() {
    let both = renamed(&analysed(&NOTES), "Naseem Jafari").expect("it can be renamed");
    let own = renamed(&corrected(LINE, &NOTES), "Naseem Jafari").expect("it can be renamed");
    assert_eq!(own, ["a.md:1 Nadim Jafari", "a.md:1 Nadim Jafari"]);
    assert!(both.len() >= own.len(), "{both:?}");
    let snapshot = corrected(LINE, &NOTES);
    let edits = rename::rename(&snapshot, &rename::Libraries::default(), at(0, 3), "Nadim Jaafari").expect("it can");
    assert!(!edits.is_empty() && edits.iter().all(|edit| edit.why == rename::Why::Merge), "this joins two people");
}

#[test]
fn completion_offers_both() {
    let offered = |snapshot: &Snapshot| {
        let found = completion(snapshot, &Names::new(snapshot), at(3, 12)).unwrap_or_default();
        let mut labels: Vec<String> = found.items.into_iter().map(|item| item.label).collect();
        labels.sort();
        labels
    };
    assert_eq!(offered(&corrected(LINE, &NOTES)), ["Nadim Jaafari", "Nadim Jafari"]);
    assert_eq!(offered(&analysed(&NOTES)).len(), 1, "one person, offered once");
}

#[test]
fn hierarchies_lead_to_the_one_who_is_meant() {
    let snapshot = corrected(LINE, &NOTES);
    let (jafari, jaafari) = (entity_named(&snapshot, 0, "Nadim Jafari"), entity_named(&snapshot, 1, "Nadim Jaafari"));
    let above =
        |node: &Node| type_hierarchy::supertypes(&snapshot, node).into_iter().map(|item| item.name).collect::<Vec<_>>();
    assert_eq!(above(&jaafari), ["Orlec Group"]);
    assert_eq!(above(&jafari), Vec::<String>::new());
    let below = type_hierarchy::subtypes(&snapshot, &Node::Record(FileId(2)));
    assert_eq!(below.iter().map(|item| item.name.as_str()).collect::<Vec<_>>(), ["Nadim Jaafari"]);
    for (node, file) in [(&jafari, FileId(0)), (&jaafari, FileId(1))] {
        let calls = call_hierarchy::incoming(&snapshot, node);
        assert!(!calls.is_empty() && calls.iter().all(|call| call.item.file == file), "{calls:?}");
        let identity = nodes::identity(&snapshot, node).expect("an identity");
        assert!(
            references::mentions(&snapshot, &identity, true)
                .iter()
                .filter(|at| at.file != FileId(2))
                .all(|at| at.file == file)
        );
    }
}
