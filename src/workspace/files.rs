//! The numbers of the workspace's files.
//!
//! Tables of a hundred thousand notes hold numbers, not paths; one table leads back.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::Arc;

use xxhash_rust::xxh3::xxh3_64_with_seed;

/// A note or other file of the workspace; small, stable for the life of the workspace.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileId(pub u32);

/// A map whose keys are paths. Paths are our own or the user's, so that nobody gains from making them collide.
pub type ByPath<V> = HashMap<Arc<str>, V, BuildHasherDefault<PathHasher>>;

/// Hashes paths: a start asks for each of a hundred thousand several times.
#[derive(Clone, Copy, Debug, Default)]
pub struct PathHasher(u64);

impl Hasher for PathHasher {
    fn write(&mut self, bytes: &[u8]) {
        self.0 = xxh3_64_with_seed(bytes, self.0);
    }

    /// The end of a string, which tells strings in a row apart: here it stands alone.
    fn write_u8(&mut self, _: u8) {}

    fn finish(&self) -> u64 {
        self.0
    }
}

/// Gives each path its number. Whoever reads files owns one.
#[derive(Debug, Default)]
pub struct FileIds {
    by_path: ByPath<FileId>,
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

    /// The same of a path that is shared.
    pub fn id_of(&mut self, path: &Arc<str>) -> FileId {
        let next = FileId(self.paths.len() as u32);
        let file = *self.by_path.entry(path.clone()).or_insert(next);
        if file == next {
            self.paths.push(path.clone());
        }
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
