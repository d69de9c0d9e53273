//! Speakers: the head of a source phrase, or who is named in apposition to it, and else nobody.
//!
//! "Ada Pell's critics", "the officer who arrested Ada Pell" and "documents seized from Ada Pell" name somebody who does not
//! speak. So a name counts only where the phrase has its head: not before a possessive, behind a preposition or in a
//! relative clause. Who speaks for a body speaks as that body ("a spokesman for Norvik Shipping", "Norvik officials"), and
//! who issued a paper speaks in it ("a poll by Harbor Daily"). Where the structure is not sure nobody is the speaker.

use crate::analysis::facts::{Attribution, EntityKind, Mention, SourceKind};
use crate::lexicon::class::{
    ADV, ANON, BE, CONJ, DET, DETPRON, DOC, EVERYONE, LEAVES_OUT, OBJPRON, ONCE, ORGAN, POSSPRON, PREP, PRON, ROLE,
    ROLE_HEAD, SUB, TIME, TO, WH,
};
use crate::lexicon::sourcing::{self as lexicon, Classes, form};
use crate::structure::{Note, Token, TokenKind};
use crate::text::TextRange;

/// Fills in who speaks in each attribution.
pub(super) fn find(text: &str, note: &Note, mentions: &[Mention], attributions: &mut [Attribution]) {
    let tokens = note.tokens.as_slice();
    for attribution in attributions {
        let Some(&source) = attribution.source.first() else { continue };
        let sentence = note.sentences.get(attribution.sentence as usize);
        let floor = sentence.map_or(0, |sentence| sentence.tokens.start as usize);
        let phrase = Phrase { text, tokens, mentions, floor, source };
        let head = phrase.antecedent().or_else(|| phrase.head(attribution.kind));
        attribution.speaker = head.and_then(|mention| mention.entity);
    }
}

/// A source phrase among the tokens and mentions of its note.
struct Phrase<'a> {
    text: &'a str,
    tokens: &'a [Token],
    mentions: &'a [Mention],
    /// The first token of its sentence.
    floor: usize,
    source: TextRange,
}

impl<'a> Phrase<'a> {
    fn begin(&self) -> usize {
        self.tokens.partition_point(|token| token.range.end <= self.source.start)
    }

    fn end(&self) -> usize {
        self.tokens.partition_point(|token| token.range.start < self.source.end)
    }

    fn at(&self, n: usize) -> &'a str {
        self.tokens.get(n).map_or("", |token| token.text(self.text))
    }

    fn is(&self, n: usize, word: &str) -> bool {
        self.at(n).eq_ignore_ascii_case(word)
    }

    fn is_any(&self, n: usize, words: &[&str]) -> bool {
        words.iter().any(|word| self.is(n, word))
    }

    fn has(&self, n: usize, classes: Classes) -> bool {
        self.tokens.get(n).is_some_and(|token| lexicon::lookup(token.hash).any(classes))
    }

    /// The longest name that begins at the token.
    fn name(&self, n: usize) -> Option<&'a Mention> {
        let start = self.tokens.get(n)?.range.start;
        let from = self.mentions.partition_point(|mention| mention.range.start < start);
        let here = self.mentions.get(from..)?.iter().take_while(|mention| mention.range.start == start);
        here.filter(|mention| mention.kind.is_named()).max_by_key(|mention| mention.range.end)
    }

    /// The name that ends before the token.
    fn name_before(&self, n: usize) -> Option<&'a Mention> {
        let end = self.tokens.get(n.checked_sub(1)?)?.range.end;
        let until = self.mentions.partition_point(|mention| mention.range.start < end);
        let near = self.mentions.get(until.saturating_sub(4)..until)?;
        near.iter().find(|mention| mention.range.end == end && mention.kind.is_named())
    }

    /// The name before a relative pronoun that is the whole source: `It was Ada Pell who said`, `Ada Pell is the one who
    /// said`, and at the start of a sentence `Ada Pell, who said`.
    fn antecedent(&self) -> Option<&'a Mention> {
        let who = self.begin();
        if self.end() != who + 1 || !self.is_any(who, &["who", "that", "which"]) {
            return None;
        }
        if self.has(who.checked_sub(3)?, BE) && self.is(who - 2, "the") && self.is_any(who - 1, &["one", "person"]) {
            return self.name_before(who - 3).filter(|mention| self.starts(mention));
        }
        let comma = usize::from(self.is(who - 1, ","));
        let mention = self.name_before(who - comma)?;
        let first = mention.tokens.start as usize;
        let cleft = first >= 2 && self.has(first - 1, BE) && self.is(first - 2, "it") && comma == 0;
        let opens = cleft && (first - 2 == self.floor || self.has(first - 3, CONJ));
        (opens || !cleft && comma == 1 && self.starts(mention)).then_some(mention)
    }

    /// True if the sentence begins with it.
    fn starts(&self, mention: &Mention) -> bool {
        let first = mention.tokens.start as usize;
        first == self.floor || first == self.floor + 1 && self.has(self.floor, DET)
    }

    /// True if what stands before the source leaves it out: `All ministers but Ada Pell`, `Unlike Ada Pell`.
    fn is_left_out(&self, begin: usize) -> bool {
        let Some(before) = begin.checked_sub(1).filter(|&n| n >= self.floor) else { return false };
        if self.is(before, "but") {
            return (before.saturating_sub(4).max(self.floor)..before).any(|n| self.has(n, EVERYONE));
        }
        !self.is(before, "not") && self.has(before, LEAVES_OUT)
    }

    fn head(&self, kind: SourceKind) -> Option<&'a Mention> {
        let (begin, end) = (self.begin(), self.end());
        if self.is_left_out(begin) {
            return None;
        }
        let unnamed = matches!(kind, SourceKind::Anonymous | SourceKind::Vague);
        let mut walk = Walk::default();
        let mut n = begin;
        while n < end {
            if let Some(name) = self.name(n) {
                let next = (name.tokens.end as usize).clamp(n + 1, end);
                let is_person = name.kind == EntityKind::Person;
                let complete = self.is_complete(next, end);
                if walk.embedded {
                    if complete && !walk.apposed && self.issued(begin, n, is_person) {
                        return Some(name);
                    }
                } else if complete && (is_person || !walk.titled) {
                    // "Norvik Shipping's owners, Nadim Haddad and Lidia Marr": the first would be only one of them.
                    let several = walk.apposed && self.has(next, CONJ);
                    let thing = walk.apposed && !is_person && name.kind != EntityKind::Org;
                    return (!several && !thing).then_some(name);
                } else if !is_person && self.organ(begin, n, next, end) {
                    walk.body = Some(name);
                }
                n = next;
                continue;
            }
            if self.is_pause(n) {
                // "The judge in the trial of the mayor, Ada Pell,": she may be either.
                let unsure = walk.embedded && n > begin && self.has(n - 1, ROLE | ROLE_HEAD | ANON);
                if unsure || unnamed && walk.embedded {
                    break;
                }
                walk = Walk { body: walk.body, apposed: true, ..Walk::default() };
            } else if self.in_title(n) {
                walk.titled = true;
            } else {
                walk.embedded |= self.is_break(n, n > begin) || walk.apposed && self.has(n, CONJ);
            }
            n += 1;
        }
        walk.body
    }

    /// `Minister of Defence`: the preposition belongs to a title.
    fn in_title(&self, n: usize) -> bool {
        let capital = |n: usize| self.tokens.get(n).is_some_and(|token| token.capital);
        let before = n.checked_sub(1).filter(|&before| before >= self.floor && capital(before));
        self.is_any(n, &["of", "for"]) && before.is_some_and(|n| self.has(n, ROLE | ROLE_HEAD)) && capital(n + 1)
    }

    /// True if a name ends its phrase at `next`, false if it belongs to a noun after it.
    fn is_complete(&self, next: usize, end: usize) -> bool {
        let Some(token) = self.tokens.get(next).filter(|_| next < end) else { return true };
        let word = self.at(next);
        if matches!(word, "'s" | "’s" | "'" | "’") {
            return false;
        }
        if token.kind != TokenKind::Word {
            return word != "-" || token.spaced;
        }
        let closed = PREP | WH | SUB | TO | CONJ | TIME | ADV | PRON | OBJPRON | DETPRON | DET | BE;
        let itself = word.ends_with("self") || word.ends_with("selves") || word.ends_with("ly");
        let suffix = token.all_capitals && word.len() <= 3;
        self.name(next).is_none() && (self.has(next, closed) || itself || suffix)
    }

    /// `Norvik Shipping officials`, `Norvik Shipping's statement`: the name at `n` before whoever speaks for it.
    fn organ(&self, begin: usize, n: usize, next: usize, end: usize) -> bool {
        let stop = (next..end).find(|&n| self.is_pause(n) || self.is_break(n, true)).unwrap_or(end);
        let named = || (next..stop).any(|n| self.name(n).is_some());
        stop > next && stop - next <= 4 && self.has(stop - 1, ORGAN | DOC) && !named() && !self.is_former(begin, n)
    }

    /// `a spokesman for Norvik Shipping`, `a poll by Harbor Daily`: who speaks through the words before the name at `n`.
    fn issued(&self, begin: usize, n: usize, is_person: bool) -> bool {
        let article = usize::from(n > begin && self.has(n - 1, DET));
        let Some(link) = (n - article).checked_sub(1).filter(|&link| link > begin) else { return false };
        let organ = !is_person && self.has(link - 1, ORGAN) && self.is_any(link, &["at", "for", "from", "of"]);
        let paper = self.has(link - 1, DOC) && (self.is(link, "by") || !is_person && self.is(link, "from"));
        (organ || paper) && !self.is_former(begin, n)
    }

    fn is_former(&self, begin: usize, n: usize) -> bool {
        (begin..n).any(|n| self.has(n, ONCE))
    }

    fn is_pause(&self, n: usize) -> bool {
        matches!(self.at(n), "," | "–" | "—" | "--" | "(" | ")")
            || self.at(n) == "-" && self.tokens.get(n).is_some_and(|token| token.spaced)
    }

    /// A word at which the head's phrase gives way to what describes it. `inside` tells that words of it stand before.
    fn is_break(&self, n: usize, inside: bool) -> bool {
        if self.has(n, LEAVES_OUT) {
            return true;
        }
        let Some(token) = self.tokens.get(n) else { return false };
        if token.kind != TokenKind::Word || token.capital && inside {
            return false;
        }
        let word = self.at(n);
        if self.has(n, PREP | WH | SUB | TO) || self.is_any(n, &["that", "whose", "whom"]) {
            return true;
        }
        let parsed = lexicon::lookup(token.hash);
        let verbal = word.len() > 4 && (word.ends_with("ing") || word.ends_with("ed"))
            || parsed.can_be(form::PARTICIPLE | form::PAST) && !parsed.any(ROLE | ROLE_HEAD | ANON);
        let noun_before = inside
            && self.tokens.get(n - 1).is_some_and(|before| before.kind == TokenKind::Word && !before.capital)
            && !self.has(n - 1, DET | DETPRON | POSSPRON | ADV);
        verbal && (noun_before || self.name(n + 1).is_some()) && !self.is_any(n, &["named", "called"])
    }
}

/// The state of the walk to the head.
#[derive(Default)]
struct Walk<'a> {
    /// Behind a preposition, in a relative clause.
    embedded: bool,
    /// Behind a comma.
    apposed: bool,
    /// Within a title that has a preposition of its own.
    titled: bool,
    /// The body for whose organ the phrase stands.
    body: Option<&'a Mention>,
}

#[cfg(test)]
mod tests {
    use super::super::tests::facts;

    /// The speaker of the first attribution.
    fn speaker(text: &str) -> Option<String> {
        let facts = facts(text);
        let said = facts.attributions.first().unwrap_or_else(|| panic!("an attribution: {text}"));
        said.speaker.and_then(|speaker| facts.entities.get(speaker as usize)).map(|entity| entity.name.clone())
    }

    #[track_caller]
    fn check(expected: Option<&str>, texts: &[&str]) {
        for text in texts {
            assert_eq!(speaker(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn whoever_is_only_named_in_a_source_does_not_speak() {
        check(
            None,
            &[
                "Ada Pell's critics say that she took bribes.",
                "Ada Pell’s lawyers deny that she took bribes.",
                "According to Ada Pell's critics, she took bribes.",
                "According to a rival of Ada Pell, she took bribes.",
                "A man who met Ada Pell said that she took bribes.",
                "The officer who arrested Ada Pell said that she took bribes.",
                "The prosecutor investigating Ada Pell said that she took bribes.",
                "The judge in the trial of Ada Pell said that she took bribes.",
                "A former aide to Ada Pell said that she took bribes.",
                "Documents seized from Ada Pell show that she took bribes.",
                "The charges against Ada Pell say that she took bribes.",
                "An article about Ada Pell says that she took bribes.",
                "A letter to Ada Pell says that she took bribes.",
                "The newspaper that Ada Pell owns said that she took bribes.",
                "Everyone except Ada Pell said that the gate was shut.",
                "All ministers but Ada Pell said that the gate was shut.",
                "Norvik Shipping's creditors say that the yard is bankrupt.",
                "Two people in Norvik Shipping said the yard was closed.",
                "A former spokesman for Norvik Shipping said the yard was closed.",
                "Supporters of the mayor, Ada Pell, said that the gate was shut.",
            ],
        );
    }

    #[test]
    fn the_head_of_a_source_or_its_apposition_speaks() {
        check(
            Some("Ada Pell"),
            &[
                "Ada Pell of the Port Authority said that the gate was shut.",
                "Ada Pell, the mayor of Lusk, said that the gate was shut.",
                "Ada Pell, who runs the Port Authority, said that the gate was shut.",
                "Ada Pell and Nadim Haddad said that the gate was shut.",
                "Former mayor Ada Pell said that the gate was shut.",
                "The mayor, Ada Pell, said that the gate was shut.",
                "A man named Ada Pell said that the gate was shut.",
                "The Port Authority's Ada Pell said that the gate was shut.",
                "It was Ada Pell who said that the gate was shut.",
                "The gate was open, but Ada Pell said that it was shut.",
            ],
        );
        check(
            Some("Nadim Haddad"),
            &[
                "Ada Pell's lawyer Nadim Haddad said that the gate was shut.",
                "The lawyer for Ada Pell, Nadim Haddad, said that the gate was shut.",
                "“The gate is shut tonight,” said Ada Pell's lawyer, Nadim Haddad.",
                "Minister Nadim Haddad said that the gate was shut.",
                "Unlike Ada Pell, Nadim Haddad said that the gate was shut.",
            ],
        );
        check(Some("Lidia Marr"), &["Harbor Daily's Lidia Marr said that the gate was shut."]);
    }

    #[test]
    fn who_speaks_for_a_body_speaks_as_that_body() {
        check(
            Some("Norvik Shipping"),
            &[
                "Norvik Shipping said the yard was closed.",
                "A spokesman for Norvik Shipping said the yard was closed.",
                "Norvik Shipping officials said the yard was closed.",
                "Norvik Shipping's spokesman said the yard was closed.",
            ],
        );
        check(None, &["A spokesman for Ada Pell said the yard was closed."]);
    }
}
