//! From sentences to the note: quotations that go on, sequels, blocks after a colon, speakers' turns.

use std::sync::{Arc, LazyLock};

use smallvec::SmallVec;
use xxhash_rust::xxh3::xxh3_64;

use super::sentence::{self, ContentPart, SentenceAttribution, SentenceReading};
use super::turns::{self, Turn};
use super::view::View;
use super::{AttributionMemo, CueKind};
use crate::analysis::facts::{Attribution, Quotation, QuotationClass, SourceKind, Speech};
use crate::analysis::stages::Attributions;
use crate::lexicon::sourcing as lexicon;
use crate::structure::{Note, Sentence, Token, TokenKind};
use crate::text::{TextRange, word_hash};

/// The outermost quotations, as indices into all of them.
pub(super) fn outermost(quotations: &[Quotation]) -> Vec<usize> {
    let mut outer = Vec::new();
    let mut end = 0;
    for (n, quotation) in quotations.iter().enumerate() {
        if quotation.range.start >= end {
            outer.push(n);
            end = quotation.range.end;
        }
    }
    outer
}

/// Reads all sentences, those known from before at the cost of a look-up. `outer` are the outermost quotations.
pub(super) fn read(
    text: &str,
    note: &Note,
    quotations: &[Quotation],
    outer: &[usize],
    memo: &mut AttributionMemo,
) -> Vec<SentenceReading> {
    let mut cached = memo.begin();
    let mut view = View::new(text);
    let mut low = 0;
    let mut readings = Vec::with_capacity(note.sentences.len());
    let mut overlapping: Vec<&Quotation> = Vec::new();
    for sentence in &note.sentences {
        while low < outer.len() && quotations[outer[low]].range.end <= sentence.range.start {
            low += 1;
        }
        let mut high = low;
        while high < outer.len() && quotations[outer[high]].range.start < sentence.range.end {
            high += 1;
        }
        overlapping.clear();
        overlapping.extend(outer[low..high].iter().map(|&n| &quotations[n]));
        let block = note.block_of(sentence);
        let heading = block.kind.is_heading();
        let first = note.sentences_of(block).first().is_some_and(|s| s.range == sentence.range);
        let key = key(sentence, &overlapping, heading, first);
        let attributions = if let Some(known) = cached.get(key) {
            Arc::clone(known)
        } else {
            view.read(note.tokens_of(sentence), &overlapping, heading, first);
            let attributions: Arc<[SentenceAttribution]> = sentence::read(&view, sentence.range.start).into();
            cached.insert(key, Arc::clone(&attributions));
            attributions
        };
        readings.push(SentenceReading { attributions, quotes: low..high });
    }
    readings
}

/// The sentence and all that its reading depends on.
fn key(sentence: &Sentence, quotations: &[&Quotation], heading: bool, first: bool) -> u64 {
    let mut bytes = SmallVec::<[u8; 64]>::new();
    bytes.extend_from_slice(&sentence.key.to_le_bytes());
    bytes.extend_from_slice(&[u8::from(heading), u8::from(first)]);
    for quotation in quotations {
        let start = quotation.range.start.saturating_sub(sentence.range.start);
        let end = quotation.range.end.min(sentence.range.end + 1).saturating_sub(sentence.range.start);
        bytes.extend_from_slice(&start.to_le_bytes());
        bytes.extend_from_slice(&end.to_le_bytes());
        bytes.push(u8::from(quotation.class == QuotationClass::Speech));
    }
    xxh3_64(&bytes)
}

/// Makes attributions of what the sentences gave. `outer` are the outermost quotations.
pub(super) fn join(note: &Note, quotations: &[Quotation], outer: &[usize], reads: &[SentenceReading]) -> Attributions {
    let turns = turns::find(note, reads);
    let mut joined = Joiner {
        note,
        quotations,
        outer,
        attributions: Vec::new(),
        governed: vec![None; quotations.len()],
        expecting: None,
    };
    let mut item = None;
    for (n, read) in reads.iter().enumerate() {
        let block = note.block_of(&note.sentences[n]);
        if item.replace(block.item) != Some(block.item) {
            joined.expecting = None;
        }
        match turns[n] {
            Turn::Begins => joined.turn(&turns, n, read),
            Turn::Within(_) => {}
            Turn::Outside => {
                let first = note.sentences_of(block).first().is_some_and(|s| s.range == note.sentences[n].range);
                for local in read.attributions.iter().filter(|local| first || local.cue_kind != CueKind::Turn) {
                    joined.add(n, read, local);
                }
                for &quote in &outer[read.quotes.clone()] {
                    // Of two neighbours that want a quotation the one in its own block has it.
                    let apart = note.sentences.get(n + 1).is_some_and(|next| next.block != note.sentences[n].block);
                    let own = apart && joined.last_quoted(n, quote).is_some();
                    let claimed = !own
                        && reads.get(n + 1).is_some_and(|next| {
                            next.attributions.iter().any(|local| local.content.contains(&ContentPart::Before))
                        });
                    if !claimed {
                        joined.sequel(n, quote, !read.attributions.is_empty());
                    }
                }
            }
        }
    }
    let Joiner { attributions, governed, .. } = joined;
    let mut by_sentence: Vec<u32> = (0..attributions.len() as u32).collect();
    by_sentence.sort_by_key(|&index| attributions.get(index as usize).map(|attribution| attribution.sentence));
    Attributions { attributions, by_sentence, of_quotations: governed }
}

struct Joiner<'f> {
    note: &'f Note,
    quotations: &'f [Quotation],
    /// Indices of the outermost quotations.
    outer: &'f [usize],
    attributions: Vec<Attribution>,
    governed: Vec<Option<u32>>,
    /// An attribution that waits for what follows its colon.
    expecting: Option<u32>,
}

impl Joiner<'_> {
    fn add(&mut self, n: usize, read: &SentenceReading, local: &SentenceAttribution) {
        let sentence = &self.note.sentences[n];
        let base = sentence.range.start;
        let index = self.attributions.len() as u32;
        let mut content = Vec::new();
        for part in &local.content {
            let quote = match part {
                ContentPart::Range(range) => {
                    content.push(range.shifted(base));
                    continue;
                }
                ContentPart::Quote(number) => self.outer.get(read.quotes.start + usize::from(*number)),
                ContentPart::Before => {
                    read.quotes.start.checked_sub(1).and_then(|n| self.outer.get(n)).filter(|&&quote| {
                        let end = self.quotations[quote].range.end;
                        end <= base && base - end <= 2
                    })
                }
            };
            let Some(&quote) = quote else { continue };
            if self.governed[quote].is_none() {
                self.governed[quote] = Some(index);
                content.push(self.quotations[quote].range);
            }
        }
        if content.is_empty() && !local.expects {
            return;
        }
        content.sort();
        self.govern(&content, read, index);
        self.push(n, local, content);
        self.expecting = local.expects.then_some(index);
    }

    /// The quotations of the sentence that lie in the content belong to its attribution.
    fn govern(&mut self, content: &[TextRange], read: &SentenceReading, index: u32) {
        for &quote in &self.outer[read.quotes.clone()] {
            let inside = content.iter().any(|range| range.contains_range(self.quotations[quote].range));
            if inside && self.governed[quote].is_none() {
                self.governed[quote] = Some(index);
            }
        }
    }

    fn push(&mut self, n: usize, local: &SentenceAttribution, content: Vec<TextRange>) {
        let sentence = &self.note.sentences[n];
        let base = sentence.range.start;
        self.attributions.push(Attribution {
            source: local.source.iter().map(|range| range.shifted(base)).collect(),
            cue: vec![local.cue.shifted(base)],
            content,
            kind: kind(self.note, sentence, local),
            speaker: None,
            strong: local.cue_kind != CueKind::Attitude && !matches!(local.speech, Speech::NotSaid | Speech::Supposed),
            speech: local.speech,
            phrase: local.phrase.shifted(base),
            plain: local.plain,
            sentence: n as u32,
        });
    }

    /// A speaker's turn in a transcript.
    fn turn(&mut self, turns: &[Turn], n: usize, read: &SentenceReading) {
        let Some(local) = read.attributions.first() else { return };
        let base = self.note.sentences[n].range.start;
        let from = local.content.iter().find_map(|part| match part {
            ContentPart::Range(range) => Some(range.start + base),
            _ => None,
        });
        let content = turns::content(self.note, turns, n, from.unwrap_or(base + local.cue.end));
        self.push(n, local, content);
        self.expecting = None;
    }

    /// A quotation that nothing in its sentence governs: it continues the one before.
    fn sequel(&mut self, n: usize, quote: usize, cued: bool) {
        let quotation = &self.quotations[quote];
        let sentence = &self.note.sentences[n];
        let begins_here = sentence.range.contains(quotation.range.start);
        if self.governed[quote].is_some() || !begins_here || quotation.class != QuotationClass::Speech {
            return;
        }
        let alone = quotation.range.start <= sentence.range.start + 1;
        let governor = match self.expecting {
            Some(index) => Some(index),
            None if alone && !cued => self.last_quoted(n, quote),
            None => None,
        };
        let Some(index) = governor else { return };
        self.governed[quote] = Some(index);
        let attribution = &mut self.attributions[index as usize];
        attribution.content.push(quotation.range);
        attribution.content.sort();
    }

    /// The attribution whose quotation ended shortly before this one.
    fn last_quoted(&self, n: usize, quote: usize) -> Option<u32> {
        let place = self.outer.partition_point(|&outer| outer < quote);
        let before = self.outer[..place].iter().rev().copied();
        let before = before.into_iter().find(|&outer| self.quotations[outer].class == QuotationClass::Speech)?;
        let index = self.governed[before]?;
        let from = self.note.sentence_at(self.quotations[before].range.end.saturating_sub(1))?;
        let blocks = self.note.sentences[n].block - self.note.sentences[from].block;
        let open = self.quotations[before].inner.end == self.quotations[before].range.end;
        (n - from <= 1 && (blocks == 0 || blocks == 1 && open)).then_some(index)
    }
}

static COMMA: LazyLock<u64> = LazyLock::new(|| word_hash(","));
static MEDIA: LazyLock<u64> = LazyLock::new(|| word_hash("media"));

/// Named, unless its head is an unnamed person with no name beside it, or nobody in particular.
fn kind(note: &Note, sentence: &Sentence, local: &SentenceAttribution) -> SourceKind {
    if local.source.is_none() {
        return SourceKind::Vague;
    }
    let tokens = note.tokens_of(sentence).get(local.source_tokens.clone()).unwrap_or(&[]);
    let class = |n: usize, classes: lexicon::Classes| {
        tokens.get(n).is_some_and(|token| lexicon::lookup(token.hash).any(classes))
    };
    if tokens.len() == 1 && class(0, lexicon::PRON | lexicon::WH) {
        return SourceKind::Named;
    }
    let bare = tokens.len() <= 3 && class(0, lexicon::VAGUE | lexicon::DETPRON);
    if bare && tokens.iter().skip(1).all(|token| !token.capital) {
        return SourceKind::Vague;
    }
    // "the local media": no outlet, and no one in it.
    if tokens.len() <= 4 && tokens.last().is_some_and(|last| last.hash == *MEDIA && !last.capital) {
        return SourceKind::Vague;
    }
    let Some(head) = (0..tokens.len()).find(|&n| {
        let first = n == 0 && local.source_tokens.start == 0;
        class(n, lexicon::ANON) && (!tokens[n].capital || first)
    }) else {
        return SourceKind::Named;
    };
    let is_word = |token: &&Token| token.kind == TokenKind::Word;
    // "Nadim Haddad, a ministry spokesman": the name stands before what he is.
    let comma = tokens[..head].iter().position(|token| token.hash == *COMMA);
    let name = comma.map_or(&[][..], |comma| &tokens[..comma]);
    let words = || name.iter().filter(is_word);
    if words().count() >= 2 && words().all(|token| token.capital || token.range.len() <= 3) {
        return SourceKind::Named;
    }
    // "spokeswoman Lidia Marr", "an official, Lidia Marr,", "the minister"
    let named = tokens.iter().skip(head + 1).take(2).find(is_word).is_some_and(|token| token.capital);
    let definite = class(0, lexicon::DET) && !class(head, lexicon::VAGUE) && tokens[0].range.len() == 3 && head <= 2;
    if named || definite { SourceKind::Named } else { SourceKind::Anonymous }
}
