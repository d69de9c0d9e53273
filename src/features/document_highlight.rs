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

/// The style of a highlight.
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
    /// The bytes.
    pub range: TextRange,
    /// The style.
    pub kind: HighlightKind,
}

/// All places of this note that belong together, in order.
#[must_use]
pub fn document_highlight(snapshot: &Snapshot, position: FilePosition) -> Vec<Highlight> {
    let Some((subject, _)) = subject::at(snapshot, position) else { return Vec::new() };
    let mut found = match (subject, snapshot.full(position.file)) {
        (Subject::Mention(mention), Some(note)) => {
            mention.entity.map_or_else(Vec::new, |entity| coreferent(note, entity))
        }
        (Subject::Quotation(index), Some(note)) => {
            note.facts.quotations.get(index).and_then(|q| q.attribution).map_or_else(Vec::new, |a| run(note, a))
        }
        (Subject::Claim(index), Some(note)) => match note.facts.claims.get(index).map(|c| c.sourced) {
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

#[cfg(test)]
mod tests {
    use super::super::testing::at_caret;
    use super::*;

    #[track_caller]
    fn check(written: &str, expected: &[&str]) {
        let (snapshot, position) = at_caret(written);
        let text = snapshot.full(position.file).unwrap().text.clone().unwrap();
        let found = document_highlight(&snapshot, position);
        let shown: Vec<String> = found.iter().map(|h| format!("{:?} {}", h.kind, h.range.of(&text))).collect();
        assert_eq!(shown, expected);
    }

    #[test]
    fn full_names_are_written_and_short_ones_read() {
        check("{p1:Nadim Haddad} met {p2:Rana Haddad}. {p1:Had$0dad} left.", &["Write Nadim Haddad", "Read Haddad"]);
    }

    #[test]
    fn uses_of_a_key_or_footnote_are_shown_in_this_note_only() {
        check("//- /a.md\n[@k$01] [@k2] [@k1]\n//- /b.md\n[@k1]\n", &["Text k1", "Text k1"]);
        check("One.[^$01] Two.[^1]\n\n[^1]: Log.\n", &["Text [^1]", "Text [^1]", "Text 1"]);
    }
}
