//! The findings of open documents, kept for the questions that follow: hovers, actions and checks of one version ask
//! for the same.

use std::sync::Arc;

use dashmap::DashMap;

use crate::rules::{CheckOptions, Finding};
use crate::workspace::{FileId, NoteEntry};

/// The findings of one document, and the state of it and of the workspace in which they were found.
#[derive(Debug)]
struct Checked {
    note: Arc<NoteEntry>,
    revision: u64,
    options: CheckOptions,
    found: Arc<Vec<Finding>>,
}

/// The newest findings of each open document.
#[derive(Debug, Default)]
pub(in crate::lsp) struct FindingsCache {
    checked: DashMap<FileId, Checked>,
}

impl FindingsCache {
    /// The findings of a file, if they were found in this very note, with these options, at this revision of the
    /// workspace.
    #[must_use]
    pub(in crate::lsp) fn get(
        &self,
        file: FileId,
        note: &Arc<NoteEntry>,
        revision: u64,
        options: CheckOptions,
    ) -> Option<Arc<Vec<Finding>>> {
        let same =
            |known: &Checked| Arc::ptr_eq(&known.note, note) && (known.revision, known.options) == (revision, options);
        self.checked.get(&file).filter(|known| same(known)).map(|known| known.found.clone())
    }

    /// Keeps the findings of a file in place of older ones.
    pub(in crate::lsp) fn put(
        &self,
        file: FileId,
        note: Arc<NoteEntry>,
        revision: u64,
        options: CheckOptions,
        found: Arc<Vec<Finding>>,
    ) {
        self.checked.insert(file, Checked { note, revision, options, found });
    }

    /// Removes those of a file.
    pub(in crate::lsp) fn remove(&self, file: FileId) {
        self.checked.remove(&file);
    }
}
