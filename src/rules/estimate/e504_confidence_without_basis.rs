//! E504: confidence that rests on nothing.

use super::estimates;
use crate::lexicon::phrase;
use crate::rules::attribution::sourcing;
use crate::rules::{Findings, RuleContext};

crate::declare_rule! {
    /// Reports a confidence level without its basis in the sentence or the next.
    ///
    /// ## Why
    /// Confidence is a statement about sources and reasoning. Without them it is a mood.
    ///
    /// ## Reported
    /// ```note
    /// We make this judgement with low confidence.
    ///                             ^^^^^^^^^^^^^^
    /// ```
    ///
    /// ## Accepted
    /// ```note
    /// We make this judgement with low confidence because one ledger is all we have.
    /// ```
    /// ```note
    /// We make this judgement with low confidence. It is based on one ledger.
    /// ```
    /// ```note
    /// Traders have low confidence in the harbour bank.
    /// ```
    ///
    /// ## Limits
    /// The basis is known by words such as "because", "based on", "limited by".
    pub(super) static CONFIDENCE_WITHOUT_BASIS = Rule {
        code: "E504",
        name: "confidence-without-basis",
        family: Estimate,
        level: Information,
        strict: Warning,
        since: "0.1.0",
        check: check,
        messages: {
            no_basis(): "Confidence without a basis: nothing says what it rests on. Name sources, corroboration or gaps.",
        },
    };
}

fn check(context: &RuleContext<'_>, findings: &mut Findings) {
    for signal in estimates::judgement_signals(context, phrase::CONFIDENCE) {
        let basis = |sentence: u32| estimates::find_signal(context, sentence, phrase::BASIS).is_some();
        if !basis(signal.sentence) && !sourcing::next_in_block(context, signal.sentence).is_some_and(basis) {
            findings.add(&CONFIDENCE_WITHOUT_BASIS, signal.range, message::no_basis());
        }
    }
}
