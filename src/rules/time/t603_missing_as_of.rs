//! T603: a count of today, and no day.

use super::dates;
use crate::lexicon::phrase;
use crate::rules::attribution::sourcing;
use crate::rules::estimate::estimates;
use crate::rules::{Edit, Findings, Fix, RuleContext};
use crate::text::TextRange;

crate::declare_rule! {
    /// Reports a present-tense count ("currently hosts 300 engineers") without the day it holds for.
    ///
    /// ## Why
    /// Such a number is wrong a year later, and nobody can see that it is.
    ///
    /// ## Reported
    /// ```note
    /// The island currently hosts 300 engineers.
    ///            ^^^^^^^^^
    /// ```
    ///
    /// ## Accepted
    /// ```note
    /// The island hosted 300 engineers as of 1 March 2031.
    /// ```
    /// ```note
    /// The fleet is now at sea.
    /// ```
    /// ```note
    /// By now 300 engineers had left the island.
    /// ```
    ///
    /// ## Limits
    /// Only with a figure in the sentence; "now" alone is no count.
    pub(super) static MISSING_AS_OF = Rule {
        code: "T603",
        name: "missing-as-of",
        family: Time,
        level: Information,
        strict: Information,
        since: "0.1.0",
        check: check,
        messages: {
            undated(): "Undated count: it changes with time. Say which day it holds for: \"as of …\".",
        },
    };
}

fn check(context: &RuleContext<'_>, findings: &mut Findings) {
    let facts = context.facts;
    for signal in facts.signals.iter().filter(|s| !s.quoted && s.kinds.has(phrase::AS_OF)) {
        let claim = facts.claim_of(signal.sentence);
        let counted = claim.is_some_and(|c| c.figure.as_ref().is_some_and(|f| f.unit.is_empty() && !f.casualty));
        if !counted
            || !sourcing::expects_source(context, signal.sentence)
            || dates::in_sentence(context, signal.sentence)
        {
            continue;
        }
        if signal.range.of(context.text).to_ascii_lowercase().starts_with("as of") {
            continue;
        }
        // "By now" and "until now" tell of what came before.
        let (before, _) = estimates::neighbours(context, signal.range);
        if before.is_some_and(|t| {
            ["by", "until", "till", "just"].iter().any(|w| t.text(context.text).eq_ignore_ascii_case(w))
        }) {
            continue;
        }
        let anchor = facts.item_of(signal.sentence).and_then(|item| item.anchor).map(|range| range.of(context.text));
        let Some(sentence) = facts.note.sentences.get(signal.sentence as usize) else { continue };
        let end = sentence.range.end.saturating_sub(1);
        let finding = findings.add(&MISSING_AS_OF, signal.range, message::undated());
        finding.score = if signal.range.len() > 3 { 0.8 } else { 0.55 };
        let stop = context.text.get(end as usize..).is_some_and(|rest| rest.starts_with('.'));
        if let Some(date) = anchor.filter(|_| stop) {
            let edit = Edit { file: context.file, range: TextRange::empty(end), text: format!(" as of {date}") };
            finding.fixes.push(Fix { title: format!("Insert \"as of {date}\""), edits: vec![edit], safe: false });
        }
    }
}
