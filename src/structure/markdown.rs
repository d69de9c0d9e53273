//! The shape of Markdown: pulldown-cmark's events, by their places in the source.
//!
//! pulldown-cmark knows CommonMark, tables, footnotes and mathematics; what Obsidian, Pandoc, Quarto and Logseq add is
//! found by `inline` in the text it leaves over. Every stretch of inline content becomes one block. What of a block is
//! text stays; all the rest (signs of emphasis, targets, code, notes' numbers, the `> ` before a quotation's line) is
//! its `holes`.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};

use super::inline::{self, Inline};
use super::leaf::{Leaf, holes, is_prose};
use super::line_kinds::{LineKind, line_kind};
use super::{Block, BlockKind, Marker, MarkerKind, Shape, comments, front_matter, items};
use crate::text::TextRange;

/// The shape of a Markdown text. Never fails.
pub(crate) fn shape(text: &str) -> Shape {
    let mut shape = Shape { front_matter: front_matter::read(text), ..Shape::default() };
    let mut base = if text.starts_with('\u{feff}') { 3 } else { 0 };
    if let Some(front) = &shape.front_matter {
        base = front.range.end as usize;
        shape.blocks.push(block(front.range, BlockKind::Opaque, Vec::new()));
    }
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_MATH;
    let source = &text[base..];
    let mut reader = Reader {
        text,
        base,
        shape,
        containers: Vec::new(),
        leaf: None,
        links: Vec::new(),
        silent: 0,
        percents: Vec::new(),
    };
    for (event, range) in Parser::new_ext(source, options).into_offset_iter() {
        reader.event(event, range);
    }
    reader.finish()
}

fn block(range: TextRange, kind: BlockKind, holes: Vec<TextRange>) -> Block {
    Block { range, kind, item: 0, heading: None, sentences: 0..0, holes }
}

/// The surroundings of a leaf.
#[derive(Debug)]
enum Container {
    Item,
    Quote,
    /// A callout; whether its first line (type and title) was seen.
    Callout {
        quote: bool,
        titled: bool,
    },
    /// The index of the marker whose body is to be set at the end.
    Footnote {
        marker: usize,
    },
    Cell,
}

/// A link whose shown text is being read.
struct OpenLink {
    range: TextRange,
    shown: Option<TextRange>,
    target: String,
    kind: LinkType,
    image: bool,
}

struct Reader<'t> {
    text: &'t str,
    base: usize,
    shape: Shape,
    containers: Vec<Container>,
    leaf: Option<Leaf>,
    links: Vec<OpenLink>,
    /// The number of images and opaque blocks that are open: their text is not collected.
    silent: usize,
    /// Places of `%%` in text, and whether each stands at its line's start.
    percents: Vec<(u32, bool)>,
}

impl Reader<'_> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        let range = range.start + self.base..range.end + self.base;
        let place = TextRange::from_usize(range.start, range.end);
        match event {
            Event::Start(tag) => self.start(&tag, place),
            Event::End(tag) => self.end(tag, place),
            Event::Text(written) => {
                // What is written differently (`&amp;`) is no text that a token could cover.
                self.inline(place, *written == *place.of(self.text));
            }
            Event::SoftBreak => self.inline(place, true),
            Event::HardBreak => {
                let backslash = u32::from(place.of(self.text).starts_with('\\'));
                self.inline(TextRange::new(place.start, place.start + backslash), false);
                self.inline(TextRange::new(place.start + backslash, place.end), true);
            }
            Event::InlineMath(body) if is_money(&body, self.text, place) => self.inline(place, true),
            Event::Code(_) | Event::InlineMath(_) | Event::DisplayMath(_) => self.masked(place),
            Event::InlineHtml(_) => {
                self.masked(place);
                self.html_comments(place);
            }
            Event::FootnoteReference(_) => {
                self.masked(place);
                let label = TextRange::new(place.start + 2, place.end.saturating_sub(1));
                self.mark(place, MarkerKind::FootnoteReference { label });
            }
            Event::TaskListMarker(_) => self.inline(place, false),
            Event::Html(_) | Event::Rule => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, place: TextRange) {
        match tag {
            Tag::Paragraph => self.flush(),
            Tag::Heading { level, .. } => {
                self.flush();
                self.leaf = Some(Leaf::new(Some(*level as u8), place.start as usize));
            }
            Tag::BlockQuote(_) => {
                self.flush();
                self.containers.push(callout(place.of(self.text)));
            }
            Tag::Item => {
                self.flush();
                self.containers.push(Container::Item);
            }
            Tag::FootnoteDefinition(_) => {
                self.flush();
                let head = place.of(self.text);
                let label = head.find("[^").map_or(0, |at| at + 2);
                let end = head[label..].find(']').map_or(head.len(), |at| label + at);
                let body = head.get(end + 2..).unwrap_or("");
                let from = head.len() - body.trim_start().len();
                let to = from + body.trim().len();
                let at = |offset: usize| place.start + offset as u32;
                self.containers.push(Container::Footnote { marker: self.shape.markers.len() });
                self.shape.markers.push(Marker {
                    range: TextRange::new(at(label.saturating_sub(2)), at((end + 2).min(head.len()))),
                    kind: MarkerKind::FootnoteDefinition {
                        label: TextRange::new(at(label), at(end)),
                        body: TextRange::new(at(from), at(to)),
                    },
                    block: u32::MAX,
                });
            }
            Tag::TableCell => {
                self.flush();
                self.containers.push(Container::Cell);
            }
            Tag::CodeBlock(_) | Tag::HtmlBlock | Tag::MetadataBlock(_) => {
                self.flush();
                self.containers.push(Container::Cell); // keeps the pairs even; opaque text is not collected
                self.opaque(place);
                if matches!(tag, Tag::HtmlBlock) {
                    self.html_comments(place);
                }
                self.silent += 1;
            }
            Tag::Link { link_type, dest_url, .. } => self.open_link(*link_type, dest_url, place, false),
            Tag::Image { link_type, dest_url, .. } => {
                self.open_link(*link_type, dest_url, place, true);
                self.masked(place);
                self.silent += 1;
            }
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Superscript | Tag::Subscript => {
                self.inline(place, false)
            }
            _ => self.flush(),
        }
    }

    fn end(&mut self, tag: TagEnd, _place: TextRange) {
        match tag {
            TagEnd::BlockQuote(_) | TagEnd::Item | TagEnd::TableCell => {
                self.flush();
                self.containers.pop();
            }
            TagEnd::FootnoteDefinition => {
                self.flush();
                if let Some(Container::Footnote { marker }) = self.containers.pop() {
                    let last = self.shape.blocks.len().saturating_sub(1) as u32;
                    if let Some(found) = self.shape.markers.get_mut(marker)
                        && found.block == u32::MAX
                    {
                        found.block = last;
                    }
                }
            }
            TagEnd::CodeBlock | TagEnd::HtmlBlock | TagEnd::MetadataBlock(_) => {
                self.silent = self.silent.saturating_sub(1);
                self.containers.pop();
                self.leaf = None;
            }
            TagEnd::Link => self.close_link(),
            TagEnd::Image => {
                self.silent = self.silent.saturating_sub(1);
                self.close_link();
            }
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Superscript | TagEnd::Subscript => {}
            _ => self.flush(),
        }
    }

    fn leaf(&mut self, place: TextRange) -> &mut Leaf {
        let leaf = self.leaf.get_or_insert_with(|| Leaf::new(None, place.start as usize));
        if leaf.range.is_empty() {
            leaf.range = place.start as usize..place.end as usize;
        }
        leaf.range.end = leaf.range.end.max(place.end as usize);
        leaf
    }

    fn inline(&mut self, place: TextRange, prose: bool) {
        if self.silent > 0 {
            if let Some(link) = self.links.last_mut().filter(|link| link.image) {
                link.shown = Some(link.shown.map_or(place, |shown| shown.cover(place)));
            }
            return;
        }
        if let Some(link) = self.links.last_mut()
            && (prose || link.shown.is_some())
        {
            link.shown = Some(link.shown.map_or(place, |shown| shown.cover(place)));
        }
        let leaf = self.leaf(place);
        if prose {
            match leaf.prose.last_mut() {
                Some(last) if last.end == place.start => last.end = place.end,
                _ => leaf.prose.push(place),
            }
        }
    }

    fn masked(&mut self, place: TextRange) {
        if self.silent == 0 {
            self.leaf(place).masked.push(place);
        }
    }

    fn mark(&mut self, range: TextRange, kind: MarkerKind) {
        match &mut self.leaf {
            Some(leaf) => leaf.markers.push(Marker { range, kind, block: u32::MAX }),
            None => {
                let block = self.shape.blocks.len().saturating_sub(1) as u32;
                self.shape.markers.push(Marker { range, kind, block });
            }
        }
    }

    fn open_link(&mut self, kind: LinkType, target: &str, place: TextRange, image: bool) {
        if self.silent == 0 {
            self.leaf(place);
        }
        self.links.push(OpenLink { range: place, shown: None, target: target.to_owned(), kind, image });
    }

    fn close_link(&mut self) {
        let Some(link) = self.links.pop() else { return };
        let bare = matches!(link.kind, LinkType::Autolink | LinkType::Email);
        let shown = link.shown.filter(|_| !bare).unwrap_or(TextRange::empty(link.range.start + 1));
        if bare && let Some(leaf) = &mut self.leaf {
            leaf.masked.push(link.range);
        }
        let kind = if link.image {
            MarkerKind::Image { alt: shown, target: link.target }
        } else {
            MarkerKind::Link { text: shown, target: link.target }
        };
        if !link.image && self.silent > 0 {
            return; // a link inside an image's alternative text
        }
        self.mark(link.range, kind);
    }

    fn opaque(&mut self, place: TextRange) {
        let kept = place.of(self.text).trim_end();
        self.shape.blocks.push(block(
            TextRange::new(place.start, place.start + kept.len() as u32),
            BlockKind::Opaque,
            Vec::new(),
        ));
    }

    fn html_comments(&mut self, place: TextRange) {
        let source = place.of(self.text);
        let mut at = 0;
        while let Some(start) = source[at..].find("<!--").map(|offset| at + offset) {
            let Some(end) = source[start + 4..].find("-->").map(|offset| start + 4 + offset) else { break };
            let range = TextRange::new(place.start + start as u32, place.start + end as u32 + 3);
            let body = TextRange::new(range.start + 4, range.end - 3);
            self.mark(range, MarkerKind::Comment { body });
            at = end + 3;
        }
    }

    /// Ends the inline content that is being collected and makes it a block.
    fn flush(&mut self) {
        let Some(mut leaf) = self.leaf.take() else { return };
        if leaf.prose.is_empty() && leaf.masked.is_empty() {
            return;
        }
        leaf.masked.sort_unstable();
        let kind = self.kind_of(&leaf);
        let callout_head = match self.containers.iter_mut().rev().find(|c| matches!(c, Container::Callout { .. })) {
            Some(Container::Callout { titled, .. }) if !*titled => {
                *titled = true;
                true
            }
            _ => false,
        };
        if callout_head && let Some((title, rest)) = leaf.split_callout(self.text) {
            self.leaf_block(title, BlockKind::Label);
            if let Some(rest) = rest {
                self.leaf_block(rest, kind);
            }
            return;
        }
        if kind == BlockKind::Paragraph {
            let parts = leaf.split_lines(self.text);
            if !parts.is_empty() {
                for (part, kind) in parts {
                    self.leaf_block(part, kind);
                }
                return;
            }
        }
        self.leaf_block(leaf, kind);
    }

    fn kind_of(&self, leaf: &Leaf) -> BlockKind {
        if let Some(level) = leaf.heading {
            return BlockKind::Heading(level);
        }
        let mut kind = BlockKind::Paragraph;
        for container in &self.containers {
            kind = match (container, kind) {
                (Container::Footnote { .. }, _) | (_, BlockKind::FootnoteDefinition) => BlockKind::FootnoteDefinition,
                (Container::Cell, _) => BlockKind::TableCell,
                (Container::Callout { quote: true, .. } | Container::Quote, _) => BlockKind::Quote,
                (Container::Callout { .. }, _) => BlockKind::Callout,
                (Container::Item, BlockKind::Paragraph | BlockKind::ListItem) => BlockKind::ListItem,
                (Container::Item, outer) => outer,
            };
        }
        kind
    }

    fn leaf_block(&mut self, leaf: Leaf, kind: BlockKind) {
        let source = self.text.get(leaf.range.clone()).unwrap_or("");
        let start = leaf.range.start + source.len() - source.trim_start().len();
        let range = TextRange::from_usize(start, start + source.trim().len());
        if range.is_empty() {
            return;
        }
        let mut found = Inline { holes: Vec::new(), markers: leaf.markers, percents: Vec::new() };
        inline::scan(self.text, range, &leaf.masked, &leaf.prose, true, &mut found);
        let holes = holes(range, &leaf.prose, &found.holes);
        let prose = is_prose(self.text, range, &holes);
        let index = self.shape.blocks.len() as u32;
        let kind = match kind {
            _ if !prose => BlockKind::Opaque,
            BlockKind::Paragraph => line_block(range.of(self.text)),
            kind => kind,
        };
        let holes = if kind == BlockKind::Opaque { Vec::new() } else { holes };
        self.shape.blocks.push(block(range, kind, holes));
        for marker in &mut found.markers {
            marker.block = index;
        }
        self.shape.markers.append(&mut found.markers);
        self.percents.append(&mut found.percents);
        for container in &self.containers {
            if let Container::Footnote { marker } = container
                && let Some(definition) = self.shape.markers.get_mut(*marker)
            {
                definition.block = definition.block.min(index);
            }
        }
    }

    fn finish(mut self) -> Shape {
        self.flush();
        let mut shape = self.shape;
        let last = shape.blocks.len().saturating_sub(1) as u32;
        comments::comments(self.text, &self.percents, &mut shape);
        shape.markers.sort_by_key(|marker| (marker.range.start, marker.range.end));
        for marker in &mut shape.markers {
            marker.block = marker.block.min(last);
        }
        if shape.blocks.is_empty() {
            shape.markers.clear();
        }
        shape.items = items::markdown_items(self.text, &mut shape.blocks);
        shape
    }
}

/// A paragraph of one line may be a byline, a caption or a source line, as in plain text.
fn line_block(source: &str) -> BlockKind {
    if source.len() > 400 || source.contains('\n') {
        return BlockKind::Paragraph;
    }
    match line_kind(source.trim_matches(['*', '_', ' '])) {
        LineKind::Byline => BlockKind::Byline,
        LineKind::Caption => BlockKind::Caption,
        LineKind::SourceLine if !source.contains("://") || source.starts_with(['S', 's']) => BlockKind::SourceLine,
        LineKind::Furniture => BlockKind::Label,
        _ => BlockKind::Paragraph,
    }
}

/// `> [!quote] Title` or an ordinary quotation.
fn callout(source: &str) -> Container {
    // Its own sign only: a quotation within has its own, and a line of thousands of them must not be read for each.
    let head = source.trim_start_matches(' ').strip_prefix('>').unwrap_or(source).trim_start_matches(' ');
    let Some(name) = head.strip_prefix("[!").and_then(|rest| rest.split_once(']')).map(|(name, _)| name) else {
        return Container::Quote;
    };
    let fits = !name.is_empty()
        && name.len() <= 32
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '|' | ' '));
    if !fits {
        return Container::Quote;
    }
    let quote = matches!(name.to_ascii_lowercase().as_str(), "quote" | "cite");
    Container::Callout { quote, titled: false }
}

/// `between $5 and US$10` is money, not mathematics.
fn is_money(body: &str, text: &str, place: TextRange) -> bool {
    let digit_after = text.as_bytes().get(place.end as usize).is_some_and(u8::is_ascii_digit);
    let formula = body.contains(['\\', '^', '_', '=', '{', '}']);
    !formula && (digit_after || (body.starts_with(|c: char| c.is_ascii_digit()) && body.contains(' ')))
}

#[cfg(test)]
mod tests;
