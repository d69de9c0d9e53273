//! Our edits as a `WorkspaceEdit`: with document versions where the client takes them, and the note's own line ends.

use std::collections::{BTreeMap, HashMap};

use tower_lsp::lsp_types::{
    CreateFile, CreateFileOptions, DocumentChangeOperation, DocumentChanges, OneOf,
    OptionalVersionedTextDocumentIdentifier, ResourceOp, TextDocumentEdit, TextEdit, WorkspaceEdit,
};

use super::convert::to_proto;
use super::shared::View;
use crate::features::name_actions::FileEdit;
use crate::rules::Edit;
use crate::text::{LineIndex, TextRange};
use crate::workspace::FileId;

/// All or nothing: none if any of the edits concerns a file that cannot be named or written.
pub(super) fn workspace_edit(view: &View<'_>, edits: &[Edit], files: &[FileEdit]) -> Option<WorkspaceEdit> {
    let mut by_file: BTreeMap<FileId, Vec<TextEdit>> = BTreeMap::new();
    for edit in edits {
        by_file.entry(edit.file).or_default().push(text_edit(view, edit)?);
    }
    if view.shared.session().document_changes {
        let documents = by_file.into_iter().map(|(file, edits)| document_edit(view, file, edits));
        let mut documents = documents.collect::<Option<Vec<_>>>()?;
        let mut made = Vec::new();
        for file in files {
            let url = view.shared.files.url(&file.path.as_str().into())?;
            if file.create && view.shared.session().creates_files {
                made.push(DocumentChangeOperation::Op(ResourceOp::Create(CreateFile {
                    uri: url.clone(),
                    options: Some(CreateFileOptions { overwrite: None, ignore_if_exists: Some(true) }),
                    annotation_id: None,
                })));
            }
            documents.push(TextDocumentEdit {
                text_document: OptionalVersionedTextDocumentIdentifier { uri: url, version: None },
                edits: vec![OneOf::Left(insertion(view, file))],
            });
        }
        let changes = if made.is_empty() {
            DocumentChanges::Edits(documents)
        } else {
            made.extend(documents.into_iter().map(DocumentChangeOperation::Edit));
            DocumentChanges::Operations(made)
        };
        return Some(WorkspaceEdit { document_changes: Some(changes), ..WorkspaceEdit::default() });
    }
    let url = |file| view.shared.files.url(view.snapshot.path(file)?);
    let mut changes =
        by_file.into_iter().map(|(file, edits)| Some((url(file)?, edits))).collect::<Option<HashMap<_, _>>>()?;
    for file in files {
        let url = view.shared.files.url(&file.path.as_str().into())?;
        changes.entry(url).or_default().push(insertion(view, file));
    }
    Some(WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() })
}

/// An insertion into a file that is no note: its lines are found in the text that is known of it.
fn insertion(view: &View<'_>, file: &FileEdit) -> TextEdit {
    let lines = LineIndex::new(&file.before);
    TextEdit::new(to_proto::range(&lines, TextRange::empty(file.at), view.encoding()), file.text.clone())
}

fn document_edit(view: &View<'_>, file: FileId, edits: Vec<TextEdit>) -> Option<TextDocumentEdit> {
    let key = view.shared.files.key(view.snapshot.path(file)?)?;
    // The version that the edit was made for: the request's own, or the newest of another open document.
    let own = view.document.filter(|document| document.place.file == file).map(|document| document.version);
    let version = own.or_else(|| view.shared.documents.newest(&key).map(|document| document.version));
    Some(TextDocumentEdit {
        text_document: OptionalVersionedTextDocumentIdentifier { uri: key.url()?, version },
        edits: edits.into_iter().map(OneOf::Left).collect(),
    })
}

fn text_edit(view: &View<'_>, edit: &Edit) -> Option<TextEdit> {
    let note = view.snapshot.note(edit.file)?;
    let crlf = note.text.as_deref().is_some_and(|text| text.contains("\r\n"));
    let text = if crlf { edit.text.replace('\n', "\r\n") } else { edit.text.clone() };
    Some(TextEdit::new(to_proto::range(&note.lines, edit.range, view.encoding()), text))
}
