//! All attributions of one sentence, in order and not nested.

use std::sync::Arc;

use super::contents::Piece;
use super::phrases::clause_starts;
use super::tags::Tag;
use super::view::{Run, View};
use super::{Candidate, CueKind, hearsay, leads, nonverbal, speech, verbs};
use crate::analysis::facts::Speech;
use crate::lexicon::sourcing as lexicon;
use crate::structure::Token;
use crate::text::TextRange;

/// A piece of content, relative to the sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum ContentPart {
    /// Bytes from the sentence's begin.
    Range(TextRange),
    /// The n-th outermost quotation that overlaps the sentence.
    Quote(u16),
    /// The outermost quotation that ended right before the sentence.
    Before,
}

/// An attribution, relative to its sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentenceAttribution {
    /// The source's noun phrase.
    pub(super) source: Option<TextRange>,
    /// Its tokens.
    pub(super) source_tokens: Run,
    /// The reporting words.
    pub(super) cue: TextRange,
    /// The words that were said.
    pub(super) content: Vec<ContentPart>,
    /// The kind of the cue.
    pub(super) cue_kind: CueKind,
    /// The act that the source did with the content.
    pub(super) speech: Speech,
    /// The cue with what denies it.
    pub(super) phrase: TextRange,
    /// True if the cue says no more than that it was said.
    pub(super) plain: bool,
    /// True if the content is what follows the sentence.
    pub(super) expects: bool,
}

/// A sentence as it was read alone.
pub(super) struct SentenceReading {
    /// Its attributions, in order.
    pub(super) attributions: Arc<[SentenceAttribution]>,
    /// The outermost quotations that overlap it, as indices into their list.
    pub(super) quotes: std::ops::Range<usize>,
}

/// Reads a sentence.
pub(super) fn read(view: &View<'_>, base: u32) -> Vec<SentenceAttribution> {
    let mut found: Vec<Candidate> = Vec::new();
    for at in 0..view.len() {
        if let Some(next) = candidate(view, at) {
            add(view, &mut found, next);
        }
    }
    if found.is_empty() {
        found.extend(leads::read(view));
    }
    found.iter().map(|one| local(view, base, one)).collect()
}

fn candidate(view: &View<'_>, at: usize) -> Option<Candidate> {
    if view.tag(at) == Some(Tag::Colon) {
        return nonverbal::colon(view, at);
    }
    if view.is_inside(at) {
        return None;
    }
    if view.tag(at) == Some(Tag::Dash) {
        return nonverbal::signed(view, at);
    }
    if is_reason(view, at) {
        return None;
    }
    nonverbal::phrase(view, at)
        .or_else(|| verbs::read(view, at))
        .or_else(|| leads::put_at(view, at))
        .or_else(|| nonverbal::light(view, at))
        .or_else(|| nonverbal::nominal(view, at))
        .or_else(|| nonverbal::adjective(view, at))
        .or_else(|| nonverbal::holder(view, at))
        .or_else(|| hearsay::read(view, at))
}

/// `asked not to be named`, `requested anonymity`: says how a source speaks, not what.
fn is_reason(view: &View<'_>, at: usize) -> bool {
    // "reported on Friday that it had received anonymously …" says what.
    let tells = || (at + 1..view.len().min(at + 4)).any(|n| view.is(n, "that"));
    matches!(view.tag(at), Some(Tag::Fin | Tag::Part | Tag::Inf | Tag::Ing))
        && !tells()
        && (at + 1..view.len().min(at + 7))
            .take_while(|&n| !matches!(view.tags[n], Tag::Comma | Tag::Stop | Tag::Quote))
            .any(|n| {
                ["named", "identified", "anonymity", "anonymous", "anonymously"].iter().any(|word| view.is(n, word))
            })
}

/// Adds `next` unless it lies within another's content; cuts or replaces where it stands beside or above.
fn add(view: &View<'_>, found: &mut Vec<Candidate>, mut next: Candidate) {
    if next.outer {
        let first = next.content.iter().find_map(|piece| match piece {
            Piece::Run(run) => Some(run.start),
            Piece::Quote(_) | Piece::Before => None,
        });
        if let Some(start) = first {
            // "Orr refused, but the gates stay shut, Pell said": what was read in the clause belongs to its speaker.
            let inner =
                found.iter().any(|one| one.cue.start >= start && one.cue_kind == CueKind::Assertion && has_quote(one));
            if !inner {
                found.retain(|one| one.cue.start < start || one.outer);
            }
        }
    }
    end_led(view, &mut next);
    end_relative(view, &mut next);
    let begin = next.source.first().map_or(next.cue.start, |run| run.start.min(next.cue.start));
    if let Some(last) = found.last_mut() {
        adopt(view, last, &mut next);
        let same = last.cue == next.cue || next.cue.start < last.cue.end;
        if same {
            return;
        }
        let reach = last.content.iter().rev().find_map(|piece| match piece {
            Piece::Run(run) => Some(run.clone()),
            Piece::Quote(_) | Piece::Before => None,
        });
        if let Some(reach) = reach
            && (reach.contains(&next.cue.start))
        {
            let Some(cut) = beside(view, begin, &next, last) else { return };
            if cut <= reach.start {
                return;
            }
            if let Some(Piece::Run(run)) = last.content.iter_mut().rev().find(|piece| matches!(piece, Piece::Run(_))) {
                run.end = cut;
            }
        }
    }
    for one in found.iter() {
        for piece in &one.content {
            if let Piece::Run(run) = piece
                && !next.outer
            {
                // "Pell, who knew the plan, told": the source may hold a relative clause, and what that says.
                next.source.retain(|source| {
                    source.end <= run.start
                        || source.start >= run.end
                        || one.source.contains(source)
                        || source.start < one.cue.start && run.end <= source.end
                });
            }
        }
    }
    found.push(next);
}

/// `After aides insisted that it was shut, the fleet left`: the leading clause ends before the main one.
fn end_led(view: &View<'_>, next: &mut Candidate) {
    let led = view.words.first().is_some_and(|word| word.any(lexicon::SUB)) || view.tags.first() == Some(&Tag::Wh);
    let cue = next.cue.start;
    if !led || next.outer || cue == 0 || cue > 14 || view.tags[..cue].contains(&Tag::Comma) {
        return;
    }
    let Some(Piece::Run(run)) = next.content.last_mut() else { return };
    let comma = (run.start + 1..run.end).find(|&n| {
        view.tags[n] == Tag::Comma
            && !view.is_inside(n)
            && view.tag(n + 1).is_some_and(Tag::begins_phrase)
            && clause_starts(view, n + 1)
    });
    run.end = comma.unwrap_or(run.end);
}

/// `Pell, who knew that it was shut, told the crew`: what the relative clause says ends before the main verb.
fn end_relative(view: &View<'_>, next: &mut Candidate) {
    let Some(source) = next.source.first() else { return };
    let relative = source.len() == 1 && ["who", "which"].iter().any(|word| view.is(source.start, word));
    if !relative || view.before(source.start) != Some(Tag::Comma) || view.has_finite(0..source.start) {
        return;
    }
    let Some(Piece::Run(run)) = next.content.last_mut() else { return };
    let comma = (run.start + 1..run.end).find(|&n| {
        let adverbs = usize::from(view.tag(n + 1) == Some(Tag::Adv));
        view.tags[n] == Tag::Comma && !view.is_inside(n) && view.tag(n + 1 + adverbs).is_some_and(Tag::is_finite)
    });
    run.end = comma.unwrap_or(run.end);
}

/// `Pell said he was ready and warned that …`: a second verb of saying belongs to the speaker, not to the subject within.
fn adopt(view: &View<'_>, last: &Candidate, next: &mut Candidate) {
    let mut at = next.cue.start;
    while at > 0 && view.tags[at - 1] == Tag::Adv {
        at -= 1;
    }
    let gerund = at > 0 && view.tags[at - 1] == Tag::Comma && view.tags[next.cue.start] == Tag::Ing;
    let joined = gerund || at > 0 && view.tags[at - 1] == Tag::Conj;
    let says = next.cue_kind == CueKind::Assertion && (gerund || view.tags[next.cue.end - 1] == Tag::Fin);
    let within = next.source.first().is_some_and(|source| {
        last.content
            .iter()
            .any(|piece| matches!(piece, Piece::Run(run) if run.start <= source.start && source.end <= run.end))
    });
    if joined && says && within && last.cue_kind == CueKind::Assertion {
        next.source.clone_from(&last.source);
    }
}

fn has_quote(one: &Candidate) -> bool {
    one.content.iter().any(|piece| matches!(piece, Piece::Quote(_)))
}

/// The begin of `next` if it stands beside the content before it rather than within: after a comma with "and", "but",
/// "while" or a gerund, or as a second verb of the same subject.
fn beside(view: &View<'_>, begin: usize, next: &Candidate, last: &Candidate) -> Option<usize> {
    let shared = next.source.first().is_some_and(|source| last.source.contains(source));
    let start = if shared { next.cue.start } else { begin };
    let mut at = start;
    while at > 0
        && (matches!(view.tags[at - 1], Tag::Conj | Tag::Adv)
            || view.is(at - 1, "while")
            || view.is(at - 1, "though")
            || view.is(at - 1, "although")
            || view.is(at - 1, "whereas"))
    {
        at -= 1;
    }
    let comma = view.before(at).is_some_and(|tag| matches!(tag, Tag::Comma | Tag::Semi | Tag::Dash))
        || view.quote_until(at).is_some();
    let joined = at < start;
    let gerund = view.tags[next.cue.start] == Tag::Ing;
    let cut =
        if view.before(at).is_some_and(|tag| matches!(tag, Tag::Comma | Tag::Semi | Tag::Dash)) { at - 1 } else { at };
    let again = next.source.first().zip(last.content.first()).is_some_and(|(source, piece)| {
        matches!(piece, Piece::Run(run) if source.len() == 1 && view.at(run.start).eq_ignore_ascii_case(view.at(source.start)))
    });
    let inner = view.tags[next.cue.end - 1] == Tag::Inf && view.tags[last.cue.end - 1] != Tag::Inf;
    let led = last.cue.start > 0
        && matches!(view.tags[0], Tag::Sub | Tag::Wh)
        && !view.tags[..last.cue.start].contains(&Tag::Comma)
        && !shared;
    let level = if comma && (led || has_quote(next) && !shared) {
        true
    } else if again || inner {
        false
    } else if shared {
        (joined && view.tags[next.cue.start] != Tag::To) || (comma && gerund)
    } else {
        comma && (joined || view.before(at) == Some(Tag::Semi))
    };
    level.then_some(cut)
}

fn local(view: &View<'_>, base: u32, one: &Candidate) -> SentenceAttribution {
    let range = |run: &Run| bytes(view.tokens, run, base);
    let source = one.source.first();
    let told = speech::read(view, one);
    SentenceAttribution {
        source: source.and_then(range),
        source_tokens: source.cloned().unwrap_or(0..0),
        cue: range(&one.cue).unwrap_or_default(),
        content: one
            .content
            .iter()
            .filter_map(|piece| match piece {
                Piece::Run(run) => range(&trimmed(view, run)).map(ContentPart::Range),
                Piece::Quote(number) => Some(ContentPart::Quote(*number as u16)),
                Piece::Before => Some(ContentPart::Before),
            })
            .collect(),
        cue_kind: one.cue_kind,
        speech: told.speech,
        phrase: range(&told.phrase).unwrap_or_default(),
        plain: told.plain,
        expects: one.expects,
    }
}

/// Without commas and joining words at the edges.
fn trimmed(view: &View<'_>, run: &Run) -> Run {
    let (mut start, mut end) = (run.start, run.end.min(view.len()));
    while start < end && matches!(view.tags[start], Tag::Comma | Tag::Colon | Tag::Semi | Tag::Dash) {
        start += 1;
    }
    while end > start
        && !view.is_inside(end - 1)
        && matches!(view.tags[end - 1], Tag::Comma | Tag::Semi | Tag::Dash | Tag::Conj | Tag::Colon)
    {
        end -= 1;
    }
    let mut depth = 0usize;
    for n in start..end {
        match view.tags[n] {
            Tag::Open => depth += 1,
            Tag::Close if depth == 0 && n > start => return start..n,
            Tag::Close => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    start..end
}

fn bytes(tokens: &[Token], run: &Run, base: u32) -> Option<TextRange> {
    let run = tokens.get(run.clone())?;
    let (first, last) = (run.first()?, run.last()?);
    Some(TextRange::new(first.range.start - base, last.range.end - base))
}
