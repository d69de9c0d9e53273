//! Moving about in a block: words before and after a place, white space, marks, holes.

use super::Splitter;
use crate::structure::front_matter::property;
use crate::text::TextRange;

impl Splitter<'_> {
    /// Past opening quotation marks, brackets, dashes and markup.
    pub(super) fn skip_openers(&self, mut at: usize) -> usize {
        while at < self.end {
            if let Some(hole) = self.hole_from(at) {
                at = hole.end as usize;
                continue;
            }
            match self.char_at(at) {
                Some(
                    c @ ('"' | '\'' | '“' | '‘' | '„' | '«' | '(' | '[' | '-' | '–' | '—' | '*' | '_' | '¿' | '¡'),
                ) => {
                    at += c.len_utf8();
                }
                Some(c) if is_space(c) => at += c.len_utf8(),
                _ => break,
            }
        }
        at
    }

    /// Past white space and holes that stand for it (a quotation's `> ` at a line's start).
    pub(super) fn skip_space(&self, mut at: usize) -> usize {
        while at < self.end {
            if let Some(hole) = self.hole_from(at).filter(|hole| self.is_white(*hole)) {
                at = hole.end as usize;
                continue;
            }
            match self.char_at(at) {
                Some(c) if is_space(c) => at += c.len_utf8(),
                _ => break,
            }
        }
        at
    }

    /// The word that ends at `to`: back to white space or an opening mark, 24 bytes at most.
    pub(super) fn word_before(&self, start: usize, to: usize) -> &str {
        let mut from = start.max(to.saturating_sub(24));
        while !self.text.is_char_boundary(from) {
            from += 1;
        }
        let piece = self.text.get(from..to).unwrap_or("");
        let opens = |c: char| {
            is_space(c)
                || matches!(c, '(' | '[' | '"' | '“' | '”' | '‘' | '\'' | '—' | '–' | '/' | '-' | '$' | '*' | '>' | ',')
        };
        piece.rsplit(opens).next().unwrap_or("")
    }

    /// The word that begins at `at`, letters and digits only.
    pub(super) fn word_from(&self, at: usize) -> &str {
        let rest = &self.text[at..];
        let end =
            rest.char_indices().take(40).find(|(_, c)| !c.is_alphanumeric()).map_or(rest.len().min(40), |(i, _)| i);
        rest.get(..end).unwrap_or("")
    }

    /// `A.` after an abbreviation is one more initial, not the article.
    pub(super) fn is_initial(&self, word: &str) -> bool {
        let end = word.as_ptr() as usize - self.text.as_ptr() as usize + word.len();
        word.len() == 1 && self.char_at(end) == Some('.')
    }

    /// `al-Haddad`, `iPort`: a name that begins small.
    pub(super) fn is_small_name(&self, at: usize) -> bool {
        let rest = &self.text.as_bytes()[at..];
        let small = rest.iter().take(4).take_while(|b| b.is_ascii_lowercase()).count();
        let hyphen = usize::from(rest.get(small) == Some(&b'-'));
        (1..=3).contains(&small) && rest.get(small + hyphen).is_some_and(u8::is_ascii_uppercase)
    }

    /// Returns `true` if white space stands before byte `at`.
    pub(super) fn is_space_before(&self, at: usize) -> bool {
        self.text[..at].chars().next_back().is_some_and(is_space)
    }

    /// The character that begins at byte `at`.
    pub(super) fn char_at(&self, at: usize) -> Option<char> {
        self.text.get(at..)?.chars().next()
    }

    /// Returns `true` if byte `at` lies in a hole.
    pub(super) fn is_hole(&self, at: usize) -> bool {
        self.hole_from(at).is_some()
    }

    /// The hole that begins at `at` (or holds it).
    pub(super) fn hole_from(&self, at: usize) -> Option<TextRange> {
        if self.holes.first().is_none_or(|hole| hole.start as usize > at) {
            return None;
        }
        let index = self.holes.partition_point(|hole| hole.end as usize <= at);
        self.holes.get(index).copied().filter(|hole| hole.start as usize <= at)
    }

    /// The hole that ends at `at`.
    pub(super) fn hole_before(&self, at: usize) -> Option<TextRange> {
        let index = self.holes.partition_point(|hole| (hole.end as usize) < at);
        self.holes.get(index).copied().filter(|hole| hole.end as usize == at)
    }

    /// Holes that stand between sentences: a line's `> `, comments, properties, fences of divs.
    pub(super) fn is_white(&self, hole: TextRange) -> bool {
        let inside = hole.of(self.text);
        let between = ["%%", "<!--", ":::"].iter().any(|sign| inside.starts_with(sign));
        between || property(inside).is_some() || inside.bytes().all(|b| b.is_ascii_whitespace() || b == b'>')
    }

    /// Returns `true` if a hole is a footnote or a citation.
    pub(super) fn is_citation(&self, hole: TextRange) -> bool {
        let inside = hole.of(self.text);
        inside.starts_with("[^") || inside.starts_with("^[") || (inside.starts_with('[') && inside.contains('@'))
    }
}

/// Returns `true` for white space, marks of no width included.
pub(super) fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}')
}

/// Returns `true` for marks that close a quotation or bracket and stand for nothing else.
pub(super) fn is_closing_quote(c: char) -> bool {
    matches!(c, '”' | '’' | '»' | '›' | '」' | '』' | '）' | '】' | '〉' | '》')
}

/// `[12]`, `[S-03]`, `[^a]` glued to a stop.
pub(super) fn reference_length(rest: &str) -> Option<usize> {
    let end = rest.bytes().take(24).position(|b| b == b']')?;
    let inside = rest.get(1..end)?;
    let fits = inside.starts_with(['^', '@']) || inside.bytes().all(|b| b.is_ascii_digit() || b"-, ".contains(&b));
    let code = inside.bytes().any(|b| b.is_ascii_digit()) && !inside.contains(' ');
    (!inside.is_empty() && (fits || code)).then_some(end + 1)
}
