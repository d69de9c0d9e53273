//! A105: a rank that nobody is said to have established.

use super::sourcing;
use crate::analysis::facts::ClaimKind;
use crate::config::Level;
use crate::rules::{Findings, RuleContext};

crate::declare_rule! {
    /// Reports a rank ("is the largest buyer") without a source.
    ///
    /// ## Why
    /// A rank rests on a list that somebody drew up by a measure of his own. Without both it cannot be checked.
    ///
    /// ## Reported
    /// ```note
    /// Norvik Shipping is the largest operator of dry docks in Tavria.
    ///                        ^^^^^^^^^^^^^^^^
    /// ```
    ///
    /// ## Accepted
    /// ```note
    /// Norvik Shipping is the largest operator of dry docks in Tavria, according to the port register.
    /// ```
    /// ```note
    /// Norvik Shipping is one of the largest operators of dry docks in Tavria.
    /// ```
    /// ```note
    /// Most of the docks closed last week.
    /// ```
    ///
    /// ## Limits
    /// Only ranks that the sentence is about: a form of "be" and a superlative.
    pub(super) static UNSOURCED_RANKING = Rule {
        code: "A105",
        name: "unsourced-ranking",
        family: Attribution,
        level: Information,
        strict: Warning,
        since: "0.1.0",
        check: check,
        messages: {
            unsourced(what, reason): "Unsourced ranking \"{what}\": {reason}. Say who ranks it and by what measure.",
        },
        precedence: 120,
        answered_by_declaration: true,
        remedies: [Cite, Attribute, Assess, Ask],
    };
}

fn check(context: &RuleContext<'_>, findings: &mut Findings) {
    for claim in sourcing::unsourced(context).filter(|c| c.kind == ClaimKind::Statistic && c.figure.is_none()) {
        let what = sourcing::excerpt(context.text, claim.span);
        let message = message::unsourced(what, sourcing::reason(claim));
        let finding = findings.add(&UNSOURCED_RANKING, claim.span, message);
        finding.score = claim.score;
        let hard = ["largest", "biggest"]
            .iter()
            .any(|word| claim.span.of(context.text).to_ascii_lowercase().starts_with(word));
        if !hard && finding.level == Level::Information {
            finding.level = Level::Hint;
        }
        sourcing::relate_nearest(context, claim, finding);
    }
}
