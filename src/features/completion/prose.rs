//! Names and terms of likelihood in running text.

use crate::lexicon::{class, classes_of_word};
use std::collections::HashSet;
use std::sync::Arc;

use super::context::Typed;
use super::{About, Completion, Place, Suggestion, SuggestionKind};
use crate::analysis::facts::{EntityKind, Zone};
use crate::lexicon::estimative::{Rows, Scale, row};
use crate::text::TextRange;
use crate::workspace::FileId;
use crate::workspace::names::{self, Key};
use crate::workspace::summary::Role;

/// Letters after which a name is offered, and at the start of a sentence, where every word has a capital.
const LETTERS: usize = 2;
const LETTERS_AT_START: usize = 3;
/// Letters after which a term is offered.
const LETTERS_OF_TERM: usize = 3;
/// Names that are looked at; whoever has typed two letters in a folder of a hundred thousand names types a third.
const LOOKED_AT: usize = 2_000;

/// A name that fits, before it is an item.
struct Candidate {
    text: Arc<str>,
    key: Key,
    kind: EntityKind,
    record: Option<FileId>,
    /// Lower is better.
    rank: (u8, bool, bool, std::cmp::Reverse<u32>),
}

/// Names that begin with the capitalised words before the caret; `starts` are the bytes where each run of them begins.
pub(super) fn names(place: &Place<'_>, typed: Typed, starts: &[u32]) -> Completion {
    let word = typed.before.of(place.text);
    let letters = word.chars().count();
    let sentence = place.note.facts.note.sentence_at(place.at).and_then(|s| place.note.facts.note.sentences.get(s));
    // The longest run of capitalised words that begins a name: "Nadim Ha" before "Ha".
    for &start in starts {
        let phrase = TextRange::new(start, place.at);
        let at_start = sentence.is_none_or(|sentence| sentence.range.start == start);
        let enough = phrase != typed.before || letters >= if at_start { LETTERS_AT_START } else { LETTERS };
        let folded = names::fold(phrase.of(place.text));
        if !enough || folded.is_empty() {
            continue;
        }
        let several = phrase != typed.before;
        let (mut found, cut) = candidates(place, &folded, phrase, several);
        if found.is_empty() {
            continue;
        }
        found.sort_by(|a, b| a.rank.cmp(&b.rank).then_with(|| a.text.cmp(&b.text)));
        let mut seen = HashSet::new();
        found.retain(|candidate| seen.insert(candidate.text.clone()));
        let incomplete = cut || found.len() > super::MOST;
        found.truncate(super::MOST);
        let range = |of: TextRange| TextRange::new(start, of.end);
        let item = |candidate: Candidate| Suggestion {
            detail: described(place, &candidate),
            label: candidate.text.to_string(),
            kind: SuggestionKind::Entity(candidate.kind),
            filter: filter(&candidate.text, phrase.of(place.text)),
            text: candidate.text.to_string(),
            insert: range(typed.before),
            replace: range(typed.whole),
            about: Some(About::Entity(candidate.key)),
        };
        return Completion { items: found.into_iter().map(item).collect(), incomplete };
    }
    Completion::default()
}

/// Names of this note first, then those that have an entity note, then the rest. `whole`: the phrase must begin the name.
fn candidates(place: &Place<'_>, folded: &str, phrase: TextRange, whole: bool) -> (Vec<Candidate>, bool) {
    let mut found = Vec::new();
    let facts = &place.note.facts;
    for entity in facts.entities.iter().filter(|entity| entity.kind.is_named()) {
        for name in std::iter::once(&entity.name).chain(&entity.aliases) {
            let Some(first) = begins(name, folded).filter(|&first| first || !whole) else { continue };
            // What is being typed is read as a name, too: it stands elsewhere, or it is not offered.
            let mentions = entity.mentions.iter().filter_map(|&m| facts.mentions.get(m as usize));
            let elsewhere = mentions.filter(|m| !m.range.overlaps(phrase) && !m.range.touches(place.at));
            let count = elsewhere.filter(|m| m.range.of(place.text) == name).count();
            if count == 0 {
                continue;
            }
            found.push(Candidate {
                text: name.as_str().into(),
                key: place.snapshot.key_of(entity.kind, if name.contains(' ') { name } else { &entity.name }),
                kind: entity.kind,
                record: None,
                rank: (0, !first, false, std::cmp::Reverse(count as u32)),
            });
        }
    }
    let mut looked = 0;
    for (named, first) in place.names.entities(folded) {
        looked += 1;
        if looked > LOOKED_AT {
            break;
        }
        if whole && !first || !stands(place, named.key, named.record) {
            continue;
        }
        found.push(Candidate {
            text: named.text.clone(),
            key: named.key,
            kind: named.kind,
            record: named.record,
            rank: (if named.record.is_some() { 1 } else { 2 }, !first, named.alias, std::cmp::Reverse(named.notes)),
        });
    }
    (found, looked > LOOKED_AT)
}

/// Returns `true` if the name still stands in another note, or is that of an entity note.
fn stands(place: &Place<'_>, key: Key, record: Option<FileId>) -> bool {
    if let Some(file) = record {
        return place.snapshot.note(file).is_some_and(|note| note.record.is_some());
    }
    [Role::Main, Role::Alias].into_iter().any(|role| place.snapshot.files(key, role).any(|file| file != place.file))
}

/// Returns `Some(true)` if the first word of the name begins so, `Some(false)` if a later one does.
fn begins(name: &str, folded: &str) -> Option<bool> {
    let name = names::fold(name);
    if name.starts_with(folded) {
        return Some(true);
    }
    name.match_indices(' ')
        .any(|(at, _)| name.get(at + 1..).is_some_and(|rest| rest.starts_with(folded)))
        .then_some(false)
}

/// Clients compare from the first letter on: so the name begins with the word that was found.
fn filter(name: &str, typed: &str) -> String {
    let folded = names::fold(typed);
    let mut within = false;
    let words = name.char_indices().filter(|&(_, c)| {
        let before = std::mem::replace(&mut within, c.is_alphanumeric());
        within && !before
    });
    let from = words.filter_map(|(at, _)| name.get(at..)).find(|rest| names::fold(rest).starts_with(&folded));
    match from {
        Some(rest) if rest.len() == name.len() => name.to_owned(),
        Some(rest) => format!("{rest} {name}"),
        // Found by other letters than were typed (accents, "The"): then it must pass as it is.
        None => format!("{typed} {name}"),
    }
}

/// "person · Trade Minister"; of an alias, whose it is.
fn described(place: &Place<'_>, candidate: &Candidate) -> String {
    let snapshot = place.snapshot;
    let record = candidate.record.or_else(|| snapshot.files(candidate.key, Role::Record).next());
    let mut parts = vec![candidate.kind.as_str().to_owned()];
    if let Some(record) = record.and_then(|file| snapshot.note(file)).and_then(|note| note.record.as_ref()) {
        parts.extend(record.roles.first().map(|role| role.text.clone()));
        if record.name != candidate.text {
            parts.push(format!("alias of {}", record.name));
        }
    } else {
        let of_key = |role| {
            snapshot
                .files(candidate.key, role)
                .take(4)
                .find_map(|file| Some((snapshot.note(file)?, snapshot.note(file)?.locals(candidate.key, role).next()?)))
        };
        let entity = of_key(Role::Main).or_else(|| of_key(Role::Alias));
        if let Some(entity) = entity.and_then(|(note, local)| note.entity(local)) {
            parts.extend(entity.roles().next().map(|(role, _)| role.to_owned()));
            if *entity.name != *candidate.text {
                parts.push(format!("alias of {}", entity.name));
            }
        }
    }
    parts.join(" · ")
}

/// Terms of the yardstick, where a likelihood is being stated in the author's own voice.
pub(super) fn terms(place: &Place<'_>, typed: Typed, starts: &[u32]) -> Completion {
    let scale = Scale::named(&place.config().scale);
    let Some(scale) = scale.filter(|_| is_judgement(place, typed)) else { return Completion::default() };
    let terms = scale.terms();
    for &start in starts {
        let phrase = TextRange::new(start, place.at).of(place.text);
        if phrase.chars().count() < LETTERS_OF_TERM {
            continue;
        }
        let fitting = terms.iter().filter(|term| term.words.starts_with(phrase) && term.words != phrase);
        let item = |term: &&crate::lexicon::estimative::Term| Suggestion {
            label: term.words.to_owned(),
            kind: SuggestionKind::Term,
            detail: format!("{}-{} % · {}{}", term.low, term.high, scale.title(), second_row(term.row)),
            text: term.words.to_owned(),
            insert: TextRange::new(start, typed.before.end),
            replace: TextRange::new(start, typed.whole.end),
            filter: term.words.to_owned(),
            about: None,
        };
        let items: Vec<Suggestion> = fitting.map(item).collect();
        if !items.is_empty() {
            return Completion { items, incomplete: false };
        }
    }
    Completion::default()
}

fn second_row(row: Rows) -> &'static str {
    if row.has(row::ICD_B) { " (second row)" } else { "" }
}

fn is_judgement(place: &Place<'_>, typed: Typed) -> bool {
    let facts = &place.note.facts;
    let start = typed.before.start;
    if facts.is_quoted(start) {
        return false;
    }
    let Some(sentence) = facts.note.sentence_at(start) else { return false };
    if matches!(facts.zone_of(sentence as u32), Zone::Quoted | Zone::Outside) {
        return false;
    }
    let before = facts.note.sentences.get(sentence).map(|s| TextRange::new(s.range.start, start).of(place.text));
    let is_mark = |word: &str| classes_of_word(word).has(class::BEFORE_TERM);
    before.is_some_and(|before| before.split(|c: char| c.is_whitespace() || c == ',').any(is_mark))
}
