//! The thread that reads projects in the background.
//!
//! First what is kept of a project from the last time, so that answers are whole at once; then the files: what is as it
//! was is passed over, the rest is read. What comes of it goes to the writer, who takes it when nothing more urgent is
//! to be done; before each note the thread lets what the user waits for go first.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Receiver;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use crate::lsp::state::progress::Progress;
use crate::lsp::state::server_state::Shared;
use crate::lsp::state::stores::{self as keeping, Keeping, Under};
use crate::lsp::transport::UriKey;
use crate::lsp::work::disk::shown;
use crate::lsp::work::main_loop::Event;
use crate::project::index::{Host, Keep};
use crate::project::kept;
use crate::project::{Problem, Project};
use crate::store::Stamp;
use crate::workspace::brief::Brief;
use crate::workspace::library::Bibliography;
use crate::workspace::unread::Unread;
use crate::workspace::{Change, FileId, Workspace};

/// How long an index waits for the watch to be set.
const PATIENCE: Duration = Duration::from_secs(10);

/// What an index came to, over all projects.
#[derive(Debug, Default)]
pub(in crate::lsp) struct Found {
    /// Which index this is of.
    pub generation: u64,
    /// The notes that there are.
    pub notes: HashSet<FileId>,
    /// The bibliographies that there are, by path.
    pub bibliographies: BTreeSet<Arc<str>>,
    /// What notes name and what is not read, by the paths of the notes.
    pub unread: HashMap<Arc<str>, Unread>,
    /// What could not be read.
    pub problems: Vec<Problem>,
    /// Whether it was stopped before its end.
    pub cancelled: bool,
    /// What is shown of it: ended by the writer, once he has taken all.
    pub progress: Option<Progress>,
}

impl Found {
    /// Everything that was found is in force.
    pub(in crate::lsp) fn end(&self) {
        if let Some(progress) = &self.progress {
            progress.end(&format!("{} notes", self.notes.len()));
        }
    }
}

/// Where to keep a note that the writer has taken: in what, under which path and stamp.
#[derive(Debug)]
pub(in crate::lsp) struct ToKeep {
    /// In what.
    pub keeping: Arc<Keeping>,
    /// How the project calls the note.
    pub path: Arc<str>,
    /// Of which content it speaks.
    pub stamp: Stamp,
}

impl ToKeep {
    /// Keeps it.
    pub(in crate::lsp) fn keep(&self, brief: &Brief) {
        self.keeping.kept.keep(&self.path, self.stamp, brief);
    }
}

/// An index.
pub(in crate::lsp) struct Job {
    pub(in crate::lsp) shared: Arc<Shared>,
    pub(in crate::lsp) projects: Arc<[Project]>,
    /// Its number.
    pub(in crate::lsp) generation: u64,
    /// Set to stop it.
    pub(in crate::lsp) cancelled: Arc<AtomicBool>,
}

impl Job {
    /// Runs to its end; `covered` is told when changes of files are heard of.
    pub(in crate::lsp) fn run(&self, covered: Option<Receiver<()>>) {
        let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).thread_name(|n| format!("index-{n}")).build();
        let pool = match pool {
            Ok(pool) => pool,
            Err(error) => return crate::lsp::log(&format!("cannot index: {error}")),
        };
        let loaded = self.projects.iter().map(|project| pool.install(|| self.load(project)));
        let (kept, known): (Vec<Arc<Keeping>>, Vec<bool>) = loaded.unzip();
        self.shared.tell_patiently(Event::Warm(known.iter().all(|known| *known)));
        // What changes from here on is heard of; what changed before is seen.
        if let Some(covered) = covered {
            let _ = covered.recv_timeout(PATIENCE);
        }
        let shared = &self.shared;
        let title = "whosaid: reading notes";
        let progress =
            Progress::begin(&shared.outbox, progress_token(self.generation), title, shared.session().progress);
        let mut found = Found { generation: self.generation, ..Found::default() };
        for (project, keeping) in self.projects.iter().zip(&kept) {
            pool.install(|| self.read(project, keeping, &progress, &mut found));
        }
        found.cancelled = self.cancelled.load(Ordering::Relaxed);
        found.progress = Some(progress);
        shared.tell(Event::IndexDone(found));
    }

    /// What is kept of a project, and whether it has notes; if it was opened only now, the writer is told of it.
    fn load(&self, project: &Project) -> (Arc<Keeping>, bool) {
        let shared = &self.shared;
        let named = |path: &Arc<str>| shared_path(shared, project, path.clone());
        let (keeping, found) = shared.kept.open(shared, project, named);
        let kept::Found { notes, findings } = found.unwrap_or_default();
        let known = !notes.is_empty();
        if known {
            let notes = self.numbered(project, notes);
            // Put together here, so that the writer, whom the user waits for, has little to do.
            let mut known = Workspace::default();
            known.load(notes);
            shared.tell_patiently(Event::Known(project.root.as_path().into(), Box::new(known)));
        }
        if project.is_configured() {
            let now = Under::new(shared, project);
            for (path, under, bytes) in findings {
                if let Some(found) =
                    keeping::from_bytes(&bytes).filter(|found| !found.is_empty() && under == now.of(&path))
                    && let Some(key) = UriKey::of_path(&project.root.join(&*path))
                {
                    shared.tell_patiently(Event::KnownFindings(shared.files.place(&key), found));
                }
            }
        }
        (keeping, known)
    }

    /// The files of a project, as they are now.
    fn read(&self, project: &Project, keeping: &Arc<Keeping>, progress: &Progress, found: &mut Found) {
        let shared = &self.shared;
        let whole = !shared.files.is_root(&project.root);
        let bibliographies = Mutex::new(BTreeSet::new());
        let sink = |change: Change, stamp: Option<Stamp>| {
            let path = |file| shared.files.path(file).filter(|_| whole);
            let own = match &change {
                Change::Note(_, note) => Some(note.path.clone()),
                Change::Closed(_, note) => Some(note.path.clone()),
                _ => None,
            };
            let change = match change {
                // All notes are listed, so that their folders' configurations are known: the writer puts them together.
                Change::Config(_) | Change::Configs(_) => {
                    return shared.tell(Event::Configured(self.generation));
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
                    let path = shared_path(shared, project, read.path.clone());
                    bibliographies.lock().unwrap_or_else(PoisonError::into_inner).insert(path.clone());
                    Change::Bibliography(Arc::new(Bibliography { path, ..Arc::unwrap_or_clone(read) }))
                }
                other => other,
            };
            let to_keep = own.zip(stamp).map(|(path, stamp)| ToKeep { keeping: keeping.clone(), path, stamp });
            shared.tell_patiently(Event::Indexed(self.generation, Box::new(change), to_keep));
        };
        // Where findings are shown for closed notes, they are read with their texts to be checked, once.
        let judged = project.is_configured();
        let under = Under::new(shared, project);
        let keep = |path: &str| match judged && !keeping.kept.is_checked(path, under.of(path)) {
            true => Keep::Text,
            false => Keep::Nothing,
        };
        let in_front: Vec<PathBuf> =
            shared.documents.all().iter().filter_map(|document| shared.files.own_path(&document.place.key)).collect();
        let indexed = project.index(&Host {
            id: &|path| self.id(project, path),
            sink: &sink,
            unchanged: &|_, _| {},
            progress: &|done, all| progress.report(done, all),
            cancelled: &self.cancelled,
            pause: &|| shared.pool.give_way(),
            in_front: &in_front,
            kept: &keeping.kept,
            keep: &keep,
        });
        found.notes.extend(indexed.notes);
        let named = |(note, unread)| (shared_path(shared, project, note), unread);
        found.unread.extend(indexed.unread.into_iter().map(named));
        found.problems.extend(indexed.problems);
        found.bibliographies.append(&mut bibliographies.into_inner().unwrap_or_else(PoisonError::into_inner));
    }

    fn numbered(&self, project: &Project, notes: Vec<(Arc<str>, Arc<Brief>)>) -> Vec<(FileId, Arc<Brief>)> {
        if self.shared.files.is_root(&project.root) && notes.iter().all(|(path, _)| path.is_ascii()) {
            let (paths, briefs): (Vec<Arc<str>>, Vec<Arc<Brief>>) = notes.into_iter().unzip();
            return self.shared.files.ids(&paths).into_iter().zip(briefs).collect();
        }
        notes.into_iter().map(|(path, brief)| (self.id(project, &path), brief)).collect()
    }

    fn id(&self, project: &Project, path: &str) -> FileId {
        // The plain case, a hundred thousand times.
        if path.is_ascii() && self.shared.files.is_root(&project.root) {
            return self.shared.files.id(path);
        }
        match UriKey::of_path(&project.root.join(path)) {
            Some(key) => self.shared.files.place(&key).file,
            None => self.shared.files.id(path),
        }
    }
}

/// Paths are relative to the first folder's project; those of others are whole.
pub(in crate::lsp) fn shared_path(shared: &Shared, project: &Project, path: Arc<str>) -> Arc<str> {
    if shared.files.is_root(&project.root) { path } else { shown(&project.root.join(&*path)).into() }
}

/// Under this token an index can be cancelled.
pub(in crate::lsp) fn progress_token(generation: u64) -> String {
    format!("whosaid/index/{generation}")
}
