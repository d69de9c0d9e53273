//! E503: terms of two yardsticks, or of two rows of one, in one document.

use super::estimates::{self, Used, Yardstick};
use crate::config::Level;
use crate::lexicon::estimative::{self, Rows, Scale, row};
use crate::rules::{Findings, Related, RuleContext};

crate::declare_rule! {
    /// Reports terms of two yardsticks, or of both rows of ICD 203, in one document.
    ///
    /// ## Why
    /// ICD 203 has two rows of terms for the same bands. A reader who meets both looks for a difference that is not there.
    /// "Highly likely" (PHIA) beside "very likely" (ICD 203) is worse: their bands differ.
    ///
    /// ## Reported
    /// ```note
    /// We assess that closure is very likely. We judge that a strike is nearly certain.
    ///                                                                  ^^^^^^^^^^^^^^
    /// ```
    /// ```note
    /// We assess that closure is very likely. We judge that a strike is highly likely.
    ///                                                                  ^^^^^^^^^^^^^
    /// ```
    ///
    /// ## Accepted
    /// ```note
    /// We assess that closure is very likely. We judge that a strike is almost certain.
    /// ```
    /// ```note
    /// We assess that closure is likely. We judge that a landing on the remote islands is unlikely. The
    /// probable cause, we assess, was a leak.
    /// ```
    ///
    /// ## Limits
    /// Counted in the author's judgements only; the first term of the rarer row, or of the other yardstick than
    /// `scale` names, is marked. A term that both have is of neither side.
    pub(super) static MIXED_SCALE_ROWS = Rule {
        code: "E503",
        name: "mixed-scale-rows",
        family: Estimate,
        level: Information,
        strict: Warning,
        since: "0.1.0",
        check: check,
        messages: {
            yardsticks(foreign, theirs, own, ours): "Mixed yardsticks: \"{foreign}\" is from {theirs}, \"{own}\" from {ours}. Use one of them.",
            rows(rare, common): "Mixed rows: \"{rare}\" and \"{common}\" are from different rows of the yardstick. Use one row throughout.",
        },
    };
}

fn check(context: &RuleContext<'_>, findings: &mut Findings) {
    let Some(scale) = Yardstick::of(context.config) else { return };
    let terms = estimates::terms(context);
    if let Some((foreign, own)) = estimates::two_yardsticks(&terms, scale) {
        let theirs = estimative::scales_of(&foreign.words).next().map_or("another yardstick", Scale::title);
        let message = message::yardsticks(&foreign.words, theirs, &own.words, scale.title());
        let finding = findings.add(&MIXED_SCALE_ROWS, foreign.range, message);
        finding.level = finding.level.max(Level::Warning);
        finding.related.push(related(context, own, "A term of the other yardstick."));
    }
    if matches!(scale, Yardstick::Known(Scale::Icd203)) {
        two_rows(context, &terms, findings);
    }
}

/// The first term of the rarer row of ICD 203, where both are used.
fn two_rows(context: &RuleContext<'_>, terms: &[Used], findings: &mut Findings) {
    let only = |row: Rows, other: Rows| terms.iter().filter(move |t| t.rows.has(row) && !t.rows.has(other));
    let (first, second) = (only(row::ICD_A, row::ICD_B), only(row::ICD_B, row::ICD_A));
    let second_is_rarer = second.clone().count() <= first.clone().count();
    let (Some(one), Some(other)) = (first.clone().next(), second.clone().next()) else { return };
    let (rare, common) = if second_is_rarer { (other, one) } else { (one, other) };
    let message = message::rows(&rare.words, &common.words);
    let finding = findings.add(&MIXED_SCALE_ROWS, rare.range, message);
    finding.related.push(related(context, common, "A term of the other row."));
}

fn related(context: &RuleContext<'_>, used: &Used, message: &str) -> Related {
    Related { file: context.file, range: used.range, message: message.to_owned() }
}
