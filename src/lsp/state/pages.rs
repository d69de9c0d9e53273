//! Pages that the server writes for reading: a dossier, the claims of a note, the mentions of a name, a rule.
//!
//! A client that shows documents which exist only on a server (protocol 3.18) gets a `whosaid:` address and asks for
//! the text, which is always that of now. For any other client the page is a file in a folder of this server's own in
//! the system's temporary folder, readable by the user alone and gone with the server.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use dashmap::DashMap;
use tower_lsp::lsp_types::Url;

use crate::lsp::transport::{PAGES_FOLDER, UriKey, is_alive};
use crate::rules::{Rule, docs};

/// The scheme of pages that exist only here.
pub(in crate::lsp) const SCHEME: &str = "whosaid";

/// The subject of a page.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::lsp) enum Page {
    /// The dossier of an entity or source, as `handlers::hierarchy` encodes it.
    Dossier(serde_json::Value),
    /// Every place where it is named.
    Mentions(serde_json::Value),
    /// The claims of a note, and what they rest on.
    Claims(UriKey),
    /// A rule's page.
    Rule(&'static str),
}

/// The pages of one server.
#[derive(Default)]
pub(in crate::lsp) struct Pages {
    folder: OnceLock<Option<PathBuf>>,
    /// The pages of rules that were written.
    rules: DashMap<&'static str, Url>,
    /// Pages by their address, for clients that ask for the text.
    shown: DashMap<UriKey, Page>,
}

impl Pages {
    /// The address under which a page can be shown, for a client that shows documents which exist only here.
    pub(in crate::lsp) fn publish(&self, title: &str, page: Page) -> Option<Url> {
        let kind = match page {
            Page::Dossier(_) => "dossier",
            Page::Mentions(_) => "mentions",
            Page::Claims(_) => "claims",
            Page::Rule(_) => "rule",
        };
        let mut url = Url::parse(&format!("{SCHEME}:/{kind}/")).ok()?;
        url = url.join(&percent(&file_name(title))).ok()?;
        self.shown.insert(UriKey::new(url.as_str()), page);
        Some(url)
    }

    /// The address of a page that is written as a file, for any other client; none if it cannot be written.
    pub(in crate::lsp) fn write(&self, title: &str, text: &str) -> Option<Url> {
        let path = self.folder()?.join(file_name(title));
        match std::fs::write(&path, text) {
            Ok(()) => Url::from_file_path(path).ok(),
            Err(error) => {
                crate::lsp::log(&format!("cannot write a page: {error}"));
                None
            }
        }
    }

    /// The page that was published under an address.
    pub(in crate::lsp) fn published(&self, uri: &str) -> Option<Page> {
        self.shown.get(&UriKey::new(uri)).map(|page| page.clone())
    }

    /// The page of a rule, as a file: what a diagnostic's code leads to.
    pub(in crate::lsp) fn rule(&self, rule: &'static Rule) -> Option<Url> {
        if let Some(url) = self.rules.get(rule.code) {
            return Some(url.clone());
        }
        let url = self.write(rule.code, &docs::markdown(rule))?;
        self.rules.insert(rule.code, url.clone());
        Some(url)
    }

    /// The addresses of the published pages that can read differently when notes change.
    pub(in crate::lsp) fn changing(&self) -> Vec<UriKey> {
        let is_fixed = |page: &Page| matches!(page, Page::Rule(_));
        self.shown.iter().filter(|page| !is_fixed(page.value())).map(|page| page.key().clone()).collect()
    }

    /// Removes what was written.
    pub(in crate::lsp) fn remove(&self) {
        if let Some(Some(folder)) = self.folder.get() {
            // What cannot be removed is swept away by the next server.
            let _ = std::fs::remove_dir_all(folder);
        }
    }

    fn folder(&self) -> Option<&Path> {
        let make = || {
            let path = std::env::temp_dir().join(format!("{PAGES_FOLDER}{}-{:x}", std::process::id(), unique()));
            match make_private(&path) {
                Ok(()) => {
                    sweep();
                    Some(path)
                }
                Err(error) => {
                    crate::lsp::log(&format!("cannot make a folder for pages: {error}"));
                    None
                }
            }
        };
        self.folder.get_or_init(make).as_deref()
    }
}

/// Removes the folders of servers that were killed.
fn sweep() {
    let Ok(entries) = std::fs::read_dir(std::env::temp_dir()) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let process = name.to_str().and_then(|name| name.strip_prefix(PAGES_FOLDER)?.split('-').next()?.parse().ok());
        if process.is_some_and(|process| !is_alive(process)) {
            let _ = std::fs::remove_dir_all(entry.path());
        }
    }
}

#[cfg(unix)]
fn make_private(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    std::fs::DirBuilder::new().mode(0o700).create(path)
}

#[cfg(not(unix))]
fn make_private(path: &Path) -> std::io::Result<()> {
    std::fs::create_dir(path)
}

/// Different for each server of one process, and not to be guessed by another user, who could make the folder first.
fn unique() -> u64 {
    use std::hash::{BuildHasher, RandomState};
    RandomState::new().hash_one(0)
}

/// A title as a file's name.
fn file_name(title: &str) -> String {
    let safe = |c: char| if c.is_alphanumeric() || " -_.@".contains(c) { c } else { '_' };
    let name: String = title.trim().chars().take(60).map(safe).collect();
    let name = name.trim_matches(['.', ' ']);
    format!("{}.md", if name.is_empty() { "page" } else { name })
}

fn percent(name: &str) -> String {
    name.bytes()
        .map(|b| {
            if b.is_ascii_alphanumeric() || b"-_.".contains(&b) { (b as char).to_string() } else { format!("%{b:02X}") }
        })
        .collect()
}
