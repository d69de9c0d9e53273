//! The source behind a sentence: an attribution or citation of its own, one that still governs it, or nothing, and why.
//!
//! The rules of carrying over are few on purpose. An attribution governs a later sentence of its block for at most
//! `carry_max` sentences, if nothing resets it, and only where the later sentence goes on with it: the same
//! quotation, an additive word ("he also"), or a backshifted verb right after it with no new actor. A citation covers its
//! own sentence and, as configured, unmarked sentences before it in the block.

use super::basis::Basis;
use std::sync::LazyLock;

use crate::analysis::facts::{Attribution, EntityKind, QuotationClass, SourceKind, Sourced, WhyUnsourced};
use crate::analysis::{AnalysisConfig, CitationScope};
use crate::lexicon::{self, Word, class, phrase};
use crate::structure::{Token, TokenKind};
use crate::text::word_hash;

use super::sources::Sources;
use super::{kinds::Reading, signals};

/// Sentences without a marker that a citation covers before its own: `citation-scope = "run"`.
const RUN: usize = 2;
/// The bytes from a sentence's begin within which an additive word must stand.
const ADDITIVE_REACH: u32 = 60;

/// The source of one sentence, or why it has none.
#[derive(Clone, Copy, Debug)]
pub(super) struct Verdict {
    /// The source.
    pub(super) sourced: Sourced,
    /// Its kind, where there is one.
    pub(super) kind: Option<SourceKind>,
    /// The attribution that was nearest, where none counts.
    pub(super) nearest: Option<u32>,
    /// The reason why that one does not count.
    pub(super) why: WhyUnsourced,
}

/// One sentence, as far as [`governing`] needs to know it.
pub(super) struct Sentence<'a> {
    /// Its index in the note.
    pub(super) index: usize,
    /// Its tokens.
    pub(super) tokens: &'a [Token],
    /// Their entries in the lexicon, beside `tokens`.
    pub(super) words: &'a [Word],
    /// Its grammar.
    pub(super) reading: &'a Reading,
    /// The attribution whose cue stands in it.
    pub(super) own: Option<u32>,
}

/// The attribution of a sentence that counts for what it asserts.
///
/// An attitude counts where it is what the sentence tells ("Marr rejected the offer"), not where it stands in passing
/// ("Pell sailed to Lusk to discuss the offer", "after pirates threatened the quay").
pub(super) fn own(
    basis: &Basis<'_>,
    sources: &Sources,
    index: usize,
    tokens: &[Token],
    reading: &Reading,
) -> Option<u32> {
    let own = sources.own[index]?;
    let attribution = &basis.attributions[own as usize];
    let first = attribution.cue.first()?;
    let starts = tokens.iter().find(|token| token.range.start >= first.start)?;
    // To threaten is a deed as often as a word.
    if attribution.strong && starts.hash != *THREATENED {
        return Some(own);
    }
    if starts.hash == *TO {
        return None;
    }
    // To seek is a deed that anybody can see: who does it has said nothing.
    let last = attribution.cue.last().map_or(0, |cue| cue.end);
    let sought = tokens
        .iter()
        .take_while(|t| t.range.end <= last)
        .last()
        .is_some_and(|t| lexicon::classes_of(t.hash).has(class::SEEK));
    if sought {
        return None;
    }
    let Some(verb) = reading.verb else { return Some(own) };
    let verb = tokens.get(verb.first)?.range.cover(tokens.get(verb.last)?.range);
    attribution.cue.iter().any(|cue| cue.overlaps(verb)).then_some(own)
}

/// A citation further off than so many sentences was not meant for this one.
const CITATION_NEAR: usize = 40;

/// The source of a sentence. `last` is the last attributed sentence before it in the item, with its attribution.
pub(super) fn governing(
    text: &str,
    basis: &Basis<'_>,
    sources: &Sources,
    sentence: &Sentence<'_>,
    last: Option<(usize, u32)>,
    config: &AnalysisConfig,
) -> Verdict {
    let verdict = |sourced, kind| Verdict { sourced, kind, nearest: None, why: WhyUnsourced::NoSource };
    let index = sentence.index;
    if let Some(own) = sentence.own {
        let attribution = &basis.attributions[own as usize];
        if is_anaphor(text, basis, attribution) {
            let governing = last.map_or(own, |(_, earlier)| earlier);
            let kind = basis.attributions[governing as usize].kind;
            return verdict(Sourced::Carried(governing), Some(kind));
        }
        return verdict(Sourced::Attribution(own), Some(kind_of(text, basis, attribution)));
    }
    if let Some(marker) = sources.citation[index] {
        return verdict(Sourced::Citation(marker), Some(SourceKind::Citation));
    }
    if let Some(covering) = sources.covering[index] {
        return verdict(Sourced::Carried(covering), Some(basis.attributions[covering as usize].kind));
    }
    if let Some(marker) = cited_later(basis, sources, index, config.citation_scope) {
        return verdict(Sourced::Citation(marker), Some(SourceKind::Citation));
    }
    let (carried, why) = carried(text, basis, sentence, last, config);
    if let Some(attribution) = carried {
        return verdict(Sourced::Carried(attribution), Some(basis.attributions[attribution as usize].kind));
    }
    // Of a paragraph of thousands of sentences only the nearest are looked at, so that it costs what they cost.
    let near = |at: &usize| at.abs_diff(index) <= CITATION_NEAR;
    let block = block_sentences(basis, index);
    let from = block.start.max(index.saturating_sub(CITATION_NEAR));
    let cited_in_block = || (from..block.end).take_while(near).any(|at| sources.citation[at].is_some());
    let why = if last.is_none() && cited_in_block() { WhyUnsourced::CitationTooFar } else { why };
    Verdict { sourced: Sourced::None, kind: None, nearest: last.map(|(_, a)| a), why }
}

fn block_sentences(basis: &Basis<'_>, index: usize) -> std::ops::Range<usize> {
    let note = &basis.note;
    let block = note.block_of(&note.sentences[index]);
    block.sentences.start as usize..block.sentences.end as usize
}

/// "Tavrian officials" and "a United States official" have no name, whatever stands before the head.
fn kind_of(text: &str, basis: &Basis<'_>, attribution: &Attribution) -> SourceKind {
    let [source] = attribution.source.as_slice() else { return attribution.kind };
    if attribution.kind != SourceKind::Named {
        return attribution.kind;
    }
    let tokens = &basis.note.tokens;
    let first = tokens.partition_point(|t| t.range.start < source.start);
    let last = tokens.partition_point(|t| t.range.start < source.end);
    let Some(words) = tokens.get(first..last) else { return attribution.kind };
    let cut = words
        .iter()
        .position(|t| t.kind == TokenKind::Sign || lexicon::classes_of_small(t.text(text)).has(class::CUTS_SOURCE));
    let head = words[..cut.unwrap_or(words.len())].last();
    let unnamed =
        head.is_some_and(|head| !head.capital && lexicon::classes_of_small(head.text(text)).has(class::UNNAMED));
    let from = basis.mentions.partition_point(|m| m.range.end <= source.start);
    let person =
        basis.mentions[from..].iter().take_while(|m| m.range.start < source.end).any(|m| m.kind == EntityKind::Person);
    if unnamed && !person { SourceKind::Anonymous } else { attribution.kind }
}

/// A source that only points back: "he", "the official".
fn is_anaphor(text: &str, basis: &Basis<'_>, attribution: &Attribution) -> bool {
    let [source] = attribution.source.as_slice() else { return false };
    let tokens = &basis.note.tokens;
    let first = tokens.partition_point(|t| t.range.start < source.start);
    let last = tokens.partition_point(|t| t.range.start < source.end);
    let Some(words) = tokens.get(first..last) else { return false };
    match words {
        [one] => crate::lexicon::word(one.hash).classes.has(class::PRONOUN),
        [the, noun] => the.text(text).eq_ignore_ascii_case("the") && !noun.capital,
        [both, the, noun] => both.text(text).eq_ignore_ascii_case("both") && the.text(text) == "the" && !noun.capital,
        _ => false,
    }
}

/// A citation that covers sentences before its own.
fn cited_later(basis: &Basis<'_>, sources: &Sources, index: usize, scope: CitationScope) -> Option<Option<u32>> {
    let reach = match scope {
        CitationScope::Sentence => return None,
        CitationScope::Run => RUN,
        CitationScope::Paragraph => usize::MAX,
    };
    let cited = *sources.next_cited.get(index + 1)?;
    let reached = cited < block_sentences(basis, index).end && cited - index <= reach;
    reached.then(|| sources.citation[cited]).flatten()
}

fn carried(
    text: &str,
    basis: &Basis<'_>,
    sentence: &Sentence<'_>,
    last: Option<(usize, u32)>,
    config: &AnalysisConfig,
) -> (Option<u32>, WhyUnsourced) {
    let Some((at, attribution)) = last else { return (None, WhyUnsourced::NoSource) };
    let index = sentence.index;
    let distance = index.saturating_sub(at);
    let begin = quotation_start(basis, index).unwrap_or(index).min(index);
    let same_block = basis.note.sentences[at].block == basis.note.sentences[begin].block;
    let opener = sentence.tokens.first();
    let continues = opener.is_some_and(|t| t.kind == TokenKind::Quote)
        || sentence.reading.pronoun_subject
        || begin < index
        || points_back(text, basis, sentence, attribution);
    let next_block = basis.note.sentences[at].block + 1 == basis.note.sentences[begin].block;
    if !basis.attributions[attribution as usize].strong {
        return (None, WhyUnsourced::WeakAttribution);
    }
    let distance = quotation_start(basis, index).map_or(distance, |first| distance.min(first.saturating_sub(at)));
    if distance > config.carry_max as usize {
        return (None, WhyUnsourced::TooFar(distance as u32));
    }
    if !(same_block || next_block && continues) {
        return (None, WhyUnsourced::Boundary);
    }
    let resets = (at + 1..=index).any(|at| is_reset(basis, at, sentence));
    if resets {
        return (None, WhyUnsourced::NewSubject);
    }
    if points_back(text, basis, sentence, attribution) || goes_on_quoting(basis, index, at) {
        return (Some(attribution), WhyUnsourced::NoSource);
    }
    let sentence_start = basis.note.sentences[index].range.start;
    let additive = basis
        .signals_of(index as u32)
        .iter()
        .any(|s| !s.quoted && s.kinds.has(phrase::ADDITIVE) && s.range.start - sentence_start < ADDITIVE_REACH);
    if additive && !new_actor(basis, sentence.reading, at) {
        return (Some(attribution), WhyUnsourced::NoSource);
    }
    let backshifted = sentence.reading.modal && sentence.tokens.iter().any(|t| t.hash == *WOULD)
        || sentence.reading.verb.is_some_and(|verb| verb_is_had(sentence, verb.first));
    if distance == 1 && backshifted && !new_actor(basis, sentence.reading, at) {
        return (Some(attribution), WhyUnsourced::NoSource);
    }
    (None, WhyUnsourced::NewSubject)
}

/// The sentence in which the quotation begins that covers this one's beginning.
fn quotation_start(basis: &Basis<'_>, index: usize) -> Option<usize> {
    let start = basis.note.sentences[index].range.start;
    let next = basis.quotations.partition_point(|q| q.range.start <= start);
    let quotation = basis.quotations[..next].iter().rev().take(3).find(|q| q.range.contains(start))?;
    basis.note.sentence_at(quotation.range.start)
}

/// A quotation right after an attributed one: the speaker goes on.
fn goes_on_quoting(basis: &Basis<'_>, index: usize, attributed: usize) -> bool {
    let spoken = basis.note.sentences[attributed].range;
    let from = basis.quotations.partition_point(|q| q.range.end <= spoken.start);
    let quotes = basis.quotations[from..]
        .iter()
        .take_while(|q| q.range.start < spoken.end)
        .any(|q| q.class == QuotationClass::Speech);
    quotes && quotation_start(basis, index).is_some()
}

/// "The official did not give details": the subject repeats the head of the governing source.
fn points_back(text: &str, basis: &Basis<'_>, sentence: &Sentence<'_>, attribution: u32) -> bool {
    let [the, head, ..] = sentence.tokens else { return false };
    if !the.text(text).eq_ignore_ascii_case("the") || head.capital || head.kind != TokenKind::Word {
        return false;
    }
    let Some(source) = basis.attributions[attribution as usize].source.first() else { return false };
    let tokens = &basis.note.tokens;
    let first = tokens.partition_point(|t| t.range.start < source.start);
    let last = tokens.partition_point(|t| t.range.start < source.end);
    tokens.get(first..last).is_some_and(|words| words.iter().any(|word| word.hash == head.hash))
}

fn is_reset(basis: &Basis<'_>, at: usize, sentence: &Sentence<'_>) -> bool {
    let start = basis.note.sentences[at].range.start;
    let phrase = basis.signals_of(at as u32).iter().any(|s| s.kinds.has(phrase::RESET) && s.range.start < start + 3);
    let word = at == sentence.index && sentence.words.first().is_some_and(|w| w.classes.has(class::RESET));
    phrase || word
}

/// Tells if the subject names somebody who is not named in the attributed sentence.
fn new_actor(basis: &Basis<'_>, reading: &Reading, attributed: usize) -> bool {
    let Some(actor) = reading.actor.and_then(|at| basis.mentions.get(at)) else { return false };
    let first = basis.mentions.partition_point(|m| (m.sentence as usize) < attributed);
    !basis.mentions[first..]
        .iter()
        .take_while(|m| m.sentence as usize == attributed)
        .any(|m| m.entity.is_some() && m.entity == actor.entity)
}

static TO: LazyLock<u64> = LazyLock::new(|| word_hash("to"));
static THREATENED: LazyLock<u64> = LazyLock::new(|| word_hash("threatened"));
static WOULD: LazyLock<u64> = LazyLock::new(|| word_hash("would"));
static HAD: LazyLock<u64> = LazyLock::new(|| word_hash("had"));

fn verb_is_had(sentence: &Sentence<'_>, at: usize) -> bool {
    sentence.tokens.get(at).is_some_and(|token| token.hash == *HAD)
}

/// Tells if the sentence has words that stand for nobody: a vague source without an attribution.
pub(super) fn is_vague(basis: &Basis<'_>, index: usize) -> bool {
    signals::any(basis, index as u32, phrase::VAGUE.or(phrase::PASSIVE).or(phrase::HEARSAY))
}
