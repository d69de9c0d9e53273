//! One document, one key, however the client spells its URI; and the client's own spelling on every way out.
//!
//! `Url` rewrites some characters (`{`, spaces, letters beyond ASCII, `localhost`), and clients differ in `%3A` and in
//! the case of drive letters. Inside, a document goes by its canonical [`UriKey`]; the table remembers how the client
//! spelled it, and outgoing messages are put back into that spelling.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use dashmap::DashMap;
use serde_json::Value;
use tower_lsp::lsp_types::Url;

/// The beginning of the names of folders in which the server writes pages of its own: they are no notes.
pub const PAGES_FOLDER: &str = "whosaid-pages-";

/// A URI in canonical form: percent-decoded, scheme, host and drive letter in lower case, no `localhost`.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct UriKey(Arc<str>);

impl UriKey {
    /// The key of a URI as a client writes it.
    #[must_use]
    pub fn new(uri: &str) -> Self {
        let Some((scheme, rest)) = uri.split_once(':') else { return Self(decoded(uri).into()) };
        let scheme = scheme.to_ascii_lowercase();
        if scheme != "file" {
            return Self(format!("{scheme}:{}", decoded(rest)).into());
        }
        let rest = rest.strip_prefix("//").unwrap_or(rest);
        let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let host = if host.eq_ignore_ascii_case("localhost") { String::new() } else { host.to_ascii_lowercase() };
        let mut path = decoded(path);
        if let [b'/', drive, b':', ..] = path.as_bytes()
            && drive.is_ascii_alphabetic()
        {
            let drive = drive.to_ascii_lowercase() as char;
            path.replace_range(1..2, drive.encode_utf8(&mut [0; 4]));
        }
        Self(format!("file://{host}{path}").into())
    }

    /// The key of a file.
    #[must_use]
    pub fn of_path(path: &Path) -> Option<Self> {
        Url::from_file_path(path).ok().map(|url| Self::new(url.as_str()))
    }

    /// The canonical text; decoded, so not itself a valid URI.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The file it stands for; none for `untitled:` and the like, and for hosts that are not this machine.
    #[must_use]
    pub fn path(&self) -> Option<PathBuf> {
        let path = self.0.strip_prefix("file://").filter(|path| path.starts_with('/'))?;
        let drive = matches!(path.as_bytes(), [b'/', drive, b':', ..] if drive.is_ascii_alphabetic());
        Some(PathBuf::from(if drive && cfg!(windows) { path.strip_prefix('/').unwrap_or(path) } else { path }))
    }

    /// True for a note to check: a file or what has no file yet, but no old revision or other read-only view
    /// (`git:`), which gets answers but no findings and no place in the index; nor what configures notes.
    #[must_use]
    pub fn is_note(&self) -> bool {
        let writable = self.0.starts_with("file://") || self.0.starts_with("untitled:");
        let ours = self.0.contains(PAGES_FOLDER);
        writable && !ours && !self.is_configuration() && !self.is_names_file() && !self.0.ends_with(".bib")
    }

    /// True for a library by its name. One that is called otherwise is known by those who named it.
    #[must_use]
    pub fn is_library(&self) -> bool {
        self.0.starts_with("file://") && self.0.ends_with(".bib")
    }

    /// True for a `whosaid.toml`.
    #[must_use]
    pub fn is_configuration(&self) -> bool {
        self.0.ends_with("/whosaid.toml")
    }

    /// Returns `true` for a file of corrections of names.
    #[must_use]
    pub fn is_names_file(&self) -> bool {
        self.0.ends_with("/whosaid.names")
    }

    /// As a URL for typed messages; the transport puts the client's spelling in its place.
    #[must_use]
    pub fn url(&self) -> Option<Url> {
        match self.path() {
            Some(path) => Url::from_file_path(path).ok(),
            None => Url::parse(&self.0).ok(),
        }
    }
}

impl fmt::Debug for UriKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn decoded(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let mut out = Vec::with_capacity(text.len());
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let hex = (byte == b'%').then(|| text.get(at + 1..at + 3)).flatten();
        match hex.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(decoded) => {
                out.push(decoded);
                at += 3;
            }
            None => {
                out.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// The client's spellings by key.
#[derive(Debug, Default)]
pub struct UriTable {
    spelled: DashMap<UriKey, Arc<str>>,
    /// True if any spelling differs from what `Url` would write; otherwise nothing has to be rewritten.
    odd: AtomicBool,
}

impl UriTable {
    /// Remembers how the client spells a URI. The first spelling of a document stays until it is forgotten.
    pub fn learn(&self, uri: &str) -> UriKey {
        let key = UriKey::new(uri);
        if key.url().is_none_or(|url| url.as_str() != uri) {
            self.spelled.entry(key.clone()).or_insert_with(|| uri.into());
            self.odd.store(true, Ordering::Relaxed);
        }
        key
    }

    /// Puts the client's spelling into every URI of an outgoing message.
    pub(super) fn respell(&self, message: &mut Value) {
        if self.odd.load(Ordering::Relaxed) {
            self.walk(message);
        }
    }

    /// A URI as the client spells it.
    pub(in crate::lsp) fn spelled(&self, uri: String) -> String {
        let spelling = self.odd.load(Ordering::Relaxed).then(|| self.spelling(&uri)).flatten();
        spelling.map_or(uri, |spelled| spelled.as_ref().to_owned())
    }

    fn walk(&self, value: &mut Value) {
        match value {
            Value::Array(elements) => elements.iter_mut().for_each(|element| self.walk(element)),
            Value::Object(members) => {
                for (name, member) in members.iter_mut() {
                    match member {
                        Value::String(uri) if is_uri_member(name) => {
                            if let Some(spelled) = self.spelling(uri) {
                                *uri = spelled.as_ref().to_owned();
                            }
                        }
                        // The maps from URI to edits or reports have URIs for names.
                        Value::Object(by_uri) if name == "changes" || name == "relatedDocuments" => {
                            let respelled = std::mem::take(by_uri).into_iter().map(|(uri, mut edits)| {
                                self.walk(&mut edits);
                                (self.spelling(&uri).map_or(uri, |spelled| spelled.as_ref().to_owned()), edits)
                            });
                            *by_uri = respelled.collect();
                        }
                        _ => self.walk(member),
                    }
                }
            }
            _ => {}
        }
    }

    fn spelling(&self, uri: &str) -> Option<Arc<str>> {
        self.spelled.get(&UriKey::new(uri)).map(|spelled| spelled.value().clone())
    }
}

fn is_uri_member(name: &str) -> bool {
    matches!(name, "uri" | "targetUri" | "oldUri" | "newUri" | "scopeUri")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn spellings_of_one_document_have_one_key() {
        let key = |uri: &str| UriKey::new(uri);
        assert_eq!(key("file:///C%3A/Desk/a%20b.md"), key("file:///c:/Desk/a b.md"));
        assert_eq!(key("file://localhost/desk/x.md"), key("FILE:///desk/x.md"));
        assert_eq!(key("file:///desk/caf%C3%A9.md"), key("file:///desk/café.md"));
        assert_ne!(key("file:///desk/A.md"), key("file:///desk/a.md"));
        assert_eq!(key("untitled:Untitled-1").path(), None);
        assert_eq!(key("file:///desk/100%.md").path(), Some(PathBuf::from("/desk/100%.md")));
    }

    #[test]
    fn answers_carry_the_clients_own_spelling() {
        let table = UriTable::default();
        let key = table.learn("file:///desk/a {b} café.md");
        let url = key.url().expect("a file has a URL").to_string();
        let mut changes = serde_json::Map::new();
        changes.insert(url.clone(), json!([{ "newText": url }]));
        let mut message = json!({ "result": [{ "uri": url, "range": {} }], "edit": { "changes": changes } });
        table.respell(&mut message);
        assert_eq!(message["result"][0]["uri"], "file:///desk/a {b} café.md");
        assert_eq!(message["edit"]["changes"]["file:///desk/a {b} café.md"][0]["newText"], url);
    }
}
