//! The main verb of a sentence, found without a parser: what stands after a subordinating word is skipped up to the
//! next comma, and the first finite form after a subject is taken.

use super::kinds::{MainVerb, Reading, SentenceTokens, Tense};
use crate::lexicon::class;
use crate::lexicon::{classes_of_small, written};
use crate::structure::TokenKind;

impl<'a> SentenceTokens<'a> {
    /// Finds the first finite verb outside subordinate clauses and quotations, and where its subject begins.
    pub(super) fn main_verb(&self, start: usize, reading: &mut Reading) -> (Option<MainVerb>, usize) {
        let mut subject = start;
        let mut subordinate = self.classes(start).has(class::SUBORDINATOR) && !self.is_preposition_here(start);
        let mut depth = 0usize;
        let mut at = start;
        // A coordinated or introductory phrase before a comma moves the start of the subject behind it.
        while at < self.tokens.len() {
            let classes = self.classes(at);
            match self.word(at) {
                "(" | "[" => depth += 1,
                ")" | "]" => depth = depth.saturating_sub(1),
                "," | ";" | ":" | "—" | "–" if depth == 0 => {
                    if subordinate || self.is_introduction(subject, at) {
                        subject = at + 1;
                    }
                    subordinate = false;
                }
                _ if depth > 0 || self.quoted[at] => {}
                _ if at > subject && classes.has(class::RELATIVE) && !self.is_determiner_here(at) => subordinate = true,
                _ if at > start && classes.has(class::SUBORDINATOR) && !self.is_preposition_here(at) => {
                    subordinate = true
                }
                _ if subordinate => {}
                // A capital inside a sentence is the month of May, or somebody called Will.
                _ if classes.has(class::MODAL_ALONE) && !(at > start && self.tokens[at].capital) => {
                    reading.modal = true;
                    return (None, subject);
                }
                _ => {
                    if let Some(verb) = self.verb_at(at, subject) {
                        reading.negated = (verb.first..=verb.last + 1).any(|at| self.classes(at).has(class::NEGATION));
                        return (Some(verb), subject);
                    }
                }
            }
            at += 1;
        }
        (None, subject)
    }

    /// "after the ferry sank," is a clause, "after the talks," is a phrase: only the first has a verb of its own, which
    /// the comma ends; so both may be skipped alike, but "that" and "as" before a noun phrase must not hide the verb.
    pub(super) fn is_preposition_here(&self, at: usize) -> bool {
        let classes = self.classes(at);
        classes.has(class::PREPOSITION) && {
            let next = self.classes(at + 1);
            let number = self.tokens.get(at + 1).is_some_and(|t| t.kind == TokenKind::Number);
            number || next.has(class::MONTH.or(class::WEEKDAY)) || !self.has_verb_before_comma(at + 1)
        }
    }

    /// True if a finite verb stands from `from` on, before the next comma and within a dozen tokens.
    pub(super) fn has_verb_before_comma(&self, from: usize) -> bool {
        for at in from..self.tokens.len().min(from + 12) {
            if self.word(at) == "," {
                return false;
            }
            let classes = self.classes(at);
            if classes.has(class::PAST.or(class::COPULA).or(class::HAVE_ALONE).or(class::MODAL_ALONE)) {
                return true;
            }
            if self.is_regular_past(at) && !self.classes(at.saturating_sub(1)).has(class::DETERMINER) {
                return true;
            }
        }
        false
    }

    /// True if a "that" at the head of the sentence belongs to the noun after it.
    pub(super) fn is_determiner_here(&self, at: usize) -> bool {
        self.word_is(at, "that")
            && self.tokens.get(at + 1).is_some_and(|t| t.kind == TokenKind::Word && !t.capital)
            && at == 0
    }

    /// "On October 7," "After the visit," "Last year," before the subject.
    pub(super) fn is_introduction(&self, from: usize, comma: usize) -> bool {
        let classes = self.classes(from);
        let adverbial = classes.has(class::PREPOSITION.or(class::ADVERB).or(class::RESET))
            || self.word(from).ends_with("ly")
            || self.word(from).ends_with("ing");
        let time = self.word_is(from, "last") || self.word_is(from, "earlier") || self.word_is(from, "later");
        (adverbial || time || written::forms_of(self.word(from)).has(written::CONCLUDES)) && comma > from
    }

    /// The main verb that begins at `at`, if one does; `subject` is the subject's first token.
    pub(super) fn verb_at(&self, at: usize, subject: usize) -> Option<MainVerb> {
        let token = self.tokens.get(at)?;
        if at == subject || token.kind != TokenKind::Word || token.capital {
            return None;
        }
        let classes = self.classes(at);
        // "their widely repudiated theories": what stands before the adverb decides.
        let back = (subject..at).rev().find(|&at| !self.is_adverb(at)).unwrap_or(at - 1);
        let before = self.classes(back);
        if classes.has(class::HAVE_ALONE) {
            return Some(self.perfect(at));
        }
        if classes.has(class::COPULA) {
            return Some(self.be(at));
        }
        if classes.has(class::DO) {
            let past = self.word(at).starts_with("did");
            let tense = if past { Tense::Past } else { Tense::Present };
            return Some(MainVerb { first: at, last: at, tense, passive: false });
        }
        let past = classes.has(class::PAST) || self.is_regular_past(at);
        let blocked =
            before.has(class::DETERMINER.or(class::PREPOSITION).or(class::COORDINATOR)) && !before.has(class::PRONOUN);
        if past && !blocked && !self.word(at - 1).is_empty() && self.tokens[at - 1].kind != TokenKind::Possessive {
            let hyphen = matches!(self.word(at - 1), "-") || self.word(at + 1) == "-" && !self.tokens[at + 1].spaced;
            let reduced = self.word_is(at + 1, "by") && !classes.has(class::PAST);
            if !hyphen && !reduced && self.is_subject_like(at - 1) {
                return Some(MainVerb { first: at, last: at, tense: Tense::Past, passive: false });
            }
        }
        None
    }

    /// True if the word may stand right before a finite verb: a name, a noun, a pronoun, an adverb after one of these, a comma.
    pub(super) fn is_subject_like(&self, at: usize) -> bool {
        let classes = self.classes(at);
        if classes.has(class::ADVERB) || self.word(at).ends_with("ly") {
            return true;
        }
        matches!(self.tokens[at].kind, TokenKind::Word | TokenKind::Number | TokenKind::Sign | TokenKind::Quote)
            && !classes.has(class::COPULA.or(class::HAVE_ALONE))
    }

    fn is_adverb(&self, at: usize) -> bool {
        let word = self.word(at);
        self.classes(at).has(class::ADVERB) && !self.classes(at).has(class::DETERMINER)
            || word.len() > 4 && word.ends_with("ly")
    }

    /// True if a word has the shape of a regular past tense.
    pub(super) fn is_regular_past(&self, at: usize) -> bool {
        let word = self.word(at);
        word.len() > 3
            && word.ends_with("ed")
            && !self.classes(at).has(class::NOT_VERB)
            && self.tokens.get(at).is_some_and(|t| !t.capital && t.kind == TokenKind::Word)
    }

    /// The verb that a form of "have" at `at` begins.
    pub(super) fn perfect(&self, at: usize) -> MainVerb {
        let mut last = at;
        for next in at + 1..self.tokens.len().min(at + 6) {
            let classes = self.classes(next);
            let participle = classes.has(class::PARTICIPLE.or(class::PAST))
                || self.is_regular_past(next)
                || self.word_is(next, "been");
            if participle {
                last = next;
                if !self.word_is(next, "been") {
                    let passive = self.word_is(next - 1, "been");
                    return MainVerb { first: at, last, tense: Tense::Perfect, passive };
                }
            } else if !(classes.has(class::ADVERB.or(class::PREPOSITION))
                || self.word(next).ends_with("ly")
                || self.word(next).ends_with("ing"))
            {
                break;
            }
        }
        let been = last > at;
        let had = self.word_is(at, "had");
        let tense = if been {
            Tense::Perfect
        } else if had {
            Tense::Past
        } else {
            Tense::Present
        };
        MainVerb { first: at, last, tense, passive: false }
    }

    /// The verb that a form of "be" at `at` begins, passive or copula.
    pub(super) fn be(&self, at: usize) -> MainVerb {
        let past = self.classes(at).has(class::BE_PAST) || matches!(self.word(at), "became" | "remained");
        for next in at + 1..self.tokens.len().min(at + 4) {
            let classes = self.classes(next);
            if classes.has(class::PARTICIPLE)
                || self.is_regular_past(next)
                || classes.has(class::PAST) && !self.word_is(next, "set")
            {
                let tense = if past { Tense::Past } else { Tense::Present };
                return MainVerb { first: at, last: next, tense, passive: true };
            }
            if !(classes.has(class::ADVERB) || self.word(next).ends_with("ly")) {
                break;
            }
        }
        MainVerb { first: at, last: at, tense: if past { Tense::Past } else { Tense::Present }, passive: false }
    }

    /// "Ada Pell contributed reporting."
    pub(super) fn is_credit(&self, verb: MainVerb) -> bool {
        let next = (verb.last + 1..verb.last + 4).any(|at| self.word(at).starts_with("report"));
        self.word_is(verb.last, "contributed") && next
    }

    /// True if a verb tells a state and no happening.
    pub(super) fn is_stative(&self, verb: MainVerb) -> bool {
        let classes = self.classes(verb.last);
        let auxiliary = classes.has(class::COPULA) || classes.has(class::HAVE_ALONE) || self.word_is(verb.last, "been");
        auxiliary && !verb.passive || classes_of_small(self.word(verb.last)).has(class::STATIVE)
    }
}
