//! What the rules about likelihood and confidence share: where the author judges.

use super::RuleContext;
use crate::analysis::facts::{Signal, Zone};
use crate::lexicon::claims::{Classes, phrase};

/// Terms of a yardstick for likelihood.
pub(super) const SCALES: Classes = phrase::SCALE_A.or(phrase::SCALE_B).or(phrase::SCALE_PHIA).or(phrase::SCALE_OTHER);

/// Whether the sentence gives the author's own judgement: by its words, or by the heading over it.
pub(super) fn is_judgement(context: &RuleContext<'_>, sentence: u32) -> bool {
    let zone = context.facts.zone_of(sentence);
    let own = || has(context, sentence, phrase::OWN).is_some();
    let confident = || has(context, sentence, phrase::CONFIDENCE).is_some();
    let attributed = || context.facts.attributions_of(sentence).any(|a| a.strong && !is_own(context, a.source.first()));
    zone == Zone::OwnVoice && !attributed()
        || zone != Zone::Exempt && zone != Zone::Quoted && (own() || confident() && !attributed())
}

/// "We" as a source is the author.
fn is_own(context: &RuleContext<'_>, source: Option<&crate::text::TextRange>) -> bool {
    source.is_some_and(|range| matches!(range.of(context.text), "We" | "we" | "I"))
}

/// The first signal of one of `kinds` in a sentence, outside quotations.
pub(super) fn has<'a>(context: &RuleContext<'a>, sentence: u32, kinds: Classes) -> Option<&'a Signal> {
    context.facts.signals_of(sentence).iter().find(|s| !s.quoted && s.kinds.has(kinds))
}

/// Signals of one of `kinds` outside quotations, in sentences that are the author's judgement.
pub(super) fn judged<'a>(context: &RuleContext<'a>, kinds: Classes) -> impl Iterator<Item = &'a Signal> {
    let context = *context;
    context.facts.signals.iter().filter(move |s| !s.quoted && s.kinds.has(kinds) && is_judgement(&context, s.sentence))
}
