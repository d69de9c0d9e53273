//! A101: a figure that nobody is said to have counted.

use super::{Findings, RuleContext, sourcing};
use crate::analysis::facts::ClaimKind;

crate::declare_rule! {
    /// Reports a figure without a source.
    ///
    /// ## Why
    /// Somebody counted it, and a reader can weigh a number only by who did. News desks ask for the source in the same
    /// sentence; a source named further up does not govern a figure that the author adds.
    ///
    /// ## Reported
    /// ```note
    /// The port handled 38 million tonnes in 2030.
    ///                  ^^^^^^^^^^^^^^^^^
    /// ```
    /// ```note
    /// Meridia imported 412,000 tonnes of coking coal in 2031.
    ///                  ^^^^^^^^^^^^^^
    /// ```
    ///
    /// ## Accepted
    /// ```note
    /// The port handled 38 million tonnes in 2030, the harbour authority said.
    /// ```
    /// ```note
    /// The port handled 38 million tonnes in 2030.[^1]
    ///
    /// [^1]: Harbour authority, yearbook 2031.
    /// ```
    /// ```note
    /// The five-year plan names three priorities, and Article 5 names two more.
    /// ```
    /// ```note
    /// The K-12 howitzer and two MT-LB carriers were parked near Route 7.
    /// ```
    /// ```note
    /// We estimate that the yard can build 4–6 hulls a year (see Methodology).
    /// ```
    /// ```note
    /// //- /sources/register.md
    /// ---
    /// type: source
    /// title: Port register
    /// ---
    /// Numbers.
    /// //- /note.md
    /// The port handled 38 million tonnes in 2030 ([[register]]).
    /// ```
    ///
    /// ## Limits
    /// Years, dates, ages, spans of time, distances, designators and small enumerations are no figures here. Figures
    /// under headings such as "References" are not looked at.
    pub(super) static UNSOURCED_STATISTIC = Rule { code: "A101", name: "unsourced-statistic", level: Warning, strict: Error, since: "0.1.0", check: check };
}

fn check(context: &RuleContext<'_>, findings: &mut Findings) {
    for claim in sourcing::unsourced(context) {
        let Some(figure) = claim.figure.as_ref().filter(|f| !f.casualty) else { continue };
        if claim.kind != ClaimKind::Statistic {
            continue;
        }
        let what = sourcing::shown(context.text, figure.range);
        let why = sourcing::why(claim);
        let message = format!("Figure \"{what}\" has no source: {why}. Say who counted it, or cite.");
        let finding = findings.add(&UNSOURCED_STATISTIC, claim.span, message);
        finding.score = claim.score;
        sourcing::relate(context, claim, finding);
    }
}
