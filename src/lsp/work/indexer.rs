//! The thread that reads projects in the background.
//!
//! First what is kept of a project from the last time, so that answers are whole at once; then the files: what is as it
//! was is passed over, the rest is read. What comes of it goes to the main loop, which takes it when nothing more urgent
//! is to be done; before each note the thread lets what the user waits for go first.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Receiver;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use serde_json::json;

use crate::lsp::state::diagnostics_key::{DiagnosticsKey, DiagnosticsKeys};
use crate::lsp::state::events::{Event, IndexOutcome, StoreEntry};
use crate::lsp::state::progress::Progress;
use crate::lsp::state::server_state::ServerState;
use crate::lsp::state::stores;
use crate::lsp::transport::UriKey;
use crate::lsp::view::diagnostics;
use crate::project::Project;
use crate::project::index::{Host, Keep};
use crate::project::kept::{self, Kept};
use crate::store::{Stamp, StoreError};
use crate::workspace::brief::Brief;
use crate::workspace::library::Bibliography;
use crate::workspace::{Change, FileId, Workspace};

/// The longest that an index waits for the watch to be set.
const PATIENCE: Duration = Duration::from_secs(10);

/// An index.
pub(in crate::lsp) struct IndexJob {
    /// The state of the server.
    pub(in crate::lsp) state: Arc<ServerState>,
    /// The projects to index.
    pub(in crate::lsp) projects: Arc<[Project]>,
    /// Its number.
    pub(in crate::lsp) generation: u64,
    /// Set to stop it.
    pub(in crate::lsp) cancelled: Arc<AtomicBool>,
}

impl IndexJob {
    /// Runs to its end; `covered` receives when changes of files are noticed.
    pub(in crate::lsp) fn run(&self, covered: Option<Receiver<()>>) {
        let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).thread_name(|n| format!("index-{n}")).build();
        let pool = match pool {
            Ok(pool) => pool,
            Err(error) => return crate::lsp::log(&format!("cannot index: {error}")),
        };
        let loaded = self.projects.iter().map(|project| pool.install(|| self.load(project)));
        let (kept, known): (Vec<Arc<Kept>>, Vec<bool>) = loaded.unzip();
        self.state.send_blocking(Event::StoresLoaded(known.iter().all(|known| *known)));
        // What changes from here on is heard of; what changed before is seen.
        if let Some(covered) = covered {
            let _ = covered.recv_timeout(PATIENCE);
        }
        let state = &self.state;
        let title = "whosaid: reading notes";
        let progress = Progress::begin(&state.outbox, progress_token(self.generation), title, state.session().progress);
        let mut found = IndexOutcome { generation: self.generation, ..IndexOutcome::default() };
        for (project, store) in self.projects.iter().zip(&kept) {
            pool.install(|| self.read(project, store, &progress, &mut found));
        }
        found.cancelled = self.cancelled.load(Ordering::Relaxed);
        found.progress = Some(progress);
        state.send(Event::IndexEnded(found));
    }

    /// Loads the store of a project, and sends the main loop what stands in it if it was opened only now; `true` if that had notes.
    fn load(&self, project: &Project) -> (Arc<Kept>, bool) {
        let state = &self.state;
        let named = |path: &Arc<str>| state.files.workspace_path(project, path.clone());
        let teller = Arc::downgrade(state);
        let on_trouble = move |trouble: StoreError| {
            if let Some(state) = teller.upgrade() {
                report_trouble(&state, &trouble);
            }
        };
        let (store, found) = state.stores.open(project, on_trouble, named);
        let kept::Found { notes, findings } = found.unwrap_or_default();
        let known = !notes.is_empty();
        if known {
            let notes = self.numbered(project, notes);
            // Put together here, so that the main loop, which the user waits for, has little to do.
            let mut known = Workspace::default();
            known.load(notes);
            state.send_blocking(Event::StoreLoaded(project.root.as_path().into(), Box::new(known)));
        }
        if project.is_configured() {
            let now = DiagnosticsKeys::new(project, diagnostics::presentation(state));
            for (path, under, bytes) in findings {
                if let Some(found) = stores::from_bytes(&bytes)
                    .filter(|found| !found.is_empty() && DiagnosticsKey(under) == now.of(&path))
                    && let Some(key) = UriKey::of_path(&project.root.join(&*path))
                {
                    state.send_blocking(Event::StoredFindings(state.files.place(&key), found));
                }
            }
        }
        (store, known)
    }

    /// The files of a project, as they are now.
    fn read(&self, project: &Project, store: &Arc<Kept>, progress: &Progress, found: &mut IndexOutcome) {
        let state = &self.state;
        let whole = !state.files.is_root(&project.root);
        let bibliographies = Mutex::new(BTreeSet::new());
        let sink = |change: Change, stamp: Option<Stamp>| {
            let path = |file| state.files.path(file).filter(|_| whole);
            let own = match &change {
                Change::Note(_, note) => Some(note.path.clone()),
                Change::Closed(_, note) => Some(note.path.clone()),
                _ => None,
            };
            let change = match change {
                // All notes are listed, so that their folders' configurations are known: the main loop puts them together.
                Change::Config(_) | Change::Configs(_) => {
                    return state.send(Event::Configured(self.generation));
                }
                Change::Note(file, note) => match path(file) {
                    Some(path) => Change::Note(file, note.at(path)),
                    None => Change::Note(file, note),
                },
                Change::Closed(file, note) => match path(file) {
                    Some(path) => Change::Closed(file, note.at(path).into()),
                    None => Change::Closed(file, note),
                },
                Change::Bibliography(read) => {
                    let path = state.files.workspace_path(project, read.path.clone());
                    bibliographies.lock().unwrap_or_else(PoisonError::into_inner).insert(path.clone());
                    Change::Bibliography(Arc::new(Bibliography { path, ..Arc::unwrap_or_clone(read) }))
                }
                other => other,
            };
            let store_entry = own.zip(stamp).map(|(path, stamp)| StoreEntry { store: store.clone(), path, stamp });
            state.send_blocking(Event::Indexed(self.generation, Box::new(change), store_entry));
        };
        // Where findings are shown for closed notes, they are read with their texts to be checked, once.
        let judged = project.is_configured();
        let keys = DiagnosticsKeys::new(project, diagnostics::presentation(state));
        let keep = |path: &str| match judged && !store.is_checked(path, keys.of(path).0) {
            true => Keep::Text,
            false => Keep::Nothing,
        };
        let in_front: Vec<PathBuf> =
            state.documents.all().iter().filter_map(|document| state.files.own_path(&document.place.key)).collect();
        let indexed = project.index(&Host {
            id: &|path| self.id(project, path),
            sink: &sink,
            unchanged: &|_, _| {},
            progress: &|done, all| progress.report(done, all),
            cancelled: &self.cancelled,
            pause: &|| state.pool.give_way(),
            in_front: &in_front,
            kept: store,
            keep: &keep,
        });
        found.notes.extend(indexed.notes);
        let named = |(note, unread)| (state.files.workspace_path(project, note), unread);
        found.unread.extend(indexed.unread.into_iter().map(named));
        found.problems.extend(indexed.problems);
        found.bibliographies.append(&mut bibliographies.into_inner().unwrap_or_else(PoisonError::into_inner));
    }

    fn numbered(&self, project: &Project, notes: Vec<(Arc<str>, Arc<Brief>)>) -> Vec<(FileId, Arc<Brief>)> {
        if self.state.files.is_root(&project.root) && notes.iter().all(|(path, _)| path.is_ascii()) {
            let (paths, briefs): (Vec<Arc<str>>, Vec<Arc<Brief>>) = notes.into_iter().unzip();
            return self.state.files.ids(&paths).into_iter().zip(briefs).collect();
        }
        notes.into_iter().map(|(path, brief)| (self.id(project, &path), brief)).collect()
    }

    fn id(&self, project: &Project, path: &str) -> FileId {
        // The plain case, a hundred thousand times.
        if path.is_ascii() && self.state.files.is_root(&project.root) {
            return self.state.files.id(path);
        }
        match UriKey::of_path(&project.root.join(path)) {
            Some(key) => self.state.files.place(&key).file,
            None => self.state.files.id(path),
        }
    }
}

/// Says that a store cannot be used, to the log and to the user.
fn report_trouble(state: &ServerState, trouble: &StoreError) {
    crate::lsp::log(&trouble.to_string());
    state.outbox.notify("window/showMessage", json!({ "type": 2, "message": format!("whosaid: {trouble}") }));
}

/// Under this token an index can be cancelled.
pub(in crate::lsp) fn progress_token(generation: u64) -> String {
    format!("whosaid/index/{generation}")
}
