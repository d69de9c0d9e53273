//! A light guess at parts of speech: closed-class words, verb forms, suffixes and the neighbour to the left.
//!
//! It is no tagger to rely on; it tells where a noun phrase can begin and end and which word is a finite verb, which
//! is what finding sources and contents needs. One pass from left to right with one repair (a past tense that a
//! later finite verb shows to be a participle), so it is linear.

use super::guess::Guess;
use crate::lexicon::sourcing::{self as lexicon, Word, form};
use crate::structure::{Token, TokenKind};

/// What a token seems to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tag {
    Det,
    PossPron,
    Possessive,
    Pron,
    ObjPron,
    Num,
    Noun,
    Proper,
    Adj,
    Adv,
    Prep,
    Conj,
    /// Begins a subordinate clause.
    Sub,
    Wh,
    Modal,
    Be,
    Have,
    Do,
    Neg,
    To,
    /// A finite full verb.
    Fin,
    /// An infinitive.
    Inf,
    /// A past participle.
    Part,
    Ing,
    Time,
    Comma,
    Colon,
    Semi,
    Dash,
    Hyphen,
    Quote,
    Open,
    Close,
    Stop,
    Other,
}

impl Tag {
    /// Carries tense: a clause has one.
    pub(super) fn is_finite(self) -> bool {
        matches!(self, Self::Fin | Self::Modal | Self::Be | Self::Have | Self::Do)
    }

    /// Can be the last word of a noun phrase.
    pub(super) fn is_nominal(self) -> bool {
        matches!(self, Self::Noun | Self::Proper | Self::Num)
    }

    /// Can begin a noun phrase.
    pub(super) fn begins_phrase(self) -> bool {
        self.is_nominal() || matches!(self, Self::Det | Self::PossPron | Self::Adj | Self::Pron | Self::ObjPron)
    }
}

/// Fills `words` and `tags` for a sentence. `inside` tells for each token whether a quotation holds it.
pub(super) fn tag(text: &str, tokens: &[Token], inside: &[u16], words: &mut Vec<Word>, tags: &mut Vec<Tag>) {
    words.clear();
    tags.clear();
    words.extend(tokens.iter().map(|token| known(text, token)));
    let titled = is_titled(tokens, words);
    let mut clause = Clause::default();
    for at in 0..tokens.len() {
        let tag = Guess { text, tokens, inside, words, tags, titled, clause: &clause }.at(at);
        tags.push(tag);
        clause.step(at, tag, tags, words);
    }
}

/// The lexicon's answer, with the regular endings where it has none.
fn known(text: &str, token: &Token) -> Word {
    if token.kind != TokenKind::Word {
        return Word::default();
    }
    let mut word = lexicon::lookup(token.hash);
    if !word.is_parsed() {
        let bytes = token.text(text).as_bytes();
        let ends = |suffix: &[u8]| bytes.len() > suffix.len() + 2 && bytes.ends_with(suffix);
        if ends(b"ed") {
            word.forms = form::PAST | form::PARTICIPLE;
        } else if ends(b"ing") {
            word.forms = form::GERUND;
        } else if ends(b"ly") {
            word.classes |= lexicon::ADV;
        }
    }
    word
}

/// Most longer words are capitalised.
fn is_titled(tokens: &[Token], words: &[Word]) -> bool {
    let open = tokens
        .iter()
        .zip(words)
        .skip(1)
        .filter(|(token, _)| token.kind == TokenKind::Word && token.range.len() > 3)
        .map(|(token, _)| token.capital);
    let (mut capital, mut all) = (0, 0);
    for is_capital in open {
        all += 1;
        capital += usize::from(is_capital);
    }
    all >= 3 && capital * 10 >= all * 8
}

/// What the clause so far holds.
#[derive(Default)]
pub(super) struct Clause {
    /// Its finite verb.
    pub(super) verb: Option<usize>,
}

impl Clause {
    fn step(&mut self, at: usize, tag: Tag, tags: &mut [Tag], words: &[Word]) {
        match tag {
            Tag::Sub | Tag::Wh | Tag::Semi | Tag::Colon | Tag::Dash | Tag::Quote | Tag::Comma | Tag::Stop => {
                self.verb = None;
            }
            Tag::Conj => self.verb = None,
            Tag::Prep if words[at].any(lexicon::SUB) => self.verb = None,
            _ if tag.is_finite() => {
                // "Two wardens assigned to the gate blamed fog": the first was a participle.
                if let Some(first) = self.verb
                    && tags[first] == Tag::Fin
                    && words[first].can_be(form::PARTICIPLE)
                    && words[first].report == 0
                    && !tags[first..at].iter().any(|tag| matches!(tag, Tag::Pron | Tag::Modal))
                    && at > first + 1
                    && !first.checked_sub(1).is_some_and(|n| matches!(tags[n], Tag::Wh | Tag::Sub | Tag::Pron))
                {
                    tags[first] = Tag::Part;
                }
                // After "said" a clause of its own begins.
                let clause =
                    lexicon::report(words[at].report).is_some_and(|verb| verb.syntax & lexicon::takes::CLAUSE != 0);
                self.verb = (!clause).then_some(at);
            }
            _ => {}
        }
    }
}

pub(super) fn sign(text: &str, tokens: &[Token], at: usize) -> Tag {
    let token = &tokens[at];
    let glued = !token.spaced && tokens.get(at + 1).is_some_and(|next| !next.spaced);
    match token.text(text) {
        "," if in_date(tokens, at) => Tag::Hyphen,
        "," => Tag::Comma,
        ":" => Tag::Colon,
        ";" => Tag::Semi,
        "-" if glued => Tag::Hyphen,
        "‐" | "‑" | "/" => Tag::Hyphen,
        "-" | "--" | "---" | "–" | "—" | "―" => Tag::Dash,
        "(" | "[" | "{" => Tag::Open,
        ")" | "]" | "}" => Tag::Close,
        "&" => Tag::Conj,
        "$" | "€" | "£" | "¥" | "%" | "#" => Tag::Num,
        _ => Tag::Other,
    }
}

/// The commas of `May 3, 2031,` belong to the date.
fn in_date(tokens: &[Token], at: usize) -> bool {
    let number = |n: Option<usize>, digits: std::ops::RangeInclusive<u32>| {
        n.and_then(|n| tokens.get(n)).is_some_and(|t| t.kind == TokenKind::Number && digits.contains(&t.range.len()))
    };
    let year = number(at.checked_sub(1), 4..=4)
        && at.checked_sub(2).is_some_and(|n| tokens[n].range.len() == 1 && tokens[n].kind == TokenKind::Sign);
    let day = number(at.checked_sub(1), 1..=2) && number(Some(at + 1), 4..=4);
    let month = at
        .checked_sub(2)
        .is_some_and(|n| lexicon::lookup(tokens[n].hash).any(lexicon::TIME) || tokens[n].kind == TokenKind::Stop);
    (day && month) || (year && at >= 4 && number(at.checked_sub(3), 1..=2))
}

pub(super) fn is_adjective(word: &str) -> bool {
    const ENDS: [&str; 9] = ["ous", "ive", "able", "ible", "ical", "ful", "less", "ish", "ese"];
    word.len() > 5 && ENDS.iter().any(|end| word.ends_with(end))
}
