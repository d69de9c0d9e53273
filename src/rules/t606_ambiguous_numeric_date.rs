//! T606: 4/5/2031 is two days.

use super::{Findings, RuleContext};
use crate::structure::{Token, TokenKind};

crate::declare_rule! {
    /// Reports a date in numbers that can be read in two ways.
    ///
    /// ## Why
    /// 4/5/2031 is 4 May in London and 5 April in Washington.
    ///
    /// ## Reported
    /// ```note
    /// The deal was signed on 4/5/2031.
    ///                        ^^^^^^^^
    /// ```
    ///
    /// ## Accepted
    /// ```note
    /// The deal was signed on 2031-05-04, and the annex on 14/5/2031.
    /// ```
    ///
    /// ## Limits
    /// Dates with a slash and a year only; equal day and month are one day.
    pub(super) static AMBIGUOUS_NUMERIC_DATE = Rule { code: "T606", name: "ambiguous-numeric-date", level: Warning, strict: Warning, since: "0.1.0", check: check };
}

fn check(context: &RuleContext<'_>, findings: &mut Findings) {
    for sentence in &context.facts.note.sentences {
        for window in context.facts.note.tokens_of(sentence).windows(5) {
            let [a, slash, b, second, year] = window else { continue };
            let text = |t: &Token| t.text(context.text);
            let number = |t: &Token, most: u32| {
                t.kind == TokenKind::Number && text(t).parse::<u32>().is_ok_and(|n| (1..=most).contains(&n))
            };
            let slashed = text(slash) == "/"
                && text(second) == "/"
                && !slash.spaced
                && !b.spaced
                && !second.spaced
                && !year.spaced;
            let years = year.range.len() == 4 || year.range.len() == 2;
            if slashed && years && number(a, 12) && number(b, 12) && number(year, 2999) && text(a) != text(b) {
                let range = a.range.cover(year.range);
                findings.add(
                    &AMBIGUOUS_NUMERIC_DATE,
                    range,
                    "Day and month can be swapped. Write the date as 2031-05-04.",
                );
            }
        }
    }
}
