//! Excuses: comments that say why a finding does not count here, in the paragraph, the section or the note.

use super::action::{Action, ActionKind};
use crate::features::FileRange;
use crate::rules::{Edit, Finding};
use crate::structure::{BlockKind, Format};
use crate::text::TextRange;
use crate::workspace::NoteEntry;

/// "Ignore here": an excuse on a line of its own before the block, or within the block in or before the sentence.
pub(super) fn excuse(note: &NoteEntry, text: &str, at: FileRange, index: usize, finding: &Finding) -> Option<Action> {
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
pub(super) fn reason(edits: &[Edit]) -> Option<(usize, u32)> {
    const EMPTY: &str = "reason=\"\"";
    let places = edits.iter().enumerate().filter_map(|(index, edit)| Some((index, edit.text.find(EMPTY)?)));
    places.map(|(index, at)| (index, (at + EMPTY.len() - 1) as u32)).next()
}

/// The same for the paragraph, the section and the note.
pub(super) fn wider_excuses(
    note: &NoteEntry,
    text: &str,
    at: FileRange,
    index: usize,
    finding: &Finding,
) -> Vec<Action> {
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
