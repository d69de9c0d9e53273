//! Which tokens name something, and what kind of thing.
//!
//! In reading order: `words` looks at each word and picks the candidates; `features` turns a candidate into rows of the
//! `model`, which finds the best `labels`; `context` is what the rest of the note says of a word; `first` reads names
//! by rules and lists alone, which is one more feature; `settle` mends spans and kinds by grammar; `amounts` reads dates, money, shares and quantities by a small
//! grammar. The weights are made by `examples/train`, whose documentation has the recipe.
//!
//! What a sentence alone says is remembered by the sentence's key: an edit costs its own sentences, and a pass over the
//! rest that only adds a few rows a candidate.

pub mod context;
pub mod features;
pub mod labels;
pub mod model;
pub mod words;

mod amounts;
mod first;
mod settle;

pub use settle::settle;

use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::ops::Range;
use std::sync::Arc;

use self::context::Context;
use self::features::Place;
use self::labels::{OUTSIDE, Part};
use self::model::{Model, Paths, Scores, WIDTH};
use self::words::Seen;
use super::facts::{EntityKind, Mention, MentionForm};
use crate::structure::{Note, Sentence};
use crate::text::hashed::KeyIsHash;

/// A name or an amount: tokens of the note, and what they name.
pub type Found = (Range<usize>, EntityKind);

/// What a sentence alone says: its words, and the scores of its candidates (in order) as far as they depend on it.
#[derive(Debug)]
struct Local {
    seen: Seen,
    place: Place,
    scores: Vec<Scores>,
}

/// Names of a sentence by its key and whether it is a heading's, with the round that saw it last.
type Remembered = HashMap<(u64, bool), (u32, Arc<Local>), BuildHasherDefault<KeyIsHash>>;

/// Scores of sentences seen before.
#[derive(Clone, Debug, Default)]
pub struct EntityMemo {
    seen: Remembered,
    round: u32,
    /// Sentences that had to be scored in the last call: the counted work of the complexity tests.
    pub worked: usize,
}

/// The typed mentions of a note, in order.
#[must_use]
pub fn recognise(text: &str, note: &Note, memo: &mut EntityMemo) -> Vec<Mention> {
    recognise_with(Model::shipped(), text, note, memo)
}

/// As [`recognise`], with another model than the one that ships; the memo must not be shared between models.
#[must_use]
pub fn recognise_with(model: Model<'_>, text: &str, note: &Note, memo: &mut EntityMemo) -> Vec<Mention> {
    let locals = memo.locals(model, text, note);
    let mut found = names(model, text, note, &locals);
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

impl EntityMemo {
    fn locals(&mut self, model: Model<'_>, text: &str, note: &Note) -> Vec<Arc<Local>> {
        self.round = self.round.wrapping_add(1);
        self.worked = 0;
        let mut rows = Vec::new();
        let locals = note.sentences.iter().map(|sentence| self.local(model, text, note, sentence, &mut rows)).collect();
        let round = self.round;
        self.seen.retain(|_, (last, _)| *last == round);
        locals
    }

    fn local(
        &mut self,
        model: Model<'_>,
        text: &str,
        note: &Note,
        sentence: &Sentence,
        rows: &mut Vec<u32>,
    ) -> Arc<Local> {
        let kind = note.block_of(sentence).kind;
        let key = (sentence.key, kind.is_heading());
        if let Some((last, local)) = self.seen.get_mut(&key) {
            *last = self.round;
            return Arc::clone(local);
        }
        self.worked += 1;
        let seen = words::look(text, note.tokens_of(sentence));
        let place = Place::of(kind, &seen.words);
        let mut scores = Vec::new();
        for at in candidates(&seen) {
            features::local(&seen.words, at, place, rows);
            let mut sum = [0; WIDTH];
            model.add(rows, &mut sum);
            scores.push(sum);
        }
        let local = Arc::new(Local { seen, place, scores });
        self.seen.insert(key, (self.round, Arc::clone(&local)));
        local
    }
}

fn candidates(seen: &Seen) -> impl Iterator<Item = usize> + '_ {
    seen.runs.iter().flat_map(|run| run.start as usize..run.end as usize)
}

/// The names of a note: what each sentence says, and what the rest of the note adds.
fn names(model: Model<'_>, text: &str, note: &Note, locals: &[Arc<Local>]) -> Vec<Found> {
    let context = context_of(note, locals.iter().map(|local| (&local.seen, local.place)));
    let seen: Vec<&Seen> = locals.iter().map(|local| &local.seen).collect();
    let rules = rule_labels(text, note, &seen);
    let (mut rows, mut scores, mut labels) = (Vec::new(), Vec::new(), Vec::new());
    let mut paths = Paths::default();
    let mut found = Vec::new();
    for (sentence, local) in note.sentences.iter().zip(locals) {
        let base = sentence.tokens.start as usize;
        let own_rules = rules.get(base..sentence.tokens.end as usize).unwrap_or(&[]);
        let mut known = local.scores.iter();
        for run in &local.seen.runs {
            scores.clear();
            for (at, local_scores) in (run.start as usize..run.end as usize).zip(&mut known) {
                features::document(&local.seen.words, at, local.place, &context, own_rules, &mut rows);
                let mut sum = *local_scores;
                model.add(&rows, &mut sum);
                scores.push(sum);
            }
            model.decode(&scores, &mut paths, &mut labels);
            spans(&labels, base + run.start as usize, &mut found);
        }
    }
    settle(text, note, &seen, &mut found);
    found
}

/// What the note as a whole says of its words.
pub fn context_of<'s>(note: &Note, sentences: impl Iterator<Item = (&'s Seen, Place)> + Clone) -> Context {
    let _ = note;
    let mut context = Context::default();
    for (seen, place) in sentences.clone() {
        if !place.heading && !place.capitals {
            context.add(seen);
        }
    }
    for (seen, _) in sentences {
        context.add_lower(&seen.words);
    }
    context
}

/// The label that the rules alone give to each token of the note.
#[must_use]
pub fn rule_labels(text: &str, note: &Note, seen: &[&Seen]) -> Vec<u8> {
    let mut labels = vec![OUTSIDE; note.tokens.len()];
    for (range, kind) in first::find(text, note, seen) {
        paint(&mut labels, range, kind);
    }
    labels
}

/// Writes the labels of a name over its tokens.
pub fn paint(labels: &mut [u8], range: Range<usize>, kind: EntityKind) {
    let last = range.end.saturating_sub(1);
    for at in range.clone() {
        let part = match (at == range.start, at == last) {
            (true, true) => Part::Unit,
            (true, false) => Part::Begin,
            (false, true) => Part::Last,
            (false, false) => Part::Inside,
        };
        if let (Some(slot), Some(label)) = (labels.get_mut(at), labels::label(kind, part)) {
            *slot = label;
        }
    }
}

/// The names in a run of labels whose first token is `base`.
pub fn spans(labels: &[u8], base: usize, found: &mut Vec<(Range<usize>, EntityKind)>) {
    let mut start = 0;
    for (at, &label) in labels.iter().enumerate() {
        match labels::meaning(label) {
            Some((_, Part::Begin)) => start = at,
            Some((kind, Part::Unit)) => found.push((base + at..base + at + 1, kind)),
            Some((kind, Part::Last)) => found.push((base + start..base + at + 1, kind)),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests;
