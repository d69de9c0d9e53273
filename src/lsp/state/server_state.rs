//! What the parts of the server share, and what a request sees.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock, PoisonError, RwLock};
use std::time::Duration;

use dashmap::DashMap;
use serde::Serialize;
use serde_json::{Value, json};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::lsp_types::{Location, Position, Range, SemanticToken};

use crate::features::{FilePosition, FileRange};
use crate::lsp::convert::{from_proto, to_proto};
use crate::lsp::handlers::status::Counts;
use crate::lsp::state::documents::{Document, Documents};
use crate::lsp::state::files::Files;
use crate::lsp::state::name_table::NameTable;
use crate::lsp::state::pages::Pages;
use crate::lsp::state::pool::{Lost, Pool, Urgency};
use crate::lsp::state::progress::Told;
use crate::lsp::state::queue::Queue;
use crate::lsp::state::reports::Reports;
use crate::lsp::state::session::Session;
use crate::lsp::state::stores::AllKept;
use crate::lsp::transport::{Outbox, UriKey};
use crate::lsp::view::diagnostics::Judged;
use crate::lsp::work::disk::innermost;
use crate::lsp::work::main_loop::Event;
use crate::lsp::work::refresh::Refreshes;
use crate::project::Project;
use crate::project::decode::Decoded;
use crate::project::read::Allowed;
use crate::text::{Encoding, LineIndex, TextRange};
use crate::workspace::library::Bibliography;
use crate::workspace::{FileId, NoteEntry, Snapshot};

/// The longest that a question about all notes waits for what was known the last time.
const WARMING: Duration = Duration::from_secs(2);
/// The longest that a question whose answer should be complete waits for the first index of notes that nothing was kept of.
const FIRST_INDEX: Duration = Duration::from_secs(10);

/// One per server.
pub(in crate::lsp) struct Shared {
    /// The documents that are open.
    pub documents: Documents,
    /// Numbers and paths.
    pub files: Files,
    /// The way to the client.
    pub outbox: Outbox,
    /// CPU work.
    pub pool: Pool,
    /// Whether the user wants to see hints.
    pub hints: AtomicBool,
    /// Whether the user wants code lenses.
    pub lenses: AtomicBool,
    /// What is wrong with closed notes, where the client asks for that itself.
    pub reports: Reports,
    /// Pages that the server writes.
    pub pages: Pages,
    /// What the client has been asked to ask for again.
    pub refreshes: Refreshes,
    /// Whether the user wants inlay hints.
    pub inlay_hints: AtomicBool,
    /// The last semantic tokens of each open document, with their id.
    pub colours: DashMap<UriKey, (String, Arc<Vec<SemanticToken>>)>,
    /// Whether an index is under way.
    pub indexing: AtomicBool,
    /// What was last reported of each note.
    pub found: DashMap<FileId, Counts>,
    /// What the rules found in open documents.
    pub judged: DashMap<FileId, Judged>,
    /// Names for completion.
    pub names: NameTable,
    /// What is kept of each project.
    pub kept: AllKept,
    is_warm: watch::Sender<bool>,
    is_whole: watch::Sender<bool>,
    session: OnceLock<Session>,
    snapshot: RwLock<Snapshot>,
    projects: RwLock<Arc<[Project]>>,
    /// What may be read beside the folders, as the server was started.
    allowed: Allowed,
    /// The same by the client's settings.
    allowed_too: RwLock<Allowed>,
    events: Arc<Queue<Event>>,
}

/// What is known of a request when it arrives.
#[derive(Default)]
pub(in crate::lsp) struct Asked {
    /// Its document, as it stood then.
    pub document: Option<Arc<Document>>,
    /// What the client is shown of the work, until this is dropped.
    pub _told: Option<Told>,
    /// Where the client takes the answer in parts.
    pub partial: Option<Value>,
}

/// Entries of one part of a long answer.
const PART: usize = 128;

tokio::task_local! {
    /// The request under way.
    static ASKED: Asked;
}

impl Shared {
    /// The shared state, and where its [`Event`]s come out.
    #[must_use]
    pub(in crate::lsp) fn new(
        outbox: Outbox,
        pool: Pool,
        cache: Option<PathBuf>,
        allowed: Allowed,
    ) -> (Arc<Self>, Arc<Queue<Event>>) {
        let events: Arc<Queue<Event>> = Arc::default();
        let shared = Self {
            documents: Documents::default(),
            files: Files::default(),
            outbox,
            pool,
            hints: AtomicBool::new(false),
            lenses: AtomicBool::new(true),
            reports: Reports::default(),
            pages: Pages::default(),
            refreshes: Refreshes::default(),
            inlay_hints: AtomicBool::new(false),
            colours: DashMap::new(),
            indexing: AtomicBool::new(false),
            found: DashMap::new(),
            judged: DashMap::new(),
            names: NameTable::default(),
            kept: AllKept::new(cache),
            is_warm: watch::Sender::new(false),
            is_whole: watch::Sender::new(false),
            session: OnceLock::new(),
            snapshot: RwLock::default(),
            projects: RwLock::default(),
            allowed,
            allowed_too: RwLock::default(),
            events: events.clone(),
        };
        (Arc::new(shared), events)
    }

    /// What was agreed with the client; before `initialize`, what holds for any client.
    #[must_use]
    pub(in crate::lsp) fn session(&self) -> &Session {
        static UNKNOWN: OnceLock<Session> = OnceLock::new();
        self.session.get().unwrap_or_else(|| UNKNOWN.get_or_init(Session::default))
    }

    /// Sets what was agreed with the client. Once; later calls are ignored, as a second `initialize` is refused.
    pub(in crate::lsp) fn agree(&self, session: Session) {
        self.hints.store(session.hints, Ordering::Relaxed);
        self.inlay_hints.store(session.inlay_hints, Ordering::Relaxed);
        self.lenses.store(session.lenses, Ordering::Relaxed);
        self.files.set_root(session.folders.first().map(|folder| crate::project::root_of(folder)).as_deref());
        self.allow(session.allow_read.clone());
        let _ = self.session.set(session);
    }

    /// Sets what the client's settings allow to be read beside its folders; returns whether that is something else.
    pub(in crate::lsp) fn allow(&self, allowed: Allowed) -> bool {
        let mut now = self.allowed_too.write().unwrap_or_else(PoisonError::into_inner);
        let other = *now != allowed;
        *now = allowed;
        other
    }

    /// What may be read beside the folders.
    #[must_use]
    pub(in crate::lsp) fn allowed(&self) -> Allowed {
        let too = self.allowed_too.read().unwrap_or_else(PoisonError::into_inner);
        self.allowed.and(too.paths().iter().cloned())
    }

    /// The text of a file of one of the projects; none if it must not be read, or cannot.
    #[must_use]
    pub(in crate::lsp) fn text_on_disk(&self, path: &Path) -> Option<Decoded> {
        innermost(&self.projects(), path)?.text_at(path, &mut Vec::new())
    }

    /// The newest snapshot of the workspace.
    #[must_use]
    pub(in crate::lsp) fn snapshot(&self) -> Snapshot {
        self.snapshot.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Makes a snapshot the newest. Only the writer does.
    pub(in crate::lsp) fn set_snapshot(&self, snapshot: Snapshot) {
        *self.snapshot.write().unwrap_or_else(PoisonError::into_inner) = snapshot;
    }

    /// The projects that are open.
    #[must_use]
    pub(in crate::lsp) fn projects(&self) -> Arc<[Project]> {
        self.projects.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Sets the projects that are open. Only the writer does.
    pub(in crate::lsp) fn set_projects(&self, projects: Arc<[Project]>) {
        self.files.set_projects(projects.clone());
        *self.projects.write().unwrap_or_else(PoisonError::into_inner) = projects;
    }

    /// Tells the writer.
    pub(in crate::lsp) fn tell(&self, event: Event) {
        self.events.add(event.urgency(), event);
    }

    /// Tells the writer what an index found, once he is ready for more. Not for the writer's own thread.
    pub(in crate::lsp) fn tell_patiently(&self, event: Event) {
        self.events.add_patiently(event);
    }

    /// Forgets what was kept for a document that is closed.
    pub(in crate::lsp) fn forget(&self, key: &UriKey) {
        self.colours.remove(key);
    }

    /// Answers a request with a list on the pool. A long one goes in parts, where the client takes parts.
    ///
    /// # Errors
    /// As [`Shared::answer`].
    pub(in crate::lsp) async fn answer_list<T: Send + Serialize + 'static>(
        self: &Arc<Self>,
        handler: impl FnOnce(&View<'_>) -> Option<Vec<T>> + Send + 'static,
    ) -> Result<Option<Vec<T>>> {
        let list = self.answer_warm(handler).await?;
        Ok(list.map(|list| self.in_parts(list, |part| json!(part))))
    }

    /// Whether the client takes the answer to the request under way in parts.
    pub(in crate::lsp) fn is_in_parts(&self) -> bool {
        ASKED.try_with(|asked| asked.partial.is_some()).unwrap_or_default()
    }

    /// Sends a list in parts, each in the form that the request's answer has, if it is long and the client takes
    /// parts; returns what is left for the answer itself.
    pub(in crate::lsp) fn in_parts<T: Serialize>(&self, list: Vec<T>, form: impl Fn(&[T]) -> Value) -> Vec<T> {
        let token = ASKED.try_with(|asked| asked.partial.clone()).unwrap_or_default();
        let Some(token) = token.filter(|_| list.len() > PART) else { return list };
        for part in list.chunks(PART) {
            self.outbox.notify("$/progress", json!({ "token": token, "value": form(part) }));
        }
        Vec::new()
    }

    /// All that was known the last time is known again. Only the writer says so.
    pub(in crate::lsp) fn warm(&self) {
        self.is_warm.send_replace(true);
    }

    /// Every note is known, as it is or as it was the last time. Only the writer says so.
    pub(in crate::lsp) fn whole(&self) {
        self.is_whole.send_replace(true);
    }

    /// Waits until every note is known, but not longer than a user does: a list of places with holes is taken for all
    /// there is. Typing, hovers and symbols do not ask this.
    pub(in crate::lsp) async fn until_whole(&self) {
        let mut is_whole = self.is_whole.subscribe();
        let _ = tokio::time::timeout(FIRST_INDEX, is_whole.wait_for(|whole| *whole)).await;
    }

    /// The same as [`Shared::answer`] for questions about all notes: waits until what was known the last time is known
    /// again, but not long.
    ///
    /// # Errors
    /// As of [`Shared::answer`].
    pub(in crate::lsp) async fn answer_warm<T: Send + 'static>(
        self: &Arc<Self>,
        handler: impl FnOnce(&View<'_>) -> T + Send + 'static,
    ) -> Result<T> {
        let mut is_warm = self.is_warm.subscribe();
        let _ = tokio::time::timeout(WARMING, is_warm.wait_for(|warm| *warm)).await;
        self.answer(handler).await
    }

    /// Answers a request on the pool. `handler` gets what the request is to see.
    ///
    /// # Errors
    /// Cancelled, if the client said so or a newer request superseded it (the transport tells them apart); internal, if
    /// the handler panicked.
    pub(in crate::lsp) async fn answer<T: Send + 'static>(
        self: &Arc<Self>,
        handler: impl FnOnce(&View<'_>) -> T + Send + 'static,
    ) -> Result<T> {
        let pinned = ASKED.try_with(|asked| asked.document.clone()).unwrap_or_default();
        let shared = self.clone();
        let work = self.pool.run(Urgency::Interactive, move |cancelled| {
            let mut view = View::new(&shared, shared.snapshot(), pinned.as_deref());
            view.cancelled = cancelled.clone();
            // The analysis is the long part; the answer may no longer be wanted.
            (!cancelled.is_cancelled()).then(|| handler(&view))
        });
        match work.await {
            Ok(Some(answer)) => Ok(answer),
            Ok(None) | Err(Lost::Cancelled) => Err(Error::request_cancelled()),
            Err(Lost::Failed) => Err(Error::internal_error()),
        }
    }
}

impl Drop for Shared {
    fn drop(&mut self) {
        self.events.close();
    }
}

/// Runs a call with what was known when it arrived.
pub(in crate::lsp) async fn pinned<T>(asked: Asked, call: impl Future<Output = T>) -> T {
    ASKED.scope(asked, call).await
}

/// What a request sees: its own document exactly as it stood at its place in the stream, the rest as it is now.
pub(in crate::lsp) struct View<'a> {
    /// The shared state.
    pub shared: &'a Arc<Shared>,
    /// The workspace, with the request's document in it.
    pub snapshot: Snapshot,
    /// The request's document; none for requests about the workspace, and for documents that nobody knows.
    pub note: Option<(FileId, Arc<NoteEntry>)>,
    /// The request's document where it is a library, which has entries and no prose.
    pub library: Option<(FileId, Arc<Bibliography>)>,
    /// The request's document as the client has it, if it is open.
    pub document: Option<&'a Document>,
    /// Cancelled once nobody wants the answer any more: for handlers that take several steps.
    pub cancelled: CancellationToken,
}

impl<'a> View<'a> {
    /// A view of a snapshot with a document in it.
    #[must_use]
    pub(in crate::lsp) fn new(shared: &'a Arc<Shared>, snapshot: Snapshot, document: Option<&'a Document>) -> Self {
        let Some(open) = document else {
            return Self::of_nothing(shared, snapshot);
        };
        let listed = snapshot.bibliography_at(&open.place.path).map(|(_, known)| known.clone());
        if listed.is_some() || open.place.key.is_library() {
            let own = open.library(snapshot.config_at(&open.place.path));
            let same = listed.is_some_and(|listed| Arc::ptr_eq(&listed, &own));
            let snapshot = if same { snapshot } else { snapshot.with_read(own) };
            let library = snapshot.bibliography_at(&open.place.path).map(|(file, own)| (file, own.clone()));
            return Self { library, document, ..Self::of_nothing(shared, snapshot) };
        }
        let note = open.note(snapshot.config_at(&open.place.path));
        let file = open.place.file;
        let same = snapshot.full(file).is_some_and(|known| Arc::ptr_eq(known, &note));
        let snapshot = if same { snapshot } else { snapshot.with_note(file, note.clone()) };
        Self { note: Some((file, note)), document, ..Self::of_nothing(shared, snapshot) }
    }

    /// A view of a snapshot, for whoever asks about no document.
    #[must_use]
    pub(in crate::lsp) fn of_nothing(shared: &'a Arc<Shared>, snapshot: Snapshot) -> Self {
        let cancelled = CancellationToken::new();
        Self { shared, snapshot, note: None, library: None, document: None, cancelled }
    }

    /// A view of a note that is not open, as the disk has it; none if it is no note of the workspace.
    #[must_use]
    pub(in crate::lsp) fn closed(shared: &'a Arc<Shared>, snapshot: &Snapshot, key: &UriKey) -> Option<Self> {
        let path = shared.files.own_path(key)?;
        let projects = shared.projects();
        let project = innermost(&projects, &path)?;
        let read = project.is_note(&path).then(|| project.note_at(&path, &mut Vec::new())).flatten()?;
        let place = shared.files.place(key);
        let note = Arc::new(read.note.at(place.path));
        let snapshot = snapshot.with_note(place.file, note.clone());
        Some(Self { note: Some((place.file, note)), ..Self::of_nothing(shared, snapshot) })
    }

    /// How the client counts columns.
    #[must_use]
    pub(in crate::lsp) fn encoding(&self) -> Encoding {
        self.shared.session().encoding
    }

    /// A position of the client in the request's document.
    #[must_use]
    pub(in crate::lsp) fn position(&self, position: Position) -> Option<FilePosition> {
        let offset = from_proto::offset(self.lines()?, position, self.encoding());
        Some(FilePosition { file: self.file()?, offset })
    }

    /// The request's document: a note or a library.
    #[must_use]
    pub(in crate::lsp) fn file(&self) -> Option<FileId> {
        self.note.as_ref().map(|(file, _)| *file).or_else(|| self.library.as_ref().map(|(file, _)| *file))
    }

    fn lines(&self) -> Option<&LineIndex> {
        let of_note = self.note.as_ref().map(|(_, note)| &*note.lines);
        of_note.or_else(|| self.library.as_ref().map(|(_, library)| &*library.lines))
    }

    /// A range in the request's document, for the client.
    #[must_use]
    pub(in crate::lsp) fn range(&self, range: TextRange) -> Range {
        self.lines().map_or_else(Range::default, |lines| to_proto::range(lines, range, self.encoding()))
    }

    /// A range anywhere in the workspace, for the client.
    #[must_use]
    pub(in crate::lsp) fn location(&self, place: FileRange) -> Option<Location> {
        let lines = self.snapshot.lines(place.file)?;
        let url = self.shared.files.url(self.snapshot.path(place.file)?)?;
        Some(Location::new(url, to_proto::range_in(&mut { lines }, place.range, self.encoding())))
    }

    /// Many ranges, for the client. Where those of one file stand together, as they do in sorted lists, its address and
    /// its lines are looked up once and walked through once.
    #[must_use]
    pub(in crate::lsp) fn locations(&self, places: &[FileRange]) -> Vec<Location> {
        let mut found = Vec::with_capacity(places.len());
        for places in places.chunk_by(|one, other| one.file == other.file) {
            let Some(file) = places.first().map(|place| place.file) else { continue };
            let path = self.snapshot.path(file);
            let url = path.and_then(|path| self.shared.files.url(path));
            let (Some(url), Some(mut lines)) = (url, self.snapshot.lines(file)) else { continue };
            let range = |place: &FileRange| to_proto::range_in(&mut lines, place.range, self.encoding());
            found.extend(places.iter().map(range).map(|range| Location::new(url.clone(), range)));
        }
        found
    }

    /// The text of any note: as it is open, else as it stands on the disk.
    #[must_use]
    pub(in crate::lsp) fn text(&self, file: FileId) -> Option<Arc<str>> {
        if let Some(note) = self.snapshot.full(file) {
            return note.text.clone();
        }
        let path = self.shared.files.own_path(&self.shared.files.key(self.snapshot.path(file)?)?)?;
        Some(self.shared.text_on_disk(&path)?.text.into())
    }

    /// The address of a place, for links in Markdown. The fragment is what editors understand as a line.
    #[must_use]
    pub(in crate::lsp) fn link(&self, place: FileRange) -> Option<String> {
        let location = self.location(place)?;
        Some(format!("{}#L{}", location.uri, location.range.start.line + 1))
    }

    /// Whether the view's document is to be judged and edited: not an old revision, not a configuration.
    #[must_use]
    pub(in crate::lsp) fn is_judged(&self) -> bool {
        self.document.is_none_or(|document| document.place.key.is_note()) && self.library.is_none()
    }
}
