//! Any question at any place of any text has an answer, and every range in it lies in its note.

use proptest::prelude::*;

use super::*;
use crate::analysis::{self, AnalysisConfig, Memo};
use crate::rules::{self, CheckOptions};
use crate::structure::Format;
use crate::workspace::library::Bibliography;
use crate::workspace::{Change, NoteEntry, Snapshot, Workspace};

/// Pieces that mean something to some part of the program, in any order.
const PIECES: [&str; 41] = [
    "Nadim Haddad",
    " said",
    " \"we will not sign\"",
    ", ",
    ". ",
    "\n",
    "\n\n",
    "# ",
    "- ",
    "> ",
    "[@pell31]",
    "[^1]",
    "[^1]: ",
    "[[talks]]",
    "[[a#x|y]]",
    "---\n",
    "type: person\n",
    "aliases: [Abu Sarn]\n",
    "name: ",
    "Haddad",
    "PMC",
    "38 million tonnes",
    " in 2030",
    "“",
    "”",
    "é",
    "😀",
    "\r\n",
    "<!-- whosaid: ignore A101 -->",
    "[[ta",
    "[@pe",
    "[^",
    "\nali",
    "We assess it is unl",
    "%%",
    "|",
    "`",
    "](b.md)",
    "[",
    "The Port Management Council (PMC)",
    "\u{feff}",
];

fn entry(path: &str, text: &str) -> NoteEntry {
    let facts = analysis::analyze(text, Format::of_path(path), &AnalysisConfig::default(), &mut Memo::default());
    NoteEntry::new(path, text, facts)
}

fn ask_everything(snapshot: &Snapshot, file: FileId, offset: u32) {
    let position = FilePosition { file, offset };
    let findings = rules::check(snapshot, file, CheckOptions::default());
    let fits =
        |at: FileRange| assert!(at.range.end <= snapshot.lines(at.file).map_or(0, |lines| lines.length()), "{at:?}");
    if let Some(hover) = hover::hover(snapshot, position, &findings) {
        fits(FileRange { file, range: hover.range });
        assert!(hover.card.plain().len() < 20_000 && !hover.card.markdown(&|_| None).is_empty());
    }
    for ask in [definition::definition, definition::declaration, definition::implementation] {
        for target in ask(snapshot, position).map(|jump| jump.targets).unwrap_or_default() {
            fits(FileRange { file: target.file, range: target.full.cover(target.focus) });
        }
    }
    references::references(snapshot, position, true).into_iter().for_each(fits);
    for highlight in document_highlight::document_highlight(snapshot, position) {
        fits(FileRange { file, range: highlight.range });
    }
    if let Some(trial) = code_actions::trial::Trial::new(snapshot, file, CheckOptions::default()) {
        for action in code_actions::code_actions(&trial, TextRange::empty(offset), &findings, &|_| true) {
            action.edits.iter().for_each(|edit| fits(FileRange { file: edit.file, range: edit.range }));
        }
    }
    if let Some(note) = snapshot.full(file) {
        let here = FileRange { file, range: TextRange::empty(offset) };
        let (text, names) = (note.text.as_deref().unwrap_or(""), code_actions::names::NamesFile::default());
        for action in code_actions::names::name_actions(snapshot, note, text, here, Some(&names)) {
            action.edits.iter().for_each(|edit| fits(FileRange { file: edit.file, range: edit.range }));
        }
    }
    for link in document_links::document_links(snapshot, file) {
        fits(FileRange { file, range: link.range });
    }
    for range in linked_editing::linked_editing(snapshot, position).unwrap_or_default() {
        fits(FileRange { file, range });
    }
    for new in ["Nadeem al-Haddad", "pell2031", "n7"] {
        let edits = rename::rename(snapshot, &Vec::new(), position, new).unwrap_or_default();
        rewritten(snapshot, edits.into_iter().map(|change| change.edit));
    }
    let moved = [file_rename::Moved { from: "a.md".into(), to: "x/b.md".into() }];
    let moves = file_rename::moves(snapshot, &moved);
    rewritten(snapshot, file_rename::edits(snapshot, &moves));
    let names = completion::Names::new(snapshot);
    for item in completion::completion(snapshot, &names, position).map(|found| found.items).unwrap_or_default() {
        fits(FileRange { file, range: item.replace });
        assert!(item.replace.contains_range(item.insert) && item.insert.end == offset, "{item:?}");
        item.about.and_then(|about| completion::resolve(snapshot, &about));
    }
    for symbol in document_symbols::document_symbols(snapshot, file) {
        fits(FileRange { file, range: symbol.range });
    }
    if let Some(item) = nodes::at(snapshot, position) {
        for call in call_hierarchy::incoming(snapshot, &item.node)
            .into_iter()
            .chain(call_hierarchy::outgoing(snapshot, &item.node))
        {
            fits(FileRange { file: call.item.file, range: call.item.full });
            call.ranges.iter().for_each(|&range| fits(FileRange { file: call.item.file, range }));
        }
        for item in type_hierarchy::supertypes(snapshot, &item.node)
            .into_iter()
            .chain(type_hierarchy::subtypes(snapshot, &item.node))
        {
            fits(FileRange { file: item.file, range: item.full });
        }
    }
    for lens in code_lens::code_lenses(snapshot, file) {
        fits(FileRange { file, range: lens.range });
    }
    for row in claim_table::claim_table(snapshot, file) {
        fits(FileRange { file, range: row.range });
    }
    if let Some(dossier) = dossier::dossier(snapshot, position) {
        fits(FileRange { file, range: dossier.range });
    }
    workspace_symbols::workspace_symbols(snapshot, "had", 20).into_iter().for_each(|symbol| fits(symbol.location));
}

/// Edits can be applied: they fit the texts, do not overlap, and leave every quotation as it is.
fn rewritten(snapshot: &Snapshot, edits: impl IntoIterator<Item = crate::rules::Edit>) {
    let mut last: Option<(FileId, TextRange)> = None;
    for edit in edits {
        let note = snapshot.full(edit.file).expect("only what is at hand is edited");
        let text = note.text.as_deref().expect("only what has its text is edited");
        assert!(text.get(edit.range.span()).is_some(), "{edit:?}");
        assert!(
            last.is_none_or(|(file, range)| file < edit.file || range.end <= edit.range.start),
            "{edit:?} {last:?}"
        );
        last = Some((edit.file, edit.range));
        let quoted = note.facts.quotations.iter().any(|quotation| quotation.inner.overlaps(edit.range));
        let key = edit.text == "pell2031" || edit.text == "n7" || edit.text.contains(".md") || edit.text == "b";
        assert!(!quoted || key, "{edit:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_question_has_an_answer(pieces in proptest::collection::vec(0..PIECES.len(), 0..40), at in 0..400u32, closed: bool) {
        let text: String = pieces.iter().map(|&piece| PIECES[piece]).collect();
        let mut workspace = Workspace::default();
        let people = "---\ntype: person\nname: Nadim Haddad\naliases: [Abu Sarn]\n---\n";
        workspace.apply(Change::Note(FileId(0), entry("people/haddad.md", people)));
        workspace.apply(Change::Bibliography(
            Bibliography::read("refs.bib".into(), "@misc{pell31, title = {Log}}").into(),
        ));
        for (n, path) in ["a.md", "talks.txt"].into_iter().enumerate() {
            let note = entry(path, &text);
            let file = FileId(n as u32 + 1);
            workspace.apply(if closed { Change::Closed(file, note.brief) } else { Change::Note(file, note) });
        }
        for file in [FileId(0), FileId(1), FileId(2), FileId(9)] {
            ask_everything(&workspace.snapshot(), file, at);
        }
    }
}
