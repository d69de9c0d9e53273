//! The part of the main loop that deals with closed notes: those that changed on the disk, and what is wrong with them.

use std::path::Path;
use std::sync::Arc;

use tower_lsp::lsp_types::Diagnostic;

use crate::analysis::corrections::CORRECTIONS_FILE;
use crate::lsp::state::diagnostics_key::{DiagnosticsKey, DiagnosticsKeys};
use crate::lsp::state::documents::Place;
use crate::lsp::state::events::Event;
use crate::lsp::state::pool::Urgency;
use crate::lsp::state::server_state::ServerState;
use crate::lsp::state::stores;
use crate::lsp::transport::UriKey;
use crate::lsp::view::diagnostics;
use crate::lsp::view::note_view::NoteView;
use crate::lsp::work::dependants;
use crate::lsp::work::main_loop::MainLoop;
use crate::project::index::Read;
use crate::project::watch::STORM;
use crate::project::{CONFIG_FILE, Project};
use crate::workspace::brief::Brief;
use crate::workspace::{Change, FileId, NoteEntry};

impl MainLoop {
    /// Shows the stored diagnostics of a closed note.
    pub(in crate::lsp) fn known_findings(&mut self, state: &ServerState, place: &Place, found: Vec<Diagnostic>) {
        if state.documents.newest(&place.key).is_none() && self.workspace.snapshot().note(place.file).is_some() {
            self.shown.insert(place.key.clone());
            self.publish(state, &place.key, None, found);
        }
    }

    /// Takes note of files that changed, appeared or are gone.
    pub(in crate::lsp) fn disk_changed(&mut self, state: &Arc<ServerState>, keys: Vec<UriKey>) {
        let is_config = |key: &UriKey| {
            [CONFIG_FILE, CORRECTIONS_FILE, ".gitignore", ".ignore"]
                .contains(&key.as_str().rsplit('/').next().unwrap_or_default())
        };
        // Known findings count as configuration: what they hide may come up in any note.
        let is_baseline = |key: &UriKey| key.path().is_some_and(|path| self.disk.is_baseline(&path));
        if keys.len() > STORM || keys.iter().any(|key| is_config(key) || is_baseline(key)) {
            return self.reindex(state);
        }
        let mut notes = Vec::new();
        for key in keys {
            let Some(path) = state.files.own_path(&key) else { continue };
            // Another name of a file may be all that the event has.
            let key = state.files.place(&key).key;
            let name = self.disk.name_of(state, &path);
            let snapshot = self.workspace.snapshot();
            let listed = snapshot.bibliographies().any(|(_, read)| Some(&read.path) == name.as_ref());
            // A library that is waited for, or gone, is told of at the line that names it.
            let is_named = self.disk.is_named_library(&path);
            let is_waited_for =
                !listed && key.as_str().ends_with(".bib") && snapshot.notes_with_unread().next().is_some();
            let is_there = || self.disk.project_of(&path).is_none_or(|project| project.reach.look(&path).is_ok());
            if (is_named || is_waited_for) && listed != is_there() {
                return self.reindex(state);
            }
            if listed || key.as_str().ends_with(".bib") {
                self.disk.reread_bibliography(state, path);
                continue;
            }
            self.folder_gone(state, &key, &mut notes);
            notes.extend(self.folder_come(&path));
            match state.documents.newest(&key) {
                None => notes.push(key),
                // It was saved: what closed notes see of it may be new.
                Some(document) => {
                    let file = document.place.file;
                    let note = self.workspace.snapshot().note(file).cloned();
                    let Some(open) = self.open.get_mut(&key) else { continue };
                    let before = std::mem::replace(&mut open.seen, note);
                    self.reread_dependants(state, file, before.as_ref());
                }
            }
        }
        self.disk.reread(state, notes, false);
    }

    /// A folder that was made or moved here comes as one event; its notes come with it.
    fn folder_come(&self, folder: &Path) -> Vec<UriKey> {
        let is_folder = |project: &&Project| project.reach.look(folder).is_ok_and(|seen| seen.is_dir());
        let project = self.disk.project_of(folder).filter(is_folder);
        let notes = project.map_or_else(Vec::new, |project| project.notes_below(folder, &mut Vec::new()));
        notes.iter().filter_map(|path| UriKey::of_path(path)).collect()
    }

    /// A folder that was deleted or renamed comes as one event; its notes go with it.
    fn folder_gone(&self, state: &Arc<ServerState>, folder: &UriKey, gone: &mut Vec<UriKey>) {
        let is_gone = |path: &Path| {
            let reach = self.disk.project_of(path).map(|project| &project.reach);
            reach.is_some_and(|reach| reach.look(path).is_err_and(|trouble| trouble.is_missing()))
        };
        if !folder.path().is_some_and(|path| !crate::project::has_note_extension(&path) && is_gone(&path)) {
            return;
        }
        let prefix = format!("{}/", folder.as_str());
        for (_, note) in self.workspace.snapshot().notes() {
            gone.extend(state.files.key(&note.path).filter(|key| key.as_str().starts_with(&prefix)));
        }
    }

    /// Takes a closed note as it was read again, or that it is gone.
    pub(in crate::lsp) fn reread(&mut self, state: &Arc<ServerState>, place: &Place, read: Option<Read>) {
        if state.documents.newest(&place.key).is_some() {
            return;
        }
        let before = self.workspace.snapshot();
        let path = state.files.own_path(&place.key);
        let configured = path.as_ref().and_then(|path| self.disk.project_of(path).map(|p| p.is_configured()));
        let is_gone = |path: &Path| self.disk.project_of(path).is_some_and(|project| project.has_other_names(path));
        if read.is_none() && path.as_deref().is_some_and(is_gone) {
            // Under another of its names it may still be there.
            self.reindex(state);
        }
        if let Some((store, name)) = path.and_then(|path| self.disk.store_of(state, &path)) {
            match &read {
                Some(Read { note, stamp: Some(stamp) }) => store.keep(&name.into(), *stamp, &note.brief),
                _ => store.forget(&name),
            }
        }
        let judged = configured == Some(true);
        match read.map(|read| read.note) {
            Some(note) if judged => {
                self.workspace.apply(Change::Note(place.file, note));
                self.publish_snapshot(state);
                self.check_closed(state, place.file);
            }
            Some(note) => self.workspace.apply(Change::Closed(place.file, note.brief)),
            None => {
                self.workspace.apply(Change::Removed(place.file));
                if self.shown.remove(&place.key) {
                    self.publish(state, &place.key, None, Vec::new());
                }
            }
        }
        if configured == Some(true) {
            self.reread_dependants(state, place.file, before.note(place.file));
        }
        self.mark_outdated();
    }

    /// Closed notes whose findings rest on what another note shows of itself are read and checked again, in the
    /// background, where that moved: those that link to it or cite it, by the name that it has or had.
    fn reread_dependants(&self, state: &Arc<ServerState>, file: FileId, before: Option<&Arc<Brief>>) {
        let now = self.workspace.snapshot();
        let readers = dependants::of_change(before, &now, file).into_iter();
        let keys = readers.filter_map(|reader| state.files.key(now.path(reader)?));
        let keys: Vec<UriKey> = keys.filter(|key| state.documents.newest(key).is_none()).collect();
        if !keys.is_empty() {
            self.disk.reread(state, keys, false);
        }
    }

    /// Checks a closed note that still has its text, where findings are shown for all notes.
    pub(in crate::lsp) fn check_closed(&mut self, state: &Arc<ServerState>, file: FileId) {
        let snapshot = self.workspace.snapshot();
        let Some(note) = snapshot.full(file).filter(|note| note.text.is_some()).cloned() else { return };
        let Some(key) = state.files.key(&note.path) else { return };
        let Some(path) = state.files.own_path(&key) else { return };
        let Some(project) = self.disk.project_of(&path).cloned() else { return };
        if state.documents.newest(&key).is_some() || !project.is_configured() {
            return;
        }
        let worker = state.clone();
        // What is found belongs to the configuration as it is now.
        let under = Some(DiagnosticsKeys::new(&project, diagnostics::presentation(state)).of(&project.relative(&path)));
        let configs = snapshot.configs().clone();
        state.pool.spawn(Urgency::Background, move || {
            let place = worker.files.place(&key);
            let snapshot = worker.snapshot();
            let under = under.filter(|_| *snapshot.configs() == configs);
            let view = NoteView::of_note(&worker, snapshot, file, note.clone());
            let found = diagnostics::of(&view);
            worker.send(Event::ClosedChecked(place, note, found, under));
        });
    }

    /// Shows what was found, and lets the text go.
    pub(in crate::lsp) fn closed_checked(
        &mut self,
        state: &Arc<ServerState>,
        place: &Place,
        note: &Arc<NoteEntry>,
        found: Vec<Diagnostic>,
        key: Option<DiagnosticsKey>,
    ) {
        let newest = self.workspace.snapshot().full(place.file).is_some_and(|newest| Arc::ptr_eq(newest, note));
        if !newest || state.documents.newest(&place.key).is_some() {
            return;
        }
        self.workspace.apply(Change::Closed(place.file, note.brief.clone()));
        let store = state.files.own_path(&place.key).and_then(|path| self.disk.store_of(state, &path));
        if let Some(((store, name), key)) = store.zip(key) {
            store.keep_findings(&name, key.0, || stores::to_bytes(&found));
        }
        let had = if found.is_empty() { self.shown.remove(&place.key) } else { !self.shown.insert(place.key.clone()) };
        if had || !found.is_empty() {
            self.publish(state, &place.key, None, found);
        }
    }
}
