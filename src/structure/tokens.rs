//! Words and signs of a sentence: the one tokenizer of the project.
//!
//! Conventions, chosen so that a name's span is always a run of whole tokens:
//! - a possessive `'s` or a bare plural `'` is a token of its own (`China` `’s`), an apostrophe inside a word is not (`Sana’a`);
//! - hyphens split words (`US` `-` `led`), except in designators (`J-15`, `KN-23`, `COVID-19`);
//! - dotted capitals are one token (`U.S.`), and so is an initial (`J.`); other abbreviations keep their point apart;
//! - numbers keep their separators (`1,234.5`) and glued letters (`152mm`), while `$` and `%` stand alone;
//! - addresses, handles and hashtags are one token; each quotation mark, bracket, dash or slash is one token.
//!
//! The tokenizer sees only what is prose: bytes in `holes` (markup, link targets, code) are skipped.

use crate::lexicon::names::Piece;
use crate::text::{TextRange, word_hash};

/// The kind of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// Letters, perhaps with digits, inner apostrophes or points.
    Word,
    /// Begins with a digit.
    Number,
    /// `'s`, `’s` or a bare possessive apostrophe.
    Possessive,
    /// A quotation mark.
    Quote,
    /// `.`, `!`, `?` and ellipses.
    Stop,
    /// Any other sign.
    Sign,
    /// A web or mail address, a handle, a hashtag.
    Address,
}

/// One token, in bytes of the whole text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Its bytes.
    pub range: TextRange,
    /// xxh3 of the text, lower-cased, with straight apostrophes and hyphens: see [`word_hash`].
    pub hash: u64,
    /// Its kind.
    pub kind: TokenKind,
    /// The first letter is a capital.
    pub capital: bool,
    /// All letters are capitals (at least two letters).
    pub all_capitals: bool,
    /// White space (or a hole) stands before it.
    pub spaced: bool,
}

impl Token {
    /// The token's text.
    #[must_use]
    pub fn text<'t>(&self, text: &'t str) -> &'t str {
        self.range.of(text)
    }

    /// Tells if this is the given lower-case word or sign.
    #[must_use]
    pub fn is(&self, hash: u64) -> bool {
        self.hash == hash
    }
}

/// Tokens as the look-up of names sees them.
pub fn pieces<'t>(text: &'t str, tokens: &'t [Token]) -> impl Iterator<Item = Piece<'t>> {
    tokens.iter().map(|token| Piece {
        text: token.text(text),
        possessive: token.kind == TokenKind::Possessive,
        all_capitals: token.all_capitals,
        spaced: token.spaced,
    })
}

/// Appends the tokens of `range` to `out`, leaving out `holes` (sorted, not overlapping).
pub fn tokenize(text: &str, range: TextRange, holes: &[TextRange], out: &mut Vec<Token>) {
    let mut at = range.start;
    let mut spaced = true;
    let first = holes.partition_point(|hole| hole.end <= range.start);
    for hole in &holes[first..] {
        if hole.start >= range.end {
            break;
        }
        if hole.start > at {
            piece(text, TextRange::new(at, hole.start), &mut spaced, out);
        }
        at = at.max(hole.end);
        // Emphasis signs and a link's tail glue (`**Norvik**’s`, `[Norvik](…)’s`); a longer hole stands for something
        // that was there.
        spaced |= hole.len() > 3 && !hole.of(text).starts_with(']');
    }
    if at < range.end {
        piece(text, TextRange::new(at, range.end), &mut spaced, out);
    }
}

fn piece(text: &str, range: TextRange, spaced: &mut bool, out: &mut Vec<Token>) {
    let slice = range.of(text);
    let mut cursor = Cursor { text: slice, at: 0 };
    while let Some(c) = cursor.peek() {
        let start = cursor.at;
        if c.is_whitespace() || c == '\u{feff}' {
            cursor.bump(c);
            *spaced = true;
            continue;
        }
        let kind = next_token(&mut cursor, c, *spaced, out.last());
        let token = &slice[start..cursor.at];
        let (capital, all_capitals) = case_of(token);
        out.push(Token {
            range: TextRange::new(range.start + start as u32, range.start + cursor.at as u32),
            hash: word_hash(token),
            kind,
            capital,
            all_capitals,
            spaced: *spaced,
        });
        *spaced = false;
    }
}

struct Cursor<'t> {
    text: &'t str,
    at: usize,
}

impl Cursor<'_> {
    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }
    fn peek_at(&self, at: usize) -> Option<char> {
        self.text.get(at..)?.chars().next()
    }
    fn bump(&mut self, c: char) {
        self.at += c.len_utf8();
    }
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }
}

fn next_token(cursor: &mut Cursor<'_>, c: char, spaced: bool, last: Option<&Token>) -> TokenKind {
    if let Some(len) = address(cursor.rest(), spaced) {
        cursor.at += len;
        return TokenKind::Address;
    }
    if is_apostrophe(c) {
        return apostrophe(cursor, c, spaced, last);
    }
    if c.is_alphabetic() {
        return word(cursor, spaced);
    }
    if c.is_numeric() {
        number(cursor);
        return TokenKind::Number;
    }
    cursor.bump(c);
    match c {
        '.' => {
            while cursor.peek() == Some('.') {
                cursor.bump('.');
            }
            TokenKind::Stop
        }
        '!' | '?' | '…' | '。' | '！' | '？' => TokenKind::Stop,
        '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '‹' | '›' | '‚' | '「' | '」' => TokenKind::Quote,
        '-' => {
            while cursor.peek() == Some('-') {
                cursor.bump('-');
            }
            TokenKind::Sign
        }
        _ => TokenKind::Sign,
    }
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | '`' | '´')
}

/// A possessive where it is glued to a word, a quotation mark otherwise.
fn apostrophe(cursor: &mut Cursor<'_>, c: char, spaced: bool, last: Option<&Token>) -> TokenKind {
    cursor.bump(c);
    let after = cursor.peek();
    let glued = !spaced && last.is_some_and(|token| matches!(token.kind, TokenKind::Word | TokenKind::Number));
    if glued && c != '‘' {
        if let Some(s @ ('s' | 'S')) = after
            && !cursor.peek_at(cursor.at + 1).is_some_and(char::is_alphanumeric)
        {
            cursor.bump(s);
            return TokenKind::Possessive;
        }
        // "its allies' guns" or the end of a single quotation: the quotation finder pairs the marks and decides.
        return TokenKind::Quote;
    }
    if c == '\'' || c == '’' {
        // ’90s, ’em: an elision, not a mark.
        let year = cursor.rest().len() >= 3 && cursor.rest().as_bytes()[..2].iter().all(u8::is_ascii_digit);
        if year && cursor.rest()[2..].starts_with('s') {
            cursor.at += 3;
            return TokenKind::Number;
        }
    }
    TokenKind::Quote
}

fn word(cursor: &mut Cursor<'_>, spaced: bool) -> TokenKind {
    let start = cursor.at;
    let mut letters = 0usize;
    let mut capitals = 0usize;
    loop {
        // Most words are plain letters from end to end.
        while let Some(&byte) = cursor.text.as_bytes().get(cursor.at).filter(|b| b.is_ascii_alphanumeric()) {
            letters += 1;
            capitals += usize::from(byte.is_ascii_uppercase());
            cursor.at += 1;
        }
        let Some(c) = cursor.peek() else { break };
        let next = cursor.peek_at(cursor.at + c.len_utf8());
        if c.is_alphanumeric() || c == '_' || c == '\u{ad}' || is_mark(c) {
            letters += 1;
            capitals += usize::from(c.is_uppercase());
            cursor.bump(c);
        } else if is_apostrophe(c) && c != '‘' && next.is_some_and(char::is_alphabetic) {
            let tail = &cursor.text[cursor.at + c.len_utf8()..];
            let end = tail.find(|t: char| !t.is_alphanumeric()).unwrap_or(tail.len());
            if matches!(&tail[..end], "s" | "S") {
                break;
            }
            cursor.bump(c);
        } else if c == '-' && letters <= 6 && capitals >= 1 && next.is_some_and(|n| n.is_ascii_digit()) {
            cursor.bump(c); // J-15, KN-23, COVID-19
        } else if c == '.' && letters == 1 && capitals == 1 {
            return dotted(cursor, start);
        } else if matches!(c, '&') && capitals == letters && next.is_some_and(char::is_uppercase) {
            cursor.bump(c); // AT&T, R&D
        } else {
            break;
        }
    }
    let _ = spaced;
    TokenKind::Word
}

/// `U.S.`, `J.`, `Ph.D` after its first letter; the point of a lone capital stays with it only where a name goes on.
fn dotted(cursor: &mut Cursor<'_>, start: usize) -> TokenKind {
    let mut end = cursor.at + 1;
    let mut pairs = 1;
    loop {
        let mut chars = cursor.text[end..].chars();
        match (chars.next(), chars.next()) {
            (Some(c), Some('.')) if c.is_alphabetic() => {
                end += c.len_utf8() + 1;
                pairs += 1;
            }
            _ => break,
        }
    }
    let tail = cursor.text[end..].trim_start_matches([' ', '\u{a0}']);
    let name_follows = tail.chars().next().is_some_and(char::is_uppercase);
    if pairs >= 2 || name_follows {
        cursor.at = end;
    }
    debug_assert!(cursor.at > start);
    TokenKind::Word
}

/// Digits with separators, then glued letters: `1,234.5`, `10:30`, `152mm`, `21st`.
fn number(cursor: &mut Cursor<'_>) {
    while let Some(c) = cursor.peek() {
        let next = cursor.peek_at(cursor.at + c.len_utf8());
        let inner = matches!(c, '.' | ',' | ':') && next.is_some_and(|n| n.is_ascii_digit());
        if c.is_alphanumeric() || inner {
            cursor.bump(c);
        } else {
            break;
        }
    }
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{65f}' | '\u{200c}' | '\u{200d}')
}

/// Length of an address, handle or hashtag that starts here.
fn address(rest: &str, spaced: bool) -> Option<usize> {
    let bytes = rest.as_bytes();
    if !spaced {
        return None;
    }
    let end = || {
        rest.find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '”' | ')' | ']')).unwrap_or(rest.len())
    };
    let trimmed = |end: usize| rest[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '’']).len();
    match bytes[0] {
        b'h' | b'H' if rest.len() > 8 && rest.is_char_boundary(8) => {
            let head = rest[..8].to_ascii_lowercase();
            (head.starts_with("http://") || head.starts_with("https://")).then(|| trimmed(end()))
        }
        b'w' if rest.starts_with("www.") => Some(trimmed(end())),
        b'@' | b'#' if rest[1..].chars().next().is_some_and(char::is_alphabetic) => {
            Some(trimmed(rest[1..].find(|c: char| !(c.is_alphanumeric() || c == '_')).map_or(rest.len(), |at| at + 1)))
        }
        byte if byte.is_ascii_alphanumeric() => {
            // Nearly every word comes here: a quick look for the sign before anything is decoded.
            let sign = bytes.iter().position(|b| b.is_ascii_whitespace() || *b == b'@')?;
            if bytes[sign] != b'@' {
                return None;
            }
            let end = end();
            let mail = &rest[..trimmed(end)];
            let at = mail.find('@')?;
            (at > 0
                && mail[at + 1..].contains('.')
                && mail.bytes().all(|b| b.is_ascii_alphanumeric() || b"@._+-".contains(&b)))
            .then_some(mail.len())
        }
        _ => None,
    }
}

fn case_of(token: &str) -> (bool, bool) {
    if token.is_ascii() {
        let (mut capitals, mut letters, mut first) = (0, 0, false);
        for byte in token.bytes().filter(u8::is_ascii_alphabetic) {
            let capital = byte.is_ascii_uppercase();
            first |= capital && letters == 0;
            capitals += u32::from(capital);
            letters += 1;
        }
        return (first, letters > 1 && capitals == letters);
    }
    let mut letters = token.chars().filter(|c| c.is_alphabetic());
    let capital = letters.next().is_some_and(char::is_uppercase);
    let all = capital
        && token.chars().filter(|c| c.is_alphabetic()).count() > 1
        && token.chars().all(|c| !c.is_alphabetic() || c.is_uppercase());
    (capital, all)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::names::{self, Known, kind};
    use crate::lexicon::{outlet, phrase};

    fn words(text: &str) -> String {
        let mut out = Vec::new();
        tokenize(text, TextRange::from_usize(0, text.len()), &[], &mut out);
        out.iter().map(|t| t.text(text)).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn names_are_runs_of_whole_tokens() {
        assert_eq!(words("China’s US-led J-15 flew."), "China ’s US - led J-15 flew .");
        assert_eq!(words("Mr. John J. Pell of the U.S. left"), "Mr . John J. Pell of the U.S. left");
        assert_eq!(words("“[Mr Wang] said . . . ‘no’…”"), "“ [ Mr Wang ] said . . . ‘ no ’ … ”");
        assert_eq!(words("Sana’a, O'Brien don't"), "Sana’a , O'Brien don't");
    }

    #[test]
    fn numbers_addresses_and_signs() {
        assert_eq!(words("US$1,234.5 (30%) at 152mm-class"), "US $ 1,234.5 ( 30 % ) at 152mm - class");
        assert_eq!(
            words("see https://hd.example/a_b. Write desk@norvik.example, @pell"),
            "see https://hd.example/a_b . Write desk@norvik.example , @pell"
        );
    }

    /// The known names that begin a text.
    fn known(text: &str) -> Vec<Known> {
        let (mut tokens, mut out) = (Vec::new(), Vec::new());
        tokenize(text, TextRange::from_usize(0, text.len()), &[], &mut tokens);
        names::starting_at(pieces(text, &tokens), &mut out);
        out
    }

    #[test]
    fn names_are_found_whatever_the_accents_hyphens_and_points() {
        for text in ["Ivory Coast voted", "IVORY COAST", "Côte d’Ivoire"] {
            assert!(known(text).last().is_some_and(|k| k.kinds.has(kind::COUNTRY)), "{text}");
        }
        assert!(known("Guinea-Bissau").iter().any(|k| k.len == 3 && k.kinds.has(kind::COUNTRY)));
        assert!(known("U.S. troops").iter().any(|k| k.len == 1 && k.kinds.has(kind::COUNTRY)));
        assert!(known("People’s Liberation Army").iter().any(|k| k.len == 4 && k.kinds.has(kind::ORG)));
        assert!(known("US troops").iter().any(|k| k.kinds.has(kind::COUNTRY)));
        assert!(!known("Us too").iter().any(|k| k.kinds.has(kind::COUNTRY)));
    }

    #[test]
    fn lists_part_words_as_the_tokenizer_does() {
        for listed in phrase::all().chain(outlet::outlets()) {
            // Signs are apart in the lists, so that they can be read without a tokenizer; glued again they are prose.
            let prose = listed.replace(" - ", "-").replace(" 's", "'s").replace(" . ", ".");
            let prose = prose.replace("( ", "(").replace(" )", ")");
            assert_eq!(words(&prose), listed);
        }
    }
}
