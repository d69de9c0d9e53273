//! Who speaks about whom, and what rests on what.
//!
//! Of an entity: "incoming" is who makes statements about it, "outgoing" whom it makes statements about. Of a source:
//! incoming are the sources that derive from it and the notes that cite it, outgoing what it derives from itself. Of a
//! note: incoming are the notes that link to it, outgoing what it cites and links to.

use std::sync::Arc;

use super::nodes::{self, HierarchyItem, Node};
use crate::text::TextRange;
use crate::workspace::brief::Statement;
use crate::workspace::entities::{LocalEntity, Place};
use crate::workspace::library::Source;
use crate::workspace::{FileId, Snapshot};

/// Notes that statements are read from, the newest first.
const LATEST: usize = 400;

/// Fields by which a source says what it derives from.
const DERIVES: [&str; 5] = ["derived_from", "derived-from", "via", "cites", "related"];

/// One edge of the hierarchy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// The other end, shown at the statement (citation, link) itself.
    pub item: HierarchyItem,
    /// The statements, citations or links in the item's file.
    pub ranges: Vec<TextRange>,
}

/// The calls that lead to a node: those who speak about it, or what rests on it.
#[must_use]
pub fn incoming(snapshot: &Snapshot, node: &Node) -> Vec<Call> {
    match node {
        Node::Entity(_) | Node::Record(_) => spoken_about(snapshot, node),
        Node::Source(key) => derived(snapshot, key).chain(cited(snapshot, key)).collect(),
        Node::Note(file) => linked_from(snapshot, *file),
    }
}

/// The calls that a node makes: those whom it speaks about, or what it rests on.
#[must_use]
pub fn outgoing(snapshot: &Snapshot, node: &Node) -> Vec<Call> {
    match node {
        Node::Entity(_) | Node::Record(_) => speaks_about(snapshot, node),
        Node::Source(key) => {
            let of = |(_, source): (FileId, Arc<Source>)| origins(&source).collect::<Vec<_>>();
            let keys = snapshot.sources_of(key).into_iter().flat_map(of);
            keys.filter_map(|key| whole(nodes::source(snapshot, &key)?)).collect()
        }
        Node::Note(file) => rests_on(snapshot, *file),
    }
}

fn whole(item: HierarchyItem) -> Option<Call> {
    let ranges = vec![item.focus];
    Some(Call { item, ranges })
}

/// The places of an entity, newest note first.
fn places<'s>(snapshot: &'s Snapshot, node: &Node) -> Vec<Place<'s>> {
    let Some(identity) = nodes::identity(snapshot, node) else { return Vec::new() };
    nodes::latest(snapshot, &identity, LATEST)
}

/// The statements of a place's note that were made: what was left unsaid, or is only wanted, speaks about nobody.
fn made<'p>(place: &'p Place<'_>) -> impl Iterator<Item = Statement<'p>> {
    place.note.statements().filter(|statement| statement.speech.is_statement())
}

/// One call for each speaker in each note.
fn spoken_about(snapshot: &Snapshot, node: &Node) -> Vec<Call> {
    let mut calls = Grouped::default();
    for place in places(snapshot, node) {
        let mine: Vec<TextRange> = place.mentions().map(|mention| mention.range).collect();
        for statement in made(&place).filter(|statement| statement.speaker != place.at.local) {
            let about: Vec<TextRange> = within(&mine, &statement.content().collect::<Vec<_>>());
            if !about.is_empty() {
                calls.add(
                    LocalEntity { file: place.at.file, local: statement.speaker },
                    statement.full,
                    statement.focus,
                    &about,
                );
            }
        }
    }
    calls.items(snapshot)
}

/// One call for each entity that it speaks of in each note.
fn speaks_about(snapshot: &Snapshot, node: &Node) -> Vec<Call> {
    let mut calls = Grouped::default();
    for place in places(snapshot, node) {
        for statement in made(&place).filter(|statement| statement.speaker == place.at.local) {
            for content in statement.content() {
                let others = place.note.mentions_in(content).into_iter();
                for (local, mention) in others.filter(|(local, m)| *local != place.at.local && m.kind.is_named()) {
                    let at = LocalEntity { file: place.at.file, local };
                    calls.add(at, statement.full, mention.range, &[mention.range]);
                }
            }
        }
    }
    calls.items(snapshot)
}

fn within(ranges: &[TextRange], around: &[TextRange]) -> Vec<TextRange> {
    ranges.iter().copied().filter(|range| around.iter().any(|outer| outer.contains_range(*range))).collect()
}

/// Statements by the entity at their other end, in the order in which they were met.
#[derive(Default)]
struct Grouped {
    found: Vec<(LocalEntity, TextRange, TextRange, Vec<TextRange>)>,
}

impl Grouped {
    fn add(&mut self, at: LocalEntity, full: TextRange, focus: TextRange, ranges: &[TextRange]) {
        match self.found.iter_mut().rev().find(|(known, ..)| *known == at) {
            Some((_, all, _, known)) => {
                *all = all.cover(full);
                known.extend(ranges);
            }
            None => self.found.push((at, full, focus, ranges.to_vec())),
        }
    }

    fn items(self, snapshot: &Snapshot) -> Vec<Call> {
        let call = |(at, full, focus, mut ranges): (LocalEntity, TextRange, TextRange, Vec<TextRange>)| {
            ranges.sort_unstable();
            ranges.dedup();
            let item = nodes::entity(snapshot, &Node::Entity(at))?;
            let note = snapshot.note(at.file)?;
            let date = note.date().map(|date| format!("{date} · ")).unwrap_or_default();
            let detail = format!("{date}{}", note.title());
            Some(Call { item: item.shown_at(at.file, full, focus).with_detail(detail), ranges })
        };
        self.found.into_iter().filter_map(call).collect()
    }
}

/// The keys that a source names as where it comes from.
fn origins(source: &Source) -> impl Iterator<Item = String> {
    let named = source.fields.iter().filter(|(field, _)| DERIVES.contains(&field.as_str()));
    let keys = named.flat_map(|(_, value)| value.split([',', ';', ' ']));
    keys.map(|key| key.trim_matches(|c: char| "[]@{}\"".contains(c)).to_owned()).filter(|key| !key.is_empty())
}

fn derived<'s>(snapshot: &'s Snapshot, key: &'s str) -> impl Iterator<Item = Call> {
    let of = snapshot.sources().filter(|(_, source)| origins(source).any(|origin| origin == *key));
    of.filter_map(|(_, source)| whole(nodes::source(snapshot, &source.key)?))
}

/// The notes that cite a key, each once.
fn cited(snapshot: &Snapshot, key: &str) -> Vec<Call> {
    let uses = snapshot.citations_of(key).map(|(file, used)| (file, used.range));
    by_note(snapshot, uses)
}

fn linked_from(snapshot: &Snapshot, file: FileId) -> Vec<Call> {
    let links = snapshot.links_to(file);
    by_note(snapshot, links.iter().map(|(from, used)| (*from, used.range)))
}

fn by_note(snapshot: &Snapshot, uses: impl Iterator<Item = (FileId, TextRange)>) -> Vec<Call> {
    let mut calls: Vec<Call> = Vec::new();
    for (file, range) in uses {
        if let Some(last) = calls.last_mut().filter(|last| last.item.file == file) {
            last.item.full = last.item.full.cover(range);
            last.ranges.push(range);
        } else if let Some(item) = nodes::note_itself(snapshot, file) {
            calls.push(Call { item: item.shown_at(file, range, range), ranges: vec![range] });
        }
    }
    calls
}

/// The sources that a note cites, then the notes it links to, each once and shown where it is described.
fn rests_on(snapshot: &Snapshot, file: FileId) -> Vec<Call> {
    let Some(note) = snapshot.note(file) else { return Vec::new() };
    let sources = note.citations().filter_map(|used| nodes::source(snapshot, used.text));
    let linked = |target: &str| nodes::of_note(snapshot, snapshot.note_named(target, file)?);
    let notes = note.links().filter_map(|used| linked(used.text));
    let mut calls: Vec<Call> = Vec::new();
    for item in sources.chain(notes) {
        if calls.iter().all(|call| call.item.node != item.node) {
            calls.extend(whole(item));
        }
    }
    calls
}

#[cfg(test)]
mod tests {
    use super::super::FileRange;
    use super::super::testing::{analysed, at_caret, entity_named, shown};
    use super::*;

    #[track_caller]
    fn check(ask: fn(&Snapshot, &Node) -> Vec<Call>, written: &str, expected: &[&str]) {
        let (snapshot, position) = at_caret(written);
        let item = nodes::at(&snapshot, position).expect("a node");
        let line = |call: &Call| {
            assert!(call.item.full.contains_range(call.item.focus));
            let at = |range| shown(&snapshot, FileRange { file: call.item.file, range });
            let ranges: Vec<String> = call.ranges.iter().map(|&range| at(range)).collect();
            format!("{} <- {}", call.item.name, ranges.join(", "))
        };
        assert_eq!(ask(&snapshot, &item.node).iter().map(line).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn who_speaks_about_whom() {
        let notes = [
            ("a.md", "Ada Pell said that Nadim Haddad had lied. Lidia Marr said that Nadim Haddad had left.\n"),
            ("b.md", "Nadim Haddad said that Ada Pell was wrong. Ada Pell said that the quota stands.\n"),
        ];
        let snapshot = analysed(&notes);
        let line = |call: &Call| {
            let at = |range| shown(&snapshot, FileRange { file: call.item.file, range });
            let ranges: Vec<String> = call.ranges.iter().map(|&range| at(range)).collect();
            format!("{} [{}] {}", call.item.name, at(call.item.focus), ranges.join(", "))
        };
        let shown = |calls: Vec<Call>| calls.iter().map(line).collect::<Vec<_>>();
        let haddad = entity_named(&snapshot, 1, "Nadim Haddad");
        assert_eq!(
            shown(incoming(&snapshot, &haddad)),
            ["Ada Pell [a.md:1 Ada Pell] a.md:1 Nadim Haddad", "Lidia Marr [a.md:1 Lidia Marr] a.md:1 Nadim Haddad"]
        );
        assert_eq!(shown(outgoing(&snapshot, &haddad)), ["Ada Pell [b.md:1 Ada Pell] b.md:1 Ada Pell"]);
    }

    #[test]
    fn a_source_rests_on_its_origins_and_others_rest_on_it() {
        let library = "//- /refs.bib\n@misc{log31, title = {Log}}\n@misc{hd31, title = {Story}, via = {log31}}\n";
        let cited = "//- /b.md\n# Brief\n\nSo [@log31] and [@log31].\n";
        check(
            incoming,
            &format!("//- /a.md\nOne [@log$031].\n{cited}{library}"),
            &["@hd31 <- refs.bib:2", "a <- a.md:1 log31", "Brief <- b.md:3 log31, b.md:3 log31"],
        );
        check(outgoing, &format!("//- /a.md\nOne [@hd$031].\n{cited}{library}"), &["@log31 <- refs.bib:1"]);
    }

    #[test]
    fn a_note_rests_on_what_it_cites_and_links() {
        let notes = "//- /talks.md\n# Talks\n\nSo [@log31], see [[plan]].\n//- /plan.md\n# Plan\n//- /refs.bib\n@misc{log31, title = {Log}}\n";
        check(
            outgoing,
            &format!("//- /a.md\nSee [[tal$0ks]].\n{notes}"),
            &["@log31 <- refs.bib:1", "Plan <- plan.md:1 Plan"],
        );
        check(incoming, &format!("//- /a.md\nSee [[tal$0ks]].\n{notes}"), &["a <- a.md:1 talks"]);
    }
}
