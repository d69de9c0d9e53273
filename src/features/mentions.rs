//! Every place where something is named, counted and listed by note.

use std::fmt::Write;

use super::nodes::{self, Node};
use super::wording::plural;
use super::{FileRange, references};
use crate::text::TextRange;
use crate::workspace::{FileId, Snapshot};

/// Places that a page lists.
const LISTED: usize = 500;
/// Bytes of a place's line that are shown.
const SHOWN: usize = 160;

/// The places that name a node, in the order of the files.
#[must_use]
pub fn mentions(snapshot: &Snapshot, node: &Node) -> Vec<FileRange> {
    let mut found = match node {
        Node::Source(key) => references::citations(snapshot, key, false),
        Node::Note(file) => references::backlinks(snapshot, *file, false),
        Node::Entity(_) | Node::Record(_) => nodes::identity(snapshot, node)
            .map_or_else(Vec::new, |identity| references::mentions(snapshot, &identity, false)),
    };
    found.sort_unstable();
    found.dedup();
    found
}

/// "14 mentions in 6 notes"; of a source "cited 3 times in 2 notes".
#[must_use]
pub fn counted(found: &[FileRange], node: &Node) -> String {
    let mut files: Vec<FileId> = found.iter().map(|place| place.file).collect();
    files.dedup();
    let times = match node {
        Node::Source(_) => format!("cited {}", plural(found.len(), "time", "times")),
        Node::Note(_) => plural(found.len(), "link", "links"),
        Node::Entity(_) | Node::Record(_) => plural(found.len(), "mention", "mentions"),
    };
    if found.is_empty() { times } else { format!("{times} in {}", plural(files.len(), "note", "notes")) }
}

/// The places as a page: a heading for each note, a line for each place with its words. None if it is nobody any more.
#[must_use]
pub fn page(
    snapshot: &Snapshot,
    node: &Node,
    line: &dyn Fn(FileRange) -> u32,
    link: &dyn Fn(FileRange) -> Option<String>,
    words: &dyn Fn(FileRange) -> Option<String>,
) -> Option<String> {
    let item = nodes::item(snapshot, node)?;
    let found = mentions(snapshot, node);
    let mut out = format!("# {}\n\n{}\n", item.name, counted(&found, node));
    let mut last = None;
    for &place in found.iter().take(LISTED) {
        if last != Some(place.file) {
            let note = snapshot.note(place.file)?;
            let date = note.date().map(|date| format!(" · {date}")).unwrap_or_default();
            let _ = write!(out, "\n## {}{date}\n\n", note.path);
            last = Some(place.file);
        }
        let number = line(place);
        let shown = link(place).map_or_else(|| number.to_string(), |address| format!("[{number}](<{address}>)"));
        let _ = writeln!(out, "- {shown} {}", words(place).unwrap_or_default());
    }
    if let Some(more) = found.len().checked_sub(LISTED).filter(|&more| more > 0) {
        let _ = writeln!(out, "\n{}", plural(more, "more place", "more places"));
    }
    Some(out)
}

/// The line around a place, cut to what fits, with the place itself strong.
#[must_use]
pub fn line_around(text: &str, range: TextRange) -> Option<String> {
    let named = text.get(range.span())?;
    let before = text.get(..range.start as usize)?;
    let after = text.get(range.end as usize..)?;
    let before = before.rsplit(['\n', '\r']).next()?;
    let after = after.split(['\n', '\r']).next()?;
    let room = SHOWN.saturating_sub(named.len()) / 2;
    let from = (before.len().saturating_sub(room)..=before.len()).find(|&at| before.is_char_boundary(at))?;
    let to = (0..=room.min(after.len())).rev().find(|&at| after.is_char_boundary(at))?;
    let cut = |hidden: bool| if hidden { "…" } else { "" };
    let (start, end) = (cut(from > 0), cut(to < after.len()));
    let (before, named, after) = (before.get(from..)?.trim_start(), named.replace(['\n', '\r'], " "), after.get(..to)?);
    Some(format!("{start}{before}**{named}**{after}{end}"))
}

#[cfg(test)]
mod tests {
    use super::super::testing::at_caret;
    use super::*;

    #[test]
    fn places_are_counted_and_listed_by_note() {
        let written =
            "//- /a.md\n{p1:Nadim$0 Haddad} left. {p1:Haddad} ate.\n//- /b.md\nHere {p1:Nadim Haddad} slept.\n";
        let (snapshot, position) = at_caret(written);
        let node = nodes::at(&snapshot, position).expect("a node").node;
        assert_eq!(counted(&mentions(&snapshot, &node), &node), "3 mentions in 2 notes");
        let words = |place: FileRange| line_around(snapshot.full(place.file)?.text.as_deref()?, place.range);
        let shown = page(&snapshot, &node, &|place| place.range.start, &|_| None, &words).expect("a page");
        assert_eq!(
            shown,
            "# Nadim Haddad\n\n3 mentions in 2 notes\n\n## a.md\n\n- 0 **Nadim Haddad** left. Haddad ate.\n- 19 Nadim Haddad left. **Haddad** ate.\n\n## b.md\n\n- 5 Here **Nadim Haddad** slept.\n"
        );
    }

    #[test]
    fn a_line_is_cut_between_letters() {
        let text = format!("{} Marr {}\n", "é".repeat(200), "é".repeat(200));
        let at = text.find("Marr").expect("it is there");
        let shown = line_around(&text, TextRange::from_usize(at, at + 4)).expect("a line");
        assert!(shown.starts_with('…') && shown.ends_with('…') && shown.contains("**Marr**") && shown.len() < 200);
    }
}
