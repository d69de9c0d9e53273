//! E501: a likelihood in words of which nobody knows the size.

use super::{Findings, RuleContext, estimates, sourcing};
use crate::lexicon::claims::phrase;

crate::declare_rule! {
    /// Reports a word of likelihood that is on no yardstick, in the author's own judgement.
    ///
    /// ## Why
    /// "A good chance" is 40 % to one reader and 90 % to the next. The terms of a yardstick have agreed bands.
    ///
    /// ## Reported
    /// ```note
    /// We assess that there is a good chance that the strait closes.
    ///                         ^^^^^^^^^^^^^
    /// ```
    ///
    /// ## Accepted
    /// ```note
    /// We assess that it is likely that the strait closes.
    /// ```
    /// ```note
    /// Remove the valve as soon as possible.
    /// ```
    ///
    /// ## Limits
    /// Only sentences that are marked as the author's judgement, or that stand under a heading such as "Key judgements".
    pub(super) static OFF_YARDSTICK = Rule { code: "E501", name: "off-yardstick", level: Information, strict: Warning, since: "0.1.0", check: check };
}

fn check(context: &RuleContext<'_>, findings: &mut Findings) {
    for signal in estimates::judged(context, phrase::OFF_SCALE) {
        let what = sourcing::shown(context.text, signal.range);
        let message = format!("\"{what}\" has no agreed size. Use a term of the yardstick: {}.", near(&what));
        findings.add(&OFF_YARDSTICK, signal.range, message);
    }
}

/// The terms of ICD 203 that come nearest, with their bands: an offer, never a replacement.
fn near(words: &str) -> &'static str {
    let words = words.to_ascii_lowercase();
    let any = |list: &[&str]| list.iter().any(|w| words.contains(w));
    if any(&["inevitab", "sure", "certain", "bound", "destined"]) {
        "almost certain (95-99 %)"
    } else if any(&["extremely unlikely", "long shot", "slim"]) {
        "very unlikely (5-20 %)"
    } else if any(&["doubtful", "less likely"]) {
        "unlikely (20-45 %)"
    } else if any(&["most", "strong", "every", "increasingly", "more than", "quite likely"]) {
        "likely (55-80 %), very likely (80-95 %)"
    } else {
        "roughly even chance (45-55 %), likely (55-80 %)"
    }
}
