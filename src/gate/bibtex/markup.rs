//! TeX that is for the eye, taken out of a value before the library reads it.
//!
//! The library knows accents and signs. It leaves the commands of type and of addresses as they stand, and an accent over
//! a dotless letter lands on the backslash. Nothing here looks further than one command ahead.

use std::borrow::Cow;

/// Commands that say how their one argument is set, or that it is an address.
const WRAPPERS: [&str; 22] = [
    "emph",
    "textit",
    "textbf",
    "textsc",
    "textsl",
    "texttt",
    "textrm",
    "textsf",
    "textup",
    "textmd",
    "textnormal",
    "underline",
    "mkbibemph",
    "mkbibbold",
    "mkbibitalic",
    "mbox",
    "hbox",
    "url",
    "nolinkurl",
    "path",
    "text",
    "uline",
];

/// Commands that change what comes after them, or nothing that shows.
const SWITCHES: [&str; 19] = [
    "em",
    "it",
    "bf",
    "sc",
    "sl",
    "tt",
    "rm",
    "sf",
    "itshape",
    "bfseries",
    "scshape",
    "slshape",
    "ttfamily",
    "rmfamily",
    "sffamily",
    "normalfont",
    "upshape",
    "relax",
    "protect",
];

/// Commands that are a sign.
const SIGNS: [(&str, &str); 3] = [("ldots", "…"), ("dots", "…"), ("textellipsis", "…")];

/// Accents that are written with a sign, and those that are written with a letter.
const ACCENTS: (&str, [&str; 9]) = ("'`^\"~=.", ["b", "c", "d", "H", "k", "r", "t", "u", "v"]);

/// A piece of a value as plain text, as far as the library does not see to it.
pub(super) fn plain(text: &str) -> Cow<'_, str> {
    if !text.contains('\\') {
        return Cow::Borrowed(text);
    }
    let (mut out, mut rest) = (String::with_capacity(text.len()), text);
    while let Some((before, after)) = rest.split_once('\\') {
        out.push_str(before);
        let length = after.bytes().take_while(u8::is_ascii_alphabetic).count();
        let (name, tail) = after.split_at(length);
        if let Some(sign) = SIGNS.iter().find(|(known, _)| *known == name) {
            out.push_str(sign.1);
            rest = after_command(tail);
        } else if SWITCHES.contains(&name) {
            rest = after_command(tail);
        } else if WRAPPERS.contains(&name) && tail.trim_start().starts_with('{') {
            rest = tail.trim_start();
        } else {
            let sign = if name.is_empty() { tail.chars().next() } else { None };
            let (sign, tail) = tail.split_at(sign.map_or(0, char::len_utf8));
            out.extend(["\\", name, sign]);
            let is_accent = ACCENTS.1.contains(&name) || !sign.is_empty() && ACCENTS.0.contains(sign);
            match dotless(tail).filter(|_| is_accent) {
                Some((letter, after)) => {
                    out.extend(["{", letter, "}"]);
                    rest = after;
                }
                None => rest = tail,
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// The rest after a command without argument: blanks, or the empty braces that end its name, belong to it.
fn after_command(tail: &str) -> &str {
    tail.strip_prefix("{}").unwrap_or_else(|| tail.trim_start_matches([' ', '\t']))
}

/// The letter that a dotless `\i` or `\j` stands for under an accent, in braces or not, and what comes after it.
fn dotless(text: &str) -> Option<(&'static str, &str)> {
    let text = text.trim_start_matches([' ', '\t']);
    let (inner, in_braces) = text.strip_prefix('{').map_or((text, false), |inner| (inner.trim_start(), true));
    let command = inner.strip_prefix('\\')?;
    let (letter, tail) = ["i", "j"].into_iter().find_map(|letter| Some((letter, command.strip_prefix(letter)?)))?;
    if tail.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let tail = after_command(tail);
    if in_braces { Some((letter, tail.trim_start().strip_prefix('}')?)) } else { Some((letter, tail)) }
}

/// The address that a value gives by `\url`, or that it is, and whether it is nothing else.
pub(super) fn address(value: &str) -> Option<(&str, bool)> {
    let value = value.trim();
    let plain = value.trim_matches(['{', '}']);
    if (plain.starts_with("https://") || plain.starts_with("http://")) && !plain.contains(char::is_whitespace) {
        return Some((plain, true));
    }
    let (before, rest) = value.split_once("\\url").filter(|(_, rest)| rest.trim_start().starts_with('{'))?;
    let (address, after) = rest.trim_start().strip_prefix('{')?.split_once('}')?;
    let is_all = before.trim_matches(['{', ' ']).is_empty() && after.trim_matches(['}', ' ', '.']).is_empty();
    Some((address.trim(), is_all)).filter(|(address, _)| !address.is_empty())
}
