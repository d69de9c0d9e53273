//! A file in one pass: entries, their fields, the parts of their values. Nothing is decoded and nothing followed.
//!
//! An entry ends where its brace closes. Where one never does, or only with entries in its values, it ends before the
//! next line that begins like an entry, and so does every one after it that is not closed. What begins like an entry with
//! a key in the middle of a line (`@misc{b,`) is one where a field would have to stand, and in an entry that is known not
//! to be closed. No part of a file is passed over more than a fixed number of times.

use super::words::{self, is_key};
use super::{Entry, Field, LARGEST_VALUE, MOST_ENTRIES, Part};
use crate::gate::{DEEPEST, Refusal};
use crate::text::TextRange;

/// An abbreviation that `@string` defines.
#[derive(Clone, Debug)]
pub(super) struct Definition {
    /// The abbreviation, in bytes of the text.
    pub(super) name: TextRange,
    /// Its value, part by part.
    pub(super) value: Vec<Part>,
}

/// The pass's findings.
#[derive(Debug, Default)]
pub(super) struct Scan<'t> {
    text: &'t str,
    at: usize,
    /// The byte at which the entry at hand must end at the latest.
    limit: usize,
    /// The character that closes the entry at hand.
    close: char,
    /// The entries, by place.
    pub(super) entries: Vec<Entry>,
    /// The abbreviations, by place.
    pub(super) definitions: Vec<Definition>,
    /// The faults, in the order they were met.
    pub(super) refusals: Vec<Refusal>,
    /// Bytes passed, those that were passed twice counted twice.
    pub(super) worked: usize,
}

/// Entries within one that is not closed that are looked at. People forget one brace, and write one entry after it.
const MOST_WITHIN: usize = 8;

/// The entry at hand does not end before its limit.
struct Unclosed;

/// Why a value is not as it must be.
struct Broken(&'static str);

const NOT_CLOSED: &str = "This entry is not closed: add its closing brace. The next one is read again.";
const NO_KEY: &str = "This entry has no key to cite it by: write one word and a comma after its opening brace.";

impl<'t> Scan<'t> {
    /// Passes over a file.
    pub(super) fn of(text: &'t str) -> Self {
        let mut scan = Self { text, ..Self::default() };
        // Whether an entry, or a comment, has been met that is never closed: from then on a line may end it.
        let (mut entries_end, mut comments_end) = (false, false);
        // Where the entry that is not closed ends at the latest, and how many within it were looked at.
        let (mut open_to, mut within) = (0, 0);
        while let Some(head) = scan.next_head() {
            if scan.entries.len().max(scan.definitions.len()) >= MOST_ENTRIES {
                scan.refuse(scan.line(head), "This library has too many entries (500 000): from here on none is read.");
                break;
            }
            let ends = if scan.is_comment(head) { &mut comments_end } else { &mut entries_end };
            if *ends || scan.entry(head, text.len()).is_err() {
                *ends = true;
                let limit = words::next_head_of_line(text, head + 1);
                if scan.entry(head, limit).is_err() {
                    scan.refuse(scan.line(head), NOT_CLOSED);
                    within = if open_to == limit { within + 1 } else { 0 };
                    open_to = limit;
                    let inner = words::next_entry(text, head + 1, limit).filter(|_| within < MOST_WITHIN);
                    scan.at = inner.filter(|_| !scan.is_comment(head)).unwrap_or(limit);
                }
            }
        }
        scan.refusals.sort_by_key(|refusal| refusal.range);
        scan
    }

    fn refuse(&mut self, range: TextRange, message: &str) {
        self.refusals.push(Refusal::new(range, message));
    }

    /// The next `@` that begins an entry.
    fn next_head(&mut self) -> Option<usize> {
        loop {
            let head = self.at + memchr::memchr(b'@', self.text.as_bytes().get(self.at..)?)?;
            self.worked += head + 1 - self.at;
            self.at = head + 1;
            if words::is_head(self.text, head) {
                return Some(head);
            }
            if words::lacks_brace(self.text, head) {
                self.refuse(
                    self.line(head),
                    "This entry has no opening brace: write it after its type, before its key.",
                );
            }
        }
    }

    fn is_comment(&self, head: usize) -> bool {
        self.text.get(head + 1..head + 8).is_some_and(|word| word.eq_ignore_ascii_case("comment"))
    }

    /// From a place to the end of its line.
    fn line(&self, from: usize) -> TextRange {
        let rest = &self.text[from..];
        TextRange::from_usize(from, from + rest.lines().next().unwrap_or("").len())
    }

    /// Takes the entry at `head`. On an error nothing of it is kept.
    fn entry(&mut self, head: usize, limit: usize) -> Result<(), Unclosed> {
        let before = self.refusals.len();
        (self.at, self.limit) = (head + 1, limit);
        let taken = self.block(head);
        self.worked += self.at - head;
        if taken.is_err() {
            self.refusals.truncate(before);
        }
        taken
    }

    fn block(&mut self, head: usize) -> Result<(), Unclosed> {
        let kind = self.word();
        self.space();
        self.close = if self.eat('(') { ')' } else { '}' };
        if self.close == '}' && !self.eat('{') {
            return Err(Unclosed);
        }
        match self.text[kind.span()].to_ascii_lowercase().as_str() {
            "comment" | "preamble" => self.pass(false),
            "string" => {
                let (fields, closed) = self.fields()?;
                let defined = |field: Field| field.value.map(|value| Definition { name: field.name, value });
                self.definitions.extend(fields.into_iter().filter_map(defined));
                if !closed {
                    self.refuse(self.line(head), NOT_CLOSED);
                }
                Ok(())
            }
            _ => self.body(head, kind),
        }
    }

    fn body(&mut self, head: usize, kind: TextRange) -> Result<(), Unclosed> {
        self.space();
        if self.at_next_entry() {
            self.refuse(self.line(head), NOT_CLOSED);
            return Ok(());
        }
        let start = self.at;
        while self.peek().is_some_and(|c| is_key(c) && c != self.close && c != '=') {
            self.step();
        }
        let key = TextRange::from_usize(start, self.at);
        self.blank();
        let ends = self.peek().ok_or(Unclosed)?;
        if key.is_empty() || !(ends == ',' || ends == self.close) {
            let before = self.refusals.len();
            self.refuse(self.line(head), NO_KEY);
            self.pass(false)?;
            self.refusals.truncate(before + 1);
            return Ok(());
        }
        let (fields, closed) = self.fields()?;
        let line = self.line(head);
        if !closed {
            self.refuse(line, NOT_CLOSED);
        }
        self.entries.push(Entry { key, head: line, kind, fields, ids: Vec::new(), parents: Vec::new() });
        Ok(())
    }

    /// The fields up to the closing brace, and whether there was one. Where the next entry begins in the place of a field,
    /// the brace is missing.
    fn fields(&mut self) -> Result<(Vec<Field>, bool), Unclosed> {
        let mut fields = Vec::new();
        loop {
            while self.blank() || self.eat(',') {}
            match self.peek() {
                None => return Ok((fields, false)),
                Some('@') if self.at_next_entry() => return Ok((fields, false)),
                Some(c) if c == self.close => {
                    self.step();
                    return Ok((fields, true));
                }
                Some(_) => {}
            }
            let name = self.word();
            if name.is_empty() {
                let here = crate::gate::byte_at(self.text, self.at);
                self.refuse(here, "A field is expected here: write name = {value} and a comma.");
                self.pass(true)?;
                continue;
            }
            self.blank();
            if !self.eat('=') {
                self.refuse(name, "This field has no value: write name = {value} and a comma.");
                self.pass(true)?;
                continue;
            }
            self.blank();
            let from = self.at;
            let taken = self.value()?;
            if !words::may_quote_entries(name.of(self.text))
                && words::next_head_of_line(&self.text[..self.at], from) < self.at
            {
                // The brace that closes this value was meant for an entry further down.
                return Err(Unclosed);
            }
            let mut value = match taken {
                Ok(value) => Some(value),
                Err(Broken(why)) => {
                    self.refuse(name, why);
                    None
                }
            };
            self.blank();
            if !self.ends_field() {
                let after = self.at;
                let is_field = !self.word().is_empty() && {
                    self.blank();
                    self.peek() == Some('=')
                };
                self.at = after;
                if !is_field {
                    self.pass(true)?;
                }
                if value.is_some() {
                    self.refuse(name, "A comma is missing after this field, or its value is not wholly in braces.");
                }
                value = value.filter(|_| is_field);
            }
            fields.push(Field { name, value });
        }
    }

    /// Returns `true` if the text that follows may follow a field.
    fn ends_field(&self) -> bool {
        match self.peek() {
            None | Some(',') => true,
            Some('@') => self.at_next_entry(),
            Some(c) => c == self.close,
        }
    }

    /// True if the next entry begins here, where a key or a field should.
    fn at_next_entry(&self) -> bool {
        self.peek() == Some('@') && (words::begins_line(self.text, self.at) || words::begins_entry(self.text, self.at))
    }

    fn value(&mut self) -> Result<Result<Vec<Part>, Broken>, Unclosed> {
        let (mut parts, mut broken) = (Vec::new(), None);
        loop {
            let part = match self.peek() {
                Some('{') => self.braced()?,
                Some('"') => self.quoted()?,
                _ => self.bare(),
            };
            match part {
                Ok(part) => parts.push(part),
                Err(why) => broken = broken.or(Some(why)),
            }
            self.blank();
            if !self.eat('#') {
                return Ok(broken.map_or(Ok(parts), Err));
            }
            self.blank();
        }
    }

    /// A number or an abbreviation.
    fn bare(&mut self) -> Result<Part, Broken> {
        let word = self.word();
        match word.of(self.text).chars().next() {
            None => Err(Broken("This field has no value: write it in braces.")),
            Some(c) if c.is_ascii_digit() => Ok(Part::Text(word)),
            Some(_) => Ok(Part::Name(word)),
        }
    }

    fn braced(&mut self) -> Result<Result<Part, Broken>, Unclosed> {
        self.step();
        let start = self.at;
        let mut depth = Depth::default();
        loop {
            match self.bytes_to(b"{}\\")? {
                b'}' if depth.now == 0 => break,
                byte => self.at += depth.pass(byte, self.text.as_bytes().get(self.at + 1).copied()),
            }
        }
        self.at += 1;
        Ok(measured(TextRange::from_usize(start, self.at - 1), &depth))
    }

    fn quoted(&mut self) -> Result<Result<Part, Broken>, Unclosed> {
        self.step();
        let start = self.at;
        let mut depth = Depth::default();
        loop {
            match self.bytes_to(b"{}\\\"")? {
                b'"' if depth.now == 0 => break,
                b'}' if depth.now == 0 => {
                    return Ok(Err(Broken("The quotation mark of this value is not closed: add it, or use braces.")));
                }
                byte => self.at += depth.pass(byte, self.text.as_bytes().get(self.at + 1).copied()),
            }
        }
        self.at += 1;
        Ok(measured(TextRange::from_usize(start, self.at - 1), &depth))
    }

    /// Passes over what cannot be read: to the end of the entry, or of the field (its comma passed over, too).
    fn pass(&mut self, field: bool) -> Result<(), Unclosed> {
        let mut depth = Depth::default();
        loop {
            match self.bytes_to(b"{}\\),@")? {
                b',' if field && depth.now == 0 => {
                    self.at += 1;
                    return Ok(());
                }
                b'@' if field && depth.now == 0 && self.at_next_entry() => return Ok(()),
                byte if depth.now == 0 && char::from(byte) == self.close => {
                    self.at += usize::from(!field);
                    return Ok(());
                }
                byte => self.at += depth.pass(byte, self.text.as_bytes().get(self.at + 1).copied()),
            }
        }
    }

    /// Goes on to the next of some bytes before the limit, and says which it is.
    fn bytes_to(&mut self, bytes: &[u8]) -> Result<u8, Unclosed> {
        let rest = self.text.as_bytes().get(self.at..self.limit).ok_or(Unclosed)?;
        let next = rest.iter().position(|byte| bytes.contains(byte)).ok_or(Unclosed)?;
        self.at += next;
        Ok(rest[next])
    }

    fn peek(&self) -> Option<char> {
        self.text.get(self.at..self.limit)?.chars().next()
    }

    fn step(&mut self) {
        self.at += self.peek().map_or(0, char::len_utf8);
    }

    fn eat(&mut self, wanted: char) -> bool {
        let is_next = self.peek() == Some(wanted);
        if is_next {
            self.step();
        }
        is_next
    }

    fn word(&mut self) -> TextRange {
        let length = words::word(self.text.get(self.at..self.limit).unwrap_or("")).len();
        self.at += length;
        TextRange::from_usize(self.at - length, self.at)
    }

    fn space(&mut self) -> bool {
        let rest = self.text.get(self.at..self.limit).unwrap_or("");
        let length = rest.len() - rest.trim_start().len();
        self.at += length;
        length > 0
    }

    /// Passes over white space and comments to the ends of their lines; whether there was any.
    fn blank(&mut self) -> bool {
        let from = self.at;
        while self.space() || self.peek() == Some('%') {
            if self.peek() == Some('%') {
                let rest = &self.text.as_bytes()[self.at..self.limit];
                self.at += memchr::memchr(b'\n', rest).unwrap_or(rest.len());
            }
        }
        self.at > from
    }
}

/// A part of a value, if it is within the bounds.
fn measured(range: TextRange, depth: &Depth) -> Result<Part, Broken> {
    if depth.deepest > DEEPEST {
        return Err(Broken("The braces of this value nest too deeply to be read: take some out."));
    }
    if range.len() as usize > LARGEST_VALUE {
        return Err(Broken("This value is too long to be read (256 kB): shorten it."));
    }
    Ok(Part::Text(range))
}

/// The depth to which braces nest. A brace after a backslash is a character to one part of the library and a brace to another, so
/// the deeper of both counts.
#[derive(Default)]
struct Depth {
    now: usize,
    with_escaped: usize,
    deepest: usize,
}

impl Depth {
    /// Takes a byte, and the one after it where it is a backslash. Returns how many bytes that were.
    fn pass(&mut self, byte: u8, next: Option<u8>) -> usize {
        let escaped = byte == b'\\';
        match if escaped { next.unwrap_or(0) } else { byte } {
            b'{' => {
                self.now += usize::from(!escaped);
                self.with_escaped += 1;
            }
            b'}' => {
                self.now = self.now.saturating_sub(usize::from(!escaped));
                self.with_escaped = self.with_escaped.saturating_sub(1);
            }
            _ => {}
        }
        self.deepest = self.deepest.max(self.now).max(self.with_escaped);
        1 + usize::from(escaped && next.is_some())
    }
}
