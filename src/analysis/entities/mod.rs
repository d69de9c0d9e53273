//! Which tokens name something, and what kind of thing.
//!
//! `first` reads names by rules and lists; `amounts` reads dates, money, shares and quantities by a small grammar.

mod amounts;
mod first;

use std::ops::Range;

use super::facts::{EntityKind, Mention, MentionForm};
use crate::structure::Note;

/// Scores of sentences seen before.
#[derive(Debug, Default)]
pub struct EntityMemo {}

/// The typed mentions of a note, in order.
#[must_use]
pub fn recognise(text: &str, note: &Note, memo: &mut EntityMemo) -> Vec<Mention> {
    let _ = memo;
    let mut found = first::find(text, note);
    amounts::find(text, note, &mut found);
    found.sort_by_key(|(range, _)| range.start);
    let mut mentions: Vec<Mention> = Vec::with_capacity(found.len());
    let mut sentence = 0;
    for (range, kind) in found {
        while note.sentences.get(sentence).is_some_and(|s| (s.tokens.end as usize) <= range.start) {
            sentence += 1;
        }
        mentions.push(mention(note, sentence, range, kind));
    }
    mentions
}

fn mention(note: &Note, sentence: usize, tokens: Range<usize>, kind: EntityKind) -> Mention {
    let range = note.tokens[tokens.start].range.cover(note.tokens[tokens.end - 1].range);
    Mention {
        range,
        kind,
        entity: None,
        form: MentionForm::Full,
        sentence: sentence as u32,
        tokens: tokens.start as u32..tokens.end as u32,
    }
}
