//! A103: wrongdoing put on a named party as a fact.

use super::sourcing;
use crate::analysis::facts::{ClaimKind, EntityKind};
use crate::config::Level;
use crate::rules::{Findings, RuleContext};

crate::declare_rule! {
    /// Reports wrongdoing that is put on a named party as a fact, without a source.
    ///
    /// ## Why
    /// An accusation in the author's own voice is unfair to the accused and a risk for the publisher. Who accuses, and on
    /// what ground, belongs in the sentence. A named person makes it an error.
    ///
    /// ## Reported
    /// ```note
    /// Norvik Shipping smuggled drone engines through Port Sarn.
    ///                 ^^^^^^^^
    /// ```
    ///
    /// ## Accepted
    /// ```note
    /// Prosecutors allege that Norvik Shipping smuggled drone engines through Port Sarn.
    /// ```
    /// ```note
    /// Norvik Shipping denied smuggling drone engines.
    /// ```
    /// ```note
    /// The ministry runs an anti-smuggling unit.
    /// ```
    ///
    /// ## Limits
    /// Only verbs that name a wrong are known, as the main verb of a named party, and their nouns in its possession
    /// ("Norvik's bribery of inspectors"). Acts of war are events (A104).
    pub(super) static UNSOURCED_ALLEGATION = Rule {
        code: "A103",
        name: "unsourced-allegation",
        family: Attribution,
        level: Warning,
        strict: Error,
        since: "0.1.0",
        check: check,
        messages: {
            unsourced(who, reason): "Unsourced allegation against {who}: {reason}. Attribute it or cite a source.",
        },
        precedence: 20,
        answered_by_declaration: true,
        in_light_profile: true,
        remedies: [Cite, Attribute, Assess, Ask],
    };
}

fn check(context: &RuleContext<'_>, findings: &mut Findings) {
    for claim in sourcing::unsourced(context).filter(|c| c.kind == ClaimKind::Allegation) {
        let party = claim.party.and_then(|at| context.facts.mentions.get(at as usize));
        let who = party.map_or_else(|| "a named party".to_owned(), |m| sourcing::excerpt(context.text, m.range));
        let message = message::unsourced(who, sourcing::reason(claim));
        let finding = findings.add(&UNSOURCED_ALLEGATION, claim.span, message);
        finding.score = claim.score;
        if party.is_some_and(|m| m.kind == EntityKind::Person) && finding.level == Level::Warning {
            finding.level = Level::Error;
        }
        sourcing::relate_nearest(context, claim, finding);
    }
}
