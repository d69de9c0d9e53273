//! Q204: a quotation mark that is never closed.

use crate::rules::{Findings, RuleContext};
use crate::text::TextRange;

crate::declare_rule! {
    /// Reports an opening quotation mark without its partner.
    ///
    /// ## Why
    /// Nobody can tell where the speaker's words end and the author's begin.
    ///
    /// ## Reported
    /// ```note
    /// Pell said "the gates stay shut and left.
    ///           ^
    /// ```
    ///
    /// ## Accepted
    /// ```note
    /// Pell said "the gates stay shut" and left.
    /// ```
    /// ```note
    /// "The gates stay shut," Pell said. "We opened them once.
    ///
    /// "Nobody came."
    /// ```
    ///
    /// ## Limits
    /// A quotation may run over paragraphs if each begins with a mark; a closing mark without an opening one is not
    /// reported.
    pub(super) static UNBALANCED_QUOTE = Rule {
        code: "Q204",
        name: "unbalanced-quote",
        family: Quotation,
        level: Warning,
        strict: Warning,
        since: "0.1.0",
        check: check,
        messages: {
            unclosed(): "Unclosed quotation: no closing mark follows in this paragraph. Add it where the speaker's words end.",
        },
    };
}

fn check(context: &RuleContext<'_>, findings: &mut Findings) {
    for quotation in context.facts.quotations.iter().filter(|q| !q.closed) {
        let mark = TextRange::new(quotation.range.start, quotation.inner.start);
        findings.add(&UNBALANCED_QUOTE, mark, message::unclosed());
    }
}
