//! The state of one server: what its requests, its main loop and its background work share.

use std::path::PathBuf;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use dashmap::DashMap;
use tower_lsp::lsp_types::SemanticToken;

use super::client_settings::ClientSettings;
use super::counts::Counts;
use super::documents::Documents;
use super::events::Event;
use super::files::Files;
use super::findings::FindingsCache;
use super::index_status::IndexStatus;
use super::name_table::NameTable;
use super::pages::Pages;
use super::pool::Pool;
use super::queue::EventQueue;
use super::refreshes::Refreshes;
use super::reports::Reports;
use super::session::Session;
use super::stores::Stores;
use crate::lsp::transport::{Outbox, UriKey};
use crate::project::Project;
use crate::project::read::Allowed;
use crate::workspace::{FileId, Snapshot};

/// The semantic tokens of one answer, under the id that the client names them by.
pub(in crate::lsp) type IdentifiedTokens = (String, Arc<Vec<SemanticToken>>);

/// The state of one server. Everything in it can be used from any thread, and no lock is held across a call.
pub(in crate::lsp) struct ServerState {
    /// The way to the client.
    pub outbox: Outbox,
    /// The threads for CPU work.
    pub pool: Pool,
    /// The user's settings.
    pub settings: ClientSettings,
    /// The documents that the client has open.
    pub documents: Documents,
    /// The numbers, paths and URIs of files.
    pub files: Files,
    /// The state of the index.
    pub index: IndexStatus,
    /// The stored index of each project.
    pub stores: Stores,
    /// The findings of closed notes, for clients that pull them.
    pub reports: Reports,
    /// The numbers of findings that were last reported of each note.
    pub counts: DashMap<FileId, Counts>,
    /// The findings of open documents.
    pub findings: FindingsCache,
    /// The last semantic tokens of each open document.
    pub semantic_tokens: DashMap<UriKey, IdentifiedTokens>,
    /// The names that completion offers.
    pub names: NameTable,
    /// The pages that the server writes.
    pub pages: Pages,
    /// The refreshes that the client has been asked for.
    pub refreshes: Refreshes,
    session: OnceLock<Session>,
    snapshot: RwLock<Snapshot>,
    projects: RwLock<Arc<[Project]>>,
    events: Arc<EventQueue<Event>>,
}

impl ServerState {
    /// The state of a server that has not heard from its client, and the queue in which its [`Event`]s come out. `cache`
    /// is the folder for the stores of this user; without one nothing is stored.
    #[must_use]
    pub(in crate::lsp) fn new(
        outbox: Outbox,
        pool: Pool,
        cache: Option<PathBuf>,
        allowed: Allowed,
    ) -> (Arc<Self>, Arc<EventQueue<Event>>) {
        let events: Arc<EventQueue<Event>> = Arc::default();
        let state = Self {
            outbox,
            pool,
            settings: ClientSettings::new(allowed),
            documents: Documents::default(),
            files: Files::default(),
            index: IndexStatus::default(),
            stores: Stores::new(cache),
            reports: Reports::default(),
            counts: DashMap::new(),
            findings: FindingsCache::default(),
            semantic_tokens: DashMap::new(),
            names: NameTable::default(),
            pages: Pages::default(),
            refreshes: Refreshes::default(),
            session: OnceLock::new(),
            snapshot: RwLock::default(),
            projects: RwLock::default(),
            events: events.clone(),
        };
        (Arc::new(state), events)
    }

    /// The agreement with the client; before `initialize`, what holds for any client.
    #[must_use]
    pub(in crate::lsp) fn session(&self) -> &Session {
        static UNKNOWN: OnceLock<Session> = OnceLock::new();
        self.session.get().unwrap_or_else(|| UNKNOWN.get_or_init(Session::default))
    }

    /// Sets the agreement with the client. Once: later calls are ignored, as a second `initialize` is refused.
    pub(in crate::lsp) fn set_session(&self, session: Session) {
        self.settings.update(&session.options);
        self.files.set_root(session.folders.first().map(|folder| crate::project::root_of(folder)).as_deref());
        let _ = self.session.set(session);
    }

    /// The newest snapshot of the workspace.
    #[must_use]
    pub(in crate::lsp) fn snapshot(&self) -> Snapshot {
        self.snapshot.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Sets the newest snapshot. Only the main loop does.
    pub(in crate::lsp) fn set_snapshot(&self, snapshot: Snapshot) {
        *self.snapshot.write().unwrap_or_else(PoisonError::into_inner) = snapshot;
    }

    /// The projects that are open.
    #[must_use]
    pub(in crate::lsp) fn projects(&self) -> Arc<[Project]> {
        self.projects.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Sets the projects that are open. Only the main loop does.
    pub(in crate::lsp) fn set_projects(&self, projects: Arc<[Project]>) {
        self.files.set_projects(projects.clone());
        *self.projects.write().unwrap_or_else(PoisonError::into_inner) = projects;
    }

    /// Sends an event to the main loop; never waits.
    pub(in crate::lsp) fn send(&self, event: Event) {
        self.events.push(event.urgency(), event);
    }

    /// Sends an event of the index to the main loop, and waits while the queue is full. Not for the main loop's own
    /// thread, which empties the queue.
    pub(in crate::lsp) fn send_blocking(&self, event: Event) {
        self.events.push_blocking(event);
    }

    /// Removes what was remembered of the answers about a document that is closed.
    pub(in crate::lsp) fn forget(&self, key: &UriKey, file: FileId) {
        self.semantic_tokens.remove(key);
        self.forget_findings(file);
    }

    /// Removes the findings of a file that is closed or has become another.
    pub(in crate::lsp) fn forget_findings(&self, file: FileId) {
        self.counts.remove(&file);
        self.findings.remove(file);
    }
}

impl Drop for ServerState {
    fn drop(&mut self) {
        self.events.close();
    }
}
