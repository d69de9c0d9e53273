//! "The foreign minister" where the note has told who that is.
//!
//! Only a role that exactly one entity of the note holds, whose holder was named shortly before in the same item, makes
//! a mention: a wrong speaker is worse than none.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::analysis::facts::{Entity, EntityKind, Mention, MentionForm};
use crate::lexicon::{class, classes_of};
use crate::structure::tokens::{Token, TokenKind, tokenize};
use crate::structure::{Note, Sentence};
use crate::text::{TextRange, word_hash};

/// Sentences back in which the holder of a role may have been named.
const REACH: u32 = 6;

/// Longest description, in tokens.
const LONGEST: usize = 8;

static THE: LazyLock<u64> = LazyLock::new(|| word_hash("the"));
static LINKS: LazyLock<[u64; 3]> = LazyLock::new(|| ["of", "for", "-"].map(word_hash));

/// A description and whom it describes; nobody, if it describes several.
#[derive(Clone, Debug)]
struct Description {
    words: Vec<u64>,
    of: Option<u32>,
    /// One word: needs its holder to be the last person named.
    weak: bool,
}

/// Adds the descriptions as mentions.
pub(super) fn add(note: &Note, mentions: &mut Vec<Mention>, entities: &mut [Entity]) {
    let descriptions = read(entities);
    if descriptions.is_empty() {
        return;
    }
    let mut found = Vec::new();
    // The last mention of each entity, and the last person, as sentence numbers.
    let mut named: HashMap<u32, u32> = HashMap::new();
    let mut last_person = None;
    let mut next = 0;
    for (index, sentence) in (0u32..).zip(&note.sentences) {
        if note.block_of(sentence).kind.is_heading() {
            continue;
        }
        let tokens = note.tokens_of(sentence);
        let mut free_from = 0;
        for (at, token) in tokens.iter().enumerate() {
            while let Some(mention) = mentions.get(next).filter(|m| m.range.start <= token.range.start) {
                if let Some(entity) = mention.entity {
                    named.insert(entity, mention.sentence);
                    if mention.kind == EntityKind::Person {
                        last_person = Some(entity);
                    }
                }
                next += 1;
            }
            // "the foreign minister", or a long one in capitals by itself: "Warden of the Dunes".
            let start = at + usize::from(token.is(*THE));
            if at < free_from || !(token.is(*THE) || token.capital) {
                continue;
            }
            let Some(description) = tokens.get(start..).and_then(|rest| longest(&descriptions, rest)) else { continue };
            let end = start + description.words.len();
            let Some(entity) = description.of.filter(|_| start > at || description.words.len() >= 3) else { continue };
            let range = tokens[start].range.cover(tokens[end - 1].range);
            let near = named.get(&entity).is_some_and(|&last| {
                index - last <= REACH
                    && same_item(note, last, sentence)
                    && (!description.weak || last_person == Some(entity))
            });
            if near && is_free(mentions, next, range) && ends_here(tokens.get(end)) {
                let tokens = sentence.tokens.start + start as u32..sentence.tokens.start + end as u32;
                let (kind, form) = (EntityKind::Person, MentionForm::Description);
                found.push(Mention { range, kind, entity: Some(entity), form, sentence: index, tokens });
                named.insert(entity, index);
                last_person = Some(entity);
                free_from = end;
            }
        }
    }
    for (index, entity) in (0u32..).zip(entities.iter()) {
        let titles = entity.roles.iter().filter(|role| entity.kind == EntityKind::Person && is_title(&role.text));
        found.extend(titles.filter_map(|role| of_role(note, mentions, role.range, index)));
    }
    if !found.is_empty() {
        insert(mentions, found, entities);
    }
}

/// Tells if a role is written like a name: "Warden of the Dunes".
fn is_title(role: &str) -> bool {
    role.starts_with(char::is_uppercase) && role.contains(" of ")
}

/// The apposition itself, if nothing crosses it.
fn of_role(note: &Note, mentions: &[Mention], range: TextRange, entity: u32) -> Option<Mention> {
    let sentence = note.sentence_at(range.start)?;
    let next = mentions.partition_point(|mention| mention.range.start <= range.start);
    let start = note.tokens.partition_point(|token| token.range.end <= range.start) as u32;
    let end = note.tokens.partition_point(|token| token.range.start < range.end) as u32;
    let (kind, form) = (EntityKind::Person, MentionForm::Description);
    is_free(mentions, next, range).then_some(Mention {
        range,
        kind,
        entity: Some(entity),
        form,
        sentence: sentence as u32,
        tokens: start..end,
    })
}

/// Tells if no mention crosses the range; names inside it ("Warden of Sarn") do no harm. `next` is the first mention
/// that begins after the range's first token.
fn is_free(mentions: &[Mention], next: usize, range: TextRange) -> bool {
    let before = next.checked_sub(1).and_then(|n| mentions.get(n));
    let inside = mentions.get(next..).unwrap_or(&[]).iter().take_while(|m| m.range.start < range.end);
    before.is_none_or(|m| m.range.end <= range.start) && inside.into_iter().all(|m| m.range.end <= range.end)
}

/// The descriptions that the roles allow, by their first word.
fn read(entities: &[Entity]) -> HashMap<u64, Vec<Description>> {
    let mut found: HashMap<u64, Vec<Description>> = HashMap::new();
    let mut tokens: Vec<Token> = Vec::new();
    for (index, entity) in (0u32..).zip(entities) {
        // Who held a role once is not who holds it now.
        for role in entity.roles.iter().filter(|role| entity.kind == EntityKind::Person && !role.time.is_over()) {
            tokens.clear();
            tokenize(&role.text, TextRange::from_usize(0, role.text.len()), &[], &mut tokens);
            let own = tokens.iter().rposition(|token| token.kind == TokenKind::Possessive).map_or(0, |at| at + 1);
            let words: Vec<u64> = tokens[own..].iter().map(|token| token.hash).collect();
            let Some(head) = words.iter().position(|hash| classes_of(*hash).has(class::ROLE_HEAD)) else { continue };
            if words.len() > LONGEST {
                continue;
            }
            // "Meridian foreign minister": also "foreign minister"; each tail of what stands before the head.
            let last = words.iter().rposition(|hash| classes_of(*hash).has(class::ROLE_HEAD)).unwrap_or(head);
            for start in 0..=last {
                let tail = &words[start..=last];
                if tail.len() > 1 || classes_of(words[last]).has(class::LONE_ROLE) {
                    enter(&mut found, tail, index, tail.len() == 1);
                }
            }
            if last + 1 < words.len() {
                enter(&mut found, &words, index, false);
            }
        }
    }
    found
}

fn enter(found: &mut HashMap<u64, Vec<Description>>, words: &[u64], entity: u32, weak: bool) {
    let Some(&first) = words.first() else { return };
    let list = found.entry(first).or_default();
    if let Some(known) = list.iter_mut().find(|known| known.words == words) {
        known.of = known.of.filter(|&of| of == entity);
    } else if list.len() < 32 {
        // A crowd of roles with one first word: nobody is described by them alone.
        list.push(Description { words: words.to_vec(), of: Some(entity), weak });
    }
}

fn longest<'d>(descriptions: &'d HashMap<u64, Vec<Description>>, tokens: &[Token]) -> Option<&'d Description> {
    let list = descriptions.get(&tokens.first()?.hash)?;
    let fits =
        |d: &&Description| d.words.len() <= tokens.len() && d.words.iter().zip(tokens).all(|(hash, t)| t.is(*hash));
    list.iter().filter(fits).max_by_key(|d| d.words.len())
}

/// Tells if the phrase is over: no name, further noun of a role or `of` goes on with it.
fn ends_here(next: Option<&Token>) -> bool {
    next.is_none_or(|token| {
        !(token.capital || LINKS.contains(&token.hash) || classes_of(token.hash).has(class::ROLE_PART))
    })
}

fn same_item(note: &Note, other: u32, sentence: &Sentence) -> bool {
    let item = |s: &Sentence| note.blocks.get(s.block as usize).map(|block| block.item);
    note.sentences.get(other as usize).is_some_and(|other| item(other) == item(sentence))
}

/// Puts new mentions in their places and renumbers what refers to the old ones.
fn insert(mentions: &mut Vec<Mention>, found: Vec<Mention>, entities: &mut [Entity]) {
    mentions.extend(found);
    mentions.sort_by_key(|mention| (mention.range.start, mention.range.end));
    mentions.dedup_by_key(|mention| mention.range);
    for entity in entities.iter_mut() {
        entity.mentions.clear();
    }
    for (index, mention) in (0u32..).zip(mentions.iter()) {
        if let Some(entity) = mention.entity.and_then(|entity| entities.get_mut(entity as usize)) {
            entity.mentions.push(index);
        }
    }
}
