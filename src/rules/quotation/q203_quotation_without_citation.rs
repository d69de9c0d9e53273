//! Q203: a quotation that cannot be looked up.

use crate::analysis::facts::QuotationClass;
use crate::rules::attribution::sourcing;
use crate::rules::{Findings, RuleContext};
use crate::structure::MarkerKind;

crate::declare_rule! {
    /// Reports a quotation with a speaker but without a citation, in a note that cites.
    ///
    /// ## Why
    /// Words in quotation marks can be checked letter by letter, if it is said where they stand.
    ///
    /// ## Reported
    /// ```note
    /// The port was closed.[^1] "The gates stay shut until spring," Ada Pell said.
    ///                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    ///
    /// [^1]: Harbor Daily, 2 May 2031.
    /// ```
    ///
    /// ## Accepted
    /// ```note
    /// "The gates stay shut until spring," Ada Pell said.[^1]
    ///
    /// [^1]: Harbor Daily, 2 May 2031.
    /// ```
    /// ```note
    /// "The gates stay shut until spring," Ada Pell said.
    /// ```
    ///
    /// ## Limits
    /// A hint: silent in notes that cite nothing at all.
    pub(super) static QUOTATION_WITHOUT_CITATION = Rule {
        code: "Q203",
        name: "quote-without-citation",
        family: Quotation,
        level: Hint,
        strict: Warning,
        since: "0.1.0",
        check: check,
        messages: {
            uncited(): "Uncited quotation: it has a speaker but no citation. Cite where it was said or printed.",
        },
        answered_by_declaration: true,
        remedies: [Cite],
    };
}

fn check(context: &RuleContext<'_>, findings: &mut Findings) {
    let facts = context.facts;
    let cites = facts.note.markers.iter().any(|marker| {
        use MarkerKind::{CitationKey, FootnoteReference, InlineFootnote};
        matches!(marker.kind, CitationKey { .. } | FootnoteReference { .. } | InlineFootnote { .. })
    });
    if !cites {
        return;
    }
    for quotation in &facts.quotations {
        let speech = quotation.class == QuotationClass::Speech && quotation.closed && quotation.attribution.is_some();
        let long = quotation.inner.of(context.text).split_whitespace().count() >= 5;
        let Some(sentence) = facts.note.sentence_at(quotation.range.start).filter(|_| speech && long) else { continue };
        let last = facts.note.sentence_at(quotation.range.end).unwrap_or(sentence) as u32;
        let sentence = sentence as u32;
        if !sourcing::expects_source(context, sentence) || (sentence..=last).any(|at| sourcing::is_cited(context, at)) {
            continue;
        }
        let range = sourcing::head_of_quotation(context.text, quotation.range);
        findings.add(&QUOTATION_WITHOUT_CITATION, range, message::uncited());
    }
}
