//! Small values as bytes: what is kept in great number is written once and read from where it lies.
//!
//! Numbers take seven bits a byte, low bits first; a string is its length and its bytes. [`Unpack`] never fails: past
//! the end, or where bytes make no sense, it answers with nothing, so that a damaged block is an empty one.

use super::TextRange;

/// Writes values one after the other.
#[derive(Clone, Debug, Default)]
pub struct Pack {
    /// The bytes written so far.
    pub bytes: Vec<u8>,
}

impl Pack {
    /// One byte.
    pub fn byte(&mut self, value: u8) {
        self.bytes.push(value);
    }

    /// A number, the shorter the smaller.
    pub fn number(&mut self, mut value: u64) {
        while value >= 0x80 {
            self.bytes.push(value as u8 | 0x80);
            value >>= 7;
        }
        self.bytes.push(value as u8);
    }

    /// A number of either sign, the shorter the nearer to zero.
    pub fn signed(&mut self, value: i64) {
        self.number(((value << 1) ^ (value >> 63)) as u64);
    }

    /// Eight bytes as they are, for hashes.
    pub fn hash(&mut self, value: u64) {
        self.bytes.extend_from_slice(&value.to_le_bytes());
    }

    /// A string.
    pub fn text(&mut self, text: &str) {
        self.number(text.len() as u64);
        self.bytes.extend_from_slice(text.as_bytes());
    }

    /// A block of bytes with its length.
    pub fn block(&mut self, block: &[u8]) {
        self.number(block.len() as u64);
        self.bytes.extend_from_slice(block);
    }

    /// A range, counted from the byte `last`; returns its end, to count the next one from.
    pub fn range(&mut self, range: TextRange, last: u32) -> u32 {
        self.signed(i64::from(range.start) - i64::from(last));
        self.number(u64::from(range.end.saturating_sub(range.start)));
        range.end
    }
}

/// Reads them in the same order.
#[derive(Clone, Copy, Debug, Default)]
pub struct Unpack<'a> {
    bytes: &'a [u8],
}

impl<'a> Unpack<'a> {
    /// From the first byte on.
    #[must_use]
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { bytes }
    }

    /// Returns `true` if nothing is left.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// The bytes that are left.
    #[must_use]
    pub fn rest(&self) -> &'a [u8] {
        self.bytes
    }

    /// One byte.
    #[inline]
    pub fn byte(&mut self) -> Option<u8> {
        let (&first, rest) = self.bytes.split_first()?;
        self.bytes = rest;
        Some(first)
    }

    /// A number.
    #[inline]
    pub fn number(&mut self) -> Option<u64> {
        let first = self.byte()?;
        if first < 0x80 {
            return Some(u64::from(first));
        }
        let mut value = u64::from(first & 0x7F);
        for shift in (7..64).step_by(7) {
            let byte = self.byte()?;
            value |= u64::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                return Some(value);
            }
        }
        None
    }

    /// A number of 32 bits.
    #[inline]
    pub fn number32(&mut self) -> Option<u32> {
        u32::try_from(self.number()?).ok()
    }

    /// A number of either sign.
    #[inline]
    pub fn signed(&mut self) -> Option<i64> {
        let value = self.number()?;
        Some((value >> 1) as i64 ^ -((value & 1) as i64))
    }

    /// Eight bytes as they are.
    pub fn hash(&mut self) -> Option<u64> {
        let (head, rest) = self.bytes.split_first_chunk::<8>()?;
        self.bytes = rest;
        Some(u64::from_le_bytes(*head))
    }

    /// A string.
    pub fn text(&mut self) -> Option<&'a str> {
        std::str::from_utf8(self.block()?).ok()
    }

    /// A block of bytes.
    pub fn block(&mut self) -> Option<&'a [u8]> {
        let len = usize::try_from(self.number()?).ok()?;
        let (head, rest) = self.bytes.split_at_checked(len)?;
        self.bytes = rest;
        Some(head)
    }

    /// A range counted from the byte `last`.
    #[inline]
    pub fn range(&mut self, last: u32) -> Option<TextRange> {
        let start = u32::try_from(i64::from(last).checked_add(self.signed()?)?).ok()?;
        let end = start.checked_add(self.number32()?)?;
        Some(TextRange::new(start, end))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_written_is_read(number: u64, signed: i64, text: String, at in 0u32..9999, len in 0u32..9999, last: u32) {
            let mut pack = Pack::default();
            pack.number(number);
            pack.signed(signed);
            pack.text(&text);
            let range = TextRange::new(at, at + len);
            pack.range(range, last);
            pack.hash(number);
            let mut unpack = Unpack::new(&pack.bytes);
            prop_assert_eq!(unpack.number(), Some(number));
            prop_assert_eq!(unpack.signed(), Some(signed));
            prop_assert_eq!(unpack.text(), Some(text.as_str()));
            prop_assert_eq!(unpack.range(last), Some(range));
            prop_assert_eq!(unpack.hash(), Some(number));
            prop_assert!(unpack.is_empty());
        }

        #[test]
        fn any_bytes_are_read_without_harm(bytes: Vec<u8>) {
            let mut unpack = Unpack::new(&bytes);
            while !unpack.is_empty() {
                let _ = (unpack.clone().number(), unpack.clone().text(), unpack.clone().range(7), unpack.clone().hash());
                unpack.byte();
            }
        }
    }
}
