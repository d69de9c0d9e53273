//! Our edits as a `WorkspaceEdit`: with document versions where the client takes them, and the note's own line ends.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde_json::{Value, json};
use tower_lsp::lsp_types::{
    AnnotatedTextEdit, ChangeAnnotation, CreateFile, CreateFileOptions, DocumentChangeOperation, DocumentChanges,
    OneOf, OptionalVersionedTextDocumentIdentifier, ResourceOp, TextDocumentEdit, TextEdit, Url, WorkspaceEdit,
};

use crate::features::code_actions::{Action, FileEdit};
use crate::lsp::convert::to_proto;
use crate::lsp::view::note_view::NoteView;
use crate::project::identity;
use crate::rules::Edit;
use crate::text::{LineIndex, TextRange};
use crate::workspace::FileId;

/// All or nothing: none if any of the edits concerns a file that cannot be named or written.
pub(in crate::lsp) fn workspace_edit(view: &NoteView<'_>, edits: &[Edit], files: &[FileEdit]) -> Option<WorkspaceEdit> {
    let mut by_file: BTreeMap<FileId, Vec<TextEdit>> = BTreeMap::new();
    for edit in edits {
        by_file.entry(edit.file).or_default().push(text_edit(view, edit)?);
    }
    let by_file = each_once(view, by_file);
    if view.state.session().document_changes {
        let documents = by_file.into_iter().map(|(file, edits)| document_edit(view, file, edits));
        let mut documents = documents.collect::<Option<Vec<_>>>()?;
        let mut made = Vec::new();
        for file in files {
            let (url, version) = place(view, file)?;
            if file.create && view.state.session().creates_files {
                made.push(DocumentChangeOperation::Op(ResourceOp::Create(CreateFile {
                    uri: url.clone(),
                    options: Some(CreateFileOptions { overwrite: None, ignore_if_exists: Some(true) }),
                    annotation_id: None,
                })));
            }
            documents.push(TextDocumentEdit {
                text_document: OptionalVersionedTextDocumentIdentifier { uri: url, version },
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
    let url = |file| view.state.files.url(view.snapshot.path(file)?);
    let mut changes =
        by_file.into_iter().map(|(file, edits)| Some((url(file)?, edits))).collect::<Option<HashMap<_, _>>>()?;
    for file in files {
        let (url, _) = place(view, file)?;
        changes.entry(url).or_default().push(insertion(view, file));
    }
    Some(WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() })
}

/// The edit of an action as JSON; where the client can fill in places (protocol 3.18), the caret ends up where the user
/// goes on writing. The types of the protocol have no room for that.
pub(in crate::lsp) fn with_blank(view: &NoteView<'_>, action: &Action) -> Option<Value> {
    let mut whole = json!(workspace_edit(view, &action.edits, &action.files)?);
    let session = view.state.session();
    let Some((index, at)) = action.blank.filter(|_| session.snippet_edits && session.document_changes) else {
        return Some(whole);
    };
    // Only the document that the user looks at: in others there is no caret.
    let edit = action.edits.get(index).filter(|edit| view.note.as_ref().is_some_and(|(own, _)| *own == edit.file));
    let mut snippet = || {
        let edit = edit?;
        let place = action.edits.get(..index)?.iter().filter(|other| other.file == edit.file).count();
        let uri = json!(view.state.files.url(view.snapshot.path(edit.file)?)?);
        let documents = whole.get_mut("documentChanges")?.as_array_mut()?;
        let document = documents.iter_mut().find(|document| document.pointer("/textDocument/uri") == Some(&uri))?;
        let shown = document.get_mut("edits")?.get_mut(place)?;
        let ends = if crlf(view, edit.file) { "\r\n" } else { "\n" };
        let part = |text: &str| {
            let mut out = String::with_capacity(text.len() + 8);
            for c in text.chars() {
                if matches!(c, '\\' | '$' | '}') {
                    out.push('\\');
                }
                out.push(c);
            }
            out.replace('\n', ends)
        };
        let (before, after) = edit.text.split_at_checked(at as usize)?;
        let value = format!("{}$0{}", part(before), part(after));
        let range = shown.get("range")?.clone();
        *shown = json!({ "range": range, "snippet": { "kind": "snippet", "value": value } });
        Some(())
    };
    // An edit without the caret is as good.
    let _ = snippet();
    Some(whole)
}

/// An edit with the reason for which it must be confirmed.
pub(in crate::lsp) struct Annotated {
    /// The edit.
    pub edit: Edit,
    /// The reason's id; none if it can be applied unseen.
    pub id: Option<&'static str>,
}

/// All or nothing, as [`workspace_edit`]; each edit with its reason. `versions` are those of other open documents.
pub(in crate::lsp) fn annotated(
    view: &NoteView<'_>,
    edits: Vec<Annotated>,
    versions: &BTreeMap<FileId, i32>,
    mut reasons: HashMap<String, ChangeAnnotation>,
) -> Option<WorkspaceEdit> {
    if !view.state.session().document_changes {
        let plain: Vec<Edit> = edits.into_iter().map(|annotated| annotated.edit).collect();
        return workspace_edit(view, &plain, &[]);
    }
    reasons.retain(|id, _| edits.iter().any(|annotated| annotated.id == Some(id.as_str())));
    let mut by_file: BTreeMap<FileId, Vec<OneOf<TextEdit, AnnotatedTextEdit>>> = BTreeMap::new();
    for Annotated { edit, id } in edits {
        let text_edit = text_edit(view, &edit)?;
        by_file.entry(edit.file).or_default().push(match id {
            Some(id) => OneOf::Right(AnnotatedTextEdit { text_edit, annotation_id: id.to_owned() }),
            None => OneOf::Left(text_edit),
        });
    }
    let own = view.document.map(|document| (document.place.file, document.version));
    let by_file = each_once(view, by_file);
    let document = |(file, edits)| {
        let key = view.state.files.key(view.snapshot.path(file)?)?;
        let version = own.filter(|(own, _)| *own == file).map(|(_, version)| version);
        let version = version.or_else(|| versions.get(&file).copied());
        let text_document = OptionalVersionedTextDocumentIdentifier { uri: key.url()?, version };
        Some(TextDocumentEdit { text_document, edits })
    };
    let documents = by_file.into_iter().map(document).collect::<Option<Vec<_>>>()?;
    Some(WorkspaceEdit {
        document_changes: Some(DocumentChanges::Edits(documents)),
        change_annotations: Some(reasons).filter(|reasons| !reasons.is_empty()),
        ..WorkspaceEdit::default()
    })
}

/// The edits without those of files that have others under another name: an editor that applied both would garble the
/// file. That can only be where a link or a further name was made since the notes were read.
fn each_once<T>(view: &NoteView<'_>, by_file: BTreeMap<FileId, T>) -> BTreeMap<FileId, T> {
    if by_file.len() < 2 {
        return by_file;
    }
    let key = |file: &FileId| view.state.files.key(view.snapshot.path(*file)?);
    let is_open = |file: &FileId| {
        let own = view.document.is_some_and(|document| document.place.file == *file);
        own || key(file).is_some_and(|key| view.state.documents.newest(&key).is_some())
    };
    // What the editor has open counts, then the first.
    let (open, closed): (Vec<_>, Vec<_>) = by_file.into_iter().partition(|(file, _)| is_open(file));
    let mut seen = HashSet::new();
    let mut is_new = |file: &FileId| {
        let path = key(file).and_then(|key| view.state.files.own_path(&key));
        path.and_then(|path| identity(&path)).is_none_or(|found| seen.insert(found))
    };
    open.into_iter().chain(closed).filter(|(file, _)| is_new(file)).collect()
}

/// An insertion into a file that is no note: its lines, and how they end, are found in the text that is known of it.
fn insertion(view: &NoteView<'_>, file: &FileEdit) -> TextEdit {
    let lines = LineIndex::new(&file.before);
    let text = if file.before.contains("\r\n") { file.text.replace('\n', "\r\n") } else { file.text.clone() };
    TextEdit::new(to_proto::range(&lines, TextRange::empty(file.at), view.encoding()), text)
}

/// The place of a file that is no note, or not yet, and its version if it is open. None if it has another text by now: what is
/// to be made must not be there, on the disk as little as in the editor.
pub(in crate::lsp) fn place(view: &NoteView<'_>, file: &FileEdit) -> Option<(Url, Option<i32>)> {
    let key = view.state.files.key(&file.path)?;
    let open = view.state.documents.newest(&key);
    let same = match &open {
        Some(document) => document.text() == *file.before,
        None => !file.create || !key.path()?.exists(),
    };
    same.then_some((key.url()?, open.map(|document| document.version)))
}

fn document_edit(view: &NoteView<'_>, file: FileId, edits: Vec<TextEdit>) -> Option<TextDocumentEdit> {
    let key = view.state.files.key(view.snapshot.path(file)?)?;
    // The version that the edit was made for: the request's own, or that of another open document whose text it was made for.
    let own = view.document.filter(|document| document.place.file == file).map(|document| document.version);
    let version = match view.state.documents.newest(&key).filter(|_| own.is_none()) {
        Some(other) => {
            let known = view.snapshot.full(file).and_then(|note| note.text.clone());
            known.is_none_or(|known| *known == *other.text()).then_some(Some(other.version))?
        }
        None => own,
    };
    Some(TextDocumentEdit {
        text_document: OptionalVersionedTextDocumentIdentifier { uri: key.url()?, version },
        edits: edits.into_iter().map(OneOf::Left).collect(),
    })
}

/// True if the lines of a file end in `\r\n`. To a library no line is ever added.
fn crlf(view: &NoteView<'_>, file: FileId) -> bool {
    let note = view.snapshot.full(file);
    note.and_then(|note| note.text.as_deref()).is_some_and(|text| text.contains("\r\n"))
}

fn text_edit(view: &NoteView<'_>, edit: &Edit) -> Option<TextEdit> {
    let text = if crlf(view, edit.file) { edit.text.replace('\n', "\r\n") } else { edit.text.clone() };
    Some(TextEdit::new(to_proto::range_in(&mut view.snapshot.lines(edit.file)?, edit.range, view.encoding()), text))
}
