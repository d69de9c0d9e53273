//! E502: likelihood and confidence in one sentence.

use super::{Findings, RuleContext, estimates};
use crate::lexicon::claims::phrase;

crate::declare_rule! {
    /// Reports a likelihood and a confidence level in the same sentence.
    ///
    /// ## Why
    /// Likelihood is about the event, confidence about the ground the judgement stands on. Together in one sentence they are read
    /// as one, and the standard (ICD 203) forbids it.
    ///
    /// ## Reported
    /// ```note
    /// We have high confidence that closure is unlikely.
    ///         ^^^^^^^^^^^^^^^
    /// ```
    ///
    /// ## Accepted
    /// ```note
    /// We assess that closure is unlikely. We have moderate confidence in this judgement because two pilots confirmed it.
    /// ```
    ///
    /// ## Limits
    /// Only terms of the yardsticks are known.
    pub(super) static LIKELIHOOD_WITH_CONFIDENCE = Rule { code: "E502", name: "likelihood-with-confidence", level: Warning, strict: Warning, since: "0.1.0", check: check };
}

fn check(context: &RuleContext<'_>, findings: &mut Findings) {
    for signal in context.facts.signals.iter().filter(|s| !s.quoted && s.kinds.has(phrase::CONFIDENCE)) {
        let both = estimates::has(context, signal.sentence, estimates::SCALES).is_some();
        if both && estimates::is_judgement(context, signal.sentence) {
            let message = "Likelihood and confidence stand in one sentence. Give each its own sentence.";
            findings.add(&LIKELIHOOD_WITH_CONFIDENCE, signal.range, message);
        }
    }
}
