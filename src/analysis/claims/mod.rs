//! Claims: what each sentence asserts, and what stands behind it.
//!
//! Read in this order: `basis` (what the stages before say), `figures` (which numbers were counted by somebody), `verbs` and `kinds` (what a sentence does by its
//! grammar), `genre` (what kind of text it stands in), `signals` (phrases that rules look for), `sources`, `references`, `tables`, `scope` and
//! `restated` (what stands behind it). [`find`] puts them together: at most one claim a sentence, the strongest by the order of [`ClaimKind`].

mod basis;
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
use super::facts::{Claim, ClaimKind, Genre, QuotationClass, SourceKind, Sourced, Speech, WhyUnsourced, Zone};
use super::stages::{Attributions, Claims, Entities, Quotations};
use crate::lexicon::{Word, phrase};
use crate::structure::Note;
use crate::text::TextRange;
use basis::Basis;
use figures::FigureCandidate;
use kinds::{Reading, SentenceTokens};
use restated::SourcedFigures;
use scope::Verdict;
use sources::Sources;

pub use references::{ProseCitation, prose_citations};

/// The claims of a note, with the genre, zones and signals that they are read by.
#[must_use]
pub fn find(
    text: &str,
    note: &Note,
    entities: &Entities,
    quotations: &Quotations,
    attributions: &Attributions,
    config: &AnalysisConfig,
) -> Claims {
    let in_quotes = |at: u32| quotations.hold(at);
    let words = signals::words(note);
    let items = genre::items(text, note, config, in_quotes);
    let zones = genre::zones(text, note, &items, &config.house);
    let signals = signals::find(text, note, &words, in_quotes);
    let basis = Basis {
        items: &items,
        zones: &zones,
        signals: &signals,
        ..Basis::new(note, entities, quotations, attributions)
    };
    let mut sources = sources::find(text, &basis);
    tables::stand_behind(text, &basis, &mut sources);
    let finder = Finder { text, basis: &basis, words: &words, sources: &sources, config, quoted: quotations };
    let claims = finder.claims();
    Claims { claims, items, zones, signals }
}

struct Finder<'a> {
    text: &'a str,
    basis: &'a Basis<'a>,
    words: &'a [Word],
    sources: &'a Sources,
    config: &'a AnalysisConfig,
    quoted: &'a Quotations,
}

/// A claim before it is known who says so.
struct Assertion {
    kind: ClaimKind,
    span: TextRange,
    figure: Option<FigureCandidate>,
    score: f32,
}

impl Finder<'_> {
    fn claims(&self) -> Vec<Claim> {
        let note = self.basis.note;
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
            while self.basis.mentions.get(mention).is_some_and(|m| m.range.end <= sentence.range.start) {
                mention += 1;
            }
            let zone = self.basis.zone_of(index as u32);
            if !matches!(zone, Zone::Outside | Zone::Quoted) {
                let range = sentence.tokens.start as usize..sentence.tokens.end as usize;
                figures.clear();
                quoted.clear();
                quoted.extend(note.tokens_of(sentence).iter().map(|t| self.quoted.hold(t.range.start)));
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
            let speaks = self.sources.own[index].map(|own| (own, &self.basis.attributions[own as usize]));
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
        let speech = self.basis.attributions.get(by as usize).map(|by| by.speech);
        !matches!(speech, Some(Speech::Denied | Speech::NotSaid | Speech::Supposed))
    }

    fn claim(
        &self,
        index: usize,
        range: Range<usize>,
        quoted: &[bool],
        first_mention: usize,
        last: Option<(usize, u32)>,
        found: &mut Vec<FigureCandidate>,
    ) -> Option<Claim> {
        let sentence = &self.basis.note.sentences[index];
        let tokens = &self.basis.note.tokens[range.clone()];
        let words = self.words.get(range)?;
        let mentions = &self.basis.mentions[first_mention..];
        let count = mentions.partition_point(|m| m.range.start < sentence.range.end);
        let clause =
            SentenceTokens { text: self.text, tokens, words, quoted, mentions: &mentions[..count], first_mention };
        let reading = kinds::read(&clause);
        figures::find(self.text, tokens, words, found);
        let own = scope::own(self.basis, self.sources, index, tokens, &reading);
        let scoped = scope::Sentence { index, tokens, words, reading: &reading, own };
        let verdict = scope::governing(self.text, self.basis, self.sources, &scoped, last, self.config);
        let assertion = self.assertion(&scoped, &verdict, found, quoted)?;
        Some(self.judged(index, &reading, verdict, assertion))
    }

    /// The strongest thing that the sentence asserts.
    fn assertion(
        &self,
        sentence: &scope::Sentence<'_>,
        verdict: &Verdict,
        found: &mut Vec<FigureCandidate>,
        quoted: &[bool],
    ) -> Option<Assertion> {
        let scope::Sentence { index, tokens, reading, own, .. } = *sentence;
        let attributed = own.is_some();
        if let Some(span) = self.quotation(index, attributed) {
            return Some(Assertion { kind: ClaimKind::Quotation, span, figure: None, score: 0.8 });
        }
        let own_judgement = signals::any(self.basis, index as u32, phrase::OWN);
        let pointing = matches!(verdict.sourced, Sourced::Carried(_));
        if own_judgement || reading.question || reading.conditional && (!attributed || pointing) {
            return None;
        }
        let label = |f: &FigureCandidate| quoted.get(f.first).copied().unwrap_or(false);
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
            if !digits && self.basis.item_of(index as u32).is_some_and(|item| item.genre == Genre::Opinion) {
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
        if attributed || carried || scope::is_vague(self.basis, index) {
            let span = own
                .and_then(|a| self.basis.attributions[a as usize].cue.first().copied())
                .unwrap_or(self.basis.note.sentences[index].range);
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
        let sentence = self.basis.note.sentences[index].range;
        let quotations = self.basis.quotations;
        let from = quotations.partition_point(|q| q.range.end <= sentence.start && q.range.start < sentence.start);
        // A quotation may have begun several sentences before; the list is sorted by start, so look back a little.
        let from = from.saturating_sub(2);
        let governed = |at: usize| self.basis.of_quotations.get(at).is_some_and(Option::is_some);
        (from..)
            .zip(quotations.get(from..).unwrap_or(&[]))
            .take_while(|(_, q)| q.range.start < sentence.end)
            .find(|(at, q)| {
                let here = q.inner.overlaps(sentence);
                here && match q.class {
                    QuotationClass::Speech => true,
                    QuotationClass::Label => attributed && (governed(*at) || self.in_content(index, q.inner)),
                    QuotationClass::Title => false,
                }
            })
            .map(|(_, q)| TextRange::new(q.range.start.max(sentence.start), q.range.end.min(sentence.end)))
    }

    fn in_content(&self, index: usize, range: TextRange) -> bool {
        self.sources.own[index].is_some_and(|a| {
            self.basis.attributions[a as usize].content.iter().any(|content| content.contains_range(range))
        })
    }

    fn judged(&self, index: usize, reading: &Reading, verdict: Verdict, assertion: Assertion) -> Claim {
        let mut verdict = verdict;
        // An attitude does not stand behind a figure that is no part of it ("Marr welcomed the sale of 40 cranes" does).
        if let (Sourced::Attribution(a), Some(found)) = (verdict.sourced, &assertion.figure) {
            let attribution = &self.basis.attributions[a as usize];
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
        if matches!(verdict.sourced, Sourced::None) && scope::is_vague(self.basis, index) {
            verdict.kind = Some(SourceKind::Vague);
            verdict.why = WhyUnsourced::CueWithoutSource;
        }
        let party = matches!(assertion.kind, ClaimKind::Allegation).then_some(reading.actor).flatten();
        Claim {
            sentence: index as u32,
            range: self.basis.note.sentences[index].range,
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
