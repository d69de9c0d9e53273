//! TOML: `whosaid.toml` and front matter between `+++`.
//!
//! The library bounds brackets and the parts of one key by eighty each. They multiply (each part of a dotted key is a
//! table within a table), so that its tables may nest by thousands, and whoever walks them does so by recursion. Here
//! they are counted together.

pub use ::toml::Spanned;
pub use ::toml::de::{DeTable, DeValue};

use super::{Checked, DEEPEST, Refusal, byte_at, within};

/// A table, and what in the text was no TOML.
pub type Recovered<'t> = (Spanned<DeTable<'t>>, Vec<::toml::de::Error>);

/// Reads TOML of at most `most` bytes, passing over the lines that are none.
///
/// # Errors
/// Where the text is out of bounds.
pub fn recover(text: &str, most: usize) -> Result<Recovered<'_>, Refusal> {
    check(text, most).map(|checked| DeTable::parse_recoverable(checked.0))
}

fn check(text: &str, most: usize) -> Result<Checked<'_>, Refusal> {
    let checked = within(text, most)?;
    match too_deep(text) {
        Some(at) => Err(Refusal::new(byte_at(text, at), "Tables nest too deeply here to be read: keep them flat.")),
        None => Ok(checked),
    }
}

/// The byte at which tables and lists nest beyond the bound.
fn too_deep(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    // Tables that the last header opened, open brackets with the tables of the key before each, and the key at hand.
    let (mut header, mut open, mut depth, mut dots) = (0usize, Vec::<usize>::new(), 0usize, 0usize);
    let (mut at, mut line_begins, mut in_header) = (0, true, false);
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'#' => {
                at += memchr::memchr(b'\n', &bytes[at..]).unwrap_or(bytes.len() - at);
                continue;
            }
            b'"' | b'\'' => {
                at = after_string(bytes, at, byte);
                line_begins = false;
                continue;
            }
            b'[' if line_begins && open.is_empty() => {
                (header, dots, in_header) = (1, 0, true);
                at += usize::from(bytes.get(at + 1) == Some(&b'['));
            }
            b']' if in_header => in_header = false,
            b'.' if in_header => header += 1,
            b'.' => dots += 1,
            b'[' | b'{' => {
                open.push(dots + 1);
                depth += dots + 1;
                dots = 0;
            }
            b']' | b'}' => {
                depth -= open.pop().unwrap_or(0);
                dots = 0;
            }
            b',' => dots = 0,
            b'\n' => (dots, in_header) = (0, false),
            _ => {}
        }
        if header + depth + dots > DEEPEST {
            return Some(at);
        }
        line_begins = byte == b'\n' || line_begins && matches!(byte, b' ' | b'\t' | b'\r');
        at += 1;
    }
    None
}

/// The byte after a string that begins at `at`; a string on one line ends with it.
fn after_string(bytes: &[u8], at: usize, quote: u8) -> usize {
    let is_long = bytes.get(at..at + 3) == Some(&[quote; 3]);
    let mut at = at + if is_long { 3 } else { 1 };
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'\\' if quote == b'"' => at += 1,
            b'\n' if !is_long => return at,
            _ if byte == quote && !is_long => return at + 1,
            _ if byte == quote && bytes.get(at..at + 3) == Some(&[quote; 3]) => return at + 3,
            _ => {}
        }
        at += 1;
    }
    bytes.len()
}
