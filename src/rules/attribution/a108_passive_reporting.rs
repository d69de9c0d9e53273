//! A108: hearsay, told so that nobody says it.

use super::sourcing;
use crate::analysis::facts::ClaimKind;
use crate::config::Level;
use crate::lexicon::phrase;
use crate::rules::{Findings, RuleContext, fixes};
use crate::text::TextRange;

crate::declare_rule! {
    /// Reports hearsay that hides who says it: "reportedly", "it is believed", "is said to".
    ///
    /// ## Why
    /// The passive and the adverb admit that somebody said it and keep back who. With a figure or an accusation it is a
    /// warning.
    ///
    /// ## Reported
    /// ```note
    /// The depot was reportedly emptied in May.
    ///               ^^^^^^^^^^
    /// ```
    /// ```note
    /// It is believed that the yard will close.
    /// ^^^^^^^^^^^^^^
    /// ```
    ///
    /// ## Accepted
    /// ```note
    /// The depot was emptied in May, the port authority said.
    /// ```
    /// ```note
    /// Prosecutors charged Dane Orr with fraud; he allegedly forged 40 permits.
    /// ```
    /// ```note
    /// "It is believed that the yard will close," Ada Pell said.
    /// ```
    ///
    /// ## Limits
    /// Accepted where a charge is named in the paragraph, where a source or a citation covers the sentence, and inside
    /// quotations.
    pub(super) static PASSIVE_REPORTING = Rule {
        code: "A108",
        name: "passive-reporting",
        family: Attribution,
        level: Information,
        strict: Warning,
        since: "0.1.0",
        check: check,
        messages: {
            hearsay(what): "Hearsay \"{what}\": it hides who says so. Name the source instead, or cite one.",
        },
        precedence: 70,
        answered_by_declaration: true,
        remedies: [Cite, AttributeInstead],
    };
}

/// A paragraph that names a charge may say "allegedly": the law asks for it.
const CHARGES: &[&str] =
    &["charged", "indict", "prosecutor", "convicted", "arraigned", "pleaded", "lawsuit", "complaint"];

fn check(context: &RuleContext<'_>, findings: &mut Findings) {
    let facts = context.facts;
    for signal in facts.signals.iter().filter(|s| s.kinds.has(phrase::PASSIVE.or(phrase::HEARSAY)) && !s.quoted) {
        if !sourcing::expects_source(context, signal.sentence)
            || sourcing::is_attributed(context, signal.sentence, signal.range)
            || sourcing::is_cited(context, signal.sentence)
            || charge_in_block(context, signal.sentence, signal.range)
        {
            continue;
        }
        let what = sourcing::excerpt(context.text, signal.range);
        let message = message::hearsay(what);
        let claim = facts.claim_of(signal.sentence);
        let grave = claim.is_some_and(|c| matches!(c.kind, ClaimKind::Statistic | ClaimKind::Allegation));
        let finding = findings.add(&PASSIVE_REPORTING, signal.range, message);
        let ask = " [by whom?]".to_owned();
        finding.fixes.push(fixes::inserting(context, "Insert \"[by whom?]\"", signal.range.end, ask));
        if grave && signal.kinds.has(phrase::HEARSAY) {
            finding.level = finding.level.max(Level::Warning);
        }
    }
}

fn charge_in_block(context: &RuleContext<'_>, sentence: u32, range: TextRange) -> bool {
    if !range.of(context.text).to_ascii_lowercase().contains("alleged") {
        return false;
    }
    let note = &context.facts.note;
    let Some(sentence) = note.sentences.get(sentence as usize) else { return false };
    let block = note.block_of(sentence);
    let lower = block.range.of(context.text).to_ascii_lowercase();
    CHARGES.iter().any(|word| lower.contains(word))
}
