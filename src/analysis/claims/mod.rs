//! What each sentence asserts, and what stands behind it.
//!
//! Read in this order: `figures` (which numbers were counted by somebody), `verbs` and `kinds` (what a sentence does by its
//! grammar), `genre` (what kind of text it stands in), `signals` (phrases that rules look for), `sources`, `references`, `tables`, `scope` and
//! `restated` (what stands behind it). [`find`] puts them together: at most one claim a sentence, the strongest by the order of [`ClaimKind`].

mod figures;
mod genre;
mod kinds;
mod references;
mod restated;
mod scope;
mod signals;
mod sources;
mod tables;
mod verbs;

#[cfg(test)]
mod tests;

use std::ops::Range;

use super::AnalysisConfig;
use super::facts::{
    Claim, ClaimKind, Genre, NoteFacts, QuotationClass, SourceKind, Sourced, Speech, WhyUnsourced, Zone,
};
use crate::lexicon::{Word, phrase};
use crate::text::TextRange;
use figures::Found;
use kinds::{Clause, Reading};
use restated::SourcedFigures;
use scope::Verdict;
use sources::Sources;

pub use references::{ProseCitation, prose_citations};

/// Fills [`NoteFacts::items`], [`NoteFacts::zones`], [`NoteFacts::signals`] and [`NoteFacts::claims`].
pub fn find(text: &str, facts: &mut NoteFacts, config: &AnalysisConfig) {
    let quoted = quoted_spans(facts);
    facts.spoken = (0..facts.attributions.len() as u32).collect();
    facts.spoken.sort_by_key(|&index| facts.attributions[index as usize].sentence);
    let in_quotes = |at: u32| is_inside(&quoted, at);
    let words = signals::words(&facts.note);
    facts.items = genre::items(text, facts, &config.house, in_quotes);
    facts.zones = genre::zones(text, &facts.note, &facts.items, &config.house);
    facts.signals = signals::find(text, &facts.note, &words, in_quotes);
    let mut sources = sources::find(text, facts);
    tables::stand_behind(text, facts, &mut sources);
    let mut finder = Finder { text, facts, words: &words, sources: &sources, config, quoted: &quoted };
    let claims = finder.claims();
    facts.claims = claims;
    facts.quoted = quoted;
}

/// The insides of quotations, sorted, not overlapping.
fn quoted_spans(facts: &NoteFacts) -> Vec<TextRange> {
    let mut spans: Vec<TextRange> = Vec::new();
    for quotation in &facts.quotations {
        match spans.last_mut() {
            Some(last) if quotation.inner.start < last.end => last.end = last.end.max(quotation.inner.end),
            _ => spans.push(quotation.inner),
        }
    }
    spans
}

fn is_inside(spans: &[TextRange], at: u32) -> bool {
    let next = spans.partition_point(|span| span.start <= at);
    next.checked_sub(1).is_some_and(|index| spans[index].contains(at))
}

struct Finder<'a> {
    text: &'a str,
    facts: &'a NoteFacts,
    words: &'a [Word],
    sources: &'a Sources,
    config: &'a AnalysisConfig,
    quoted: &'a [TextRange],
}

/// What a sentence asserts, before it is known who says so.
struct Assertion {
    kind: ClaimKind,
    span: TextRange,
    figure: Option<Found>,
    score: f32,
}

impl Finder<'_> {
    fn claims(&mut self) -> Vec<Claim> {
        let note = &self.facts.note;
        let mut out = Vec::new();
        let mut figures = Vec::new();
        let mut quoted = Vec::new();
        let mut item = u32::MAX;
        let mut told = SourcedFigures::default();
        let mut last: Option<(usize, u32)> = None;
        let mut mention = 0;
        for (index, sentence) in note.sentences.iter().enumerate() {
            let block = note.block_of(sentence);
            if block.item != item {
                told.clear();
            }
            if block.item != item || block.kind.is_heading() {
                item = block.item;
                last = None;
            }
            while self.facts.mentions.get(mention).is_some_and(|m| m.range.end <= sentence.range.start) {
                mention += 1;
            }
            let zone = self.facts.zone_of(index as u32);
            if !matches!(zone, Zone::Outside | Zone::Quoted) {
                let range = sentence.tokens.start as usize..sentence.tokens.end as usize;
                figures.clear();
                quoted.clear();
                quoted.extend(note.tokens_of(sentence).iter().map(|t| is_inside(self.quoted, t.range.start)));
                if let Some(mut claim) = self.claim(index, range, &quoted, mention, last, &mut figures) {
                    if let Some(figure) = &claim.figure {
                        if matches!(claim.sourced, Sourced::None)
                            && let Some((sourced, kind)) = told.source_of(figure)
                        {
                            (claim.sourced, claim.source_kind) = (sourced, kind);
                        }
                        if self.is_told(claim.sourced) {
                            told.add(figure, claim.sourced, claim.source_kind);
                        }
                    }
                    out.push(claim);
                }
            }
            let speaks = self.sources.own[index].map(|own| (own, &self.facts.attributions[own as usize]));
            if let Some((own, attribution)) = speaks.filter(|(_, attribution)| attribution.strong) {
                // A pronoun points at the source before it, which stays the governing one.
                let anaphor = last.is_some() && attribution.source.iter().all(|s| s.len() <= 4);
                last = Some((index, if anaphor { last.map_or(own, |(_, earlier)| earlier) } else { own }));
            }
        }
        out
    }

    /// True if what stands behind a claim tells that it is so: no denial, and nothing that was only supposed or not said.
    fn is_told(&self, sourced: Sourced) -> bool {
        let (Sourced::Attribution(by) | Sourced::Carried(by)) = sourced else { return true };
        let speech = self.facts.attributions.get(by as usize).map(|by| by.speech);
        !matches!(speech, Some(Speech::Denied | Speech::NotSaid | Speech::Supposed))
    }

    fn claim(
        &self,
        index: usize,
        range: Range<usize>,
        quoted: &[bool],
        first_mention: usize,
        last: Option<(usize, u32)>,
        found: &mut Vec<Found>,
    ) -> Option<Claim> {
        let sentence = &self.facts.note.sentences[index];
        let tokens = &self.facts.note.tokens[range.clone()];
        let words = self.words.get(range)?;
        let mentions = &self.facts.mentions[first_mention..];
        let count = mentions.partition_point(|m| m.range.start < sentence.range.end);
        let clause = Clause { text: self.text, tokens, words, quoted, mentions: &mentions[..count], first_mention };
        let reading = kinds::read(&clause);
        figures::find(self.text, tokens, words, found);
        let own = scope::own(self.facts, self.sources, index, tokens, &reading);
        let scoped = scope::Sentence { index, tokens, words, reading: &reading, own };
        let verdict = scope::governing(self.text, self.facts, self.sources, &scoped, last, self.config);
        let assertion = self.assertion(&scoped, &verdict, found, quoted)?;
        Some(self.judged(index, &reading, verdict, assertion))
    }

    /// The strongest thing that the sentence asserts.
    fn assertion(
        &self,
        sentence: &scope::Sentence<'_>,
        verdict: &Verdict,
        found: &mut Vec<Found>,
        quoted: &[bool],
    ) -> Option<Assertion> {
        let scope::Sentence { index, tokens, reading, own, .. } = *sentence;
        let attributed = own.is_some();
        if let Some(span) = self.quotation(index, attributed) {
            return Some(Assertion { kind: ClaimKind::Quotation, span, figure: None, score: 0.8 });
        }
        let own_judgement = signals::any(self.facts, index as u32, phrase::OWN);
        let pointing = matches!(verdict.sourced, Sourced::Carried(_));
        if own_judgement || reading.question || reading.conditional && (!attributed || pointing) {
            return None;
        }
        let label = |f: &Found| quoted.get(f.first).copied().unwrap_or(false);
        found.retain(|f| !label(f));
        // The first of the strongest: where several figures stand in a row, the reader looks at the first.
        let strongest = found.drain(..).rev().max_by(|a, b| a.score.total_cmp(&b.score));
        if let Some(figure) = strongest {
            let mut score = figure.score;
            if reading.first_person {
                score -= 0.2;
            }
            if reading.method {
                score -= 0.5; // the sentence is about the source itself
            }
            if reading.modal || reading.second_person {
                score -= 0.35; // a plan, a forecast, a rule: nobody has counted it yet
            }
            let span = figure.figure.range;
            let digits = span.of(self.text).bytes().any(|byte| byte.is_ascii_digit());
            if !digits && self.facts.item_of(index as u32).is_some_and(|item| item.genre == Genre::Opinion) {
                score -= 0.35; // "half of the ships": a columnist's turn of phrase
            }
            return Some(Assertion { kind: ClaimKind::Statistic, span, figure: Some(figure), score });
        }
        if let Some(span) = reading.rank
            && !reading.voice_is_own()
        {
            return Some(Assertion { kind: ClaimKind::Statistic, span, figure: None, score: 0.65 });
        }
        let carried = matches!(verdict.sourced, Sourced::Carried(_));
        if attributed || carried || scope::is_vague(self.facts, index) {
            let span = own
                .and_then(|a| self.facts.attributions[a as usize].cue.first().copied())
                .unwrap_or(self.facts.note.sentences[index].range);
            return Some(Assertion { kind: ClaimKind::Statement, span, figure: None, score: 0.5 });
        }
        let verb_span = reading.verb.and_then(|verb| {
            let last = tokens.get(verb.last)?;
            Some(tokens.get(verb.first)?.range.cover(last.range))
        });
        if let Some(span) = reading.wrong {
            return Some(Assertion { kind: ClaimKind::Allegation, span, figure: None, score: 0.75 });
        }
        if let Some(span) = verb_span {
            if reading.is_event() {
                let score = 0.6 + if reading.dated { 0.15 } else { 0.0 } + if reading.names > 2 { 0.1 } else { 0.0 };
                let score = if reading.historic { 0.45 } else { score };
                return Some(Assertion { kind: ClaimKind::Event, span, figure: None, score });
            }
            if reading.is_generality() {
                return Some(Assertion { kind: ClaimKind::Generality, span, figure: None, score: 0.3 });
            }
        }
        None
    }

    /// A quotation of speech in the sentence, or a label in words that somebody is said to have used.
    fn quotation(&self, index: usize, attributed: bool) -> Option<TextRange> {
        let sentence = self.facts.note.sentences[index].range;
        let quotations = &self.facts.quotations;
        let from = quotations.partition_point(|q| q.range.end <= sentence.start && q.range.start < sentence.start);
        // A quotation may have begun several sentences before; the list is sorted by start, so look back a little.
        let from = from.saturating_sub(2);
        quotations[from..]
            .iter()
            .take_while(|q| q.range.start < sentence.end)
            .find(|q| {
                let here = q.inner.overlaps(sentence);
                here && match q.class {
                    QuotationClass::Speech => true,
                    QuotationClass::Label => attributed && (q.attribution.is_some() || self.in_content(index, q.inner)),
                    QuotationClass::Title => false,
                }
            })
            .map(|q| TextRange::new(q.range.start.max(sentence.start), q.range.end.min(sentence.end)))
    }

    fn in_content(&self, index: usize, range: TextRange) -> bool {
        self.sources.own[index].is_some_and(|a| {
            self.facts.attributions[a as usize].content.iter().any(|content| content.contains_range(range))
        })
    }

    fn judged(&self, index: usize, reading: &Reading, verdict: Verdict, assertion: Assertion) -> Claim {
        let mut verdict = verdict;
        // An attitude does not stand behind a figure that is no part of it ("Marr welcomed the sale of 40 cranes" does).
        if let (Sourced::Attribution(a), Some(found)) = (verdict.sourced, &assertion.figure) {
            let attribution = &self.facts.attributions[a as usize];
            let range = found.figure.range;
            let part = |list: &[TextRange]| list.iter().any(|span| span.overlaps(range));
            if !attribution.strong && !part(&attribution.content) && !part(&attribution.source) {
                verdict = Verdict {
                    sourced: Sourced::None,
                    kind: None,
                    nearest: Some(a),
                    why: WhyUnsourced::WeakAttribution,
                };
            }
        }
        if matches!(verdict.sourced, Sourced::None) && scope::is_vague(self.facts, index) {
            verdict.kind = Some(SourceKind::Vague);
            verdict.why = WhyUnsourced::CueWithoutSource;
        }
        let party = matches!(assertion.kind, ClaimKind::Allegation).then_some(reading.actor).flatten();
        Claim {
            sentence: index as u32,
            range: self.facts.note.sentences[index].range,
            span: assertion.span,
            kind: assertion.kind,
            sourced: verdict.sourced,
            source_kind: verdict.kind,
            nearest: verdict.nearest,
            why: verdict.why,
            figure: assertion.figure.map(|found| found.figure),
            score: assertion.score.clamp(0.0, 1.0),
            party: party.map(|at| at as u32),
        }
    }
}
