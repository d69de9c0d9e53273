//! What CommonMark does not know and analysts write: wikilinks, citation keys, inline notes, comments, marks,
//! properties, references in brackets. One pass over a block's bytes, bounded looks ahead.

use super::addresses;
use super::citations::{Unconfirmed, is_cross_reference, is_reference, key_length, keys, unconfirmed};
use super::front_matter::property;
use super::{Marker, MarkerKind};
use crate::text::TextRange;

/// The longest wikilink, citation or shortcode, in bytes.
const LONGEST: usize = 600;

/// The longest inline note, in bytes.
const LONGEST_NOTE: usize = 4000;

/// The finds of a scan in a block.
#[derive(Debug, Default)]
pub(super) struct Inline {
    /// Ranges that are no prose, in any order.
    pub(super) holes: Vec<TextRange>,
    /// Markers; their block is not set.
    pub(super) markers: Vec<Marker>,
    /// Places of `%%`, and whether each begins its line.
    pub(super) percents: Vec<(u32, bool)>,
}

/// Reads `range` of `text`. `masked` (sorted) is skipped; addresses count only in `prose` (sorted). In plain text
/// (`markdown` false) only addresses, footnotes, citations and bracketed references are looked for.
pub(super) fn scan(
    text: &str,
    range: TextRange,
    masked: &[TextRange],
    prose: &[TextRange],
    markdown: bool,
    out: &mut Inline,
) {
    let source = range.of(text);
    let bytes = source.as_bytes();
    let base = range.start;
    let mut masked = mask_unconfirmed(text, range, masked, out);
    masked.extend(addresses::find(text, range, prose, &masked, &mut out.markers));
    masked.sort_unstable();
    let mut scan = Scan { source, base, out, highlight: None };
    let mut masked = masked.into_iter().peekable();
    let mut at = 0;
    if markdown {
        scan.lines();
    }
    while at < bytes.len() {
        let Some(next) = bytes[at..].iter().position(|b| INTERESTING[*b as usize]) else { break };
        at += next;
        let here = base + at as u32;
        while masked.next_if(|mask| mask.end <= here).is_some() {}
        if let Some(mask) = masked.peek().filter(|mask| mask.start <= here) {
            at = (mask.end - base) as usize;
            continue;
        }
        at += match bytes[at] {
            b'[' => scan.bracket(at, markdown),
            b'^' if markdown => scan.caret(at),
            b'@' if markdown => scan.key(at),
            b'=' if markdown => scan.equals(at),
            b'%' if markdown => scan.percent(at),
            b'(' if markdown => scan.parenthesis(at),
            b'{' if markdown => scan.brace(at),
            _ => 1,
        };
    }
}

/// Marks the words that are to be confirmed, each with all its bracket. Nothing in the brackets is a link, a citation or
/// a footnote of its own, so no other scan may look into them. Gives all that is masked then.
fn mask_unconfirmed(text: &str, range: TextRange, masked: &[TextRange], out: &mut Inline) -> Vec<TextRange> {
    let bounded = text.get(..range.end as usize).unwrap_or(text);
    let (mut found, mut marks) = (Vec::<TextRange>::new(), Vec::new());
    for at in memchr::memchr_iter(b'[', range.of(text).as_bytes()) {
        let at = range.start as usize + at;
        let here = at as u32;
        let next = masked.partition_point(|mask| mask.end <= here);
        let hidden = masked.get(next).is_some_and(|mask| mask.start <= here);
        if hidden || found.last().is_some_and(|last| here < last.end) {
            continue;
        }
        let Some(Unconfirmed { bracket, words }) = unconfirmed(bounded, at) else { continue };
        let bracket = TextRange::from_usize(bracket.start.max(range.start as usize), bracket.end);
        let words = TextRange::from_usize(words.start, words.end);
        marks.push(Marker { range: bracket, kind: MarkerKind::Unconfirmed { words }, block: u32::MAX });
        found.push(bracket);
    }
    let around = |at: u32| found.get(found.partition_point(|bracket| bracket.end <= at)).filter(|b| b.start <= at);
    // `[confirm: so][x]` is no link to x, whatever x is.
    let is_comment = |marker: &Marker| matches!(marker.kind, MarkerKind::Comment { .. });
    out.markers.retain(|marker| is_comment(marker) || around(marker.range.start).is_none());
    out.markers.append(&mut marks);
    out.holes.extend(&found);
    let outside = |mask: &TextRange| !around(mask.start).is_some_and(|bracket| bracket.contains_range(*mask));
    let mut all: Vec<TextRange> = masked.iter().copied().filter(outside).collect();
    all.extend(&found);
    all.sort_unstable();
    all
}

static INTERESTING: [bool; 256] = {
    let mut table = [false; 256];
    let signs = b"[^@=%({";
    let mut at = 0;
    while at < signs.len() {
        table[signs[at] as usize] = true;
        at += 1;
    }
    table
};

struct Scan<'t, 'o> {
    source: &'t str,
    base: u32,
    out: &'o mut Inline,
    /// The byte of a `==` that waits for its second.
    highlight: Option<usize>,
}

impl Scan<'_, '_> {
    fn range(&self, from: usize, to: usize) -> TextRange {
        TextRange::new(self.base + from as u32, self.base + to as u32)
    }

    fn hole(&mut self, from: usize, to: usize) {
        let range = self.range(from, to);
        self.out.holes.push(range);
    }

    fn mark(&mut self, from: usize, to: usize, kind: MarkerKind) {
        let range = self.range(from, to);
        self.out.markers.push(Marker { range, kind, block: u32::MAX });
    }

    fn rest(&self, at: usize) -> &str {
        self.source.get(at..).unwrap_or("")
    }

    fn before(&self, at: usize) -> Option<char> {
        self.source.get(..at)?.chars().next_back()
    }

    /// Lines that are no prose as a whole: `key:: value`, `::: {.note}`; and ` ^block-id` at a line's end.
    fn lines(&mut self) {
        if !self.source.contains("::") && !self.source.contains(" ^") {
            return;
        }
        let mut at = 0;
        let source = self.source;
        for line in source.split_inclusive('\n') {
            let content = line.trim_start_matches([' ', '>', '\t']);
            let from = at + line.len() - content.len();
            let kept = content.trim_end();
            if property(kept).is_some() || kept.starts_with(":::") {
                self.hole(from, from + kept.len());
            } else if let Some(caret) = kept.rfind(" ^") {
                let id = &kept[caret + 2..];
                if !id.is_empty() && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
                    self.hole(from + caret, from + kept.len());
                }
            }
            at += line.len();
        }
    }

    fn bracket(&mut self, at: usize, markdown: bool) -> usize {
        let rest = self.rest(at);
        if markdown && rest.starts_with("[[") {
            return self.wikilink(at);
        }
        if rest.starts_with("[^") {
            return self.footnote(at);
        }
        let limit = rest.len().min(LONGEST);
        let Some(end) =
            rest.as_bytes()[..limit].iter().skip(1).position(|b| matches!(b, b']' | b'[')).map(|offset| offset + 1)
        else {
            return 1;
        };
        if rest.as_bytes()[end] != b']' {
            return 1;
        }
        let inside = &rest[1..end];
        let linked = rest[end + 1..].starts_with(['(', '[']);
        if inside.contains('@') && !linked {
            let keys = keys(inside);
            if !keys.is_empty() {
                for key in keys {
                    let key = self.range(at + 1 + key.start, at + 1 + key.end);
                    self.mark(at, at + end + 1, MarkerKind::CitationKey { key, bracketed: true });
                }
                self.hole(at, at + end + 1);
                return end + 1;
            }
        }
        if markdown
            && let Some((key, _)) = inside.split_once(":: ")
            && property(&format!("{key}:: x")).is_some()
        {
            let value = at + 1 + key.len() + 3;
            self.hole(at, value);
            self.hole(at + end, at + end + 1);
            return 1;
        }
        if is_reference(inside) && !linked {
            self.mark(at, at + end + 1, MarkerKind::BracketReference);
            self.hole(at, at + end + 1);
            return end + 1;
        }
        if markdown && rest[end + 1..].starts_with("{.") {
            self.hole(at, at + 1);
        }
        1
    }

    /// `[[target#anchor|shown]]`
    fn wikilink(&mut self, at: usize) -> usize {
        let rest = self.rest(at);
        let mut limit = rest.len().min(LONGEST);
        while !rest.is_char_boundary(limit) {
            limit -= 1;
        }
        let Some(end) = rest[..limit].find("]]").filter(|end| *end > 2) else { return 2 };
        let inside = &rest[2..end];
        if inside.contains(['\n', '[']) {
            return 2;
        }
        let (left, shown) = match inside.find('|') {
            Some(bar) => (inside[..bar].trim_end_matches('\\'), Some(bar + 1..inside.len())),
            None => (inside, None),
        };
        let (target, anchor) = match left.find('#') {
            Some(hash) => (&left[..hash], Some(hash + 1..left.len())),
            None => (left, None),
        };
        let inner = at + 2;
        let embed = self.before(at) == Some('!');
        let start = at - usize::from(embed);
        let kind = MarkerKind::Wikilink {
            target: self.range(inner, inner + target.len()),
            anchor: anchor.map(|range| self.range(inner + range.start, inner + range.end)),
            shown: shown.clone().map(|range| self.range(inner + range.start, inner + range.end)),
            embed,
        };
        let prose = match shown {
            Some(shown) => shown,
            None if target.is_empty() => 1.min(left.len())..left.len(),
            None => target.rfind('/').map_or(0, |slash| slash + 1)..target.len(),
        };
        let (length, close) = (end + 2, at + end + 2);
        self.mark(start, close, kind);
        if embed {
            self.hole(start, close);
        } else {
            self.hole(start, inner + prose.start);
            self.hole(inner + prose.end, close);
        }
        length
    }

    /// `[^label]` that has no definition: pulldown-cmark takes it for text.
    fn footnote(&mut self, at: usize) -> usize {
        let rest = self.rest(at);
        let Some(end) = rest.bytes().take(120).position(|b| b == b']') else { return 2 };
        let label = &rest[2..end];
        if label.is_empty() || label.contains(char::is_whitespace) || label.contains('[') {
            return 2;
        }
        let label = self.range(at + 2, at + end);
        self.mark(at, at + end + 1, MarkerKind::FootnoteReference { label });
        self.hole(at, at + end + 1);
        end + 1
    }

    /// `^[an inline note]`
    fn caret(&mut self, at: usize) -> usize {
        let rest = self.rest(at);
        if !rest.starts_with("^[") {
            return 1;
        }
        let mut depth = 0usize;
        for (offset, byte) in rest.bytes().enumerate().take(LONGEST_NOTE).skip(1) {
            match byte {
                b'[' => depth += 1,
                b']' => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                let body = self.range(at + 2, at + offset);
                self.mark(at, at + offset + 1, MarkerKind::InlineFootnote { body });
                self.hole(at, at + offset + 1);
                return offset + 1;
            }
        }
        2
    }

    /// A bare `@key`, not the `@` of a mail address.
    fn key(&mut self, at: usize) -> usize {
        if self.before(at).is_some_and(|c| c.is_alphanumeric() || matches!(c, '.' | '/' | '@' | '\\')) {
            return 1;
        }
        let len = key_length(self.rest(at + 1));
        if len == 0 || is_cross_reference(&self.rest(at + 1)[..len]) {
            return 1;
        }
        let key = self.range(at + 1, at + 1 + len);
        self.mark(at, at + 1 + len, MarkerKind::CitationKey { key, bracketed: false });
        1 + len
    }

    /// `==mark==`
    fn equals(&mut self, at: usize) -> usize {
        let run = self.rest(at).bytes().take_while(|b| *b == b'=').count();
        if run != 2 {
            return run;
        }
        let after = self.rest(at + 2).chars().next().is_none_or(char::is_whitespace);
        let before = self.before(at).is_none_or(char::is_whitespace);
        match self.highlight.take() {
            Some(open) if !before => {
                self.hole(open, open + 2);
                self.hole(at, at + 2);
            }
            _ if !after => self.highlight = Some(at),
            _ => {}
        }
        2
    }

    fn percent(&mut self, at: usize) -> usize {
        let run = self.rest(at).bytes().take_while(|b| *b == b'%').count();
        if run == 2 {
            let line = self.source[..at].rsplit('\n').next().unwrap_or("");
            let first = line.len() <= 64 && line.trim_start_matches([' ', '>', '\t']).is_empty();
            self.out.percents.push((self.base + at as u32, first));
        }
        run
    }

    /// `((8c3f…))`, and `(key:: value)`.
    fn parenthesis(&mut self, at: usize) -> usize {
        let rest = self.rest(at);
        if let Some(id) = rest.strip_prefix("((").and_then(|inner| inner.get(..36)) {
            let fits = id.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-') && rest.get(38..40) == Some("))");
            if fits {
                self.hole(at, at + 40);
                return 40;
            }
        }
        let head = rest.bytes().take(44).position(|b| b == b':');
        if let Some(colon) = head.filter(|colon| rest[*colon..].starts_with(":: "))
            && property(&format!("{}:: x", &rest[1..colon])).is_some()
            && let Some(end) = rest.bytes().take(LONGEST).position(|b| b == b')')
        {
            self.hole(at, at + colon + 3);
            self.hole(at + end, at + end + 1);
        }
        1
    }

    /// `{{< video >}}`, `{{ .Page }}`, `{% raw %}`, and attributes: `[text]{.class}`, `# Title {#id}`.
    fn brace(&mut self, at: usize) -> usize {
        let rest = self.rest(at);
        let close = if rest.starts_with("{{") {
            "}}"
        } else if rest.starts_with("{%") {
            "%}"
        } else if rest[1..].starts_with(['.', '#']) {
            "}"
        } else {
            return 1;
        };
        let Some(end) =
            rest.as_bytes()[..rest.len().min(LONGEST)].windows(close.len()).position(|w| w == close.as_bytes())
        else {
            return 1;
        };
        let from = if close == "}" && self.before(at) == Some(']') { at - 1 } else { at };
        self.hole(from, at + end + close.len());
        end + close.len()
    }
}
