//! Files that are to be renamed or moved: the links that would lead nowhere afterwards.
//!
//! A wikilink follows its note's new name or path; one by title or alias holds anyway. A relative link follows where its
//! target or its own note goes. Edits are for the files as they are called before the move.

use std::collections::BTreeMap;

use super::definition::{joined, linked_file};
use super::paths::{extension, file_name, folder, without_extension};
use crate::rules::Edit;
use crate::structure::MarkerKind;
use crate::text::TextRange;
use crate::workspace::names::fold;
use crate::workspace::paths::stem;
use crate::workspace::{FileId, Snapshot};

/// A file or folder and where it goes; paths as the workspace has them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// The path so far.
    pub from: String,
    /// The path to be.
    pub to: String,
}

/// Notes that go, with their new paths: those of folders one by one.
#[must_use]
pub fn moves(snapshot: &Snapshot, moved: &[Moved]) -> BTreeMap<FileId, String> {
    let mut moves = BTreeMap::new();
    for Moved { from, to } in moved {
        if let Some(file) = snapshot.file_at(from) {
            moves.insert(file, to.clone());
            continue;
        }
        for (file, note) in snapshot.notes() {
            if let Some(rest) = note.path.strip_prefix(from.as_str()).filter(|rest| rest.starts_with('/')) {
                moves.insert(file, format!("{to}{rest}"));
            }
        }
    }
    moves
}

/// The notes whose texts [`edits`] needs.
#[must_use]
pub fn needs(snapshot: &Snapshot, moves: &BTreeMap<FileId, String>) -> Vec<FileId> {
    let mut notes: Vec<FileId> = moves.keys().copied().collect();
    notes.extend(moves.keys().flat_map(|&file| snapshot.links_to(file)).map(|(from, _)| from));
    for (from, note) in snapshot.notes() {
        let leads = |target: &str| linked_file(snapshot, from, target).is_some_and(|to| moves.contains_key(&to));
        if note.addresses().any(|address| leads(address.target)) {
            notes.push(from);
        }
    }
    notes.sort_unstable();
    notes.dedup();
    notes
}

/// The edits that keep all links alive. A note without its text is not edited.
#[must_use]
pub fn edits(snapshot: &Snapshot, moves: &BTreeMap<FileId, String>) -> Vec<Edit> {
    let mut edits = Vec::new();
    for from in needs(snapshot, moves) {
        let Some((note, text)) = snapshot.full(from).and_then(|note| Some((note, note.text.as_deref()?))) else {
            continue;
        };
        let linking = Linking { snapshot, moves, from };
        for marker in &note.facts.note.markers {
            match &marker.kind {
                MarkerKind::Wikilink { target, .. } => {
                    let new = linking.wikilink(target.of(text));
                    edits.extend(new.map(|text| Edit { file: from, range: *target, text }));
                }
                MarkerKind::Link { target, .. } | MarkerKind::Image { target, .. } => {
                    let Some(new) = linking.address(target) else { continue };
                    let path = target.split(['#', '?']).next().unwrap_or(target).len() as u32;
                    let at = marker.range.of(text).rfind(target.as_str()).map(|at| marker.range.start + at as u32);
                    let Some(at) = at.or_else(|| reference(text, target)) else { continue };
                    edits.push(Edit { file: from, range: TextRange::new(at, at + path), text: new });
                }
                _ => {}
            }
        }
    }
    edits.sort_by_key(|edit| (edit.file, edit.range));
    edits.dedup_by_key(|edit| (edit.file, edit.range));
    edits
}

/// The place of the address in a reference of links (`[ref]: address`).
fn reference(text: &str, target: &str) -> Option<u32> {
    let places = text.match_indices(target).map(|(at, _)| at);
    let defined =
        |at: &usize| text.get(..*at).is_some_and(|before| before.trim_end_matches([' ', '<']).ends_with("]:"));
    places.into_iter().find(defined).map(|at| at as u32)
}

struct Linking<'s> {
    snapshot: &'s Snapshot,
    moves: &'s BTreeMap<FileId, String>,
    from: FileId,
}

impl Linking<'_> {
    /// The new target of a wikilink, if it needs one.
    fn wikilink(&self, target: &str) -> Option<String> {
        let named = target.trim();
        let to = self.snapshot.note_named(named, self.from)?;
        let (old, new) = (self.snapshot.path(to)?, self.moves.get(&to)?);
        let is_by_path = named.contains('/');
        let is_by_name = fold(stem(named)) == fold(stem(old));
        if !is_by_path && (!is_by_name || fold(stem(old)) == fold(stem(new))) {
            return None;
        }
        // A name that another note has, too, would lead there.
        let taken =
            self.snapshot.note_named(stem(new), self.from).is_some_and(|other| !self.moves.contains_key(&other));
        let extension = if stem(named).len() < file_name(named).len() { extension(new) } else { "" };
        let target = if is_by_path || taken { without_extension(new) } else { stem(new) };
        Some(format!("{target}{extension}")).filter(|new| new != named)
    }

    /// The new path of an address, without its anchor, if it needs one.
    fn address(&self, target: &str) -> Option<String> {
        let path = target.split(['#', '?']).next().filter(|path| !path.is_empty() && !path.contains(':'))?;
        let here = self.snapshot.path(self.from)?;
        let near = joined(self.snapshot, self.from, path)?;
        let to = linked_file(self.snapshot, self.from, path);
        let goes = self.moves.get(&self.from);
        let old = to.and_then(|to| self.snapshot.path(to)).map(|path| path.to_string());
        let from_root = path.starts_with('/') || old.as_ref().is_some_and(|old| *old != near);
        let new = to.and_then(|to| self.moves.get(&to)).cloned();
        // What is no note does not move; a link to it follows its own note.
        let wanted = new.clone().or(old).unwrap_or(near);
        if new.is_none() && (goes.is_none() || from_root) {
            return None;
        }
        let written = if from_root {
            format!("{}{}", if path.starts_with('/') { "/" } else { "" }, wanted.trim_start_matches('/'))
        } else {
            let dotted = if path.starts_with("./") { "./" } else { "" };
            let found = relative(folder(goes.map_or(here, |goes| goes)), &wanted);
            if found.starts_with("..") { found } else { format!("{dotted}{found}") }
        };
        let written = if path.contains(' ') { written } else { written.replace(' ', "%20") };
        (written != path).then_some(written)
    }
}

/// A path as one would write it in a note of `folder`.
fn relative(folder: &str, path: &str) -> String {
    let here: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    let there: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    let shared =
        here.iter().zip(&there).take_while(|(one, other)| one == other).count().min(there.len().saturating_sub(1));
    let up = std::iter::repeat_n("..", here.len() - shared);
    up.chain(there.iter().skip(shared).copied()).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::fixture::Fixture;

    #[track_caller]
    fn check(written: &str, moved: &[(&str, &str)], expected: &[(&str, &str)]) {
        let snapshot = Fixture::new(written).snapshot();
        let moved: Vec<Moved> =
            moved.iter().map(|(from, to)| Moved { from: (*from).to_owned(), to: (*to).to_owned() }).collect();
        let moves = moves(&snapshot, &moved);
        let edits = edits(&snapshot, &moves);
        for (path, after) in expected {
            let file = snapshot.file_at(path).unwrap();
            let mut text = snapshot.full(file).unwrap().text.as_deref().unwrap().to_owned();
            for edit in edits.iter().rev().filter(|edit| edit.file == file) {
                text.replace_range(edit.range.span(), &edit.text);
            }
            assert_eq!(text, *after, "{path}");
        }
    }

    #[test]
    fn links_follow_a_note_that_is_renamed() {
        check(
            "//- /talks.md\n# Talks in Lusk\n//- /notes/a.md\n[[talks]] [[Talks in Lusk]] [[talks#x|shown]] [[talks.md]] [y](../talks.md#x) [z][r] [w](none.md)\n\n[r]: ../talks.md\n",
            &[("talks.md", "lusk talks.md")],
            &[(
                "notes/a.md",
                "[[lusk talks]] [[Talks in Lusk]] [[lusk talks#x|shown]] [[lusk talks.md]] [y](../lusk%20talks.md#x) [z][r] [w](none.md)\n\n[r]: ../lusk%20talks.md\n",
            )],
        );
    }

    #[test]
    fn a_note_that_moves_takes_its_own_links_along() {
        check(
            "//- /talks.md\n# Talks\n//- /a.md\n[x](talks.md) ![m](img/m.png) [[talks]] [w](https://hd.example/x) [v](/talks.md) [u](#here)\n//- /b.md\n[[a]] [y](a.md) [z](./a.md)\n",
            &[("a.md", "old/2030/a.md")],
            &[
                (
                    "a.md",
                    "[x](../../talks.md) ![m](../../img/m.png) [[talks]] [w](https://hd.example/x) [v](/talks.md) [u](#here)\n",
                ),
                ("b.md", "[[a]] [y](old/2030/a.md) [z](./old/2030/a.md)\n"),
            ],
        );
    }

    #[test]
    fn a_folder_moves_with_its_notes_and_what_is_inside_stays_related() {
        check(
            "//- /x/a.md\n[b](b.md) [c](../c.md) [[x/b]]\n//- /x/b.md\n# B\n//- /c.md\n[[x/b]] [b](x/b.md) [[xx/d]]\n//- /xx/d.md\n# D\n",
            &[("x", "y/z")],
            &[("x/a.md", "[b](b.md) [c](../../c.md) [[y/z/b]]\n"), ("c.md", "[[y/z/b]] [b](y/z/b.md) [[xx/d]]\n")],
        );
    }

    #[test]
    fn a_name_that_another_note_has_is_written_with_its_path() {
        check(
            "//- /talks.md\n# T\n//- /x/log.md\n# L\n//- /a.md\n[[talks]]\n",
            &[("talks.md", "y/log.md")],
            &[("a.md", "[[y/log]]\n")],
        );
    }

    #[test]
    fn what_nobody_knows_moves_without_edits() {
        let snapshot = Fixture::new("//- /a.md\n[[talks]]\n").snapshot();
        let moved = [Moved { from: "none.md".to_owned(), to: "other.md".to_owned() }];
        assert_eq!(edits(&snapshot, &moves(&snapshot, &moved)), []);
    }
}
