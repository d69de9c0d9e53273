//! The part of the main loop that deals with libraries: those that are open, those that notes name, and those that are not read.

use std::collections::HashSet;
use std::sync::Arc;

use crate::lsp::state::documents::Document;
use crate::lsp::state::events::IndexOutcome;
use crate::lsp::state::server_state::ServerState;
use crate::lsp::transport::UriKey;
use crate::lsp::work::disk;
use crate::lsp::work::main_loop::MainLoop;
use crate::workspace::unread::Unread;
use crate::workspace::{Change, NoteEntry};

/// A library as the editor has it, if it is open.
pub(in crate::lsp) fn open_library(state: &ServerState, path: &str) -> Option<Arc<Document>> {
    state.documents.newest(&state.files.key(path)?).filter(|document| document.place.key.is_library())
}

impl MainLoop {
    /// A library that is open and belongs to the workspace counts as it is typed.
    pub(in crate::lsp) fn library_edited(&mut self, state: &Arc<ServerState>, document: &Document) {
        let path = &document.place.path;
        if !document.place.key.is_library() || self.workspace.snapshot().bibliography_at(path).is_none() {
            return;
        }
        // It was read on the pool, before this event was sent.
        let Some(read) = document.listed() else { return };
        self.workspace.apply(Change::Bibliography(read));
        self.publish_snapshot(state);
        self.mark_outdated();
        self.show_bibliography(state, path);
    }

    /// Shows what is wrong with a bibliography, or that nothing is any more.
    pub(in crate::lsp) fn show_bibliography(&mut self, state: &ServerState, path: &str) {
        let Some(key) = state.files.key(path) else { return };
        let snapshot = self.workspace.snapshot();
        let read = snapshot.bibliographies().find(|(_, bibliography)| *bibliography.path == *path);
        let found = read.map_or_else(Vec::new, |(_, bibliography)| disk::bibliography_diagnostics(state, bibliography));
        let had = if found.is_empty() { self.shown.remove(&key) } else { !self.shown.insert(key.clone()) };
        if had || !found.is_empty() {
            self.push(state, &key, None, found);
        }
    }

    /// A note that is open may name a bibliography that was not read yet. Unless `again`, only where it names others than
    /// before: nothing is looked at with every keystroke.
    pub(in crate::lsp) fn read_own_bibliographies(
        &mut self,
        state: &Arc<ServerState>,
        key: &UriKey,
        note: &NoteEntry,
        again: bool,
    ) {
        let named = self.disk.own_bibliographies(state, key, note);
        let Some(open) = self.open.get_mut(key) else { return };
        if !again && open.named.iter().eq(named.iter().map(|(name, _)| name)) {
            return;
        }
        let had = !open.named.is_empty() || self.workspace.snapshot().unread_of(&note.path).is_some();
        open.named = named.iter().map(|(name, _)| name.clone()).collect();
        if had || !named.is_empty() {
            self.disk.read_named(state, key, note, named);
        }
    }

    /// Of what a note names, this is not read.
    pub(in crate::lsp) fn unread(&mut self, state: &Arc<ServerState>, note: Arc<str>, unread: Unread) {
        let before = self.workspace.snapshot().unread_of(&note).cloned().unwrap_or_default();
        if before != unread {
            self.workspace.apply(Change::Unread(note, unread));
            self.publish_snapshot(state);
            self.mark_outdated();
        }
    }

    /// Takes the files that closed notes name and that are not read, as an index found them.
    pub(in crate::lsp) fn take_unread(&mut self, state: &ServerState, found: &IndexOutcome) {
        let open: HashSet<Arc<str>> =
            state.documents.all().iter().map(|document| document.place.path.clone()).collect();
        let snapshot = self.workspace.snapshot();
        let gone = snapshot.notes_with_unread().filter(|note| !found.unread.contains_key(*note));
        let gone = gone.map(|note| (note.clone(), Unread::default()));
        let now = found.unread.iter().map(|(note, unread)| (note.clone(), unread.clone()));
        for (note, unread) in gone.chain(now).filter(|(note, _)| !open.contains(note)) {
            self.workspace.apply(Change::Unread(note, unread));
        }
    }
}
