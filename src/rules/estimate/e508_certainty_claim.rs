//! E508: certainty by decree.

use super::estimates;
use crate::lexicon::{class, classes_of_small, phrase};
use crate::rules::attribution::sourcing;
use crate::rules::{Findings, RuleContext};
use crate::structure::{Token, TokenKind};
use crate::text::TextRange;

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
    /// ```note
    /// The council clearly seeks a quarrel.
    ///             ^^^^^^^
    /// ```
    ///
    /// ## Accepted
    /// ```note
    /// The pact is dead.
    /// ```
    /// ```note
    /// "The pact is undoubtedly dead," Ada Pell said.
    /// ```
    /// ```note
    /// The channel is clearly marked, and the pilot spoke clearly.
    /// ```
    ///
    /// ## Limits
    /// A hint. Silent where the word belongs to somebody's attributed words.
    pub(super) static CERTAINTY_CLAIM = Rule {
        code: "E508",
        name: "certainty-claim",
        family: Estimate,
        level: Hint,
        strict: Information,
        since: "0.1.0",
        check: check,
        messages: {
            certain(what): "Claim of certainty \"{what}\": nothing here proves it. Leave it out, or show what makes it certain.",
        },
    };
}

fn check(context: &RuleContext<'_>, findings: &mut Findings) {
    for signal in context.facts.signals.iter().filter(|s| !s.quoted && s.kinds.has(phrase::CERTAINTY)) {
        if sourcing::expects_source(context, signal.sentence)
            && !sourcing::is_attributed(context, signal.sentence, signal.range)
            && !tells_manner(context, signal.range)
        {
            let what = sourcing::excerpt(context.text, signal.range);
            findings.add(&CERTAINTY_CLAIM, signal.range, message::certain(what));
        }
    }
}

/// "Clearly marked", "spoke very clearly", "a matter of course": how something is done, not how sure it is.
fn tells_manner(context: &RuleContext<'_>, range: TextRange) -> bool {
    let (before, after) = estimates::neighbours(context, range);
    let lower = |token: Option<&Token>| token.map_or(String::new(), |t| t.text(context.text).to_ascii_lowercase());
    let (previous, next) = (lower(before), lower(after));
    match range.of(context.text).to_ascii_lowercase().as_str() {
        "of course" => previous == "matter",
        "clearly" | "obviously" => {
            let graded = ["more", "very", "most", "so", "as", "too", "less"].contains(&previous.as_str());
            let closes = after.is_some_and(|token| token.kind == TokenKind::Stop);
            graded || closes || classes_of_small(&previous).has(class::SEEN) || classes_of_small(&next).has(class::SEEN)
        }
        _ => false,
    }
}
