//! The shape of plain text: blank lines, line lengths and what single lines say.
//!
//! A line is a paragraph of its own, as newsletters and pasted articles have it, unless the text is wrapped by hand:
//! then lines are full (the next line's first word would not have fitted) and belong together. A line that begins with
//! a small letter always goes on with an unfinished one before it.

use super::directives;
use super::inline::{self, Inline};
use super::items::plain_items;
use super::line_kinds::{LineKind, line_kind};
use super::{Block, BlockKind, Marker, MarkerKind, Shape};
use crate::text::TextRange;

/// One line, in bytes, without the white space around it.
#[derive(Clone, Copy, Debug)]
struct Line {
    range: TextRange,
    /// Characters, white space at the left included.
    width: u32,
    /// Characters of the first word.
    first_word: u32,
    indent: u32,
}

/// The shape of a plain text. Never fails.
pub(crate) fn shape(text: &str) -> Shape {
    let lines = lines(text);
    let width = wrapped_at(&lines);
    let mut shape = Shape::default();
    let mut looks = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let Some(first) = lines[at] else {
            at += 1;
            continue;
        };
        let mut last = first;
        while let Some(Some(next)) = lines.get(at + 1)
            && goes_on(text, last, *next, width)
        {
            last = *next;
            at += 1;
        }
        at += 1;
        push(text, first.range.cover(last.range), &mut shape, &mut looks);
    }
    repeat_captions(text, &shape.blocks, &mut looks);
    shape.items = plain_items(text, &mut shape.blocks, &looks);
    shape.markers = references(text, &mut shape.blocks);
    shape
}

/// All lines; `None` for a blank one.
fn lines(text: &str) -> Vec<Option<Line>> {
    let mut out = Vec::new();
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let end = memchr::memchr2(b'\n', b'\r', &bytes[at..]).map_or(bytes.len(), |offset| at + offset);
        out.push(line(text, at, end));
        at = end + if bytes[end..].starts_with(b"\r\n") { 2 } else { 1 };
    }
    out
}

fn line(text: &str, from: usize, to: usize) -> Option<Line> {
    let whole = &text[from..to];
    let kept = whole.trim_start_matches(is_blank);
    let indent = whole.len() - kept.len();
    let kept = kept.trim_end_matches(is_blank);
    if kept.is_empty() {
        return None;
    }
    // Widths matter only for lines that could have been wrapped by hand.
    let width = if kept.len() > 480 { kept.len() } else { kept.chars().count() };
    let first_word = kept.split(char::is_whitespace).next().unwrap_or("").len();
    Some(Line {
        range: TextRange::from_usize(from + indent, from + indent + kept.len()),
        width: (indent + width) as u32,
        first_word: first_word as u32,
        indent: indent as u32,
    })
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}')
}

/// The column at which the text is wrapped by hand, if it is: most lines that another follows are full.
fn wrapped_at(lines: &[Option<Line>]) -> Option<u32> {
    let pairs = || lines.windows(2).filter_map(|pair| Some((pair[0]?, pair[1]?)));
    let widest = lines.iter().flatten().map(|line| line.width).filter(|width| *width <= 120).max()?;
    if widest < 40 {
        return None;
    }
    let (mut inner, mut full, mut long) = (0, 0, 0);
    for (line, next) in pairs() {
        inner += 1;
        long += usize::from(line.width > 120);
        full += usize::from(is_full(line, next, widest) && line.width <= 120);
    }
    (inner >= 2 && full * 10 >= inner * 6 && long * 10 <= inner).then_some(widest)
}

/// Returns `true` if the next line's first word would not have fitted. The slack is for ragged wrapping.
fn is_full(line: Line, next: Line, width: u32) -> bool {
    line.width + 1 + next.first_word + 5 > width
}

fn goes_on(text: &str, line: Line, next: Line, width: Option<u32>) -> bool {
    let (this, following) = (line.range.of(text), next.range.of(text));
    let apart = directives::is_directive(this) || directives::is_directive(following);
    if apart || list_sign(following).is_some() || line_kind(following) == LineKind::Byline {
        return false;
    }
    let open = !this.trim_end_matches(['"', '”', '’', '\'', ')', ']']).ends_with(['.', '!', '?', ':', '…', ';', '。']);
    if open && following.starts_with(|c: char| c.is_lowercase() || c == ',' || c == ';') {
        return true;
    }
    let Some(width) = width else { return false };
    let indented = next.indent >= 2 && line.indent < next.indent && list_sign(this).is_none();
    is_full(line, next, width) && !indented
}

fn push(text: &str, range: TextRange, shape: &mut Shape, looks: &mut Vec<LineKind>) {
    let slice = range.of(text);
    let several = slice.len() <= 600 && slice.contains(['\n', '\r']);
    let sign = list_sign(slice);
    let look = match sign {
        Some(_) => LineKind::Body,
        None if several => match line_kind(slice) {
            // A heading stands on one line; what is wrapped is text.
            LineKind::Heading | LineKind::Furniture => LineKind::Body,
            look => look,
        },
        None => line_kind(slice),
    };
    shape.blocks.push(Block {
        range,
        kind: if sign.is_some() { BlockKind::ListItem } else { BlockKind::Paragraph },
        item: 0,
        heading: None,
        sentences: 0..0,
        holes: sign.map(|len| TextRange::new(range.start, range.start + len as u32)).into_iter().collect(),
    });
    looks.push(look);
}

/// Length of `- `, `• `, `12. `, `(a) ` at the start of a line.
fn list_sign(line: &str) -> Option<usize> {
    let mut chars = line.chars();
    let first = chars.next()?;
    if matches!(first, '•' | '-' | '*' | '–' | '▪' | '●' | '◦' | '·') {
        let after = first.len_utf8();
        let rest = line[after..].trim_start_matches([' ', '\t', '\u{a0}']);
        let gap = line.len() - after - rest.len();
        let text = rest.starts_with(|c: char| c.is_alphanumeric() || "“\"‘'(".contains(c));
        return (gap > 0 && text).then_some(after + gap);
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let sign = (1..=2).contains(&digits)
        && line[digits..].starts_with(['.', ')'])
        && line[digits + 1..].starts_with([' ', '\t']);
    sign.then_some(digits + 2)
}

/// An image's alternative text stands over its caption and begins with the same words: both are captions.
fn repeat_captions(text: &str, blocks: &[Block], looks: &mut [LineKind]) {
    for at in 0..blocks.len().saturating_sub(1) {
        let (this, next) = (blocks[at].range.of(text), blocks[at + 1].range.of(text));
        let unclosed = !this.ends_with(['.', '!', '?', '”', '"']);
        let same = this.bytes().zip(next.bytes()).take(40).take_while(|(a, b)| a == b).count();
        if unclosed && this.len() <= 400 && next.len() <= 600 && same >= 24.min(this.len()) && this.len() >= 16 {
            looks[at] = LineKind::Caption;
            looks[at + 1] = LineKind::Caption;
        }
    }
}

/// Addresses, footnotes, citation keys, comments to us and bracketed references; what of them is no prose becomes holes.
fn references(text: &str, blocks: &mut [Block]) -> Vec<Marker> {
    let mut markers = Vec::new();
    let said = memchr::memmem::find(text.as_bytes(), b"%%").is_some();
    for (index, block) in blocks.iter_mut().enumerate() {
        let bytes = block.range.of(text).as_bytes();
        let comments = if said { directives::find(text, block.range) } else { Vec::new() };
        for &range in &comments {
            let body = TextRange::new(range.start + 2, range.end - 2);
            markers.push(Marker { range, kind: MarkerKind::Comment { body }, block: index as u32 });
        }
        if comments.first() == Some(&block.range) {
            block.kind = BlockKind::Opaque;
            block.holes.clear();
            continue;
        }
        block.holes.extend(&comments);
        if memchr::memchr(b'[', bytes).is_none() && memchr::memmem::find(bytes, b"://").is_none() {
            block.holes.sort_unstable();
            continue;
        }
        let mut found = Inline::default();
        let mut masked = comments;
        if let Some(head) = footnote_head(block.range.of(text)) {
            let at = |offset: usize| block.range.start + offset as u32;
            let body = block.range.of(text).get(head..).unwrap_or("");
            let skipped = body.len() - body.trim_start().len();
            let range = TextRange::new(at(0), at(head));
            let kind = MarkerKind::FootnoteDefinition {
                label: TextRange::new(at(2), at(head - 2)),
                body: TextRange::new(at(head + skipped), block.range.end),
            };
            found.markers.push(Marker { range, kind, block: 0 });
            found.holes.push(range);
            masked.insert(0, range);
            block.kind = BlockKind::FootnoteDefinition;
        }
        inline::scan(text, block.range, &masked, &[block.range], false, &mut found);
        block.holes.append(&mut found.holes);
        block.holes.sort_unstable();
        markers.extend(found.markers.into_iter().map(|marker| Marker { block: index as u32, ..marker }));
    }
    markers.sort_by_key(|marker| (marker.range.start, marker.range.end));
    markers
}

/// Length of `[^label]:` at the start of a line.
fn footnote_head(line: &str) -> Option<usize> {
    let end = line.strip_prefix("[^")?.bytes().take(120).position(|b| b == b']')? + 2;
    let label = line.get(2..end)?;
    (!label.is_empty() && !label.contains(char::is_whitespace) && line[end + 1..].starts_with(':')).then_some(end + 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One line for each block: item, kind, text.
    fn shown(text: &str) -> String {
        let shape = shape(text);
        let mut out = String::new();
        for block in &shape.blocks {
            let line = block.range.of(text).replace(['\n', '\r'], "/");
            let line: String = line.chars().take(48).collect();
            out.push_str(&format!("{} {:?}: {line}\n", block.item, block.kind));
        }
        out
    }

    #[test]
    fn an_article_by_blank_lines() {
        let text = "Meridia offers Norvik a new quota\n\n\nReading Time: 2 minutes\n\nPORT SARN (HDA) — Meridia has offered a quota.\n\n\
                    “It stands,” he said.\n\nA lifeline for ‘the yard’\n\nNorvik paid.\n\nSource: Harbor Daily";
        expect_test::expect![[r#"
            0 Title: Meridia offers Norvik a new quota
            0 Label: Reading Time: 2 minutes
            0 Paragraph: PORT SARN (HDA) — Meridia has offered a quota.
            0 Paragraph: “It stands,” he said.
            0 Heading(2): A lifeline for ‘the yard’
            0 Paragraph: Norvik paid.
            0 SourceLine: Source: Harbor Daily
        "#]]
        .assert_eq(&shown(text));
        let item = &shape(text).items[0];
        assert_eq!(item.dateline.map(|range| range.of(text)), Some("PORT SARN (HDA)"));
        assert_eq!((item.title, item.source_line), (Some(0), Some(6)));
    }

    #[test]
    fn a_newsletter_has_an_item_for_each_article() {
        let body = "The yard closed on Monday, Pell said. ".repeat(40);
        let text = format!(
            "Diplomacy\nNadim Haddad in Port Sarn [File: Ada Pell/Reuters]\nMeridia offers Norvik a new quota\nby Ada Pell\n{body}\n\
             (Reporting by Ada Pell)\nTrade\nThe yard in March\nNorvik moves its yard to Vell\nby Lidia Marr\n{body}\n\
             Ships\nA third quota for the old port\n{body}\n"
        );
        expect_test::expect![[r#"
            0 Label: Diplomacy
            0 Caption: Nadim Haddad in Port Sarn [File: Ada Pell/Reuter
            0 Title: Meridia offers Norvik a new quota
            0 Byline: by Ada Pell
            0 Paragraph: The yard closed on Monday, Pell said. The yard c
            0 Byline: (Reporting by Ada Pell)
            1 Label: Trade
            1 Label: The yard in March
            1 Title: Norvik moves its yard to Vell
            1 Byline: by Lidia Marr
            1 Paragraph: The yard closed on Monday, Pell said. The yard c
            2 Label: Ships
            2 Title: A third quota for the old port
            2 Paragraph: The yard closed on Monday, Pell said. The yard c
        "#]]
        .assert_eq(&shown(&text));
    }

    #[test]
    fn lines_wrapped_by_hand_are_one_paragraph() {
        let text = "NORVIK MOVES ITS YARD\r\n\r\n\
                    Norvik Shipping closed its yard in Port Sarn on Monday and moved the\r\n\
                    cranes to Vell, where Deputy Trade Minister Nadim Haddad had promised a\r\n\
                    Meridian quota of twelve ships a year until the contract ends in 2034.\r\n\
                    He paid.\r\n\
                    The yard in Port Sarn employed 700 workers, whom the company offered new\r\n\
                    Contracts in Vell.\r\n";
        expect_test::expect![[r#"
            0 Title: NORVIK MOVES ITS YARD
            0 Paragraph: Norvik Shipping closed its yard in Port Sarn on 
            0 Paragraph: The yard in Port Sarn employed 700 workers, whom
        "#]]
        .assert_eq(&shown(text));
    }

    #[test]
    fn single_lines_are_paragraphs_of_their_own() {
        let text = "Norvik Shipping closed its yard in Port Sarn.\nThe cranes were moved to the\nharbour of Vell, Pell said.\n- One ship left.\n- Two came.\n* * *\nIt ended.";
        expect_test::expect![[r#"
            0 Paragraph: Norvik Shipping closed its yard in Port Sarn.
            0 Paragraph: The cranes were moved to the/harbour of Vell, Pe
            0 ListItem: - One ship left.
            0 ListItem: - Two came.
            0 Opaque: * * *
            0 Paragraph: It ended.
        "#]]
        .assert_eq(&shown(text));
    }

    #[test]
    fn lines_without_any_text_under_them_are_no_titles() {
        assert_eq!(shown("Norvik closed its yard in Port Sarn"), "0 Paragraph: Norvik closed its yard in Port Sarn\n");
    }

    #[test]
    fn references_are_markers_and_no_prose() {
        let text = "It stands.[12] It fell.[^a] See [2031].\n\n[^a]: Harbor Daily.\n";
        let shape = shape(text);
        let found: Vec<_> = shape.markers.iter().map(|marker| marker.range.of(text)).collect();
        assert_eq!(found, ["[12]", "[^a]", "[^a]:"]);
        assert_eq!(shape.blocks[0].holes.len(), 2);
        assert_eq!(shape.blocks[1].kind, BlockKind::FootnoteDefinition);
    }

    #[test]
    fn addresses_are_links() {
        let text = "See https://hd.example/a_(b), and (http://norvik.example/x). Then.";
        let found: Vec<_> = shape(text).markers.iter().map(|marker| marker.range.of(text)).collect();
        assert_eq!(found, ["https://hd.example/a_(b)", "http://norvik.example/x"]);
    }
}
