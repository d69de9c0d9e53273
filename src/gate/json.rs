//! JSON: CSL libraries, lists of known findings, front matter.
//!
//! `serde_json` gives up at a nesting of 128 by itself; ours is the lower bound, so that all formats have the same.

use std::ops::Range;

use serde::de::DeserializeOwned;
pub use serde_json::Value;

use super::{Checked, DEEPEST, Refusal, byte_at, within};
use crate::text::TextRange;

/// Reads JSON of at most `most` bytes into a type.
///
/// # Errors
/// Where the text is out of bounds, no JSON, or not of the type; with the place.
pub fn read<T: DeserializeOwned>(text: &str, most: usize) -> Result<T, Refusal> {
    let checked = check(text, most)?;
    serde_json::from_str(checked.0).map_err(|error| Refusal::new(place_of(text, &error), error.to_string()))
}

/// The place where the library stumbled.
fn place_of(text: &str, error: &serde_json::Error) -> TextRange {
    let before: usize = text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
    let at = (before + error.column().saturating_sub(1)).min(text.len().saturating_sub(1));
    byte_at(text, at)
}

fn check(text: &str, most: usize) -> Result<Checked<'_>, Refusal> {
    within(text, most).and_then(|checked| check_below(checked.0, 0))
}

/// A text that stands in so many lists and objects.
fn check_below(text: &str, above: usize) -> Result<Checked<'_>, Refusal> {
    let mut too_deep = None;
    walk(text, |event| match event {
        Event::Open(at, depth) if above + depth > DEEPEST => {
            too_deep = Some(at);
            false
        }
        _ => true,
    });
    match too_deep {
        Some(at) => Err(Refusal::new(byte_at(text, at), "lists and objects nest too deeply here")),
        None => Ok(Checked(text)),
    }
}

/// An event of [`walk`].
enum Event {
    /// A bracket or brace opens at a byte; with it so many are open.
    Open(usize, usize),
    /// One closes.
    Close,
    /// A string, without its quotes, in so many open brackets and braces.
    String(Range<usize>, usize),
}

/// Goes over a text once, as far as `each` says.
fn walk(text: &str, mut each: impl FnMut(Event) -> bool) {
    let bytes = text.as_bytes();
    let (mut at, mut depth) = (0, 0usize);
    while let Some(&byte) = bytes.get(at) {
        let event = match byte {
            b'"' => {
                let start = at + 1;
                at = start;
                while let Some(next) = memchr::memchr2(b'"', b'\\', bytes.get(at..).unwrap_or(&[])) {
                    at += next;
                    if bytes[at] == b'"' {
                        break;
                    }
                    at += 2;
                }
                if bytes.get(at) != Some(&b'"') {
                    return;
                }
                Some(Event::String(start..at, depth))
            }
            b'[' | b'{' => {
                depth += 1;
                Some(Event::Open(at, depth))
            }
            b']' | b'}' => {
                depth = depth.saturating_sub(1);
                Some(Event::Close)
            }
            _ => None,
        };
        at += 1;
        if event.is_some_and(|event| !each(event)) {
            return;
        }
    }
}

/// The elements of a list, and the faults between them.
pub type Elements = (Vec<Element>, Vec<Refusal>);

/// One element of a list, as far as it could be told from its neighbours.
#[derive(Debug)]
pub struct Element {
    /// Its place.
    pub range: TextRange,
    /// Its value, or why it cannot be read.
    pub value: Result<Value, Refusal>,
}

/// The elements of the list that a text of at most `most` bytes is, or of the list under `name` in the object that it
/// is, each read alone: what is wrong with one costs no other. Nothing if there is no such list. A list that has no end, or
/// lacks an element, is a refusal.
///
/// # Errors
/// Where the text is too large.
pub fn elements(text: &str, most: usize, name: &str) -> Result<Option<Elements>, Refusal> {
    let Checked(text) = within(text, most)?;
    let Some((start, above)) = list(text, name) else { return Ok(None) };
    let (pieces, mut refusals) = split(text, start);
    let mut elements = Vec::new();
    for (piece, is_last) in pieces {
        let (words, range) = trimmed(text, piece);
        if words.is_empty() {
            let place = TextRange::from_usize(range.start.saturating_sub(1) as usize, range.start as usize);
            if !is_last || !elements.is_empty() {
                refusals.push(Refusal::new(place, "An item is missing here: take out the comma."));
            }
            continue;
        }
        let value = check_below(words, above).and_then(|checked| {
            serde_json::from_str(checked.0).map_err(|error| {
                let said = error.to_string();
                let why = said.rsplit_once(" at line ").map_or(&*said, |(why, _)| why);
                Refusal::new(place_of(words, &error), why)
            })
        });
        let value = value.map_err(|why| Refusal { range: why.range.shifted(range.start), ..why });
        elements.push(Element { range, value });
    }
    Ok(Some((elements, refusals)))
}

/// The place where the wanted list has its first byte, and the brackets and braces that are open there.
fn list(text: &str, name: &str) -> Option<(usize, usize)> {
    let words = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let begins = text.len() - words.len();
    if words.starts_with('[') {
        return Some((begins + 1, 1));
    }
    let (mut is_named, mut found) = (false, None);
    walk(text, |event| {
        match event {
            Event::String(range, 1) => is_named = text.get(range) == Some(name),
            Event::Open(at, 2) if is_named && text.as_bytes().get(at) == Some(&b'[') => found = Some((at + 1, 2)),
            Event::Open(..) | Event::Close => is_named = false,
            Event::String(..) => {}
        }
        found.is_none()
    });
    found
}

/// Takes a list apart at its commas, from its first byte on: each piece, and whether it is the last. A text ends with its
/// line, because JSON knows no other; a bracket that fits none that is open is taken for the one that it should be; and an
/// object that begins where another should have a name is the next one.
fn split(text: &str, start: usize) -> (Vec<(Range<usize>, bool)>, Vec<Refusal>) {
    let bytes = text.as_bytes();
    let (mut pieces, mut refusals) = (Vec::new(), Vec::new());
    let (mut at, mut from, mut before) = (start, start, b'[');
    let mut open: Vec<u8> = Vec::new();
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'"' => {
                at += 1;
                while let Some(&next) = bytes.get(at).filter(|next| !matches!(next, b'"' | b'\n')) {
                    at += if next == b'\\' && bytes.get(at + 1) != Some(&b'\n') { 2 } else { 1 };
                }
                // A text without its end has taken the end of its item along.
                before = if bytes.get(at) == Some(&b'\n') { b',' } else { byte };
                at += 1;
                continue;
            }
            b'{' if open.len() == 1 && open == [b'{'] && before == b',' => {
                pieces.push((from..at, false));
                from = at;
            }
            b'[' | b'{' => open.push(byte),
            b']' | b'}' => {
                let wanted = if byte == b']' { b'[' } else { b'{' };
                match open.iter().rposition(|&other| other == wanted) {
                    Some(depth) => open.truncate(depth),
                    None if byte == b']' => {
                        pieces.push((from..at, true));
                        return (pieces, refusals);
                    }
                    None => {}
                }
            }
            b',' if open.is_empty() => {
                pieces.push((from..at, false));
                from = at + 1;
            }
            _ => {}
        }
        if !byte.is_ascii_whitespace() {
            before = byte;
        }
        at += 1;
    }
    let end = byte_at(text, text.trim_end().len().saturating_sub(1));
    refusals.push(Refusal::new(end, "This list has no end: the file was cut off, or a ] is missing."));
    pieces.push((from..text.len(), true));
    (pieces, refusals)
}

/// A piece without the white space around it, and where it stands.
fn trimmed(text: &str, piece: Range<usize>) -> (&str, TextRange) {
    let words = text.get(piece.clone()).unwrap_or("");
    let start = piece.start + words.len() - words.trim_start().len();
    let words = words.trim();
    (words, TextRange::from_usize(start, start + words.len()))
}

/// The places of the values of some names, of all objects that stand in so many brackets and braces (their own counted),
/// in their order: an object's first name of the list that has a text or a whole number is its value. An object without one has `None`.
#[must_use]
pub fn places(text: &str, depth: usize, names: &[&str]) -> Vec<Option<TextRange>> {
    let mut found: Vec<Option<(usize, TextRange)>> = Vec::new();
    let mut name: Option<usize> = None;
    walk(text, |event| {
        match event {
            Event::Open(at, now) if now == depth && text.as_bytes()[at] == b'{' => found.push(None),
            Event::String(range, now) if now == depth => {
                let is_name = text[range.end + 1..].trim_start().starts_with(':');
                if is_name {
                    let value = text.get(range.end + 1..).unwrap_or("");
                    let value = value.trim_start().strip_prefix(':').map_or("", str::trim_start);
                    let digits = value.bytes().take_while(u8::is_ascii_digit).count();
                    let rank = names.iter().position(|name| text.get(range.clone()) == Some(name));
                    if digits > 0
                        && let (Some(rank), Some(last)) = (rank, found.last_mut())
                        && last.as_ref().is_none_or(|(other, _)| rank < *other)
                    {
                        let start = text.len() - value.len();
                        *last = Some((rank, TextRange::from_usize(start, start + digits)));
                    }
                    name = names.iter().position(|name| text.get(range.clone()) == Some(name));
                } else if let (Some(rank), Some(last)) = (name.take(), found.last_mut())
                    && last.as_ref().is_none_or(|(other, _)| rank < *other)
                    && !range.is_empty()
                {
                    *last = Some((rank, TextRange::from_usize(range.start, range.end)));
                }
            }
            Event::Open(..) | Event::Close => name = None,
            Event::String(..) => {}
        }
        true
    });
    found.into_iter().map(|found| found.map(|(_, range)| range)).collect()
}
