//! Where sentences end.

use super::Block;
use crate::text::TextRange;

/// Appends the sentences of `block`, without the white space around them.
pub fn split(text: &str, block: &Block, out: &mut Vec<TextRange>) {
    let slice = block.range.of(text);
    let base = block.range.start as usize;
    let mut start = 0;
    let mut push = |from: usize, to: usize| {
        let piece = &slice[from..to];
        let trimmed = piece.trim_start();
        let from = from + piece.len() - trimmed.len();
        let to = from + trimmed.trim_end().len();
        if from < to {
            out.push(TextRange::from_usize(base + from, base + to));
        }
    };
    for (at, c) in slice.char_indices() {
        if !matches!(c, '.' | '!' | '?' | '…') {
            continue;
        }
        let rest = &slice[at + c.len_utf8()..];
        let closed = rest.trim_start_matches(['"', '”', '’', '\'', ')', ']']);
        let next = closed.trim_start();
        let begins = next.chars().next().is_none_or(|n| !n.is_lowercase());
        let word = slice[start..at].rsplit(|w: char| w.is_whitespace() || w == '(').next().unwrap_or("");
        if closed.len() == next.len() || !begins || (c == '.' && is_abbreviation(word)) {
            continue;
        }
        let end = slice.len() - closed.len();
        push(start, end);
        start = end;
    }
    push(start, slice.len());
}

fn is_abbreviation(word: &str) -> bool {
    word.chars().count() == 1
        || word.contains('.')
        || matches!(
            word,
            "Mr" | "Mrs"
                | "Ms"
                | "Dr"
                | "Prof"
                | "Gen"
                | "Col"
                | "Lt"
                | "Maj"
                | "Sen"
                | "Rep"
                | "Gov"
                | "St"
                | "No"
                | "vs"
                | "Jan"
                | "Feb"
                | "Aug"
                | "Sept"
                | "Oct"
                | "Nov"
                | "Dec"
                | "Capt"
                | "Sgt"
                | "Adm"
                | "Rev"
        )
}
