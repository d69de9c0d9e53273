//! What a word seems to be, by its classes and the tags to its left.

use super::tags::{Clause, Tag, is_adjective, sign};
use crate::lexicon::sourcing::{self as lexicon, Word, form};
use crate::lexicon::{class, classes_of};
use crate::structure::{Token, TokenKind};

/// One sentence while it is tagged from left to right.
pub(super) struct Guess<'a> {
    pub(super) text: &'a str,
    pub(super) tokens: &'a [Token],
    pub(super) inside: &'a [u16],
    pub(super) words: &'a [Word],
    pub(super) tags: &'a [Tag],
    pub(super) titled: bool,
    pub(super) clause: &'a Clause,
}

impl Guess<'_> {
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

    pub(super) fn before(&self, at: usize) -> Option<Tag> {
        self.tags.get(at.checked_sub(1)?).copied()
    }

    pub(super) fn next(&self, at: usize) -> Word {
        self.words.get(at + 1).copied().unwrap_or_default()
    }

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
