//! A note agrees with itself: one name, one kind.

use std::collections::HashMap;
use std::ops::Range;

use super::insert;
use crate::analysis::facts::EntityKind;
use crate::analysis::mentions::NamedSpan;
use crate::analysis::mentions::labels::KINDS;
use crate::analysis::mentions::words::SentenceWords;
use crate::analysis::names::fold_word;
use crate::lexicon::names::kind;
use crate::lexicon::{class, classes_of};
use crate::structure::Note;
use crate::text::HashedMap;

/// A storm's name alone is the storm, unless somebody in the note bears it as a surname.
pub(super) fn storms(note: &Note, names: &[u64], found: &mut [NamedSpan]) {
    if names.is_empty() {
        return;
    }
    // "T C Tilda" is a tropical cyclone, not somebody with initials.
    let letters = |range: &Range<usize>| (range.start..range.end - 1).all(|at| note.tokens[at].range.len() == 1);
    for (range, kind) in found.iter_mut().filter(|(range, kind)| range.len() > 1 && *kind == EntityKind::Person) {
        if names.contains(&note.tokens[range.end - 1].hash) && letters(range) {
            (*range, *kind) = (range.end - 1..range.end, EntityKind::Event);
        }
    }
    let surnames = surnames(note, found);
    for (range, kind) in found.iter_mut().filter(|(range, kind)| range.len() == 1 && *kind == EntityKind::Person) {
        let hash = note.tokens[range.start].hash;
        if names.contains(&hash) && !surnames.contains_key(&hash) {
            *kind = EntityKind::Event;
        }
    }
}

/// An acronym of common words names nothing, wherever the note has it, nor does its plural.
pub(super) fn common_acronyms(text: &str, note: &Note, words: &[String], found: &mut Vec<NamedSpan>) {
    if words.is_empty() {
        return;
    }
    found.retain(|(range, _)| {
        let word = note.tokens[range.start].text(text);
        let bare = word.strip_suffix('s').unwrap_or(word);
        range.len() != 1 || !words.iter().any(|common| common == word || common == bare)
    });
}

/// In headlines and lines of capitals, names that the body knows are taken from there.
pub(super) fn headlines(note: &Note, found: &mut [NamedSpan]) {
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

/// The last words of full personal names, with how often they stand there.
pub(super) fn surnames(note: &Note, found: &[NamedSpan]) -> HashedMap<u32> {
    let mut surnames: HashedMap<u32> = HashedMap::default();
    for (range, _) in found.iter().filter(|(range, kind)| *kind == EntityKind::Person && range.len() > 1) {
        let title = |at: usize| classes_of(note.tokens[at].hash).has(class::TITLE);
        let suffix = matches!(range.len(), 3..) && note.tokens[range.end - 1].range.len() == 2;
        let last = if suffix { range.end - 2 } else { range.end - 1 };
        if !title(range.start) && last > range.start {
            // "Park Sung-min": where the given name ends small, the family comes first.
            let family = if note.tokens[last].capital { last } else { range.start };
            *surnames.entry(note.tokens[family].hash).or_default() += 1;
        }
    }
    surnames
}

/// "Marrsky" beside "Lidia Marrskyy" is she, not a firm: another spelling of a surname of the note, and of nothing known.
fn spelled_otherwise(text: &str, note: &Note, seen: &[&SentenceWords], found: &mut [NamedSpan]) {
    let lone = |(range, kind): &NamedSpan| {
        let token = &note.tokens[range.start];
        range.len() == 1
            && matches!(kind, EntityKind::Org | EntityKind::Product)
            && token.range.len() >= SPELLED
            && !token.all_capitals
    };
    if !found.iter().any(lone) {
        return;
    }
    let people = found.iter().filter(|(range, kind)| *kind == EntityKind::Person && range.len() > 1);
    let surname = |(range, _): &NamedSpan| &note.tokens[range.end - 1];
    let surnames: Vec<(u64, String)> = people.map(surname).map(|t| (t.hash, fold_word(t.text(text)))).collect();
    for name in found.iter_mut().filter(|name| lone(name)) {
        let at = name.0.start;
        let sentence = note.sentences.partition_point(|s| (s.tokens.end as usize) <= at);
        let word = note.sentences.get(sentence).zip(seen.get(sentence));
        let word = word.and_then(|(s, seen)| seen.words.get(at - s.tokens.start as usize));
        let known = kind::ANY_ORG.or(kind::ANY_PLACE).or(kind::COUNTRY).or(kind::GROUP);
        if word.is_some_and(|word| !word.single.has(known)) {
            let folded = fold_word(note.tokens[at].text(text));
            let other = |(hash, surname): &(u64, String)| *hash != note.tokens[at].hash && *surname == folded;
            if surnames.iter().any(other) && !surnames.iter().any(|(hash, _)| *hash == note.tokens[at].hash) {
                name.1 = EntityKind::Person;
            }
        }
    }
}

/// Bytes of a surname whose other spellings are looked for: short ones meet by chance.
const SPELLED: u32 = 6;

/// The kind of a word that the note has often enough as a name by itself, always or nearly always of that kind.
fn repeated(counts: &[u16; KINDS.len()]) -> Option<EntityKind> {
    let total: u16 = counts.iter().sum();
    let (index, &most) = counts.iter().enumerate().max_by_key(|(_, count)| **count)?;
    (total >= 2 && most * 4 >= total * 3).then(|| KINDS[index])
}

/// A surname is of the kind of the full name it ends, wherever the note repeats it; a repeated name has one kind.
pub(super) fn alike(text: &str, note: &Note, seen: &[&SentenceWords], found: &mut Vec<NamedSpan>) {
    let hash = |at: usize| note.tokens[at].hash;
    let surnames = surnames(note, found);
    let mut kinds: HashedMap<[u16; KINDS.len()]> = HashedMap::default();
    for (range, kind) in found.iter() {
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
    spelled_otherwise(text, note, seen, found);
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
                if word.single.has(kind::COMMON) {
                    continue;
                }
                let lone = |at: usize| seen.words.get(at).is_none_or(|other| !other.capital);
                if surnames.contains_key(&word.hash) {
                    more.push((token..token + 1, EntityKind::Person));
                } else if let Some(kind) = kinds.get(&word.hash).and_then(repeated)
                    && at > 0
                    && lone(at - 1)
                    && lone(at + 1)
                {
                    more.push((token..token + 1, kind));
                }
            }
        }
    }
    insert(found, 0, more);
}
