//! The key under which stored diagnostics of closed notes are still good.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use xxhash_rust::xxh3::Xxh3Default;

use crate::project::Project;

/// A hash of what the diagnostics of a note depend on beside the notes: the configuration of its folder, and how this
/// client is shown findings on this day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::lsp) struct DiagnosticsKey(pub u64);

/// The keys of the notes of one project as it is configured now, remembered by folder.
pub(in crate::lsp) struct DiagnosticsKeys<'a> {
    project: &'a Project,
    presentation: String,
    folders: Mutex<HashMap<PathBuf, DiagnosticsKey>>,
}

impl<'a> DiagnosticsKeys<'a> {
    /// The keys of a project. `presentation` says how this client is shown findings, in any form that differs where
    /// the diagnostics would.
    pub(in crate::lsp) fn new(project: &'a Project, presentation: String) -> Self {
        Self { project, presentation, folders: Mutex::default() }
    }

    /// The key of a note, by its path in the project.
    pub(in crate::lsp) fn of(&self, path: &str) -> DiagnosticsKey {
        let file = self.project.root.join(path);
        let folder = file.parent().unwrap_or(&self.project.root);
        let mut folders = self.folders.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(&key) = folders.get(folder) {
            return key;
        }
        let key = self.hash(folder);
        folders.insert(folder.to_path_buf(), key);
        key
    }

    fn hash(&self, folder: &Path) -> DiagnosticsKey {
        let mut hash = Xxh3Default::new();
        for file in self.project.config_files_of(folder).iter().chain(&self.project.names_file) {
            hash.update(file.path.to_string_lossy().as_bytes());
            hash.update(&[0]);
            hash.update(file.text.as_bytes());
            hash.update(&[0]);
        }
        // Known findings are left out of what is shown.
        let known = &self.project.config_at(&folder.join("note.md")).known;
        hash.update(format!("{known:?} ").as_bytes());
        hash.update(self.presentation.as_bytes());
        DiagnosticsKey(hash.digest())
    }
}
