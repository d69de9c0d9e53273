//! A104: an event that nobody is said to have seen.

use super::sourcing;
use crate::analysis::facts::{ClaimKind, Zone};
use crate::config::Level;
use crate::rules::{Findings, RuleContext};

crate::declare_rule! {
    /// Reports a specific event that is told as a fact, without a source.
    ///
    /// ## Why
    /// Who did what, where and when can be checked, and somebody saw it. In finished copy under a dateline, an outlet's
    /// byline or a source line the paper stands behind it; in a note or an analysis nobody does until the author says who.
    ///
    /// ## Reported
    /// ```note
    /// On 12 March 2031 Minister Nadim Haddad met the Tavrian envoys in Lusk.
    ///                                        ^^^
    /// ```
    ///
    /// ## Accepted
    /// ```note
    /// On 12 March 2031 Minister Nadim Haddad met the Tavrian envoys in Lusk, the ministry said.
    /// ```
    /// ```note
    /// LUSK, March 12 (AP) — Minister Nadim Haddad met the Tavrian envoys on Tuesday.
    /// ```
    /// ```note
    /// We met Nadim Haddad in Lusk on 12 March 2031.
    /// ```
    ///
    /// ## Limits
    /// The verb has to be past or perfect, and the sentence has to name an actor and a date or a second name. Silent
    /// under an agency's dateline, a hint in other finished copy, silent under headings for the author's judgement.
    pub(super) static UNSOURCED_EVENT = Rule {
        code: "A104",
        name: "unsourced-event",
        family: Attribution,
        level: Information,
        strict: Information,
        since: "0.1.0",
        check: check,
        messages: {
            unsourced(reason): "Unsourced event: {reason}. Attribute it or cite a source.",
        },
        precedence: 110,
        answered_by_declaration: true,
        remedies: [Cite, Attribute, Ask],
    };
}

fn check(context: &RuleContext<'_>, findings: &mut Findings) {
    for claim in sourcing::unsourced(context).filter(|c| c.kind == ClaimKind::Event) {
        let zone = context.facts.zone_of(claim.sentence);
        let agency = context.facts.item_of(claim.sentence).is_some_and(|item| item.agency);
        if zone == Zone::OwnVoice || agency {
            continue;
        }
        let message = message::unsourced(sourcing::reason(claim));
        let finding = findings.add(&UNSOURCED_EVENT, claim.span, message);
        finding.score = claim.score;
        if zone == Zone::Strict {
            finding.level = finding.level.max(Level::Warning);
        } else if sourcing::is_news(context, claim.sentence) {
            finding.level = Level::Hint;
        }
        sourcing::relate_nearest(context, claim, finding);
    }
}
