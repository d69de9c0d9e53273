//! The shape of plain text: blank lines part blocks, and short lines without a full stop are titles.

use super::{Block, BlockKind, Item, Shape};
use crate::text::TextRange;

pub(crate) fn shape(text: &str) -> Shape {
    let mut shape = Shape::default();
    let mut start: Option<usize> = None;
    let mut at = 0;
    for line in text.split_inclusive(['\n', '\r']) {
        if line.trim().is_empty() {
            if let Some(from) = start.take() {
                push(text, from, at, &mut shape);
            }
        } else if start.is_none() {
            start = Some(at);
        }
        at += line.len();
    }
    if let Some(from) = start {
        push(text, from, at, &mut shape);
    }
    if let (Some(first), Some(last)) = (shape.blocks.first(), shape.blocks.last()) {
        shape.items.push(Item {
            range: first.range.cover(last.range),
            blocks: 0..shape.blocks.len() as u32,
            title: (first.kind == BlockKind::Title).then_some(0),
            byline: None,
        });
    }
    shape
}

fn push(text: &str, from: usize, to: usize, shape: &mut Shape) {
    let slice = &text[from..to];
    let from = from + (slice.len() - slice.trim_start().len());
    let slice = slice.trim();
    let title = slice.len() <= 120 && !slice.contains('\n') && !slice.ends_with(['.', '!', '?', '”', '"', ':', ',']);
    shape.blocks.push(Block {
        range: TextRange::from_usize(from, from + slice.len()),
        kind: if title { BlockKind::Title } else { BlockKind::Paragraph },
        item: 0,
        heading: None,
        sentences: 0..0,
        holes: Vec::new(),
    });
}
