//! What can be folded: front matter, items, sections under headings, and blocks of more than one line.

use crate::analysis::NoteFacts;
use crate::structure::{BlockKind, MarkerKind};
use crate::text::TextRange;

/// Why a range can be folded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FoldingKind {
    /// A comment or the front matter.
    Comment,
    /// A section, an item, a block.
    Region,
}

/// A range that an editor may fold to its first line. Bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FoldingRange {
    /// From the line that stays to the last line that disappears.
    pub range: TextRange,
    /// Why.
    pub kind: FoldingKind,
}

/// Everything that can be folded, in order. Ranges on one line are the caller's to drop: lines are not known here.
#[must_use]
pub fn folding_ranges(facts: &NoteFacts) -> Vec<FoldingRange> {
    let note = &facts.note;
    let mut found = Vec::new();
    if let Some(front) = &note.front_matter {
        found.push(FoldingRange { range: front.range, kind: FoldingKind::Comment });
    }
    if note.items.len() > 1 {
        found.extend(note.items.iter().map(|item| FoldingRange { range: item.range, kind: FoldingKind::Region }));
    }
    sections(facts, &mut found);
    found.extend(
        note.blocks
            .iter()
            .filter(|block| !block.kind.is_heading())
            .map(|block| FoldingRange { range: block.range, kind: FoldingKind::Region }),
    );
    for marker in &note.markers {
        if matches!(marker.kind, MarkerKind::Comment { .. }) {
            found.push(FoldingRange { range: marker.range, kind: FoldingKind::Comment });
        }
    }
    found.sort_by_key(|fold| (fold.range.start, std::cmp::Reverse(fold.range.end)));
    found.dedup_by_key(|fold| fold.range);
    found
}

/// A heading folds to the last block before the next heading of its level or above.
fn sections(facts: &NoteFacts, found: &mut Vec<FoldingRange>) {
    let mut open: Vec<(u8, u32)> = Vec::new();
    let mut end = 0;
    let mut close = |open: &mut Vec<(u8, u32)>, level: u8, end: u32| {
        while let Some(&(above, start)) = open.last()
            && above >= level
        {
            found.push(FoldingRange { range: TextRange::new(start, end), kind: FoldingKind::Region });
            open.pop();
        }
    };
    for block in &facts.note.blocks {
        if let BlockKind::Heading(level) = block.kind {
            close(&mut open, level, end);
            open.push((level, block.range.start));
        }
        end = block.range.end;
    }
    close(&mut open, 0, end);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{AnalysisConfig, Memo, analyze};
    use crate::structure::Format;

    #[test]
    fn a_section_folds_up_to_the_next_of_its_level() {
        let text = "# Port\n\nGates.\n\n## Quota\n\nNone.\n\n# Yard\n\nHulls.\n";
        let facts = analyze(text, Format::Markdown, &AnalysisConfig::default(), &mut Memo::default());
        let folds: Vec<&str> = folding_ranges(&facts).iter().map(|fold| fold.range.of(text)).collect();
        assert!(folds.contains(&"Port\n\nGates.\n\n## Quota\n\nNone."), "{folds:?}");
        assert!(folds.contains(&"Quota\n\nNone."), "{folds:?}");
        assert!(folds.contains(&"Yard\n\nHulls."), "{folds:?}");
    }
}
