//! Q207: a sentence glued together from shreds of quotation.

use crate::rules::attribution::sourcing;
use crate::rules::{Findings, RuleContext};
use crate::text::TextRange;

crate::declare_rule! {
    /// Reports a sentence with three or more quoted fragments.
    ///
    /// ## Why
    /// Whoever picks the fragments and the glue makes the sentence. One whole quotation shows what was meant, or a paraphrase
    /// says it plainly.
    ///
    /// ## Reported
    /// ```note
    /// Pell called the tax "unfair", the gate "a relic" and the talks "a long sleep".
    ///                     ^^^^^^^^
    /// ```
    ///
    /// ## Accepted
    /// ```note
    /// Pell called the tax "unfair" and the gate "a relic".
    /// ```
    /// ```note
    /// "We shut the gates," Pell said. "Nobody came to them."
    /// ```
    ///
    /// ## Limits
    /// Off unless asked for. Fragments have fewer than five words; whole quotations and titles do not count.
    pub(super) static PARTIAL_QUOTES = Rule {
        code: "Q207",
        name: "partial-quote-pileup",
        family: Quotation,
        level: Off,
        strict: Hint,
        since: "0.2.0",
        check: check,
        messages: {
            fragments(count): "Quoted fragments: {count} stand in one sentence. Quote one whole sentence, or paraphrase.",
        },
    };
}

const FRAGMENTS: usize = 3;
const WORDS: usize = 5;

fn check(context: &RuleContext<'_>, findings: &mut Findings) {
    let facts = context.facts;
    let mut at = 0;
    while let Some(first) = facts.quotations.get(at) {
        at += 1;
        let Some(index) = facts.note.sentence_at(first.range.start) else { continue };
        let Some(sentence) = facts.note.sentences.get(index) else { continue };
        let sentence = sentence.range;
        let inside = facts.quotations.iter().skip(at - 1).take_while(|q| q.range.start < sentence.end);
        let all: Vec<_> = inside.collect();
        at += all.len().saturating_sub(1);
        let fragment = |range: TextRange| range.of(context.text).split_whitespace().count() < WORDS;
        let count = all
            .iter()
            .filter(|q| q.class != crate::analysis::facts::QuotationClass::Title && fragment(q.inner))
            .count();
        if count >= FRAGMENTS && sourcing::expects_source(context, index as u32) {
            findings.add(&PARTIAL_QUOTES, first.range, message::fragments(count));
        }
    }
}
