//! One stretch of inline content on its way to a block: what of it is text, and where it comes apart.

use std::ops::Range;

use super::line_kinds::{LineKind, line_kind};
use super::{BlockKind, Marker};
use crate::text::TextRange;

/// Inline content that is being collected.
#[derive(Debug)]
pub(super) struct Leaf {
    /// The level of the heading, 1 to 6, if it is one.
    pub(super) heading: Option<u8>,
    /// From the first to the last inline event.
    pub(super) range: Range<usize>,
    /// Ranges that are text.
    pub(super) prose: Vec<TextRange>,
    /// Ranges that no other scan may look into: code, mathematics, HTML, images, addresses.
    pub(super) masked: Vec<TextRange>,
    /// The markers in it; their block is not set.
    pub(super) markers: Vec<Marker>,
}

impl Leaf {
    /// An empty one at byte `at`.
    pub(super) fn new(heading: Option<u8>, at: usize) -> Self {
        Self { heading, range: at..at, prose: Vec::new(), masked: Vec::new(), markers: Vec::new() }
    }

    /// `[!type]± title` and the body under it.
    pub(super) fn split_callout(&mut self, text: &str) -> Option<(Leaf, Option<Leaf>)> {
        let source = text.get(self.range.clone())?;
        let sign = source.find(']')? + 1;
        let sign = sign + usize::from(source[sign..].starts_with(['+', '-']));
        let line = source.find('\n').unwrap_or(source.len());
        let (start, end) = (self.range.start, self.range.end);
        let title = self.part(start + sign, start + line);
        let below = start + line + 1;
        Some((title, (below < end).then(|| self.part(below, end))))
    }

    /// The lines of a paragraph, where its first lines hold a byline or its last is a source line: an article that was
    /// pasted without blank lines. Empty for any other paragraph.
    pub(super) fn split_lines(&mut self, text: &str) -> Vec<(Leaf, BlockKind)> {
        let source = text.get(self.range.clone()).unwrap_or("");
        if !source.contains('\n') {
            return Vec::new();
        }
        let base = self.range.start;
        let mut heads: Vec<(Range<usize>, LineKind)> = Vec::new();
        let mut at = 0;
        for line in source.split_inclusive('\n').take(HEAD_LINES) {
            heads.push((at..at + line.trim_end().len(), line_kind(line.trim())));
            at += line.len();
        }
        let byline = heads.iter().rposition(|(_, look)| *look == LineKind::Byline);
        let heads = byline.map_or(0, |byline| byline + 1);
        let clean = looks_like_a_head(&source[..at.min(source.len())], heads);
        let tail = source
            .trim_end()
            .rfind('\n')
            .map(|at| at + 1)
            .filter(|at| line_kind(source[*at..].trim()) == LineKind::SourceLine);
        if (heads == 0 || !clean) && tail.is_none() {
            return Vec::new();
        }
        let mut parts = Vec::new();
        let mut at = 0;
        if clean {
            for (index, line) in source.split_inclusive('\n').take(heads).enumerate() {
                let kind = match line_kind(line.trim()) {
                    LineKind::Byline => BlockKind::Byline,
                    LineKind::Caption => BlockKind::Caption,
                    LineKind::Heading if index + 2 == heads => BlockKind::Title,
                    LineKind::SourceLine => BlockKind::SourceLine,
                    _ => BlockKind::Label,
                };
                parts.push((self.part(base + at, base + at + line.trim_end().len()), kind));
                at += line.len();
            }
        }
        let end = tail.unwrap_or(source.len());
        if at < end {
            parts.push((self.part(base + at, base + end), BlockKind::Paragraph));
        }
        if let Some(tail) = tail {
            parts.push((self.part(base + tail, base + source.len()), BlockKind::SourceLine));
        }
        parts
    }

    /// The lines `from..to` as a leaf of their own.
    fn part(&mut self, from: usize, to: usize) -> Leaf {
        let cut = |range: &TextRange| {
            let cut = TextRange::from_usize((range.start as usize).max(from), (range.end as usize).min(to).max(from));
            (!cut.is_empty()).then_some(cut)
        };
        let prose: Vec<TextRange> = self.prose.iter().filter_map(cut).collect();
        let start = prose.first().map_or(from, |first| (first.start as usize).max(from));
        let (inside, outside): (Vec<_>, Vec<_>) = std::mem::take(&mut self.markers)
            .into_iter()
            .partition(|marker| (from..to).contains(&(marker.range.start as usize)));
        self.markers = outside;
        let start = inside.first().map_or(start, |marker| start.min(marker.range.start as usize));
        Leaf {
            heading: None,
            range: start..to.max(start),
            masked: self.masked.iter().filter_map(cut).collect(),
            prose,
            markers: inside,
        }
    }
}

/// The head of an article has at most so many lines.
const HEAD_LINES: usize = 6;

/// Returns `true` if the first `count` lines are all short and none is running text.
fn looks_like_a_head(source: &str, count: usize) -> bool {
    count > 0 && source.split_inclusive('\n').take(count).all(|line| line_kind(line.trim()) != LineKind::Body)
}

/// The parts of `range` that are no prose: outside of `prose` (sorted), or in `more`.
pub(super) fn holes(range: TextRange, prose: &[TextRange], more: &[TextRange]) -> Vec<TextRange> {
    let mut found = Vec::with_capacity(prose.len() + more.len());
    let mut at = range.start;
    for piece in prose {
        if piece.start > at {
            found.push(TextRange::new(at, piece.start));
        }
        at = at.max(piece.end);
    }
    if at < range.end {
        found.push(TextRange::new(at, range.end));
    }
    found.extend(more.iter().copied());
    found.sort_unstable();
    // The block was trimmed; what stood in its margins is gone.
    let clip = |hole: TextRange| TextRange::new(hole.start.max(range.start), hole.end.min(range.end));
    let found = found.into_iter().map(clip).filter(|hole| !hole.is_empty());
    let mut merged: Vec<TextRange> = Vec::new();
    for hole in found {
        match merged.last_mut() {
            Some(last) if hole.start < last.end => last.end = last.end.max(hole.end),
            _ => merged.push(hole),
        }
    }
    merged
}

/// Returns `true` if anything is left that could be a word.
pub(super) fn is_prose(text: &str, range: TextRange, holes: &[TextRange]) -> bool {
    let mut at = range.start;
    let words =
        |from: u32, to: u32| TextRange::new(from, to).of(text).bytes().any(|b| b.is_ascii_alphanumeric() || b >= 0x80);
    for hole in holes {
        if words(at, hole.start.max(at)) {
            return true;
        }
        at = at.max(hole.end);
    }
    words(at, range.end)
}
