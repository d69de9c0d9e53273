//! Every place where something is meant: an entity under all its spellings, a source, a note, a footnote.

use super::subject::{self, Subject};
use super::{FilePosition, FileRange, footnotes};
use crate::analysis::facts::Sourced;
use crate::structure::MarkerKind;
use crate::text::TextRange;
use crate::workspace::entities::Identity;
use crate::workspace::paths::stem;
use crate::workspace::{FileId, NoteEntry, Snapshot, names};

/// All places, in the order of the workspace's files. With `declaration` also the place where it is described: the
/// entity note's name, the bibliography's entry, the footnote's definition.
#[must_use]
pub fn references(snapshot: &Snapshot, position: FilePosition, declaration: bool) -> Vec<FileRange> {
    let file = position.file;
    let Some((subject, _)) = subject::at(snapshot, position) else { return Vec::new() };
    let mut found = match subject {
        Subject::Mention(_) | Subject::Record => match subject::identity(snapshot, position) {
            Some((identity, _)) => mentions(snapshot, &identity, declaration),
            None => Vec::new(),
        },
        Subject::Citation(used) => citations(snapshot, &used.text, declaration),
        Subject::Footnote(label) => {
            snapshot.full(file).map(|n| footnote(n, file, &label, declaration)).unwrap_or_default()
        }
        Subject::Wikilink(used, _) => match snapshot.note_named(&used.text, file) {
            Some(target) => backlinks(snapshot, target, declaration),
            None => unresolved(snapshot, &used.text),
        },
        Subject::Link(target) => links(snapshot, &target),
        Subject::Quotation(index) => same_words(snapshot, position, index),
        Subject::Claim(index) => snapshot.full(file).map(|n| same_source(n, file, index)).unwrap_or_default(),
    };
    found.sort_unstable();
    found.dedup();
    found
}

/// All mentions of somebody, under every spelling, in the whole workspace.
#[must_use]
pub fn mentions(snapshot: &Snapshot, identity: &Identity, declaration: bool) -> Vec<FileRange> {
    let mut found = Vec::new();
    for place in snapshot.places(identity) {
        found.extend(place.mentions().map(|mention| FileRange { file: place.at.file, range: mention.range }));
    }
    if declaration {
        found.extend(identity.record.and_then(|file| record_name(snapshot, file)));
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// The place where an entity note gives its entity's name.
#[must_use]
pub fn record_name(snapshot: &Snapshot, file: FileId) -> Option<FileRange> {
    let range = snapshot.note(file)?.record.as_ref()?.name_range;
    Some(FileRange { file, range })
}

/// The citations of a key, in any order; with `declaration` also the entries that describe its source.
pub(super) fn citations(snapshot: &Snapshot, key: &str, declaration: bool) -> Vec<FileRange> {
    let uses = snapshot.citations_of(key).map(|(file, used)| FileRange { file, range: used.range });
    let entries = snapshot.sources_of(key).into_iter().filter(|_| declaration);
    uses.chain(entries.map(|(file, source)| FileRange { file, range: source.range })).collect()
}

fn footnote(note: &NoteEntry, file: FileId, wanted: &str, declaration: bool) -> Vec<FileRange> {
    let Some(text) = note.text.as_deref() else { return Vec::new() };
    let same = |label: TextRange| footnotes::same(label.of(text), wanted);
    let markers = note.facts.note.markers.iter().filter_map(|marker| match marker.kind {
        MarkerKind::FootnoteReference { label } if same(label) => Some(marker.range),
        MarkerKind::FootnoteDefinition { label, .. } if declaration && same(label) => Some(label),
        _ => None,
    });
    markers.map(|range| FileRange { file, range }).collect()
}

/// The links to a note, in any order; with `declaration` also its title.
pub(super) fn backlinks(snapshot: &Snapshot, target: FileId, declaration: bool) -> Vec<FileRange> {
    let links = snapshot.links_to(target).into_iter().map(|(file, used)| FileRange { file, range: used.range });
    let title = snapshot.note(target).map(|note| FileRange { file: target, range: note.title_range });
    links.chain(title.filter(|_| declaration)).collect()
}

/// Links to a note that does not exist yet: a planned note has backlinks, too.
fn unresolved(snapshot: &Snapshot, target: &str) -> Vec<FileRange> {
    snapshot.links_named(stem(target)).map(|(file, used)| FileRange { file, range: used.range }).collect()
}

fn links(snapshot: &Snapshot, wanted: &str) -> Vec<FileRange> {
    let wanted = names::text_key(wanted);
    let mut found = Vec::new();
    for (file, note) in snapshot.notes() {
        let same = note.addresses().filter(|address| address.key == wanted);
        found.extend(same.map(|address| FileRange { file, range: address.range }));
    }
    found
}

/// The same words in quotation marks, in all notes. Words alone: quotations of one passage differ in their last sign
/// and their line breaks.
fn same_words(snapshot: &Snapshot, position: FilePosition, index: usize) -> Vec<FileRange> {
    let own = snapshot.note(position.file).and_then(|note| note.quotations().nth(index));
    let Some((words, _)) = own else { return Vec::new() };
    let mut found = Vec::new();
    for (file, note) in snapshot.notes() {
        let same = note.quotations().filter(|&(other, _)| other == words);
        found.extend(same.map(|(_, range)| FileRange { file, range }));
    }
    found
}

/// The claims of the note that rest on the same attribution.
fn same_source(note: &NoteEntry, file: FileId, index: usize) -> Vec<FileRange> {
    let governing = |sourced: Sourced| match sourced {
        Sourced::Attribution(a) | Sourced::Carried(a) => Some(a),
        _ => None,
    };
    let Some(wanted) = note.facts.claims.get(index).and_then(|c| governing(c.sourced)) else { return Vec::new() };
    let same = note.facts.claims.iter().filter(|c| governing(c.sourced) == Some(wanted));
    same.map(|c| FileRange { file, range: c.range }).collect()
}

#[cfg(test)]
mod tests {
    use super::super::testing::{at_caret, shown};
    use super::*;

    #[track_caller]
    fn check(written: &str, expected: &[&str]) {
        let (snapshot, position) = at_caret(written);
        let found: Vec<String> = references(&snapshot, position, false).iter().map(|&r| shown(&snapshot, r)).collect();
        assert_eq!(found, expected);
    }

    #[track_caller]
    fn check_with_declaration(written: &str, expected: &[&str]) {
        let (snapshot, position) = at_caret(written);
        let found: Vec<String> = references(&snapshot, position, true).iter().map(|&r| shown(&snapshot, r)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_surname_finds_every_spelling_in_all_notes() {
        check(
            "//- /a.md\n{p1:Nadim Haddad} spoke.\n{p1:Had$0dad} left.\n//- /b.md\n{p1:Nadeem al-Haddad} stayed.\n",
            &["a.md:1 Nadim Haddad", "a.md:2 Haddad", "b.md:1 Nadeem al-Haddad"],
        );
    }

    #[test]
    fn the_entity_note_is_the_declaration_and_asks_the_same() {
        let written =
            "//- /p.md\n---\ntype: person\nname: Nadim$0 Haddad\n---\n\n//- /a.md\n{p1:Nadim Haddad} spoke.\n";
        check(written, &["a.md:1 Nadim Haddad"]);
        check_with_declaration(written, &["p.md:3 Nadim Haddad", "a.md:1 Nadim Haddad"]);
    }

    #[test]
    fn a_key_finds_its_citations_and_its_entry() {
        let written = "//- /refs.bib\n@misc{pell31, title = {Log}}\n//- /a.md\nSo [@pe$0ll31, p. 3].\n//- /b.md\nAnd @pell31 says. [@pell30]\n";
        check(written, &["a.md:1 pell31", "b.md:1 pell31"]);
        check_with_declaration(written, &["a.md:1 pell31", "b.md:1 pell31", "refs.bib:1"]);
    }

    #[test]
    fn a_footnote_stays_in_its_note() {
        let written = "//- /a.md\nOne.[^n$01] Two.[^N1]\n\n[^n1]: Log.\n//- /b.md\nThree.[^n1]\n";
        check(written, &["a.md:1 [^n1]", "a.md:1 [^N1]"]);
        check_with_declaration(written, &["a.md:1 [^n1]", "a.md:1 [^N1]", "a.md:3 n1"]);
    }

    #[test]
    fn a_wikilink_finds_backlinks_even_of_a_note_that_is_not_written_yet() {
        check(
            "//- /a.md\n[[ta$0lks]]\n//- /b.md\nSee [[Talks|them]].\n//- /talks.md\n# Talks\n",
            &["a.md:1 talks", "b.md:1 Talks"],
        );
        check("//- /a.md\n[[pla$0n]]\n//- /b.md\n[[Plan]] [[planner]]\n", &["a.md:1 plan", "b.md:1 Plan"]);
    }

    #[test]
    fn nothing_stands_in_empty_space() {
        check("//- /a.md\n\n$0\n", &[]);
    }

    #[test]
    fn ten_thousand_mentions_are_listed_at_once() {
        let mut written = String::from("//- /a.md\n$0");
        for _ in 0..10_000 {
            written.push_str("{p1:Ada Pell} ran.\n");
        }
        let (snapshot, position) = at_caret(&written);
        assert_eq!(references(&snapshot, position, false).len(), 10_000);
    }
}
