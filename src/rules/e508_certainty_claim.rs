//! E508: certainty by decree.

use super::{Findings, RuleContext, sourcing};
use crate::lexicon::claims::phrase;

crate::declare_rule! {
    /// Reports words that claim certainty instead of showing it: "undoubtedly", "of course".
    ///
    /// ## Why
    /// What is certain needs no such word, and what is contested is not settled by it.
    ///
    /// ## Reported
    /// ```note
    /// The pact is undoubtedly dead.
    ///             ^^^^^^^^^^^
    /// ```
    ///
    /// ## Accepted
    /// ```note
    /// The pact is dead.
    /// ```
    /// ```note
    /// "The pact is undoubtedly dead," Ada Pell said.
    /// ```
    ///
    /// ## Limits
    /// A hint. Silent where the word belongs to somebody's attributed words.
    pub(super) static CERTAINTY_CLAIM = Rule { code: "E508", name: "certainty-claim", level: Hint, strict: Information, since: "0.1.0", check: check };
}

fn check(context: &RuleContext<'_>, findings: &mut Findings) {
    for signal in context.facts.signals.iter().filter(|s| !s.quoted && s.kinds.has(phrase::CERTAINTY)) {
        if sourcing::is_judged(context, signal.sentence)
            && !sourcing::is_attributed(context, signal.sentence, signal.range)
        {
            let what = sourcing::shown(context.text, signal.range);
            let message = format!("\"{what}\" claims certainty. Leave it out, or show what makes it certain.");
            findings.add(&CERTAINTY_CLAIM, signal.range, message);
        }
    }
}
