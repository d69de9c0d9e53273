//! Sources behind the cells of a table.
//!
//! Writers name the source of a table once: in a line under it, in its caption, in the sentence that leads to it, or in a
//! column of its own. A cell cannot carry an attribution, so each of these counts for every cell that it is meant for.

use super::basis::Basis;
use std::ops::Range;

use super::sources::Sources;
use crate::lexicon::{class, classes_of};
use crate::structure::{Block, BlockKind, Note};

/// Fills in [`Sources::citation`] and [`Sources::covering`] for sentences in table cells.
pub(super) fn stand_behind(text: &str, basis: &Basis<'_>, sources: &mut Sources) {
    let note = &basis.note;
    let mut at = 0;
    while at < note.blocks.len() {
        if note.blocks[at].kind != BlockKind::TableCell {
            at += 1;
            continue;
        }
        let table = at..table_end(text, note, at);
        at = table.end;
        of_rows(text, note, table.clone(), sources);
        of_whole(text, basis, table, sources);
    }
}

/// Past the last cell of the table that begins with block `first`.
fn table_end(text: &str, note: &Note, first: usize) -> usize {
    let goes_on = |pair: &[Block]| pair[1].kind == BlockKind::TableCell && lines_between(text, &pair[0], &pair[1]) <= 2;
    first + 1 + note.blocks[first..].windows(2).take_while(|pair| goes_on(pair)).count()
}

/// Line ends between two blocks: none within a row, one or two (over the rule under the head) between rows.
fn lines_between(text: &str, before: &Block, after: &Block) -> usize {
    let gap = text.get(before.range.end as usize..after.range.start as usize).unwrap_or("");
    if gap.contains("\n\n") || gap.contains("\n\r\n") { usize::MAX } else { gap.matches('\n').count() }
}

/// A row that cites, or that fills the column of sources.
fn of_rows(text: &str, note: &Note, table: Range<usize>, sources: &mut Sources) {
    let mut column = None;
    let mut row = table.start;
    while row < table.end {
        let more =
            note.blocks[row..table.end].windows(2).take_while(|p| lines_between(text, &p[0], &p[1]) == 0).count();
        let cells = row..row + 1 + more;
        if row == table.start {
            column = cells.clone().position(|cell| names_sources(note, &note.blocks[cell]));
        } else {
            let cited = cells.clone().flat_map(|cell| sentences(&note.blocks[cell])).find_map(|s| sources.citation[s]);
            let filled = column.and_then(|column| note.blocks[cells.clone()].get(column));
            let filled = filled.filter(|cell| !cell.range.of(text).trim().is_empty());
            if let Some(citation) = cited.or(filled.map(|_| None)) {
                cite(note, cells.clone(), citation, sources);
            }
        }
        row = cells.end;
    }
}

/// Counts what stands right before or after the table and speaks for all of it.
fn of_whole(text: &str, basis: &Basis<'_>, table: Range<usize>, sources: &mut Sources) {
    let note = &basis.note;
    let item = note.blocks[table.start].item;
    let beside = |at: Option<usize>| Some((at?, note.blocks.get(at?).filter(|block| block.item == item)?));
    if let Some((_, under)) = beside(Some(table.end))
        && (under.kind == BlockKind::SourceLine || names_sources(note, under))
    {
        return cite(note, table, None, sources);
    }
    let Some((_, before)) = beside(table.start.checked_sub(1)).filter(|(_, block)| !block.kind.is_heading()) else {
        return;
    };
    let Some(lead) = sentences(before).last() else { return };
    if let Some(citation) = sources.citation[lead] {
        return cite(note, table, citation, sources);
    }
    let strong = |own: &u32| basis.attributions.get(*own as usize).is_some_and(|attribution| attribution.strong);
    let Some(own) = sources.own[lead].filter(strong) else { return };
    let tokens = note.tokens_of(&note.sentences[lead]);
    if tokens.last().is_some_and(|t| t.text(text) == ":")
        || tokens.iter().any(|token| classes_of(token.hash).has(class::TABLE_POINTER))
    {
        for sentence in table.flat_map(|cell| sentences(&note.blocks[cell])) {
            sources.covering[sentence] = sources.covering[sentence].or(Some(own));
        }
    }
}

fn cite(note: &Note, cells: Range<usize>, citation: Option<u32>, sources: &mut Sources) {
    for sentence in cells.flat_map(|cell| sentences(&note.blocks[cell])) {
        sources.citation[sentence] = sources.citation[sentence].or(Some(citation));
    }
}

fn sentences(block: &Block) -> Range<usize> {
    block.sentences.start as usize..block.sentences.end as usize
}

/// "Source", "Sources: …", "Data from …": how a column or a line of sources begins.
fn names_sources(note: &Note, block: &Block) -> bool {
    let first = sentences(block).next().and_then(|sentence| note.tokens_of(&note.sentences[sentence]).first());
    first.is_some_and(|token| classes_of(token.hash).has(class::SOURCE_COLUMN))
}
