//! Mentions of entities: where they stand, whose identity they have, how their names are spelled.

use std::cell::OnceCell;
use std::collections::HashMap;

use crate::analysis::facts::{Entity, Mention, MentionForm, QuotationClass};
use crate::analysis::names;
use crate::rules::RuleContext;
use crate::structure::{Token, TokenKind};
use crate::text::TextRange;
use crate::workspace::Snapshot;
use crate::workspace::entities::{Identity, LocalEntity};

/// The identities of a note's entities: several rules ask, and each is looked up once.
#[derive(Debug, Default)]
pub struct Identities(OnceCell<Box<[OnceCell<Option<Identity>>]>>);

/// True if a mention stands in running text of the writer's own: no heading, byline or caption, no quotation, no link.
pub(in crate::rules) fn is_own_text(context: &RuleContext<'_>, mention: &Mention) -> bool {
    let note = &context.facts.note;
    let Some(sentence) = note.sentences.get(mention.sentence as usize) else { return false };
    let body = note.blocks.get(sentence.block as usize).is_some_and(|block| block.kind.is_body());
    body && !in_quotation(context, mention.range) && !in_marker(context, mention.range)
}

/// True if a mention stands in a dateline or in a run or line of capitals, where they do not make an acronym.
pub(in crate::rules) fn is_shouted(context: &RuleContext<'_>, mention: &Mention) -> bool {
    let note = &context.facts.note;
    let Some(sentence) = note.sentences.get(mention.sentence as usize) else { return false };
    let item = note.blocks.get(sentence.block as usize).and_then(|block| note.items.get(block.item as usize));
    if item.and_then(|item| item.dateline).is_some_and(|dateline| dateline.contains_range(mention.range)) {
        return true;
    }
    let tokens = note.tokens_of(sentence);
    let words = || tokens.iter().filter(|token| token.kind == TokenKind::Word);
    let (all, capitals) = (words().count(), words().filter(|token| token.all_capitals).count());
    // "STRIKE SHUTS SARN": beside other words in capitals that are too long for acronyms.
    let own = mention.tokens.start.saturating_sub(sentence.tokens.start) as usize;
    let end = mention.tokens.end.saturating_sub(sentence.tokens.start) as usize;
    let long = |token: Option<&Token>| token.is_some_and(|token| token.all_capitals && token.range.len() > 5);
    let beside = long(own.checked_sub(1).and_then(|before| tokens.get(before))) || long(tokens.get(end));
    beside || all > 2 && capitals * 10 >= all * 7
}

/// True if a mention is the author of a reference in brackets: "(PMC 2030, 112)", "(see PMC, 2030)".
pub(in crate::rules) fn is_reference(context: &RuleContext<'_>, mention: &Mention) -> bool {
    let tokens = &context.facts.note.tokens;
    let text = |at: usize| tokens.get(at).map_or("", |token| token.text(context.text));
    let (first, next) = (mention.tokens.start as usize, mention.tokens.end as usize);
    let opened = (1..=2).any(|back| first.checked_sub(back).is_some_and(|at| matches!(text(at), "(" | "[" | ";")));
    let year = if text(next) == "," { text(next + 1) } else { text(next) };
    opened && year.len() >= 4 && year.get(..4).is_some_and(|four| four.bytes().all(|b| b.is_ascii_digit()))
}

fn in_quotation(context: &RuleContext<'_>, range: TextRange) -> bool {
    let quotations = &context.facts.quotations;
    let next = quotations.partition_point(|q| q.range.start <= range.start);
    let around = |q: &&crate::analysis::facts::Quotation| {
        q.range.contains_range(range) && !(q.class == QuotationClass::Label && q.inner == range)
    };
    quotations.iter().take(next).rev().take(3).any(|q| around(&q))
}

fn in_marker(context: &RuleContext<'_>, range: TextRange) -> bool {
    let markers = &context.facts.note.markers;
    let next = markers.partition_point(|marker| marker.range.start <= range.start);
    markers.iter().take(next).rev().take(2).any(|marker| marker.range.contains_range(range))
}

/// The mentions of an entity that name it, with their numbers.
pub(in crate::rules) fn of_entity<'c>(
    context: &RuleContext<'c>,
    entity: &'c Entity,
) -> impl Iterator<Item = (u32, &'c Mention)> + use<'c> {
    let facts = context.facts;
    let named = |m: &&Mention| m.form != MentionForm::Description;
    entity.mentions.iter().filter_map(move |&n| Some((n, facts.mentions.get(n as usize).filter(named)?)))
}

/// The identity of an entity of this note in the workspace.
pub(in crate::rules) fn identity<'c>(context: &RuleContext<'c>, local: usize) -> Option<&'c Identity> {
    let all = context.who.0.get_or_init(|| context.facts.entities.iter().map(|_| OnceCell::new()).collect());
    let entity = context.facts.entities.get(local)?;
    let at = LocalEntity { file: context.file, local: local as u32 };
    all.get(local)?.get_or_init(|| context.workspace.identity_as(at, entity.kind, &entity.name)).as_ref()
}

/// The names that the entity note of an identity registers.
pub(in crate::rules) fn registered<'s>(workspace: &'s Snapshot, identity: &Identity) -> Vec<&'s str> {
    let note = identity.record.and_then(|file| workspace.note(file));
    let record = note.and_then(|note| note.record.as_deref());
    record.into_iter().flat_map(|r| r.strong.iter().chain(&r.weak)).map(|name| &*name.text).collect()
}

/// Other places of a name that are looked at to see how it is usually spelled.
const MOST_PLACES: usize = 64;

/// The number of times a name stands in this note, and in others, in each spelling that `fits`. Another note counts with all its
/// mentions for the fullest form that it has.
pub(in crate::rules) fn spellings<'c>(
    context: &RuleContext<'c>,
    identity: &Identity,
    fits: impl Fn(&str) -> bool,
) -> HashMap<&'c str, usize> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for place in context.workspace.places_up_to(identity, MOST_PLACES) {
        if place.at.file != context.file {
            if fits(place.entity.name) {
                *counts.entry(place.entity.name).or_default() += place.entity.count();
            }
            continue;
        }
        let Some(entity) = context.facts.entities.get(place.at.local as usize) else { continue };
        for (_, mention) in of_entity(context, entity) {
            let written = mention.range.of(context.text);
            if fits(written) {
                *counts.entry(written).or_default() += 1;
            }
        }
    }
    counts
}

/// The spelling that stands more often than each other one; none where two stand equally often.
pub(in crate::rules) fn most_frequent<'c>(counts: &HashMap<&'c str, usize>) -> Option<&'c str> {
    let (name, most) = counts.iter().max_by_key(|(_, count)| **count)?;
    let rivals = counts.values().filter(|count| *count == most).count();
    (rivals == 1).then_some(*name)
}

/// The full name by which an entity of the note usually goes: as its entity note has it, else as it is spelled most often;
/// none where two spellings are equally frequent, or where it is itself the rarer spelling of another entity's name.
#[must_use]
pub fn usual_name(context: &RuleContext<'_>, local: u32) -> Option<String> {
    let entity = context.facts.entities.get(local as usize)?;
    let identity = identity(context, local as usize);
    if let Some(identity) = identity.filter(|identity| identity.record.is_some()) {
        return Some(identity.name.to_string());
    }
    let rival = |other: &Entity| {
        other.kind == entity.kind
            && is_variant(&other.name, &entity.name)
            && other.mentions.len() >= entity.mentions.len()
    };
    if context.facts.entities.iter().any(rival) {
        return None;
    }
    let fits = |name: &str| name == entity.name || is_variant(name, &entity.name);
    let counts = identity.map(|identity| spellings(context, identity, fits)).unwrap_or_default();
    if counts.is_empty() { Some(entity.name.clone()) } else { most_frequent(&counts).map(str::to_owned) }
}

/// A written name on one line, for messages; cut after 30 characters.
pub(in crate::rules) fn excerpt(written: &str) -> String {
    let words = written.split_whitespace().collect::<Vec<_>>().join(" ");
    match words.char_indices().nth(30).and_then(|(at, _)| words.get(..at)) {
        Some(head) => format!("{head}…"),
        None => words,
    }
}

/// True if two names are two spellings of one: as many words, which sound alike or differ by a slip, but other letters.
pub(in crate::rules) fn is_variant(one: &str, other: &str) -> bool {
    if one == other {
        return false;
    }
    let words = |name: &str| -> Vec<String> { name.split_whitespace().map(letters).collect() };
    let (a, b) = (words(one), words(other));
    if a == b || names::is_acronym(one) || names::is_acronym(other) {
        return false;
    }
    let (x, y) = (names::fold_key(one), names::fold_key(other));
    let (x, y): (Vec<&str>, Vec<&str>) = (x.split(' ').collect(), y.split(' ').collect());
    x.len() == y.len() && x.iter().zip(&y).all(|(x, y)| x == y || names::near(x, y))
}

/// A word as it is compared: case, and the shape of its apostrophe, do not count.
fn letters(word: &str) -> String {
    word.chars().filter(|c| !matches!(c, '\'' | '’' | '‘' | 'ʼ' | '.')).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::is_variant;

    #[test]
    fn spellings_are_told_from_other_names() {
        for (one, other) in [("Nadim Haddad", "Nadeem al-Haddad"), ("Kortmann", "Kortman"), ("Sarnova", "Sanrova")] {
            assert!(is_variant(one, other), "{one} / {other}");
        }
        for (one, other) in [
            ("Nadim Haddad", "Haddad"),
            ("NADIM HADDAD", "Nadim Haddad"),
            ("Sana’a", "Sana'a"),
            ("U.S.", "US"),
            ("Lidia Marr", "Ada Pell"),
        ] {
            assert!(!is_variant(one, other), "{one} / {other}");
        }
    }
}
