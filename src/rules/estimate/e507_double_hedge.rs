//! E507: two hedges on one verb.

use crate::lexicon::phrase;
use crate::rules::attribution::sourcing;
use crate::rules::{Edit, Findings, Fix, RuleContext};

crate::declare_rule! {
    /// Reports two hedges on one verb: "may possibly".
    ///
    /// ## Why
    /// The second hedge adds no doubt that the first has not, only length.
    ///
    /// ## Reported
    /// ```note
    /// The fleet may possibly leave.
    ///           ^^^^^^^^^^^^
    /// ```
    ///
    /// ## Accepted
    /// ```note
    /// The fleet may leave.
    /// ```
    ///
    /// ## Limits
    /// Only pairs that stand side by side.
    pub(super) static DOUBLE_HEDGE = Rule {
        code: "E507",
        name: "double-hedge",
        family: Estimate,
        level: Hint,
        strict: Information,
        since: "0.1.0",
        check: check,
        messages: {
            double(): "Double hedge: two words weaken one verb. Keep the one that is meant.",
        },
    };
}

fn check(context: &RuleContext<'_>, findings: &mut Findings) {
    for signal in context.facts.signals.iter().filter(|s| !s.quoted && s.kinds.has(phrase::HEDGE)) {
        if sourcing::expects_source(context, signal.sentence) {
            let finding = findings.add(&DOUBLE_HEDGE, signal.range, message::double());
            let words = signal.range.of(context.text);
            let Some(modal) = words.split_whitespace().find(|w| ["may", "might", "could"].contains(w)) else {
                continue;
            };
            let edit = Edit { file: context.file, range: signal.range, text: modal.to_owned() };
            finding.fixes.push(Fix { title: format!("Write \"{modal}\" for both"), edits: vec![edit], safe: false });
        }
    }
}
