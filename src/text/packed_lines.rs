//! The lines of a text that is not open, in two or three bytes a line.
//!
//! Many texts are known and few are shown: a [`LineIndex`] is made to be asked anywhere, [`PackedLines`] to be walked
//! from front to back. A [`LineWalk`] answers places in ascending order in one pass over the note, which is what a list
//! of references asks for; a place before the last one starts again.

use super::pack::{Pack, Unpack};
use super::{Encoding, LineColumn, LineIndex};

/// Line starts, line ends and wide characters of one text, packed.
#[derive(Clone, Copy, Debug, Default)]
pub struct PackedLines<'a> {
    bytes: &'a [u8],
}

impl<'a> PackedLines<'a> {
    /// Reads what [`PackedLines::pack`] wrote.
    #[must_use]
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { bytes }
    }

    /// Writes the lines of a text.
    pub fn pack(lines: &LineIndex, out: &mut Pack) {
        let mut wide = Pack::default();
        let mut last = 0;
        for (at, bytes) in lines.wide_characters() {
            wide.number(u64::from(at - last) << 2 | u64::from(bytes - 2));
            last = at;
        }
        out.block(&wide.bytes);
        let mut start = 0;
        for line in 0..lines.lines() {
            let Some(range) = lines.line_range(line) else { break };
            let next = lines.line_range(line + 1).map_or(range.end, |next| next.start);
            out.number(u64::from(range.end - start) << 1 | u64::from(next - range.end == 2));
            start = next;
        }
    }

    /// A walk from the text's first byte.
    #[must_use]
    pub fn walk(self) -> LineWalk<'a> {
        let mut bytes = Unpack::new(self.bytes);
        let wide = Unpack::new(bytes.block().unwrap_or(&[]));
        let mut walk = LineWalk { packed: self, lines: bytes, wide, ..LineWalk::default() };
        walk.take_line(0);
        walk.next_wide();
        walk
    }

    /// The line of byte `at`, from zero.
    #[must_use]
    pub fn line_of(self, at: u32) -> u32 {
        self.walk().position(at, Encoding::Utf8).line
    }

    /// Number of lines.
    #[must_use]
    pub fn lines(self) -> u32 {
        self.line_of(u32::MAX) + 1
    }

    /// Length of the text in bytes.
    #[must_use]
    pub fn length(self) -> u32 {
        let mut walk = self.walk();
        walk.position(u32::MAX, Encoding::Utf8);
        walk.end
    }
}

/// The lines of some text, however they are kept.
#[derive(Clone, Copy, Debug)]
pub enum Lines<'a> {
    /// To be asked anywhere.
    Index(&'a LineIndex),
    /// To be asked in order.
    Walk(LineWalk<'a>),
}

impl Lines<'_> {
    /// Byte to line and column, as [`LineIndex::position`] has it.
    pub fn position(&mut self, at: u32, encoding: Encoding) -> LineColumn {
        match self {
            Self::Index(lines) => lines.position(at, encoding),
            Self::Walk(walk) => walk.position(at, encoding),
        }
    }

    /// The line of byte `at`, from zero.
    #[must_use]
    pub fn line_of(mut self, at: u32) -> u32 {
        self.position(at, Encoding::Utf8).line
    }

    /// Length of the text in bytes.
    #[must_use]
    pub fn length(self) -> u32 {
        match self {
            Self::Index(lines) => lines.length(),
            Self::Walk(walk) => walk.packed.length(),
        }
    }
}

/// The state of a walk over the lines of a text.
#[derive(Clone, Copy, Debug, Default)]
pub struct LineWalk<'a> {
    packed: PackedLines<'a>,
    lines: Unpack<'a>,
    wide: Unpack<'a>,
    line: u32,
    start: u32,
    end: u32,
    next: u32,
    is_last: bool,
    /// The next wide character that was not counted yet; `u32::MAX` after the last.
    wide_at: u32,
    wide_bytes: u32,
    /// Bytes, UTF-16 units and characters of the wide characters before `wide_at` in this line.
    passed: [u32; 3],
    last: u32,
}

impl LineWalk<'_> {
    /// Byte to line and column, as [`LineIndex::position`] has it.
    pub fn position(&mut self, at: u32, encoding: Encoding) -> LineColumn {
        if at < self.last {
            *self = self.packed.walk();
        }
        self.last = at;
        while !self.is_last && at >= self.next {
            self.line += 1;
            self.take_line(self.next);
            while self.wide_at < self.start {
                self.next_wide();
            }
            self.passed = [0; 3];
        }
        let at = at.min(self.end);
        while self.wide_at < u32::MAX && self.wide_at.saturating_add(self.wide_bytes) <= at {
            self.passed[0] += self.wide_bytes;
            self.passed[1] += if self.wide_bytes == 4 { 2 } else { 1 };
            self.passed[2] += 1;
            self.next_wide();
        }
        // A byte inside a character counts as its first byte.
        let at = if self.wide_at < at { self.wide_at } else { at };
        let units = match encoding {
            Encoding::Utf8 => self.passed[0],
            Encoding::Utf16 => self.passed[1],
            Encoding::Utf32 => self.passed[2],
        };
        LineColumn { line: self.line, column: at.saturating_sub(self.start) + units - self.passed[0] }
    }

    fn take_line(&mut self, start: u32) {
        self.start = start;
        let packed = self.lines.number().unwrap_or(0);
        self.end = start.saturating_add((packed >> 1) as u32);
        self.next = self.end.saturating_add(1 + (packed & 1) as u32);
        self.is_last = self.lines.is_empty();
    }

    fn next_wide(&mut self) {
        match self.wide.number() {
            Some(packed) => {
                let before = if self.wide_bytes == 0 { 0 } else { self.wide_at };
                self.wide_at = before.saturating_add((packed >> 2) as u32);
                self.wide_bytes = (packed & 3) as u32 + 2;
            }
            None => (self.wide_at, self.wide_bytes) = (u32::MAX, 1),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn packed_lines_answer_as_the_index_does(text in "[a-z\r\n\t é“”😀漢\u{301}\u{feff}]{0,60}", back: bool) {
            let index = LineIndex::new(&text);
            let mut pack = Pack::default();
            PackedLines::pack(&index, &mut pack);
            let packed = PackedLines::new(&pack.bytes);
            prop_assert_eq!((packed.lines(), packed.length()), (index.lines(), index.length()));
            for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
                let mut walk = packed.walk();
                for at in 0..=text.len() as u32 + 2 {
                    if back {
                        walk.position(at + 3, encoding);
                    }
                    prop_assert_eq!(walk.position(at, encoding), index.position(at, encoding), "{}", at);
                }
            }
        }

        #[test]
        fn any_bytes_are_some_lines(bytes: Vec<u8>, at: u32) {
            let packed = PackedLines::new(&bytes);
            let _ = (packed.lines(), packed.length(), packed.walk().position(at, Encoding::Utf16));
        }
    }
}
