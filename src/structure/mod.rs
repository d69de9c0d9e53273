//! The shape of one note: what is prose and what is not, where items, blocks and sentences begin and end.
//!
//! [`parse`] takes any text and never fails. Everything after it works on [`Sentence`]s and [`Token`]s; bytes that
//! are not prose (markup signs, link targets, code, comments) are the blocks' `holes`, and no token covers them.
//!
//! Read in this order: this file for the values; `plain` (with `line_kinds`) and `markdown` (with `leaf`, `inline`,
//! `citations`, `comments`) for blocks and markers; `items` for articles within a file; `sentences` (with
//! `abbreviations`, `speech_tags`); `tokens`; `front_matter` for the head of the file; `tests` for what always holds.

pub mod sentences;
pub mod tokens;

mod abbreviations;
mod addresses;
mod citations;
mod comments;
mod directives;
mod front_matter;
mod inline;
mod items;
mod leaf;
mod line_kinds;
mod markdown;
mod plain;
mod speech_tags;

use std::ops::Range;
use std::sync::Arc;

pub use abbreviations::{LastPoint, last_point};
pub use tokens::{Token, TokenKind};

use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

use crate::text::sentence_cache::Reading;
use crate::text::{SentenceCache, TextRange};

/// The markup of a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Format {
    /// CommonMark with front matter, footnotes, wikilinks, citations, callouts and `%%` comments.
    Markdown,
    /// No markup at all; blank lines and short lines give the shape.
    #[default]
    Plain,
}

impl Format {
    /// The format that a path's extension stands for: `.md .markdown .mdown .qmd` are Markdown, all else is plain.
    #[must_use]
    pub fn of_path(path: &str) -> Self {
        let extension = path.rsplit_once('.').map_or("", |(_, e)| e).to_ascii_lowercase();
        match extension.as_str() {
            "md" | "markdown" | "mdown" | "qmd" => Self::Markdown,
            _ => Self::Plain,
        }
    }
}

/// The kind of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// Running text.
    Paragraph,
    /// A heading; the number is its level, 1 to 6.
    Heading(u8),
    /// The title line of an item in plain text.
    Title,
    /// `By Ada Pell`, `Reporting by …`.
    Byline,
    /// A picture's caption or credit line.
    Caption,
    /// A section label over an item ("Diplomacy").
    Label,
    /// A trailing `Source: …` line of an item.
    SourceLine,
    /// One list item.
    ListItem,
    /// A block quotation, a paragraph of it.
    Quote,
    /// A callout's body (`> [!note]`).
    Callout,
    /// One table cell.
    TableCell,
    /// The body of a footnote's definition.
    FootnoteDefinition,
    /// Code, mathematics, raw HTML, a comment, front matter: not prose, has no sentences.
    Opaque,
}

impl BlockKind {
    /// Tells if claims are looked for here at all.
    #[must_use]
    pub fn is_body(self) -> bool {
        matches!(self, Self::Paragraph | Self::ListItem | Self::TableCell | Self::Callout | Self::Quote)
    }

    /// Tells if this is a headline-like line, where case says little about names.
    #[must_use]
    pub fn is_heading(self) -> bool {
        matches!(self, Self::Heading(_) | Self::Title | Self::Label)
    }
}

/// A block of a note, in order, never overlapping.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// The block's bytes, without the line end after it.
    pub range: TextRange,
    /// Its kind.
    pub kind: BlockKind,
    /// Index into [`Note::items`].
    pub item: u32,
    /// Index of the heading block that governs it, if any.
    pub heading: Option<u32>,
    /// Its sentences, as indices into [`Note::sentences`].
    pub sentences: Range<u32>,
    /// Bytes inside `range` that are not prose, sorted.
    pub holes: Vec<TextRange>,
}

/// One article within a file. Attribution, first mentions and date anchors do not cross it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// From its first block to its last.
    pub range: TextRange,
    /// Its blocks, as indices into [`Note::blocks`].
    pub blocks: Range<u32>,
    /// The title's block.
    pub title: Option<u32>,
    /// The byline's block.
    pub byline: Option<u32>,
    /// `PORT SARN, March 4 (Agency)` at the start of its text, without the dash.
    pub dateline: Option<TextRange>,
    /// The block of its `Source: …` line.
    pub source_line: Option<u32>,
}

/// A sentence: where it stands and which tokens it has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Without the white space around it.
    pub range: TextRange,
    /// Index into [`Note::blocks`].
    pub block: u32,
    /// Its tokens, as indices into [`Note::tokens`].
    pub tokens: Range<u32>,
    /// xxh3 of its text and of what its tokens depend on: the key of everything that is remembered about it.
    pub key: u64,
}

/// A pointer from a note to something outside the running text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marker {
    /// The whole marker with its brackets.
    pub range: TextRange,
    /// Its kind, with the parts it is made of.
    pub kind: MarkerKind,
    /// Index of the block it stands in.
    pub block: u32,
}

/// The kinds of [`Marker`]. Ranges are of the named part alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MarkerKind {
    /// `[text](target)`, `[text][ref]`, `<https://…>` or a bare address.
    Link {
        /// Shown text; empty for a bare address.
        text: TextRange,
        /// The address as written.
        target: String,
    },
    /// `![alt](target)`.
    Image {
        /// The alternative text.
        alt: TextRange,
        /// The address as written.
        target: String,
    },
    /// `[[target#heading|shown]]`, also embedded with `!`.
    Wikilink {
        /// The target without anchor.
        target: TextRange,
        /// `#heading` or `#^block`, without the sign.
        anchor: Option<TextRange>,
        /// The shown text.
        shown: Option<TextRange>,
        /// True if it is embedded (`![[…]]`).
        embed: bool,
    },
    /// `[^label]` in the text.
    FootnoteReference {
        /// The label.
        label: TextRange,
    },
    /// `[^label]:` at its definition.
    FootnoteDefinition {
        /// The label.
        label: TextRange,
        /// The text after the colon, without surrounding white space.
        body: TextRange,
    },
    /// `^[text]`.
    InlineFootnote {
        /// The text.
        body: TextRange,
    },
    /// One key of `[@key, p. 3; @other]` or a bare `@key`.
    CitationKey {
        /// The key without `@`.
        key: TextRange,
        /// True if it stands in brackets.
        bracketed: bool,
    },
    /// `[12]`, `[S-03]`.
    BracketReference,
    /// `[confirm: Nadim Haddad said]`: words that count only once somebody has taken them out of their brackets.
    Unconfirmed {
        /// The words after the colon, without surrounding white space.
        words: TextRange,
    },
    /// `<!-- … -->` or `%% … %%`; the text between the signs.
    Comment {
        /// The text between the signs.
        body: TextRange,
    },
}

/// The head of a file, as far as it could be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FrontMatter {
    /// From the opening to the closing fence.
    pub range: TextRange,
    /// Top-level keys in order. Nested tables are flattened as `outer.inner`.
    pub fields: Vec<Field>,
    /// The fault for which it could not be read, with its place.
    pub problem: Option<(TextRange, String)>,
}

/// One key of the front matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// The key as written.
    pub key: String,
    /// The bytes of the key.
    pub key_range: TextRange,
    /// The scalar, or the scalars of a list, with the place of each.
    pub values: Vec<(String, TextRange)>,
}

impl FrontMatter {
    /// The values under `key` (ASCII case ignored), none if it is absent.
    #[must_use]
    pub fn values(&self, key: &str) -> &[(String, TextRange)] {
        self.fields.iter().find(|f| f.key.eq_ignore_ascii_case(key)).map_or(&[], |f| f.values.as_slice())
    }

    /// The first value under `key`.
    #[must_use]
    pub fn value(&self, key: &str) -> Option<&str> {
        self.values(key).first().map(|(value, _)| value.as_str())
    }
}

/// The shape of one note.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Note {
    /// The markup it was read with.
    pub format: Format,
    /// In order, not overlapping.
    pub blocks: Vec<Block>,
    /// Articles within the file; at least one where there is a block.
    pub items: Vec<Item>,
    /// In order; every sentence lies in one block.
    pub sentences: Vec<Sentence>,
    /// In order.
    pub tokens: Vec<Token>,
    /// Links, footnotes, citation keys, comments, in order.
    pub markers: Vec<Marker>,
    /// The head of the file.
    pub front_matter: Option<FrontMatter>,
}

impl Note {
    /// The tokens of a sentence.
    #[must_use]
    pub fn tokens_of(&self, sentence: &Sentence) -> &[Token] {
        &self.tokens[sentence.tokens.start as usize..sentence.tokens.end as usize]
    }

    /// The sentences of a block.
    #[must_use]
    pub fn sentences_of(&self, block: &Block) -> &[Sentence] {
        &self.sentences[block.sentences.start as usize..block.sentences.end as usize]
    }

    /// The block that a sentence stands in.
    #[must_use]
    pub fn block_of(&self, sentence: &Sentence) -> &Block {
        &self.blocks[sentence.block as usize]
    }

    /// The index of the sentence that holds byte `at` (or ends there).
    #[must_use]
    pub fn sentence_at(&self, at: u32) -> Option<usize> {
        let next = self.sentences.partition_point(|s| s.range.start <= at);
        let index = next.checked_sub(1)?;
        self.sentences[index].range.touches(at).then_some(index)
    }

    /// The index of the block that holds byte `at` (or ends there).
    #[must_use]
    pub fn block_at(&self, at: u32) -> Option<usize> {
        let next = self.blocks.partition_point(|b| b.range.start <= at);
        let index = next.checked_sub(1)?;
        self.blocks[index].range.touches(at).then_some(index)
    }
}

/// Tokens of sentences seen before, so that an edit pays for its own sentence only. Positions are relative to the sentence.
pub type TokenMemo = SentenceCache<u64, Arc<[Token]>>;

/// Blocks as the readers of the two formats give them, before sentences are found.
#[derive(Debug, Default)]
pub(crate) struct Shape {
    /// The blocks in order; their sentences are not set.
    pub(crate) blocks: Vec<Block>,
    /// The items in order.
    pub(crate) items: Vec<Item>,
    /// The markers, by place.
    pub(crate) markers: Vec<Marker>,
    /// The front matter of Markdown.
    pub(crate) front_matter: Option<FrontMatter>,
}

/// Reads the shape of a text. Never fails: any text is a note.
#[must_use]
pub fn parse(text: &str, format: Format, memo: &mut TokenMemo) -> Note {
    let shape = match format {
        Format::Markdown => markdown::shape(text),
        Format::Plain => plain::shape(text),
    };
    let mut note = Note {
        format,
        blocks: shape.blocks,
        items: shape.items,
        markers: shape.markers,
        front_matter: shape.front_matter,
        ..Note::default()
    };
    let mut reading = memo.begin();
    let mut found = Vec::new();
    for index in 0..note.blocks.len() {
        let first = note.sentences.len() as u32;
        let block = &note.blocks[index];
        if block.kind != BlockKind::Opaque {
            found.clear();
            sentences::split(text, block, &mut found);
            for &range in &found {
                add_sentence(
                    text,
                    range,
                    index as u32,
                    &block.holes,
                    &mut reading,
                    &mut note.sentences,
                    &mut note.tokens,
                );
            }
        }
        note.blocks[index].sentences = first..note.sentences.len() as u32;
    }
    note
}

fn add_sentence(
    text: &str,
    range: TextRange,
    block: u32,
    holes: &[TextRange],
    reading: &mut Reading<'_, u64, Arc<[Token]>>,
    sentences: &mut Vec<Sentence>,
    tokens: &mut Vec<Token>,
) {
    let lo = holes.partition_point(|hole| hole.end <= range.start);
    let hi = holes.partition_point(|hole| hole.start < range.end);
    let mut key = xxh3_64(range.of(text).as_bytes());
    for hole in &holes[lo..hi] {
        let (from, to) = (hole.start.saturating_sub(range.start), hole.end.saturating_sub(range.start));
        key = xxh3_64_with_seed(&(u64::from(from) << 32 | u64::from(to)).to_le_bytes(), key);
    }
    let first = tokens.len() as u32;
    if let Some(seen) = reading.get(key) {
        tokens.extend(seen.iter().map(|token| Token { range: token.range.shifted(range.start), ..*token }));
    } else {
        tokens::tokenize(text, range, &holes[lo..hi], tokens);
        let relative = |token: &Token| Token {
            range: TextRange::new(token.range.start - range.start, token.range.end - range.start),
            ..*token
        };
        reading.insert(key, tokens[first as usize..].iter().map(relative).collect());
    }
    if tokens.len() as u32 > first {
        sentences.push(Sentence { range, block, tokens: first..tokens.len() as u32, key });
    }
}

#[cfg(test)]
mod tests;
