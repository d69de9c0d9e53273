//! The final state of a store: the last entry of each path.

use std::ops::Range;
use std::sync::Arc;

use super::segment::{Check, Entry, Segment};
use super::{Stamp, Store};
use crate::workspace::ByPath;

/// The location of bytes: the number of a segment, and a range in it.
pub(super) type Location = (i64, Range<usize>);

/// The last word on each path, without the bytes.
#[derive(Debug, Default)]
pub(super) struct Last {
    /// The last stamp of each note, and the location of its bytes.
    pub(super) notes: ByPath<(Stamp, Location)>,
    /// The last check of each note, and the location of its findings.
    pub(super) checks: ByPath<(Check, Location)>,
}

impl Last {
    /// Takes what the next segment says; `number` is what [`Location`] will call it.
    pub(super) fn take(&mut self, number: i64, segment: &Segment) {
        for (path, entry, range) in segment.entries() {
            match entry {
                Entry::Note(stamp) => drop(self.notes.insert(path.clone(), (stamp, (number, range)))),
                Entry::Same(stamp) => {
                    if let Some((newest, _)) = self.notes.get_mut(path) {
                        *newest = stamp;
                    }
                }
                Entry::Checked(check) => drop(self.checks.insert(path.clone(), (check, (number, range)))),
                Entry::Gone => {
                    self.notes.remove(path);
                    self.checks.remove(path);
                }
            }
        }
    }

    /// Drops checks of another content than the note has now.
    pub(super) fn settle(&mut self) {
        let Self { notes, checks } = self;
        checks.retain(|path, (check, _)| notes.get(path).is_some_and(|(stamp, _)| stamp.hash == check.hash));
    }

    /// The bytes of all notes and findings that hold.
    pub(super) fn bytes(&self) -> usize {
        let notes = self.notes.values().map(|(_, (_, range))| range.len());
        notes.chain(self.checks.values().map(|(_, (_, range))| range.len())).sum()
    }
}

/// Size and fragmentation of a log.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LogSize {
    /// Segments.
    pub segments: usize,
    /// Bytes of notes in them.
    pub bytes: usize,
    /// Bytes of notes that no later one replaces.
    pub live: usize,
}

/// All that a store says.
#[derive(Debug, Default)]
pub struct Log {
    segments: Vec<Segment>,
    last: Last,
}

impl Log {
    /// Reads a store.
    ///
    /// # Errors
    /// SQLite's error if the file cannot be read or is damaged.
    pub fn read(store: &Store) -> rusqlite::Result<Self> {
        let mut log = Self { segments: store.read_all()?, last: Last::default() };
        log.last.notes.reserve(log.segments.iter().map(Segment::len).sum());
        for (number, segment) in log.segments.iter().enumerate() {
            log.last.take(number as i64, segment);
        }
        log.last.settle();
        Ok(log)
    }

    /// The notes, in no order.
    pub fn notes(&self) -> impl Iterator<Item = (&Arc<str>, Stamp, &[u8])> {
        self.last.notes.iter().filter_map(|(path, (stamp, place))| Some((path, *stamp, self.bytes(place)?)))
    }

    /// The same, each with the bytes that it shares with others, and its place in them.
    pub fn shared_notes(&self) -> impl Iterator<Item = (&Arc<str>, Stamp, &Arc<[u8]>, Range<usize>)> {
        self.last.notes.iter().filter_map(|(path, (stamp, (segment, range)))| {
            let segment = self.segments.get(usize::try_from(*segment).ok()?)?;
            Some((path, *stamp, &segment.bodies, range.clone()))
        })
    }

    /// The findings of notes that were checked as they are, in no order.
    pub fn checks(&self) -> impl Iterator<Item = (&Arc<str>, Check, &[u8])> {
        self.last.checks.iter().filter_map(|(path, (check, place))| Some((path, *check, self.bytes(place)?)))
    }

    /// Its size and fragmentation.
    #[must_use]
    pub fn size(&self) -> LogSize {
        LogSize {
            segments: self.segments.len(),
            bytes: self.segments.iter().map(|segment| segment.bodies.len()).sum(),
            live: self.last.bytes(),
        }
    }

    fn bytes(&self, (segment, range): &Location) -> Option<&[u8]> {
        self.segments.get(usize::try_from(*segment).ok()?)?.bodies.get(range.clone())
    }
}
