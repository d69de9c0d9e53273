//! E509: an inference that stands among facts as if it were one.

use super::estimates;
use crate::analysis::facts::{Sourced, Zone};
use crate::lexicon::phrase;
use crate::rules::attribution::sourcing;
use crate::rules::{Findings, RuleContext, fixes};

crate::declare_rule! {
    /// Reports an inference in a section of facts that nobody is said to have drawn.
    ///
    /// ## Why
    /// Under "Key facts" a reader expects what was established. What somebody concluded belongs there only with the
    /// name of who concluded it, or marked as the author's judgement.
    ///
    /// ## Reported
    /// ```note
    /// # Key facts
    ///
    /// The order was apparently meant to empty the quay.
    ///               ^^^^^^^^^^
    /// The loss of the ferry led to the strike.
    ///                       ^^^^^^
    /// ```
    ///
    /// ## Accepted
    /// ```note
    /// # Key facts
    ///
    /// We judge that the loss of the ferry led to the strike.
    /// The loss of the ferry led to the strike, Warden Pell said. The path led to a pier.[^1]
    ///
    /// [^1]: Gate log.
    /// ```
    /// ```note
    /// # Key judgements
    ///
    /// The order was apparently meant to empty the quay.
    /// ```
    ///
    /// ## Limits
    /// Only under headings for facts ("Key facts", "Timeline"). Inferences are known by words such as "apparently",
    /// "clearly", "led to", "because of".
    pub(super) static JUDGEMENT_UNMARKED = Rule {
        code: "E509",
        name: "judgement-unmarked",
        family: Estimate,
        level: Hint,
        strict: Information,
        since: "0.2.0",
        check: check,
        messages: {
            unmarked(what): "Unmarked judgement \"{what}\": it reads like one more fact. Say who concludes it, or mark it as yours.",
        },
    };
}

const INFERS: crate::lexicon::phrase::PhraseKinds =
    phrase::INFERENCE.or(phrase::CERTAINTY).or(phrase::CAUSAL).or(phrase::INTENT);

fn check(context: &RuleContext<'_>, findings: &mut Findings) {
    let facts = context.facts;
    let mut last = None;
    for signal in facts.signals.iter().filter(|s| !s.quoted && s.kinds.has(INFERS)) {
        let sentence = signal.sentence;
        let marked = || estimates::is_judgement(context, sentence) || sourcing::has_speaker(context, sentence);
        let sourced = || facts.claim_of(sentence).is_some_and(|c| c.sourced != Sourced::None);
        if facts.zone_of(sentence) != Zone::Strict
            || last == Some(sentence)
            || marked()
            || sourced()
            || sourcing::is_cited(context, sentence)
        {
            continue;
        }
        last = Some(sentence);
        let what = sourcing::excerpt(context.text, signal.range);
        let finding = findings.add(&JUDGEMENT_UNMARKED, signal.range, message::unmarked(what));
        finding.score = 0.7;
        finding.fixes.extend(fixes::assessment(context, sentence));
    }
}
