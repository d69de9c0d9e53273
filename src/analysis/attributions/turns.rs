//! Transcripts: which sentences belong to which speaker's turn.
//!
//! One `Name:` at the head of a line is a headline's way of quoting; three of them in an item are a transcript, where
//! a speaker governs all that follows up to the next turn, and nothing within is attributed again.

use super::CueKind;
use super::sentence::SentenceReading;
use crate::structure::{BlockKind, Note, Sentence, TokenKind};
use crate::text::TextRange;

/// Turns that make an item a transcript.
const TRANSCRIPT: usize = 3;

/// The place of a sentence in a transcript.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turn {
    /// Not in one.
    Outside,
    /// A speaker's name and first words.
    Begins,
    /// Goes on with the turn that began in this sentence.
    Within(u32),
}

/// For each sentence its place in the transcript, if its item is one.
pub(super) fn find(note: &Note, reads: &[SentenceReading]) -> Vec<Turn> {
    let sentences = || note.sentences.iter().zip(reads);
    let mut counts = vec![0usize; note.items.len().max(1)];
    for (sentence, read) in sentences() {
        if begins(note, sentence, read)
            && let Some(count) = counts.get_mut(note.block_of(sentence).item as usize)
        {
            *count += 1;
        }
    }
    let mut turns = Vec::with_capacity(reads.len());
    let mut open: Option<(u32, u32, bool)> = None;
    for (n, (sentence, read)) in sentences().enumerate() {
        let item = note.block_of(sentence).item;
        if counts.get(item as usize).is_none_or(|&count| count < TRANSCRIPT) {
            open = None;
            turns.push(Turn::Outside);
            continue;
        }
        if begins(note, sentence, read) {
            open = Some((n as u32, sentence.block, is_marked(note, sentence.block)));
            turns.push(Turn::Begins);
            continue;
        }
        let turn = match open {
            Some((first, block, _)) if block == sentence.block => Turn::Within(first),
            Some((first, _, marked)) if continues(note, sentence.block, marked) => Turn::Within(first),
            _ => Turn::Outside,
        };
        turns.push(turn);
    }
    turns
}

fn begins(note: &Note, sentence: &Sentence, read: &SentenceReading) -> bool {
    let body = note.block_of(sentence).kind.is_body();
    body && read.attributions.first().is_some_and(|local| local.cue_kind == CueKind::Turn)
}

/// The block opens with a quotation mark.
fn is_marked(note: &Note, block: u32) -> bool {
    first_token(note, block).is_some_and(|token| token.kind == TokenKind::Quote)
}

/// `(CROSSTALK)`, `[laughter]`, also after a quotation mark.
fn stage_direction(note: &Note, block: u32) -> bool {
    let sentence = note.blocks.get(block as usize).and_then(|block| note.sentences_of(block).first());
    let first =
        sentence.and_then(|sentence| note.tokens_of(sentence).iter().find(|token| token.kind != TokenKind::Quote));
    first.is_none_or(|token| token.kind == TokenKind::Sign)
}

fn first_token(note: &Note, block: u32) -> Option<&crate::structure::Token> {
    let block = note.blocks.get(block as usize)?;
    note.tokens_of(note.sentences_of(block).first()?).first()
}

/// A later block goes on with the turn: prose, marked as the turn's own block is, no stage direction.
fn continues(note: &Note, block: u32, marked: bool) -> bool {
    let Some(kind) = note.blocks.get(block as usize).map(|block| block.kind) else { return false };
    let direction = stage_direction(note, block);
    matches!(kind, BlockKind::Paragraph | BlockKind::Quote) && !direction && is_marked(note, block) == marked
}

/// The content of the turn that begins in sentence `n`, from `from` on: one range for each block.
pub(super) fn content(note: &Note, turns: &[Turn], n: usize, from: u32) -> Vec<TextRange> {
    let Some(first) = note.sentences.get(n) else { return Vec::new() };
    let mut ranges: Vec<TextRange> = vec![TextRange::new(from, first.range.end)];
    let mut block = first.block;
    for (turn, sentence) in turns.iter().zip(&note.sentences).skip(n + 1) {
        if *turn != Turn::Within(n as u32) {
            break;
        }
        match ranges.last_mut() {
            Some(last) if sentence.block == block => last.end = sentence.range.end,
            _ => ranges.push(sentence.range),
        }
        block = sentence.block;
    }
    ranges
}
