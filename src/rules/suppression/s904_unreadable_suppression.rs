//! S904: an exception that cannot be read, or that is never closed.

use crate::rules::{Findings, RuleContext};

crate::declare_rule! {
    /// Reports an exception that cannot be read, and an `off` without `on`.
    ///
    /// ## Why
    /// What cannot be read excuses nothing; what is never closed excuses the rest of the note by accident.
    ///
    /// ## Reported
    /// ```note
    /// %% whosaid: ingore C302 %%
    ///             ^^^^^^
    ///
    /// The rain stopped.
    /// ```
    /// ```note
    /// %% whosaid: off C302 %%
    ///                 ^^^^
    ///
    /// The rain stopped.[^weather]
    /// ```
    ///
    /// ## Accepted
    /// ```note
    /// %% whosaid: off C302 %%
    ///
    /// The rain stopped.[^weather]
    ///
    /// %% whosaid: on C302 %%
    /// ```
    /// ```note
    /// %% whosaid: ignore-file C302 %%
    ///
    /// The rain stopped.[^weather]
    ///
    /// ## Gate
    ///
    /// %% whosaid: ignore-section C303, C304 reason="the template's own" %%
    ///
    /// The gate is old.
    ///
    /// [^7]: TODO
    /// ```
    ///
    /// ## Limits
    /// A comment that does not begin with `whosaid:` is never read.
    pub(in crate::rules) static UNREADABLE_SUPPRESSION = Rule {
        code: "S904",
        name: "unreadable-suppression",
        family: Suppression,
        level: Warning,
        strict: Warning,
        since: "0.1.0",
        check: check,
        messages: {
            no_verb(): "Unreadable exception: write `ignore`, `ignore-section`, `ignore-file`, `off` or `on` after `whosaid:`.",
            near_verb(verb, near): "Unreadable exception: `{verb}` cannot stand after `whosaid:`. Did you mean `{near}`?",
            bad_date(): "Unreadable exception: this is no date. Write it as in `until=2031-05-01`.",
            unknown_key(): "Unreadable exception: only `reason=\"…\"` and `until=…` can stand here. Correct the word.",
            unclosed(): "Unclosed exception: nothing ends it. Write `whosaid: on` where it ends, or `ignore-file` for the note.",
        },
    };
}

/// Found where exceptions are read: see `suppress`.
fn check(_: &RuleContext<'_>, _: &mut Findings) {}
