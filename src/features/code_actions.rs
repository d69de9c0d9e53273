//! What can be mended at a place: the fixes of its findings, an excuse with a reason, a footnote.
//!
//! Nothing is offered that was not tried: see [`trial`](super::trial).

use std::collections::HashSet;

use super::FileRange;
use super::name_actions::FileEdit;
use super::sourcing_actions::sourcing_actions;
use super::trial::Trial;
use crate::rules::{Edit, Family, Finding, Fix};
use crate::structure::{BlockKind, Format, MarkerKind};
use crate::text::TextRange;
use crate::workspace::{NoteEntry, Snapshot};

/// What sort of action it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActionKind {
    /// Mends a finding.
    QuickFix,
    /// Changes the text without a fault.
    Rewrite,
    /// Says what a name is, or that it is none.
    Name,
    /// Mends everything that is safe to mend unseen.
    FixAll,
}

/// Something that can be done.
#[derive(Clone, Debug, PartialEq)]
pub struct Action {
    /// What it does, as an order.
    pub title: String,
    /// What sort it is.
    pub kind: ActionKind,
    /// The edits of notes; they do not overlap.
    pub edits: Vec<Edit>,
    /// Insertions into other files, and new files.
    pub files: Vec<FileEdit>,
    /// Whether it is the first choice for its finding.
    pub preferred: bool,
    /// Whether it is safe to apply unseen.
    pub safe: bool,
    /// The finding that it mends, as an index into those that were given.
    pub finding: Option<usize>,
    /// Where the user goes on writing: which of the edits, and the byte in its text.
    pub blank: Option<(usize, u32)>,
}

impl Action {
    /// An action that is nobody's first choice and of no finding yet.
    #[must_use]
    pub fn new(title: impl Into<String>, kind: ActionKind, edits: Vec<Edit>) -> Self {
        Self {
            title: title.into(),
            kind,
            edits,
            files: Vec::new(),
            preferred: false,
            safe: false,
            finding: None,
            blank: None,
        }
    }
}

/// The actions at a range, given the findings of the note: fixes first, then excuses. Of those that are wanted, each has
/// been tried and does what it says. Corrections of names are of [`name_actions`](super::name_actions::name_actions).
#[must_use]
pub fn code_actions(
    trial: &Trial<'_>,
    range: TextRange,
    findings: &[Finding],
    is_wanted: &dyn Fn(&Action) -> bool,
) -> Vec<Action> {
    let mut actions = candidates(trial.snapshot(), FileRange { file: trial.file(), range }, findings);
    actions.retain(|action| is_wanted(action) && trial.passes(action, findings));
    // One first choice for each finding.
    let mut chosen = HashSet::new();
    for action in actions.iter_mut().filter(|action| action.preferred) {
        action.preferred = action.finding.is_some_and(|finding| chosen.insert(finding));
    }
    actions
}

/// Everything that could be done, with all that could be a finding's first choice marked as preferred.
fn candidates(snapshot: &Snapshot, at: FileRange, findings: &[Finding]) -> Vec<Action> {
    let Some(note) = snapshot.full(at.file) else { return Vec::new() };
    let Some(text) = note.text.as_deref() else { return Vec::new() };
    let touched = |f: &Finding| f.range.overlaps(at.range) || f.range.touches(at.range.start);
    let here: Vec<(usize, &Finding)> = findings.iter().enumerate().filter(|(_, f)| touched(f)).collect();
    let mut actions = Vec::new();
    for &(index, finding) in &here {
        for fix in &finding.fixes {
            actions.push(Action {
                preferred: true,
                safe: fix.safe,
                finding: Some(index),
                blank: reason(&fix.edits),
                ..Action::new(fix.title.clone(), ActionKind::QuickFix, fix.edits.clone())
            });
        }
    }
    let about_sources: Vec<Action> =
        here.iter().flat_map(|&finding| sourcing_actions(snapshot, note, text, at, finding)).collect();
    actions.extend(about_sources);
    let unsourced = here.iter().find(|(_, f)| matches!(f.rule.family, Family::Attribution | Family::Quotation));
    actions.extend(footnote(note, text, at, unsourced.map(|(index, _)| *index)));
    for &(index, finding) in here.iter().filter(|(_, f)| f.rule.family != Family::Suppression) {
        actions.extend(excuse(note, text, at, index, finding));
        actions.extend(wider_excuses(note, text, at, index, finding));
    }
    actions
}

/// The edits of all fixes that are safe to apply unseen, in order, each tried. Of two that meet, the later is left for
/// the next time.
#[must_use]
pub fn safe_edits(trial: &Trial<'_>, findings: &[Finding]) -> Vec<Edit> {
    let mut chosen: Vec<(&Finding, &Fix)> = Vec::new();
    let meets = |one: &Edit, other: &Edit| {
        one.file == other.file
            && (one.range.overlaps(other.range)
                || one.range.touches(other.range.start)
                || other.range.touches(one.range.start))
    };
    let safe = findings.iter().filter_map(|finding| Some((finding, finding.fixes.iter().find(|fix| fix.safe)?)));
    for (finding, fix) in safe {
        let known = || chosen.iter().flat_map(|(_, fix)| &fix.edits);
        if !fix.edits.iter().any(|edit| known().any(|other| meets(edit, other))) {
            chosen.push((finding, fix));
        }
    }
    let mut edits = passing(trial, &chosen);
    edits.sort_by_key(|edit| (edit.file, edit.range));
    edits
}

/// The edits of those fixes that pass, tried together: where one fails, by halves.
fn passing(trial: &Trial<'_>, fixes: &[(&Finding, &Fix)]) -> Vec<Edit> {
    let edits: Vec<Edit> = fixes.iter().flat_map(|(_, fix)| fix.edits.iter().cloned()).collect();
    let mended: Vec<&Finding> = fixes.iter().map(|(finding, _)| *finding).collect();
    if edits.is_empty() || trial.mends(&mended, &edits) {
        return edits;
    }
    if fixes.len() == 1 {
        return Vec::new();
    }
    let (first, rest) = fixes.split_at(fixes.len() / 2);
    let mut passed = passing(trial, first);
    passed.extend(passing(trial, rest));
    passed
}

/// "Ignore here": an excuse on a line of its own before the block, or within the block in or before the sentence.
fn excuse(note: &NoteEntry, text: &str, at: FileRange, index: usize, finding: &Finding) -> Option<Action> {
    let shape = &note.facts.note;
    let code = finding.rule.code;
    // Plain text has no markup but this one comment.
    let (open, close) = if shape.format == Format::Markdown { ("<!--", "-->") } else { ("%%", "%%") };
    let comment = format!("{open} whosaid: ignore {code} reason=\"\" {close}");
    let sentence = shape.sentence_at(finding.range.start);
    let place = sentence.and_then(|s| shape.sentences.get(s)).map_or(finding.range.start, |s| s.range.start);
    let block = shape.block_at(place).and_then(|b| shape.blocks.get(b))?;
    let line = text.get(..block.range.start as usize)?.rfind('\n').map_or(0, |n| n + 1);
    let before = text.get(line..block.range.start as usize)?;
    let first = sentence.is_none_or(|s| s <= block.sentences.start as usize);
    let (place, inserted) = if !first {
        (place, format!("{comment} "))
    } else if before.trim().is_empty() && !block.kind.is_heading() {
        (line as u32, format!("{before}{comment}\n\n"))
    } else {
        // At the start of a list item or quote HTML would swallow the line; so it goes before the sentence's last sign.
        let range = sentence.and_then(|s| shape.sentences.get(s)).map_or(finding.range, |s| s.range);
        let words = range.of(text).trim_end_matches(|c: char| !c.is_alphanumeric());
        (range.start + words.len() as u32, format!(" {comment}"))
    };
    Some(ignore(at, index, format!("Ignore {code} here, with a reason"), place, inserted))
}

fn ignore(at: FileRange, index: usize, title: String, place: u32, text: String) -> Action {
    let edits = vec![Edit { file: at.file, range: TextRange::empty(place), text }];
    let blank = reason(&edits);
    Action { finding: Some(index), blank, ..Action::new(title, ActionKind::QuickFix, edits) }
}

/// Between the quotes of a reason that is still to be written.
fn reason(edits: &[Edit]) -> Option<(usize, u32)> {
    const EMPTY: &str = "reason=\"\"";
    let places = edits.iter().enumerate().filter_map(|(index, edit)| Some((index, edit.text.find(EMPTY)?)));
    places.map(|(index, at)| (index, (at + EMPTY.len() - 1) as u32)).next()
}

/// The same for the paragraph, the section and the note.
fn wider_excuses(note: &NoteEntry, text: &str, at: FileRange, index: usize, finding: &Finding) -> Vec<Action> {
    let (shape, code) = (&note.facts.note, finding.rule.code);
    let (open, close) = if shape.format == Format::Markdown { ("<!--", "-->") } else { ("%%", "%%") };
    let comment = |verb: &str| format!("{open} whosaid: {verb} {code} reason=\"\" {close}");
    let title = |where_to: &str| format!("Ignore {code} in this {where_to}, with a reason");
    let mut actions = Vec::new();
    let block = shape.block_at(finding.range.start).and_then(|b| shape.blocks.get(b));
    if let Some(block) = block.filter(|block| block.sentences.len() > 1 && block.kind == BlockKind::Paragraph) {
        let line = text.get(..block.range.start as usize).map_or(0, |before| before.rfind('\n').map_or(0, |n| n + 1));
        let first = shape.sentence_at(finding.range.start).is_none_or(|s| s <= block.sentences.start as usize);
        // At the first sentence "here" is the paragraph.
        if !first && line as u32 == block.range.start {
            let inserted = format!("{}\n\n", comment("ignore"));
            actions.push(ignore(at, index, title("paragraph"), line as u32, inserted));
        }
    }
    let heading = block.and_then(|block| shape.blocks.get(block.heading? as usize));
    if let Some(heading) = heading {
        let inserted = format!("\n\n{}", comment("ignore-section"));
        actions.push(ignore(at, index, title("section"), heading.range.end, inserted));
    }
    let (place, inserted) = match &shape.front_matter {
        Some(front) => {
            let end = front.range.of(text).trim_end().len() as u32 + front.range.start;
            (end, format!("\n\n{}", comment("ignore-file")))
        }
        None => (0, format!("{}\n\n", comment("ignore-file"))),
    };
    actions.push(ignore(at, index, title("note"), place, inserted));
    actions
}

/// A footnote's reference behind the sentence, and its definition at the end of the note. Markdown only.
fn footnote(note: &NoteEntry, text: &str, at: FileRange, finding: Option<usize>) -> Option<Action> {
    let shape = &note.facts.note;
    if shape.format != Format::Markdown {
        return None;
    }
    let sentence = shape.sentences.get(shape.sentence_at(at.range.start)?)?;
    let block = shape.block_of(sentence);
    if !block.kind.is_body() {
        return None;
    }
    let label = next_label(note, text);
    let length = u32::try_from(text.len()).ok()?;
    let gap = match text.trim_end_matches([' ', '\t']) {
        "" => "",
        t if t.ends_with("\n\n") || t.ends_with("\r\n\r\n") => "",
        t if t.ends_with('\n') && ends_in_definition(note, text) => "",
        _ if text.ends_with('\n') => "\n",
        _ if ends_in_definition(note, text) => "\n",
        _ => "\n\n",
    };
    let (reference, definition) = (format!("[^{label}]"), format!("{gap}[^{label}]: \n"));
    let insert = |at_byte, text| Edit { file: at.file, range: TextRange::empty(at_byte), text };
    // In the middle of a quotation a reference would stand among somebody's words: it goes behind them.
    let end = sentence.range.end;
    let around = note.facts.quotations.iter().find(|q| q.closed && q.inner.start < end && end <= q.inner.end);
    let place = match block.kind {
        BlockKind::Quote => block.range.end,
        _ => around.map_or(end, |quotation| quotation.range.end),
    };
    let edits = if place == length {
        vec![insert(length, reference + &definition)]
    } else {
        vec![insert(place, reference), insert(length, definition)]
    };
    let (kind, preferred) = if finding.is_some() { (ActionKind::QuickFix, true) } else { (ActionKind::Rewrite, false) };
    // Behind the definition's colon, before its line's end.
    let blank = edits.len().checked_sub(1).and_then(|last| Some((last, edits.get(last)?.text.len() as u32 - 1)));
    Some(Action { preferred, finding, blank, ..Action::new("Insert a footnote", kind, edits) })
}

/// The lowest number above all that are used.
fn next_label(note: &NoteEntry, text: &str) -> u32 {
    let numbers = note.facts.note.markers.iter().filter_map(|marker| match marker.kind {
        MarkerKind::FootnoteReference { label } | MarkerKind::FootnoteDefinition { label, .. } => {
            label.of(text).parse::<u32>().ok()
        }
        _ => None,
    });
    numbers.max().unwrap_or(0).saturating_add(1)
}

fn ends_in_definition(note: &NoteEntry, text: &str) -> bool {
    let end = text.trim_end().len() as u32;
    let definition = |m: &&crate::structure::Marker| matches!(m.kind, MarkerKind::FootnoteDefinition { body, .. } if body.end >= end || m.range.end >= end);
    note.facts.note.markers.iter().find(definition).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{self, CheckOptions};
    use crate::workspace::FileId;
    use crate::workspace::fixture::Fixture;

    /// Titles of the actions at the caret, and the text after the one whose title begins with `chosen`.
    fn after(written: &str, chosen: &str) -> (Vec<String>, String) {
        let fixture = Fixture::new(written);
        let (file, at) = fixture.caret.expect("a caret");
        let snapshot = fixture.snapshot();
        let findings = rules::check(&snapshot, file, CheckOptions::default());
        let trial = Trial::new(&snapshot, file, CheckOptions::default()).expect("its text is at hand");
        let actions = code_actions(&trial, TextRange::empty(at), &findings, &|_| true);
        let mut text = snapshot.full(FileId(0)).unwrap().text.as_deref().unwrap().to_owned();
        if let Some(action) = actions.iter().find(|a| a.title.starts_with(chosen)) {
            let mut edits = action.edits.clone();
            edits.sort_by_key(|e| std::cmp::Reverse(e.range));
            for edit in edits {
                text.replace_range(edit.range.span(), &edit.text);
            }
        }
        (actions.into_iter().map(|a| a.title).collect(), text)
    }

    const FIGURE: &str = "The port handled 38 million $0tonnes in 2030.\n";

    #[test]
    fn an_excuse_silences_its_finding_wherever_it_stands() {
        for (written, path) in [
            (FIGURE.to_owned(), "a.md"),
            (format!("The fleet left, the ministry said. Later it came back again. {FIGURE}"), "a.md"),
            (format!("Text.\n\n- {FIGURE}- more\n"), "a.md"),
            (FIGURE.to_owned(), "a.txt"),
        ] {
            let (titles, text) = after(&format!("//- /{path}\n{written}"), "Ignore A101");
            assert!(titles.iter().any(|t| t.starts_with("Ignore A101")), "{written}");
            let excused = format!("//- /{path}\n{}", text.replace("reason=\"\"", "reason=\"own count\""));
            let found = rules::check(&Fixture::new(&excused).snapshot(), FileId(0), CheckOptions::default());
            assert!(
                found.iter().all(|f| f.rule.code != "A101" && f.rule.family != Family::Suppression),
                "{text}\n{found:?}"
            );
        }
    }

    #[test]
    fn an_excuse_may_hold_for_a_paragraph_a_section_or_the_note() {
        let body =
            format!("It rained all day, the ministry said. Nobody came to the quay then. Later it was so. {FIGURE}");
        for (path, head) in [("a.md", "---\ndate: 2031-01-02\n---\n# Head\n\n"), ("a.md", "Intro.\n\n"), ("a.txt", "")]
        {
            for scope in ["paragraph", "section", "note"] {
                let (titles, text) =
                    after(&format!("//- /{path}\n{head}{body}"), &format!("Ignore A101 in this {scope}"));
                if !titles.iter().any(|title| title.contains(scope)) {
                    assert!(scope == "section" && !head.contains('#'), "{scope} {titles:?}");
                    continue;
                }
                let excused = format!("//- /{path}\n{text}");
                let found = rules::check(&Fixture::new(&excused).snapshot(), FileId(0), CheckOptions::default());
                assert!(
                    found.iter().all(|f| f.rule.code != "A101" && f.rule.family != Family::Suppression),
                    "{text}\n{found:?}"
                );
            }
        }
    }

    #[test]
    fn a_footnote_is_numbered_and_defined_at_the_end() {
        let text = |written: &str| after(written, "Insert a footnote").1;
        assert_eq!(text("It shut$0."), "It shut.[^1]\n\n[^1]: \n");
        assert_eq!(text("It shut$0.\n"), "It shut.[^1]\n\n[^1]: \n");
        let more = "It shut$0. So.[^7]\n\n[^7]: Log.\n";
        assert_eq!(text(more), "It shut.[^8] So.[^7]\n\n[^7]: Log.\n[^8]: \n");
    }

    #[test]
    fn plain_text_gets_no_footnotes() {
        assert_eq!(after("//- /a.txt\nIt shut$0.\n", "").0, [""; 0]);
    }
}
