//! The protocol's values as ours.

use tower_lsp::lsp_types::{Position, Range};

use crate::text::{Encoding, LineColumn, LineIndex, TextRange};

/// The byte of a position. Out of range, it clamps as [`LineIndex::offset`] says.
#[must_use]
pub(in crate::lsp) fn offset(lines: &LineIndex, position: Position, encoding: Encoding) -> u32 {
    lines.offset(LineColumn { line: position.line, column: position.character }, encoding)
}

/// The bytes of a range, also of one that is given end first.
#[must_use]
pub(in crate::lsp) fn range(lines: &LineIndex, range: Range, encoding: Encoding) -> TextRange {
    let (a, b) = (offset(lines, range.start, encoding), offset(lines, range.end, encoding));
    TextRange::new(a.min(b), a.max(b))
}
