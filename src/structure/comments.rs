//! Comments between `%%` signs, which may reach over blocks.

use super::{BlockKind, Marker, MarkerKind, Shape};
use crate::text::TextRange;

/// Pairs the `%%` of a note: within a block always, across blocks only where the first begins its line. What lies
/// between becomes a comment: a hole, or whole blocks that are no longer prose.
pub(super) fn comments(text: &str, percents: &[(u32, bool)], shape: &mut Shape) {
    let mut at = 0;
    let mut comments: Vec<TextRange> = Vec::new();
    while let (Some(&(open, first)), Some(&(close, _))) = (percents.get(at), percents.get(at + 1)) {
        let block = shape.blocks.partition_point(|block| block.range.end <= open);
        let same = shape.blocks.get(block).is_some_and(|block| block.range.contains(close));
        if same || first {
            comments.push(TextRange::new(open, close + 2));
            at += 2;
        } else {
            at += 1;
        }
    }
    if comments.is_empty() {
        return;
    }
    let covering = |place: TextRange| {
        let index = comments.partition_point(|comment| comment.end <= place.start);
        comments.get(index).is_some_and(|comment| comment.contains_range(place))
    };
    shape.markers.retain(|marker| !covering(marker.range));
    for block in &mut shape.blocks {
        if covering(block.range) {
            block.kind = BlockKind::Opaque;
            block.holes.clear();
            continue;
        }
        let first = comments.partition_point(|comment| comment.end <= block.range.start);
        let mut added = false;
        for comment in comments[first..].iter().take_while(|comment| comment.start < block.range.end) {
            let hole = TextRange::new(comment.start.max(block.range.start), comment.end.min(block.range.end));
            block.holes.retain(|old| !hole.contains_range(*old));
            for old in &mut block.holes {
                if old.overlaps(hole) {
                    // A hole that reaches over the comment's edge keeps only what lies outside.
                    *old = if old.start < hole.start {
                        TextRange::new(old.start, hole.start)
                    } else {
                        TextRange::new(hole.end, old.end)
                    };
                }
            }
            block.holes.push(hole);
            added = true;
        }
        if added {
            block.holes.sort_unstable();
        }
    }
    for comment in comments {
        let block = shape.blocks.partition_point(|block| block.range.end <= comment.start) as u32;
        let body = TextRange::new(comment.start + 2, comment.end - 2);
        debug_assert!(body.end as usize <= text.len());
        shape.markers.push(Marker { range: comment, kind: MarkerKind::Comment { body }, block });
    }
}
