//! The grammar of citation keys and of references in brackets, as Pandoc, Quarto and newsrooms write them.

use std::ops::Range;

/// The longest key in braces, and the longest bracket of words to be confirmed, in bytes.
const LONGEST: usize = 600;

/// The keys of `see @k, pp. 3-5; -@k2` as ranges.
pub(super) fn keys(inside: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for (at, _) in inside.match_indices('@') {
        let before = inside[..at].chars().next_back();
        if before.is_some_and(|c| !(c.is_whitespace() || matches!(c, '-' | ';' | '('))) {
            continue;
        }
        let rest = &inside[at + 1..];
        let len = key_length(rest);
        if len > 0 && !is_cross_reference(&rest[..len]) {
            let braces = usize::from(rest.starts_with('{'));
            found.push(at + 1 + braces..at + 1 + len - braces);
        }
    }
    found
}

/// Length of a Pandoc key: letters, digits, `_`, and single signs inside; `{…}` takes anything.
pub(super) fn key_length(rest: &str) -> usize {
    if rest.starts_with('{') {
        return rest.bytes().take(LONGEST).position(|b| b == b'}').map_or(0, |end| end + 1);
    }
    if !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_') {
        return 0;
    }
    let mut end = 0;
    let mut sign = false;
    for (at, c) in rest.char_indices().take(200) {
        if c.is_alphanumeric() || c == '_' {
            end = at + c.len_utf8();
            sign = false;
        } else if !sign && ":.#$%&-+?<>~/".contains(c) {
            sign = true;
        } else {
            break;
        }
    }
    end
}

/// Quarto's references to figures, tables and sections look like citations.
pub(super) fn is_cross_reference(key: &str) -> bool {
    const KINDS: [&str; 19] = [
        "fig", "tbl", "sec", "eq", "lst", "thm", "lem", "cor", "prp", "cnj", "def", "exm", "exr", "nte", "tip", "wrn",
        "imp", "cau", "rem",
    ];
    key.split_once('-').is_some_and(|(kind, _)| KINDS.contains(&kind))
}

/// A bracket of `[confirm: Nadim Haddad said]`, and the words in it that are to be confirmed.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Unconfirmed {
    /// From the first to the last bracket, in bytes.
    pub(super) bracket: Range<usize>,
    /// The words after the colon, without blanks around them.
    pub(super) words: Range<usize>,
}

/// The sign before the colon, in any case.
const SIGN: &str = "confirm";

/// Blanks and signs of emphasis that may stand around the sign: `[ *Confirm* : …]`.
const AROUND_THE_SIGN: [char; 8] = [' ', '\t', '\n', '\r', '*', '_', '~', '='];

/// The bracket at byte `at` if its words are to be confirmed, whatever is nested in it and whatever follows it: who
/// proposes a source must not have it taken for one because of a slip. Only a link is none: `[confirm: here](receipt.md)`.
pub(super) fn unconfirmed(source: &str, at: usize) -> Option<Unconfirmed> {
    let rest = source.get(at..)?;
    let open = if rest.starts_with("[[") { 2 } else { 1 };
    let head = rest.get(open..)?;
    let sign = head.trim_start_matches(AROUND_THE_SIGN);
    let after = sign
        .get(SIGN.len()..)
        .filter(|_| sign.get(..SIGN.len()).is_some_and(|sign| sign.eq_ignore_ascii_case(SIGN)))?;
    let colon = after.trim_start_matches(AROUND_THE_SIGN);
    // `[confirm:: receipt]` is a property.
    let words = colon.strip_prefix(':').filter(|words| !words.starts_with(':'))?;
    let end = closing(rest)?;
    if open == 2 && !rest.get(..end)?.ends_with("]]") || is_link(rest, end) {
        return None;
    }
    let from = rest.len() - words.len();
    let mut words = rest.get(from..end - open)?.trim().trim_end_matches('\\').trim_end();
    // `[*confirm: Ada Pell said*]` and `[**confirm:** Ada Pell said]`: the sign's own emphasis goes with the sign.
    let emphasis = head.strip_suffix(sign)?.trim();
    if !emphasis.is_empty() && after.strip_suffix(colon)?.trim().is_empty() {
        words = words.strip_prefix(emphasis).or_else(|| words.strip_suffix(emphasis)).unwrap_or(words).trim();
    }
    let start = at + from + rest.get(from..)?.find(words)?;
    let escaped = source.get(..at)?.ends_with('\\');
    let found = Unconfirmed { bracket: at - usize::from(escaped)..at + end, words: start..start + words.len() };
    (!words.is_empty()).then_some(found)
}

/// One past the bracket that closes the first of `rest`; where the brackets in it do not match, one past the first that
/// closes any.
fn closing(rest: &str) -> Option<usize> {
    let near = || rest.bytes().take(LONGEST);
    let mut depth = 0usize;
    for (at, byte) in near().enumerate() {
        match byte {
            b'[' => depth += 1,
            b']' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(at + 1);
        }
    }
    near().position(|byte| byte == b']').map(|at| at + 1)
}

/// True if the bracket of `rest` that closes before `end` is the shown text of a link: nothing is linked in it, and a
/// path or an address follows in parentheses, perhaps with a title.
fn is_link(rest: &str, end: usize) -> bool {
    let Some(after) = rest.get(end..).and_then(|after| after.strip_prefix('(')) else { return false };
    let near = after.char_indices().find(|(_, c)| c.is_whitespace() || *c == ')');
    let Some((target, tail)) = near.map(|(at, _)| after.split_at(at)) else { return false };
    let address = (target.contains(['/', '.']) || target.starts_with('#')) && !target.ends_with('.');
    let closed = tail.starts_with(')') || tail.trim_start().starts_with(['"', '\'', '(']);
    address && closed && rest.get(1..end).is_some_and(|shown| !shown.contains("]("))
}

/// `12`, `3, 4`, `5-7`, `S-03`: not a year, which is more likely an insertion.
pub(super) fn is_reference(inside: &str) -> bool {
    if inside.is_empty() || inside.len() > 24 {
        return false;
    }
    let numbers = inside.split([',', '-', '–', ';']).all(|piece| {
        let piece = piece.trim();
        (1..=3).contains(&piece.len()) && piece.bytes().all(|b| b.is_ascii_digit())
    });
    let letters = inside.bytes().take_while(u8::is_ascii_uppercase).count();
    let code = (1..=4).contains(&letters) && {
        let digits = inside[letters..].trim_start_matches('-');
        (1..=4).contains(&digits.len())
            && digits.bytes().all(|b| b.is_ascii_digit())
            && inside.len() - letters - digits.len() <= 1
    };
    numbers || (code && inside.contains('-'))
}
