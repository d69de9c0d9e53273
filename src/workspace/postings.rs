//! Postings, as a whole vault of them is sorted.

use super::FileId;
use super::names::Key;
use super::summary::Role;
use super::table::Entry;

/// A posting as it is sorted. Small, because there are millions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Posting {
    /// The key that the note is found by.
    pub(super) key: Key,
    /// Role and file in one, in this order.
    at: u32,
    /// The number beside it, as [`Weight`](super::summary::Weight) packs it; 1 where the role has none.
    pub(super) weight: u32,
}

/// Bits of a file's number.
pub(super) const FILE_BITS: u32 = 28;

impl Posting {
    /// A posting of a file whose number has at most [`FILE_BITS`] bits.
    pub(super) fn new(key: Key, role: Role, file: FileId, weight: u32) -> Self {
        Self { key, at: (role as u32) << FILE_BITS | file.0, weight }
    }

    /// The role of the key in the file.
    pub(super) fn role(self) -> Option<Role> {
        Role::of((self.at >> FILE_BITS) as u8)
    }

    /// The file.
    pub(super) fn file(self) -> FileId {
        FileId(self.at & ((1 << FILE_BITS) - 1))
    }

    /// Its entry in the table.
    pub(super) fn entry(self) -> Entry {
        (self.key, (self.at >> FILE_BITS) as u8, u64::from(self.file().0))
    }
}
