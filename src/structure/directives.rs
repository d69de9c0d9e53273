//! `%% whosaid: … %%` in plain text: the one comment that a text without markup may have.
//!
//! It stands on one line, alone or within a paragraph, and is no prose. All other `%%` are text.

use crate::text::TextRange;

/// Returns `true` if a line, without the white space around it, is one such comment and nothing else.
pub(super) fn is_directive(line: &str) -> bool {
    line.starts_with("%%") && first(line).is_some_and(|(start, end)| start == 0 && end == line.len())
}

/// The comments in `range`, in order.
pub(super) fn find(text: &str, range: TextRange) -> Vec<TextRange> {
    let (mut found, mut at) = (Vec::new(), range.start);
    while let Some((start, end)) = first(TextRange::new(at, range.end).of(text)) {
        found.push(TextRange::new(at + start as u32, at + end as u32));
        at += end as u32;
    }
    found
}

/// Start and end of the first comment in `text`.
fn first(text: &str) -> Option<(usize, usize)> {
    let mut from = 0;
    while let Some(start) = memchr::memmem::find(&text.as_bytes()[from..], b"%%").map(|at| from + at) {
        let inside = &text[start + 2..];
        if inside.trim_start_matches([' ', '\t']).starts_with("whosaid:") {
            let line = inside.find(['\n', '\r']).map_or(inside, |end| &inside[..end]);
            if let Some(end) = line.find("%%") {
                return Some((start, start + 2 + end + 2));
            }
        }
        from = start + 2;
    }
    None
}

#[cfg(test)]
mod tests {
    use crate::structure::{BlockKind, Format, MarkerKind, TokenMemo, parse};

    #[test]
    fn a_comment_to_us_is_no_prose_and_starts_no_item() {
        let text =
            "The quay was empty. %% whosaid: ignore A101 %% Nobody came.\n\n%% whosaid: off A104 %%\nThe 100%% wool\n";
        let note = parse(text, Format::Plain, &mut TokenMemo::default());
        let comments: Vec<&str> = note
            .markers
            .iter()
            .filter(|m| matches!(m.kind, MarkerKind::Comment { .. }))
            .map(|m| m.range.of(text))
            .collect();
        assert_eq!(comments, ["%% whosaid: ignore A101 %%", "%% whosaid: off A104 %%"]);
        assert_eq!(note.items.len(), 1);
        assert_eq!(note.sentences.len(), 3);
        assert!(note.blocks.iter().any(|b| b.kind == BlockKind::Opaque));
        assert!(note.tokens.iter().all(|t| t.text(text) != "whosaid"));
    }
}
