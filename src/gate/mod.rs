//! The gate through which text of others' formats comes in: BibTeX, YAML, TOML and JSON.
//!
//! The libraries that read these formats are good at sound files and not made for hostile or broken ones: some follow
//! nesting and references by recursion (a stack has an end, and no unwinding helps when it is reached), some copy what is
//! named as often as it is named, some begin anew for each entry. So no other room calls them. A reader here takes text,
//! measures it against the bounds below without building anything, and only then hands a [`Checked`] text, which nothing
//! else can make, to the library. What is out of bounds becomes a [`Refusal`]: a place, and a sentence for the author.
//!
//! The bounds lie far above what people write and far below what hurts; `docs/LIMITS.md` has them as a table for users.
//!
//! Read in this order: this file (the bounds), [`graph`] (what refers to what), [`json`], [`toml`] and [`yaml`] (measured,
//! then read whole), [`bibtex`] (taken apart here, so that a fault costs its own field or entry).

pub mod bibtex;
pub mod graph;
pub mod json;
pub mod toml;
pub mod yaml;

use crate::text::TextRange;

/// Lists in lists, tables in tables, braces in braces. People write five; the readers follow each by recursion, and so do
/// we. A thread's two megabytes bear some thousands.
pub const DEEPEST: usize = 64;

/// Bytes of a BibTeX or CSL-JSON library: a hundred thousand entries with abstracts.
pub const LARGEST_LIBRARY: usize = 64 << 20;

/// Bytes of a library in YAML, which takes about fifty times as much memory as text.
pub const LARGEST_YAML: usize = 16 << 20;

/// Bytes of front matter. No note has so long a head, and it is read at each keystroke in it.
pub const LARGEST_FRONT_MATTER: usize = 64 << 10;

/// Bytes of a `whosaid.toml`.
pub const LARGEST_CONFIGURATION: usize = 1 << 20;

/// Bytes of a list of known findings: half a million of them.
pub const LARGEST_BASELINE: usize = 64 << 20;

/// Why a text, or a part of one, was not handed on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The place, in bytes of the text.
    pub range: TextRange,
    /// The fault and its remedy, as a sentence.
    pub message: String,
}

impl Refusal {
    fn new(range: TextRange, message: impl Into<String>) -> Self {
        Self { range, message: message.into() }
    }

    /// The refusal of a file, or of an embedded text, that has more than `most` bytes. It stands at the first line.
    #[must_use]
    pub fn too_large(text: &str, most: usize) -> Self {
        let first = text.lines().next().unwrap_or("").len();
        Self::new(TextRange::from_usize(0, first), format!("This is too large to be read (more than {})", shown(most)))
    }
}

/// A bound as people read it: "64 MB", "64 kB".
#[must_use]
pub fn shown(bytes: usize) -> String {
    if bytes >= 1 << 20 { format!("{} MB", bytes >> 20) } else { format!("{} kB", bytes >> 10) }
}

/// A text that was measured and may be handed to its library. Only this room makes one.
#[derive(Clone, Copy, Debug)]
pub struct Checked<'t>(&'t str);

/// A text is within `most` bytes.
fn within(text: &str, most: usize) -> Result<Checked<'_>, Refusal> {
    if text.len() > most { Err(Refusal::too_large(text, most)) } else { Ok(Checked(text)) }
}

/// The place of one byte of a text, widened to whole characters.
fn byte_at(text: &str, at: usize) -> TextRange {
    let mut start = at.min(text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let length = text[start..].chars().next().map_or(0, char::len_utf8);
    TextRange::from_usize(start, start + length)
}

#[cfg(test)]
mod tests;
