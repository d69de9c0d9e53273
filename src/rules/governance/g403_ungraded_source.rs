//! G403: a cited source without a grade, where the house asks for one.

use super::cited;
use crate::rules::{Findings, RuleContext};

crate::declare_rule! {
    /// Reports a cited source without a grade, where `required = true` under `[grading]` in whosaid.toml asks for one.
    ///
    /// ## Why
    /// A reader who weighs a claim must know how far its source is trusted; what was never graded looks like the best.
    ///
    /// ## Reported
    /// ```note
    /// //- /whosaid.toml
    /// [grading]
    /// required = true
    /// //- /sources/hd0320.md
    /// ---
    /// type: source
    /// citekey: hd0320
    /// publisher: Harbor Daily
    /// ---
    /// //- /note.md
    /// Norvik has denied the sale [@hd0320].
    ///                              ^^^^^^
    /// ```
    ///
    /// ## Accepted
    /// ```note
    /// //- /whosaid.toml
    /// [grading]
    /// required = true
    /// //- /sources/hd0320.md
    /// ---
    /// type: source
    /// citekey: hd0320
    /// publisher: Harbor Daily
    /// reliability: B
    /// credibility: 2
    /// ---
    /// //- /note.md
    /// Norvik has denied the sale [@hd0320]. The gate is open ([log](https://gatelog.example/12)).
    /// ```
    ///
    /// ## Limits
    /// Only sources with a key or a note of their own are asked for. Whether a grade is well-formed is for G404.
    pub(super) static UNGRADED_SOURCE = Rule {
        code: "G403",
        name: "source-grade-missing",
        family: Governance,
        level: Warning,
        strict: Warning,
        since: "0.1.0",
        check: check,
        messages: {
            ungraded(source): "Ungraded source: {source} has no grade. Add `reliability` and `credibility` to its note.",
        },
    };
}

fn check(context: &RuleContext<'_>, findings: &mut Findings) {
    if !context.config.grading.required {
        return;
    }
    for cited in cited::of_note(context).iter().filter(|cited| cited.key.is_some() && !cited.graded) {
        let after = context.text.get(cited.range.end as usize..).unwrap_or("");
        // `[@hd0320] [B2]`: graded where it is used.
        let inline = after.trim_start_matches([']', ' ', ')', '.']).strip_prefix('[').unwrap_or("").as_bytes();
        if !matches!(inline, [b'A'..=b'F', b'1'..=b'6', b']', ..]) {
            findings.add(&UNGRADED_SOURCE, cited.range, message::ungraded(cited.shown()));
        }
    }
}
