//! The single writer: one thread owns the [`Workspace`], takes [`Event`]s in order, what the user waits for before
//! the rest, and publishes snapshots.
//!
//! It never computes. Analyses and checks run on the pool and come back as events. Of one document one analysis and
//! one check run at a time; while they do, newer versions wait and only the newest of them goes on. There is no timer.
//! Every version that is newest when its check ends is published once, even when nothing changed, so that a client can
//! tell that it is up to date; a version that is not is dropped.

use std::collections::{HashMap, HashSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::Value;
use tower_lsp::lsp_types::{Diagnostic, PublishDiagnosticsParams};

use crate::lsp::state::documents::{Document, Place};
use crate::lsp::state::pool::Urgency;
use crate::lsp::state::queue::Queue;
use crate::lsp::state::server_state::{Shared, View};
use crate::lsp::transport::UriKey;
use crate::lsp::view::diagnostics;
use crate::lsp::work::disk::Disk;
use crate::lsp::work::indexer::{Found, ToKeep};
use crate::lsp::work::refresh;
use crate::project::index::Read;
use crate::workspace::brief::Brief;
use crate::workspace::unread::Unread;
use crate::workspace::{Change, NoteEntry, Workspace};

/// What the writer is told.
#[derive(Debug)]
pub(in crate::lsp) enum Event {
    /// The client is ready.
    Ready,
    /// The user wants everything read anew.
    Reindex,
    /// A document was opened or edited.
    Document(Arc<Document>),
    /// A document was saved.
    Saved(Arc<Document>),
    /// A document was closed.
    Closed(Place),
    /// Files on the disk changed, appeared or are gone.
    Disk(Vec<UriKey>),
    /// Files on the disk changed, and nobody can say which.
    Rescan,
    /// Folders were added to or removed from the workspace.
    Folders {
        /// Folders that are new.
        added: Vec<PathBuf>,
        /// Folders that are no longer open.
        removed: Vec<PathBuf>,
    },
    /// An analysis ended; without a note if it failed.
    Analysed(Arc<Document>, Option<Arc<NoteEntry>>),
    /// A check ended; without findings if it failed.
    Checked(Arc<Document>, Option<Vec<Diagnostic>>),
    /// The client's settings, or none if it only says that they changed.
    Settings(Option<Value>),
    /// The settings that a client gave when asked.
    Taste(Value),
    /// The user is tired of waiting.
    ProgressCancelled(String),
    /// An index, by its number, has met all notes, and with them all configuration files.
    Configured(u64),
    /// What was known of notes of this root the last time.
    Known(Arc<Path>, Box<Workspace>),
    /// What was found in a closed note the last time.
    KnownFindings(Place, Vec<Diagnostic>),
    /// All that was known the last time has been told; whether that was something of every project.
    Warm(bool),
    /// An index, by its number, found something.
    Indexed(u64, Box<Change>, Option<ToKeep>),
    /// An index ended.
    IndexDone(Found),
    /// Of what the note at a path names, these are not read.
    Unread(Arc<str>, Unread),
    /// A closed note was read again; none if it is gone.
    Reread(Place, Option<Box<Read>>),
    /// A closed note was checked: what was found, and a hash of the configuration under which.
    ClosedChecked(Place, Arc<NoteEntry>, Vec<Diagnostic>, Option<u64>),
}

impl Event {
    /// Who waits for what comes of it.
    pub(in crate::lsp) fn urgency(&self) -> Urgency {
        match self {
            Self::Known(..) | Self::KnownFindings(..) | Self::Warm(_) | Self::Indexed(..) | Self::IndexDone(_) => {
                Urgency::Background
            }
            Self::Reread(..) | Self::ClosedChecked(..) => Urgency::Background,
            _ => Urgency::Interactive,
        }
    }

    /// Whether it is one of the many things that an index finds, of which nobody waits for the one.
    fn is_found(&self) -> bool {
        matches!(self, Self::Indexed(..))
    }
}

/// How long what an index finds is gathered before readers see it.
const GATHERING: Duration = Duration::from_millis(40);

/// Starts the writer. It ends when the last [`Shared`] does.
///
/// # Errors
/// Where the system gives no thread.
pub(in crate::lsp) fn start(shared: &Arc<Shared>, events: Arc<Queue<Event>>) -> std::io::Result<()> {
    let mut writer = Writer {
        shared: Arc::downgrade(shared),
        workspace: Workspace::default(),
        published: 0,
        open: HashMap::new(),
        disk: Disk::default(),
        shown: HashSet::new(),
        refresh: false,
    };
    std::thread::Builder::new().name("writer".to_owned()).spawn(move || {
        while let Some(event) = events.next() {
            let Some(shared) = writer.shared.upgrade() else { return };
            // Whatever has come meanwhile belongs to the same snapshot, up to what a request would notice. What an index
            // finds waits for more of it: with each snapshot all that the next note changes is copied anew.
            let end = Instant::now() + GATHERING;
            let mut gathers = event.is_found();
            writer.take(&shared, event);
            let mut more = 64;
            while let Some(event) = if gathers { events.next_before(end) } else { events.try_next() } {
                gathers &= event.is_found();
                writer.take(&shared, event);
                more -= 1;
                if more <= 0 && !gathers {
                    break;
                }
            }
            writer.publish_snapshot(&shared);
            writer.idle(&shared);
        }
    })?;
    Ok(())
}

pub(in crate::lsp) struct Writer {
    shared: std::sync::Weak<Shared>,
    pub(in crate::lsp) workspace: Workspace,
    /// The revision of the snapshot that readers have.
    published: u64,
    pub(in crate::lsp) open: HashMap<UriKey, Open>,
    pub(in crate::lsp) disk: Disk,
    /// Closed notes whose findings are shown.
    pub(in crate::lsp) shown: HashSet<UriKey>,
    /// Whether a client that pulls should be asked to pull again.
    pub(in crate::lsp) refresh: bool,
}

/// Where the work on an open document stands. Versions are named by their revisions.
#[derive(Debug, Default)]
pub(in crate::lsp) struct Open {
    /// The version under analysis.
    analysing: Option<u64>,
    /// The newest version that waits for that to end.
    waiting: Option<Arc<Document>>,
    /// The version under check.
    checking: Option<u64>,
    /// Whether it must be checked again, because it or something that it refers to changed.
    stale: bool,
    /// The version published last, and what was.
    published: Option<(u64, Vec<Diagnostic>)>,
    /// The note as closed notes that look at it were last judged by it.
    pub(in crate::lsp) seen: Option<Arc<Brief>>,
    /// The bibliographies that it named when they were last looked for.
    pub(in crate::lsp) named: Vec<String>,
}

impl Writer {
    fn take(&mut self, shared: &Arc<Shared>, event: Event) {
        match event {
            Event::Ready => self.ready(shared),
            Event::Reindex => self.reindex(shared),
            Event::Disk(keys) => self.disk_changed(shared, keys),
            Event::Rescan => self.reindex(shared),
            Event::Folders { added, removed } => {
                self.disk.folders.retain(|folder| !removed.contains(folder));
                self.disk.folders.extend(added);
                self.reindex(shared);
            }
            Event::Settings(settings) => self.settings(shared, settings),
            Event::Taste(settings) => self.taste(shared, &settings),
            Event::ProgressCancelled(token) => self.disk.cancel(&token),
            Event::Configured(generation) => {
                if self.disk.is_current(generation) {
                    self.configure(shared);
                }
            }
            Event::Known(root, known) => self.known(&root, *known),
            Event::KnownFindings(place, found) => self.known_findings(shared, &place, found),
            Event::Warm(whole) => self.warmed(shared, whole),
            Event::Indexed(generation, change, to_keep) => self.indexed(shared, generation, *change, to_keep),
            Event::IndexDone(found) => {
                self.index_done(shared, &found);
                found.end();
            }
            Event::Unread(note, unread) => self.unread(shared, note, unread),
            Event::Reread(place, note) => self.reread(shared, &place, note.map(|read| *read)),
            Event::ClosedChecked(place, note, found, under) => {
                self.closed_checked(shared, &place, &note, found, under);
            }
            Event::Document(document) => self.edited(shared, document),
            Event::Saved(document) => self.saved(shared, &document),
            Event::Closed(place) => self.closed(shared, &place),
            Event::Analysed(document, note) => self.analysed(shared, &document, note),
            Event::Checked(document, found) => self.checked(shared, &document, found),
        }
    }

    pub(in crate::lsp) fn edited(&mut self, shared: &Arc<Shared>, mut document: Arc<Document>) {
        // Its file may have turned out to be another meanwhile.
        if let Some(newest) = shared.documents.newest(&document.place.key)
            && newest.place.file != document.place.file
        {
            document = newest;
        }
        if !self.open.contains_key(&document.place.key) {
            // Its folder may have a configuration of its own.
            self.configure(shared);
            // What was shown of it by another name is shown by the client's now.
            let own = shared.files.own_key(&document.place.key);
            if own != document.place.key && self.shown.remove(&own) {
                self.publish(shared, &own, None, Vec::new());
            }
        }
        let open = self.open.entry(document.place.key.clone()).or_default();
        if open.analysing.is_some() {
            open.waiting = Some(document);
        } else {
            open.analysing = Some(document.revision);
            analyse(shared, document);
        }
    }

    fn analysed(&mut self, shared: &Arc<Shared>, document: &Arc<Document>, note: Option<Arc<NoteEntry>>) {
        let Some(open) = self.open.get_mut(&document.place.key) else { return };
        if open.analysing != Some(document.revision) {
            return;
        }
        open.analysing = None;
        if let Some(next) = open.waiting.take() {
            open.analysing = Some(next.revision);
            analyse(shared, next);
        }
        if let Some(note) = note.as_ref().filter(|_| is_setting(&document.place.key)) {
            let found = self.disk.problems_while_typing(shared, &document.place.key, note);
            self.push(shared, &document.place.key, Some(document.version), found);
        }
        let newest = shared.documents.newest(&document.place.key);
        let same_file = newest.is_none_or(|newest| newest.place.file == document.place.file);
        if let Some(note) = note.filter(|_| document.place.key.is_note() && same_file) {
            self.read_own_bibliographies(shared, &document.place.key, &note, false);
            let known = self.workspace.snapshot().note(document.place.file).cloned();
            if let Some(open) = self.open.get_mut(&document.place.key).filter(|open| open.seen.is_none()) {
                open.seen = known;
            }
            self.workspace.apply(Change::Note(document.place.file, NoteEntry::clone(&note)));
            self.publish_snapshot(shared);
            self.all_stale();
        }
        self.library_edited(shared, document);
        self.check_newest(shared, &document.place.key, Urgency::Interactive);
    }

    /// What was shown goes; what the file says comes from the disk.
    fn closed(&mut self, shared: &Arc<Shared>, place: &Place) {
        self.open.remove(&place.key);
        if place.key.is_note() {
            self.publish(shared, &place.key, None, Vec::new());
            self.disk.reread(shared, vec![place.key.clone()], true);
        }
        if place.key.is_library()
            && let Some(path) = shared.files.own_path(&place.key)
        {
            self.disk.reread_bibliography(shared, path);
        }
        if is_setting(&place.key) {
            self.push(shared, &place.key, None, Vec::new());
            for (key, problems) in self.disk.config_problems(shared) {
                self.push(shared, &key, None, problems);
            }
        }
    }

    fn saved(&mut self, shared: &Arc<Shared>, document: &Document) {
        if let Some(open) = self.open.get_mut(&document.place.key) {
            open.stale = true;
        }
        if let Some(note) = self.workspace.snapshot().full(document.place.file).cloned() {
            // Other programs write bibliographies while notes are written.
            self.read_own_bibliographies(shared, &document.place.key, &note, true);
        }
        if !document.place.key.is_note() {
            // A configuration or bibliography that the client keeps open, and may not watch.
            self.disk_changed(shared, vec![document.place.key.clone()]);
        }
    }

    /// Checks what changes elsewhere have made stale, once nothing else is to be done.
    fn idle(&mut self, shared: &Arc<Shared>) {
        if std::mem::take(&mut self.refresh) {
            refresh::all(shared);
        }
        if self.open.values().any(|open| open.analysing.is_some()) {
            return;
        }
        let stale: Vec<UriKey> = self.open.iter().filter(|(_, open)| open.stale).map(|(key, _)| key.clone()).collect();
        for key in stale {
            self.check_newest(shared, &key, Urgency::Background);
        }
    }

    fn check_newest(&mut self, shared: &Arc<Shared>, key: &UriKey, urgency: Urgency) {
        let Some(open) = self.open.get_mut(key) else { return };
        if open.checking.is_some() || open.analysing.is_some() {
            open.stale = true;
            return;
        }
        open.stale = false;
        if shared.session().pulls_diagnostics || !key.is_note() {
            return;
        }
        if let Some(document) = shared.documents.newest(key) {
            open.checking = Some(document.revision);
            check(shared, document, urgency);
        }
    }

    fn checked(&mut self, shared: &Arc<Shared>, document: &Arc<Document>, found: Option<Vec<Diagnostic>>) {
        let Some(open) = self.open.get_mut(&document.place.key) else { return };
        if open.checking != Some(document.revision) {
            return;
        }
        open.checking = None;
        if !shared.documents.is_newest(document) {
            return;
        }
        let found = found.unwrap_or_default();
        if open.published.as_ref().is_some_and(|(revision, last)| *revision == document.revision && *last == found) {
            return;
        }
        open.published = Some((document.revision, found.clone()));
        self.publish(shared, &document.place.key, Some(document.version), found);
    }

    /// Shows what is wrong with a note, or keeps it for a client that asks for that itself.
    pub(in crate::lsp) fn publish(&self, shared: &Shared, key: &UriKey, version: Option<i32>, found: Vec<Diagnostic>) {
        if shared.session().pulls_diagnostics {
            shared.reports.put(key, found);
        } else {
            self.push(shared, key, version, found);
        }
    }

    /// Shows what is wrong with any file.
    pub(in crate::lsp) fn push(&self, shared: &Shared, key: &UriKey, version: Option<i32>, found: Vec<Diagnostic>) {
        if let Some(url) = key.url() {
            shared.outbox.publish(&PublishDiagnosticsParams::new(url, found, version));
        }
    }

    /// What is shown may no longer hold, for reasons outside the documents themselves.
    pub(in crate::lsp) fn outdated(&mut self) {
        self.all_stale();
        self.refresh = true;
    }

    fn all_stale(&mut self) {
        self.open.values_mut().for_each(|open| open.stale = true);
    }

    pub(in crate::lsp) fn publish_snapshot(&mut self, shared: &Arc<Shared>) {
        let snapshot = self.workspace.snapshot();
        if snapshot.revision() != self.published {
            self.published = snapshot.revision();
            shared.set_snapshot(snapshot);
        }
    }
}

/// Returns `true` if a document says how notes are read, so that what is wrong with it is shown while it is typed.
fn is_setting(key: &UriKey) -> bool {
    key.is_configuration() || key.is_names_file()
}

fn analyse(shared: &Arc<Shared>, document: Arc<Document>) {
    let worker = shared.clone();
    shared.pool.spawn(Urgency::Interactive, move || {
        if document.place.key.is_library() {
            let config = worker.snapshot().config_at(&document.place.path).clone();
            let _ = catch_unwind(AssertUnwindSafe(|| document.library(&config)));
            return worker.tell(Event::Analysed(document, None));
        }
        let config = worker.snapshot().config_at(&document.place.path).clone();
        let note = catch_unwind(AssertUnwindSafe(|| document.note(&config))).ok();
        worker.tell(Event::Analysed(document, note));
    });
}

fn check(shared: &Arc<Shared>, document: Arc<Document>, urgency: Urgency) {
    let worker = shared.clone();
    shared.pool.spawn(urgency, move || {
        let found =
            catch_unwind(AssertUnwindSafe(|| diagnostics::of(&View::new(&worker, worker.snapshot(), Some(&document)))));
        worker.tell(Event::Checked(document, found.ok()));
    });
}
