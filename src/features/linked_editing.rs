//! What changes together while one types: a footnote's label at its text and at its references.
//!
//! Nothing else does. A name's other mentions are not all to follow (quotations, sources), and a heading's links stand
//! in other notes: for both there is `rename`.

use super::FilePosition;
use super::footnotes;
use crate::text::TextRange;
use crate::workspace::Snapshot;

/// The signs of a label, as a regular expression of JavaScript: while the caret stays within, the typing is shared.
pub const LABEL: &str = r"[^\s\[\]\^]+";

/// The places of the label under the caret, if there are several, all spelled alike.
#[must_use]
pub fn linked_editing(snapshot: &Snapshot, position: FilePosition) -> Option<Vec<TextRange>> {
    let note = snapshot.full(position.file)?;
    let text = note.text.as_deref()?;
    let own = footnotes::at(note, text, position.offset).filter(|label| label.touches(position.offset))?;
    let same: Vec<TextRange> =
        footnotes::labels(note).filter(|label| footnotes::same(label.of(text), own.of(text))).collect();
    // Editors copy what is typed letter by letter: what is spelled otherwise would be spoilt.
    let alike = same.iter().all(|label| label.of(text) == own.of(text));
    (alike && same.len() > 1).then_some(same)
}

#[cfg(test)]
mod tests {
    use super::super::testing::at_caret;
    use super::*;

    #[track_caller]
    fn check(written: &str, expected: &[&str]) {
        let (snapshot, position) = at_caret(written);
        let text = snapshot.full(position.file).unwrap().text.clone().unwrap();
        let found = linked_editing(&snapshot, position).unwrap_or_default();
        assert_eq!(found.iter().map(|range| range.of(&text)).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn a_label_and_its_text_change_together() {
        check("One.[^lo$0g] Two.[^log] Three.[^1]\n\n[^log]: Log.\n", &["log", "log", "log"]);
        check("One.[^log]\n\n[^log$0]: Log.\n", &["log", "log"]);
    }

    #[test]
    fn nothing_else_does() {
        for written in [
            "One.[^lo$0g]\n",
            "One.[^Log]\n\n[^lo$0g]: Log.\n",
            "One$0.[^1]\n\n[^1]: x\n",
            "{p1:Ha$0ddad} {p1:Haddad}\n",
            "$0",
        ] {
            check(written, &[]);
        }
    }
}
