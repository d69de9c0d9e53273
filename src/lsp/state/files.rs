//! Which number and path a document has in the workspace, and which URI a path of the workspace has.
//!
//! A file below the first folder goes by its path relative to it, as the command line has it; any other file by its
//! whole path, and what is no file by its URI. A file with several names, by links, goes by the one that its project
//! knows it by; answers name it as the client has it open.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use tower_lsp::lsp_types::Url;

use super::documents::Place;
use crate::lsp::transport::UriKey;
use crate::project::Project;
use crate::workspace::{FileId, FileIds};

/// The table of files. Every look-up is a hash and a short lock.
#[derive(Debug, Default)]
pub(in crate::lsp) struct Files {
    table: RwLock<Table>,
}

#[derive(Debug, Default)]
struct Table {
    root: Option<PathBuf>,
    projects: Arc<[Project]>,
    ids: FileIds,
    /// The keys of what the client has named: a file's name may look like a URI.
    keys: HashMap<FileId, UriKey>,
    /// Documents that the client names by way of a link, with their place without links.
    real: HashMap<PathBuf, PathBuf>,
    /// The files that the client has open by another name than their own.
    otherwise: HashSet<FileId>,
}

impl Files {
    /// Sets the folder that paths are relative to. Numbers given before stay with their paths.
    pub(in crate::lsp) fn set_root(&self, root: Option<&Path>) {
        self.table.write().unwrap_or_else(PoisonError::into_inner).root = root.map(Path::to_path_buf);
    }

    /// Sets the projects, which know the names of their files.
    pub(in crate::lsp) fn set_projects(&self, projects: Arc<[Project]>) {
        self.table.write().unwrap_or_else(PoisonError::into_inner).projects = projects;
    }

    /// True if this is the folder that paths are relative to.
    #[must_use]
    pub(in crate::lsp) fn is_root(&self, folder: &Path) -> bool {
        let table = self.table.read().unwrap_or_else(PoisonError::into_inner);
        // Both come from the same place: comparing them part by part would cost a start some hundred milliseconds.
        table.root.as_deref().map(Path::as_os_str) == Some(folder.as_os_str())
    }

    /// The place of a file, with the key by which the client has it.
    #[must_use]
    pub(in crate::lsp) fn place(&self, key: &UriKey) -> Place {
        let mut table = self.table.write().unwrap_or_else(PoisonError::into_inner);
        let Place { file, path, .. } = table.place(key);
        let key = match table.keys.get(&file) {
            Some(known) => known.clone(),
            None => {
                let own = table.own_key(key);
                table.keys.insert(file, own.clone());
                own
            }
        };
        Place { key, file, path }
    }

    /// The place of a document, with the key by which the client names it now.
    #[must_use]
    pub(in crate::lsp) fn named(&self, key: &UriKey) -> Place {
        self.table.write().unwrap_or_else(PoisonError::into_inner).place(key)
    }

    /// Notes that the client opens a document: where its path crosses links, and stands in no project as it is written,
    /// the file that it leads to is the one that is meant. Looked up once.
    pub(in crate::lsp) fn opens(&self, key: &UriKey) {
        let Some(path) = key.path() else { return };
        let is_in_project = {
            let table = self.table.read().unwrap_or_else(PoisonError::into_inner);
            innermost(&table.projects, &path).is_some()
        };
        if is_in_project {
            return;
        }
        let real = crate::project::read::real(&path);
        let mut table = self.table.write().unwrap_or_else(PoisonError::into_inner);
        if real == path { drop(table.real.remove(&path)) } else { drop(table.real.insert(path, real)) }
    }

    /// Notes that the client has a document open: answers name it as the client does.
    pub(in crate::lsp) fn opened(&self, place: &Place) {
        let mut table = self.table.write().unwrap_or_else(PoisonError::into_inner);
        if table.keys.get(&place.file) == Some(&place.key) {
            return;
        }
        if table.own_key(&place.key) == place.key {
            table.otherwise.remove(&place.file);
        } else {
            table.otherwise.insert(place.file);
        }
        table.keys.insert(place.file, place.key.clone());
    }

    /// Notes that the client has closed a document: answers name it by its own name again.
    pub(in crate::lsp) fn closed(&self, place: &Place) {
        let mut table = self.table.write().unwrap_or_else(PoisonError::into_inner);
        if table.otherwise.contains(&place.file) && table.keys.get(&place.file) == Some(&place.key) {
            table.otherwise.remove(&place.file);
            table.keys.remove(&place.file);
        }
    }

    /// The key of a file's own name.
    #[must_use]
    pub(in crate::lsp) fn own_key(&self, key: &UriKey) -> UriKey {
        self.table.read().unwrap_or_else(PoisonError::into_inner).own_key(key)
    }

    /// The path by which a project knows the file that a key stands for; none for what is no file.
    #[must_use]
    pub(in crate::lsp) fn own_path(&self, key: &UriKey) -> Option<PathBuf> {
        Some(self.table.read().unwrap_or_else(PoisonError::into_inner).own_path(key.path()?))
    }

    /// The path of a file in the workspace, whether or not it was ever seen.
    #[must_use]
    pub(in crate::lsp) fn path_of(&self, key: &UriKey) -> String {
        self.table.read().unwrap_or_else(PoisonError::into_inner).path_of(key)
    }

    /// The number of a path of the workspace.
    #[must_use]
    pub(in crate::lsp) fn id(&self, path: &str) -> FileId {
        self.table.write().unwrap_or_else(PoisonError::into_inner).ids.id(path)
    }

    /// The numbers of many paths that are relative to the first folder.
    #[must_use]
    pub(in crate::lsp) fn ids(&self, paths: &[Arc<str>]) -> Vec<FileId> {
        let mut table = self.table.write().unwrap_or_else(PoisonError::into_inner);
        paths.iter().map(|path| table.ids.id_of(path)).collect()
    }

    /// The path of a number.
    #[must_use]
    pub(in crate::lsp) fn path(&self, file: FileId) -> Option<Arc<str>> {
        self.table.read().unwrap_or_else(PoisonError::into_inner).ids.path(file).cloned()
    }

    /// True if paths are relative to a folder yet.
    #[must_use]
    pub(in crate::lsp) fn has_root(&self) -> bool {
        self.table.read().unwrap_or_else(PoisonError::into_inner).root.is_some()
    }

    /// The key of a path of the workspace.
    #[must_use]
    pub(in crate::lsp) fn key(&self, path: &str) -> Option<UriKey> {
        let table = self.table.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(key) = table.ids.get(path).and_then(|file| table.keys.get(&file)) {
            return Some(key.clone());
        }
        match &table.root {
            Some(root) => UriKey::of_path(&root.join(path)),
            None => UriKey::of_path(Path::new(path)),
        }
    }

    /// Addresses of many paths of the workspace.
    #[must_use]
    pub(in crate::lsp) fn addresses(&self) -> Addresses<'_> {
        let table = self.table.read().unwrap_or_else(PoisonError::into_inner);
        let root = table.root.clone().filter(|_| table.otherwise.is_empty());
        let root = root.and_then(|root| Url::from_directory_path(root).ok()).map(String::from);
        Addresses { files: self, root }
    }

    /// The path in the workspace of what a project calls `path`. Paths in the first folder's project stay as they are,
    /// those in others are whole.
    #[must_use]
    pub(in crate::lsp) fn workspace_path(&self, project: &Project, path: Arc<str>) -> Arc<str> {
        if self.is_root(&project.root) { path } else { slashed(&project.root.join(&*path)).into() }
    }

    /// The URL of a path of the workspace.
    #[must_use]
    pub(in crate::lsp) fn url(&self, path: &Arc<str>) -> Option<Url> {
        self.key(path)?.url()
    }
}

/// The project of a file; of nested ones the innermost.
#[must_use]
pub(in crate::lsp) fn innermost<'a>(projects: &'a [Project], path: &Path) -> Option<&'a Project> {
    let around = projects.iter().filter(|project| path.starts_with(&project.root));
    around.max_by_key(|project| project.root.as_os_str().len())
}

/// A whole path as the workspace names it: with `/` on every system.
#[must_use]
pub(in crate::lsp) fn slashed(path: &Path) -> String {
    let path = path.to_string_lossy().into_owned();
    if cfg!(windows) { path.replace('\\', "/") } else { path }
}

/// Addresses of many paths of the workspace, without taking each apart.
pub(in crate::lsp) struct Addresses<'a> {
    files: &'a Files,
    /// With a `/` at its end.
    root: Option<String>,
}

impl Addresses<'_> {
    /// The address of a path, as [`Files::url`] has it.
    #[must_use]
    pub(in crate::lsp) fn of(&self, path: &Arc<str>) -> Option<String> {
        // Most paths are plain words below the root, which an address has as they are.
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'/');
        let below = !path.starts_with(['/', '.']) && !path.contains("/.") && !path.contains("//");
        match self.root.as_deref().filter(|_| below && path.bytes().all(plain)) {
            Some(root) => Some([root, &**path].concat()),
            None => self.files.url(path).map(String::from),
        }
    }
}

impl Table {
    fn place(&mut self, key: &UriKey) -> Place {
        let path = self.path_of(key);
        let file = self.ids.id(&path);
        let path = self.ids.path(file).cloned().unwrap_or_else(|| path.as_str().into());
        Place { key: key.clone(), file, path }
    }

    fn own_path(&self, path: PathBuf) -> PathBuf {
        let real = self.real.get(&path).filter(|_| innermost(&self.projects, &path).is_none());
        let own = real.map(|real| self.known_path(real.clone()));
        own.filter(|own| innermost(&self.projects, own).is_some()).unwrap_or_else(|| self.known_path(path))
    }

    fn known_path(&self, path: PathBuf) -> PathBuf {
        let of_project = |project: &Project| Some(project.own_name(&path)).filter(|own| *own != path);
        // Another name may be one within the project or one by way of the place that its root is a link to.
        let inner = innermost(&self.projects, &path).map(|project| project.own_name(&path));
        inner.or_else(|| self.projects.iter().find_map(of_project)).unwrap_or(path)
    }

    fn own_key(&self, key: &UriKey) -> UriKey {
        let Some(path) = key.path() else { return key.clone() };
        let own = self.own_path(path.clone());
        UriKey::of_path(&own).filter(|_| own != path).unwrap_or_else(|| key.clone())
    }

    fn path_of(&self, key: &UriKey) -> String {
        let Some(path) = key.path() else { return key.as_str().to_owned() };
        let path = self.own_path(path);
        let below = self.root.as_ref().and_then(|root| path.strip_prefix(root).ok());
        slashed(below.unwrap_or(&path))
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_document_and_its_path_lead_to_each_other() {
        let files = Files::default();
        files.set_root(Some(Path::new("/desk")));
        for (uri, path) in [
            ("file:///desk/a%20b/c.md", "a b/c.md"),
            ("file:///other/c.md", "/other/c.md"),
            ("untitled:Untitled-1", "untitled:Untitled-1"),
            ("file:///desk/odd:name.md", "odd:name.md"),
        ] {
            let place = files.place(&UriKey::new(uri));
            assert_eq!((&*place.path, files.id(path)), (path, place.file));
            assert_eq!(files.url(&place.path).map(|url| url.to_string()).as_deref(), Some(uri));
        }
        for path in
            ["a b/c.md", "/other/c.md", "untitled:Untitled-1", "odd:name.md", "x/y-1.md", "x/.hidden/y.md", "è.md"]
        {
            let path: Arc<str> = path.into();
            assert_eq!(files.addresses().of(&path), files.url(&path).map(String::from));
        }
        assert_eq!(files.key("never/opened.md"), Some(UriKey::new("file:///desk/never/opened.md")));
    }
}
