//! A113: an outlet as the only source, without a way to find what it wrote.

use super::sourcing;
use crate::analysis::facts::{Attribution, EntityKind, SourceKind};
use crate::lexicon::{OutletKind, class, outlet, phrase, word};
use crate::rules::{Findings, RuleContext};
use crate::structure::TokenKind;
use crate::text::TextRange;

crate::declare_rule! {
    /// Reports an outlet that is named as the source without a date, a link or a citation.
    ///
    /// ## Why
    /// An outlet publishes hundreds of pieces a day. Without a date or a link nobody can find the one that is meant.
    ///
    /// ## Reported
    /// ```note
    /// Harbor Daily reported that the port of Lusk was closed.
    /// ^^^^^^^^^^^^
    /// ```
    ///
    /// ## Accepted
    /// ```note
    /// Harbor Daily reported on 2 May that the port of Lusk was closed.
    /// ```
    /// ```note
    /// Harbor Daily reported that the port of Lusk was closed.[^7]
    ///
    /// [^7]: Harbor Daily, 2 May 2031, p. 3.
    /// ```
    ///
    /// ## Limits
    /// Outlets are known by a list and by their names' last word ("… Daily", "… Times"). Once per outlet and paragraph.
    pub(super) static OUTLET_ONLY = Rule {
        code: "A113",
        name: "outlet-only-source",
        family: Attribution,
        level: Information,
        strict: Warning,
        since: "0.1.0",
        check: check,
        messages: {
            unfindable(what): "Undated report by {what}: readers cannot look it up. Give its date, or cite the piece.",
        },
        precedence: 100,
        answered_by_declaration: true,
        remedies: [Cite, CreateSourceNote],
    };
}

const CUES: &[&str] = &["reported", "reports", "wrote", "writes", "has reported"];
const NAMES_END_IN: &[&str] = &[
    "Daily",
    "Times",
    "Post",
    "Herald",
    "Tribune",
    "Gazette",
    "Chronicle",
    "Telegraph",
    "Observer",
    "Courier",
    "Dispatch",
    "Journal",
    "News",
    "Mail",
    "Globe",
];

fn check(context: &RuleContext<'_>, findings: &mut Findings) {
    let note = &context.facts.note;
    let mut seen: Vec<(u32, &str)> = Vec::new();
    for attribution in context.facts.attributions.iter().filter(|a| a.strong && a.kind == SourceKind::Named) {
        let Some(range) = outlet_alone(context, attribution) else { continue };
        let sentence = attribution.sentence;
        if !sourcing::expects_source(context, sentence)
            || is_dated(context, sentence)
            || sourcing::is_cited(context, sentence)
        {
            continue;
        }
        let Some(sentence) = note.sentences.get(sentence as usize) else { continue };
        let key = (sentence.block, range.of(context.text));
        if seen.contains(&key) {
            continue;
        }
        seen.push(key);
        let what = sourcing::excerpt(context.text, range);
        findings.add(&OUTLET_ONLY, range, message::unfindable(what)).score = 0.7;
    }
}

/// The name of the outlet, if the source is nothing else and the cue tells of a report.
fn outlet_alone(context: &RuleContext<'_>, attribution: &Attribution) -> Option<TextRange> {
    let [source] = attribution.source.as_slice() else { return None };
    let cue = attribution.cue.first()?.of(context.text);
    if !CUES.contains(&cue) {
        return None;
    }
    let tokens = &context.facts.note.tokens;
    let first = tokens.partition_point(|t| t.range.start < source.start);
    let last = tokens.partition_point(|t| t.range.start < source.end);
    let mut name = tokens.get(first..last)?;
    if let Some((article, rest)) = name.split_first()
        && article.text(context.text).eq_ignore_ascii_case("the")
    {
        name = rest;
    }
    let known = matches!(
        outlet(name.iter().map(|token| token.hash)),
        Some(OutletKind::Agency | OutletKind::Press | OutletKind::State | OutletKind::Site)
    ) || context.config.analysis.house.is_outlet(name);
    let shaped = name.len() > 1
        && name.iter().all(|t| t.capital)
        && name.last().is_some_and(|t| NAMES_END_IN.contains(&t.text(context.text)));
    let (first, last) = (name.first()?, name.last()?);
    (known || shaped).then(|| first.range.cover(last.range))
}

fn is_dated(context: &RuleContext<'_>, sentence: u32) -> bool {
    let facts = context.facts;
    let Some(at) = facts.note.sentences.get(sentence as usize) else { return false };
    let date = facts.mentions_in(at.range).any(|m| m.kind == EntityKind::Date);
    let relative = facts.signals_of(sentence).iter().any(|s| s.kinds.has(phrase::RELATIVE_TIME));
    let calendar =
        facts.note.tokens_of(at).iter().any(|t| {
            t.kind == TokenKind::Word && t.capital && word(t.hash).classes.has(class::MONTH.or(class::WEEKDAY))
        });
    date || relative || calendar
}
