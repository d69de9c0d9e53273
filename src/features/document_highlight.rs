//! What belongs together with what stands under the caret, in this note.
//!
//! Of a name all coreferent mentions; of a citation or footnote its other uses; of a quotation or claim the run of
//! text that one source governs: written for what names the source, read for what it carries.

use super::FilePosition;
use super::references;
use super::subject::{self, Subject};
use crate::analysis::facts::{MentionForm, Sourced};
use crate::text::TextRange;
use crate::workspace::{NoteEntry, Snapshot};

/// How a place is highlighted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum HighlightKind {
    /// Named in part, or merely the same.
    Text,
    /// Carried: rests on a source named elsewhere.
    Read,
    /// Named in full; the source itself.
    Write,
}

/// A place that belongs together with what stands under the caret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Highlight {
    /// Where.
    pub range: TextRange,
    /// How.
    pub kind: HighlightKind,
}

/// All places of this note that belong together, in order.
#[must_use]
pub fn document_highlight(snapshot: &Snapshot, position: FilePosition) -> Vec<Highlight> {
    let (Some(note), Some((subject, _))) = (snapshot.note(position.file), subject::at(snapshot, position)) else {
        return Vec::new();
    };
    let mut found = match subject {
        Subject::Mention(mention) => mention.entity.map_or_else(Vec::new, |entity| coreferent(note, entity)),
        Subject::Quotation(index) => {
            note.facts.quotations.get(index).and_then(|q| q.attribution).map_or_else(Vec::new, |a| run(note, a))
        }
        Subject::Claim(index) => match note.facts.claims.get(index).map(|c| c.sourced) {
            Some(Sourced::Attribution(a) | Sourced::Carried(a)) => run(note, a),
            _ => Vec::new(),
        },
        _ => {
            let here = references::references(snapshot, position, true).into_iter().filter(|r| r.file == position.file);
            here.map(|r| Highlight { range: r.range, kind: HighlightKind::Text }).collect()
        }
    };
    found.sort_unstable();
    found.dedup();
    found
}

fn coreferent(note: &NoteEntry, entity: u32) -> Vec<Highlight> {
    let mentions = note.facts.mentions.iter().filter(|m| m.entity == Some(entity));
    let kind = |form| if form == MentionForm::Full { HighlightKind::Write } else { HighlightKind::Read };
    mentions.map(|m| Highlight { range: m.range, kind: kind(m.form) }).collect()
}

fn run(note: &NoteEntry, attribution: u32) -> Vec<Highlight> {
    let Some(said) = note.facts.attributions.get(attribution as usize) else { return Vec::new() };
    let named = said.source.iter().chain(&said.cue).map(|&range| Highlight { range, kind: HighlightKind::Write });
    let carried = note.facts.claims.iter().filter(|c| c.sourced == Sourced::Carried(attribution));
    let carried = said.content.iter().copied().chain(carried.map(|c| c.range));
    named.chain(carried.map(|range| Highlight { range, kind: HighlightKind::Read })).collect()
}
