//! S901: an exception names a rule that does not exist.

use crate::rules::{Findings, RuleContext};

crate::declare_rule! {
    /// Reports an exception for a rule that does not exist.
    ///
    /// ## Why
    /// A misspelt code excuses nothing, and the writer believes that it does.
    ///
    /// ## Reported
    /// ```note
    /// %% whosaid: ignore S9O2 %%
    ///                    ^^^^
    ///
    /// The rain stopped.
    /// ```
    ///
    /// ## Accepted
    /// ```note
    /// %% whosaid: ignore unused-suppression %%
    ///
    /// The rain stopped.
    /// ```
    /// ```note
    /// %% ask Ada about S9O2 %%
    ///
    /// The rain stopped.
    /// ```
    ///
    /// ## Limits
    /// Rules of a newer version are unknown to an older one.
    pub(in crate::rules) static UNKNOWN_RULE = Rule {
        code: "S901",
        name: "unknown-suppressed-rule",
        family: Suppression,
        level: Warning,
        strict: Warning,
        since: "0.1.0",
        check: check,
        messages: {
            near(word, near): "Unknown rule `{word}`: there is none of this name. Did you mean `{near}`?",
            unknown(word): "Unknown rule `{word}`: there is none of this name. `whosaid explain --list` shows all.",
        },
    };
}

/// Found where exceptions are read: see `suppress`.
fn check(_: &RuleContext<'_>, _: &mut Findings) {}
