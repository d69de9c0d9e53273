//! What an editor may ask. One file answers one question, in byte ranges and Markdown.
//!
//! Every function takes a [`Snapshot`](crate::workspace::Snapshot) and plain positions and returns plain data;
//! nothing here knows the protocol. Most begin with [`subject::at`]: what stands under the caret.

pub mod call_hierarchy;
pub mod claim_table;
pub mod code_actions;
pub mod code_lens;
pub mod completion;
pub mod config_help;
pub mod definition;
pub mod document_highlight;
pub mod document_links;
pub mod document_symbols;
pub mod dossier;
pub mod file_rename;
pub mod folding_ranges;
mod footnotes;
pub mod hover;
pub mod inlay_hints;
pub mod linked_editing;
pub mod mentions;
pub mod nodes;
mod paths;
pub mod references;
pub mod rename;
pub mod selection_ranges;
pub mod semantic_tokens;
pub mod subject;
pub mod type_hierarchy;
mod wording;
pub mod workspace_symbols;
mod yaml;

#[cfg(test)]
mod any_text;
#[cfg(test)]
mod apart;
#[cfg(test)]
mod testing;

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

/// A range of a note (or bibliography).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileRange {
    /// The note.
    pub file: FileId,
    /// The bytes.
    pub range: TextRange,
}

/// The end of a jump.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Target {
    /// The note or bibliography.
    pub file: FileId,
    /// All of what is jumped to.
    pub full: TextRange,
    /// The part of it that is selected.
    pub focus: TextRange,
}

impl Target {
    /// A target that is selected whole.
    #[must_use]
    pub fn whole(file: FileId, range: TextRange) -> Self {
        Self { file, full: range, focus: range }
    }
}

/// A jump with its origin and its targets, which are several where the answer is ambiguous.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Jump {
    /// The bytes under the caret that the jump starts from.
    pub origin: TextRange,
    /// The ends, best first.
    pub targets: Vec<Target>,
}
