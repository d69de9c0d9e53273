//! A light tagger of parts of speech: closed-class words, verb forms, suffixes and the neighbour to the left.
//!
//! It is not one to rely on; it tells where a noun phrase can begin and end and which word is a finite verb, which
//! is what finding sources and contents needs. One pass from left to right with one repair (a past tense that a
//! later finite verb shows to be a participle), so it is linear.

use super::tags::{Tag, is_adjective, sign};
use crate::lexicon::sourcing::{self as lexicon, Word, form};
use crate::lexicon::{class, classes_of};
use crate::structure::{Token, TokenKind};

/// Fills `words` and `tags` for a sentence. `inside` tells for each token whether a quotation holds it.
pub(super) fn tag(text: &str, tokens: &[Token], inside: &[u16], words: &mut Vec<Word>, tags: &mut Vec<Tag>) {
    words.clear();
    tags.clear();
    words.extend(tokens.iter().map(|token| known(text, token)));
    let titled = is_titled(tokens, words);
    let mut clause = OpenClause::default();
    for at in 0..tokens.len() {
        let tag = Tagger { text, tokens, inside, words, tags, titled, clause: &clause }.at(at);
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

/// The clause that the tagger stands in.
#[derive(Default)]
pub(super) struct OpenClause {
    /// Its finite verb.
    pub(super) verb: Option<usize>,
}

impl OpenClause {
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

/// One sentence while it is tagged from left to right.
pub(super) struct Tagger<'a> {
    /// The text of the note.
    pub(super) text: &'a str,
    /// The tokens of the sentence.
    pub(super) tokens: &'a [Token],
    /// For each token the quotation that holds it, plus one.
    pub(super) inside: &'a [u16],
    /// The lexicon's entries, beside `tokens`.
    pub(super) words: &'a [Word],
    /// The tags of the tokens so far.
    pub(super) tags: &'a [Tag],
    /// True if the sentence is written like a title, most words with a capital.
    pub(super) titled: bool,
    /// The clause so far.
    pub(super) clause: &'a OpenClause,
}

impl Tagger<'_> {
    /// The tag of the next token, `at`.
    pub(super) fn at(&self, at: usize) -> Tag {
        let token = &self.tokens[at];
        match token.kind {
            TokenKind::Number => Tag::Num,
            TokenKind::Possessive => self.possessive(at),
            // wardens’ gate
            TokenKind::Quote if self.inside.get(at) == Some(&0) && !token.spaced && at > 0 => Tag::Possessive,
            TokenKind::Quote => Tag::Quote,
            TokenKind::Stop if self.abbreviates(at) => Tag::Hyphen,
            TokenKind::Stop => Tag::Stop,
            TokenKind::Address => Tag::Proper,
            TokenKind::Sign => sign(self.text, self.tokens, at),
            TokenKind::Word => self.word(at),
        }
    }

    /// A point glued to a capitalised short word, within the sentence: `Rep. Marr`.
    pub(super) fn abbreviates(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        let short = at.checked_sub(1).is_some_and(|n| self.tokens[n].capital && self.tokens[n].range.len() <= 6);
        let goes_on = self
            .tokens
            .get(at + 1)
            .is_some_and(|next| matches!(next.kind, TokenKind::Word | TokenKind::Number | TokenKind::Sign));
        short && goes_on && !token.spaced && token.text(self.text) == "."
    }

    /// `he’s`, `who's` hold a verb; `Pell’s` is a possessive.
    pub(super) fn possessive(&self, at: usize) -> Tag {
        let pronoun =
            at.checked_sub(1).is_some_and(|before| matches!(self.tags[before], Tag::Pron | Tag::Wh | Tag::Sub));
        if pronoun { Tag::Be } else { Tag::Possessive }
    }

    /// The tag of a word.
    pub(super) fn word(&self, at: usize) -> Tag {
        let (token, word) = (&self.tokens[at], self.words[at]);
        let first = self.before(at).is_none_or(|tag| matches!(tag, Tag::Quote | Tag::Stop | Tag::Colon));
        if token.capital
            && !first
            && !self.titled
            && (!word.any(lexicon::TIME) || self.in_name(at))
            && token.text(self.text) != "I"
        {
            let article = token.text(self.text) == "The";
            return if article { Tag::Det } else { Tag::Proper };
        }
        if let Some(tag) = self.closed(at, word) {
            return tag;
        }
        if token.all_capitals && !self.titled {
            return Tag::Proper;
        }
        if token.capital && !self.titled && self.opens_office(at) {
            return Tag::Proper;
        }
        if word.forms != 0
            && let Some(tag) = self.verb(at, word)
        {
            return tag;
        }
        if token.capital && (!first || !word.any(lexicon::NOUNONLY | lexicon::ANON | lexicon::DOC)) {
            return if first && is_adjective(token.text(self.text)) { Tag::Adj } else { Tag::Proper };
        }
        if is_adjective(token.text(self.text)) || word.any(lexicon::CLAUSEADJ) { Tag::Adj } else { Tag::Noun }
    }

    /// "Trade Minister Lidia Marr" at the start of a sentence: no verb, though "trade" may be one.
    fn opens_office(&self, at: usize) -> bool {
        let head = self.tokens.get(at + 1).filter(|next| next.capital && next.spaced);
        classes_of(self.tokens[at].hash).has(class::ROLE_PART)
            && head.is_some_and(|next| classes_of(next.hash).has(class::ROLE_HEAD))
    }

    /// `USA Today`: a capitalised "today" is part of a name.
    pub(super) fn in_name(&self, at: usize) -> bool {
        matches!(self.tokens[at].text(self.text), "Today" | "Tonight" | "Yesterday" | "Tomorrow")
    }

    /// The tag to the left of `at`.
    pub(super) fn before(&self, at: usize) -> Option<Tag> {
        self.tags.get(at.checked_sub(1)?).copied()
    }

    /// The entry of the word to the right of `at`, empty at the end.
    pub(super) fn next(&self, at: usize) -> Word {
        self.words.get(at + 1).copied().unwrap_or_default()
    }

    /// The tag of a word of a closed class.
    pub(super) fn closed(&self, at: usize, word: Word) -> Option<Tag> {
        let next = self.next(at);
        let according = at > 0 && self.tokens[at - 1].text(self.text).eq_ignore_ascii_case("according");
        let tag = if word.any(lexicon::PRONAUX) {
            Tag::Pron
        } else if word.any(lexicon::TO) {
            let infinitive = next.can_be(form::BASE) && !next.any(lexicon::NOUNONLY)
                || next.any(lexicon::BE | lexicon::HAVE | lexicon::DO)
                || (next.any(lexicon::ADV | lexicon::NEG)
                    && self.words.get(at + 2).is_some_and(|w| w.can_be(form::BASE)));
            let before = at.checked_sub(1).map(|n| self.words[n]).unwrap_or_default();
            let takes = before.any(lexicon::ATTEMPT)
                || lexicon::report(before.report).is_some_and(|verb| verb.syntax & lexicon::takes::INFINITIVE != 0);
            let unknown = !next.is_parsed()
                && self.tokens.get(at + 1).is_some_and(|token| {
                    token.kind == TokenKind::Word && !token.capital && !token.text(self.text).ends_with('s')
                });
            if (infinitive || takes && unknown) && !according { Tag::To } else { Tag::Prep }
        } else if word.any(lexicon::BE) {
            Tag::Be
        } else if word.any(lexicon::HAVE) {
            Tag::Have
        } else if word.any(lexicon::DO) {
            Tag::Do
        } else if word.any(lexicon::TIME) && (self.tokens[at].range.len() > 3 || self.dated(at)) {
            Tag::Time
        } else if word.any(lexicon::MODAL) {
            Tag::Modal
        } else if word.any(lexicon::NEG) {
            Tag::Neg
        } else if word.any(lexicon::POSSPRON) {
            let object = word.any(lexicon::OBJPRON) && !self.noun_follows(at);
            if object { Tag::ObjPron } else { Tag::PossPron }
        } else if word.any(lexicon::WH) {
            Tag::Wh
        } else if word.any(lexicon::DET) {
            Tag::Det
        } else if word.any(lexicon::DETPRON) {
            self.that_or_some(at, word)
        } else if word.any(lexicon::CONJ) {
            Tag::Conj
        } else if word.any(lexicon::PREP | lexicon::SUB) {
            self.preposition(at, word)
        } else if word.any(lexicon::PRON) {
            Tag::Pron
        } else if word.any(lexicon::OBJPRON) {
            Tag::ObjPron
        } else if word.any(lexicon::NUM) {
            Tag::Num
        } else if word.any(lexicon::ADV) {
            let ordinal =
                self.before(at).is_some_and(|tag| matches!(tag, Tag::Det | Tag::PossPron | Tag::Possessive | Tag::Adj));
            let noun =
                self.tokens.get(at + 1).is_some_and(|token| token.kind == TokenKind::Word) && !next.any(lexicon::ADV);
            // "the former first lady"
            let between = self.before(at) == Some(Tag::Noun)
                && matches!(self.tokens[at].text(self.text), "first" | "second" | "third")
                && !next.is_parsed();
            if noun && (ordinal || between) { Tag::Adj } else { Tag::Adv }
        } else {
            return None;
        };
        Some(tag)
    }

    /// `May 3`, `in May`: a short month, not a modal.
    fn dated(&self, at: usize) -> bool {
        let number = self.tokens.get(at + 1).is_some_and(|token| token.kind == TokenKind::Number);
        self.tokens[at].capital && (number || self.before(at) == Some(Tag::Prep))
    }

    /// A noun follows, not a verb or a function word.
    pub(super) fn noun_follows(&self, at: usize) -> bool {
        let next = self.next(at);
        let word_follows = self.tokens.get(at + 1).is_some_and(|token| token.kind == TokenKind::Word);
        word_follows
            && !next.any(lexicon::OF_SENTENCES.without(
                lexicon::NOUNONLY
                    | lexicon::ANON
                    | lexicon::DOC
                    | lexicon::CUENOUN
                    | lexicon::TIMENOUN
                    | lexicon::PLACENOUN
                    | lexicon::VAGUE
                    | lexicon::CLAUSEADJ
                    | lexicon::NUM
                    | lexicon::ADDRESSEE
                    | lexicon::ATTEMPT,
            ))
    }

    /// `that` joins a clause unless a noun group follows a preposition; `some` may be a subject by itself.
    pub(super) fn that_or_some(&self, at: usize, word: Word) -> Tag {
        if word.any(lexicon::SUB) {
            let after_preposition = self.before(at).is_some_and(|tag| matches!(tag, Tag::Prep | Tag::Conj));
            let starts = self.before(at).is_none_or(|tag| matches!(tag, Tag::Quote | Tag::Stop | Tag::Comma));
            let next = self.next(at);
            if starts
                && (next.any(lexicon::BE | lexicon::HAVE | lexicon::DO | lexicon::MODAL)
                    || next.can_be(form::THIRD | form::PAST))
            {
                return Tag::Pron;
            }
            // ", that Norvik would pay": a name begins a clause.
            let name = self.tokens.get(at + 1).is_some_and(|token| token.capital);
            let noun = (after_preposition || starts) && self.noun_follows(at) && !name;
            return if noun { Tag::Det } else { Tag::Sub };
        }
        let next = self.next(at);
        let noun = next.any(lexicon::NOUNONLY | lexicon::DOC | lexicon::CUENOUN);
        let one = matches!(self.tokens[at].text(self.text), "this" | "This" | "That" | "much" | "none" | "one" | "One");
        let agrees = if one { next.can_be(form::THIRD) } else { next.can_be(form::BASE) && !next.can_be(form::PAST) };
        let past = next.can_be(form::PAST) && !next.can_be(form::BASE);
        let verb_follows =
            ((agrees || past) && !noun) || next.any(lexicon::BE | lexicon::HAVE | lexicon::DO | lexicon::MODAL);
        let group = next.any(lexicon::PREP | lexicon::WH);
        if verb_follows || group { Tag::Pron } else { Tag::Det }
    }

    /// `before the vote` against `before he voted`: a clause begins where a pronoun subject follows.
    pub(super) fn preposition(&self, at: usize, word: Word) -> Tag {
        if !word.any(lexicon::PREP) {
            return if word.any(lexicon::ADV) && !self.next(at).any(lexicon::PRON | lexicon::DET) {
                Tag::Adv
            } else {
                Tag::Sub
            };
        }
        let next = self.next(at);
        if word.any(lexicon::SUB) && next.any(lexicon::PRON | lexicon::PRONAUX) && !next.any(lexicon::OBJPRON) {
            return Tag::Sub;
        }
        let particle = word.any(lexicon::PARTICLE | lexicon::ADV)
            && !self.tokens.get(at + 1).is_some_and(|token| token.kind == TokenKind::Word)
            && self.before(at).is_some_and(|tag| matches!(tag, Tag::Fin | Tag::Inf | Tag::Part | Tag::Ing));
        if particle { Tag::Adv } else { Tag::Prep }
    }
}
