//! The stored index of each project: briefs of its notes, and diagnostics of those that are closed.
//!
//! The first index of a project opens its store; whoever asks meanwhile gets nothing rather than wait.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use tower_lsp::lsp_types::Diagnostic;

use crate::project::Project;
use crate::project::kept::{Found, Kept, file_of};
use crate::store::StoreError;

/// A store that is being opened, or open.
type StoreCell = Arc<OnceLock<Arc<Kept>>>;

/// The stores of all projects, by root.
#[derive(Debug, Default)]
pub(in crate::lsp) struct Stores {
    /// The folder for the stores of this user; without one nothing outlives this process.
    cache: Option<PathBuf>,
    roots: Mutex<HashMap<PathBuf, StoreCell>>,
}

impl Stores {
    /// The stores of a server that keeps them in this folder.
    pub(in crate::lsp) fn new(cache: Option<PathBuf>) -> Self {
        Self { cache, ..Self::default() }
    }

    /// The store of the project with this root, if it is open yet.
    pub(in crate::lsp) fn of(&self, root: &Path) -> Option<Arc<Kept>> {
        self.roots.lock().unwrap_or_else(PoisonError::into_inner).get(root)?.get().cloned()
    }

    /// The store of a project. If it was not open it is opened, and comes with what was found in it; `on_trouble` is told
    /// of a store that cannot be used, now or later.
    pub(in crate::lsp) fn open(
        &self,
        project: &Project,
        on_trouble: impl Fn(StoreError) + Send + 'static,
        named: impl Fn(&Arc<str>) -> Arc<str> + Sync,
    ) -> (Arc<Kept>, Option<Found>) {
        let cell = {
            let mut roots = self.roots.lock().unwrap_or_else(PoisonError::into_inner);
            roots.entry(project.root.clone()).or_default().clone()
        };
        let mut opened = None;
        let store = cell.get_or_init(|| {
            let (kept, found) = match file_of(project, self.cache.as_deref()) {
                Some(file) if project.is_too_wide().is_none() => Kept::open(&file, &project.root, on_trouble, named),
                _ => Default::default(),
            };
            opened = Some(found);
            Arc::new(kept)
        });
        (store.clone(), opened)
    }

    /// Lets go the stores of projects that are no longer open.
    pub(in crate::lsp) fn retain(&self, projects: &[Project]) {
        let mut roots = self.roots.lock().unwrap_or_else(PoisonError::into_inner);
        roots.retain(|root, _| projects.iter().any(|project| project.root == *root));
    }
}

/// Diagnostics as they are stored.
pub(in crate::lsp) fn to_bytes(found: &[Diagnostic]) -> Vec<u8> {
    // Most notes have none.
    if found.is_empty() { Vec::new() } else { serde_json::to_vec(found).unwrap_or_default() }
}

/// Stored diagnostics; none if they cannot be understood.
pub(in crate::lsp) fn from_bytes(bytes: &[u8]) -> Option<Vec<Diagnostic>> {
    if bytes.is_empty() { Some(Vec::new()) } else { serde_json::from_slice(bytes).ok() }
}
