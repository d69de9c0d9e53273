//! Names that the text itself declares equal: "Port Management Council (PMC)", "PMC (Port Management Council)",
//! "Nadim Haddad, also known as Abu Karim".

use std::collections::HashMap;
use std::sync::LazyLock;

use super::forms::{NONE, Table};
use super::union::Union;
use crate::analysis::facts::{EntityKind, Mention};
use crate::analysis::names;
use crate::structure::{Note, Sentence, Token, TokenKind};
use crate::text::word_hash;

/// Words between a name and the other name that it is "known as", without the comma.
const KNOWN_AS: &[&[&str]] = &[
    &["known", "as"],
    &["also", "known", "as"],
    &["better", "known", "as"],
    &["commonly", "known", "as"],
    &["formerly", "known", "as"],
    &["previously", "known", "as"],
    &["formerly"],
    &["previously"],
    &["also", "called"],
    &["aka"],
    &["a.k.a."],
    &["or"],
    &["abbreviated", "as"],
    &["abbreviated", "to"],
    &["known", "by", "its", "initials"],
    &["known", "by", "the", "acronym"],
];

static PHRASES: LazyLock<Vec<Vec<u64>>> =
    LazyLock::new(|| KNOWN_AS.iter().map(|words| words.iter().map(|word| word_hash(word)).collect()).collect());
static THE: LazyLock<u64> = LazyLock::new(|| word_hash("the"));
static OF: LazyLock<u64> = LazyLock::new(|| word_hash("of"));
static OR: LazyLock<u64> = LazyLock::new(|| word_hash("or"));

/// The opening bracket of a definition.
pub(super) static OPEN: LazyLock<u64> = LazyLock::new(|| word_hash("("));
/// The closing bracket of a definition.
pub(super) static CLOSE: LazyLock<u64> = LazyLock::new(|| word_hash(")"));
static LIST: LazyLock<[u64; 2]> = LazyLock::new(|| [word_hash(","), word_hash(";")]);

/// Joins the forms that the text declares to be one.
pub(super) fn tie(text: &str, note: &Note, mentions: &[Mention], table: &mut Table, union: &mut Union) {
    let mut meanings = HashMap::new();
    for (index, pair) in mentions.windows(2).enumerate() {
        let (first, second) = (&pair[0], &pair[1]);
        if first.sentence != second.sentence || second.tokens.start < first.tokens.end {
            continue;
        }
        let Some(between) = note.tokens.get(first.tokens.end as usize..second.tokens.start as usize) else { continue };
        if between.is_empty() || between.len() > 9 {
            continue;
        }
        let (one, other) = (table.of[index], table.of[index + 1]);
        if one == NONE || other == NONE || one == other {
            continue;
        }
        let Some(sentence) = note.sentences.get(first.sentence as usize) else { continue };
        if in_brackets(note, sentence, between, second) {
            bracketed(table, union, &mut meanings, one, other);
        } else if is_known_as(text, between) && alike(table, one, other) {
            union.join(one, other);
        }
    }
}

/// Tells if the second mention fills the bracket that opens right after the first.
fn in_brackets(note: &Note, sentence: &Sentence, between: &[Token], second: &Mention) -> bool {
    let Some((open, rest)) = between.split_first() else { return false };
    let fillers = rest.iter().all(|token| {
        token.is(*THE)
            || token.is(*OR)
            || token.kind == TokenKind::Quote
            || PHRASES.iter().any(|p| p.contains(&token.hash))
    });
    if !open.is(*OPEN) || !fillers || rest.len() > 5 {
        return false;
    }
    let after = note.tokens.get(second.tokens.end as usize..sentence.tokens.end as usize).unwrap_or(&[]);
    let close = after.iter().find(|token| token.kind != TokenKind::Quote);
    close.is_some_and(|token| token.is(*CLOSE) || LIST.contains(&token.hash))
}

/// Joins a name and its acronym in brackets. `meanings` has the first name of each acronym: a second one that shares no
/// word with it is another body, which happens to have the same letters.
fn bracketed(table: &mut Table, union: &mut Union, meanings: &mut HashMap<u32, u32>, one: u32, other: u32) {
    let Some((long, short)) = long_and_short(table, one, other) else { return };
    let first = *meanings.entry(short).or_insert(long);
    let (was, now) = (&table.forms[first as usize], &table.forms[long as usize]);
    if first != long && !now.hashes.iter().take(16).any(|word| !is_small(*word) && was.hashes.contains(word)) {
        return;
    }
    table.forms[short as usize].kind = now.kind;
    union.join(long, short);
}

fn is_small(word: u64) -> bool {
    word == *THE || word == *OF
}

/// Which of two forms, one before and one in the bracket, is the name and which its acronym; none if they are not.
fn long_and_short(table: &Table, long: u32, short: u32) -> Option<(u32, u32)> {
    let (l, s) = (&table.forms[long as usize], &table.forms[short as usize]);
    if l.kind == EntityKind::Person && s.kind != EntityKind::Person {
        return None;
    }
    let same_known = matches!((l.known, s.known), (Some(a), Some(b)) if a.name == b.name);
    let foreign = l.words >= 2
        && s.acronym
        && s.known.is_none()
        && s.kind != EntityKind::Place
        && matches!(l.kind, EntityKind::Org | EntityKind::Work | EntityKind::Event | EntityKind::Product);
    if names::spells(&s.text, &l.text) || same_known || foreign {
        return Some((long, short));
    }
    names::spells(&l.text, &s.text).then_some((short, long))
}

/// Tells if only "(,) (also) known as (the)" stands between two mentions.
fn is_known_as(text: &str, between: &[Token]) -> bool {
    let comma = between.first().is_some_and(|token| token.text(text) == ",");
    let words: Vec<u64> = between
        .iter()
        .filter(|token| token.kind == TokenKind::Word && !token.is(*THE))
        .map(|token| token.hash)
        .collect();
    let signs = between.iter().filter(|token| token.kind != TokenKind::Word);
    if signs.skip(usize::from(comma)).any(|token| token.kind != TokenKind::Quote) {
        return false;
    }
    let weak = words.len() == 1 && (words[0] == *OR || words[0] == word_hash("known"));
    PHRASES.contains(&words) && (!weak || comma)
}

/// Tells if two forms may name one thing: one kind, or kinds that recognition often confuses.
fn alike(table: &Table, one: u32, other: u32) -> bool {
    let (a, b) = (&table.forms[one as usize], &table.forms[other as usize]);
    a.kind == b.kind || (a.kind != EntityKind::Person && b.acronym && names::spells(&b.text, &a.text))
}
