//! The texts of many files at one moment, for edits that reach beyond the request's own document.
//!
//! An open document counts as it is now, with its version; a closed one as it stands on the disk. What is gone from the
//! disk is left out; what cannot be read whole stops everything, because an edit of a part of the notes is worse than none.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;
use tower_lsp::jsonrpc::{Error, ErrorCode, Result};

use crate::analysis::{self, Memo};
use crate::features::rename::Libraries;
use crate::lsp::state::documents::{Document, Place};
use crate::lsp::state::files::innermost;
use crate::lsp::view::note_view::NoteView;
use crate::structure::Format;
use crate::workspace::{FileId, NoteEntry, Snapshot};

/// The request was sound, but cannot be done.
const REQUEST_FAILED: i64 = -32803;

/// An error with words for the user.
pub(in crate::lsp) fn refused(why: impl Into<String>) -> Error {
    Error { code: ErrorCode::ServerError(REQUEST_FAILED), message: why.into().into(), data: None }
}

/// Files with their texts.
pub(in crate::lsp) struct Texts {
    /// The workspace, with the notes as they are now.
    pub snapshot: Snapshot,
    /// The bibliographies.
    pub libraries: Libraries,
    /// Documents that are open, beside the request's own.
    pub open: BTreeMap<FileId, Arc<Document>>,
}

impl Texts {
    /// Reads notes and libraries. The request's own document is in the view already.
    ///
    /// # Errors
    /// Where a file cannot be read whole.
    pub(in crate::lsp) fn read(view: &NoteView<'_>, notes: &[FileId], libraries: &[FileId]) -> Result<Self> {
        let mut texts = Self { snapshot: view.snapshot.clone(), libraries: Vec::new(), open: BTreeMap::new() };
        let own = view.document.map(|document| document.place.file);
        let mut closed = Vec::new();
        for &file in notes.iter().filter(|file| Some(**file) != own) {
            let Some(path) = view.snapshot.path(file) else { continue };
            let Some(document) = open(view, path) else {
                closed.push((file, path.clone()));
                continue;
            };
            let note = document.note(view.snapshot.config_at(path));
            texts.snapshot = texts.snapshot.with_note(file, note);
            texts.open.insert(file, document);
        }
        let read = |(file, path): &(FileId, Arc<str>)| Ok((*file, closed_note(view, *file, path)?));
        for (file, note) in closed.par_iter().map(read).collect::<Result<Vec<_>>>()? {
            if let Some(note) = note {
                texts.snapshot = texts.snapshot.with_note(file, note);
            }
        }
        for &file in libraries {
            texts.add_library(view, file)?;
        }
        Ok(texts)
    }

    fn add_library(&mut self, view: &NoteView<'_>, file: FileId) -> Result<()> {
        let Some(path) = view.snapshot.path(file).cloned() else { return Ok(()) };
        let text = match open(view, &path) {
            Some(document) => {
                let text = document.text();
                self.open.insert(file, document);
                Some(text)
            }
            None => closed_text(view, &path)?,
        };
        if let Some(text) = text {
            let text: Arc<str> = text.into();
            self.snapshot = self.snapshot.with_bibliography(&path, &text);
            self.libraries.push((file, text));
        }
        Ok(())
    }

    /// True if no document was edited since.
    pub(in crate::lsp) fn are_current(&self, view: &NoteView<'_>) -> bool {
        let mut used = view.document.into_iter().chain(self.open.values().map(|document| &**document));
        used.all(|document| view.state.documents.is_newest(document))
    }

    /// The versions of the open documents, beside the request's own.
    pub(in crate::lsp) fn versions(&self) -> BTreeMap<FileId, i32> {
        self.open.iter().map(|(file, document)| (*file, document.version)).collect()
    }
}

/// The view with every other open note as the client has it now. The workspace may be a moment behind.
pub(in crate::lsp) fn as_open<'a>(view: &NoteView<'a>) -> NoteView<'a> {
    let mut snapshot = view.snapshot.clone();
    let own = view.document.map(|document| document.place.file);
    for document in view.state.documents.all() {
        let Place { key, file, path } = &document.place;
        if Some(*file) == own || !key.is_note() || key.is_library() || snapshot.bibliography_at(path).is_some() {
            continue;
        }
        let note = document.note(snapshot.config_at(path));
        if !snapshot.full(*file).is_some_and(|known| Arc::ptr_eq(known, &note)) {
            snapshot = snapshot.with_note(*file, note);
        }
    }
    view.over(snapshot)
}

/// While notes are being read for the first time, an edit of all of them would miss some.
///
/// # Errors
/// While they are.
pub(in crate::lsp) fn all_known(view: &NoteView<'_>) -> Result<()> {
    if view.state.index.is_running() {
        return Err(refused("The notes are still being read, and some would be missed: try again shortly."));
    }
    Ok(())
}

fn open(view: &NoteView<'_>, path: &str) -> Option<Arc<Document>> {
    view.state.documents.newest(&view.state.files.key(path)?)
}

/// A closed note as the disk has it; without its text, so that it is not edited, if it is gone.
fn closed_note(view: &NoteView<'_>, file: FileId, path: &Arc<str>) -> Result<Option<Arc<NoteEntry>>> {
    let Some(text) = closed_text(view, path)? else {
        let gone = view.snapshot.full(file);
        return Ok(gone.map(|gone| Arc::new(NoteEntry { text: None, ..NoteEntry::clone(gone) })));
    };
    let config = &view.snapshot.config_at(path).analysis_of(path);
    let facts = analysis::analyze(&text, Format::of_path(path), config, &mut Memo::default());
    Ok(Some(Arc::new(NoteEntry::new(path.clone(), text, facts))))
}

/// The text of a closed file; none if it is gone.
fn closed_text(view: &NoteView<'_>, path: &str) -> Result<Option<String>> {
    let file = view.state.files.key(path).and_then(|key| view.state.files.own_path(&key));
    let projects = view.state.projects();
    let read = file.and_then(|file| {
        let project = innermost(&projects, &file)?;
        Some(project.reach.text(&file, project.config_at(&file).largest_file))
    });
    match read {
        None => Ok(None),
        Some(Err(trouble)) if trouble.is_missing() => Ok(None),
        Some(Ok(decoded)) if decoded.lossy_at.is_none() => Ok(Some(decoded.text)),
        _ => Err(refused(format!("{path} cannot be read as UTF-8: mend that first, or part of it would stay behind."))),
    }
}
