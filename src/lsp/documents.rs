//! The documents that the client has open, as immutable versions.
//!
//! Every edit makes a new [`Document`]: a rope that shares all but the edited leaves with the one before, and an empty
//! cell for what the text says. A request keeps the version that was current when it arrived, so it sees every edit
//! sent before it and none sent after, however late it runs. Versions of one document share the memory of the
//! analysis ([`Memo`]), so that an edit costs its own sentences.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use dashmap::DashMap;
use ropey::Rope;
use tower_lsp::lsp_types::{DidChangeTextDocumentParams, DidOpenTextDocumentParams};

use super::edits;
use super::transport::UriKey;
use crate::analysis::{self, AnalysisConfig, Memo, NoteFacts};
use crate::structure::Format;
use crate::text::{Encoding, LineIndex};

/// One version of an open document.
#[derive(Debug)]
pub struct Document {
    /// Which document.
    pub key: UriKey,
    /// The client's version number.
    pub version: i32,
    /// Rises with every version of any document, also where the client's numbers do not.
    pub revision: u64,
    /// How the text is read.
    pub format: Format,
    rope: Rope,
    memory: Arc<Mutex<Memory>>,
    said: Mutex<Option<(AnalysisConfig, Arc<Said>)>>,
}

/// What the analysis of earlier versions left.
#[derive(Debug, Default)]
struct Memory {
    memo: Memo,
    config: Option<AnalysisConfig>,
}

/// What a version says.
#[derive(Debug)]
pub struct Said {
    /// The text.
    pub text: Arc<str>,
    /// Its lines.
    pub lines: Arc<LineIndex>,
    /// Its facts.
    pub facts: Arc<NoteFacts>,
}

impl Document {
    /// What the text says under a configuration. Computed once; whoever asks meanwhile waits. CPU work: for the pool.
    pub fn said(&self, config: &AnalysisConfig) -> Arc<Said> {
        let mut said = self.said.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((under, said)) = said.as_ref()
            && under == config
        {
            return said.clone();
        }
        let text: Arc<str> = self.rope.to_string().into();
        let lines = Arc::new(LineIndex::new(&text));
        let mut memory = self.memory.lock().unwrap_or_else(|poisoned| {
            // The analysis that panicked may have left half an entry.
            let mut memory = poisoned.into_inner();
            *memory = Memory::default();
            memory
        });
        if memory.config.as_ref() != Some(config) {
            *memory = Memory { memo: Memo::default(), config: Some(config.clone()) };
        }
        let facts = Arc::new(analysis::analyze(&text, self.format, config, &mut memory.memo));
        let fresh = Arc::new(Said { text, lines, facts });
        *said = Some((config.clone(), fresh.clone()));
        fresh
    }

    /// The text, for those who need no more.
    #[must_use]
    pub fn text(&self) -> String {
        self.rope.to_string()
    }

    /// Whether the two are versions of one opening of one document.
    #[must_use]
    pub fn continues(&self, other: &Document) -> bool {
        Arc::ptr_eq(&self.memory, &other.memory)
    }
}

/// All open documents, newest versions.
#[derive(Debug, Default)]
pub struct Documents {
    open: DashMap<UriKey, Arc<Document>>,
    revisions: AtomicU64,
}

impl Documents {
    /// The newest version of a document, if it is open.
    #[must_use]
    pub fn newest(&self, key: &UriKey) -> Option<Arc<Document>> {
        self.open.get(key).map(|document| document.value().clone())
    }

    /// The newest versions of all open documents.
    #[must_use]
    pub fn all(&self) -> Vec<Arc<Document>> {
        self.open.iter().map(|document| document.value().clone()).collect()
    }

    /// Opens a document; one that is open already is replaced.
    pub fn open(&self, key: UriKey, params: DidOpenTextDocumentParams) -> Arc<Document> {
        let item = params.text_document;
        let document = Arc::new(Document {
            format: format_of(&key, &item.language_id),
            version: item.version,
            revision: self.next_revision(),
            rope: Rope::from_str(&item.text),
            memory: Arc::default(),
            said: Mutex::default(),
            key: key.clone(),
        });
        if self.open.insert(key, document.clone()).is_some() {
            super::log("a document was opened twice; the newer text counts");
        }
        document
    }

    /// Applies the edits of one notification. A document that is not open is opened by an edit that brings the whole
    /// text; any other edit of it cannot be placed and is left.
    pub fn change(
        &self,
        key: UriKey,
        params: &DidChangeTextDocumentParams,
        encoding: Encoding,
    ) -> Option<Arc<Document>> {
        let before = self.newest(&key);
        if before.is_none() {
            super::log("an edit came for a document that is not open");
            params.content_changes.iter().find(|change| change.range.is_none())?;
        }
        let mut rope = before.as_ref().map(|before| before.rope.clone()).unwrap_or_default();
        edits::apply(&mut rope, &params.content_changes, encoding);
        let document = Arc::new(Document {
            version: params.text_document.version,
            revision: self.next_revision(),
            format: before.as_ref().map_or_else(|| format_of(&key, ""), |before| before.format),
            rope,
            memory: before.map(|before| before.memory.clone()).unwrap_or_default(),
            said: Mutex::default(),
            key: key.clone(),
        });
        self.open.insert(key, document.clone());
        Some(document)
    }

    /// Closes a document; what requests hold of it stays.
    pub fn close(&self, key: &UriKey) -> Option<Arc<Document>> {
        self.open.remove(key).map(|(_, document)| document)
    }

    fn next_revision(&self) -> u64 {
        self.revisions.fetch_add(1, Ordering::Relaxed) + 1
    }
}

/// The file's extension decides; without one the language that the editor gives.
fn format_of(key: &UriKey, language: &str) -> Format {
    let name = key.as_str().rsplit('/').next().unwrap_or_default();
    if !name.contains('.') && matches!(language, "markdown" | "quarto" | "rmd" | "pandoc") {
        return Format::Markdown;
    }
    Format::of_path(name)
}

#[cfg(test)]
mod tests {
    use tower_lsp::lsp_types::{
        Position, Range, TextDocumentContentChangeEvent, TextDocumentItem, Url, VersionedTextDocumentIdentifier,
    };

    use super::*;

    fn uri() -> Url {
        Url::parse("file:///desk/a.md").expect("a URI")
    }

    fn opened(documents: &Documents, text: &str) -> Arc<Document> {
        let item = TextDocumentItem::new(uri(), "markdown".to_owned(), 1, text.to_owned());
        documents.open(UriKey::new(uri().as_str()), DidOpenTextDocumentParams { text_document: item })
    }

    fn changed(documents: &Documents, range: Option<Range>, text: &str) -> Option<Arc<Document>> {
        let params = DidChangeTextDocumentParams {
            text_document: VersionedTextDocumentIdentifier::new(uri(), 2),
            content_changes: vec![TextDocumentContentChangeEvent { range, range_length: None, text: text.to_owned() }],
        };
        documents.change(UriKey::new(uri().as_str()), &params, Encoding::Utf16)
    }

    #[test]
    fn a_version_keeps_its_text_whatever_comes_after() {
        let documents = Documents::default();
        let first = opened(&documents, "Lidia Marr spoke.");
        let at = Range::new(Position::new(0, 0), Position::new(0, 5));
        let second = changed(&documents, Some(at), "Ada").expect("it is open");
        assert_eq!((first.text().as_str(), second.text().as_str()), ("Lidia Marr spoke.", "Ada Marr spoke."));
        assert!(second.continues(&first) && second.revision > first.revision);
        documents.close(&second.key);
        assert_eq!(&*second.said(&AnalysisConfig::default()).text, "Ada Marr spoke.");
    }

    #[test]
    fn an_edit_of_an_unknown_document_opens_it_only_with_its_whole_text() {
        let documents = Documents::default();
        let at = Range::new(Position::new(0, 0), Position::new(0, 0));
        assert!(changed(&documents, Some(at), "x").is_none());
        assert_eq!(changed(&documents, None, "whole").map(|document| document.text()), Some("whole".to_owned()));
    }

    #[test]
    fn the_extension_decides_how_a_text_is_read_and_else_the_language() {
        let format = |uri: &str, language| format_of(&UriKey::new(uri), language);
        assert_eq!(format("file:///a.txt", "markdown"), Format::Plain);
        assert_eq!(format("file:///a.MD", ""), Format::Markdown);
        assert_eq!(format("untitled:Untitled-1", "markdown"), Format::Markdown);
        assert_eq!(format("untitled:Untitled-1", "plaintext"), Format::Plain);
    }
}
