//! Text for a hover: lines of plain, strong and linked words, shown as Markdown or as plain text.
//!
//! What is linked is a place in a file; the address of that place is the protocol's to make, so that a client which
//! opens no links loses nothing but the links.

use crate::features::FileRange;

/// A run of words in one style.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// As it is.
    Text(String),
    /// Strong.
    Strong(String),
    /// Words that lead to a place.
    Link(String, FileRange),
    /// Words that lead to an address of the web.
    Address(String, String),
    /// Markdown written by us, such as a rule's page; shown as it is.
    Markdown(String),
}

/// Lines of a hover.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Card {
    lines: Vec<Vec<Piece>>,
}

impl Card {
    /// Begins a line.
    pub fn line(&mut self) -> &mut Self {
        self.lines.push(Vec::new());
        self
    }

    /// Adds plain words to the last line.
    pub fn text(&mut self, text: impl Into<String>) -> &mut Self {
        self.push(Piece::Text(text.into()))
    }

    /// Adds strong words to the last line.
    pub fn strong(&mut self, text: impl Into<String>) -> &mut Self {
        self.push(Piece::Strong(text.into()))
    }

    /// Adds words that lead to a place.
    pub fn link(&mut self, text: impl Into<String>, to: FileRange) -> &mut Self {
        self.push(Piece::Link(text.into(), to))
    }

    /// Adds words that lead to an address of the web; plain words if the address is no such thing.
    pub fn address(&mut self, text: impl Into<String>, address: &str) -> &mut Self {
        let sound = (address.starts_with("https://") || address.starts_with("http://"))
            && !address.contains(|c: char| c.is_whitespace() || c == '<' || c == '>');
        if sound { self.push(Piece::Address(text.into(), address.to_owned())) } else { self.text(text) }
    }

    /// Adds Markdown that was written by us.
    pub fn markdown_text(&mut self, text: impl Into<String>) -> &mut Self {
        self.push(Piece::Markdown(text.into()))
    }

    /// Adds any piece to the last line.
    pub fn push(&mut self, piece: Piece) -> &mut Self {
        if self.lines.is_empty() {
            self.lines.push(Vec::new());
        }
        if let Some(last) = self.lines.last_mut() {
            last.push(piece);
        }
        self
    }

    /// Adds the lines of another card.
    pub fn append(&mut self, other: &Card) -> &mut Self {
        self.lines.extend(other.lines.iter().cloned());
        self
    }

    /// Number of lines.
    #[must_use]
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// Returns `true` if nothing was written on any line.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.lines.iter().all(Vec::is_empty)
    }

    /// As Markdown. `link` gives the address of a place, or none where it cannot be opened.
    #[must_use]
    pub fn markdown(&self, link: &dyn Fn(FileRange) -> Option<String>) -> String {
        let mut out = String::new();
        for (at, line) in self.lines.iter().enumerate() {
            if at > 0 {
                let broken = !line.is_empty() && self.lines.get(at - 1).is_some_and(|before| !before.is_empty());
                out.push_str(if broken { "  \n" } else { "\n" });
            }
            for piece in line {
                match piece {
                    Piece::Text(text) => escape(text, &mut out),
                    Piece::Strong(text) => {
                        out.push_str("**");
                        escape(text, &mut out);
                        out.push_str("**");
                    }
                    Piece::Link(text, to) => match link(*to) {
                        // What can be clicked needs no brackets to say so, and editors show escaped ones as they are.
                        Some(address) => linked(&text.replace("[[", "").replace("]]", ""), Some(address), &mut out),
                        None => escape(text, &mut out),
                    },
                    Piece::Address(text, address) => linked(text, Some(address.clone()), &mut out),
                    Piece::Markdown(text) => out.push_str(text),
                }
            }
        }
        out
    }

    /// As plain text.
    #[must_use]
    pub fn plain(&self) -> String {
        let words = |piece: &Piece| match piece {
            Piece::Text(text) | Piece::Strong(text) | Piece::Link(text, _) | Piece::Markdown(text) => text.clone(),
            Piece::Address(text, address) if text == address => text.clone(),
            Piece::Address(text, address) => format!("{text} <{address}>"),
        };
        let lines: Vec<String> = self.lines.iter().map(|line| line.iter().map(words).collect()).collect();
        lines.join("\n")
    }
}

fn linked(text: &str, address: Option<String>, out: &mut String) {
    let Some(address) = address else { return escape(text, out) };
    out.push('[');
    escape(text, out);
    out.push_str("](<");
    out.push_str(&address);
    out.push_str(">)");
}

/// Words as Markdown that shows exactly them.
#[must_use]
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    escape(text, &mut out);
    out
}

fn escape(text: &str, out: &mut String) {
    for (at, c) in text.char_indices() {
        let begins_block = at == 0 && out.ends_with(['\n']) | out.is_empty() && matches!(c, '#' | '>' | '-' | '+');
        if begins_block || matches!(c, '\\' | '*' | '_' | '[' | ']' | '<' | '`' | '|' | '~') {
            out.push('\\');
        }
        out.push(if c == '\n' || c == '\r' { ' ' } else { c });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::TextRange;
    use crate::workspace::FileId;

    #[test]
    fn a_wikilink_that_can_be_clicked_has_no_brackets() {
        let mut card = Card::default();
        card.link("[[talks]]:7", FileRange { file: FileId(0), range: TextRange::empty(7) });
        assert_eq!(card.markdown(&|_| Some("file:///talks.md#L7".to_owned())), "[talks:7](<file:///talks.md#L7>)");
        assert_eq!(card.markdown(&|_| None), "\\[\\[talks\\]\\]:7");
        assert_eq!(card.plain(), "[[talks]]:7");
    }

    #[test]
    fn prose_is_shown_as_written_and_links_only_where_they_open() {
        let mut card = Card::default();
        let to = FileRange { file: FileId(0), range: TextRange::empty(7) };
        card.line().strong("Haddad_1").text(" [sic] ").link("11 notes", to);
        card.line().text("# not a heading").address(" page", "javascript:alert(1)");
        let open = |at: FileRange| Some(format!("file:///a.md#L{}", at.range.start));
        let linked = "**Haddad\\_1** \\[sic\\] [11 notes](<file:///a.md#L7>)  \n\\# not a heading page";
        assert_eq!(card.markdown(&open), linked);
        assert_eq!(card.markdown(&|_| None), "**Haddad\\_1** \\[sic\\] 11 notes  \n\\# not a heading page");
        assert_eq!(card.plain(), "Haddad_1 [sic] 11 notes\n# not a heading page");
    }
}
