//! What is settled after the model: spans mended by grammar, names typed alike through the note.
//!
//! The model sees words; it does not see that "Ministry of Trade, Industry and Energy" is one list, that `(MTIE)` after it
//! names the same body, or that a headline's capitals mean nothing where the body knows the name.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use super::first::Found;
use super::labels::KINDS;
use super::words::Seen;
use crate::analysis::facts::EntityKind;
use crate::lexicon::name_words::{self, WordClasses, WordMap};
use crate::lexicon::names::Classes;
use crate::structure::{Note, Sentence, Token, TokenKind, word_hash};

/// Mends the names of a note; `found` is in order and stays so.
pub(super) fn settle(text: &str, note: &Note, seen: &[&Seen], found: &mut Vec<Found>) {
    let settler = Settler { text, tokens: &note.tokens };
    let names = std::mem::take(found);
    let mut names = names.into_iter().peekable();
    for (sentence, seen) in note.sentences.iter().zip(seen) {
        let first = found.len();
        let end = sentence.tokens.end as usize;
        while let Some(name) = names.next_if(|(range, _)| range.start < end) {
            if let Some(name) = settler.trimmed(name) {
                found.push(name);
            }
        }
        settler.lists(sentence, found, first);
        settler.fill(sentence, seen, found, first);
        settler.acronyms(found, first);
        settler.weapons(sentence, found, first);
    }
    headlines(note, found);
    alike(note, seen, found);
}

struct Settler<'t> {
    text: &'t str,
    tokens: &'t [Token],
}

impl Settler<'_> {
    fn word(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| token.text(self.text))
    }

    fn classes(&self, at: usize) -> WordClasses {
        self.tokens.get(at).map_or(WordClasses::default(), |token| name_words::of(token.hash))
    }

    /// Without titles, articles and possessives at its ends; none if nothing is left.
    fn trimmed(&self, (mut range, kind): Found) -> Option<Found> {
        while range.len() > 1 {
            let token = &self.tokens[range.start];
            let article = matches!(self.word(range.start), "The" | "the" | "A" | "An" | "a" | "an");
            let title = kind == EntityKind::Person
                && (self.classes(range.start).any(WordClasses::TITLE) || token.kind == TokenKind::Stop);
            if !(article || title || token.kind == TokenKind::Quote) {
                break;
            }
            range.start += 1;
        }
        while range.len() > 1 {
            let last = range.end - 1;
            let odd = matches!(self.tokens[last].kind, TokenKind::Possessive | TokenKind::Quote)
                || matches!(self.word(last), "," | "-" | "of" | "and" | "the" | "for" | "in");
            if !odd {
                break;
            }
            range.end -= 1;
        }
        let pronoun = range.len() == 1 && {
            let token = &self.tokens[range.start];
            self.classes(range.start).any(WordClasses::FUNCTION) && !token.all_capitals && kind != EntityKind::Work
        };
        (!pronoun).then_some((range, kind))
    }

    /// "Ministry of Trade, Industry and Energy": the list belongs to the name.
    fn lists(&self, sentence: &Sentence, found: &mut Vec<Found>, first: usize) {
        let end = sentence.tokens.end as usize;
        let mut index = first;
        while index < found.len() {
            let (range, kind) = found[index].clone();
            index += 1;
            let head = matches!(
                self.word(range.start).to_ascii_lowercase().as_str(),
                "ministry" | "department" | "committee" | "directorate" | "secretariat"
            ) && range.len() > 2
                && matches!(self.word(range.start + 1), "of" | "for" | "on");
            if kind != EntityKind::Org || !head {
                continue;
            }
            let Some(stop) = self.list_end(range.end, end) else { continue };
            found[index - 1].0.end = stop;
            let gone = found[index..].iter().take_while(|(next, _)| next.start < stop).count();
            found.drain(index..index + gone);
        }
    }

    /// The end of `, X and Y` or `and Y` after `at`.
    fn list_end(&self, at: usize, end: usize) -> Option<usize> {
        let capitals = |mut at: usize| {
            let start = at;
            while at < end && self.tokens[at].capital && self.tokens[at].kind == TokenKind::Word && at - start < 3 {
                at += 1;
            }
            (at > start && !self.classes(start).any(WordClasses::HEAD) && !self.classes(start).any(WordClasses::TITLE))
                .then_some(at)
        };
        let mut at = at;
        let mut items = 0;
        while self.word(at) == "," && items < 3 {
            match capitals(at + 1) {
                Some(next) => at = next,
                None => break,
            }
            items += 1;
        }
        if self.word(at) == "," {
            at += 1;
        }
        if !matches!(self.word(at), "and" | "&") {
            return None;
        }
        let next = capitals(at + 1)?;
        // "the Ministry of Defence and Norvik Shipping said": two names, unless a list came before.
        let single = next - at == 2;
        (items > 0 || single).then_some(next)
    }

    /// Nationalities and designators that the model left out.
    fn fill(&self, sentence: &Sentence, seen: &Seen, found: &mut Vec<Found>, first: usize) {
        let base = sentence.tokens.start as usize;
        let mut more = Vec::new();
        let mut next = first;
        for run in &seen.runs {
            for at in run.start as usize..run.end as usize {
                let word = &seen.words[at];
                let token = base + at;
                while found.get(next).is_some_and(|(range, _)| range.end <= token) {
                    next += 1;
                }
                if !word.capital || found.get(next).is_some_and(|(range, _)| range.contains(&token)) {
                    continue;
                }
                let classes = word.single;
                if classes.any(Classes::GROUP) && !classes.any(Classes::COMMON) && !classes.any(Classes::ANY_PLACE) {
                    more.push((token..token + 1, EntityKind::Group));
                } else if is_designator(self.word(token)) {
                    more.push((token..token + 1, EntityKind::Product));
                }
            }
        }
        insert(found, first, more);
    }

    /// `Norvik Shipping Company (NSC)`: the acronym is of the kind of what it stands for.
    fn acronyms(&self, found: &mut Vec<Found>, first: usize) {
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

    /// Kinds of weapons that are no names.
    fn weapons(&self, sentence: &Sentence, found: &mut Vec<Found>, first: usize) {
        let mut more = Vec::new();
        let end = sentence.tokens.end as usize;
        let mut at = sentence.tokens.start as usize;
        let mut next = first;
        while at < end {
            let Some(lengths) = WEAPONS.get(&self.tokens[at].hash) else {
                at += 1;
                continue;
            };
            let length = lengths.iter().find(|entry| {
                entry
                    .iter()
                    .enumerate()
                    .all(|(n, hash)| self.tokens.get(at + n).is_some_and(|token| at + n < end && token.hash == *hash))
            });
            let Some(stop) = length.map(|entry| at + entry.len()) else {
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

/// First word of a weapon's kind → the word hashes of each, longest first.
static WEAPONS: LazyLock<WordMap<Vec<Vec<u64>>>> = LazyLock::new(|| {
    let hyphen = word_hash("-");
    let mut map: WordMap<Vec<Vec<u64>>> = WordMap::default();
    for line in include_str!("../../lexicon/data/weapons.txt").lines().filter(|line| !line.starts_with('#')) {
        let mut hashes = Vec::new();
        for word in line.split(' ') {
            for (n, part) in word.split('-').enumerate() {
                if n > 0 {
                    hashes.push(hyphen);
                }
                hashes.push(word_hash(part));
            }
        }
        if let Some(&first) = hashes.first() {
            map.entry(first).or_default().push(hashes);
        }
    }
    for entries in map.values_mut() {
        entries.sort_by_key(|entry| std::cmp::Reverse(entry.len()));
    }
    map
});

/// Merges `more` (in order, overlapping nothing) into the names from `first` on.
fn insert(found: &mut Vec<Found>, first: usize, more: Vec<Found>) {
    if more.is_empty() {
        return;
    }
    found.extend(more);
    found[first..].sort_by_key(|(range, _)| range.start);
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

/// In headlines and lines of capitals, names that the body knows are taken from there.
fn headlines(note: &Note, found: &mut [Found]) {
    let heading = |at: usize| {
        let index = note.sentences.partition_point(|s| (s.tokens.end as usize) <= at);
        note.sentences.get(index).is_some_and(|s| note.block_of(s).kind.is_heading())
    };
    if !note.blocks.iter().any(|block| block.kind.is_heading()) {
        return;
    }
    let key = |range: &Range<usize>| note.tokens[range.clone()].iter().fold(0u64, |sum, t| sum.rotate_left(9) ^ t.hash);
    let mut kinds: HashMap<u64, [u16; KINDS.len()]> = HashMap::new();
    for (range, kind) in found.iter().filter(|(range, _)| !heading(range.start)) {
        if let Some(index) = KINDS.iter().position(|k| k == kind) {
            kinds.entry(key(range)).or_default()[index] += 1;
        }
    }
    for (range, kind) in found.iter_mut() {
        if !heading(range.start) {
            continue;
        }
        let Some(counts) = kinds.get(&key(range)) else { continue };
        if let Some((index, _)) = counts.iter().enumerate().max_by_key(|(n, count)| (**count, std::cmp::Reverse(*n))) {
            *kind = KINDS[index];
        }
    }
}

/// A surname is of the kind of the full name it ends, wherever the note repeats it; a repeated name has one kind.
fn alike(note: &Note, seen: &[&Seen], found: &mut Vec<Found>) {
    let hash = |at: usize| note.tokens[at].hash;
    let mut surnames: WordMap<u32> = WordMap::default();
    let mut kinds: WordMap<[u16; KINDS.len()]> = WordMap::default();
    for (range, kind) in found.iter() {
        if *kind == EntityKind::Person && range.len() > 1 {
            *surnames.entry(hash(range.end - 1)).or_default() += 1;
        }
        if let Some(index) = KINDS.iter().position(|k| k == kind).filter(|_| range.len() == 1) {
            kinds.entry(hash(range.start)).or_default()[index] += 1;
        }
    }
    for (range, kind) in found.iter_mut().filter(|(range, _)| range.len() == 1) {
        let Some(counts) = kinds.get(&hash(range.start)) else { continue };
        let total: u16 = counts.iter().sum();
        let Some(index) = KINDS.iter().position(|k| k == kind) else { continue };
        let best = counts.iter().enumerate().max_by_key(|(_, count)| **count).map_or(index, |(best, _)| best);
        if total >= 3 && counts[best] * 3 >= total * 2 && best != index {
            *kind = KINDS[best];
        }
    }
    let mut more = Vec::new();
    let mut next = 0;
    for (sentence, seen) in note.sentences.iter().zip(seen) {
        let base = sentence.tokens.start as usize;
        for run in &seen.runs {
            for at in run.start as usize..run.end as usize {
                let token = base + at;
                while found.get(next).is_some_and(|(range, _)| range.end <= token) {
                    next += 1;
                }
                let word = &seen.words[at];
                if !word.capital || found.get(next).is_some_and(|(range, _)| range.contains(&token)) {
                    continue;
                }
                let known = surnames.contains_key(&word.hash) && !word.single.any(Classes::COMMON);
                if known {
                    more.push((token..token + 1, EntityKind::Person));
                }
            }
        }
    }
    insert(found, 0, more);
}
