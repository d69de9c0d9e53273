//! The main loop: one thread owns the [`Workspace`], takes [`Event`]s in order, what the user waits for before the rest,
//! and publishes snapshots.
//!
//! It never computes. Analyses and checks run on the pool and come back as events. Of one document one analysis and
//! one check run at a time; while they do, newer versions wait and only the newest of them goes on. There is no timer.
//! Every version that is newest when its check ends is published once, even when nothing changed, so that a client can
//! tell that it is up to date; a version that is not is dropped.

use std::collections::{HashMap, HashSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::{Duration, Instant};

use tower_lsp::lsp_types::{Diagnostic, PublishDiagnosticsParams};

use crate::lsp::state::documents::{Document, Place};
use crate::lsp::state::events::Event;
use crate::lsp::state::pool::Urgency;
use crate::lsp::state::queue::EventQueue;
use crate::lsp::state::server_state::ServerState;
use crate::lsp::transport::UriKey;
use crate::lsp::view::diagnostics;
use crate::lsp::view::note_view::NoteView;
use crate::lsp::work::disk::Disk;
use crate::lsp::work::refresh;
use crate::workspace::brief::Brief;
use crate::workspace::{Change, NoteEntry, Workspace};

/// The longest that what an index finds is gathered before readers see it.
const GATHERING: Duration = Duration::from_millis(40);

/// The most events that one snapshot takes in, so that readers do not wait for a stream of them to end.
const MAX_YIELD: usize = 64;

/// Starts the main loop. It ends when the last [`ServerState`] does.
///
/// # Errors
/// Where the system gives no thread.
pub(in crate::lsp) fn start(state: &Arc<ServerState>, events: Arc<EventQueue<Event>>) -> std::io::Result<()> {
    let mut main_loop = MainLoop {
        state: Arc::downgrade(state),
        workspace: Workspace::default(),
        published: 0,
        open: HashMap::new(),
        disk: Disk::default(),
        shown: HashSet::new(),
        refresh: false,
    };
    std::thread::Builder::new().name("main-loop".to_owned()).spawn(move || {
        while let Some(event) = events.next() {
            let Some(state) = main_loop.state.upgrade() else { return };
            // Whatever has come meanwhile belongs to the same snapshot, up to what a request would notice. What an index
            // finds waits for more of it: with each snapshot all that the next note changes is copied anew.
            let end = Instant::now() + GATHERING;
            let mut gathers = event.is_index_finding();
            main_loop.take(&state, event);
            let mut left = MAX_YIELD;
            while let Some(event) = if gathers { events.next_before(end) } else { events.try_next() } {
                gathers &= event.is_index_finding();
                main_loop.take(&state, event);
                left = left.saturating_sub(1);
                if left == 0 && !gathers {
                    break;
                }
            }
            main_loop.publish_snapshot(&state);
            main_loop.idle(&state);
        }
    })?;
    Ok(())
}

/// The main loop, which alone changes the workspace.
pub(in crate::lsp) struct MainLoop {
    state: std::sync::Weak<ServerState>,
    /// The workspace.
    pub(in crate::lsp) workspace: Workspace,
    /// The revision of the snapshot that readers have.
    published: u64,
    /// The open documents.
    pub(in crate::lsp) open: HashMap<UriKey, OpenDocument>,
    /// The projects, and the index under way.
    pub(in crate::lsp) disk: Disk,
    /// Closed notes whose findings are shown.
    pub(in crate::lsp) shown: HashSet<UriKey>,
    /// True if a client that pulls should be asked to pull again.
    pub(in crate::lsp) refresh: bool,
}

/// The work on an open document. Versions are named by their revisions.
#[derive(Debug, Default)]
pub(in crate::lsp) struct OpenDocument {
    /// The version under analysis.
    analysing: Option<u64>,
    /// The newest version that waits for that to end.
    waiting: Option<Arc<Document>>,
    /// The version under check.
    checking: Option<u64>,
    /// True if it must be checked again, because it or something that it refers to changed.
    stale: bool,
    /// The version published last, and what was.
    published: Option<(u64, Vec<Diagnostic>)>,
    /// The note as closed notes that look at it were last judged by it.
    pub(in crate::lsp) seen: Option<Arc<Brief>>,
    /// The bibliographies that it named when they were last looked for.
    pub(in crate::lsp) named: Vec<String>,
}

impl MainLoop {
    fn take(&mut self, state: &Arc<ServerState>, event: Event) {
        match event {
            Event::Initialized => self.ready(state),
            Event::Reindex => self.reindex(state),
            Event::FilesChanged(keys) => self.disk_changed(state, keys),
            Event::Rescan => self.reindex(state),
            Event::Folders { added, removed } => {
                self.disk.folders.retain(|folder| !removed.contains(folder));
                self.disk.folders.extend(added);
                self.reindex(state);
            }
            Event::Settings(settings) => self.settings(state, settings),
            Event::ClientSettings(settings) => self.apply_settings(state, &settings),
            Event::ProgressCancelled(token) => self.disk.cancel(&token),
            Event::Configured(generation) => {
                if self.disk.is_current(generation) {
                    self.configure(state);
                }
            }
            Event::StoreLoaded(root, known) => self.known(&root, *known),
            Event::StoredFindings(place, found) => self.known_findings(state, &place, found),
            Event::StoresLoaded(whole) => self.warmed(state, whole),
            Event::Indexed(generation, change, store_entry) => self.indexed(state, generation, *change, store_entry),
            Event::IndexEnded(found) => {
                self.index_done(state, &found);
                found.end();
            }
            Event::Unread(note, unread) => self.unread(state, note, unread),
            Event::NoteRead(place, note) => self.reread(state, &place, note.map(|read| *read)),
            Event::ClosedChecked(place, note, found, under) => {
                self.closed_checked(state, &place, &note, found, under);
            }
            Event::Document(document) => self.edited(state, document),
            Event::Saved(document) => self.saved(state, &document),
            Event::Closed(place) => self.closed(state, &place),
            Event::Analysed(document, note) => self.analysed(state, &document, note),
            Event::Checked(document, found) => self.checked(state, &document, found),
        }
    }

    /// Takes a new version of a document.
    pub(in crate::lsp) fn edited(&mut self, state: &Arc<ServerState>, mut document: Arc<Document>) {
        // Its file may have turned out to be another meanwhile.
        if let Some(newest) = state.documents.newest(&document.place.key)
            && newest.place.file != document.place.file
        {
            document = newest;
        }
        if !self.open.contains_key(&document.place.key) {
            // Its folder may have a configuration of its own.
            self.configure(state);
            // What was shown of it by another name is shown by the client's now.
            let own = state.files.own_key(&document.place.key);
            if own != document.place.key && self.shown.remove(&own) {
                self.publish(state, &own, None, Vec::new());
            }
        }
        let open = self.open.entry(document.place.key.clone()).or_default();
        if open.analysing.is_some() {
            open.waiting = Some(document);
        } else {
            open.analysing = Some(document.revision);
            analyse(state, document);
        }
    }

    fn analysed(&mut self, state: &Arc<ServerState>, document: &Arc<Document>, note: Option<Arc<NoteEntry>>) {
        let Some(open) = self.open.get_mut(&document.place.key) else { return };
        if open.analysing != Some(document.revision) {
            return;
        }
        open.analysing = None;
        if let Some(next) = open.waiting.take() {
            open.analysing = Some(next.revision);
            analyse(state, next);
        }
        if let Some(note) = note.as_ref().filter(|_| is_setting(&document.place.key)) {
            let found = self.disk.problems_while_typing(state, &document.place.key, note);
            self.push(state, &document.place.key, Some(document.version), found);
        }
        let newest = state.documents.newest(&document.place.key);
        let same_file = newest.is_none_or(|newest| newest.place.file == document.place.file);
        if let Some(note) = note.filter(|_| document.place.key.is_note() && same_file) {
            self.read_own_bibliographies(state, &document.place.key, &note, false);
            let known = self.workspace.snapshot().note(document.place.file).cloned();
            if let Some(open) = self.open.get_mut(&document.place.key).filter(|open| open.seen.is_none()) {
                open.seen = known;
            }
            self.workspace.apply(Change::Note(document.place.file, NoteEntry::clone(&note)));
            self.publish_snapshot(state);
            self.mark_all_stale();
        }
        self.library_edited(state, document);
        self.check_newest(state, &document.place.key, Urgency::Interactive);
    }

    /// Takes back what was shown of a document that is closed; what its file says comes from the disk.
    fn closed(&mut self, state: &Arc<ServerState>, place: &Place) {
        self.open.remove(&place.key);
        if place.key.is_note() {
            self.publish(state, &place.key, None, Vec::new());
            self.disk.reread(state, vec![place.key.clone()], true);
        }
        if place.key.is_library()
            && let Some(path) = state.files.own_path(&place.key)
        {
            self.disk.reread_bibliography(state, path);
        }
        if is_setting(&place.key) {
            self.push(state, &place.key, None, Vec::new());
            for (key, problems) in self.disk.config_problems(state) {
                self.push(state, &key, None, problems);
            }
        }
    }

    fn saved(&mut self, state: &Arc<ServerState>, document: &Document) {
        if let Some(open) = self.open.get_mut(&document.place.key) {
            open.stale = true;
        }
        if let Some(note) = self.workspace.snapshot().full(document.place.file).cloned() {
            // Other programs write bibliographies while notes are written.
            self.read_own_bibliographies(state, &document.place.key, &note, true);
        }
        if !document.place.key.is_note() {
            // A configuration or bibliography that the client keeps open, and may not watch.
            self.disk_changed(state, vec![document.place.key.clone()]);
        }
    }

    /// Checks what changes elsewhere have made stale, once nothing else is to be done.
    fn idle(&mut self, state: &Arc<ServerState>) {
        if std::mem::take(&mut self.refresh) {
            refresh::all(state);
        }
        if self.open.values().any(|open| open.analysing.is_some()) {
            return;
        }
        let stale: Vec<UriKey> = self.open.iter().filter(|(_, open)| open.stale).map(|(key, _)| key.clone()).collect();
        for key in stale {
            self.check_newest(state, &key, Urgency::Background);
        }
    }

    fn check_newest(&mut self, state: &Arc<ServerState>, key: &UriKey, urgency: Urgency) {
        let Some(open) = self.open.get_mut(key) else { return };
        if open.checking.is_some() || open.analysing.is_some() {
            open.stale = true;
            return;
        }
        open.stale = false;
        if state.session().pulls_diagnostics || !key.is_note() {
            return;
        }
        if let Some(document) = state.documents.newest(key) {
            open.checking = Some(document.revision);
            check(state, document, urgency);
        }
    }

    fn checked(&mut self, state: &Arc<ServerState>, document: &Arc<Document>, found: Option<Vec<Diagnostic>>) {
        let Some(open) = self.open.get_mut(&document.place.key) else { return };
        if open.checking != Some(document.revision) {
            return;
        }
        open.checking = None;
        if !state.documents.is_newest(document) {
            return;
        }
        let found = found.unwrap_or_default();
        if open.published.as_ref().is_some_and(|(revision, last)| *revision == document.revision && *last == found) {
            return;
        }
        open.published = Some((document.revision, found.clone()));
        self.publish(state, &document.place.key, Some(document.version), found);
    }

    /// Shows what is wrong with a note, or keeps it for a client that asks for that itself.
    pub(in crate::lsp) fn publish(
        &self,
        state: &ServerState,
        key: &UriKey,
        version: Option<i32>,
        found: Vec<Diagnostic>,
    ) {
        if state.session().pulls_diagnostics {
            state.reports.put(key, found);
        } else {
            self.push(state, key, version, found);
        }
    }

    /// Shows what is wrong with any file.
    pub(in crate::lsp) fn push(&self, state: &ServerState, key: &UriKey, version: Option<i32>, found: Vec<Diagnostic>) {
        if let Some(url) = key.url() {
            state.outbox.publish(&PublishDiagnosticsParams::new(url, found, version));
        }
    }

    /// Notes that what is shown may no longer hold, for reasons outside the documents themselves.
    pub(in crate::lsp) fn mark_outdated(&mut self) {
        self.mark_all_stale();
        self.refresh = true;
    }

    fn mark_all_stale(&mut self) {
        self.open.values_mut().for_each(|open| open.stale = true);
    }

    /// Makes the workspace as it is now the newest snapshot.
    pub(in crate::lsp) fn publish_snapshot(&mut self, state: &Arc<ServerState>) {
        let snapshot = self.workspace.snapshot();
        if snapshot.revision() != self.published {
            self.published = snapshot.revision();
            state.set_snapshot(snapshot);
        }
    }
}

/// Returns `true` if a document says how notes are read, so that what is wrong with it is shown while it is typed.
fn is_setting(key: &UriKey) -> bool {
    key.is_configuration() || key.is_names_file()
}

fn analyse(state: &Arc<ServerState>, document: Arc<Document>) {
    let worker = state.clone();
    state.pool.spawn(Urgency::Interactive, move || {
        if document.place.key.is_library() {
            let config = worker.snapshot().config_at(&document.place.path).clone();
            let _ = catch_unwind(AssertUnwindSafe(|| document.library(&config)));
            return worker.send(Event::Analysed(document, None));
        }
        let config = worker.snapshot().config_at(&document.place.path).clone();
        let note = catch_unwind(AssertUnwindSafe(|| document.note(&config))).ok();
        worker.send(Event::Analysed(document, note));
    });
}

fn check(state: &Arc<ServerState>, document: Arc<Document>, urgency: Urgency) {
    let worker = state.clone();
    state.pool.spawn(urgency, move || {
        let found = catch_unwind(AssertUnwindSafe(|| {
            diagnostics::of(&NoteView::new(&worker, worker.snapshot(), Some(&document)))
        }));
        worker.send(Event::Checked(document, found.ok()));
    });
}
