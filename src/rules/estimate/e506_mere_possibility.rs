//! E506: a judgement that says only that something is possible.

use super::estimates;
use crate::lexicon::phrase;
use crate::rules::attribution::sourcing;
use crate::rules::{Findings, RuleContext};

crate::declare_rule! {
    /// Reports a judgement that rests on mere possibility: "we cannot rule out".
    ///
    /// ## Why
    /// Nearly nothing can be ruled out. Such a sentence looks like a judgement and leaves the reader to make it (PHIA names it as the
    /// fault).
    ///
    /// ## Reported
    /// ```note
    /// We cannot rule out a strike.
    ///    ^^^^^^^^^^^^^^^
    /// ```
    ///
    /// ## Accepted
    /// ```note
    /// We assess that a strike is unlikely.
    /// ```
    /// ```note
    /// The gun can fire 40 km.
    /// ```
    /// ```note
    /// # Key judgements
    ///
    /// May was calm. The fleet could not leave Lusk.
    /// ```
    ///
    /// ## Limits
    /// "May", "might" and "could" are hints, because they also tell of permission and capability.
    pub(super) static MERE_POSSIBILITY = Rule {
        code: "E506",
        name: "mere-possibility",
        family: Estimate,
        level: Information,
        strict: Warning,
        since: "0.1.0",
        check: check,
        messages: {
            possible(what): "Mere possibility \"{what}\": almost anything is possible. Say how likely it is, in a term of the yardstick.",
        },
    };
}

fn check(context: &RuleContext<'_>, findings: &mut Findings) {
    let mut last = None;
    for signal in estimates::judgement_signals(context, phrase::POSSIBILITY) {
        let scaled = estimates::is_estimated(context, signal.sentence);
        let (_, after) = estimates::neighbours(context, signal.range);
        // "May was calm" is the month, and "could not leave" tells what did not happen.
        let other = signal.range.of(context.text) == "May" || after.is_some_and(|t| t.text(context.text) == "not");
        if scaled || other || last == Some(signal.sentence) {
            continue;
        }
        last = Some(signal.sentence);
        let what = sourcing::excerpt(context.text, signal.range);
        let finding = findings.add(&MERE_POSSIBILITY, signal.range, message::possible(&what));
        if !what.contains(' ') {
            finding.score = 0.5;
        }
    }
}
