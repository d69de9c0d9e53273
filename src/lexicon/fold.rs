//! The one form under which names are looked up: lower case, no accents, no apostrophes, no points at the end.
//!
//! This file is compiled twice, by `build.rs` (which writes the look-up table) and by the library (which reads it), so
//! that both fold alike. It depends on nothing of the project for that reason.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// Appends the folded form of one token to `out`. A point at the end goes (`St.`), inner points stay (`u.s.`).
pub(crate) fn fold_token(token: &str, out: &mut impl Extend<u8>) {
    let inner = token.strip_suffix('.').filter(|rest| !rest.contains('.')).unwrap_or(token);
    if inner.is_ascii() {
        out.extend(inner.bytes().filter(|&b| b != b'\'').map(|b| b.to_ascii_lowercase()));
        return;
    }
    for c in inner.nfd().filter(|&c| !is_combining_mark(c)) {
        let plain = match c {
            '’' | '‘' | 'ʼ' | 'ʿ' | 'ʾ' | '`' | '´' | '\'' | '\u{ad}' => continue,
            'ø' | 'Ø' => "o",
            'ł' | 'Ł' => "l",
            'đ' | 'Đ' | 'ð' | 'Ð' => "d",
            'ß' => "ss",
            'æ' | 'Æ' => "ae",
            'œ' | 'Œ' => "oe",
            'þ' | 'Þ' => "th",
            'ı' => "i",
            'ə' | 'Ə' => "e",
            c => {
                for lower in c.to_lowercase() {
                    out.extend(lower.encode_utf8(&mut [0; 4]).bytes());
                }
                continue;
            }
        };
        out.extend(plain.bytes());
    }
}

/// The key of a whole name: folded tokens with one space between them; hyphens count as spaces.
///
/// A single token without a small letter (`WHO`) keeps its capitals, so that it never matches the word "who".
#[must_use]
pub(crate) fn fold_name(name: &str) -> Vec<u8> {
    let mut key = Vec::with_capacity(name.len());
    if is_acronym(name) {
        key.extend_from_slice(name.as_bytes());
        return key;
    }
    for token in name.split(|c: char| c.is_whitespace() || matches!(c, '-' | '‐' | '‑' | '–')).filter(|t| !t.is_empty())
    {
        if !key.is_empty() {
            key.push(b' ');
        }
        fold_token(token, &mut key);
    }
    key
}

/// Returns `true` if a token is looked up with its capitals kept.
#[must_use]
pub(crate) fn is_acronym(token: &str) -> bool {
    (2..=8).contains(&token.len())
        && token.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'&' || b == b'+')
        && token.bytes().filter(u8::is_ascii_uppercase).count() >= 2
}
