//! A new footnote: its reference behind a sentence, its definition at the end of the note.

use super::action::{Action, ActionKind};
use crate::features::FileRange;
use crate::rules::Edit;
use crate::structure::{BlockKind, Format, MarkerKind};
use crate::text::TextRange;
use crate::workspace::NoteEntry;

/// A footnote's reference behind the sentence, and its definition at the end of the note. Markdown only.
pub(super) fn footnote(note: &NoteEntry, text: &str, at: FileRange, finding: Option<usize>) -> Option<Action> {
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
