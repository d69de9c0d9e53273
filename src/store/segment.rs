//! A batch of notes as it is stored: who is in it, and their bytes behind one another.

use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64_with_seed;

use super::Stamp;

/// One path's entry in the head of a batch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Head<P> {
    path: P,
    entry: Entry,
    /// Of a note's bytes.
    length: u32,
}

/// A batch's statement about one path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Entry {
    /// A note was read: its bytes are in the batch.
    Note(Stamp),
    /// The note was looked at again and is the same: its bytes are in an earlier batch.
    Same(Stamp),
    /// The note is gone.
    Gone,
    /// The note was checked: its findings are in the batch.
    Checked(Check),
}

/// The content and settings under which a note was checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    /// Hash of the note's content.
    pub hash: u64,
    /// Hash of what findings depend on beside the notes.
    pub under: u64,
}

/// A batch that was read.
#[derive(Clone, Debug)]
pub struct Segment {
    heads: Vec<Head<Arc<str>>>,
    /// The bytes of all notes.
    pub bodies: Arc<[u8]>,
}

impl Segment {
    /// Reads what [`Builder::encode`] gave; none if it is damaged.
    pub(super) fn decode(heads: &[u8], bodies: Arc<[u8]>, hash: i64) -> Option<Self> {
        if hash_of(heads, &bodies) != hash {
            return None;
        }
        let heads: Vec<Head<Arc<str>>> = postcard::from_bytes(heads).ok()?;
        let length: u64 = heads.iter().map(|head| u64::from(head.length)).sum();
        (length == bodies.len() as u64).then_some(Self { heads, bodies })
    }

    /// The number of entries; a path that has several counts several times.
    pub(super) fn len(&self) -> usize {
        self.heads.len()
    }

    /// Each path (as [`Project::relative`](crate::project::Project::relative) has it) with what is said of it and the
    /// place of its bytes in [`Segment::bodies`]; later ones win.
    pub fn entries(&self) -> impl Iterator<Item = (&Arc<str>, Entry, Range<usize>)> {
        let mut from = 0;
        self.heads.iter().map(move |head| {
            let range = from..from + head.length as usize;
            from = range.end;
            (&head.path, head.entry, range)
        })
    }
}

/// A batch to be stored.
#[derive(Debug, Default)]
pub struct Builder {
    heads: Vec<Head<String>>,
    bodies: Vec<u8>,
}

impl Builder {
    /// A note was read.
    pub fn put(&mut self, path: &str, stamp: Stamp, bytes: &[u8]) {
        // What is too long to be counted is left to be read again.
        let Ok(length) = u32::try_from(bytes.len()) else { return };
        self.heads.push(Head { path: path.to_owned(), entry: Entry::Note(stamp), length });
        self.bodies.extend_from_slice(bytes);
    }

    /// A note was checked; `findings` are some bytes.
    pub fn check(&mut self, path: &str, check: Check, findings: &[u8]) {
        let Ok(length) = u32::try_from(findings.len()) else { return };
        self.heads.push(Head { path: path.to_owned(), entry: Entry::Checked(check), length });
        self.bodies.extend_from_slice(findings);
    }

    /// A note was looked at again and is the same.
    pub fn same(&mut self, path: &str, stamp: Stamp) {
        self.heads.push(Head { path: path.to_owned(), entry: Entry::Same(stamp), length: 0 });
    }

    /// A note is gone.
    pub fn remove(&mut self, path: &str) {
        self.heads.push(Head { path: path.to_owned(), entry: Entry::Gone, length: 0 });
    }

    /// Bytes so far, about.
    #[must_use]
    pub fn size(&self) -> usize {
        self.bodies.len() + 64 * self.heads.len()
    }

    /// Returns `true` if it has no entries.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.heads.is_empty()
    }

    /// The batch as it is stored: its head, its bytes, and a hash of both.
    pub(super) fn encode(&self) -> (Vec<u8>, &[u8], i64) {
        // Plain numbers and strings into memory: nothing in it can fail.
        let heads = postcard::to_stdvec(&self.heads).unwrap_or_default();
        let hash = hash_of(&heads, &self.bodies);
        (heads, &self.bodies, hash)
    }
}

fn hash_of(heads: &[u8], bodies: &[u8]) -> i64 {
    xxh3_64_with_seed(bodies, xxh3_64_with_seed(heads, 0)).cast_signed()
}
