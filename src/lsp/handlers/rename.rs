//! `textDocument/prepareRename` and `textDocument/rename`.
//!
//! A renaming is exact or refused. Closed notes and libraries are read from the disk for it, open ones are taken as they
//! are now with their versions; if one of them is edited meanwhile, the answer is that the content was modified.

use std::collections::HashMap;

use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::lsp_types::{
    ChangeAnnotation, Position, PrepareRenameResponse, RenameOptions, RenameParams, TextDocumentPositionParams,
    WorkDoneProgressOptions, WorkspaceEdit,
};

use super::request::{Request, RequestContext};
use crate::features::FilePosition;
use crate::features::rename::{self, Refusal, RenameEdit, Why};
use crate::lsp::view::note_view::NoteView;
use crate::lsp::view::texts::{self, Texts};
use crate::lsp::view::workspace_edit::{self, Annotated};
use crate::workspace::FileId;

/// `textDocument/prepareRename`.
pub(in crate::lsp) struct PrepareRequest;

impl Request for PrepareRequest {
    const METHOD: &str = "textDocument/prepareRename";
    type Params = TextDocumentPositionParams;
    type Answer = Option<PrepareRenameResponse>;

    fn answer(context: &RequestContext<'_>, params: Self::Params) -> Result<Self::Answer> {
        prepare(&context.view, &params)
    }
}

/// `textDocument/rename`.
pub(in crate::lsp) struct RenameRequest;

impl Request for RenameRequest {
    const METHOD: &str = "textDocument/rename";
    type Params = RenameParams;
    type Answer = Option<WorkspaceEdit>;

    fn answer(context: &RequestContext<'_>, params: Self::Params) -> Result<Self::Answer> {
        rename(&context.view, &params)
    }
}

/// The options of renaming, as the server announces them.
pub(in crate::lsp) fn options() -> RenameOptions {
    RenameOptions { prepare_provider: Some(true), work_done_progress_options: WorkDoneProgressOptions::default() }
}

fn prepare(view: &NoteView<'_>, params: &TextDocumentPositionParams) -> Result<Option<PrepareRenameResponse>> {
    let Some(position) = view.position(params.position).filter(|_| view.is_checked() || view.library.is_some()) else {
        return Ok(None);
    };
    let prepared = rename::prepare(&view.snapshot, position).map_err(failed)?;
    Ok(prepared.map(|prepared| PrepareRenameResponse::RangeWithPlaceholder {
        range: view.range(prepared.range),
        placeholder: prepared.name,
    }))
}

fn rename(view: &NoteView<'_>, params: &RenameParams) -> Result<Option<WorkspaceEdit>> {
    let position = position(view, params.text_document_position.position)?;
    let needs = rename::needs(&view.snapshot, position).map_err(failed)?;
    if needs.everywhere {
        texts::all_known(view)?;
    }
    let read = Texts::read(view, &needs.notes, &needs.libraries)?;
    let edits = rename::rename(&read.snapshot, &read.libraries, position, &params.new_name).map_err(failed)?;
    if edits.is_empty() {
        return Ok(None);
    }
    if !read.are_current(view) {
        return Err(Error::content_modified());
    }
    let annotated = view.state.session().change_annotations;
    let edits = edits.into_iter().filter_map(|change| annotate(position.file, &read, change, annotated)).collect();
    let versions = read.versions();
    let over = view.over(read.snapshot);
    let edit = workspace_edit::annotated(&over, edits, &versions, annotations());
    edit.map(Some).ok_or_else(|| failed(Refusal("One of the files cannot be named to this editor.".to_owned())))
}

fn position(view: &NoteView<'_>, position: Position) -> Result<FilePosition> {
    let sound = view.position(position).filter(|_| view.is_checked() || view.library.is_some());
    sound.ok_or_else(|| failed(Refusal("Only what is open and can be written can be renamed.".to_owned())))
}

/// Which reason an edit is to be confirmed for. Who cannot confirm is spared what is unsure.
fn annotate(own: FileId, read: &Texts, change: RenameEdit, annotated: bool) -> Option<Annotated> {
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
    texts::refused(refusal.0)
}
