//! Which tokens name something, and what kind of thing.
//!
//! In reading order: `words` looks at each word and picks the candidates; `features` turns a candidate into rows of the
//! `model`, which finds the best `labels`; `context` is the rest of the note as far as it says something of a word; `first` reads names
//! by rules and lists alone, which is one more feature; `refine` mends spans and kinds by grammar; `amounts` reads dates, money, shares and quantities by a small
//! grammar. The weights are made by `examples/train`, whose documentation has the recipe.
//!
//! The reading of a sentence alone is remembered by the sentence's key: an edit costs its own sentences, and a pass over the
//! rest that only adds a few rows a candidate.

pub mod context;
pub mod features;
pub mod labels;
pub mod model;
pub mod words;

mod amounts;
mod first;
mod refine;

pub use refine::refine;

use std::ops::Range;
use std::sync::Arc;

use self::context::NoteContext;
use self::features::Place;
use self::labels::{Bilou, OUTSIDE};
use self::model::{Model, Paths, Scores, WIDTH};
use self::words::SentenceWords;
use super::corrections::Corrections;
use super::facts::{EntityKind, Mention, MentionForm};
use super::stages::Mentions;
use crate::structure::{Note, Sentence};
use crate::text::SentenceCache;
use crate::text::sentence_cache::Reading;

/// A name or an amount: tokens of the note, and what they name.
pub type NamedSpan = (Range<usize>, EntityKind);

/// A sentence by itself: its words, and the scores of its candidates (in order) as far as they depend on it.
#[derive(Debug)]
pub struct SentenceScores {
    seen: SentenceWords,
    place: Place,
    scores: Vec<Scores>,
}

/// Scores of sentences seen before, by the sentence's key and whether it stands in a heading.
pub type MentionMemo = SentenceCache<(u64, bool), Arc<SentenceScores>>;

/// The mentions of a note, with what people corrected.
#[must_use]
pub fn recognise(text: &str, note: &Note, corrections: &Corrections, memo: &mut MentionMemo) -> Mentions {
    corrections.of_mentions(note, recognise_with(Model::shipped(), text, note, memo))
}

/// The mentions of a note as a model gives them, uncorrected; the memo must not be shared between models.
#[must_use]
pub fn recognise_with(model: Model<'_>, text: &str, note: &Note, memo: &mut MentionMemo) -> Mentions {
    let scored = scores(model, text, note, memo);
    let mut found = names(model, text, note, &scored);
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
    Mentions(mentions)
}

fn mention(note: &Note, sentence: usize, tokens: Range<usize>, kind: EntityKind) -> Mention {
    let named = note.tokens.get(tokens.clone()).unwrap_or(&[]);
    let range = named.first().zip(named.last()).map(|(first, last)| first.range.cover(last.range)).unwrap_or_default();
    Mention {
        range,
        kind,
        entity: None,
        form: MentionForm::Full,
        sentence: sentence as u32,
        tokens: tokens.start as u32..tokens.end as u32,
    }
}

fn scores(model: Model<'_>, text: &str, note: &Note, memo: &mut MentionMemo) -> Vec<Arc<SentenceScores>> {
    let mut reading = memo.begin();
    let mut rows = Vec::new();
    note.sentences.iter().map(|sentence| score(model, text, note, sentence, &mut rows, &mut reading)).collect()
}

fn score(
    model: Model<'_>,
    text: &str,
    note: &Note,
    sentence: &Sentence,
    rows: &mut Vec<u32>,
    reading: &mut Reading<'_, (u64, bool), Arc<SentenceScores>>,
) -> Arc<SentenceScores> {
    let kind = note.block_of(sentence).kind;
    let key = (sentence.key, kind.is_heading());
    if let Some(known) = reading.get(key) {
        return Arc::clone(known);
    }
    let seen = words::look(text, note.tokens_of(sentence));
    let place = Place::of(kind, &seen.words);
    let mut scores = Vec::new();
    for at in candidates(&seen) {
        features::local(&seen.words, at, place, rows);
        let mut sum = [0; WIDTH];
        model.add(rows, &mut sum);
        scores.push(sum);
    }
    let scored = Arc::new(SentenceScores { seen, place, scores });
    reading.insert(key, Arc::clone(&scored));
    scored
}

fn candidates(seen: &SentenceWords) -> impl Iterator<Item = usize> + '_ {
    seen.runs.iter().flat_map(|run| run.start as usize..run.end as usize)
}

/// The names of a note: what each sentence says, and what the rest of the note adds.
fn names(model: Model<'_>, text: &str, note: &Note, scored: &[Arc<SentenceScores>]) -> Vec<NamedSpan> {
    let context = context_of(scored.iter().map(|local| (&local.seen, local.place)));
    let seen: Vec<&SentenceWords> = scored.iter().map(|local| &local.seen).collect();
    let rules = rule_labels(text, note, &seen);
    let (mut rows, mut scores, mut labels) = (Vec::new(), Vec::new(), Vec::new());
    let mut paths = Paths::default();
    let mut found = Vec::new();
    for (sentence, local) in note.sentences.iter().zip(scored) {
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
    refine(text, note, &seen, &mut found);
    found
}

/// The context that a note as a whole gives to its words.
pub fn context_of<'s>(sentences: impl Iterator<Item = (&'s SentenceWords, Place)> + Clone) -> NoteContext {
    let mut context = NoteContext::default();
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
pub fn rule_labels(text: &str, note: &Note, seen: &[&SentenceWords]) -> Vec<u8> {
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
            (true, true) => Bilou::Unit,
            (true, false) => Bilou::Begin,
            (false, true) => Bilou::Last,
            (false, false) => Bilou::Inside,
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
            Some((_, Bilou::Begin)) => start = at,
            Some((kind, Bilou::Unit)) => found.push((base + at..base + at + 1, kind)),
            Some((kind, Bilou::Last)) => found.push((base + start..base + at + 1, kind)),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests;
