//! What is being typed at the caret: a link, a key, a label, a name, a term, a field of the front matter, or nothing
//! that anything here knows about.

use crate::analysis::NoteFacts;
use crate::structure::{BlockKind, Format, MarkerKind};
use crate::text::TextRange;

/// The construct that is being typed. Ranges end at the caret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Context {
    /// The target of a wikilink.
    Wikilink(Typed),
    /// The heading of a wikilink, and the target before it.
    Heading(Typed, TextRange),
    /// The label of a footnote; whether it stands at the start of its line, as definitions do.
    Footnote(Typed, bool),
    /// A citation key; whether it stands in brackets.
    Citation(Typed, bool),
    /// A key of the front matter.
    FrontKey(Typed),
    /// A value of the front matter, and the bytes of its key.
    FrontValue(Typed, TextRange),
    /// A capitalised word, with where it and the capitalised words before it begin, longest phrase first.
    Name(Typed, Vec<u32>),
    /// A word in lower case, with where it and the words before it begin, longest phrase first.
    Term(Typed, Vec<u32>),
}

/// The ranges of a word that is being typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Typed {
    /// Up to the caret.
    pub before: TextRange,
    /// All of what stands there already.
    pub whole: TextRange,
    /// True if its closing sign stands there already.
    pub closed: bool,
}

/// Most words before the caret that a name or term is looked for in.
const WORDS_BACK: usize = 3;

/// The construct that is being typed at byte `at`; none where nothing here knows it.
#[must_use]
pub(super) fn at(text: &str, facts: &NoteFacts, at: u32) -> Option<Context> {
    let line = Line::around(text, at)?;
    let note = &facts.note;
    if let Some(front) = &note.front_matter
        && front.range.contains(at)
    {
        return (at > front.range.start + 3).then(|| front_matter(text, &line, front.range)).flatten();
    }
    let block = note.block_at(at).and_then(|index| note.blocks.get(index));
    let comment = |range: TextRange, kind: &MarkerKind| {
        matches!(kind, MarkerKind::Comment { .. }) && range.contains(at) && range.start < at
    };
    // A line of nothing but a link is no prose either, but no code.
    let is_code =
        |range: TextRange| range.contains(at.saturating_sub(1)) && !range.of(text).starts_with(['[', '@', '!']);
    if block.is_some_and(|block| block.kind == BlockKind::Opaque && is_code(block.range))
        || note.markers.iter().any(|marker| comment(marker.range, &marker.kind))
    {
        return None;
    }
    if note.format == Format::Markdown {
        if line.before.matches('`').count() % 2 == 1 {
            return None;
        }
        let marked = line.wikilink().or_else(|| line.footnote()).or_else(|| line.citation());
        if marked.is_some() {
            return marked;
        }
    }
    // What points elsewhere is no prose: addresses, link targets, markers.
    let last = at.checked_sub(1)?;
    let elsewhere = |range: TextRange, kind: &MarkerKind| match kind {
        MarkerKind::Link { text, .. } => range.contains(last) && !text.touches(at),
        _ => false,
    };
    if note.markers.iter().any(|marker| elsewhere(marker.range, &marker.kind)) {
        return None;
    }
    if block.is_some_and(|block| block.holes.iter().any(|hole| hole.contains(last))) {
        return None;
    }
    line.prose()
}

/// The line of the caret.
struct Line<'t> {
    start: u32,
    at: u32,
    before: &'t str,
    after: &'t str,
}

impl<'t> Line<'t> {
    fn around(text: &'t str, at: u32) -> Option<Self> {
        let (before, after) = (text.get(..at as usize)?, text.get(at as usize..)?);
        let start = before.rfind(['\n', '\r']).map_or(0, |end| end + 1);
        let end = after.find(['\n', '\r']).unwrap_or(after.len());
        Some(Self { start: start as u32, at, before: before.get(start..)?, after: after.get(..end)? })
    }

    /// The word that was typed from byte `from` of the line on, with `after` bytes of what follows.
    fn typed(&self, from: usize, after: usize, closed: bool) -> Typed {
        let start = self.start + from as u32;
        Typed { before: TextRange::new(start, self.at), whole: TextRange::new(start, self.at + after as u32), closed }
    }

    fn wikilink(&self) -> Option<Context> {
        let open = self.before.rfind("[[")? + 2;
        let inner = self.before.get(open..)?;
        if inner.contains("]]") || inner.contains(['|', '[']) {
            return None;
        }
        // What follows belongs to the link if it is closed before another one opens.
        let rest = self.after.split_once("]]").map(|(rest, _)| rest).filter(|rest| !rest.contains('['));
        let closed = rest.is_some();
        let length_to = |signs: &[char]| rest.and_then(|rest| rest.split(signs).next()).map_or(0, str::len);
        match inner.rfind('#') {
            Some(sign) => {
                let typed = self.typed(open + sign + 1, length_to(&['|']), closed);
                let target = TextRange::new(self.start + open as u32, self.start + (open + sign) as u32);
                Some(Context::Heading(typed, target))
            }
            None => Some(Context::Wikilink(self.typed(open, length_to(&['|', '#']), closed))),
        }
    }

    fn footnote(&self) -> Option<Context> {
        let is_label = |c: char| !c.is_whitespace() && !matches!(c, '[' | ']' | '^');
        let (head, label) = self.before.rsplit_once("[^")?;
        if !label.chars().all(is_label) {
            return None;
        }
        let (rest, behind) = split_while(self.after, is_label);
        let closed = behind.starts_with(']');
        let typed = self.typed(head.len() + 2, if closed { rest.len() } else { 0 }, closed);
        Some(Context::Footnote(typed, head.trim().is_empty()))
    }

    fn citation(&self) -> Option<Context> {
        let is_key = |c: char| c.is_alphanumeric() || "_:.#$%&-+?<>~/".contains(c);
        let (head, key) = self.before.rsplit_once('@')?;
        if !key.chars().all(is_key) {
            return None;
        }
        let opens = |c: char| c.is_whitespace() || matches!(c, '[' | '(' | ';' | ',' | '-' | '—' | '–');
        if !head.chars().next_back().is_none_or(opens) {
            return None;
        }
        let (rest, _) = split_while(self.after, is_key);
        let rest = rest.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '_');
        let bracketed = head.rsplit_once('[').is_some_and(|(_, within)| !within.contains(']'));
        Some(Context::Citation(self.typed(head.len() + 1, rest.len(), false), bracketed))
    }

    fn prose(&self) -> Option<Context> {
        let is_word = |c: char| c.is_alphanumeric() || matches!(c, '-' | '’' | '\'');
        let start = self.before.trim_end_matches(is_word).len();
        let (mut head, word) = self.before.split_at_checked(start)?;
        let first = word.chars().next()?;
        let (rest, _) = split_while(self.after, is_word);
        let typed = self.typed(start, rest.len(), false);
        // Particles are written small: "al-Haddad".
        let is_name = word.contains(char::is_uppercase);
        // Part of an address, a tag or a file's name.
        let within = head.ends_with(['/', '@', '#', '_', '.', ':', '\\']);
        if !first.is_alphabetic() || within {
            return None;
        }
        let mut starts = vec![start];
        while starts.len() <= WORDS_BACK {
            let Some(gap) = head.strip_suffix(' ') else { break };
            let next = gap.trim_end_matches(is_word).len();
            let Some((before, word)) = gap.split_at_checked(next) else { break };
            let Some(letter) = word.chars().next() else { break };
            if word.contains(char::is_uppercase) != is_name || !letter.is_alphabetic() {
                break;
            }
            starts.push(next);
            head = before;
        }
        let starts = starts.iter().rev().map(|&at| self.start + at as u32).collect();
        Some(if is_name { Context::Name(typed, starts) } else { Context::Term(typed, starts) })
    }
}

/// The key or value under the caret. Only YAML: other heads are rarely written by hand.
fn front_matter(text: &str, line: &Line<'_>, front: TextRange) -> Option<Context> {
    if !text.get(front.start as usize..)?.starts_with("---") {
        return None;
    }
    let indented = line.before.starts_with([' ', '\t', '-']);
    let Some(colon) = line.before.find(':').filter(|_| !indented) else {
        if indented {
            return list_value(text, line);
        }
        let is_key = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
        if !line.before.chars().all(is_key) {
            return None;
        }
        let (rest, behind) = split_while(line.after, is_key);
        return Some(Context::FrontKey(line.typed(0, rest.len(), behind.starts_with(':'))));
    };
    let key = TextRange::new(line.start, line.start + colon as u32);
    let value = line.before.get(colon + 1..)?;
    let from = match value.trim_start().strip_prefix('[') {
        Some(_) => value.rfind([',', '[']).map_or(0, |sign| sign + 1),
        None if value.is_empty() => return None,
        None => 0,
    };
    Some(Context::FrontValue(value_typed(line, colon + 1 + from), key))
}

/// An element of a list, each on a line of its own.
fn list_value(text: &str, line: &Line<'_>) -> Option<Context> {
    let dash = line.before.len() - line.before.trim_start().len();
    let value = line.before.get(dash..)?.strip_prefix("- ")?;
    if value.contains(": ") {
        return None;
    }
    let mut end = line.start as usize;
    while let Some(above) = text.get(..end)?.strip_suffix('\n') {
        let start = above.rfind('\n').map_or(0, |newline| newline + 1);
        let above_line = above.get(start..)?.trim_end();
        if !above_line.starts_with([' ', '\t', '-']) {
            let key = above_line.strip_suffix(':')?;
            return Some(Context::FrontValue(
                value_typed(line, dash + 2),
                TextRange::from_usize(start, start + key.len()),
            ));
        }
        end = start;
    }
    None
}

/// A value from a byte of the line on, without the space and quote before it.
fn value_typed(line: &Line<'_>, from: usize) -> Typed {
    let value = line.before.get(from..).unwrap_or("");
    let start = line.before.len() - value.trim_start().trim_start_matches(['"', '\'']).len();
    let rest = line.after.split([',', ']', '"', '\'', '#']).next().unwrap_or("").trim_end();
    let behind = line.after.get(rest.len()..).unwrap_or("");
    line.typed(start, rest.len(), behind.trim_start().starts_with(['"', '\'']))
}

/// Splits a text behind the characters at its beginning that belong to a word.
fn split_while(text: &str, belongs: impl Fn(char) -> bool) -> (&str, &str) {
    let rest = text.trim_start_matches(belongs);
    text.split_at_checked(text.len() - rest.len()).unwrap_or((text, ""))
}
