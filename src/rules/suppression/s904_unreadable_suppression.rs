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
    };
}

/// Found where exceptions are read: see `suppress`.
fn check(_: &RuleContext<'_>, _: &mut Findings) {}
