//! A106: what a state or a leader wants, known to nobody.

use super::sourcing;
use crate::analysis::facts::{EntityKind, Genre};
use crate::lexicon::phrase;
use crate::rules::{Findings, RuleContext, fixes};

crate::declare_rule! {
    /// Reports a motive that is put on a state or a leader as a fact: "wants to", "hopes to".
    ///
    /// ## Why
    /// Nobody sees what others want. Either somebody said so, or it is a judgement and should be marked as one.
    ///
    /// ## Reported
    /// ```note
    /// Nadim Haddad hopes to outlast the embargo.
    ///              ^^^^^^^^
    /// ```
    ///
    /// ## Accepted
    /// ```note
    /// We judge that Nadim Haddad hopes to outlast the embargo.
    /// ```
    /// ```note
    /// Nadim Haddad hopes to outlast the embargo, the harbour authority said.
    /// ```
    ///
    /// ## Limits
    /// A hint, because plans that were announced read the same. Silent in opinions.
    pub(super) static UNSOURCED_MOTIVE = Rule {
        code: "A106",
        name: "unsourced-motive",
        family: Attribution,
        level: Hint,
        strict: Information,
        since: "0.1.0",
        check: check,
        messages: {
            unsourced(who): "Unsourced motive of {who}: nothing says how it is known. Attribute it, or mark it as your judgement.",
        },
        precedence: 130,
        answered_by_declaration: true,
        remedies: [Cite, Attribute, Ask],
    };
}

fn check(context: &RuleContext<'_>, findings: &mut Findings) {
    let facts = context.facts;
    for signal in facts.signals.iter().filter(|s| s.kinds.has(phrase::INTENT) && !s.quoted) {
        let opinion = facts.item_of(signal.sentence).is_some_and(|item| item.genre == Genre::Opinion);
        let own = facts.signals_of(signal.sentence).iter().any(|s| s.kinds.has(phrase::OWN));
        let sourced = sourcing::attributions_of(context, signal.sentence).any(|a| a.strong);
        if opinion || own || sourced || !sourcing::expects_source(context, signal.sentence) {
            continue;
        }
        // The actor stands right before the verb, with at most an adverb between.
        let before = facts.mentions.partition_point(|m| m.range.end <= signal.range.start);
        let actor = before.checked_sub(1).and_then(|at| facts.mentions.get(at)).filter(|m| {
            matches!(m.kind, EntityKind::Place | EntityKind::Org | EntityKind::Person)
                && signal.range.start - m.range.end <= 12
        });
        let Some(actor) = actor.map(|m| m.range).or_else(|| sourcing::unknown_name_before(context, signal.range.start))
        else {
            continue;
        };
        if sourcing::is_cited(context, signal.sentence) {
            continue;
        }
        let who = sourcing::excerpt(context.text, actor);
        let message = message::unsourced(who);
        let finding = findings.add(&UNSOURCED_MOTIVE, signal.range, message);
        finding.fixes.extend(fixes::assessment(context, signal.sentence));
    }
}
