//! What can be mended at a place: the fixes of its findings, an excuse with a reason, a footnote.

use super::FileRange;
use crate::rules::{Edit, Finding};
use crate::structure::{Format, MarkerKind};
use crate::text::TextRange;
use crate::workspace::{NoteEntry, Snapshot};

/// What sort of action it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActionKind {
    /// Mends a finding.
    QuickFix,
    /// Changes the text without a fault.
    Rewrite,
}

/// Something that can be done.
#[derive(Clone, Debug, PartialEq)]
pub struct Action {
    /// What it does, as an order.
    pub title: String,
    /// What sort it is.
    pub kind: ActionKind,
    /// The edits; they do not overlap.
    pub edits: Vec<Edit>,
    /// Whether it is the first choice for its finding.
    pub preferred: bool,
    /// Whether it is safe to apply unseen.
    pub safe: bool,
    /// The finding that it mends, as an index into those that were given.
    pub finding: Option<usize>,
}

/// All actions at a range, given the findings of the note: fixes first, then excuses, then the rest.
#[must_use]
pub fn code_actions(snapshot: &Snapshot, at: FileRange, findings: &[Finding]) -> Vec<Action> {
    let Some(note) = snapshot.note(at.file) else { return Vec::new() };
    let Some(text) = note.text.as_deref() else { return Vec::new() };
    let touched = |f: &Finding| f.range.overlaps(at.range) || f.range.touches(at.range.start);
    let here: Vec<(usize, &Finding)> = findings.iter().enumerate().filter(|(_, f)| touched(f)).collect();
    let mut actions = Vec::new();
    for &(index, finding) in &here {
        for (order, fix) in finding.fixes.iter().enumerate() {
            actions.push(Action {
                title: fix.title.clone(),
                kind: ActionKind::QuickFix,
                edits: fix.edits.clone(),
                preferred: order == 0,
                safe: fix.safe,
                finding: Some(index),
            });
        }
    }
    let unsourced = here.iter().find(|(_, f)| matches!(f.rule.group(), b'A' | b'Q'));
    actions.extend(footnote(note, text, at, unsourced.map(|(index, _)| *index)));
    for &(index, finding) in here.iter().filter(|(_, f)| f.rule.group() != b'S') {
        actions.extend(excuse(note, text, at, index, finding));
    }
    actions
}

/// "Ignore here": an excuse before the sentence, where the block allows a line of its own before the block.
fn excuse(note: &NoteEntry, text: &str, at: FileRange, index: usize, finding: &Finding) -> Option<Action> {
    let shape = &note.facts.note;
    let code = finding.rule.code;
    let sentence = shape.sentence_at(finding.range.start).and_then(|s| shape.sentences.get(s));
    let place = sentence.map_or(finding.range.start, |s| s.range.start);
    let block = shape.block_at(place).and_then(|b| shape.blocks.get(b))?;
    let first = sentence
        .is_none_or(|s| block.sentences.start as usize == shape.sentences.iter().position(|o| o == s).unwrap_or(0));
    let comment = format!("<!-- whosaid: ignore {code} reason=\"\" -->");
    let line = text.get(..block.range.start as usize)?.rfind('\n').map_or(0, |n| n + 1);
    let alone = text.get(line..block.range.start as usize)?.trim().is_empty();
    // At a block's start HTML would open a block of its own and take the paragraph with it; so it goes on its own line.
    let (place, comment) = if first && alone && !block.kind.is_heading() {
        (line as u32, format!("{}{comment}\n\n", text.get(line..block.range.start as usize)?))
    } else {
        (place, format!("{comment} "))
    };
    Some(Action {
        title: format!("Ignore {code} here, with a reason"),
        kind: ActionKind::QuickFix,
        edits: vec![Edit { file: at.file, range: TextRange::empty(place), text: comment }],
        preferred: false,
        safe: false,
        finding: Some(index),
    })
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
    let edits = vec![
        Edit { file: at.file, range: TextRange::empty(sentence.range.end), text: format!("[^{label}]") },
        Edit { file: at.file, range: TextRange::empty(length), text: format!("{gap}[^{label}]: \n") },
    ];
    let (kind, preferred) = if finding.is_some() { (ActionKind::QuickFix, true) } else { (ActionKind::Rewrite, false) };
    Some(Action { title: "Insert a footnote".into(), kind, edits, preferred, safe: false, finding })
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
