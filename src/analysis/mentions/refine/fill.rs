//! Names that the lists are sure of: long known names, nationalities, designators, acronyms in brackets, kinds of weapons.

use smallvec::SmallVec;

use super::{Refiner, insert};
use crate::analysis::facts::EntityKind;
use crate::analysis::mentions::NamedSpan;
use crate::lexicon::names::{Known, kind};
use crate::lexicon::weapons;
use crate::structure::TokenKind;

impl<'t> Refiner<'t> {
    /// The known names that begin at a token of the note.
    pub(super) fn known_at(&self, at: usize) -> impl Iterator<Item = Known> + 't {
        self.seen.known_at(at.saturating_sub(self.sentence.tokens.start as usize) as u32)
    }

    /// A long known name swallows the names that the model saw inside it, and is added where it saw none.
    pub(super) fn known(&self, found: &mut Vec<NamedSpan>, first: usize) {
        let base = self.sentence.tokens.start as usize;
        let mut done = 0;
        for &(at, known) in &self.seen.known {
            let start = base + at as usize;
            let range = start..start + known.len;
            let Some(kind) = long_kind(known).filter(|_| start >= done && range.end <= self.end()) else { continue };
            if !self.tokens[range.start].capital || !self.tokens[range.end - 1].capital {
                continue;
            }
            let overlapping = |other: &NamedSpan| other.0.start < range.end && range.start < other.0.end;
            let inside = |other: &NamedSpan| range.start <= other.0.start && other.0.end <= range.end;
            let others: Vec<usize> = (first..found.len()).filter(|&n| overlapping(&found[n])).collect();
            if others.iter().any(|&n| !inside(&found[n]) || found[n].0 == range) {
                continue;
            }
            done = range.end;
            for n in others.into_iter().rev() {
                found.remove(n);
            }
            insert(found, first, vec![(range, kind)]);
        }
    }

    /// Nationalities, designators and ships that the model left out.
    pub(super) fn fill(&self, found: &mut Vec<NamedSpan>, first: usize) {
        let base = self.sentence.tokens.start as usize;
        let mut more = Vec::new();
        let mut next = first;
        for run in &self.seen.runs {
            for at in run.start as usize..run.end as usize {
                let word = &self.seen.words[at];
                let token = base + at;
                while found.get(next).is_some_and(|(range, _)| range.end <= token) {
                    next += 1;
                }
                if !word.capital || found.get(next).is_some_and(|(range, _)| range.contains(&token)) {
                    continue;
                }
                let classes = word.single;
                if classes.has(kind::GROUP) && !classes.has(kind::COMMON) && !classes.has(kind::ANY_PLACE) {
                    more.push((token..token + 1, EntityKind::Group));
                } else if is_designator(self.word(token))
                    || !classes.has(kind::COMMON) && self.is_vessel(&(token..token + 1), EntityKind::Place)
                {
                    more.push((token..token + 1, EntityKind::Product));
                }
            }
        }
        insert(found, first, more);
    }

    /// `Norvik Shipping Company (NSC)`: the acronym is of the kind of what it stands for.
    pub(super) fn acronyms(&self, found: &mut Vec<NamedSpan>, first: usize) {
        let mut more = Vec::new();
        for index in first..found.len() {
            let (range, kind) = found[index].clone();
            let at = range.end + 1;
            if range.len() < 2
                || self.word(range.end) != "("
                || self.word(at + 1) != ")"
                || !self.tokens[at].all_capitals
            {
                continue;
            }
            let letter = |at: usize| self.word(at).chars().next().map(|c| c.to_ascii_uppercase());
            let initials: Vec<char> = range.clone().filter(|&t| self.tokens[t].capital).filter_map(letter).collect();
            let fits =
                self.word(at).chars().zip(&initials).filter(|(a, b)| a == *b).count() * 3 >= self.word(at).len() * 2;
            if !fits {
                continue;
            }
            match found.get_mut(index + 1).filter(|(next, _)| *next == (at..at + 1)) {
                Some(next) => next.1 = kind,
                None => more.push((at..at + 1, kind)),
            }
        }
        insert(found, first, more);
    }

    /// `Private Military Company (PMC)`: what an acronym in brackets abbreviates is a name, even if its words are common.
    pub(super) fn abbreviated(&self, found: &mut Vec<NamedSpan>, first: usize) {
        let mut more = Vec::new();
        for index in first..found.len() {
            let (short, kind) = found[index].clone();
            let before = index.checked_sub(1).filter(|&n| n >= first).map(|n| found[n].0.end);
            let least = before.unwrap_or(0).max(self.sentence.tokens.start as usize);
            let Some(open) = short.start.checked_sub(1).filter(|&open| open > least && self.word(open) == "(") else {
                continue;
            };
            let letters: SmallVec<[u8; 12]> = self.word(short.start).bytes().filter(|&letter| letter != b'.').collect();
            if short.len() != 1
                || !(3..=6).contains(&letters.len())
                || !letters.iter().all(u8::is_ascii_uppercase)
                || !matches!(kind, EntityKind::Org | EntityKind::Work | EntityKind::Event)
                || self.word(short.end) != ")"
            {
                continue;
            }
            // One capitalised word a letter, from the bracket back.
            let Some(start) = open.checked_sub(letters.len()).filter(|&start| start >= least) else { continue };
            let fits = |(at, letter): (usize, &u8)| {
                let (token, word) = (&self.tokens[at], self.word(at).as_bytes());
                token.kind == TokenKind::Word && token.capital && word.len() > 1 && word.first() == Some(letter)
            };
            if (start..open).zip(&letters).all(fits) {
                more.push((start..open, kind));
            }
        }
        insert(found, first, more);
    }

    /// `Cyclone Tilda`: a storm has its kind before its name, which by itself would be a person's.
    pub(super) fn storms(&self, found: &mut [NamedSpan], first: usize, names: &mut Vec<u64>) {
        for index in first..found.len() {
            let (range, kind) = found[index].clone();
            let least = index.checked_sub(1).filter(|&n| n >= first).map_or(0, |n| found[n].0.end);
            let kind_word =
                |at: usize| self.tokens[at].capital && matches!(self.word(at), "Cyclone" | "Hurricane" | "Typhoon");
            if range.len() == 2 && kind != EntityKind::Group && kind_word(range.start) {
                found[index].1 = EntityKind::Event;
                names.push(self.tokens[range.start + 1].hash);
                continue;
            }
            let before = range.start.checked_sub(1);
            let storm = before.filter(|&at| at >= least.max(self.sentence.tokens.start as usize) && kind_word(at));
            let named = matches!(kind, EntityKind::Person | EntityKind::Org | EntityKind::Place);
            if let Some(at) = storm.filter(|_| range.len() == 1 && named) {
                found[index] = (at..range.end, EntityKind::Event);
                names.push(self.tokens[range.start].hash);
            }
        }
    }

    /// Kinds of weapons that are no names.
    pub(super) fn weapons(&self, found: &mut Vec<NamedSpan>, first: usize) {
        let mut more = Vec::new();
        let end = self.end();
        let mut at = self.sentence.tokens.start as usize;
        let mut next = first;
        while at < end {
            let kinds = weapons::beginning_with(self.tokens[at].hash);
            let Some(stop) = kinds.iter().find_map(|words| self.after(at, words)) else {
                at += 1;
                continue;
            };
            while found.get(next).is_some_and(|(range, _)| range.end <= at) {
                next += 1;
            }
            if found.get(next).is_none_or(|(range, _)| range.start >= stop) {
                more.push((at..stop, EntityKind::Product));
            }
            at = stop;
        }
        insert(found, first, more);
    }
}

impl Refiner<'_> {
    /// The end of these words if they stand at `at`; a hyphen may stand between any two.
    fn after(&self, mut at: usize, words: &[u64]) -> Option<usize> {
        for (n, &hash) in words.iter().enumerate() {
            if n > 0 && self.word(at) == "-" {
                at += 1;
            }
            if at >= self.end() || self.tokens[at].hash != hash {
                return None;
            }
            at += 1;
        }
        Some(at)
    }
}

/// The kind of a known name that is long enough to be trusted against the model.
fn long_kind(known: Known) -> Option<EntityKind> {
    let kinds = known.kinds;
    if known.len < 2 || kinds.has(kind::COMMON) {
        return None;
    }
    let ambiguous = kind::PERSON.or(kind::ANY_PLACE).or(kind::WORK);
    let body = kinds.has(kind::ARMED) || known.len >= 3 && kinds.has(kind::ORG) && !kinds.has(ambiguous);
    if kinds.has(kind::COUNTRY) {
        Some(EntityKind::Place)
    } else if body {
        Some(EntityKind::Org)
    } else {
        (kinds.has(kind::CAPITAL) && !kinds.has(kind::PERSON)).then_some(EntityKind::Place)
    }
}

/// `J-15`, `T-72B3`, `Su-35S`, `KN-23`: letters, a hyphen, digits; not `COVID-19` and its like.
fn is_designator(word: &str) -> bool {
    let Some((letters, number)) = word.split_once('-') else { return false };
    let digits = number.bytes().take_while(u8::is_ascii_digit).count();
    (1..=3).contains(&letters.len())
        && letters.bytes().all(|b| b.is_ascii_alphabetic())
        && letters.starts_with(|c: char| c.is_ascii_uppercase())
        && (1..=4).contains(&digits)
        && number.bytes().skip(digits).all(|b| b.is_ascii_alphanumeric())
        && !matches!(letters, "G" | "Q" | "H" | "U" | "FY")
}
