//! The grammar of citation keys and of references in brackets, as Pandoc, Quarto and newsrooms write them.

/// The longest key in braces, in bytes.
const LONGEST: usize = 600;

/// The keys of `see @k, pp. 3-5; -@k2` as ranges.
pub(super) fn keys(inside: &str) -> Vec<std::ops::Range<usize>> {
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

/// The words of `confirm: Nadim Haddad said`, by their place in it; none in any other bracket.
pub(super) fn unconfirmed(inside: &str) -> Option<std::ops::Range<usize>> {
    const SIGN: &str = "confirm:";
    let after =
        inside.get(SIGN.len()..).filter(|_| inside.as_bytes()[..SIGN.len()].eq_ignore_ascii_case(SIGN.as_bytes()))?;
    let words = after.trim();
    let start = SIGN.len() + after.len() - after.trim_start().len();
    (!words.is_empty()).then_some(start..start + words.len())
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
