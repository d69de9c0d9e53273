//! Bytes to lines and columns and back, in the three encodings of the Language Server Protocol.
//!
//! Line ends are `\n`, `\r\n` and `\r`, as LSP 3.17 defines them, and nothing else. The index keeps, beside the
//! line starts, every character of more than one byte, so that it answers without the text; a note of newswire
//! has few of them.

use super::TextRange;

/// The unit in which an editor counts columns.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Encoding {
    /// Bytes.
    Utf8,
    /// UTF-16 code units: the protocol's default.
    #[default]
    Utf16,
    /// Unicode code points.
    Utf32,
}

/// A position as an editor states it; both count from zero.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineColumn {
    /// Line, from 0.
    pub line: u32,
    /// Column, from 0, in units of an [`Encoding`].
    pub column: u32,
}

/// A character of more than one byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Wide {
    at: u32,
    bytes: u8,
}

/// Line starts and wide characters of one text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineIndex {
    starts: Box<[u32]>,
    /// End of each line without its line end.
    ends: Box<[u32]>,
    wide: Box<[Wide]>,
    length: u32,
}

impl LineIndex {
    /// Reads the whole text once.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let (mut starts, mut ends, mut wide) = (vec![0u32], Vec::new(), Vec::new());
        let mut at = 0usize;
        while let Some(&byte) = bytes.get(at) {
            match byte {
                b'\n' => {
                    ends.push(at as u32);
                    at += 1;
                    starts.push(at as u32);
                }
                b'\r' => {
                    ends.push(at as u32);
                    at += if bytes.get(at + 1) == Some(&b'\n') { 2 } else { 1 };
                    starts.push(at as u32);
                }
                0..0x80 => at += 1,
                _ => {
                    let len = if byte >= 0xF0 {
                        4
                    } else if byte >= 0xE0 {
                        3
                    } else {
                        2
                    };
                    wide.push(Wide { at: at as u32, bytes: len });
                    at += usize::from(len);
                }
            }
        }
        ends.push(bytes.len() as u32);
        Self {
            starts: starts.into_boxed_slice(),
            ends: ends.into_boxed_slice(),
            wide: wide.into_boxed_slice(),
            length: bytes.len() as u32,
        }
    }

    /// Number of lines; a text always has at least one.
    #[must_use]
    pub fn lines(&self) -> u32 {
        self.starts.len() as u32
    }

    /// Length of the text in bytes.
    #[must_use]
    pub fn length(&self) -> u32 {
        self.length
    }

    /// The line that holds byte `at`, without its line end. Lines count from zero.
    #[must_use]
    pub fn line_range(&self, line: u32) -> Option<TextRange> {
        let line = line as usize;
        Some(TextRange::new(*self.starts.get(line)?, *self.ends.get(line)?))
    }

    /// The line of byte `at`, from zero. A byte past the end belongs to the last line.
    #[must_use]
    pub fn line_of(&self, at: u32) -> u32 {
        self.starts.partition_point(|&start| start <= at) as u32 - 1
    }

    /// Byte to line and column. A byte inside a character counts as its first byte; one inside a line end as the line's end.
    #[must_use]
    pub fn position(&self, at: u32, encoding: Encoding) -> LineColumn {
        let at = at.min(self.length);
        let line = self.line_of(at);
        // Every byte has a line.
        let TextRange { start, end } = self.line_range(line).unwrap_or_default();
        let at = at.min(end);
        let mut column = at - start;
        for wide in self.wide_from(start) {
            if wide.at >= at {
                break;
            }
            let inside = (at - wide.at).min(u32::from(wide.bytes));
            if inside < u32::from(wide.bytes) {
                column -= inside;
            } else if encoding != Encoding::Utf8 {
                column = column + units(wide.bytes, encoding) - u32::from(wide.bytes);
            }
        }
        LineColumn { line, column }
    }

    /// Line and column to byte. A column past the line's end clamps to it, a line past the text to the text's end,
    /// and a column inside a character (half a surrogate pair) to the character's first byte.
    #[must_use]
    pub fn offset(&self, position: LineColumn, encoding: Encoding) -> u32 {
        let Some(line) = self.line_range(position.line) else { return self.length };
        let mut left = position.column;
        let mut at = line.start;
        for wide in self.wide_from(line.start) {
            if wide.at >= line.end {
                break;
            }
            let narrow = wide.at - at;
            if left <= narrow {
                return at + left;
            }
            left -= narrow;
            at = wide.at;
            let step = units(wide.bytes, encoding);
            if left < step {
                return at;
            }
            left -= step;
            at += u32::from(wide.bytes);
        }
        at.saturating_add(left).min(line.end)
    }

    /// Characters of more than one byte, in order: where each begins, and its bytes.
    pub(super) fn wide_characters(&self) -> impl Iterator<Item = (u32, u8)> {
        self.wide.iter().map(|wide| (wide.at, wide.bytes))
    }

    fn wide_from(&self, at: u32) -> impl Iterator<Item = &Wide> {
        self.wide.iter().skip(self.wide.partition_point(|wide| wide.at < at))
    }
}

fn units(bytes: u8, encoding: Encoding) -> u32 {
    match encoding {
        Encoding::Utf8 => u32::from(bytes),
        Encoding::Utf16 => {
            if bytes == 4 {
                2
            } else {
                1
            }
        }
        Encoding::Utf32 => 1,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn only_the_protocols_line_ends_count() {
        let index = LineIndex::new("a\r\nb\rc\u{2028}d\u{b}e\nf");
        assert_eq!(index.lines(), 4);
        assert_eq!(index.line_range(2), Some(TextRange::new(5, 12)));
    }

    #[test]
    fn a_column_past_the_end_or_inside_a_pair_clamps() {
        let index = LineIndex::new("x😀y\nz");
        let at = |column| index.offset(LineColumn { line: 0, column }, Encoding::Utf16);
        assert_eq!([at(0), at(1), at(2), at(3), at(4), at(99)], [0, 1, 1, 5, 6, 6]);
        assert_eq!(index.offset(LineColumn { line: 9, column: 0 }, Encoding::Utf16), 8);
    }

    proptest! {
        #[test]
        fn every_character_boundary_survives_the_round_trip(text in "[a-z\r\n\t é“”😀漢\u{301}\u{feff}]{0,60}") {
            let index = LineIndex::new(&text);
            for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
                for (at, _) in text.char_indices() {
                    let inside_line_end = text.as_bytes()[at] == b'\n' && at > 0 && text.as_bytes()[at - 1] == b'\r';
                    if !inside_line_end {
                        let position = index.position(at as u32, encoding);
                        prop_assert_eq!(index.offset(position, encoding), at as u32);
                    }
                }
            }
        }
    }
}
