//! E503: terms of two yardsticks in one document.

use super::{Findings, Related, RuleContext, estimates, sourcing};
use crate::analysis::facts::Signal;
use crate::lexicon::claims::{Classes, phrase};

crate::declare_rule! {
    /// Reports terms of two rows of the yardstick in one document.
    ///
    /// ## Why
    /// ICD 203 has two rows of terms for the same bands. A reader who meets both looks for a difference that is not there.
    ///
    /// ## Reported
    /// ```note
    /// We assess that closure is very likely. We judge that a strike is nearly certain.
    ///                                                                  ^^^^^^^^^^^^^^
    /// ```
    ///
    /// ## Accepted
    /// ```note
    /// We assess that closure is very likely. We judge that a strike is almost certain.
    /// ```
    ///
    /// ## Limits
    /// Counted in the author's judgements only; the first term of the rarer row is marked.
    pub(super) static MIXED_SCALE_ROWS = Rule { code: "E503", name: "mixed-scale-rows", level: Information, strict: Warning, since: "0.1.0", check: check };
}

fn check(context: &RuleContext<'_>, findings: &mut Findings) {
    let only = |s: &&Signal, row: Classes, other: Classes| s.kinds.has(row) && !s.kinds.has(other);
    let first: Vec<&Signal> =
        estimates::judged(context, phrase::SCALE_A).filter(|s| only(s, phrase::SCALE_A, phrase::SCALE_B)).collect();
    let second: Vec<&Signal> =
        estimates::judged(context, phrase::SCALE_B).filter(|s| only(s, phrase::SCALE_B, phrase::SCALE_A)).collect();
    let (Some(one), Some(other)) = (first.first(), second.first()) else { return };
    let (rare, common) = if second.len() <= first.len() { (other, one) } else { (one, other) };
    let what = sourcing::shown(context.text, rare.range);
    let with = sourcing::shown(context.text, common.range);
    let message = format!("\"{what}\" is of another row of the yardstick than \"{with}\". Use one row throughout.");
    let finding = findings.add(&MIXED_SCALE_ROWS, rare.range, message);
    let related = Related { file: context.file, range: common.range, message: "A term of the other row.".to_owned() };
    finding.related.push(related);
}
