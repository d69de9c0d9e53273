//! The events that drive the main loop, as plain data.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::Value;
use tower_lsp::lsp_types::Diagnostic;

use super::diagnostics_key::DiagnosticsKey;
use super::documents::{Document, Place};
use super::pool::Urgency;
use super::progress::Progress;
use crate::lsp::transport::UriKey;
use crate::project::Problem;
use crate::project::index::Read;
use crate::project::kept::Kept;
use crate::store::Stamp;
use crate::workspace::brief::Brief;
use crate::workspace::unread::Unread;
use crate::workspace::{Change, FileId, NoteEntry, Workspace};

/// An event that the main loop is sent.
#[derive(Debug)]
pub(in crate::lsp) enum Event {
    /// The client has said `initialized`.
    Initialized,
    /// The user wants everything read anew.
    Reindex,
    /// A document was opened or edited.
    Document(Arc<Document>),
    /// A document was saved.
    Saved(Arc<Document>),
    /// A document was closed.
    Closed(Place),
    /// Files on the disk changed, appeared or are gone.
    FilesChanged(Vec<UriKey>),
    /// Files on the disk changed, and it is not known which.
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
    /// The settings with which a client answered when it was asked.
    ClientSettings(Value),
    /// The user cancelled the work with this progress token.
    ProgressCancelled(String),
    /// An index, by its number, has met all notes, and with them all configuration files.
    Configured(u64),
    /// The stored notes of the project with this root.
    StoreLoaded(Arc<Path>, Box<Workspace>),
    /// The stored diagnostics of a closed note.
    StoredFindings(Place, Vec<Diagnostic>),
    /// All stores have been loaded; `true` if every project had notes in its store.
    StoresLoaded(bool),
    /// An index, by its number, found something.
    Indexed(u64, Box<Change>, Option<StoreEntry>),
    /// An index ended.
    IndexEnded(IndexOutcome),
    /// The files that the note at a path names and that are not read, with the reasons.
    Unread(Arc<str>, Unread),
    /// A closed note was read again; none if it is gone.
    NoteRead(Place, Option<Box<Read>>),
    /// A closed note was checked; with the key under which its diagnostics are good, unless that changed meanwhile.
    ClosedChecked(Place, Arc<NoteEntry>, Vec<Diagnostic>, Option<DiagnosticsKey>),
}

impl Event {
    /// The urgency of what comes of it.
    pub(in crate::lsp) fn urgency(&self) -> Urgency {
        match self {
            Self::StoreLoaded(..)
            | Self::StoredFindings(..)
            | Self::StoresLoaded(_)
            | Self::Indexed(..)
            | Self::IndexEnded(_) => Urgency::Background,
            Self::NoteRead(..) | Self::ClosedChecked(..) => Urgency::Background,
            _ => Urgency::Interactive,
        }
    }

    /// True for one of the many things that an index finds, of which nobody waits for the one.
    pub(in crate::lsp) fn is_index_finding(&self) -> bool {
        matches!(self, Self::Indexed(..))
    }
}

/// The outcome of an index over all projects.
#[derive(Debug, Default)]
pub(in crate::lsp) struct IndexOutcome {
    /// The number of the index.
    pub generation: u64,
    /// The notes that there are.
    pub notes: HashSet<FileId>,
    /// The bibliographies that there are, by path.
    pub bibliographies: BTreeSet<Arc<str>>,
    /// The files that notes name and that are not read, by the paths of the notes.
    pub unread: HashMap<Arc<str>, Unread>,
    /// The files and folders that could not be read.
    pub problems: Vec<Problem>,
    /// True if it was stopped before its end.
    pub cancelled: bool,
    /// The progress that the user is shown: ended by the main loop, once everything is in force.
    pub progress: Option<Progress>,
}

impl IndexOutcome {
    /// Ends the progress: everything that was found is in force.
    pub(in crate::lsp) fn end(&self) {
        if let Some(progress) = &self.progress {
            progress.end(&format!("{} notes", self.notes.len()));
        }
    }
}

/// The place for a note in a store, once the main loop has taken it.
#[derive(Debug)]
pub(in crate::lsp) struct StoreEntry {
    /// The store.
    pub store: Arc<Kept>,
    /// The path of the note in its project.
    pub path: Arc<str>,
    /// The stamp of the content that was read.
    pub stamp: Stamp,
}

impl StoreEntry {
    /// Stores the brief of the note.
    pub(in crate::lsp) fn keep(&self, brief: &Brief) {
        self.store.keep(&self.path, self.stamp, brief);
    }
}
