//! A116: a long quotation whose speaker comes at its end.

use super::sourcing;
use crate::analysis::facts::QuotationClass;
use crate::rules::{Findings, RuleContext};

/// Words of a quotation after which a reader wants to know who speaks.
const WORDS: usize = 35;

crate::declare_rule! {
    /// Reports a quotation of two or more sentences whose speaker is named only after it.
    ///
    /// ## Why
    /// A reader weighs words by who speaks them, and should know it by the end of the first sentence.
    ///
    /// ## Reported
    /// ```note
    /// "We opened the gates at dawn. Nobody came. By noon we closed them again," Ada Pell said.
    /// ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    /// ```
    ///
    /// ## Accepted
    /// ```note
    /// "We opened the gates at dawn," Ada Pell said. "Nobody came. By noon we closed them again."
    /// ```
    ///
    /// ## Limits
    /// Only quotations in one paragraph, with the speaker right after them. There is no fix: to break a quotation up changes
    /// its stops, and nothing between quotation marks is ever changed for the writer.
    pub(super) static LATE_ATTRIBUTION = Rule {
        code: "A116",
        name: "late-attribution",
        family: Attribution,
        level: Hint,
        strict: Information,
        since: "0.1.0",
        check: check,
        messages: {
            late(): "Late attribution: the speaker follows this long quotation. Name the speaker after its first sentence.",
        },
        precedence: 140,
        answered_by_declaration: true,
    };
}

fn check(context: &RuleContext<'_>, findings: &mut Findings) {
    let facts = context.facts;
    for quotation in facts.quotations.iter().filter(|q| q.class == QuotationClass::Speech && q.closed) {
        let Some(attribution) = quotation.attribution.and_then(|at| facts.attributions.get(at as usize)) else {
            continue;
        };
        let Some(cue) = attribution.cue.first() else { continue };
        let after = cue.start >= quotation.range.end && cue.start - quotation.range.end < 80;
        let words = quotation.inner.of(context.text);
        let opens = attribution.content.first().is_none_or(|content| content.start + 2 >= quotation.range.start);
        let stops = words
            .match_indices(['.', '!', '?'])
            .filter(|(at, _)| words.get(at + 1..).is_some_and(|rest| rest.starts_with(' ')))
            .count();
        let long = stops >= 1 && words.split_whitespace().count() >= 12 || words.split_whitespace().count() >= WORDS;
        let Some(sentence) = facts.note.sentence_at(quotation.range.start) else { continue };
        let late = after && opens && long;
        if !late || !sourcing::expects_source(context, sentence as u32) {
            continue;
        }
        let range = sourcing::head_of_quotation(context.text, quotation.range);
        findings.add(&LATE_ATTRIBUTION, range, message::late());
    }
}
