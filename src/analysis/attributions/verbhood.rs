//! Verb or noun: the hardest guess, for a word with verb forms, by what stands to its left and right.

use super::tagger::Tagger;
use super::tags::Tag;
use crate::lexicon::sourcing::{self as lexicon, Word, form};
use crate::structure::TokenKind;

impl Tagger<'_> {
    /// A word with verb forms: verb or noun, by what stands to its left and right.
    pub(super) fn verb(&self, at: usize, word: Word) -> Option<Tag> {
        let next = self.next(at);
        let mut left = at;
        while left > 0 && matches!(self.tags[left - 1], Tag::Adv | Tag::Neg) {
            left -= 1;
        }
        // After `Co.` and `May 3, 2031,` a verb may stand, after a hyphen none.
        let abbreviated = left > 0
            && self.tags[left - 1] == Tag::Hyphen
            && matches!(self.tokens[left - 1].text(self.text), "." | ",");
        let before = if abbreviated { Some(Tag::Proper) } else { self.before(left) };
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
            Some(Tag::Det)
                if word.can_be(form::GERUND)
                    && word.report != 0
                    && matches!(self.tokens[left - 1].text(self.text), "each" | "both" | "all" | "many" | "some")
                    && left >= 2
                    && self.tags[left - 2] == Tag::Comma =>
            {
                Some(Tag::Ing)
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
                // "says she'll go": the pronoun begins a clause. "which owners say are old": the clause lacks its subject.
                let gap = word.report != 0
                    && left >= 2
                    && (left.saturating_sub(5)..left - 1).any(|n| self.tags[n] == Tag::Wh);
                let finite_next = next.any(lexicon::BE | lexicon::HAVE | lexicon::DO | lexicon::MODAL)
                    && !next.any(lexicon::PRONAUX)
                    && !gap;
                let verb_next = verb_next || gap || next.any(lexicon::PRONAUX);
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
                let plural = left.checked_sub(1).is_some_and(|n| self.is_plural(n) || self.tags[n] == Tag::Quote);
                // "Some wardens, however, question it"
                let plural = plural
                    || before == Some(Tag::Comma)
                        && left >= 4
                        && self.tags[left - 2] == Tag::Adv
                        && self.tags[left - 3] == Tag::Comma
                        && self.is_plural(left - 4)
                        && self.function_follows(at);
                // "Mr. Doss and Mr. Orr say": two are a plural.
                let plural = plural || word.can_be(form::BASE) && self.is_pair(left);
                // "An analysis of filings shows": the verb agrees with the head, not with what stands beside it.
                let plural = match self.head_before(left) {
                    Some(head) if (self.function_follows(at) || nounlike) && before == Some(Tag::Noun) => {
                        let wanted = !word.can_be(form::THIRD);
                        if self.is_plural(head) == wanted { wanted } else { plural }
                    }
                    _ => plural,
                };
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

    fn is_plural(&self, at: usize) -> bool {
        let noun = self.tokens[at].text(self.text);
        noun.ends_with('s') && !["ss", "is", "us"].iter().any(|end| noun.ends_with(end))
            || matches!(noun, "percent" | "people" | "police" | "media" | "men" | "women" | "data")
    }

    /// `Doss and Orr`: two names, or two persons, joined before `left`.
    fn is_pair(&self, left: usize) -> bool {
        let low = left.saturating_sub(8);
        let mut chain = (low..left).rev().take_while(|&n| {
            matches!(self.tags[n], Tag::Proper | Tag::Noun | Tag::Hyphen | Tag::Conj | Tag::Det | Tag::Adj)
        });
        let and = chain.find(|&n| self.tags[n] == Tag::Conj && self.tokens[n].text(self.text) == "and");
        and.is_some_and(|n| {
            n > 0 && n + 1 < left && self.tags[n - 1] == self.tags[left - 1] && self.tags[n - 1] == Tag::Proper
        })
    }

    /// The head of the phrase that ends before `left`, where it is not the last noun: before "of", "from", "by".
    fn head_before(&self, left: usize) -> Option<usize> {
        let low = left.saturating_sub(10);
        let chain = (low..left).rev().take_while(|&n| {
            self.tags[n].is_nominal()
                || matches!(self.tags[n], Tag::Det | Tag::Adj | Tag::Prep | Tag::PossPron | Tag::Hyphen)
                // "newly filed reports"
                || matches!(self.tags[n], Tag::Part | Tag::Adv | Tag::Fin)
                    && (self.tags[n] == Tag::Adv || self.words[n].can_be(form::PARTICIPLE))
                    && self.tags[n + 1] != Tag::Prep
        });
        let first = chain
            .filter(|&n| {
                self.tags[n] == Tag::Prep
                    && matches!(self.tokens[n].text(self.text), "of" | "from" | "by")
                    && n > 0
                    && self.tags[n - 1] == Tag::Noun
            })
            .last()?;
        Some(first - 1)
    }

    /// The clause has its finite verb; one that may be a participle after a noun does not count.
    pub(super) fn has_verb(&self) -> bool {
        self.clause.verb.is_some_and(|n| {
            let direct = n
                .checked_sub(1)
                .is_some_and(|n| matches!(self.tags[n], Tag::Pron | Tag::Wh | Tag::Sub | Tag::Adv | Tag::Neg))
                // "an analysis of newly filed reports"
                && !(n >= 2 && self.tags[n - 1] == Tag::Adv && self.tags[n - 2] == Tag::Prep);
            self.tags[n] != Tag::Fin || !self.words[n].can_be(form::PARTICIPLE) || direct
        })
    }

    /// True if the word is `said` or `told`, which report whatever stands around them.
    pub(super) fn is_said(&self, at: usize) -> bool {
        matches!(self.tokens[at].text(self.text), "said" | "told" | "Said")
    }

    /// `Did he say`, `has Pell said`: the auxiliary stands before its subject.
    pub(super) fn question(&self, left: usize) -> bool {
        left <= 1
    }

    /// True if what follows could belong to a verb: an object, a clause, a quotation, a preposition, the end.
    pub(super) fn object_may_follow(&self, at: usize) -> bool {
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
    pub(super) fn relative_follows(&self, at: usize) -> bool {
        let that = self.tokens.get(at + 1).is_some_and(|token| token.text(self.text) == "that");
        let verb = self.words.get(at + 2).copied().unwrap_or_default();
        that && !verb.any(lexicon::PRONAUX)
            && (verb.any(lexicon::BE | lexicon::HAVE | lexicon::DO | lexicon::MODAL)
                || verb.can_be(form::PAST) && !verb.can_be(form::BASE))
    }

    /// True if what follows begins an object or a clause beyond doubt.
    pub(super) fn function_follows(&self, at: usize) -> bool {
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
    pub(super) fn after_conjunction(&self, at: usize, left: usize, word: Word, verb_next: bool) -> Option<Tag> {
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
