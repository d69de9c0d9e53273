//! Parts of speech as far as finding sources and contents needs them, and the signs and endings that show one by themselves.

use crate::lexicon::sourcing as lexicon;
use crate::structure::{Token, TokenKind};

/// The part of speech that a token seems to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tag {
    /// A determiner: `the`, `a`, `every`.
    Det,
    /// A possessive pronoun: `her`.
    PossPron,
    /// The ending of a possessive: `’s`.
    Possessive,
    /// A pronoun that can be a subject.
    Pron,
    /// A pronoun that can only be an object.
    ObjPron,
    /// A number or the sign of a unit.
    Num,
    /// A noun that is no name.
    Noun,
    /// A name.
    Proper,
    /// An adjective.
    Adj,
    /// An adverb.
    Adv,
    /// A preposition.
    Prep,
    /// A coordinating conjunction.
    Conj,
    /// Begins a subordinate clause.
    Sub,
    /// A word that begins a question or a relative clause.
    Wh,
    /// A modal verb.
    Modal,
    /// A form of `be`.
    Be,
    /// A form of `have`.
    Have,
    /// A form of `do`.
    Do,
    /// A negation.
    Neg,
    /// The `to` of an infinitive.
    To,
    /// A finite full verb.
    Fin,
    /// An infinitive.
    Inf,
    /// A past participle.
    Part,
    /// A gerund or present participle.
    Ing,
    /// A word for a point in time: `yesterday`, `Monday`.
    Time,
    /// A comma that divides.
    Comma,
    /// A colon.
    Colon,
    /// A semicolon.
    Semi,
    /// A dash that divides.
    Dash,
    /// A sign within a word, date or abbreviation.
    Hyphen,
    /// A quotation mark.
    Quote,
    /// An opening bracket.
    Open,
    /// A closing bracket.
    Close,
    /// The end of a sentence.
    Stop,
    /// Any other sign.
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

/// The tag of a sign, by itself and by what stands beside it.
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

/// True if a word has the ending of an adjective.
pub(super) fn is_adjective(word: &str) -> bool {
    const ENDS: [&str; 9] = ["ous", "ive", "able", "ible", "ical", "ful", "less", "ish", "ese"];
    word.len() > 5 && ENDS.iter().any(|end| word.ends_with(end))
}
