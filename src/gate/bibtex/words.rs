//! Characters and words of BibTeX, and where an entry begins.

/// Characters looked back for the beginning of a line. Beyond, it is none: a look must not cost the whole line.
const LOOKED_BACK: usize = 120;

/// Characters of a key that are looked at where one must tell an entry from text.
const LONGEST_KEY: usize = 200;

/// Types of entries by which one is known that lacks its brace.
const TYPES: [&str; 16] = [
    "article",
    "book",
    "booklet",
    "inbook",
    "incollection",
    "inproceedings",
    "manual",
    "misc",
    "online",
    "proceedings",
    "report",
    "string",
    "techreport",
    "thesis",
    "phdthesis",
    "unpublished",
];

/// Fields into whose values people paste whole entries.
const PASTED_INTO: [&str; 8] = ["abstract", "addendum", "annotation", "annote", "bibtex", "comment", "note", "review"];

/// Returns `true` if a line in the value of a field may begin like an entry.
pub(super) fn may_quote_entries(field: &str) -> bool {
    PASTED_INTO.iter().any(|name| name.eq_ignore_ascii_case(field))
}

/// Returns `true` if a character may stand in a key.
pub(super) fn is_key(c: char) -> bool {
    !matches!(c, ',' | '}') && !c.is_control() && !c.is_whitespace()
}

/// The name of a type, a field or an abbreviation at the beginning of a text; "" if there is none.
pub(super) fn word(text: &str) -> &str {
    let mark = |c: char| "@{}\"#'(),=%\\~".contains(c);
    let end = text.find(|c: char| mark(c) || c.is_control() || c.is_whitespace()).unwrap_or(text.len());
    &text[..end]
}

/// Returns `true` if the `@` at a place begins an entry: a type and an opening brace come after it, and it neither ends a word
/// ("ada@harbor.example") nor stands in a line that `%` makes a comment.
pub(super) fn is_head(text: &str, at: usize) -> bool {
    let ends_word = text[..at].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '+'));
    !ends_word && has_brace(text, at) == Some(true) && !is_commented(text, at)
}

/// Returns `true` if a line begins like an entry and has no brace where one must be.
pub(super) fn lacks_brace(text: &str, at: usize) -> bool {
    let kind = word(&text[at + 1..]).to_ascii_lowercase();
    TYPES.contains(&&*kind) && has_brace(text, at) == Some(false) && is_first(text, at)
}

/// Returns `true` if the `@` at a place is the first of its line and begins an entry.
pub(super) fn begins_line(text: &str, at: usize) -> bool {
    is_first(text, at) && has_brace(text, at) == Some(true)
}

/// True if the `@` at a place begins an entry wherever in its line it stands, as far as its own words tell: a type and a
/// brace, then a key and a comma (`@misc{b,`).
pub(super) fn begins_entry(text: &str, at: usize) -> bool {
    let rest = &text[at + 1..];
    let after = rest[word(rest).len()..].trim_start();
    let Some(inner) = after.strip_prefix(['{', '(']).filter(|_| after.len() < rest.len()) else { return false };
    let inner = inner.trim_start();
    let length: usize = inner.chars().take(LONGEST_KEY).take_while(|c| is_plain(*c)).map(char::len_utf8).sum();
    length > 0 && inner.get(length..).is_some_and(|rest| rest.trim_start().starts_with(','))
}

/// True if a character stands in the keys that people write.
fn is_plain(c: char) -> bool {
    is_key(c) && !matches!(c, '{' | '(' | ')' | '=' | '"' | '@' | '#')
}

/// The next place from `from` on, before `limit`, where an entry begins in the middle of a line.
pub(super) fn next_entry(text: &str, from: usize, limit: usize) -> Option<usize> {
    let bytes = text.as_bytes().get(from..limit)?;
    memchr::memchr_iter(b'@', bytes).map(|at| from + at).find(|&at| is_head(text, at) && begins_entry(text, at))
}

/// The next place from `from` on where a line begins like an entry; else the end.
pub(super) fn next_head_of_line(text: &str, from: usize) -> usize {
    let bytes = text.as_bytes().get(from..).unwrap_or(&[]);
    memchr::memchr_iter(b'@', bytes).map(|at| from + at).find(|&at| begins_line(text, at)).unwrap_or(text.len())
}

/// Returns `true` if a brace follows the word after `@`; nothing if there is no word.
fn has_brace(text: &str, at: usize) -> Option<bool> {
    let rest = &text[at + 1..];
    let word = word(rest);
    (!word.is_empty()).then(|| rest[word.len()..].trim_start().starts_with(['{', '(']))
}

fn is_first(text: &str, at: usize) -> bool {
    let near = text.as_bytes()[..at].iter().rev().take(LOOKED_BACK);
    let before = near.copied().find(|byte| !matches!(byte, b' ' | b'\t'));
    match before {
        Some(byte) => byte == b'\n' || byte == b'\r' || text[..at].trim_end_matches([' ', '\t']) == "\u{feff}",
        None => at < LOOKED_BACK,
    }
}

fn is_commented(text: &str, at: usize) -> bool {
    let near = &text.as_bytes()[at.saturating_sub(LOOKED_BACK)..at];
    let line = memchr::memrchr2(b'\n', b'\r', near).map_or(near, |end| &near[end + 1..]);
    line.iter().find(|byte| !matches!(byte, b' ' | b'\t')) == Some(&b'%')
}
