//! What a [`Brief`](super::Brief) answers of single places: mentions, links, figures, headings, uses of keys.
//!
//! Plain values, read from the block when they are asked for and kept by nobody. Ranges are bytes of the note.

use crate::analysis::facts::{EntityKind, MentionForm};
use crate::text::TextRange;
use crate::workspace::names::Key;

/// A mention of an entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MentionAt {
    /// The bytes of the mention.
    pub range: TextRange,
    /// The kind of entity that it names.
    pub kind: EntityKind,
    /// The form in which it names it.
    pub form: MentionForm,
    /// The number of the block that it stands in.
    pub block: u32,
}

/// An inline link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AddressAt<'a> {
    /// The address as written; "" if it leads out of the workspace, where many are long and none is opened by us.
    pub target: &'a str,
    /// [`text_key`](crate::workspace::names::text_key) of the address.
    pub key: Key,
    /// The whole marker.
    pub range: TextRange,
}

/// A figure that a source note's claim rests on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FigureAt<'a> {
    /// The byte with which the claim's own words begin.
    pub at: u32,
    /// Lowest value.
    pub low: f64,
    /// Highest value.
    pub high: f64,
    /// Unit or currency, "" if counted.
    pub unit: &'a str,
}

/// A heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HeadingAt<'a> {
    /// Its words.
    pub text: &'a str,
    /// The block's bytes.
    pub range: TextRange,
    /// 1 to 6; titles of items in plain text count as 1.
    pub level: u8,
}

/// A place where something is named by its letters: a citation key or a wikilink's target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UseAt<'a> {
    /// The key or target as written.
    pub text: &'a str,
    /// The bytes of the key or target.
    pub range: TextRange,
    /// Of a citation, the sentence in which, or right behind which, it stands.
    pub sentence: Option<TextRange>,
}
