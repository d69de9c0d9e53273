//! A view of the state: what one answer or one check sees of it.

use std::sync::Arc;

use tower_lsp::lsp_types::{Location, Position, Range};

use crate::features::{FilePosition, FileRange};
use crate::lsp::convert::{from_proto, to_proto};
use crate::lsp::state::documents::Document;
use crate::lsp::state::files::innermost;
use crate::lsp::state::server_state::ServerState;
use crate::lsp::transport::UriKey;
use crate::text::{Encoding, LineIndex, TextRange};
use crate::workspace::library::Bibliography;
use crate::workspace::{FileId, NoteEntry, Snapshot};

/// A view of the state about one document, or about none: the document exactly as it stood, the rest as it is now.
pub(in crate::lsp) struct NoteView<'a> {
    /// The state of the server.
    pub state: &'a Arc<ServerState>,
    /// The workspace, with the request's document in it.
    pub snapshot: Snapshot,
    /// The request's document; none for requests about the workspace, and for documents that nobody knows.
    pub note: Option<(FileId, Arc<NoteEntry>)>,
    /// The request's document where it is a library, which has entries and no prose.
    pub library: Option<(FileId, Arc<Bibliography>)>,
    /// The request's document as the client has it, if it is open.
    pub document: Option<&'a Document>,
}

impl<'a> NoteView<'a> {
    /// A view of a snapshot with a document in it.
    #[must_use]
    pub(in crate::lsp) fn new(state: &'a Arc<ServerState>, snapshot: Snapshot, document: Option<&'a Document>) -> Self {
        let Some(open) = document else {
            return Self::of_workspace(state, snapshot);
        };
        let listed = snapshot.bibliography_at(&open.place.path).map(|(_, known)| known.clone());
        if listed.is_some() || open.place.key.is_library() {
            let own = open.library(snapshot.config_at(&open.place.path));
            let same = listed.is_some_and(|listed| Arc::ptr_eq(&listed, &own));
            let snapshot = if same { snapshot } else { snapshot.with_read(own) };
            let library = snapshot.bibliography_at(&open.place.path).map(|(file, own)| (file, own.clone()));
            return Self { library, document, ..Self::of_workspace(state, snapshot) };
        }
        let note = open.note(snapshot.config_at(&open.place.path));
        let file = open.place.file;
        let same = snapshot.full(file).is_some_and(|known| Arc::ptr_eq(known, &note));
        let snapshot = if same { snapshot } else { snapshot.with_note(file, note.clone()) };
        Self { note: Some((file, note)), document, ..Self::of_workspace(state, snapshot) }
    }

    /// A view of a snapshot, about no document.
    #[must_use]
    pub(in crate::lsp) fn of_workspace(state: &'a Arc<ServerState>, snapshot: Snapshot) -> Self {
        Self { state, snapshot, note: None, library: None, document: None }
    }

    /// A view of a note of a snapshot, without a document of the client's.
    #[must_use]
    pub(in crate::lsp) fn of_note(
        state: &'a Arc<ServerState>,
        snapshot: Snapshot,
        file: FileId,
        note: Arc<NoteEntry>,
    ) -> Self {
        Self { note: Some((file, note)), ..Self::of_workspace(state, snapshot) }
    }

    /// The same document with another snapshot around it.
    #[must_use]
    pub(in crate::lsp) fn over(&self, snapshot: Snapshot) -> Self {
        let (note, library) = (self.note.clone(), self.library.clone());
        Self { state: self.state, snapshot, note, library, document: self.document }
    }

    /// A view of a note that is not open, as the disk has it; none if it is no note of the workspace.
    #[must_use]
    pub(in crate::lsp) fn closed(state: &'a Arc<ServerState>, snapshot: &Snapshot, key: &UriKey) -> Option<Self> {
        let path = state.files.own_path(key)?;
        let projects = state.projects();
        let project = innermost(&projects, &path)?;
        let read = project.is_note(&path).then(|| project.note_at(&path, &mut Vec::new())).flatten()?;
        let place = state.files.place(key);
        let note = Arc::new(read.note.at(place.path));
        let snapshot = snapshot.with_note(place.file, note.clone());
        Some(Self { note: Some((place.file, note)), ..Self::of_workspace(state, snapshot) })
    }

    /// The unit in which the client counts columns.
    #[must_use]
    pub(in crate::lsp) fn encoding(&self) -> Encoding {
        self.state.session().encoding
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
        location(self.state, &self.snapshot, place)
    }

    /// Many ranges, for the client. Where those of one file stand together, as they do in sorted lists, its address and
    /// its lines are looked up once and walked through once.
    #[must_use]
    pub(in crate::lsp) fn locations(&self, places: &[FileRange]) -> Vec<Location> {
        let mut found = Vec::with_capacity(places.len());
        for places in places.chunk_by(|one, other| one.file == other.file) {
            let Some(file) = places.first().map(|place| place.file) else { continue };
            let path = self.snapshot.path(file);
            let url = path.and_then(|path| self.state.files.url(path));
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
        let path = self.state.files.own_path(&self.state.files.key(self.snapshot.path(file)?)?)?;
        Some(innermost(&self.state.projects(), &path)?.text_at(&path, &mut Vec::new())?.text.into())
    }

    /// The address of a place, for links in Markdown. The fragment is what editors understand as a line.
    #[must_use]
    pub(in crate::lsp) fn link(&self, place: FileRange) -> Option<String> {
        let location = self.location(place)?;
        Some(format!("{}#L{}", location.uri, location.range.start.line + 1))
    }

    /// True if the document is to be checked and edited: neither an old revision nor a configuration.
    #[must_use]
    pub(in crate::lsp) fn is_checked(&self) -> bool {
        self.document.is_none_or(|document| document.place.key.is_note()) && self.library.is_none()
    }
}

/// A range anywhere in the workspace, for the client; none if the snapshot does not know the file.
pub(in crate::lsp) fn location(state: &ServerState, snapshot: &Snapshot, place: FileRange) -> Option<Location> {
    let mut lines = snapshot.lines(place.file)?;
    let url = state.files.url(snapshot.path(place.file)?)?;
    Some(Location::new(url, to_proto::range_in(&mut lines, place.range, state.session().encoding)))
}
