//! What is kept of each project, and under what findings were found.
//!
//! The first index of a project opens what is kept; whoever comes meanwhile gets nothing rather than wait.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use serde_json::json;
use tower_lsp::lsp_types::Diagnostic;
use xxhash_rust::xxh3::Xxh3Default;

use super::disk;
use super::shared::Shared;
use crate::project::Project;
use crate::project::kept::{Found, Kept, file_of};
use crate::store::StoreError;

/// What is kept of one project.
#[derive(Debug)]
pub(super) struct Keeping {
    /// The notes.
    pub kept: Kept,
}

/// What is kept of all projects, by root.
#[derive(Debug, Default)]
pub(super) struct AllKept {
    /// The folder for the stores of this user; none: nothing is kept beyond this process.
    pub cache: Option<PathBuf>,
    roots: Mutex<HashMap<PathBuf, Arc<OnceLock<Arc<Keeping>>>>>,
}

impl AllKept {
    /// For a server that keeps its stores in this folder.
    pub(super) fn new(cache: Option<PathBuf>) -> Self {
        Self { cache, ..Self::default() }
    }

    /// What is kept of the project with this root, if it is open yet.
    pub(super) fn of(&self, root: &Path) -> Option<Arc<Keeping>> {
        self.roots.lock().unwrap_or_else(PoisonError::into_inner).get(root)?.get().cloned()
    }

    /// What is kept of a project. Opened if nobody has; then with what was found.
    pub(super) fn open(
        &self,
        shared: &Arc<Shared>,
        project: &Project,
        named: impl Fn(&Arc<str>) -> Arc<str> + Sync,
    ) -> (Arc<Keeping>, Option<Found>) {
        let cell = {
            let mut roots = self.roots.lock().unwrap_or_else(PoisonError::into_inner);
            roots.entry(project.root.clone()).or_default().clone()
        };
        let mut opened = None;
        let keeping = cell.get_or_init(|| {
            let (kept, found) = match file_of(project, self.cache.as_deref()) {
                Some(file) if project.is_too_wide().is_none() => {
                    let teller = Arc::downgrade(shared);
                    let say = move |trouble| {
                        if let Some(shared) = teller.upgrade() {
                            say(&shared, &trouble);
                        }
                    };
                    Kept::open(&file, &project.root, say, named)
                }
                _ => Default::default(),
            };
            opened = Some(found);
            Arc::new(Keeping { kept })
        });
        (keeping.clone(), opened)
    }

    /// Lets go what is kept of projects that are no longer open.
    pub(super) fn retain(&self, projects: &[Project]) {
        let mut roots = self.roots.lock().unwrap_or_else(PoisonError::into_inner);
        roots.retain(|root, _| projects.iter().any(|project| project.root == *root));
    }
}

fn say(shared: &Shared, trouble: &StoreError) {
    super::log(&trouble.to_string());
    shared.outbox.notify("window/showMessage", json!({ "type": 2, "message": format!("whosaid: {trouble}") }));
}

/// Hashes of what the findings of notes depend on beside the notes: the configuration of their folder, and how this
/// client is shown findings. Remembered by folder.
pub(super) struct Under<'a> {
    shared: &'a Shared,
    project: &'a Project,
    folders: Mutex<HashMap<PathBuf, u64>>,
}

impl<'a> Under<'a> {
    /// For the notes of a project, as it is configured now.
    pub(super) fn new(shared: &'a Shared, project: &'a Project) -> Self {
        Self { shared, project, folders: Mutex::default() }
    }

    /// For a note, by its path in the project.
    pub(super) fn of(&self, path: &str) -> u64 {
        let file = self.project.root.join(path);
        let folder = file.parent().unwrap_or(&self.project.root);
        let mut folders = self.folders.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(&hash) = folders.get(folder) {
            return hash;
        }
        let hash = self.hash(folder);
        folders.insert(folder.to_path_buf(), hash);
        hash
    }

    fn hash(&self, folder: &Path) -> u64 {
        let mut hash = Xxh3Default::new();
        for file in self.project.config_files_of(folder).iter().chain(&self.project.names_file) {
            hash.update(file.path.to_string_lossy().as_bytes());
            hash.update(&[0]);
            hash.update(file.text.as_bytes());
            hash.update(&[0]);
        }
        // Exceptions hold until a day, and known findings are left out.
        let known = &self.project.config_at(&folder.join("note.md")).known;
        hash.update(format!("{} {known:?} ", disk::today()).as_bytes());
        let session = self.shared.session();
        // What is not read is reported.
        hash.update(format!("{:?} ", self.shared.allowed()).as_bytes());
        let shown = (session.encoding, session.related_information, session.diagnostic_tags, session.code_description);
        hash.update(format!("{shown:?} {}", self.shared.hints.load(Ordering::Relaxed)).as_bytes());
        hash.digest()
    }
}

/// Findings as they are stored.
pub(super) fn to_bytes(found: &[Diagnostic]) -> Vec<u8> {
    // Most notes have none.
    if found.is_empty() { Vec::new() } else { serde_json::to_vec(found).unwrap_or_default() }
}

/// Stored findings; none if they cannot be understood.
pub(super) fn from_bytes(bytes: &[u8]) -> Option<Vec<Diagnostic>> {
    if bytes.is_empty() { Some(Vec::new()) } else { serde_json::from_slice(bytes).ok() }
}
