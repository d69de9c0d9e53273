//! Which blocks make one article within a file, and what its title, byline, dateline and source line are.
//!
//! Newsletters put articles one after another: a section label, a caption, a title, a byline, then the body, often on
//! one line. What is certain is the byline; around it the run of lines that are no running text is the new article's
//! head. Without a byline only a head of several lines over a very long body is taken for a new article, because a
//! section's heading inside an article looks the same.

use super::line_kinds::{LineKind, capitals, dateline};
use super::{Block, BlockKind, Item};
use crate::lexicon::heading;
use crate::text::TextRange;

/// A body of this many bytes on one line is an article of its own in a newsletter.
const LONG_BODY: u32 = 1200;

/// A standfirst between title and byline is at most this long, in bytes.
const STANDFIRST: u32 = 320;

/// Sets the kinds that depend on place, cuts the blocks into items and gives every block its item and heading.
/// `looks` has one entry for each block: what its line looked like alone.
pub(super) fn plain_items(text: &str, blocks: &mut [Block], looks: &[LineKind]) -> Vec<Item> {
    let starts = starts(blocks, looks);
    let mut items = Vec::with_capacity(starts.len());
    for (index, &from) in starts.iter().enumerate() {
        let to = starts.get(index + 1).copied().unwrap_or(blocks.len());
        if let (Some(slice), Some(looks)) = (blocks.get_mut(from..to), looks.get(from..to)) {
            name_head(text, slice, looks);
        }
        items.push(item(text, blocks, from, to, index as u32));
    }
    items
}

/// The item of `blocks[from..to]`, from the kinds they have; sets each block's item and heading.
pub(super) fn item(text: &str, blocks: &mut [Block], from: usize, to: usize, index: u32) -> Item {
    let mut heading = None;
    let mut found = Item {
        range: TextRange::default(),
        blocks: from as u32..to as u32,
        title: None,
        byline: None,
        dateline: None,
        source_line: None,
    };
    let mut body_seen = false;
    for (at, block) in blocks.iter_mut().enumerate().take(to).skip(from) {
        let at = at as u32;
        block.item = index;
        block.heading = heading;
        match block.kind {
            BlockKind::Title => {
                found.title = found.title.or(Some(at));
                heading = Some(at);
            }
            BlockKind::Heading(level) => {
                if level == 1 {
                    found.title = found.title.or(Some(at));
                }
                heading = Some(at);
            }
            BlockKind::Byline => found.byline = found.byline.or(Some(at)),
            BlockKind::SourceLine => found.source_line = Some(at),
            BlockKind::Paragraph if !body_seen => {
                let paragraph = block.range.of(text);
                if let Some(len) = dateline(paragraph) {
                    found.dateline = Some(TextRange::new(block.range.start, block.range.start + len as u32));
                }
                body_seen = found.dateline.is_some() || paragraph.len() > STANDFIRST as usize;
            }
            _ => {}
        }
    }
    if let (Some(first), Some(last)) = (blocks.get(from), blocks.get(to.saturating_sub(1))) {
        found.range = first.range.cover(last.range);
    }
    found
}

/// The blocks with which items begin, as indices; the first is 0.
fn starts(blocks: &[Block], looks: &[LineKind]) -> Vec<usize> {
    let mut starts = Vec::new();
    if blocks.is_empty() {
        return starts;
    }
    starts.push(0);
    let mut body_seen = false;
    let mut long_body_seen = false;
    let mut at = 0;
    while at < blocks.len() {
        if looks[at] == LineKind::Body {
            body_seen = true;
            long_body_seen |= blocks[at].range.len() >= LONG_BODY;
            at += 1;
            continue;
        }
        let end = head_end(blocks, looks, at);
        let from = (at..end).find(|&i| !trails(looks, i)).unwrap_or(end);
        let byline = (from..end).any(|i| looks[i] == LineKind::Byline);
        let titled = (from..end).any(|i| looks[i] == LineKind::Heading);
        let body_follows = end < blocks.len();
        let long = end < blocks.len() && blocks[end].range.len() >= LONG_BODY;
        let newsletter = titled && long && long_body_seen;
        if body_seen && body_follows && from < end && ((byline && titled) || newsletter) {
            starts.push(from);
            body_seen = false;
        }
        at = end.max(at + 1);
    }
    starts
}

/// The end of the head that begins at `from`: what is not running text, and a standfirst that a byline follows.
fn head_end(blocks: &[Block], looks: &[LineKind], from: usize) -> usize {
    let mut end = from;
    while end < blocks.len() {
        let standfirst = looks[end] == LineKind::Body
            && end > from
            && blocks[end].range.len() <= STANDFIRST
            && looks[end - 1] == LineKind::Heading
            && looks.get(end + 1) == Some(&LineKind::Byline);
        if looks[end] == LineKind::Body && !standfirst {
            break;
        }
        end += 1;
    }
    end
}

/// Lines that close the article before: its source, a separator, `(Reporting by …)`.
fn trails(looks: &[LineKind], at: usize) -> bool {
    match looks[at] {
        LineKind::SourceLine | LineKind::Separator => true,
        // A byline before any title of this head closes what came before.
        LineKind::Byline => {
            looks[at + 1..].iter().take_while(|look| **look != LineKind::Body).any(|look| *look == LineKind::Heading)
        }
        _ => false,
    }
}

/// Gives the heading-like lines of one item their kinds: label, caption, title, section heading.
fn name_head(text: &str, blocks: &mut [Block], looks: &[LineKind]) {
    let body_anywhere = looks.contains(&LineKind::Body);
    let end = head_end(blocks, looks, 0);
    let byline = (0..end).find(|&i| looks[i] == LineKind::Byline);
    let headings: Vec<usize> = (0..end).filter(|&i| looks[i] == LineKind::Heading).collect();
    let counts: Vec<usize> = (0..blocks.len())
        .map(|i| if looks[i] == LineKind::Heading { blocks[i].range.of(text).split_whitespace().count() } else { 0 })
        .collect();
    let words = |at: usize| counts[at];
    let title = match byline.and_then(|byline| headings.iter().rev().find(|&&i| i < byline)) {
        Some(&title) => Some(title),
        None => headings.iter().copied().find(|&i| words(i) > 3).or(headings.first().copied()),
    };
    for at in 0..blocks.len() {
        let kind = match looks[at] {
            LineKind::Heading if !body_anywhere && byline.is_none() => BlockKind::Paragraph,
            LineKind::Heading if Some(at) == title => BlockKind::Title,
            LineKind::Heading if title.is_some_and(|title| at < title) => {
                if words(at) <= 4 {
                    BlockKind::Label
                } else {
                    BlockKind::Caption
                }
            }
            LineKind::Heading => {
                let line = blocks[at].range.of(text);
                let count = words(at);
                let last = at + 1 == blocks.len();
                let titled = count <= 12 && !(last && count > 7) || capitals(line) >= 75;
                // A question inside an article is mostly a paragraph of one sentence.
                let listed = is_listed(looks, at);
                let headed = titled && !listed && !line.ends_with('?');
                if headed { BlockKind::Heading(2) } else { BlockKind::Paragraph }
            }
            LineKind::Byline => BlockKind::Byline,
            LineKind::Caption => BlockKind::Caption,
            LineKind::SourceLine => BlockKind::SourceLine,
            LineKind::Furniture => BlockKind::Label,
            LineKind::Separator => BlockKind::Opaque,
            LineKind::Body => continue,
        };
        blocks[at].kind = kind;
    }
}

/// The items of Markdown: an article begins at a heading that a byline follows, or at every heading of the first level
/// where there are several and none is the name of a section.
pub(super) fn markdown_items(text: &str, blocks: &mut [Block]) -> Vec<Item> {
    if blocks.is_empty() {
        return Vec::new();
    }
    let first_level: Vec<usize> = (0..blocks.len()).filter(|&i| blocks[i].kind == BlockKind::Heading(1)).collect();
    let articles = first_level.len() > 1
        && first_level.iter().all(|&i| !is_section(blocks[i].range.of(text)))
        && first_level.windows(2).all(|pair| has_body(&blocks[pair[0]..pair[1]]));
    let mut starts = vec![0];
    let mut body_seen = false;
    for at in 0..blocks.len() {
        let headed = blocks[at].kind == BlockKind::Title || matches!(blocks[at].kind, BlockKind::Heading(_));
        let by = headed && byline_follows(blocks, at);
        let first = articles && blocks[at].kind == BlockKind::Heading(1);
        if body_seen && (by || first) {
            starts.push(at);
            body_seen = false;
        }
        body_seen |= blocks[at].kind.is_body();
    }
    let mut items = Vec::with_capacity(starts.len());
    for (index, &from) in starts.iter().enumerate() {
        let to = starts.get(index + 1).copied().unwrap_or(blocks.len());
        let mut found = item(text, blocks, from, to, index as u32);
        if found.title.is_none() && found.byline.is_some() {
            found.title = (from..to).find(|&i| matches!(blocks[i].kind, BlockKind::Heading(_))).map(|i| i as u32);
        }
        items.push(found);
    }
    items
}

fn byline_follows(blocks: &[Block], at: usize) -> bool {
    let Some(next) = blocks.get(at + 1) else { return false };
    let standfirst = next.kind == BlockKind::Paragraph && next.range.len() <= STANDFIRST;
    next.kind == BlockKind::Byline
        || (standfirst && blocks.get(at + 2).is_some_and(|block| block.kind == BlockKind::Byline))
}

fn has_body(blocks: &[Block]) -> bool {
    blocks.iter().any(|block| block.kind == BlockKind::Paragraph)
}

/// Tells if a heading names a part of a report rather than an article.
fn is_section(heading: &str) -> bool {
    let name = heading
        .trim_start_matches(|c: char| c.is_ascii_digit() || c == '.' || c == ' ')
        .trim_end_matches([':', ' '])
        .to_lowercase();
    heading::is_section(&name) || name.starts_with("annex ") || name.starts_with("appendix ")
}

/// Tells if a line without a stop is one of three or more in a row: a list, not headings.
fn is_listed(looks: &[LineKind], at: usize) -> bool {
    let heading = |look: &&LineKind| **look == LineKind::Heading;
    let before = looks[..at].iter().rev().take(2).take_while(heading).count();
    let after = looks[at + 1..].iter().take(2).take_while(heading).count();
    before + after >= 2
}
