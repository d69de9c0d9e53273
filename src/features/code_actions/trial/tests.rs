use std::path::Path;

use proptest::prelude::*;

use super::super::{code_actions, safe_edits};
use super::*;
use crate::analysis::AnalysisConfig;
use crate::features::testing::analysed;
use crate::rules::Rule;
use crate::rules::registry::RULES;
use crate::structure::Format;

fn checked(snapshot: &Snapshot, file: u32) -> Vec<Finding> {
    rules::check(snapshot, FileId(file), CheckOptions::default())
}

fn trial(snapshot: &Snapshot, file: u32) -> Trial<'_> {
    Trial::new(snapshot, FileId(file), CheckOptions::default()).expect("its text is at hand")
}

/// A finding of some rule, as if it had been reported at the words.
fn finding(text: &str, words: &str) -> Finding {
    let rule: &'static Rule = RULES.iter().find(|rule| rule.code == "P001").expect("a rule");
    let at = text.find(words).expect("the words stand there");
    let range = TextRange::from_usize(at, at + words.len());
    let (message, related, fixes) = (String::new(), Vec::new(), Vec::new());
    Finding { rule, level: Level::Warning, range, message, related, fixes, score: 1.0 }
}

/// Whether it passes to write `new` for `old` in a note, for a finding at `words`.
fn passes(text: &str, words: &str, old: &str, new: &str) -> bool {
    let snapshot = analysed(&[("a.md", text)]);
    let at = text.find(old).expect("it stands there");
    let range = TextRange::from_usize(at, at + old.len());
    let edit = Edit { file: FileId(0), range, text: new.to_owned() };
    trial(&snapshot, 0).mends(&[&finding(text, words)], &[edit])
}

#[test]
fn nothing_between_quotation_marks_is_edited() {
    let text = "The ferry left early, the harbour authority said. \"We left early,\" Warden Pell said.\n";
    assert!(passes(text, "ferry left", "ferry left", "boat left"));
    assert!(!passes(text, "We left", "We left", "They left"));
    assert!(!passes(text, "ferry left", "left early,\"", "sailed,\""));
    // What only comes close must not open or close a quotation either.
    assert!(!passes(text, "ferry left", "ferry left", "\"ferry\" left"));
    assert!(!passes(text, "ferry left", "\" Warden", " Warden"));
}

#[test]
fn code_addresses_comments_and_front_matter_are_edited_only_where_the_finding_stands() {
    let text = "---\ntitle: The ferry\n---\n\nThe ferry `ferry x` of [ferry y](ferry.md) left. <!-- ferry z -->\n\n```\nferry w\n```\n";
    for place in ["ferry x", "ferry.md", "ferry z", "ferry w", "The ferry\n---"] {
        assert!(!passes(text, "left", place, &place.replace("ferry", "boat")), "{place}");
    }
    assert!(passes(text, "ferry z", "ferry z", "boat z"));
    assert!(passes(text, "title: The ferry", "title: The ferry", "title: The boat"));
    assert!(passes(text, "left", "left", "sailed"));
}

#[test]
fn what_brings_a_warning_or_leaves_its_finding_fails() {
    let text = "The ferry left on 2031-05-04.\n";
    assert!(passes(text, "ferry", "2031-05-04", "4 May 2031"));
    assert!(!passes(text, "ferry", "2031-05-04", "4/5/2031"));
    let text = "The deal was signed on 4/5/2031.\n";
    let snapshot = analysed(&[("a.md", text)]);
    let findings = checked(&snapshot, 0);
    let date = findings.iter().find(|f| f.rule.code == "T606").expect("it is ambiguous");
    let edit = |new: &str| Edit { file: FileId(0), range: date.range, text: new.to_owned() };
    assert!(trial(&snapshot, 0).mends(&[date], &[edit("2031-05-04")]));
    assert!(!trial(&snapshot, 0).mends(&[date], &[edit("5/4/2031")]));
    assert!(!trial(&snapshot, 0).mends(&[date], &[edit("2031-05-04"), edit("2031-04-05")]), "edits that overlap");
}

#[test]
fn a_trial_reads_only_the_sentence_that_it_changes() {
    let mut text = String::from("The port handled 38 million tonnes in 2030.\n\n");
    for day in 0..400 {
        text.push_str(&format!("Warden Pell said quay {day} was shut. "));
    }
    let mut memo = Memo::default();
    let facts = analysis::analyze(&text, Format::Markdown, &AnalysisConfig::default(), &mut memo);
    let mut workspace = crate::workspace::Workspace::default();
    workspace.apply(crate::workspace::Change::Note(FileId(0), NoteEntry::new("a.md", text, facts)));
    let snapshot = workspace.snapshot();
    let findings = checked(&snapshot, 0);
    let trial = trial(&snapshot, 0).remembering(memo);
    let figure = findings.iter().find(|f| f.rule.code == "A101").expect("a figure without a source");
    let actions = code_actions(&trial, figure.range, &findings, &|action| action.title.starts_with("Attribute to"));
    assert_eq!((actions.len(), trial.tried()), (1, 1));
    let memo = trial.memo.borrow();
    assert!(
        memo.tokens.worked() <= 1 && memo.mentions.worked() <= 1,
        "{} {}",
        memo.tokens.worked(),
        memo.mentions.worked()
    );
    assert!(memo.attributions.worked() <= 1, "{}", memo.attributions.worked());
}

#[test]
fn nothing_is_tried_for_an_answer_that_nobody_wants() {
    let snapshot = analysed(&[("a.md", "The port handled 38 million tonnes in 2030.\n")]);
    let findings = checked(&snapshot, 0);
    let trial = trial(&snapshot, 0).while_wanted(&|| false);
    let mending = |action: &Action| action.kind == ActionKind::QuickFix;
    assert!(code_actions(&trial, findings[0].range, &findings, &mending).is_empty());
    assert_eq!(trial.tried(), 0);
}

#[test]
fn safe_fixes_are_tried_together_and_one_that_fails_holds_up_no_other() {
    let text = "It fell. [^1] It shut. [^1] It rose. [^1]\n\n[^1]: Log.\n";
    let snapshot = analysed(&[("a.md", text)]);
    let mut findings = checked(&snapshot, 0);
    let one = trial(&snapshot, 0);
    assert_eq!(safe_edits(&one, &findings).len(), 3);
    assert_eq!(one.tried(), 1);
    let second = findings.iter_mut().filter(|f| f.fixes.iter().any(|fix| fix.safe)).nth(1).expect("three");
    second.fixes[0].edits[0].text = " on 4/5/2031".to_owned();
    assert_eq!(safe_edits(&trial(&snapshot, 0), &findings).len(), 2);
}

/// The fixes of a rule in the first of some notes.
fn titles(code: &str, notes: &[(&str, &str)]) -> Vec<String> {
    let findings = checked(&analysed(notes), 0);
    let of_code = findings.iter().filter(|f| f.rule.code == code);
    of_code.flat_map(|f| &f.fixes).map(|fix| fix.title.clone()).collect()
}

#[test]
fn a_name_gives_way_only_to_its_more_frequent_spelling_or_to_its_entity_note() {
    let often = "Trade Minister Nadim Haddad opened the talks. Nadim Haddad left Lusk. Nadim Haddad met the council.";
    let rare = "On Monday Nadeem al-Haddad left them.";
    let mended = ["Write \"Nadim Haddad\" throughout".to_owned()];
    assert_eq!(titles("N701", &[("a.md", &format!("{often} {rare}\n"))]), mended);
    assert_eq!(titles("N701", &[("a.md", &format!("{rare} {often}\n"))]), mended);
    // Once each: nobody knows which is right.
    let one = "Trade Minister Nadim Haddad opened the talks.";
    assert_eq!(titles("N701", &[("a.md", &format!("{one} {rare}\n"))]), [""; 0]);
    // An entity note decides, however rare its spelling is.
    let record = ("people/haddad.md", "---\ntype: person\nname: Nadeem al-Haddad\n---\n");
    let right = ["Write \"Nadeem al-Haddad\" throughout".to_owned()];
    assert_eq!(titles("N701", &[("a.md", &format!("{often}\n")), record]), right);
}

#[test]
fn a_surname_is_completed_by_the_full_name_that_is_written_most() {
    let bare = "It rained in Lusk all day. On Monday Mr Haddad said the talks had failed. Nobody came.";
    let note = |rest: &str| format!("{bare}\n\n{rest}\n");
    let often = note("Nadim Haddad left Lusk. Nadim Haddad came back. Nadim Haddad met the council.");
    assert_eq!(titles("N702", &[("a.md", &often)]), ["Write \"Nadim Haddad\""]);
    for rare in ["Nadeem Haddad", "Nadim K. Haddad", "Nadim al-Haddad"] {
        let both = format!("{} {rare} slept.\n", often.trim_end());
        let offered = titles("N702", &[("a.md", &both)]);
        assert!(offered.iter().all(|title| title == "Write \"Nadim Haddad\""), "{rare}: {offered:?}");
    }
}

#[test]
fn an_acronym_is_spelled_out_as_most_notes_have_it() {
    let short = ("a.md", "The PMC rejected the offer on Monday, and the PMC will not meet again.\n");
    let right = "The Port Management Council (PMC) met. The Port Management Council sat all day.\n";
    let wrong = "The Port Managment Council (PMC) met.\n";
    let title = ["Spell out: Port Management Council".to_owned()];
    assert_eq!(titles("N703", &[short, ("b.md", right)]), title);
    // Beside a misspelling it is either the frequent spelling or none.
    for notes in [
        [short, ("b.md", wrong), ("c.md", right), ("d.md", right)],
        [short, ("b.md", right), ("c.md", wrong), ("d.md", right)],
        [short, ("b.md", right), ("c.md", right), ("d.md", wrong)],
    ] {
        let offered = titles("N703", &notes);
        assert!(offered.is_empty() || offered == title, "{offered:?}");
    }
}

#[test]
fn a_footnote_goes_behind_a_quotation_and_not_into_it() {
    let text = "\"We left early. Nobody saw us. The gates stay shut.\" It rained.\n";
    let snapshot = analysed(&[("a.md", text)]);
    let findings = checked(&snapshot, 0);
    let footnote = |action: &Action| action.title == "Insert a footnote";
    let at = TextRange::empty(text.find("Nobody").expect("there") as u32 + 2);
    let offered = code_actions(&trial(&snapshot, 0), at, &findings, &footnote);
    let place = text.find(" It rained").expect("there") as u32;
    assert_eq!(offered.first().map(|action| action.edits[0].range.start), Some(place), "{offered:?}");
}

/// The text without comments, which have quotation marks of their own.
fn without_comments(text: &str) -> String {
    let mut out = text.to_owned();
    for (open, close) in [("%%", "%%"), ("<!--", "-->")] {
        while let Some(at) = out.find(open)
            && let Some(length) = out[at + open.len()..].find(close)
        {
            out.replace_range(at..at + open.len() + length + close.len(), "");
        }
    }
    out
}

/// Whatever stands between quotation marks, found without our own reader.
fn quoted(text: &str) -> Vec<String> {
    let text = without_comments(text);
    let mut found = Vec::new();
    let mut rest = text.as_str();
    while let Some(at) = rest.find(['"', '“']) {
        let open = rest[at..].chars().next().expect("just found");
        let close = if open == '“' { '”' } else { '"' };
        let inner = &rest[at + open.len_utf8()..];
        // A mark that its paragraph does not close begins nothing.
        let paragraph = inner.find("\n\n").unwrap_or(inner.len());
        let Some(end) = inner[..paragraph].find(close) else {
            rest = &inner[paragraph..];
            continue;
        };
        found.push(inner[..end].to_owned());
        rest = &inner[end + close.len_utf8()..];
    }
    found
}

/// Makes every fix that is offered anywhere in a note, and looks at what has become of the note.
fn every_fix_does_what_it_says(path: &str, text: &str, others: &[(&str, &str)]) -> usize {
    let all: Vec<(&str, &str)> = [(path, text)].into_iter().chain(others.iter().copied()).collect();
    let snapshot = analysed(&all);
    let findings = checked(&snapshot, 0);
    let one = trial(&snapshot, 0);
    let mending = |action: &Action| action.kind == ActionKind::QuickFix && !action.title.starts_with("Ignore");
    let mut seen = 0;
    for (index, finding) in findings.iter().enumerate() {
        let of_this = |action: &Action| action.finding == Some(index) && mending(action);
        for action in code_actions(&one, finding.range, &findings, &of_this) {
            let mut edits: Vec<&Edit> = action.edits.iter().filter(|edit| edit.file == FileId(0)).collect();
            if edits.is_empty() {
                continue;
            }
            seen += 1;
            let said = format!("{} {}: {}\n{text}", finding.rule.code, finding.range.of(text), action.title);
            edits.sort_by_key(|edit| std::cmp::Reverse(edit.range));
            let mut mended = text.to_owned();
            edits.iter().for_each(|edit| mended.replace_range(edit.range.span(), &edit.text));
            assert_eq!(quoted(text), quoted(&mended), "{said}");
            let mut all = all.clone();
            all[0].1 = &mended;
            let snapshot = analysed(&all);
            let after = checked(&snapshot, 0);
            let count = |all: &[Finding]| all.iter().filter(|f| f.rule.code == finding.rule.code).count();
            let again = trial(&snapshot, 0);
            let blank = action.edits.iter().any(|edit| edit.text.contains(": \n"));
            // Of several alike a rule may report the first; then the next is reported.
            let written = |edit: &Edit| TextRange::new(edit.range.start, edit.range.start + edit.text.len() as u32);
            let stays =
                |f: &Finding| f.rule.code == finding.rule.code && edits.iter().any(|e| written(e).overlaps(f.range));
            let gone = count(&after) < count(&findings) || !after.iter().any(stays);
            assert!(blank || gone, "the finding stays: {said}\n{mended}");
            for later in &after {
                let same = |other: &Action| mending(other) && other.title == action.title;
                let range = TextRange::new(later.range.start, later.range.end);
                let touched = edits.iter().any(|edit| later.range.touches(edit.range.start));
                if touched && later.rule.code == finding.rule.code && !blank {
                    assert!(code_actions(&again, range, &after, &same).is_empty(), "offered again: {said}\n{mended}");
                }
            }
            if action.title.starts_with("Attribute to") {
                assert!(after.iter().any(|f| f.rule.code == "A119" && f.level >= Level::Warning), "{said}");
            }
        }
    }
    seen
}

#[test]
fn every_fix_on_the_invented_desk_does_what_it_says() {
    let desk = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/desk");
    let mut notes = Vec::new();
    let mut folders = vec![desk.clone()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("the desk ships with the program").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "md") {
                let name = path.strip_prefix(&desk).expect("below it").to_string_lossy().replace('\\', "/");
                notes.push((name, std::fs::read_to_string(&path).expect("it can be read")));
            }
        }
    }
    notes.sort();
    let mut seen = 0;
    for (at, (path, text)) in notes.iter().enumerate() {
        let others: Vec<(&str, &str)> =
            notes.iter().enumerate().filter(|(n, _)| *n != at).map(|(_, (p, t))| (p.as_str(), t.as_str())).collect();
        seen += every_fix_does_what_it_says(path, text, &others);
    }
    assert!(seen >= 10, "only {seen} fixes are offered on the whole desk");
}

const SENTENCES: [&str; 22] = [
    "Nadim Haddad said the port was shut. ",
    "The harbour authority said the quay was flooded. ",
    "The port handled 38 million tonnes in 2030. ",
    "\"The gates stay shut for a year.\" ",
    "“We will not sign,” Lidia Marr said. ",
    "The depot was reportedly emptied in May. ",
    "The deal was signed on 4/5/2031. ",
    "The talks of 9–10/9/2031 failed. ",
    "The fair ran on 4/5–6/5/2031. ",
    "Norvik Shipping smuggled drone engines through Port Sarn. ",
    "A source said the tender was rigged. ",
    "Many observers see the pact as dead. ",
    "Nadeem al-Haddad left on Monday. ",
    "We assess that closure is highly likely. ",
    "The fleet may possibly leave. ",
    "The output fell. [^1] ",
    "The PMC rejected the offer. ",
    "At least 14 people died when the ferry capsized. ",
    "The map episode said the strait had closed. ",
    "According to the harbour register, 300 boats sailed. ",
    "The list says `4/5/2031`. ",
    "\n\n",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn every_fix_on_any_text_does_what_it_says(
        pieces in prop::collection::vec(prop::sample::select(SENTENCES.to_vec()), 1..12), plain in any::<bool>(),
    ) {
        let text = pieces.concat();
        every_fix_does_what_it_says(if plain { "a.txt" } else { "a.md" }, &text, &[]);
    }
}

/// The note after all fixes that are safe to apply unseen.
fn mended(text: &str) -> String {
    let snapshot = analysed(&[("a.md", text)]);
    let findings = checked(&snapshot, 0);
    let mut edits = safe_edits(&trial(&snapshot, 0), &findings);
    edits.sort_by_key(|edit| std::cmp::Reverse(edit.range));
    edits.iter().fold(text.to_owned(), |mut text, edit| {
        text.replace_range(edit.range.span(), &edit.text);
        text
    })
}

#[test]
fn no_fix_makes_what_is_to_be_confirmed_look_confirmed() {
    let definitions = "\n\n[^1]: Log.\n\n[^2]: Log of Sarn.\n\n[^3]: Log of Lusk.\n";
    for claim in [
        "40 people were killed, [confirm: Ada Pell said] [^1].",
        "40 people were killed, [confirm: Ada Pell said]  [^1]",
        "40 people were killed [confirm: according to the register] [^1].",
        "40 people were killed, [confirm: Ada Pell said].[^1] The yard shut[^2]. The quay shut[^3].",
    ] {
        let text = format!("{claim}{definitions}");
        assert_eq!(mended(&text), text);
        let snapshot = analysed(&[("a.md", text.as_str())]);
        assert!(checked(&snapshot, 0).iter().any(|finding| finding.rule.code == "A119"), "{claim}");
    }
    let confirmed = format!("40 people were killed, Ada Pell said [^1].{definitions}");
    assert_eq!(mended(&confirmed), confirmed.replace("said [^1]", "said[^1]"));
    let text = "The ferry left, [confirm: Ada Pell said] today.\n";
    assert!(!passes(text, "ferry", "[confirm: Ada Pell said]", "Ada Pell said"));
    assert!(!passes(text, "ferry", "] today", "](today)"));
    assert!(!passes(text, "ferry", "] today", "][^1] today"));
    assert!(passes(text, "ferry", "ferry", "boat"));
}

#[test]
fn nothing_in_a_block_quotation_is_mended() {
    for quoted in [
        "> The yard shut. [^1]",
        "> It rained.\n> The yard shut. [^1] So.",
        "> - The yard shut. [^1]",
        "- > The yard shut. [^1]",
        "> # The yard [^1]",
    ] {
        let text = format!("Lidia Marr wrote a letter.\n\n{quoted}\n\n[^1]: Log.\n");
        assert_eq!(mended(&text), text);
    }
    for own in ["The yard shut. [^1]", "- The yard shut. [^1]", "> [!note]\n> The yard shut. [^1]"] {
        let text = format!("Lidia Marr wrote a letter.\n\n{own}\n\n[^1]: Log.\n");
        assert_eq!(mended(&text), text.replace(". [^1]", ".[^1]"));
    }
}
