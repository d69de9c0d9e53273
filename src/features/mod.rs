//! What an editor may ask. One file answers one question, in byte ranges and Markdown.
//!
//! Every function takes a [`Snapshot`](crate::workspace::Snapshot) and plain positions and returns plain data;
//! nothing here knows the protocol.

use crate::text::TextRange;
use crate::workspace::FileId;

/// A byte of a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FilePosition {
    /// The note.
    pub file: FileId,
    /// The byte.
    pub offset: u32,
}

/// A range of a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileRange {
    /// The note.
    pub file: FileId,
    /// The bytes.
    pub range: TextRange,
}
