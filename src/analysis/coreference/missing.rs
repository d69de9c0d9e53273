//! Mentions that recognition missed and that the note itself proves: acronyms that it defines, and the head noun of a
//! body in capitals ("the University" beside "Sarn Maritime University").

use std::collections::HashMap;
use std::sync::LazyLock;

use super::bodies;
use super::definitions::{CLOSE, OPEN};
use super::forms::{joined, tokens_of};
use crate::analysis::facts::{EntityKind, Mention, MentionForm};
use crate::analysis::names;
use crate::structure::{Note, Token, TokenKind, word_hash};

/// Words after which a capital head is still a part of a longer name.
static GOES_ON: LazyLock<[u64; 4]> = LazyLock::new(|| ["of", "for", "-", "&"].map(word_hash));

/// Adds what was missed, in its place.
pub(super) fn add(text: &str, note: &Note, mentions: &mut Vec<Mention>) {
    numbered(text, note, mentions);
    let mut defined: HashMap<&str, EntityKind> = HashMap::new();
    let mut heads: HashMap<u64, Option<u64>> = HashMap::new();
    for mention in mentions.iter().filter(|m| m.kind.is_named() && m.kind != EntityKind::Person) {
        if let Some(word) = definition(text, note, mention) {
            defined.insert(word, mention.kind);
        }
        if mention.kind == EntityKind::Org {
            let tokens = tokens_of(note, mention);
            if let Some(head) = bodies::head_of(tokens.iter().map(|token| token.hash)).filter(|_| tokens.len() > 1) {
                let whole = super::known::key(text, tokens);
                let of_one = heads.entry(head).or_insert(Some(whole));
                *of_one = of_one.filter(|&known| known == whole);
            }
        }
    }
    heads.retain(|_, of_one| of_one.is_some());
    if defined.is_empty() && heads.is_empty() {
        return;
    }
    let mut missing = Vec::new();
    let mut next = 0;
    for (index, sentence) in (0u32..).zip(&note.sentences) {
        let heading = note.block_of(sentence).kind.is_heading();
        let tokens = note.tokens_of(sentence);
        for (at, token) in tokens.iter().enumerate() {
            while mentions.get(next).is_some_and(|mention| mention.range.end <= token.range.start) {
                next += 1;
            }
            if !token.capital || mentions.get(next).is_some_and(|mention| mention.range.overlaps(token.range)) {
                continue;
            }
            let is_head =
                !heading && !token.all_capitals && heads.contains_key(&token.hash) && stands_alone(text, tokens, at);
            let kind = if is_head { Some(EntityKind::Org) } else { defined.get(token.text(text)).copied() };
            if let Some(kind) = kind {
                let first = sentence.tokens.start + at as u32;
                let form = if is_head { MentionForm::Short } else { MentionForm::Acronym };
                let tokens = first..first + 1;
                missing.push(Mention { range: token.range, kind, entity: None, form, sentence: index, tokens });
            }
        }
    }
    if !missing.is_empty() {
        mentions.extend(missing);
        mentions.sort_by_key(|mention| (mention.range.start, mention.range.end));
    }
}

/// Takes the number of a ruler into his name ("Orvan II"; "Orvan I" only where the word I cannot stand).
fn numbered(text: &str, note: &Note, mentions: &mut [Mention]) {
    for index in 0..mentions.len() {
        let (mention, next) = (&mentions[index], mentions.get(index + 1));
        let Some(token) = note.tokens.get(mention.tokens.end as usize).filter(|token| token.capital && token.spaced)
        else {
            continue;
        };
        let word = token.text(text);
        let open = || {
            let after = note.tokens.get(mention.tokens.end as usize + 1);
            after.is_none_or(|t| !matches!(t.kind, TokenKind::Word | TokenKind::Quote) && !t.spaced)
        };
        let number = word != "I" && matches!(word, "II" | "III" | "IV" | "VI" | "VII" | "VIII")
            || matches!(word, "I" | "I.") && open();
        let free = next.is_none_or(|next| next.range.start >= token.range.end);
        if mention.kind == EntityKind::Person && number && free {
            let end = token.range.end - u32::from(word.ends_with('.'));
            let mention = &mut mentions[index];
            mention.range.end = end;
            mention.tokens.end += 1;
        }
    }
}

/// The acronym that stands in brackets right after a name and is made of its initials.
fn definition<'t>(text: &'t str, note: &Note, mention: &Mention) -> Option<&'t str> {
    let open = mention.tokens.end as usize;
    let [bracket, word, close] = note.tokens.get(open..open + 3)? else { return None };
    if !bracket.is(*OPEN) || !close.is(*CLOSE) || word.kind != TokenKind::Word {
        return None;
    }
    let word = word.text(text);
    let name = joined(text, tokens_of(note, mention));
    (word.len() <= 12 && names::is_acronym(word) && names::spells(word, &name)).then_some(word)
}

/// Whether a capital word is so by itself: not the first of its sentence, and between words that are not capitals.
fn stands_alone(text: &str, tokens: &[Token], at: usize) -> bool {
    let Some(before) = at.checked_sub(1).and_then(|n| tokens.get(n)) else { return false };
    let the = before.text(text).eq_ignore_ascii_case("the");
    let before_is_name = before.capital && !the || before.kind != TokenKind::Word;
    let after_is_name =
        tokens.get(at + 1).is_some_and(|t| t.capital || GOES_ON.contains(&t.hash) || t.kind == TokenKind::Number);
    !before_is_name && !after_is_name
}
