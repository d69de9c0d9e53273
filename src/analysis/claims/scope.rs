//! What stands behind a sentence: an attribution or citation of its own, one that still governs it, or nothing, and why.
//!
//! The rules of carrying over are few on purpose. An attribution governs a later sentence of its block for at most
//! `carry_max` sentences, if nothing resets it, and only where the later sentence goes on with it: the same
//! quotation, an additive word ("he also"), or a backshifted verb right after it with no new actor. A citation covers its
//! own sentence and, as configured, unmarked sentences before it in the block.

use std::sync::LazyLock;

use crate::analysis::facts::{Attribution, EntityKind, NoteFacts, QuotationClass, SourceKind, Sourced, WhyUnsourced};
use crate::analysis::{AnalysisConfig, CitationScope};
use crate::lexicon::{self, Word, class, phrase};
use crate::structure::{Token, TokenKind};
use crate::text::word_hash;

use super::sources::Sources;
use super::{kinds::Reading, signals};

/// Sentences without a marker that a citation covers before its own: `citation-scope = "run"`.
const RUN: usize = 2;
/// Where an additive word must stand: in the first words of the sentence.
const ADDITIVE_REACH: u32 = 60;

/// How one sentence is sourced.
#[derive(Clone, Copy, Debug)]
pub(super) struct Verdict {
    pub(super) sourced: Sourced,
    pub(super) kind: Option<SourceKind>,
    pub(super) nearest: Option<u32>,
    pub(super) why: WhyUnsourced,
}

/// What [`governing`] needs to know of a sentence.
pub(super) struct Sentence<'a> {
    pub(super) index: usize,
    pub(super) tokens: &'a [Token],
    pub(super) words: &'a [Word],
    pub(super) reading: &'a Reading,
    /// The attribution whose cue stands in it.
    pub(super) own: Option<u32>,
}

/// The attribution of a sentence that counts for what it asserts.
///
/// An attitude counts where it is what the sentence tells ("Marr rejected the offer"), not where it stands in passing
/// ("Pell sailed to Lusk to discuss the offer", "after pirates threatened the quay").
pub(super) fn own(
    facts: &NoteFacts,
    sources: &Sources,
    index: usize,
    tokens: &[Token],
    reading: &Reading,
) -> Option<u32> {
    let own = sources.own[index]?;
    let attribution = &facts.attributions[own as usize];
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

/// How a sentence is sourced. `last` is the last attributed sentence before it in the item, with its attribution.
pub(super) fn governing(
    text: &str,
    facts: &NoteFacts,
    sources: &Sources,
    sentence: &Sentence<'_>,
    last: Option<(usize, u32)>,
    config: &AnalysisConfig,
) -> Verdict {
    let verdict = |sourced, kind| Verdict { sourced, kind, nearest: None, why: WhyUnsourced::NoSource };
    let index = sentence.index;
    if let Some(own) = sentence.own {
        let attribution = &facts.attributions[own as usize];
        if is_anaphor(text, facts, attribution) {
            let governing = last.map_or(own, |(_, earlier)| earlier);
            let kind = facts.attributions[governing as usize].kind;
            return verdict(Sourced::Carried(governing), Some(kind));
        }
        return verdict(Sourced::Attribution(own), Some(kind_of(text, facts, attribution)));
    }
    if let Some(marker) = sources.citation[index] {
        return verdict(Sourced::Citation(marker), Some(SourceKind::Citation));
    }
    if let Some(covering) = sources.covering[index] {
        return verdict(Sourced::Carried(covering), Some(facts.attributions[covering as usize].kind));
    }
    if let Some(marker) = cited_later(facts, sources, index, config.citation_scope) {
        return verdict(Sourced::Citation(marker), Some(SourceKind::Citation));
    }
    let (carried, why) = carried(text, facts, sentence, last, config);
    if let Some(attribution) = carried {
        return verdict(Sourced::Carried(attribution), Some(facts.attributions[attribution as usize].kind));
    }
    // Of a paragraph of thousands of sentences only the nearest are looked at, so that it costs what they cost.
    let near = |at: &usize| at.abs_diff(index) <= CITATION_NEAR;
    let block = block_sentences(facts, index);
    let from = block.start.max(index.saturating_sub(CITATION_NEAR));
    let cited_in_block = || (from..block.end).take_while(near).any(|at| sources.citation[at].is_some());
    let why = if last.is_none() && cited_in_block() { WhyUnsourced::CitationTooFar } else { why };
    Verdict { sourced: Sourced::None, kind: None, nearest: last.map(|(_, a)| a), why }
}

fn block_sentences(facts: &NoteFacts, index: usize) -> std::ops::Range<usize> {
    let note = &facts.note;
    let block = note.block_of(&note.sentences[index]);
    block.sentences.start as usize..block.sentences.end as usize
}

/// "Tavrian officials" and "a United States official" have no name, whatever stands before the head.
fn kind_of(text: &str, facts: &NoteFacts, attribution: &Attribution) -> SourceKind {
    let [source] = attribution.source.as_slice() else { return attribution.kind };
    if attribution.kind != SourceKind::Named {
        return attribution.kind;
    }
    let tokens = &facts.note.tokens;
    let first = tokens.partition_point(|t| t.range.start < source.start);
    let last = tokens.partition_point(|t| t.range.start < source.end);
    let Some(words) = tokens.get(first..last) else { return attribution.kind };
    let cut = words
        .iter()
        .position(|t| t.kind == TokenKind::Sign || lexicon::classes_of_small(t.text(text)).has(class::CUTS_SOURCE));
    let head = words[..cut.unwrap_or(words.len())].last();
    let unnamed =
        head.is_some_and(|head| !head.capital && lexicon::classes_of_small(head.text(text)).has(class::UNNAMED));
    let from = facts.mentions.partition_point(|m| m.range.end <= source.start);
    let person =
        facts.mentions[from..].iter().take_while(|m| m.range.start < source.end).any(|m| m.kind == EntityKind::Person);
    if unnamed && !person { SourceKind::Anonymous } else { attribution.kind }
}

/// A source that only points back: "he", "the official".
fn is_anaphor(text: &str, facts: &NoteFacts, attribution: &Attribution) -> bool {
    let [source] = attribution.source.as_slice() else { return false };
    let tokens = &facts.note.tokens;
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
fn cited_later(facts: &NoteFacts, sources: &Sources, index: usize, scope: CitationScope) -> Option<Option<u32>> {
    let reach = match scope {
        CitationScope::Sentence => return None,
        CitationScope::Run => RUN,
        CitationScope::Paragraph => usize::MAX,
    };
    let cited = *sources.next_cited.get(index + 1)?;
    let reached = cited < block_sentences(facts, index).end && cited - index <= reach;
    reached.then(|| sources.citation[cited]).flatten()
}

fn carried(
    text: &str,
    facts: &NoteFacts,
    sentence: &Sentence<'_>,
    last: Option<(usize, u32)>,
    config: &AnalysisConfig,
) -> (Option<u32>, WhyUnsourced) {
    let Some((at, attribution)) = last else { return (None, WhyUnsourced::NoSource) };
    let index = sentence.index;
    let distance = index.saturating_sub(at);
    let begin = quotation_start(facts, index).unwrap_or(index).min(index);
    let same_block = facts.note.sentences[at].block == facts.note.sentences[begin].block;
    let opener = sentence.tokens.first();
    let continues = opener.is_some_and(|t| t.kind == TokenKind::Quote)
        || sentence.reading.pronoun_subject
        || begin < index
        || points_back(text, facts, sentence, attribution);
    let next_block = facts.note.sentences[at].block + 1 == facts.note.sentences[begin].block;
    if !facts.attributions[attribution as usize].strong {
        return (None, WhyUnsourced::WeakAttribution);
    }
    let distance = quotation_start(facts, index).map_or(distance, |first| distance.min(first.saturating_sub(at)));
    if distance > config.carry_max as usize {
        return (None, WhyUnsourced::TooFar(distance as u32));
    }
    if !(same_block || next_block && continues) {
        return (None, WhyUnsourced::Boundary);
    }
    let resets = (at + 1..=index).any(|at| is_reset(facts, at, sentence));
    if resets {
        return (None, WhyUnsourced::NewSubject);
    }
    if points_back(text, facts, sentence, attribution) || goes_on_quoting(facts, index, at) {
        return (Some(attribution), WhyUnsourced::NoSource);
    }
    let sentence_start = facts.note.sentences[index].range.start;
    let additive = facts
        .signals_of(index as u32)
        .iter()
        .any(|s| !s.quoted && s.kinds.has(phrase::ADDITIVE) && s.range.start - sentence_start < ADDITIVE_REACH);
    if additive && !new_actor(facts, sentence.reading, at) {
        return (Some(attribution), WhyUnsourced::NoSource);
    }
    let backshifted = sentence.reading.modal && sentence.tokens.iter().any(|t| t.hash == *WOULD)
        || sentence.reading.verb.is_some_and(|verb| verb_is_had(sentence, verb.first));
    if distance == 1 && backshifted && !new_actor(facts, sentence.reading, at) {
        return (Some(attribution), WhyUnsourced::NoSource);
    }
    (None, WhyUnsourced::NewSubject)
}

/// The sentence in which the quotation begins that covers this one's beginning.
fn quotation_start(facts: &NoteFacts, index: usize) -> Option<usize> {
    let start = facts.note.sentences[index].range.start;
    let next = facts.quotations.partition_point(|q| q.range.start <= start);
    let quotation = facts.quotations[..next].iter().rev().take(3).find(|q| q.range.contains(start))?;
    facts.note.sentence_at(quotation.range.start)
}

/// A quotation right after an attributed one: the speaker goes on.
fn goes_on_quoting(facts: &NoteFacts, index: usize, attributed: usize) -> bool {
    let spoken = facts.note.sentences[attributed].range;
    let from = facts.quotations.partition_point(|q| q.range.end <= spoken.start);
    let quotes = facts.quotations[from..]
        .iter()
        .take_while(|q| q.range.start < spoken.end)
        .any(|q| q.class == QuotationClass::Speech);
    quotes && quotation_start(facts, index).is_some()
}

/// "The official did not give details": the subject repeats the head of the governing source.
fn points_back(text: &str, facts: &NoteFacts, sentence: &Sentence<'_>, attribution: u32) -> bool {
    let [the, head, ..] = sentence.tokens else { return false };
    if !the.text(text).eq_ignore_ascii_case("the") || head.capital || head.kind != TokenKind::Word {
        return false;
    }
    let Some(source) = facts.attributions[attribution as usize].source.first() else { return false };
    let tokens = &facts.note.tokens;
    let first = tokens.partition_point(|t| t.range.start < source.start);
    let last = tokens.partition_point(|t| t.range.start < source.end);
    tokens.get(first..last).is_some_and(|words| words.iter().any(|word| word.hash == head.hash))
}

fn is_reset(facts: &NoteFacts, at: usize, sentence: &Sentence<'_>) -> bool {
    let start = facts.note.sentences[at].range.start;
    let phrase = facts.signals_of(at as u32).iter().any(|s| s.kinds.has(phrase::RESET) && s.range.start < start + 3);
    let word = at == sentence.index && sentence.words.first().is_some_and(|w| w.classes.has(class::RESET));
    phrase || word
}

/// Tells if the subject names somebody who is not named in the attributed sentence.
fn new_actor(facts: &NoteFacts, reading: &Reading, attributed: usize) -> bool {
    let Some(actor) = reading.actor.and_then(|at| facts.mentions.get(at)) else { return false };
    let first = facts.mentions.partition_point(|m| (m.sentence as usize) < attributed);
    !facts.mentions[first..]
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
pub(super) fn is_vague(facts: &NoteFacts, index: usize) -> bool {
    signals::any(facts, index as u32, phrase::VAGUE.or(phrase::PASSIVE).or(phrase::HEARSAY))
}
