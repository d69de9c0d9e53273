//! Names that have their title in them because the note says so: "Orvan Marr, known as Admiral Marr".
//!
//! A title before a name is left out of the mention. Where the note declares the name together with its title, that is
//! what the person is called, and every other place of the note that calls him so is read alike.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::forms::tokens_of;
use super::known;
use crate::analysis::facts::{EntityKind, Mention};
use crate::lexicon::{class, classes_of};
use crate::structure::{Note, Token, TokenKind};
use crate::text::word_hash;

/// Words after which a name stands as it is called, alone or before `as`.
static CALLED: LazyLock<[u64; 5]> =
    LazyLock::new(|| ["called", "dubbed", "nicknamed", "renamed", "styled"].map(word_hash));
static KNOWN: LazyLock<[u64; 3]> = LazyLock::new(|| ["known", "remembered", "revered"].map(word_hash));
static AS: LazyLock<u64> = LazyLock::new(|| word_hash("as"));

/// Takes the title into each mention of a person whom the note declares to be called by it.
pub(super) fn take_titles(text: &str, note: &Note, mentions: &mut [Mention]) {
    let mut declared: HashSet<(u64, u64)> = HashSet::new();
    for mention in mentions.iter() {
        if let Some(title) = title_before(note, mention).filter(|title| is_declared(note, mention, title)) {
            declared.insert((title.hash, known::key(text, tokens_of(note, mention))));
        }
    }
    if declared.is_empty() {
        return;
    }
    for index in 0..mentions.len() {
        let mention = &mentions[index];
        let Some(title) = title_before(note, mention) else { continue };
        let free = index.checked_sub(1).is_none_or(|n| mentions[n].range.end <= title.range.start);
        if free && declared.contains(&(title.hash, known::key(text, tokens_of(note, mention)))) {
            let mention = &mut mentions[index];
            mention.range.start = title.range.start;
            mention.tokens.start -= 1;
        }
    }
}

/// The capital title right before a person, in one sentence with him.
fn title_before<'n>(note: &'n Note, mention: &Mention) -> Option<&'n Token> {
    let sentence = note.sentences.get(mention.sentence as usize)?;
    let at = mention.tokens.start.checked_sub(1).filter(|at| *at >= sentence.tokens.start)?;
    let token = note.tokens.get(at as usize)?;
    let title = token.kind == TokenKind::Word && token.capital && classes_of(token.hash).has(class::TITLE);
    (mention.kind == EntityKind::Person && title).then_some(token)
}

/// Tells if "known as" or its like stands before the title, perhaps with a quotation mark between.
fn is_declared(note: &Note, mention: &Mention, title: &Token) -> bool {
    let Some(sentence) = note.sentences.get(mention.sentence as usize) else { return false };
    let before = note.tokens_of(sentence).iter().take_while(|token| token.range.end <= title.range.start);
    let words: Vec<&Token> = before.filter(|token| token.kind != TokenKind::Quote).collect();
    match words.as_slice() {
        [.., verb, link] if link.is(*AS) => KNOWN.contains(&verb.hash) || CALLED.contains(&verb.hash),
        [.., verb] => CALLED.contains(&verb.hash),
        [] => false,
    }
}
