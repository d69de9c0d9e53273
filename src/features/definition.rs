//! Where something is described, first named, or stated.

use std::sync::Arc;

use super::footnotes::{self, Definition};
use super::paths::folder;
use super::subject::{self, Subject};
use super::{FilePosition, FileRange, Jump, Target, references};
use crate::analysis::facts::{MentionForm, Sourced};
use crate::structure::MarkerKind;
use crate::text::TextRange;
use crate::workspace::entities::{Identity, LocalEntity, Place};
use crate::workspace::{FileId, NoteEntry, Snapshot, names};

/// Gives the text of a note; none if it is not at hand.
pub type Texts<'a> = dyn Fn(FileId) -> Option<Arc<str>> + 'a;

/// The entity note (else the first full mention), the bibliography's entry or source note, the footnote's text, the
/// linked note or heading; of a quotation, its passage in the cited source.
#[must_use]
pub fn definition(snapshot: &Snapshot, position: FilePosition) -> Option<Jump> {
    definition_with(snapshot, position, &|file| snapshot.full(file)?.text.clone())
}

/// The same; `texts` gives the text of any note, so that a passage is found in a source that is not open.
#[must_use]
pub fn definition_with(snapshot: &Snapshot, position: FilePosition, texts: &Texts<'_>) -> Option<Jump> {
    let (subject, origin) = subject::at(snapshot, position)?;
    let file = position.file;
    let note = || snapshot.full(file);
    let targets = match subject {
        Subject::Mention(_) | Subject::Record => entity(snapshot, position),
        Subject::Citation(used) => {
            let sources = snapshot.sources_of(&used.text).into_iter();
            sources.map(|(file, source)| Target::whole(file, source.range)).collect()
        }
        Subject::Footnote(label) => footnote_body(note()?, file, &label),
        Subject::Wikilink(used, anchor) => snapshot
            .note_named(&used.text, file)
            .or_else(|| used.text.is_empty().then_some(file))
            .map_or_else(Vec::new, |to| vec![note_target(snapshot, to, anchor.as_deref())]),
        Subject::Link(target) => linked(snapshot, file, &target),
        Subject::Quotation(index) => passage(snapshot, note()?, index, texts),
        Subject::Claim(index) => cited_source(snapshot, note()?, index),
    };
    (!targets.is_empty()).then_some(Jump { origin, targets })
}

/// The first mention in this note; the first use of a key or footnote in it; for a claim or quotation, the sentence
/// that introduces the source which governs it.
#[must_use]
pub fn declaration(snapshot: &Snapshot, position: FilePosition) -> Option<Jump> {
    let (subject, origin) = subject::at(snapshot, position)?;
    let file = position.file;
    let note = snapshot.full(file)?;
    let first = match subject {
        Subject::Mention(mention) => {
            let entity = note.facts.entities.get(mention.entity? as usize)?;
            entity.mentions.first().and_then(|&m| note.facts.mentions.get(m as usize)).map(|m| m.range)
        }
        Subject::Record => note.brief.record.as_ref().map(|record| record.name_range),
        Subject::Citation(used) => note.brief.citations().find(|u| *u.text == *used.text).map(|u| u.range),
        Subject::Footnote(label) => footnote_use(note, &label),
        Subject::Quotation(index) => note.facts.quotations.get(index)?.attribution.and_then(|a| sentence_of(note, a)),
        Subject::Claim(index) => match note.facts.claims.get(index)?.sourced {
            Sourced::Attribution(a) | Sourced::Carried(a) => sentence_of(note, a),
            Sourced::Citation(marker) => marker.and_then(|m| note.facts.note.markers.get(m as usize)).map(|m| m.range),
            Sourced::None => None,
        },
        Subject::Wikilink(..) | Subject::Link(_) => None,
    };
    Some(Jump { origin, targets: vec![Target::whole(file, first?)] })
}

/// Statements by the entity, in all notes; claims of this note that rest on the source.
#[must_use]
pub fn implementation(snapshot: &Snapshot, position: FilePosition) -> Option<Jump> {
    let (subject, origin) = subject::at(snapshot, position)?;
    let targets = match subject {
        Subject::Mention(_) | Subject::Record => statements(snapshot, &subject::identity(snapshot, position)?.0),
        Subject::Citation(used) => {
            let uses = snapshot.citations_of(&used.text);
            let sentences = uses.filter_map(|(file, used)| Some(Target::whole(file, used.sentence?)));
            sentences.collect()
        }
        _ => Vec::new(),
    };
    (!targets.is_empty()).then_some(Jump { origin, targets })
}

/// The kind of thing that it is an instance of: of a citation, the note of the outlet that published the source.
#[must_use]
pub fn type_definition(snapshot: &Snapshot, position: FilePosition) -> Option<Jump> {
    let (subject, origin) = subject::at(snapshot, position)?;
    let Subject::Citation(used) = subject else { return None };
    let outlets = snapshot.sources_of(&used.text).into_iter().map(|(_, source)| source.publisher.clone());
    let notes = outlets.filter(|outlet| !outlet.is_empty()).filter_map(|o| snapshot.note_named(&o, position.file));
    let targets: Vec<Target> = notes.map(|file| note_target(snapshot, file, None)).collect();
    (!targets.is_empty()).then_some(Jump { origin, targets })
}

/// The statements that somebody made, said or denied, in all notes.
#[must_use]
pub fn statements(snapshot: &Snapshot, identity: &Identity) -> Vec<Target> {
    let mut found = Vec::new();
    for Place { at: LocalEntity { file, local }, note, .. } in snapshot.places(identity) {
        for said in note.statements().filter(|said| said.speaker == local && said.speech.is_statement()) {
            found.extend(said.content().next().map(|focus| Target { file, full: said.full, focus }));
        }
    }
    found
}

fn entity(snapshot: &Snapshot, position: FilePosition) -> Vec<Target> {
    let Some((identity, _)) = subject::identity(snapshot, position) else { return Vec::new() };
    let records = identity.record.iter().chain(&identity.rivals);
    let mut targets: Vec<Target> = Vec::new();
    for name in records.filter_map(|&file| references::record_name(snapshot, file)) {
        let target = Target::whole(name.file, name.range);
        if !targets.contains(&target) {
            targets.push(target);
        }
    }
    if targets.is_empty() {
        targets.extend(first_full(snapshot, &identity, position.file));
    }
    targets
}

/// The first mention by full name: in this note if there is one, else in the earliest note by date and path.
fn first_full(snapshot: &Snapshot, identity: &Identity, here: FileId) -> Option<Target> {
    let full = |place: &Place<'_>| {
        let first = place.mentions().find(|m| m.form == MentionForm::Full).or_else(|| place.mentions().next())?;
        Some(Target::whole(place.at.file, first.range))
    };
    let mut places = snapshot.places(identity);
    places.sort_by_key(|place| {
        let date = place.note.date();
        (place.at.file != here, date.is_none(), date, place.at)
    });
    places.iter().find_map(full)
}

fn footnote_body(note: &NoteEntry, file: FileId, wanted: &str) -> Vec<Target> {
    let Some(text) = note.text.as_deref() else { return Vec::new() };
    let target = |found: Definition| Target { file, full: found.range.cover(found.body), focus: found.focus() };
    footnotes::definitions(note, text, wanted).map(target).collect()
}

fn footnote_use(note: &NoteEntry, wanted: &str) -> Option<TextRange> {
    let text = note.text.as_deref()?;
    note.facts.note.markers.iter().find_map(|marker| match marker.kind {
        MarkerKind::FootnoteReference { label } if footnotes::same(label.of(text), wanted) => Some(marker.range),
        _ => None,
    })
}

fn note_target(snapshot: &Snapshot, file: FileId, anchor: Option<&str>) -> Target {
    let Some(note) = snapshot.note(file) else { return Target::whole(file, TextRange::empty(0)) };
    let wanted = anchor.map(names::fold).filter(|a| !a.is_empty());
    let heading = wanted.and_then(|wanted| note.headings().find(|h| names::fold(h.text) == wanted));
    Target::whole(file, heading.map_or(note.title_range, |h| h.range))
}

/// An inline link to a file of the workspace, as it is written: relative to the note, or to the root.
fn linked(snapshot: &Snapshot, from: FileId, target: &str) -> Vec<Target> {
    let anchor = target.split_once('#').map(|(_, anchor)| anchor.replace('-', " "));
    let file = linked_file(snapshot, from, target);
    file.map(|file| note_target(snapshot, file, anchor.as_deref())).into_iter().collect()
}

/// The note that an inline link leads to.
pub(super) fn linked_file(snapshot: &Snapshot, from: FileId, target: &str) -> Option<FileId> {
    let path = target.split_once('#').map_or(target, |(path, _)| path);
    if path.contains("://") {
        return None;
    }
    if path.is_empty() {
        return Some(from);
    }
    let near = joined(snapshot, from, path).and_then(|near| snapshot.file_at(&near));
    near.or_else(|| snapshot.file_at(path.replace("%20", " ").trim_start_matches('/')))
}

/// A path as it is written in a note, as a path of the workspace; none for one that leads out of it.
pub(super) fn joined(snapshot: &Snapshot, from: FileId, path: &str) -> Option<String> {
    let here = snapshot.path(from)?;
    let path = path.replace("%20", " ");
    let root = if here.starts_with('/') && !path.starts_with('/') { "/" } else { "" };
    (!path.contains(':')).then(|| format!("{root}{}", join(folder(here), &path)))
}

/// The place of a note or of one of its headings.
pub(super) fn note_place(snapshot: &Snapshot, file: FileId, anchor: Option<&str>) -> FileRange {
    FileRange { file, range: note_target(snapshot, file, anchor).focus }
}

fn join(folder: &str, path: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|p| !p.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            name => parts.push(name),
        }
    }
    parts.join("/")
}

fn sentence_of(note: &NoteEntry, attribution: u32) -> Option<TextRange> {
    let said = note.facts.attributions.get(attribution as usize)?;
    note.facts.note.sentences.get(said.sentence as usize).map(|s| s.range)
}

/// The places of the quoted words in the cited sources whose texts are at hand; the source itself where they are not found.
fn passage(snapshot: &Snapshot, note: &NoteEntry, index: usize, texts: &Texts<'_>) -> Vec<Target> {
    let Some(quotation) = note.facts.quotations.get(index) else { return Vec::new() };
    let Some(text) = note.text.as_deref() else { return Vec::new() };
    let words = quotation.inner.of(text).trim_end_matches(['.', ',', '!', '?', ' ']);
    let mut found = Vec::new();
    for (file, source) in sources_near(snapshot, note, quotation.range) {
        let body = texts(file);
        let place = body.as_deref().filter(|_| words.len() > 8).and_then(|body| find_words(body, words));
        found.push(Target::whole(file, place.unwrap_or(source)));
    }
    found
}

/// The sources cited in the sentence around a range or right after it.
fn sources_near(snapshot: &Snapshot, note: &NoteEntry, range: TextRange) -> Vec<(FileId, TextRange)> {
    let sentence = note.facts.note.sentence_at(range.end.saturating_sub(1));
    let around = sentence.and_then(|s| note.facts.note.sentences.get(s)).map_or(range, |s| s.range.cover(range));
    // A marker may stand behind the full stop.
    let around = TextRange::new(around.start, around.end.saturating_add(24));
    let near = note.brief.citations().filter(|u| around.contains_range(u.range));
    near.flat_map(|u| snapshot.sources_of(u.text)).map(|(file, source)| (file, source.range)).collect()
}

/// Finds words in a text, whatever white space and quotation marks stand between them.
fn find_words(body: &str, words: &str) -> Option<TextRange> {
    let wanted: Vec<&str> = words.split_whitespace().collect();
    let first = wanted.first()?;
    body.match_indices(first).find_map(|(start, _)| {
        let mut at = start;
        for word in &wanted {
            let rest = body.get(at..)?;
            let skipped = rest.len() - rest.trim_start().len();
            rest.get(skipped..)?.starts_with(word).then_some(())?;
            at += skipped + word.len();
        }
        Some(TextRange::from_usize(start, at))
    })
}

fn cited_source(snapshot: &Snapshot, note: &NoteEntry, index: usize) -> Vec<Target> {
    let Some(claim) = note.facts.claims.get(index) else { return Vec::new() };
    let sources = sources_near(snapshot, note, claim.range);
    sources.into_iter().map(|(file, range)| Target::whole(file, range)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::testing::{at_caret, shown};
    use super::*;

    type Ask = fn(&Snapshot, FilePosition) -> Option<Jump>;

    #[track_caller]
    fn check(ask: Ask, written: &str, expected: &[&str]) {
        let (snapshot, position) = at_caret(written);
        let targets = ask(&snapshot, position).map(|jump| jump.targets).unwrap_or_default();
        let shown = |t: &Target| shown(&snapshot, FileRange { file: t.file, range: t.focus });
        assert_eq!(targets.iter().map(shown).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn a_name_leads_to_its_note_else_to_its_first_full_mention() {
        let text = "//- /a.md\n{p1:Haddad} left.\n{p1:Nadim Haddad} spoke. {p1:Had$0dad} ate.\n";
        check(definition, text, &["a.md:2 Nadim Haddad"]);
        let note = format!("{text}//- /p.md\n---\ntype: person\nname: Nadim Haddad\n---\n");
        check(definition, &note, &["p.md:3 Nadim Haddad"]);
        let heading = format!("{text}//- /people/nadim.md\n# Nadim Haddad\n");
        check(definition, &heading, &["people/nadim.md:1 Nadim Haddad"]);
    }

    #[test]
    fn an_ambiguous_name_leads_to_both_notes() {
        let written = "//- /a.md\n{p1:Nadim Had$0dad} won.\n//- /x.md\n---\ntype: person\nname: Nadim Haddad\n---\n//- /y.md\n---\ntype: person\nname: Nadim Haddad\n---\n";
        check(definition, written, &["x.md:3 Nadim Haddad", "y.md:3 Nadim Haddad"]);
    }

    #[test]
    fn a_key_a_footnote_and_a_link_lead_to_what_they_point_at() {
        check(definition, "//- /a.md\nSo [@pe$0ll31].\n//- /r.bib\n\n@misc{pell31, title = {Log}}\n", &["r.bib:2"]);
        check(definition, "//- /a.md\nSo.[^$01]\n\n[^1]: Port log.\n", &["a.md:3 Port log."]);
        let notes = "//- /b.md\nText.\n\n## The Quota\n\nMore.\n";
        check(definition, &format!("//- /a.md\n[[b#the qu$0ota]]\n{notes}"), &["b.md:3 The Quota"]);
        check(definition, &format!("//- /n/a.md\n[see](../b.m$0d#the-quota)\n{notes}"), &["b.md:3 The Quota"]);
        check(definition, "//- /a.md\n[[no$0where]]\n", &[]);
    }

    #[test]
    fn a_quotation_leads_to_its_passage_in_the_cited_source() {
        let source = "//- /s.md\n---\ntype: source\ncitekey: hd31\n---\nThe envoy said that we will\nnot sign under pressure, again.\n";
        let text = "//- /a.md\n\"We will not sign under press$0ure,\" she said [@hd31].\n";
        let (snapshot, position) = at_caret(&format!("{text}{source}"));
        assert!(matches!(subject::at(&snapshot, position), Some((Subject::Quotation(_), _))));
        let words = "\"will not sign under press$0ure,\" she said [@hd31].\n";
        check(definition, &format!("//- /a.md\nHe {words}{source}"), &["s.md:5 will\nnot sign under pressure"]);
    }

    #[test]
    fn a_declaration_is_the_first_in_this_note() {
        check(declaration, "//- /a.md\n{p1:Haddad} left. {p1:Had$0dad} ate.\n", &["a.md:1 Haddad"]);
        check(declaration, "//- /a.md\n[@k1] and\n[@k$01]\n//- /b.md\n[@k1]\n", &["a.md:1 k1"]);
        check(declaration, "//- /a.md\nOne.[^1]\n\n[^$01]: Log.\n", &["a.md:1 [^1]"]);
    }

    #[test]
    fn the_type_of_a_citation_is_its_outlet() {
        let written = "//- /a.md\nSo [@hd$031].\n//- /s.md\n---\ntype: source\ncitekey: hd31\npublisher: Harbor Daily\n---\n//- /orgs/harbor-daily.md\n# Harbor Daily\n";
        check(type_definition, written, &["orgs/harbor-daily.md:1 Harbor Daily"]);
    }

    #[test]
    fn statements_are_what_a_name_implements() {
        let written = "//- /a.md\n{p1:Nadim Haddad} said {!p1 said|the quota stands}.\n//- /b.md\n$0{p1:Nadim Haddad} said {!p1 said|it fell}.\n";
        check(implementation, written, &["a.md:1 the quota stands", "b.md:1 it fell"]);
        check(implementation, "//- /a.md\nThe port shut in May [@k$01].\n", &["a.md:1 The port shut in May [@k1]."]);
    }
}
