//! The single writer: one thread owns the [`Workspace`], takes [`Event`]s in order and publishes snapshots.
//!
//! It never computes. Analyses and checks run on the pool and come back as events. Of one document one analysis and
//! one check run at a time; while they do, newer versions wait and only the newest of them goes on. There is no timer.
//! Every version that is newest when its check ends is published once, even when nothing changed, so that a client can
//! tell that it is up to date; a version that is not is dropped.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::{Arc, mpsc};

use tokio_util::sync::CancellationToken;
use tower_lsp::lsp_types::{Diagnostic, PublishDiagnosticsParams};

use super::diagnostics;
use super::documents::{Document, Place};
use super::pool::Urgency;
use super::shared::{Shared, View};
use super::transport::UriKey;
use crate::workspace::{Change, NoteEntry, Workspace};

/// What the writer is told.
#[derive(Debug)]
pub(super) enum Event {
    /// The client is ready.
    Ready,
    /// A document was opened or edited.
    Document(Arc<Document>),
    /// A document was saved.
    Saved(Arc<Document>),
    /// A document was closed.
    Closed(Place),
    /// Files on the disk changed, appeared or are gone.
    Disk(Vec<UriKey>),
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
}

/// Starts the writer. It ends when the last [`Shared`] does.
///
/// # Errors
/// Where the system gives no thread.
pub(super) fn start(shared: &Arc<Shared>, events: mpsc::Receiver<Event>) -> std::io::Result<()> {
    let mut writer = Writer { shared: Arc::downgrade(shared), workspace: Workspace::default(), open: HashMap::new() };
    let runtime = tokio::runtime::Handle::try_current();
    std::thread::Builder::new().name("writer".to_owned()).spawn(move || {
        let _runtime = runtime.as_ref().map(tokio::runtime::Handle::enter);
        while let Ok(event) = events.recv() {
            let Some(shared) = writer.shared.upgrade() else { return };
            writer.take(&shared, event);
            while let Ok(event) = events.try_recv() {
                writer.take(&shared, event);
            }
            writer.idle(&shared);
        }
    })?;
    Ok(())
}

struct Writer {
    shared: std::sync::Weak<Shared>,
    workspace: Workspace,
    open: HashMap<UriKey, Open>,
}

/// Where the work on an open document stands. Versions are named by their revisions.
#[derive(Debug, Default)]
struct Open {
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
}

impl Writer {
    fn take(&mut self, shared: &Arc<Shared>, event: Event) {
        match event {
            Event::Ready | Event::Disk(_) | Event::Folders { .. } => {}
            Event::Document(document) => self.edited(shared, document),
            Event::Saved(document) => self.stale(&document.place.key),
            Event::Closed(place) => self.closed(shared, &place),
            Event::Analysed(document, note) => self.analysed(shared, &document, note),
            Event::Checked(document, found) => self.checked(shared, &document, found),
        }
    }

    fn edited(&mut self, shared: &Arc<Shared>, document: Arc<Document>) {
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
        if let Some(note) = note.filter(|_| document.place.key.is_note()) {
            self.workspace.apply(Change::Note(document.place.file, NoteEntry::clone(&note)));
            shared.set_snapshot(self.workspace.snapshot());
            self.open.values_mut().for_each(|open| open.stale = true);
        }
        self.check_newest(shared, &document.place.key, Urgency::Interactive);
    }

    fn closed(&mut self, shared: &Arc<Shared>, place: &Place) {
        self.open.remove(&place.key);
        if !place.key.is_note() {
            return;
        }
        self.workspace.apply(Change::Removed(place.file));
        shared.set_snapshot(self.workspace.snapshot());
        self.open.values_mut().for_each(|open| open.stale = true);
        self.publish(shared, &place.key, None, Vec::new());
    }

    fn stale(&mut self, key: &UriKey) {
        if let Some(open) = self.open.get_mut(key) {
            open.stale = true;
        }
    }

    /// Checks what changes elsewhere have made stale, once nothing else is to be done.
    fn idle(&mut self, shared: &Arc<Shared>) {
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

    fn publish(&self, shared: &Arc<Shared>, key: &UriKey, version: Option<i32>, found: Vec<Diagnostic>) {
        if shared.session().pulls_diagnostics {
            return;
        }
        if let Some(url) = key.url() {
            shared.outbox.publish(&PublishDiagnosticsParams::new(url, found, version));
        }
    }
}

fn analyse(shared: &Arc<Shared>, document: Arc<Document>) {
    let worker = shared.clone();
    shared.pool.spawn(Urgency::Interactive, move || {
        let config = worker.snapshot().config().analysis.clone();
        let note = catch_unwind(AssertUnwindSafe(|| document.note(&config))).ok();
        worker.tell(Event::Analysed(document, note));
    });
}

fn check(shared: &Arc<Shared>, document: Arc<Document>, urgency: Urgency) {
    let worker = shared.clone();
    shared.pool.spawn(urgency, move || {
        let never = CancellationToken::new();
        let found = catch_unwind(AssertUnwindSafe(|| {
            diagnostics::of(&View::new(&worker, worker.snapshot(), Some(&document), &never))
        }));
        worker.tell(Event::Checked(document, found.ok()));
    });
}
