//! The documents that the client has open, as immutable versions.
//!
//! Every edit makes a new [`Document`]: a rope that shares all but the edited leaves with the one before, and an empty
//! cell for what the text says. A request keeps the version that was current when it arrived, so it sees every edit
//! sent before it and none sent after, however late it runs. Versions of one document share the memory of the
//! analysis ([`Memo`]), so that an edit costs its own sentences.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use dashmap::DashMap;
use ropey::Rope;
use tower_lsp::lsp_types::TextDocumentContentChangeEvent;

use super::content_changes as edits;
use crate::analysis::{self, AnalysisConfig, Memo};
use crate::config::Config;
use crate::gate::LARGEST_LIBRARY;
use crate::lsp::transport::UriKey;
use crate::structure::Format;
use crate::text::Encoding;
use crate::workspace::library::Bibliography;
use crate::workspace::{FileId, NoteEntry};

/// The place of a document: its key, and its number and path in the workspace.
#[derive(Clone, Debug)]
pub(in crate::lsp) struct Place {
    /// The canonical URI.
    pub key: UriKey,
    /// Its number in the workspace.
    pub file: FileId,
    /// Its path in the workspace, as [`NoteEntry::path`] has it.
    pub path: Arc<str>,
}

/// One version of an open document.
#[derive(Debug)]
pub(in crate::lsp) struct Document {
    /// Which document.
    pub place: Place,
    /// The client's version number.
    pub version: i32,
    /// Rises with every version of any document, also where the client's numbers do not.
    pub revision: u64,
    /// The format in which the text is read.
    pub format: Format,
    /// The byte behind what was typed last; none for a text that was opened or replaced whole.
    pub caret: Option<usize>,
    /// True once this version was saved.
    pub saved: AtomicBool,
    rope: Rope,
    memory: Arc<Mutex<Memory>>,
    said: Mutex<Option<(AnalysisConfig, u64, Arc<NoteEntry>)>>,
    listed: OnceLock<Arc<Bibliography>>,
}

/// The memory that the analysis of earlier versions left.
#[derive(Debug, Default)]
struct Memory {
    memo: Memo,
    config: Option<AnalysisConfig>,
}

impl Document {
    /// The note that the text makes under a configuration; one without text if it is longer than that allows. Computed
    /// once; whoever asks meanwhile waits. CPU work: for the pool.
    pub(in crate::lsp) fn note(&self, config: &Config) -> Arc<NoteEntry> {
        let limit = config.largest_file;
        let config = &config.analysis_of(&self.place.path);
        let mut said = self.said.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((under, below, note)) = said.as_ref()
            && (under, *below) == (config, limit)
        {
            return note.clone();
        }
        let large = self.is_too_large(limit);
        let text = if large { String::new() } else { self.rope.to_string() };
        let mut memory = self.memory.lock().unwrap_or_else(|poisoned| {
            // The analysis that panicked may have left half an entry.
            let mut memory = poisoned.into_inner();
            *memory = Memory::default();
            memory
        });
        if memory.config.as_ref() != Some(config) {
            *memory = Memory { memo: Memo::default(), config: Some(config.clone()) };
        }
        let facts = analysis::analyze(&text, self.format, config, &mut memory.memo);
        drop(memory);
        let mut note = NoteEntry::new(self.place.path.clone(), text, facts);
        if large {
            // What has no text is not edited.
            note.text = None;
        }
        let note = Arc::new(note);
        *said = Some((config.clone(), limit, note.clone()));
        note
    }

    /// The analysis's memory of the document's sentences: for trials of edits, which must not hold up the next
    /// version. Cheap: the sentences are shared.
    pub(in crate::lsp) fn memo(&self) -> Memo {
        self.memory.lock().map_or_else(|_| Memo::default(), |memory| memory.memo.clone())
    }

    /// True if the text is longer than so many bytes.
    pub(in crate::lsp) fn is_too_large(&self, limit: u64) -> bool {
        self.length() > limit
    }

    /// Its length in bytes.
    pub(in crate::lsp) fn length(&self) -> u64 {
        self.rope.len_bytes() as u64
    }

    /// The entries of a library; none if it is longer than the configuration allows. Computed once. CPU work: for the pool.
    pub(in crate::lsp) fn library(&self, config: &Config) -> Arc<Bibliography> {
        let most = config.largest_file.max(LARGEST_LIBRARY as u64);
        let text = || if self.is_too_large(most) { String::new() } else { self.rope.to_string() };
        let read = || Arc::new(Bibliography::read(self.place.path.clone(), &text()));
        self.listed.get_or_init(read).clone()
    }

    /// The entries of a library, if they were computed.
    pub(in crate::lsp) fn listed(&self) -> Option<Arc<Bibliography>> {
        self.listed.get().cloned()
    }

    /// The whole text.
    pub(in crate::lsp) fn text(&self) -> String {
        self.rope.to_string()
    }
}

/// All open documents, newest versions.
#[derive(Debug, Default)]
pub(in crate::lsp) struct Documents {
    open: DashMap<UriKey, Arc<Document>>,
    revisions: AtomicU64,
}

impl Documents {
    /// The newest version of a document, if it is open.
    #[must_use]
    pub(in crate::lsp) fn newest(&self, key: &UriKey) -> Option<Arc<Document>> {
        self.open.get(key).map(|document| document.value().clone())
    }

    /// An open document of a file, by whatever name.
    #[must_use]
    pub(in crate::lsp) fn of_file(&self, file: FileId) -> Option<Arc<Document>> {
        let mut found: Vec<_> = self.all().into_iter().filter(|document| document.place.file == file).collect();
        found.sort_by_key(|document| document.revision);
        found.pop()
    }

    /// The same document, now that its file turned out to be another.
    pub(in crate::lsp) fn replace(&self, document: &Document, place: Place) -> Option<Arc<Document>> {
        let moved = Document {
            version: document.version,
            revision: self.next_revision(),
            format: document.format,
            caret: document.caret,
            saved: AtomicBool::new(document.saved.load(Ordering::Relaxed)),
            rope: document.rope.clone(),
            memory: document.memory.clone(),
            said: Mutex::default(),
            listed: OnceLock::new(),
            place,
        };
        let mut open = self.open.get_mut(&document.place.key).filter(|open| open.revision == document.revision)?;
        *open = Arc::new(moved);
        Some(open.clone())
    }

    /// True if nothing newer than this version has come, and the document is still open.
    #[must_use]
    pub(in crate::lsp) fn is_newest(&self, document: &Document) -> bool {
        self.open.get(&document.place.key).is_some_and(|newest| newest.revision == document.revision)
    }

    /// The newest versions of all open documents.
    #[must_use]
    pub(in crate::lsp) fn all(&self) -> Vec<Arc<Document>> {
        self.open.iter().map(|document| document.value().clone()).collect()
    }

    /// Opens a document; one that is open already is replaced.
    pub(in crate::lsp) fn open(&self, place: Place, language: &str, version: i32, text: &str) -> Arc<Document> {
        let key = place.key.clone();
        let document = Arc::new(Document {
            format: format_of(&key, language),
            version,
            revision: self.next_revision(),
            caret: None,
            saved: AtomicBool::new(false),
            rope: Rope::from_str(text),
            memory: Arc::default(),
            said: Mutex::default(),
            listed: OnceLock::new(),
            place,
        });
        if self.open.insert(key, document.clone()).is_some() {
            crate::lsp::log("a document was opened twice; the newer text counts");
        }
        document
    }

    /// Applies the edits of one notification. A document that is not open is opened by an edit that brings the whole
    /// text; any other edit of it cannot be placed and is left.
    pub(in crate::lsp) fn change(
        &self,
        place: Place,
        version: i32,
        changes: &[TextDocumentContentChangeEvent],
        encoding: Encoding,
    ) -> Option<Arc<Document>> {
        let before = self.newest(&place.key);
        if before.is_none() {
            crate::lsp::log("an edit came for a document that is not open");
            changes.iter().find(|change| change.range.is_none())?;
        }
        let mut rope = before.as_ref().map(|before| before.rope.clone()).unwrap_or_default();
        let caret = edits::apply(&mut rope, changes, encoding);
        let key = place.key.clone();
        let document = Arc::new(Document {
            version,
            revision: self.next_revision(),
            format: before.as_ref().map_or_else(|| format_of(&key, ""), |before| before.format),
            caret,
            saved: AtomicBool::new(false),
            rope,
            memory: before.map(|before| before.memory.clone()).unwrap_or_default(),
            said: Mutex::default(),
            listed: OnceLock::new(),
            place,
        });
        self.open.insert(key, document.clone());
        Some(document)
    }

    /// Closes a document; what requests hold of it stays.
    pub(in crate::lsp) fn close(&self, key: &UriKey) -> Option<Arc<Document>> {
        self.open.remove(key).map(|(_, document)| document)
    }

    fn next_revision(&self) -> u64 {
        self.revisions.fetch_add(1, Ordering::Relaxed) + 1
    }
}

/// The file's extension decides; without one the language that the editor gives.
fn format_of(key: &UriKey, language: &str) -> Format {
    // `git:` and its like carry a query behind the path.
    let path = if key.path().is_some() { key.as_str() } else { key.as_str().split('?').next().unwrap_or_default() };
    let name = path.rsplit('/').next().unwrap_or_default();
    if !name.contains('.') && matches!(language, "markdown" | "quarto" | "rmd" | "pandoc") {
        return Format::Markdown;
    }
    Format::of_path(name)
}

#[cfg(test)]
mod tests {
    use tower_lsp::lsp_types::{Position, Range};

    use super::*;

    fn place() -> Place {
        Place { key: UriKey::new("file:///desk/a.md"), file: FileId(0), path: "a.md".into() }
    }

    fn changed(documents: &Documents, range: Option<[u32; 2]>, text: &str) -> Option<Arc<Document>> {
        let range = range.map(|[from, to]| Range::new(Position::new(0, from), Position::new(0, to)));
        let change = TextDocumentContentChangeEvent { range, range_length: None, text: text.to_owned() };
        documents.change(place(), 2, &[change], Encoding::Utf16)
    }

    #[test]
    fn a_version_keeps_its_text_whatever_comes_after() {
        let documents = Documents::default();
        let first = documents.open(place(), "markdown", 1, "Lidia Marr spoke.");
        let second = changed(&documents, Some([0, 5]), "Ada").expect("it is open");
        assert_eq!((first.text().as_str(), second.text().as_str()), ("Lidia Marr spoke.", "Ada Marr spoke."));
        assert!(documents.is_newest(&second) && !documents.is_newest(&first));
        assert_eq!(second.caret, Some(3));
        documents.close(&second.place.key);
        assert!(!documents.is_newest(&second));
        assert_eq!(second.note(&Config::default()).text.as_deref(), Some("Ada Marr spoke."));
    }

    #[test]
    fn an_edit_of_an_unknown_document_opens_it_only_with_its_whole_text() {
        let documents = Documents::default();
        assert!(changed(&documents, Some([0, 0]), "x").is_none());
        assert_eq!(changed(&documents, None, "whole").map(|document| document.text()), Some("whole".to_owned()));
    }

    #[test]
    fn the_extension_decides_how_a_text_is_read_and_else_the_language() {
        let format = |uri: &str, language| format_of(&UriKey::new(uri), language);
        assert_eq!(format("file:///a.txt", "markdown"), Format::Plain);
        assert_eq!(format("file:///a.MD", ""), Format::Markdown);
        assert_eq!(format("git:/desk/a.md?%7B%22path%22%3A%22/b.txt%22%7D", ""), Format::Markdown);
        assert_eq!(format("untitled:Untitled-1", "markdown"), Format::Markdown);
        assert_eq!(format("untitled:Untitled-1", "plaintext"), Format::Plain);
    }
}
