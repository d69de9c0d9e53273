//! The bytes of a brief: a piece of what was read from a store, shared with the others in it, or a piece of its own.

use std::ops::Range;
use std::sync::Arc;

/// A piece of shared bytes. A hundred thousand notes from a store are a few dozen pieces of memory.
#[derive(Clone)]
pub(super) struct Block {
    all: Arc<[u8]>,
    from: u32,
    to: u32,
}

impl Block {
    /// A copy of its own.
    pub(super) fn new(bytes: &[u8]) -> Self {
        // What is too long to be counted is damaged: nothing is read of it.
        Self { all: bytes.into(), from: 0, to: u32::try_from(bytes.len()).unwrap_or(0) }
    }

    /// A piece of what others share; none if it does not lie there.
    pub(super) fn shared(all: &Arc<[u8]>, range: Range<usize>) -> Option<Self> {
        all.get(range.clone())?;
        Some(Self { all: all.clone(), from: u32::try_from(range.start).ok()?, to: u32::try_from(range.end).ok()? })
    }

    /// Its bytes; none if the range is damaged.
    #[inline]
    pub(super) fn bytes(&self) -> &[u8] {
        self.all.get(self.from as usize..self.to as usize).unwrap_or(&[])
    }
}

impl PartialEq for Block {
    fn eq(&self, other: &Self) -> bool {
        self.bytes() == other.bytes()
    }
}

impl std::fmt::Debug for Block {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Block({} bytes)", self.bytes().len())
    }
}
