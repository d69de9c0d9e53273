//! `textDocument/prepareRename` and `textDocument/rename`.
//!
//! A renaming is exact or refused. Closed notes and libraries are read from the disk for it, open ones are taken as they
//! are now with their versions; if one of them is edited meanwhile, the answer is that the content was modified.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use std::sync::atomic::Ordering;

use tower_lsp::jsonrpc::{Error, ErrorCode, Result};
use tower_lsp::lsp_types::{
    ChangeAnnotation, Position, PrepareRenameResponse, RenameOptions, RenameParams, TextDocumentPositionParams,
    WorkDoneProgressOptions, WorkspaceEdit,
};

use crate::analysis::{self, Memo};
use crate::features::FilePosition;
use crate::features::rename::{self, Libraries, Needs, Refusal, RenameEdit, Why};
use crate::lsp::documents::Document;
use crate::lsp::edit::{self, Annotated};
use crate::lsp::shared::View;
use crate::project::index::text_at;
use crate::structure::Format;
use crate::workspace::{FileId, NoteEntry, Snapshot};

/// The request was sound, but cannot be done.
const REQUEST_FAILED: i64 = -32803;

pub(in crate::lsp) fn options() -> RenameOptions {
    RenameOptions { prepare_provider: Some(true), work_done_progress_options: WorkDoneProgressOptions::default() }
}

pub(in crate::lsp) fn prepare(
    view: &View<'_>,
    params: &TextDocumentPositionParams,
) -> Result<Option<PrepareRenameResponse>> {
    let Some(position) = view.position(params.position).filter(|_| view.is_judged()) else { return Ok(None) };
    let prepared = rename::prepare(&view.snapshot, position).map_err(failed)?;
    Ok(prepared.map(|prepared| PrepareRenameResponse::RangeWithPlaceholder {
        range: view.range(prepared.range),
        placeholder: prepared.name,
    }))
}

pub(in crate::lsp) fn rename(view: &View<'_>, params: &RenameParams) -> Result<Option<WorkspaceEdit>> {
    let position = position(view, params.text_document_position.position)?;
    let needs = rename::needs(&view.snapshot, position).map_err(failed)?;
    if needs.everywhere && view.shared.indexing.load(Ordering::Relaxed) {
        return Err(failed(Refusal(
            "The notes are still being read, and some would be missed: try again shortly.".to_owned(),
        )));
    }
    let read = read(view, position.file, &needs)?;
    let edits = rename::rename(&read.snapshot, &read.libraries, position, &params.new_name).map_err(failed)?;
    if edits.is_empty() {
        return Ok(None);
    }
    let own = view.document.into_iter();
    let used = own.chain(read.open.values().map(|document| &**document));
    if !used.into_iter().all(|document| view.shared.documents.is_newest(document)) {
        return Err(Error::content_modified());
    }
    let annotated = view.shared.session().change_annotations;
    let edits = edits.into_iter().filter_map(|change| annotate(position.file, &read, change, annotated)).collect();
    let over = View { shared: view.shared, snapshot: read.snapshot, note: view.note.clone(), document: view.document };
    let versions = read.open.iter().map(|(file, document)| (*file, document.version)).collect();
    let edit = edit::annotated(&over, edits, &versions, annotations());
    edit.map(Some).ok_or_else(|| failed(Refusal("One of the files cannot be named to this editor.".to_owned())))
}

fn position(view: &View<'_>, position: Position) -> Result<FilePosition> {
    let sound = view.position(position).filter(|_| view.is_judged());
    sound.ok_or_else(|| failed(Refusal("Only what is open and can be written can be renamed.".to_owned())))
}

/// What a renaming works on.
struct Read {
    snapshot: Snapshot,
    libraries: Libraries,
    /// Other documents that are open, as they are now.
    open: BTreeMap<FileId, Arc<Document>>,
}

/// The files with their texts of this moment. What is gone from the disk is left out; what cannot be read whole is not
/// edited in part.
fn read(view: &View<'_>, own: FileId, needs: &Needs) -> Result<Read> {
    let mut read = Read { snapshot: view.snapshot.clone(), libraries: Vec::new(), open: BTreeMap::new() };
    let config = &view.snapshot.config().analysis;
    for &file in needs.notes.iter().filter(|file| **file != own) {
        let Some(path) = view.snapshot.path(file) else { continue };
        if let Some(document) = open(view, path) {
            read.snapshot = read.snapshot.with_note(file, document.note(config));
            read.open.insert(file, document);
        } else if let Some(text) = text(view, path)? {
            let facts = analysis::analyze(&text, Format::of_path(path), config, &mut Memo::default());
            read.snapshot = read.snapshot.with_note(file, Arc::new(NoteEntry::new(path.clone(), text, facts)));
        } else if let Some(gone) = view.snapshot.full(file) {
            // Its text is gone, and with it every edit.
            read.snapshot = read.snapshot.with_note(file, Arc::new(NoteEntry { text: None, ..NoteEntry::clone(gone) }));
        }
    }
    for &file in &needs.libraries {
        let Some(path) = view.snapshot.path(file).cloned() else { continue };
        let text = match open(view, &path) {
            Some(document) => {
                let text = Some(document.text());
                read.open.insert(file, document);
                text
            }
            None => text(view, &path)?,
        };
        let Some(text) = text else { continue };
        let text: Arc<str> = text.into();
        read.snapshot = read.snapshot.with_bibliography(&path, &text);
        read.libraries.push((file, text));
    }
    Ok(read)
}

fn open(view: &View<'_>, path: &str) -> Option<Arc<Document>> {
    view.shared.documents.newest(&view.shared.files.key(path)?)
}

/// The text of a closed file; none if it is gone.
fn text(view: &View<'_>, path: &str) -> Result<Option<String>> {
    let Some(file) = view.shared.files.key(path).and_then(|key| key.path()).filter(|file| file.is_file()) else {
        return Ok(None);
    };
    match text_at(&file, &mut Vec::new()) {
        Some(decoded) if decoded.lossy_at.is_none() => Ok(Some(decoded.text)),
        _ => Err(failed(Refusal(format!(
            "{path} cannot be read as UTF-8: mend that first, or part of it would stay behind."
        )))),
    }
}

/// Which reason an edit is to be confirmed for. Who cannot confirm is spared what is unsure.
fn annotate(own: FileId, read: &Read, change: RenameEdit, annotated: bool) -> Option<Annotated> {
    let closed = change.edit.file != own && !read.open.contains_key(&change.edit.file);
    let id = match change.why {
        Why::Weak if !annotated => return None,
        Why::Weak => Some(WEAK),
        Why::Merge => Some(MERGE),
        Why::Library => Some(LIBRARY),
        Why::Record => Some(RECORD),
        Why::Sure if closed => Some(CLOSED),
        Why::Sure => None,
    };
    Some(Annotated { edit: change.edit, id: id.filter(|_| annotated) })
}

const WEAK: &str = "whosaid.weak";
const MERGE: &str = "whosaid.merge";
const LIBRARY: &str = "whosaid.library";
const RECORD: &str = "whosaid.record";
const CLOSED: &str = "whosaid.closed";

fn annotations() -> HashMap<String, ChangeAnnotation> {
    let annotation = |id: &str, label: &str, confirm: bool, description: &str| {
        let annotation = ChangeAnnotation {
            label: label.to_owned(),
            needs_confirmation: Some(confirm),
            description: Some(description.to_owned()),
        };
        (id.to_owned(), annotation)
    };
    [
        annotation(WEAK, "Short forms and references", true, "These follow from the name, but may name another."),
        annotation(MERGE, "Names somebody else already", true, "Other notes use the new name: is it the same one?"),
        annotation(LIBRARY, "Library", true, "If another program writes this file, change the key there, too."),
        annotation(RECORD, "Its own note", false, "The new name; the old one stays as an alias."),
        annotation(CLOSED, "Notes that are not open", true, "Files that would be changed unseen."),
    ]
    .into()
}

fn failed(refusal: Refusal) -> Error {
    Error { code: ErrorCode::ServerError(REQUEST_FAILED), message: refusal.0.into(), data: None }
}
