//! The words of a sentence as the features see them, and which of them can be part of a name at all.
//!
//! Only candidates are scored: words with a capital, and what stands between or beside them ("of", "al-", a number).
//! Everything else is outside of any name by definition, which is four words in five.

use std::ops::Range;

use crate::lexicon::names::{self, Known, NameKinds, kind};
use crate::lexicon::{Classes, class, classes_of};
use crate::structure::tokens::pieces;
use crate::structure::{Token, TokenKind};

/// One token as the features see it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Word {
    /// As [`Token::hash`].
    pub hash: u64,
    /// Capitals, small letters, digits and signs, runs of one class taken together.
    pub shape: u32,
    /// First letters, lower case: two, three.
    pub prefixes: [u32; 2],
    /// Last letters, lower case: two, three, four.
    pub suffixes: [u32; 3],
    /// Word classes.
    pub classes: Classes,
    /// Kinds of the word alone as a name.
    pub single: NameKinds,
    /// Kinds of longer names that begin here.
    pub begins: NameKinds,
    /// Kinds of longer names that go on here.
    pub inside: NameKinds,
    /// Kinds of longer names that end here.
    pub ends: NameKinds,
    /// The token begins with a capital (or is written like `iPhone`).
    pub capital: bool,
    /// It can be part of a name.
    pub candidate: bool,
    /// Stands between brackets.
    pub bracketed: bool,
    /// Stands between double quotation marks.
    pub quoted: bool,
    /// All letters are capitals.
    pub all_capitals: bool,
}

/// The words of a sentence, apart from the rest of the note.
#[derive(Debug, Default)]
pub struct SentenceWords {
    /// One for each token.
    pub words: Vec<Word>,
    /// Runs of candidates, as token indices within the sentence.
    pub runs: Vec<Range<u32>>,
    /// Known names: first token and what is known.
    pub known: Vec<(u32, Known)>,
}

impl SentenceWords {
    /// The known names that begin at a token of the sentence, shortest first.
    pub fn known_at(&self, at: u32) -> impl Iterator<Item = Known> + '_ {
        let from = self.known.partition_point(|(start, _)| *start < at);
        self.known[from..].iter().take_while(move |(start, _)| *start == at).map(|(_, known)| *known)
    }
}

/// Looks at the tokens of one sentence.
#[must_use]
pub fn look(text: &str, tokens: &[Token]) -> SentenceWords {
    let mut seen = SentenceWords::default();
    mark(text, tokens, &mut seen);
    if seen.runs.is_empty() {
        return seen;
    }
    let mut known = Vec::new();
    let (mut bracket, mut quote) = (false, false);
    for at in 0..tokens.len() {
        let token = &tokens[at];
        let form = token.text(text);
        let word = &mut seen.words[at];
        match form {
            "(" | "[" => bracket = true,
            ")" | "]" => bracket = false,
            "“" => quote = true,
            "”" => quote = false,
            "\"" => quote = !quote,
            _ => {}
        }
        word.bracketed = bracket;
        word.quoted = quote;
        if !word.candidate {
            continue;
        }
        word.shape = shape(form);
        affixes(form, word);
        let particle = word.classes.has(class::NAME_PARTICLE);
        if !word.capital && !particle {
            continue;
        }
        names::starting_at(pieces(text, &tokens[at..]), &mut known);
        for &name in &known {
            seen.known.push((at as u32, name));
            if name.len == 1 {
                seen.words[at].single = name.kinds;
                continue;
            }
            let last = at + name.len - 1;
            let set = |kinds: &mut NameKinds| *kinds |= name.kinds;
            set(&mut seen.words[at].begins);
            set(&mut seen.words[last].ends);
            seen.words[at + 1..last].iter_mut().for_each(|word| set(&mut word.inside));
        }
    }
    seen
}

/// Marks the candidates and their runs.
fn mark(text: &str, tokens: &[Token], seen: &mut SentenceWords) {
    seen.words.extend(tokens.iter().map(|token| Word {
        hash: token.hash,
        classes: classes_of(token.hash),
        capital: token.kind == TokenKind::Word && (token.capital || inner_capital(token.text(text))),
        all_capitals: token.all_capitals,
        ..Word::default()
    }));
    let words = &mut seen.words;
    let count = tokens.len();
    let mut last: Option<usize> = None;
    for at in 0..count {
        if !words[at].capital {
            continue;
        }
        words[at].candidate = true;
        // Between two capitals: small words and signs that occur inside names.
        let from = last.map_or(0, |last| last + 1).min(at);
        let bridged =
            last.is_some() && at - from <= 4 && (from..at).all(|t| bridges(text, &tokens[t], words[t].classes));
        let start = if bridged { from } else { prefix_start(text, tokens, words, from, at) };
        words[start..at].iter_mut().for_each(|word| word.candidate = true);
        last = Some(at);
        // "Boeing 737", "Resolution 1701", "Group of 20", "Tu - 95".
        let mut next = at + 1;
        if tokens.get(next).is_some_and(|token| matches!(token.text(text), "-" | "of")) {
            next += 1;
        }
        let hyphen = tokens.get(at + 1).is_some_and(|token| token.text(text) == "-" && !token.spaced);
        if hyphen && tokens.get(at + 2).is_some_and(|token| is_syllable(text, token)) {
            // "Park Sun-ae", "Kim Jong-un": a given name goes on in small letters.
            words[at + 1..=at + 2].iter_mut().for_each(|word| word.candidate = true);
            last = Some(at + 2);
        } else if tokens.get(next).is_some_and(|token| token.kind == TokenKind::Number) {
            words[at + 1..=next].iter_mut().for_each(|word| word.candidate = true);
            last = Some(next);
        }
    }
    let mut at = 0;
    while at < count {
        if !words[at].candidate {
            at += 1;
            continue;
        }
        let start = at;
        while at < count && words[at].candidate {
            at += 1;
        }
        seen.runs.push(start as u32..at as u32);
    }
}

/// The begin of the small words before a capital that may belong to its name: `al-`, `bin`, `5th`.
fn prefix_start(text: &str, tokens: &[Token], words: &[Word], from: usize, at: usize) -> usize {
    let mut start = at;
    while start > from && at - start < 4 {
        let before = &tokens[start - 1];
        let fits = match before.kind {
            TokenKind::Number => true,
            TokenKind::Word => words[start - 1].classes.has(class::NAME_PARTICLE),
            TokenKind::Sign => {
                before.text(text) == "-" && start >= from + 2 && words[start - 2].classes.has(class::NAME_PARTICLE)
            }
            _ => false,
        };
        if !fits {
            break;
        }
        start -= 1;
    }
    start
}

fn bridges(text: &str, token: &Token, words: Classes) -> bool {
    match token.kind {
        TokenKind::Word => words.has(class::NAME_LINK) || words.has(class::NAME_PARTICLE),
        TokenKind::Number | TokenKind::Possessive => true,
        TokenKind::Sign => matches!(token.text(text), "-" | "‐" | "‑" | "–" | "&" | "/" | "," | "+"),
        TokenKind::Stop => token.text(text) == "." && !token.spaced,
        TokenKind::Quote => matches!(token.text(text), "'" | "’" | "‘" | "`"),
        TokenKind::Address => false,
    }
}

/// A short small word glued to a hyphen that is no common word.
fn is_syllable(text: &str, token: &Token) -> bool {
    token.kind == TokenKind::Word
        && !token.spaced
        && token.range.len() <= 6
        && !classes_of(token.hash).has(class::FUNCTION)
        && !names::kinds_of(token.text(text)).has(kind::COMMON)
}

fn inner_capital(word: &str) -> bool {
    let mut bytes = word.bytes();
    bytes.next().is_some_and(|b| b.is_ascii_lowercase()) && bytes.any(|b| b.is_ascii_uppercase())
}

/// Three bits a class, at most ten classes.
fn shape(word: &str) -> u32 {
    let (mut shape, mut last, mut classes) = (1u32, 0u32, 0);
    for c in word.chars() {
        let class = if c.is_uppercase() {
            1
        } else if c.is_lowercase() {
            2
        } else if c.is_ascii_digit() {
            3
        } else if c == '-' {
            4
        } else if c == '.' {
            5
        } else if c.is_alphabetic() {
            6
        } else {
            7
        };
        if class == last {
            continue;
        }
        shape = shape << 3 | class;
        last = class;
        classes += 1;
        if classes == 9 {
            break;
        }
    }
    let short = word.len().min(5) as u32;
    shape ^ if last == 1 { short << 28 } else { 0 }
}

fn affixes(word: &str, out: &mut Word) {
    let bytes = word.as_bytes();
    let pack =
        |bytes: &[u8]| bytes.iter().fold(bytes.len() as u32, |sum, b| sum.wrapping_mul(257) ^ u32::from(b | 0x20));
    for (n, prefix) in out.prefixes.iter_mut().enumerate() {
        *prefix = pack(&bytes[..bytes.len().min(n + 2)]);
    }
    for (n, suffix) in out.suffixes.iter_mut().enumerate() {
        *suffix = pack(&bytes[bytes.len().saturating_sub(n + 2)..]);
    }
}
