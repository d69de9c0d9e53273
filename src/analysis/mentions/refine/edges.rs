//! The edges of a name: titles, articles, possessives and the verbs of terse notes stay outside.

use crate::lexicon::written::{self, forms_of};
use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use super::Refiner;
use crate::analysis::facts::EntityKind;
use crate::analysis::mentions::NamedSpan;
use crate::lexicon::names::kind;
use crate::lexicon::{class, classes_of_word};
use crate::structure::TokenKind;

impl Refiner<'_> {
    /// Without titles, articles and possessives at its ends; none if nothing is left. A nationality or body that a title
    /// kept apart from the person ("Meridian President Nadim Haddad") goes to `out`.
    pub(super) fn trimmed(
        &self,
        mut range: Range<usize>,
        kind: EntityKind,
        out: &mut Vec<NamedSpan>,
    ) -> Option<NamedSpan> {
        if kind == EntityKind::Person {
            range = self.untitled(self.without_of(self.without_rank(range)), out)?;
        }
        while range.len() > 1 {
            let token = &self.tokens[range.start];
            let article = matches!(self.word(range.start), "The" | "the" | "A" | "An" | "a" | "an");
            let contracted = is_contraction(self.word(range.start));
            if !(article || contracted || matches!(token.kind, TokenKind::Quote | TokenKind::Stop)) {
                break;
            }
            range.start += 1;
        }
        while range.len() > 1 {
            let last = range.end - 1;
            let odd = matches!(self.tokens[last].kind, TokenKind::Possessive | TokenKind::Quote)
                || matches!(self.word(last), "," | "-" | "of" | "and" | "the" | "for" | "in" | "at" | "/");
            // "Lidia and I" are two.
            let me = kind == EntityKind::Person && self.word(last) == "I" && self.word(last - 1) == "and";
            if !(odd || me) {
                break;
            }
            range.end -= 1;
        }
        let pronoun = range.len() == 1 && {
            let token = &self.tokens[range.start];
            let word = self.classes(range.start).has(class::FUNCTION)
                && (!token.all_capitals || self.word(range.start) == "I");
            word && kind != EntityKind::Work
        };
        (!pronoun).then_some((range, kind))
    }

    /// "Von der Marr": small words before a surname belong to it, also where the first has a capital because the sentence
    /// begins with it.
    pub(super) fn with_particles(&self, mut range: Range<usize>, kind: EntityKind) -> Range<usize> {
        let begins = self.sentence.tokens.start as usize;
        while kind == EntityKind::Person
            && range.start > begins
            && classes_of_word(self.word(range.start - 1)).has(class::FAMILY_LINK)
            && (!self.tokens[range.start - 1].capital || range.start - 1 == begins)
        {
            range.start -= 1;
        }
        range
    }

    /// "Met Pell on Monday", "Works for Norvik Shipping": in notes the author or the subject of the page is left out, and
    /// the verb at the start of the line has its capital from there.
    pub(super) fn without_verb(&self, range: Range<usize>, kind: EntityKind) -> Range<usize> {
        let begins = self.sentence.tokens.start as usize;
        let at_start = (begins..range.start).all(|at| self.tokens[at].kind != TokenKind::Word);
        let verb = |at: usize| LINE_VERBS.contains(self.word(at));
        // The Met is a police force, too, and a title may begin with any word.
        let fits = match kind {
            EntityKind::Person => true,
            EntityKind::Org | EntityKind::Place => self.word(range.start) != "Met",
            _ => false,
        };
        if range.len() < 2 || !fits || !at_start || !verb(range.start) {
            return range;
        }
        let named = (range.start + 1..range.end).find(|&at| self.tokens[at].capital);
        let small =
            |at: usize| matches!(self.word(at), "for" | "with" | "to" | "at" | "from" | "by" | "the" | "of" | "in");
        let named = named.filter(|&named| (range.start + 1..named).all(small));
        named.map_or(range.clone(), |named| named..range.end)
    }

    /// "Lidia Marr, 2nd Countess of Dorn" is named before the comma.
    fn without_rank(&self, range: Range<usize>) -> Range<usize> {
        let ordinal = |at: usize| self.word(at).starts_with(|c: char| c.is_ascii_digit());
        let comma = (range.start + 2..range.end.saturating_sub(1)).find(|&at| self.word(at) == "," && ordinal(at + 1));
        comma.map_or(range.clone(), |comma| range.start..comma)
    }

    /// "Lidia Marr of Norvik" names Lidia Marr, "one of Haddad's men" Haddad: only a single given name goes on with "of".
    fn without_of(&self, range: Range<usize>) -> Range<usize> {
        let Some(of) = range.clone().find(|&at| self.word(at) == "of") else { return range };
        if of == range.start || of + 1 >= range.end {
            return range;
        }
        if of - range.start == 1 {
            let counted = self.classes(range.start).has(class::FUNCTION)
                || forms_of(self.word(range.start)).has(written::COUNTS_HEAD);
            return if counted { of + 1..range.end } else { range };
        }
        let name = (range.start..of).all(|at| {
            self.tokens[at].kind == TokenKind::Word
                && self.tokens[at].capital
                && !self.classes(at).has(class::TITLE)
                && !self.is_office(at)
        });
        if name { range.start..of } else { range }
    }

    /// A person's name after its last title; none where there is nothing but titles.
    fn untitled(&self, mut range: Range<usize>, out: &mut Vec<NamedSpan>) -> Option<Range<usize>> {
        // A crown is worn by a prince only: alone it is a firm, a court or a surname.
        let crown = |at: usize| self.word(at) == "Crown" && matches!(self.word(at + 1), "Prince" | "Princess");
        let title = |at: usize| self.classes(at).has(class::TITLE) && self.tokens[at].capital || crown(at);
        let people = |at: usize, class| self.look(at).is_some_and(|word| word.single.has(class));
        if range.len() > 2
            && people(range.start, kind::GROUP)
            && people(range.start + 1, kind::GIVEN)
            && !people(range.start, kind::GIVEN)
        {
            // "fellow Norlander Nadim Haddad"
            out.push((range.start..range.start + 1, EntityKind::Group));
            range.start += 1;
        }
        if range.len() == 1 && self.surnames.contains_key(&self.tokens[range.start].hash) {
            return Some(range);
        }
        if range.clone().all(|at| title(at) || self.classes(at).has(class::DIRECTION) || self.is_office(at)) {
            return None;
        }
        let Some(last) = (range.start..range.end - 1).rev().find(|&at| title(at)) else { return Some(range) };
        let first = self.look(range.start)?;
        let given = first.single.has(kind::GIVEN) && !first.single.has(kind::GROUP.or(kind::COUNTRY));
        if last > range.start && given && !title(range.start) {
            return Some(range);
        }
        if let Some(kind) = self.prefix_kind(range.start) {
            out.push((range.start..range.start + 1, kind));
        }
        range.start = last + 1;
        while range.len() > 1 && self.tokens[range.start].kind == TokenKind::Stop {
            range.start += 1;
        }
        Some(range)
    }

    fn prefix_kind(&self, at: usize) -> Option<EntityKind> {
        let classes = self.look(at)?.single;
        if classes.has(kind::GROUP) {
            Some(EntityKind::Group)
        } else if classes.has(kind::COUNTRY) {
            Some(EntityKind::Place)
        } else {
            (classes.has(kind::ANY_ORG) && self.tokens[at].all_capitals).then_some(EntityKind::Org)
        }
    }
}

/// Tells if a word is a pronoun with its verb: "I'm Lidia Marr" names Lidia Marr.
fn is_contraction(word: &str) -> bool {
    let Some((pronoun, verb)) = word.split_once(['\'', '’']) else { return false };
    let verb = matches!(verb, "m" | "re" | "ve" | "ll" | "d" | "s");
    verb && ["i", "we", "you", "he", "she", "they", "it", "that", "here", "there"]
        .iter()
        .any(|known| known.eq_ignore_ascii_case(pronoun))
}

/// Verbs with which lines of notes begin and with which no name does.
static LINE_VERBS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    "Accused Advised Appointed Arrested Asked Attacked Backed Blamed Bought Briefed Called Chaired Chairs Confirmed \
    Contacted Controls Criticised Criticized Denied Detained Dined Dismissed Emailed Employed Fired Flew Founded \
    Funded Headed Hired Interviewed Joined Knew Knows Led Leads Married Met Owned Owns Paid Phoned Praised Quoted \
    Ran Replaced Runs Saw SentenceWords Sold Spoke Succeeded Supported Sued Telephoned Texted Thanked Told Visited Warned \
    Worked Works Wrote"
        .split(' ')
        .collect()
});
