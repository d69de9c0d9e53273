//! A115: a capital that speaks, and nobody in it.

use super::sourcing;
use crate::analysis::facts::{Attribution, ClaimKind, EntityKind, SourceKind};
use crate::rules::{Findings, RuleContext};

crate::declare_rule! {
    /// Reports a capital or a palace as the only speaker behind a figure or a quotation ("Lusk said").
    ///
    /// ## Why
    /// A city does not speak: a ministry did, or a spokesman, or a paper that calls them the city. Who needs the figure
    /// again must know whom to ask.
    ///
    /// ## Reported
    /// ```note
    /// London said the fleet had 14 boats.
    /// ^^^^^^
    /// ```
    ///
    /// ## Accepted
    /// ```note
    /// London said the fleet had 14 boats. Defence Minister Ada Orr said they would stay at sea.
    /// ```
    /// ```note
    /// London said it was pleased.
    /// ```
    ///
    /// ## Limits
    /// Off unless the configuration or the strict profile asks for it: most houses take it for a named source. One named
    /// person or document that speaks in the same item is enough.
    pub(super) static METONYM_SOURCE = Rule {
        code: "A115",
        name: "metonym-source",
        family: Attribution,
        level: Off,
        strict: Hint,
        since: "0.2.0",
        check: check,
        messages: {
            place(who): "Place as a source: \"{who}\" does not show who spoke. Name the ministry, the person or the document.",
        },
        precedence: 140,
        answered_by_declaration: true,
    };
}

fn check(context: &RuleContext<'_>, findings: &mut Findings) {
    let facts = context.facts;
    let item_of = |sentence: u32| Some(facts.note.block_of(facts.note.sentences.get(sentence as usize)?).item);
    let named: Vec<_> = facts.attributions.iter().filter(|a| a.strong && a.kind == SourceKind::Named).collect();
    for &attribution in &named {
        let sentence = attribution.sentence;
        let Some(range) = attribution.source.first().copied().filter(|_| is_place(context, attribution)) else {
            continue;
        };
        let kind = facts.claim_of(sentence).map(|claim| claim.kind);
        let counts = matches!(kind, Some(ClaimKind::Statistic | ClaimKind::Quotation));
        let vouched = || {
            named.iter().any(|a| item_of(a.sentence) == item_of(sentence) && !is_place(context, a) && is_somebody(a))
        };
        if !counts || !sourcing::expects_source(context, sentence) || vouched() || sourcing::is_cited(context, sentence)
        {
            continue;
        }
        let who = sourcing::excerpt(context.text, range);
        let message = message::place(who);
        findings.add(&METONYM_SOURCE, range, message).score = 0.8;
    }
}

/// True if the source is nothing but a place, with or without its article.
fn is_place(context: &RuleContext<'_>, attribution: &Attribution) -> bool {
    let [source] = attribution.source.as_slice() else { return false };
    let whole = |start: u32| start == source.start || source.of(context.text).to_ascii_lowercase().starts_with("the ");
    context
        .facts
        .mentions_in(*source)
        .any(|m| m.kind == EntityKind::Place && m.range.end == source.end && whole(m.range.start))
}

/// "He said" and "the official said" point back to somebody, whoever it is; only a speaker of its own vouches.
fn is_somebody(attribution: &Attribution) -> bool {
    attribution.speaker.is_some() || attribution.source.iter().any(|source| source.len() > 12)
}
