//! S902: an exception that excuses nothing.

use crate::rules::{Findings, RuleContext};

crate::declare_rule! {
    /// Reports an exception where the excused rule finds nothing.
    ///
    /// ## Why
    /// The sentence was mended or moved, and what is left behind would hide the next fault.
    ///
    /// ## Reported
    /// ```note
    /// %% whosaid: ignore C302 reason="label comes from the template" %%
    ///                    ^^^^
    ///
    /// The rain stopped.[^1]
    ///
    /// [^1]: Harbor Daily, 2 May 2031.
    /// ```
    ///
    /// ## Accepted
    /// ```note
    /// %% whosaid: ignore C302 reason="label comes from the template" %%
    ///
    /// The rain stopped.[^weather]
    /// ```
    ///
    /// ## Limits
    /// Says nothing about rules that are switched off for the note.
    pub(in crate::rules) static UNUSED_SUPPRESSION = Rule {
        code: "S902",
        name: "unused-suppression",
        family: Suppression,
        level: Information,
        strict: Warning,
        since: "0.1.0",
        check: check,
        messages: {
            one_rule(code): "Unused exception: {code} finds nothing here any more. Delete it.",
            all_rules(): "Unused exception: no rule finds anything here any more. Delete it.",
            by_path(): "Unused exception: no note that fits it has such a finding. Delete it, or correct its paths.",
        },
    };
}

/// Found once all exceptions have been applied: see `suppress`.
fn check(_: &RuleContext<'_>, _: &mut Findings) {}
