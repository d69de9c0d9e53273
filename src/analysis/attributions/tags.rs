//! A light guess at parts of speech: closed-class words, verb forms, suffixes and the neighbour to the left.
//!
//! It is no tagger to rely on; it tells where a noun phrase can begin and end and which word is a finite verb, which
//! is what finding sources and contents needs. One pass from left to right with one repair (a past tense that a
//! later finite verb shows to be a participle), so it is linear.

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
    if word == Word::default() {
        let bytes = token.text(text).as_bytes();
        let ends = |suffix: &[u8]| bytes.len() > suffix.len() + 2 && bytes.ends_with(suffix);
        if ends(b"ed") {
            word.forms = form::PAST | form::PARTICIPLE;
        } else if ends(b"ing") {
            word.forms = form::GERUND;
        } else if ends(b"ly") {
            word.classes = lexicon::ADV;
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
struct Clause {
    /// Its finite verb.
    verb: Option<usize>,
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

struct Guess<'a> {
    text: &'a str,
    tokens: &'a [Token],
    inside: &'a [u16],
    words: &'a [Word],
    tags: &'a [Tag],
    titled: bool,
    clause: &'a Clause,
}

impl Guess<'_> {
    fn at(&self, at: usize) -> Tag {
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
    fn abbreviates(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        let short = at.checked_sub(1).is_some_and(|n| self.tokens[n].capital && self.tokens[n].range.len() <= 6);
        let goes_on = self
            .tokens
            .get(at + 1)
            .is_some_and(|next| matches!(next.kind, TokenKind::Word | TokenKind::Number | TokenKind::Sign));
        short && goes_on && !token.spaced && token.text(self.text) == "."
    }

    /// `he’s`, `who's` hold a verb; `Pell’s` is a possessive.
    fn possessive(&self, at: usize) -> Tag {
        let pronoun =
            at.checked_sub(1).is_some_and(|before| matches!(self.tags[before], Tag::Pron | Tag::Wh | Tag::Sub));
        if pronoun { Tag::Be } else { Tag::Possessive }
    }

    fn word(&self, at: usize) -> Tag {
        let (token, word) = (&self.tokens[at], self.words[at]);
        let first = self.before(at).is_none_or(|tag| matches!(tag, Tag::Quote | Tag::Stop | Tag::Colon));
        if token.capital
            && !first
            && !self.titled
            && !(word.any(lexicon::TIME) && !self.in_name(at))
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

    /// `USA Today`: a capitalised "today" is part of a name.
    fn in_name(&self, at: usize) -> bool {
        matches!(self.tokens[at].text(self.text), "Today" | "Tonight" | "Yesterday" | "Tomorrow")
    }

    fn before(&self, at: usize) -> Option<Tag> {
        self.tags.get(at.checked_sub(1)?).copied()
    }

    fn next(&self, at: usize) -> Word {
        self.words.get(at + 1).copied().unwrap_or_default()
    }

    fn closed(&self, at: usize, word: Word) -> Option<Tag> {
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
            let unknown = next == Word::default()
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
        } else if word.any(lexicon::TIME) && self.tokens[at].range.len() > 3 {
            let modal = word.any(lexicon::MODAL) && !self.tokens[at].capital;
            if modal { Tag::Modal } else { Tag::Time }
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
            if ordinal && noun { Tag::Adj } else { Tag::Adv }
        } else {
            return None;
        };
        Some(tag)
    }

    /// A noun follows, not a verb or a function word.
    fn noun_follows(&self, at: usize) -> bool {
        let next = self.next(at);
        let word_follows = self.tokens.get(at + 1).is_some_and(|token| token.kind == TokenKind::Word);
        word_follows
            && !next.any(
                !(lexicon::NOUNONLY
                    | lexicon::ANON
                    | lexicon::DOC
                    | lexicon::CUENOUN
                    | lexicon::TIMENOUN
                    | lexicon::PLACENOUN
                    | lexicon::VAGUE
                    | lexicon::CLAUSEADJ
                    | lexicon::NUM
                    | lexicon::ADDRESSEE
                    | lexicon::ATTEMPT),
            )
    }

    /// `that` joins a clause unless a noun group follows a preposition; `some` may be a subject by itself.
    fn that_or_some(&self, at: usize, word: Word) -> Tag {
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
            return if (after_preposition || starts) && self.noun_follows(at) { Tag::Det } else { Tag::Sub };
        }
        let next = self.next(at);
        let noun = next.any(lexicon::NOUNONLY | lexicon::DOC | lexicon::CUENOUN);
        let one = matches!(self.tokens[at].text(self.text), "this" | "This" | "That" | "much" | "none");
        let agrees = if one { next.can_be(form::THIRD) } else { next.can_be(form::BASE) && !next.can_be(form::PAST) };
        let past = next.can_be(form::PAST) && !next.can_be(form::BASE);
        let verb_follows =
            ((agrees || past) && !noun) || next.any(lexicon::BE | lexicon::HAVE | lexicon::DO | lexicon::MODAL);
        let group = next.any(lexicon::PREP | lexicon::WH);
        if verb_follows || group { Tag::Pron } else { Tag::Det }
    }

    /// `before the vote` against `before he voted`: a clause begins where a pronoun subject follows.
    fn preposition(&self, at: usize, word: Word) -> Tag {
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

    /// A word with verb forms: verb or noun, by what stands to its left and right.
    fn verb(&self, at: usize, word: Word) -> Option<Tag> {
        let next = self.next(at);
        let mut left = at;
        while left > 0 && matches!(self.tags[left - 1], Tag::Adv | Tag::Neg) {
            left -= 1;
        }
        let before = self.before(left);
        let plain_past = word.can_be(form::PAST) && (!word.can_be(form::PARTICIPLE) || self.is_said(at));
        let verb_next = self.object_may_follow(at);
        match before {
            None | Some(Tag::Stop | Tag::Colon) => Some(if self.is_said(at) {
                Tag::Fin
            } else if word.can_be(form::GERUND) {
                Tag::Ing
            } else if word.can_be(form::PAST | form::PARTICIPLE) {
                Tag::Part
            } else if word.can_be(form::BASE)
                && self.function_follows(at)
                && !self.titled
                && !word.any(lexicon::NOUNONLY)
                && !next.can_be(form::THIRD)
            {
                Tag::Inf
            } else {
                return None;
            }),
            Some(Tag::To) => word.can_be(form::BASE).then_some(Tag::Inf),
            Some(Tag::Modal | Tag::Do) => word.can_be(form::BASE).then_some(Tag::Inf),
            Some(Tag::Be | Tag::Have) if left < at || self.before(at) == before => {
                if word.can_be(form::PARTICIPLE) {
                    Some(Tag::Part)
                } else if word.can_be(form::GERUND) {
                    Some(Tag::Ing)
                } else if plain_past {
                    Some(Tag::Fin)
                } else if word.can_be(form::BASE) && self.question(left) {
                    Some(Tag::Inf)
                } else {
                    None
                }
            }
            Some(Tag::Det | Tag::PossPron | Tag::Possessive | Tag::Adj) => {
                let standing = before == Some(Tag::Adj) && plain_past;
                if standing { Some(Tag::Fin) } else { None }
            }
            Some(Tag::Hyphen) => None,
            Some(Tag::Prep) => {
                if word.can_be(form::GERUND) {
                    Some(Tag::Ing)
                } else if plain_past {
                    Some(Tag::Fin)
                } else {
                    (word.can_be(form::PARTICIPLE) && !word.can_be(form::BASE)).then_some(Tag::Part)
                }
            }
            Some(Tag::Pron | Tag::Wh) => {
                if word.can_be(form::BASE | form::THIRD | form::PAST) {
                    Some(Tag::Fin)
                } else {
                    word.can_be(form::GERUND).then_some(Tag::Ing)
                }
            }
            Some(Tag::Sub) => {
                if word.can_be(form::GERUND) {
                    Some(Tag::Ing)
                } else if word.can_be(form::PAST) {
                    Some(if self.tokens[left - 1].text(self.text) == "that" || plain_past {
                        Tag::Fin
                    } else {
                        Tag::Part
                    })
                } else {
                    (word.can_be(form::THIRD | form::BASE) && verb_next).then_some(Tag::Fin)
                }
            }
            Some(Tag::Conj) => self.after_conjunction(at, left, word, verb_next),
            _ => {
                if word.can_be(form::GERUND) {
                    return Some(Tag::Ing);
                }
                let object = matches!(before, Some(Tag::Inf | Tag::Fin | Tag::Ing)) && !plain_past;
                if object && word.can_be(form::PARTICIPLE) && !word.can_be(form::BASE) {
                    return Some(Tag::Part);
                }
                if word.can_be(form::PAST) {
                    let by = next.any(lexicon::PREP)
                        && self.tokens.get(at + 1).is_some_and(|token| token.text(self.text) == "by");
                    return Some(if by && !plain_past { Tag::Part } else { Tag::Fin });
                }
                if word.can_be(form::PARTICIPLE) {
                    return Some(Tag::Part);
                }
                let subject = before.is_some_and(|tag| {
                    tag.is_nominal()
                        || matches!(
                            tag,
                            Tag::Close | Tag::Comma | Tag::Quote | Tag::Time | Tag::Adv | Tag::Dash | Tag::ObjPron
                        )
                });
                let nounlike = word.any(lexicon::NOUNVERB | lexicon::CUENOUN | lexicon::DOC);
                let says = word.report != 0 && !nounlike && self.function_follows(at);
                if !subject || (self.has_verb() && before != Some(Tag::Comma) && !says) {
                    return None;
                }
                let finite_next = next.any(lexicon::BE | lexicon::HAVE | lexicon::DO | lexicon::MODAL);
                if finite_next
                    || !verb_next
                    || self.relative_follows(at)
                    || (before == Some(Tag::Noun)
                        && (word.can_be(form::THIRD) || !self.tokens[left - 1].text(self.text).ends_with('s'))
                        && word.any(lexicon::NOUNVERB | lexicon::CUENOUN | lexicon::DOC)
                        && !self.function_follows(at))
                {
                    return None;
                }
                let plural = left.checked_sub(1).is_some_and(|n| {
                    let noun = self.tokens[n].text(self.text);
                    (noun.ends_with('s') && !noun.ends_with("ss"))
                        || matches!(noun, "percent" | "people" | "police" | "media" | "men" | "women")
                        || self.tags[n] == Tag::Quote
                });
                if before == Some(Tag::Num) && word.can_be(form::THIRD) {
                    return None;
                }
                let agrees = if word.can_be(form::THIRD) { !plural || before != Some(Tag::Noun) } else { plural };
                let clause = next.any(lexicon::PRON) && !next.any(lexicon::OBJPRON)
                    || self.tokens.get(at + 1).is_some_and(|token| token.text(self.text) == "that");
                let last = self.tokens.get(at + 1).is_none_or(|token| token.kind != TokenKind::Word);
                let sure = self.words[at].report != 0 && (clause || !nounlike && (self.function_follows(at) || last));
                let counted = left >= 2 && matches!(self.tags[left - 2], Tag::Det | Tag::Possessive | Tag::PossPron);
                (agrees || before == Some(Tag::Num) && self.function_follows(at) && !counted || sure)
                    .then_some(Tag::Fin)
            }
        }
    }

    /// The clause has its finite verb; one that may be a participle after a noun does not count.
    fn has_verb(&self) -> bool {
        self.clause.verb.is_some_and(|n| {
            let direct = n
                .checked_sub(1)
                .is_some_and(|n| matches!(self.tags[n], Tag::Pron | Tag::Wh | Tag::Sub | Tag::Adv | Tag::Neg));
            self.tags[n] != Tag::Fin || !self.words[n].can_be(form::PARTICIPLE) || direct
        })
    }

    fn is_said(&self, at: usize) -> bool {
        matches!(self.tokens[at].text(self.text), "said" | "told" | "Said")
    }

    /// `Did he say`, `has Pell said`: the auxiliary stands before its subject.
    fn question(&self, left: usize) -> bool {
        left <= 1
    }

    /// What follows could belong to a verb: an object, a clause, a quotation, a preposition, the end.
    fn object_may_follow(&self, at: usize) -> bool {
        let Some(token) = self.tokens.get(at + 1) else { return true };
        let next = self.next(at);
        if token.kind != TokenKind::Word {
            let text = token.text(self.text);
            return matches!(token.kind, TokenKind::Quote | TokenKind::Number | TokenKind::Address)
                || matches!(text, "," | ":" | "." | "$");
        }
        if self.tokens[at].text(self.text).starts_with(char::is_lowercase) && token.capital {
            return true;
        }
        let of = token.text(self.text) == "of" && self.words[at].any(lexicon::CUENOUN | lexicon::DOC);
        !of && !next.can_be(form::PAST) && !next.any(lexicon::BE | lexicon::HAVE | lexicon::DO | lexicon::MODAL)
    }

    /// `rules that could lead`: what follows is a relative clause.
    fn relative_follows(&self, at: usize) -> bool {
        let that = self.tokens.get(at + 1).is_some_and(|token| token.text(self.text) == "that");
        let verb = self.words.get(at + 2).copied().unwrap_or_default();
        that && !verb.any(lexicon::PRONAUX)
            && (verb.any(lexicon::BE | lexicon::HAVE | lexicon::DO | lexicon::MODAL)
                || verb.can_be(form::PAST) && !verb.can_be(form::BASE))
    }

    /// What follows begins an object or a clause beyond doubt.
    fn function_follows(&self, at: usize) -> bool {
        let next = self.next(at);
        let function = lexicon::DET
            | lexicon::DETPRON
            | lexicon::POSSPRON
            | lexicon::PRON
            | lexicon::OBJPRON
            | lexicon::PREP
            | lexicon::SUB
            | lexicon::WH
            | lexicon::TO
            | lexicon::NUM
            | lexicon::NEG;
        next.any(function) || self.tokens.get(at + 1).is_none_or(|token| token.kind != TokenKind::Word || token.capital)
    }

    /// After "and" a word is what the word before "and" was.
    fn after_conjunction(&self, at: usize, left: usize, word: Word, verb_next: bool) -> Option<Tag> {
        let earlier = left.saturating_sub(1);
        let verbs = (earlier.saturating_sub(30)..earlier).rev().find(|&n| {
            matches!(
                self.tags[n],
                Tag::Fin | Tag::Inf | Tag::Ing | Tag::Part | Tag::Modal | Tag::Be | Tag::Have | Tag::Do
            )
        });
        let tag = verbs.map(|n| self.tags[n]);
        if word.can_be(form::PAST) && (self.is_said(at) || !matches!(tag, Some(Tag::Have | Tag::Part))) {
            return Some(Tag::Fin);
        }
        if word.can_be(form::PARTICIPLE) && matches!(tag, Some(Tag::Have | Tag::Part)) {
            return Some(Tag::Part);
        }
        if word.can_be(form::GERUND) {
            return Some(Tag::Ing);
        }
        let modifier = earlier.checked_sub(1).is_some_and(|n| self.tags[n] == Tag::Adj);
        if !verb_next || modifier || !self.function_follows(at) {
            return None;
        }
        if word.can_be(form::THIRD) {
            let present = (earlier.saturating_sub(40)..earlier).any(|n| {
                self.tags[n] == Tag::Fin && self.words[n].can_be(form::THIRD)
                    || matches!(self.tags[n], Tag::Be | Tag::Have)
            });
            return (present && !self.words[at].any(lexicon::DOC)).then_some(Tag::Fin);
        }
        match tag {
            Some(Tag::Inf | Tag::Modal) => Some(Tag::Inf),
            Some(Tag::Fin) if verbs.is_some_and(|n| self.words[n].can_be(form::BASE)) => Some(Tag::Fin),
            _ => None,
        }
    }
}

fn sign(text: &str, tokens: &[Token], at: usize) -> Tag {
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

fn is_adjective(word: &str) -> bool {
    const ENDS: [&str; 9] = ["ous", "ive", "able", "ible", "ical", "ful", "less", "ish", "ese"];
    word.len() > 5 && ENDS.iter().any(|end| word.ends_with(end))
}
