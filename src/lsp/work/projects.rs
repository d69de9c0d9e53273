//! The part of the main loop that deals with projects: opening and configuring them, and taking what an index finds.

use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;

use crate::lsp::state::events::{IndexOutcome, StoreEntry};
use crate::lsp::state::server_state::ServerState;
use crate::lsp::work::client_watch;
use crate::lsp::work::disk;
use crate::lsp::work::libraries::open_library;
use crate::lsp::work::main_loop::MainLoop;
use crate::workspace::{Change, FileId, Workspace};

impl MainLoop {
    /// Starts the work: the client has said `initialized`.
    pub(in crate::lsp) fn ready(&mut self, state: &Arc<ServerState>) {
        self.disk.folders.extend(state.session().folders.iter().cloned());
        client_watch::watch(state, &self.disk.folders);
        self.settings(state, None);
        if !state.session().watches_files {
            self.disk.listen(state);
        }
        self.reindex(state);
    }

    /// Reads configuration and projects anew. Open documents are analysed again, as the configuration asks now.
    pub(in crate::lsp) fn reindex(&mut self, state: &Arc<ServerState>) {
        self.disk.open(state);
        self.rename_documents(state);
        self.configure(state);
        for (key, problems) in self.disk.config_problems(state) {
            self.push(state, &key, None, problems);
        }
        state.index.set_running(self.disk.has_projects());
        self.disk.index(state);
    }

    /// Puts every folder's configuration in force. Documents for which another one holds now are analysed again.
    pub(in crate::lsp) fn configure(&mut self, state: &Arc<ServerState>) {
        let (old, new) = (self.workspace.snapshot().configs().clone(), Arc::new(self.disk.configs(state)));
        if old == new {
            return;
        }
        self.workspace.apply(Change::Configs(new.clone()));
        self.publish_snapshot(state);
        self.mark_outdated();
        for document in state.documents.all() {
            let path = &document.place.path;
            if old.at(path) != new.at(path) && self.open.contains_key(&document.place.key) {
                self.edited(state, document);
            }
        }
        for (key, problems) in self.disk.config_problems(state) {
            self.push(state, &key, None, problems);
        }
    }

    /// Takes the stored notes of a project. What is open already stays as it is.
    pub(in crate::lsp) fn known(&mut self, root: &Path, known: Workspace) {
        if self.disk.has_root(root) {
            self.workspace.adopt(known);
        }
    }

    /// All that was known the last time is known again; `whole` if that was something of every project.
    pub(in crate::lsp) fn warmed(&mut self, state: &Arc<ServerState>, whole: bool) {
        self.publish_snapshot(state);
        state.index.mark_warm();
        if whole {
            state.index.mark_complete();
        }
        self.mark_outdated();
    }

    /// Takes one thing that an index found, and stores it if there is a store.
    pub(in crate::lsp) fn indexed(
        &mut self,
        state: &Arc<ServerState>,
        generation: u64,
        change: Change,
        store_entry: Option<StoreEntry>,
    ) {
        if !self.disk.is_current(generation) {
            return;
        }
        let path = match &change {
            Change::Note(_, note) => Some(&note.path),
            Change::Closed(_, note) => Some(&note.path),
            _ => None,
        };
        if let Some(path) = path
            && state.files.key(path).is_some_and(|key| state.documents.newest(&key).is_some())
        {
            return;
        }
        let change = match change {
            // What the editor has open counts, not what the disk has; until that is read, the disk's is better than none.
            Change::Bibliography(read) => {
                let open = open_library(state, &read.path).and_then(|document| document.listed());
                Change::Bibliography(open.unwrap_or(read))
            }
            other => other,
        };
        let bibliography = match &change {
            Change::Bibliography(read) => Some(read.path.clone()),
            Change::BibliographyRemoved(path) => Some(path.clone()),
            _ => None,
        };
        let brief = match &change {
            Change::Note(_, note) => Some(note.brief.clone()),
            Change::Closed(_, note) => Some(note.clone()),
            _ => None,
        };
        self.workspace.apply(change);
        if let Some((store_entry, brief)) = store_entry.zip(brief) {
            store_entry.keep(&brief);
        }
        if let Some(path) = bibliography {
            self.mark_outdated();
            self.show_bibliography(state, &path);
        }
    }

    /// Open documents whose files are known by another name than was thought: each file is one note.
    fn rename_documents(&mut self, state: &Arc<ServerState>) {
        for document in state.documents.all() {
            let (place, old) = (state.files.named(&document.place.key), document.place.file);
            if place.file == old {
                continue;
            }
            state.files.opened(&place);
            let Some(moved) = state.documents.replace(&document, place) else { continue };
            if state.documents.of_file(old).is_none() {
                self.workspace.apply(Change::Removed(old));
                state.forget_findings(old);
            }
            let own = state.files.own_key(&moved.place.key);
            if own != moved.place.key && self.shown.remove(&own) {
                self.publish(state, &own, None, Vec::new());
            }
            self.edited(state, moved);
        }
    }

    /// Takes the outcome of an index: what it no longer finds goes, and what was read with its text is checked.
    pub(in crate::lsp) fn index_done(&mut self, state: &Arc<ServerState>, found: &IndexOutcome) {
        if !self.disk.is_current(found.generation) {
            return;
        }
        state.index.set_running(false);
        disk::report(state, &self.disk, &found.problems);
        if !found.cancelled {
            self.rename_documents(state);
            self.forget_missing(state, found);
            self.take_unread(state, found);
            // An open note may name a bibliography that its file did not when it was indexed.
            let snapshot = self.workspace.snapshot();
            for document in state.documents.all() {
                if let Some(note) = snapshot.full(document.place.file) {
                    self.read_own_bibliographies(state, &document.place.key, note, true);
                }
            }
        }
        self.publish_snapshot(state);
        state.index.mark_complete();
        self.mark_outdated();
        let with_text: Vec<FileId> = self.workspace.snapshot().full_notes().map(|(file, _)| file).collect();
        for file in with_text {
            self.check_closed(state, file);
        }
    }

    /// Removes what an index no longer finds, unless it is open.
    fn forget_missing(&mut self, state: &Arc<ServerState>, found: &IndexOutcome) {
        let snapshot = self.workspace.snapshot();
        let open: HashSet<FileId> = state.documents.all().iter().map(|document| document.place.file).collect();
        let missing = snapshot.notes().filter(|(file, _)| !found.notes.contains(file) && !open.contains(file));
        for (file, note) in missing {
            self.workspace.apply(Change::Removed(file));
            if let Some(key) = state.files.key(&note.path).filter(|key| self.shown.remove(key)) {
                self.publish(state, &key, None, Vec::new());
            }
        }
        // What an open note names may not stand in its file yet, where the index would have met it.
        let named = state.documents.all().into_iter().filter_map(|document| {
            let note = snapshot.full(document.place.file)?;
            Some(self.disk.own_bibliographies(state, &document.place.key, note))
        });
        let named = named.flatten().filter_map(|(_, path)| path.ok());
        let own: HashSet<Arc<str>> = named.filter_map(|path| self.disk.name_of(state, &path)).collect();
        let lost = |path: &Arc<str>| !found.bibliographies.contains(path) && !own.contains(path);
        for (_, bibliography) in snapshot.bibliographies().filter(|(_, bibliography)| lost(&bibliography.path)) {
            self.workspace.apply(Change::BibliographyRemoved(bibliography.path.clone()));
            self.show_bibliography(state, &bibliography.path);
        }
    }
}
