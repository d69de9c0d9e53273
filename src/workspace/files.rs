//! The numbers of the workspace's files.
//!
//! Tables of a hundred thousand notes hold numbers, not paths; one table leads back.

use std::collections::HashMap;
use std::sync::Arc;

/// A note or other file of the workspace; small, stable for the life of the workspace.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileId(pub u32);

/// Gives each path its number. Whoever reads files owns one.
#[derive(Debug, Default)]
pub struct FileIds {
    by_path: HashMap<Arc<str>, FileId>,
    paths: Vec<Arc<str>>,
}

impl FileIds {
    /// The number of a path; a new one if it was never seen.
    pub fn id(&mut self, path: &str) -> FileId {
        if let Some(&file) = self.by_path.get(path) {
            return file;
        }
        let file = FileId(self.paths.len() as u32);
        let path: Arc<str> = path.into();
        self.paths.push(path.clone());
        self.by_path.insert(path, file);
        file
    }

    /// The number of a path, if it has one.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<FileId> {
        self.by_path.get(path).copied()
    }

    /// The path of a number.
    #[must_use]
    pub fn path(&self, file: FileId) -> Option<&Arc<str>> {
        self.paths.get(file.0 as usize)
    }
}
