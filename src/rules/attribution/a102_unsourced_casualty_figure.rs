//! A102: dead, wounded, missing or captured, counted by nobody.

use super::sourcing;
use crate::rules::{Findings, RuleContext};

crate::declare_rule! {
    /// Reports a number of dead, wounded, missing or captured without a source.
    ///
    /// ## Why
    /// Such numbers are contested by nature, change by the hour, and are what readers quote. Whoever counted belongs in
    /// the sentence, with the day of the count.
    ///
    /// ## Reported
    /// ```note
    /// At least 14 people died when the ferry capsized.
    ///          ^^^^^^^^^
    /// ```
    /// ```note
    /// The shelling killed 19 people.
    ///                     ^^^^^^^^^
    /// ```
    ///
    /// ## Accepted
    /// ```note
    /// At least 14 people died when the ferry capsized, the coastguard said on 3 May 2031.
    /// ```
    /// ```note
    /// The vote killed 14 bills.
    /// ```
    ///
    /// ## Limits
    /// The word for the loss has to stand near the number.
    pub(super) static UNSOURCED_CASUALTY_FIGURE = Rule {
        code: "A102",
        name: "unsourced-casualty-figure",
        family: Attribution,
        level: Error,
        strict: Error,
        since: "0.1.0",
        check: check,
        messages: {
            unsourced(what, reason): "Unsourced casualty figure \"{what}\": {reason}. Say who counted, and when.",
        },
        precedence: 10,
        answered_by_declaration: true,
        remedies: [Cite, Attribute, Ask],
    };
}

fn check(context: &RuleContext<'_>, findings: &mut Findings) {
    for claim in sourcing::unsourced(context) {
        let Some(figure) = claim.figure.as_ref().filter(|f| f.casualty) else { continue };
        let what = sourcing::excerpt(context.text, figure.range);
        let message = message::unsourced(what, sourcing::reason(claim));
        let finding = findings.add(&UNSOURCED_CASUALTY_FIGURE, claim.span, message);
        finding.score = claim.score;
        sourcing::relate_nearest(context, claim, finding);
    }
}
