//! The project's `whosaid.names` as the client has it: a line is added to what the user sees, saved or not.

use std::sync::Arc;

use crate::analysis::corrections::{CORRECTIONS_FILE, Corrections};
use crate::features::code_actions::names::NamesFile;
use crate::lsp::state::files::innermost;
use crate::lsp::transport::UriKey;
use crate::lsp::view::note_view::NoteView;

/// The file for the view's document: of the innermost project around it. None where there is no project, and where the
/// file is no text that could be added to.
pub(in crate::lsp) fn of(view: &NoteView<'_>) -> Option<NamesFile> {
    let state = view.state;
    let (_, note) = view.note.as_ref()?;
    let document = state.files.own_path(&state.files.key(&note.path)?)?;
    let projects = state.projects();
    let project = innermost(&projects, &document)?;
    let file = project.root.join(CORRECTIONS_FILE);
    let key = UriKey::of_path(&file)?;
    let path = state.files.path_of(&key);
    let in_force = &project.config.analysis.corrections;
    let read = |text: &str| if *in_force.text == *text { in_force.clone() } else { Arc::new(Corrections::read(text)) };
    if let Some(open) = state.documents.newest(&key) {
        return Some(NamesFile { path, known: read(&open.text()), exists: true });
    }
    // What is in force may be older than the file: not every client tells at once that it was saved.
    if !file.exists() {
        return Some(NamesFile { path, known: Arc::default(), exists: false });
    }
    let text = project.text_at(&file, &mut Vec::new()).filter(|read| read.lossy_at.is_none())?.text;
    Some(NamesFile { path, known: read(&text), exists: true })
}
