//! Something that can be done about a place: its title, its edits and what it is for.

use std::sync::Arc;

use crate::rules::Edit;

/// The purpose of an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActionKind {
    /// Mends a finding.
    QuickFix,
    /// Changes the text without a fault.
    Rewrite,
    /// Says what a name is, or that it is none.
    Name,
    /// Mends everything that is safe to mend unseen.
    FixAll,
}

/// Something that can be done.
#[derive(Clone, Debug, PartialEq)]
pub struct Action {
    /// The words of the menu, as an order.
    pub title: String,
    /// The purpose.
    pub kind: ActionKind,
    /// The edits of notes; they do not overlap.
    pub edits: Vec<Edit>,
    /// Insertions into other files, and new files.
    pub files: Vec<FileEdit>,
    /// True if it is the first choice for its finding.
    pub preferred: bool,
    /// True if it is safe to apply unseen.
    pub safe: bool,
    /// The finding that it mends, as an index into those that were given.
    pub finding: Option<usize>,
    /// The place where the user goes on writing: an index into `edits`, and a byte of that edit's text.
    pub blank: Option<(usize, u32)>,
}

impl Action {
    /// An action that is nobody's first choice and of no finding yet.
    #[must_use]
    pub fn new(title: impl Into<String>, kind: ActionKind, edits: Vec<Edit>) -> Self {
        Self {
            title: title.into(),
            kind,
            edits,
            files: Vec::new(),
            preferred: false,
            safe: false,
            finding: None,
            blank: None,
        }
    }
}

/// An insertion into a file that is no note, or that is not there yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileEdit {
    /// Relative to the workspace's root.
    pub path: String,
    /// The file's text as it is known; empty if there is no such file.
    pub before: Arc<str>,
    /// The place of the insertion, in bytes of `before`.
    pub at: u32,
    /// The inserted text.
    pub text: String,
    /// True if the file must be created first.
    pub create: bool,
}
