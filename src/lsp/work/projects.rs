//! The writer's part that deals with what is not open: indexing, changed files, settings.

use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use serde_json::{Value, json};
use tower_lsp::lsp_types::Diagnostic;

use crate::analysis::corrections::CORRECTIONS_FILE;
use crate::lsp::state::documents::Place;
use crate::lsp::state::pool::Urgency;
use crate::lsp::state::server_state::{Shared, View};
use crate::lsp::state::session;
use crate::lsp::state::stores::{self as keeping, Under};
use crate::lsp::transport::{Reply, UriKey};
use crate::lsp::view::diagnostics;
use crate::lsp::work::client_watch as watching;
use crate::lsp::work::dependants as readers;
use crate::lsp::work::disk;
use crate::lsp::work::indexer::{Found, ToKeep};
use crate::lsp::work::libraries::open_library;
use crate::lsp::work::main_loop::{Event, Writer};
use crate::project::index::Read;
use crate::project::watch::STORM;
use crate::project::{CONFIG_FILE, Project};
use crate::workspace::brief::Brief;
use crate::workspace::{Change, FileId, NoteEntry, Workspace};

impl Writer {
    pub(in crate::lsp) fn ready(&mut self, shared: &Arc<Shared>) {
        self.disk.folders.extend(shared.session().folders.iter().cloned());
        watching::watch(shared, &self.disk.folders);
        self.settings(shared, None);
        if !shared.session().watches_files {
            self.disk.listen(shared);
        }
        self.reindex(shared);
    }

    /// Reads configuration and projects anew. Open documents are analysed again, as the configuration asks now.
    pub(in crate::lsp) fn reindex(&mut self, shared: &Arc<Shared>) {
        self.disk.open(shared);
        self.rename_documents(shared);
        self.configure(shared);
        for (key, problems) in self.disk.config_problems(shared) {
            self.push(shared, &key, None, problems);
        }
        shared.indexing.store(self.disk.has_projects(), Ordering::Relaxed);
        self.disk.index(shared);
    }

    /// Puts every folder's configuration in force. Documents for which another one holds now are analysed again.
    pub(in crate::lsp) fn configure(&mut self, shared: &Arc<Shared>) {
        let (old, new) = (self.workspace.snapshot().configs().clone(), Arc::new(self.disk.configs(shared)));
        if old == new {
            return;
        }
        self.workspace.apply(Change::Configs(new.clone()));
        self.publish_snapshot(shared);
        self.outdated();
        for document in shared.documents.all() {
            let path = &document.place.path;
            if old.at(path) != new.at(path) && self.open.contains_key(&document.place.key) {
                self.edited(shared, document);
            }
        }
        for (key, problems) in self.disk.config_problems(shared) {
            self.push(shared, &key, None, problems);
        }
    }

    /// What was known of notes the last time. What is open already stays as it is.
    pub(in crate::lsp) fn known(&mut self, root: &Path, known: Workspace) {
        if self.disk.has_root(root) {
            self.workspace.adopt(known);
        }
    }

    /// All that was known the last time is known again; `whole` if that was something of every project.
    pub(in crate::lsp) fn warmed(&mut self, shared: &Arc<Shared>, whole: bool) {
        self.publish_snapshot(shared);
        shared.warm();
        if whole {
            shared.whole();
        }
        self.outdated();
    }

    /// What was found in a note the last time.
    pub(in crate::lsp) fn known_findings(&mut self, shared: &Shared, place: &Place, found: Vec<Diagnostic>) {
        if shared.documents.newest(&place.key).is_none() && self.workspace.snapshot().note(place.file).is_some() {
            self.shown.insert(place.key.clone());
            self.publish(shared, &place.key, None, found);
        }
    }

    pub(in crate::lsp) fn indexed(
        &mut self,
        shared: &Arc<Shared>,
        generation: u64,
        change: Change,
        to_keep: Option<ToKeep>,
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
            && shared.files.key(path).is_some_and(|key| shared.documents.newest(&key).is_some())
        {
            return;
        }
        let change = match change {
            // What the editor has open counts, not what the disk has; until that is read, the disk's is better than none.
            Change::Bibliography(read) => {
                let open = open_library(shared, &read.path).and_then(|document| document.listed());
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
        if let Some((to_keep, brief)) = to_keep.zip(brief) {
            to_keep.keep(&brief);
        }
        if let Some(path) = bibliography {
            self.outdated();
            self.show_bibliography(shared, &path);
        }
    }

    /// Open documents whose files are known by another name than was thought: each file is one note.
    fn rename_documents(&mut self, shared: &Arc<Shared>) {
        for document in shared.documents.all() {
            let (place, old) = (shared.files.named(&document.place.key), document.place.file);
            if place.file == old {
                continue;
            }
            shared.files.opened(&place);
            let Some(moved) = shared.documents.replace(&document, place) else { continue };
            if shared.documents.of_file(old).is_none() {
                self.workspace.apply(Change::Removed(old));
                shared.found.remove(&old);
                shared.judged.remove(&old);
            }
            let own = shared.files.own_key(&moved.place.key);
            if own != moved.place.key && self.shown.remove(&own) {
                self.publish(shared, &own, None, Vec::new());
            }
            self.edited(shared, moved);
        }
    }

    pub(in crate::lsp) fn index_done(&mut self, shared: &Arc<Shared>, found: &Found) {
        if !self.disk.is_current(found.generation) {
            return;
        }
        shared.indexing.store(false, Ordering::Relaxed);
        disk::report(shared, &self.disk, &found.problems);
        if !found.cancelled {
            self.rename_documents(shared);
            self.forget_missing(shared, found);
            self.take_unread(shared, found);
            // An open note may name a bibliography that its file did not when it was indexed.
            let snapshot = self.workspace.snapshot();
            for document in shared.documents.all() {
                if let Some(note) = snapshot.full(document.place.file) {
                    self.read_own_bibliographies(shared, &document.place.key, note, true);
                }
            }
        }
        self.publish_snapshot(shared);
        shared.whole();
        self.outdated();
        let with_text: Vec<FileId> = self.workspace.snapshot().full_notes().map(|(file, _)| file).collect();
        for file in with_text {
            self.check_closed(shared, file);
        }
    }

    /// What an index no longer finds is gone, unless it is open.
    fn forget_missing(&mut self, shared: &Arc<Shared>, found: &Found) {
        let snapshot = self.workspace.snapshot();
        let open: HashSet<FileId> = shared.documents.all().iter().map(|document| document.place.file).collect();
        let missing = snapshot.notes().filter(|(file, _)| !found.notes.contains(file) && !open.contains(file));
        for (file, note) in missing {
            self.workspace.apply(Change::Removed(file));
            if let Some(key) = shared.files.key(&note.path).filter(|key| self.shown.remove(key)) {
                self.publish(shared, &key, None, Vec::new());
            }
        }
        // What an open note names may not stand in its file yet, where the index would have met it.
        let named = shared.documents.all().into_iter().filter_map(|document| {
            let note = snapshot.full(document.place.file)?;
            Some(self.disk.own_bibliographies(shared, &document.place.key, note))
        });
        let named = named.flatten().filter_map(|(_, path)| path.ok());
        let own: HashSet<Arc<str>> = named.filter_map(|path| self.disk.name_of(shared, &path)).collect();
        let lost = |path: &Arc<str>| !found.bibliographies.contains(path) && !own.contains(path);
        for (_, bibliography) in snapshot.bibliographies().filter(|(_, bibliography)| lost(&bibliography.path)) {
            self.workspace.apply(Change::BibliographyRemoved(bibliography.path.clone()));
            self.show_bibliography(shared, &bibliography.path);
        }
    }

    pub(in crate::lsp) fn disk_changed(&mut self, shared: &Arc<Shared>, keys: Vec<UriKey>) {
        let is_config = |key: &UriKey| {
            [CONFIG_FILE, CORRECTIONS_FILE, ".gitignore", ".ignore"]
                .contains(&key.as_str().rsplit('/').next().unwrap_or_default())
        };
        // Known findings count as configuration: what they hide may come up in any note.
        let is_baseline = |key: &UriKey| key.path().is_some_and(|path| self.disk.is_baseline(&path));
        if keys.len() > STORM || keys.iter().any(|key| is_config(key) || is_baseline(key)) {
            return self.reindex(shared);
        }
        let mut notes = Vec::new();
        for key in keys {
            let Some(path) = shared.files.own_path(&key) else { continue };
            // Another name of a file may be all that is told of it.
            let key = shared.files.place(&key).key;
            let name = self.disk.name_of(shared, &path);
            let listed = self.workspace.snapshot().bibliographies().any(|(_, read)| Some(&read.path) == name.as_ref());
            if listed || key.as_str().ends_with(".bib") {
                self.disk.reread_bibliography(shared, path);
                continue;
            }
            self.folder_gone(shared, &key, &mut notes);
            notes.extend(self.folder_come(&path));
            match shared.documents.newest(&key) {
                None => notes.push(key),
                // It was saved: what closed notes see of it may be new.
                Some(document) => {
                    let file = document.place.file;
                    let note = self.workspace.snapshot().note(file).cloned();
                    let Some(open) = self.open.get_mut(&key) else { continue };
                    let before = std::mem::replace(&mut open.seen, note);
                    self.reread_readers(shared, file, before.as_ref());
                }
            }
        }
        self.disk.reread(shared, notes, false);
    }

    /// A folder that was made or moved here comes as one event; its notes come with it.
    fn folder_come(&self, folder: &Path) -> Vec<UriKey> {
        let is_folder = |project: &&Project| project.reach.look(folder).is_ok_and(|seen| seen.is_dir());
        let project = self.disk.project_of(folder).filter(is_folder);
        let notes = project.map_or_else(Vec::new, |project| project.notes_below(folder, &mut Vec::new()));
        notes.iter().filter_map(|path| UriKey::of_path(path)).collect()
    }

    /// A folder that was deleted or renamed comes as one event; its notes go with it.
    fn folder_gone(&self, shared: &Arc<Shared>, folder: &UriKey, gone: &mut Vec<UriKey>) {
        let is_gone = |path: &Path| {
            let reach = self.disk.project_of(path).map(|project| &project.reach);
            reach.is_some_and(|reach| reach.look(path).is_err_and(|trouble| trouble.is_missing()))
        };
        if !folder.path().is_some_and(|path| !crate::project::has_note_extension(&path) && is_gone(&path)) {
            return;
        }
        let prefix = format!("{}/", folder.as_str());
        for (_, note) in self.workspace.snapshot().notes() {
            gone.extend(shared.files.key(&note.path).filter(|key| key.as_str().starts_with(&prefix)));
        }
    }

    pub(in crate::lsp) fn reread(&mut self, shared: &Arc<Shared>, place: &Place, read: Option<Read>) {
        if shared.documents.newest(&place.key).is_some() {
            return;
        }
        let before = self.workspace.snapshot();
        let path = shared.files.own_path(&place.key);
        let configured = path.as_ref().and_then(|path| self.disk.project_of(path).map(|p| p.is_configured()));
        let is_gone = |path: &Path| self.disk.project_of(path).is_some_and(|project| project.has_other_names(path));
        if read.is_none() && path.as_deref().is_some_and(is_gone) {
            // Under another of its names it may still be there.
            self.reindex(shared);
        }
        if let Some((keeping, name)) = path.and_then(|path| self.disk.kept_of(shared, &path)) {
            match &read {
                Some(Read { note, stamp: Some(stamp) }) => keeping.kept.keep(&name.into(), *stamp, &note.brief),
                _ => keeping.kept.forget(&name),
            }
        }
        let judged = configured == Some(true);
        match read.map(|read| read.note) {
            Some(note) if judged => {
                self.workspace.apply(Change::Note(place.file, note));
                self.publish_snapshot(shared);
                self.check_closed(shared, place.file);
            }
            Some(note) => self.workspace.apply(Change::Closed(place.file, note.brief)),
            None => {
                self.workspace.apply(Change::Removed(place.file));
                if self.shown.remove(&place.key) {
                    self.publish(shared, &place.key, None, Vec::new());
                }
            }
        }
        if configured == Some(true) {
            self.reread_readers(shared, place.file, before.note(place.file));
        }
        self.outdated();
    }

    /// Closed notes whose findings rest on what another note shows of itself are read and checked again, in the
    /// background, where that moved: those that link to it or cite it, by the name that it has or had.
    fn reread_readers(&self, shared: &Arc<Shared>, file: FileId, before: Option<&Arc<Brief>>) {
        let now = self.workspace.snapshot();
        let readers = readers::of_change(before, &now, file).into_iter();
        let keys = readers.filter_map(|reader| shared.files.key(now.path(reader)?));
        let keys: Vec<UriKey> = keys.filter(|key| shared.documents.newest(key).is_none()).collect();
        if !keys.is_empty() {
            self.disk.reread(shared, keys, false);
        }
    }

    /// Checks a closed note that still has its text, where findings are shown for all notes.
    fn check_closed(&mut self, shared: &Arc<Shared>, file: FileId) {
        let snapshot = self.workspace.snapshot();
        let Some(note) = snapshot.full(file).filter(|note| note.text.is_some()).cloned() else { return };
        let Some(key) = shared.files.key(&note.path) else { return };
        let Some(path) = shared.files.own_path(&key) else { return };
        let Some(project) = self.disk.project_of(&path).cloned() else { return };
        if shared.documents.newest(&key).is_some() || !project.is_configured() {
            return;
        }
        let worker = shared.clone();
        // What is found belongs to the configuration as it is now.
        let under = Some(Under::new(shared, &project).of(&project.relative(&path)));
        let configs = snapshot.configs().clone();
        shared.pool.spawn(Urgency::Background, move || {
            let place = worker.files.place(&key);
            let snapshot = worker.snapshot();
            let under = under.filter(|_| *snapshot.configs() == configs);
            let view = View { note: Some((file, note.clone())), ..View::of_nothing(&worker, snapshot) };
            let found = diagnostics::of(&view);
            worker.tell(Event::ClosedChecked(place, note, found, under));
        });
    }

    /// Shows what was found, and lets the text go.
    pub(in crate::lsp) fn closed_checked(
        &mut self,
        shared: &Arc<Shared>,
        place: &Place,
        note: &Arc<NoteEntry>,
        found: Vec<Diagnostic>,
        under: Option<u64>,
    ) {
        let newest = self.workspace.snapshot().full(place.file).is_some_and(|newest| Arc::ptr_eq(newest, note));
        if !newest || shared.documents.newest(&place.key).is_some() {
            return;
        }
        self.workspace.apply(Change::Closed(place.file, note.brief.clone()));
        let kept = shared.files.own_path(&place.key).and_then(|path| self.disk.kept_of(shared, &path));
        if let Some(((keeping, name), under)) = kept.zip(under) {
            keeping.kept.keep_findings(&name, under, || keeping::to_bytes(&found));
        }
        let had = if found.is_empty() { self.shown.remove(&place.key) } else { !self.shown.insert(place.key.clone()) };
        if had || !found.is_empty() {
            self.publish(shared, &place.key, None, found);
        }
    }

    /// Settings add personal taste only. A client that can be asked is asked; another sends them, or nothing.
    pub(in crate::lsp) fn settings(&mut self, shared: &Arc<Shared>, settings: Option<Value>) {
        if shared.session().configuration {
            let listener = shared.clone();
            let items = json!({ "items": [{ "section": "whosaid" }] });
            shared.outbox.request("workspace/configuration", items, move |reply| {
                if let Reply::Result(Value::Array(values)) = reply {
                    let settings = values.into_iter().next().unwrap_or_default();
                    listener.tell(Event::Taste(settings));
                }
            });
        } else if let Some(settings) = settings {
            let own = settings.get("whosaid").cloned().unwrap_or(settings);
            self.taste(shared, &own);
        }
    }

    /// Takes what is set; what is not stays as it was.
    pub(in crate::lsp) fn taste(&mut self, shared: &Arc<Shared>, settings: &Value) {
        if let Some(allowed) = session::allow_read(settings)
            && shared.allow(allowed)
        {
            self.reindex(shared);
        }
        let option = |name: &str| settings.get(name).and_then(Value::as_bool);
        if let Some(wanted) = option("inlayHints") {
            shared.inlay_hints.store(wanted, Ordering::Relaxed);
        }
        if let Some(wanted) = option("codeLens") {
            shared.lenses.store(wanted, Ordering::Relaxed);
        }
        let Some(hints) = option("hints") else { return };
        if shared.hints.swap(hints, Ordering::Relaxed) != hints {
            self.outdated();
        }
    }
}
