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
    serde_json::from_str(checked.0).map_err(|error| {
        let before: usize = text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
        let at = (before + error.column().saturating_sub(1)).min(text.len().saturating_sub(1));
        Refusal::new(byte_at(text, at), error.to_string())
    })
}

fn check(text: &str, most: usize) -> Result<Checked<'_>, Refusal> {
    let checked = within(text, most)?;
    let mut too_deep = None;
    walk(text, |event| match event {
        Event::Open(at, depth) if depth > DEEPEST => {
            too_deep = Some(at);
            false
        }
        _ => true,
    });
    match too_deep {
        Some(at) => Err(Refusal::new(byte_at(text, at), "lists and objects nest too deeply here")),
        None => Ok(checked),
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

/// The places of the values of some names, of all objects that stand in so many brackets and braces (their own counted),
/// in their order: an object's first name of the list that has a text is its value. An object without one has `None`.
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
