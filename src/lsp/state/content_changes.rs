//! Edits of a client applied to a rope.
//!
//! Positions out of range clamp: a column past its line's end to that end, a line past the text to the text's end, a
//! column inside a surrogate pair or a multi-byte character to the character's start.

use ropey::{Rope, RopeSlice};
use tower_lsp::lsp_types::{Position, TextDocumentContentChangeEvent};

use crate::text::Encoding;

/// Applies the changes of one notification, in order. A change without a range replaces the whole text.
/// Returns the byte behind what was typed last; none if the whole text came anew.
pub(in crate::lsp) fn apply(
    rope: &mut Rope,
    changes: &[TextDocumentContentChangeEvent],
    encoding: Encoding,
) -> Option<usize> {
    let mut caret = None;
    for change in changes {
        let Some(range) = change.range else {
            *rope = Rope::from_str(&change.text);
            caret = None;
            continue;
        };
        let from = char_at(rope, range.start, encoding);
        let to = char_at(rope, range.end, encoding);
        let (from, to) = (from.min(to), from.max(to));
        rope.remove(from..to);
        rope.insert(from, &change.text);
        caret = Some(rope.char_to_byte(from) + change.text.len());
    }
    caret
}

/// The character index of a position.
fn char_at(rope: &Rope, position: Position, encoding: Encoding) -> usize {
    let Ok(start) = rope.try_line_to_char(position.line as usize) else { return rope.len_chars() };
    let Some(line) = rope.get_line(position.line as usize) else { return rope.len_chars() };
    let line = without_line_end(line);
    let column = position.character as usize;
    let within = match encoding {
        Encoding::Utf8 => line.byte_to_char(column.min(line.len_bytes())),
        Encoding::Utf16 => line.utf16_cu_to_char(column.min(line.len_utf16_cu())),
        Encoding::Utf32 => column.min(line.len_chars()),
    };
    start + within
}

fn without_line_end(line: RopeSlice<'_>) -> RopeSlice<'_> {
    let mut length = line.len_chars();
    if length > 0 && line.char(length - 1) == '\n' {
        length -= 1;
    }
    // `\r\n` and a lone `\r` alike; a `\n` before a `\r` cannot be in one line.
    if length > 0 && line.char(length - 1) == '\r' {
        length -= 1;
    }
    line.slice(..length)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use tower_lsp::lsp_types::Range;

    use super::*;
    use crate::text::{LineColumn, LineIndex};

    const ENCODINGS: [Encoding; 3] = [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32];

    fn change(range: Option<[u32; 4]>, text: &str) -> TextDocumentContentChangeEvent {
        let range = range.map(|[a, b, c, d]| Range::new(Position::new(a, b), Position::new(c, d)));
        TextDocumentContentChangeEvent { range, range_length: None, text: text.to_owned() }
    }

    fn edited(text: &str, changes: &[TextDocumentContentChangeEvent], encoding: Encoding) -> String {
        let mut rope = Rope::from_str(text);
        apply(&mut rope, changes, encoding);
        rope.to_string()
    }

    #[test]
    fn changes_of_one_notification_apply_in_order() {
        let changes =
            [change(Some([0, 0, 0, 1]), "X"), change(Some([0, 1, 0, 1]), "Y"), change(Some([1, 0, 9, 9]), "end")];
        assert_eq!(edited("abc\ndef\n", &changes, Encoding::Utf16), "XYbc\nend");
        let changes = [change(Some([0, 0, 0, 3]), ""), change(None, "new"), change(Some([0, 3, 0, 3]), "!")];
        assert_eq!(edited("old", &changes, Encoding::Utf16), "new!");
    }

    #[test]
    fn a_pair_is_never_split_and_a_reversed_range_is_read_the_other_way() {
        assert_eq!(edited("a😀b", &[change(Some([0, 2, 0, 3]), "-")], Encoding::Utf16), "a-b");
        assert_eq!(edited("abc", &[change(Some([0, 2, 0, 1]), "-")], Encoding::Utf16), "a-c");
        assert_eq!(edited("é", &[change(Some([0, 1, 0, 1]), "-")], Encoding::Utf8), "-é");
    }

    #[test]
    fn a_column_past_the_line_clamps_before_its_line_end() {
        for end in ["\n", "\r\n", "\r"] {
            let text = format!("ab{end}cd");
            assert_eq!(edited(&text, &[change(Some([0, 99, 0, 99]), "!")], Encoding::Utf16), format!("ab!{end}cd"));
        }
        assert_eq!(
            edited("a\u{2028}b\u{b}c", &[change(Some([0, 4, 0, 4]), "!")], Encoding::Utf16),
            "a\u{2028}b\u{b}!c"
        );
    }

    proptest! {
        /// The rope and the line index must agree on what a position means.
        #[test]
        fn an_edit_lands_where_the_line_index_says(
            text in "[a-c\r\n é😀漢\u{301}\u{feff}\u{2028}]{0,40}", line in 0u32..6, column in 0u32..12,
        ) {
            for encoding in ENCODINGS {
                let at = LineIndex::new(&text).offset(LineColumn { line, column }, encoding) as usize;
                let expected = format!("{}|{}", &text[..at], &text[at..]);
                prop_assert_eq!(edited(&text, &[change(Some([line, column, line, column]), "|")], encoding), expected);
            }
        }
    }
}
