//! Pieces of bytes behind one another, each found at once.
//!
//! A question about all notes reads a little of each of tens of thousands of briefs; walking from piece to piece would
//! fetch most of a brief from memory to read a few bytes of it. So the ends of all pieces stand in front.

use crate::text::pack::{Pack, Unpack};

/// Reads what [`Writer`] wrote. Nothing in damaged bytes is a piece.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Pieces<'a> {
    count: usize,
    /// Bytes of each end.
    width: usize,
    ends: &'a [u8],
    data: &'a [u8],
}

impl<'a> Pieces<'a> {
    /// The pieces in `bytes`; none if these are damaged.
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self::read(bytes).unwrap_or_default()
    }

    fn read(bytes: &'a [u8]) -> Option<Self> {
        let mut unpack = Unpack::new(bytes);
        let head = usize::try_from(unpack.number()?).ok()?;
        let (count, width) = (head >> 2, 1 << (head & 3));
        let (ends, data) = unpack.rest().split_at_checked(count.checked_mul(width)?)?;
        Some(Self { count, width, ends, data })
    }

    /// The number of pieces.
    pub(super) fn len(self) -> usize {
        self.count
    }

    /// A piece by its number.
    #[inline]
    pub(super) fn get(self, index: usize) -> Option<&'a [u8]> {
        if index >= self.count {
            return None;
        }
        let from = if index == 0 { 0 } else { self.end(index - 1)? };
        self.data.get(from..self.end(index)?)
    }

    #[inline]
    fn end(self, index: usize) -> Option<usize> {
        let at = index * self.width;
        let bytes = self.ends.get(at..at + self.width)?;
        Some(bytes.iter().rev().fold(0, |all, &byte| all << 8 | usize::from(byte)))
    }
}

/// Writes pieces.
#[derive(Default)]
pub(super) struct Writer {
    data: Pack,
    ends: Vec<usize>,
}

impl Writer {
    /// Writes the next piece.
    pub(super) fn add(&mut self, write: impl FnOnce(&mut Pack)) {
        write(&mut self.data);
        self.ends.push(self.data.bytes.len());
    }

    /// Writes all of them: their number with the width of an end, the ends, the pieces.
    pub(super) fn write(&self, out: &mut Pack) {
        let width = match self.data.bytes.len() {
            0..0x100 => 0,
            0x100..0x1_0000 => 1,
            _ => 2,
        };
        out.number((self.ends.len() << 2 | width) as u64);
        for end in &self.ends {
            out.bytes.extend(end.to_le_bytes().iter().take(1 << width));
        }
        out.bytes.extend_from_slice(&self.data.bytes);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn each_piece_is_found(pieces in proptest::collection::vec(0..500usize, 0..30), long in 0..80_000usize) {
            let mut writer = Writer::default();
            let piece = |n: usize, length: usize| vec![n as u8; length];
            let lengths: Vec<usize> = pieces.into_iter().chain([long]).collect();
            for (n, &length) in lengths.iter().enumerate() {
                writer.add(|out| out.bytes.extend(piece(n, length)));
            }
            let mut out = Pack::default();
            writer.write(&mut out);
            let read = Pieces::new(&out.bytes);
            prop_assert_eq!(read.len(), lengths.len());
            for (n, &length) in lengths.iter().enumerate() {
                prop_assert_eq!(read.get(n), Some(&*piece(n, length)));
            }
            prop_assert_eq!(read.get(lengths.len()), None);
        }

        #[test]
        fn any_bytes_are_some_pieces(bytes: Vec<u8>) {
            let pieces = Pieces::new(&bytes);
            for n in 0..pieces.len().min(100) {
                let _ = pieces.get(n);
            }
        }
    }
}
