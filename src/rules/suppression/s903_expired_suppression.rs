//! S903: an exception whose day has passed.

use crate::rules::{Findings, RuleContext};

crate::declare_rule! {
    /// Reports an exception whose `until` day has passed.
    ///
    /// ## Why
    /// The writer asked to be reminded. What was excused is reported again from that day on.
    ///
    /// ## Reported
    /// ```note
    /// %% whosaid: ignore C302 until=2031-05-01 %%
    ///                               ^^^^^^^^^^
    ///
    /// The rain stopped.[^weather]
    /// ```
    ///
    /// ## Accepted
    /// ```note
    /// %% whosaid: ignore C302 until=2099-05-01 %%
    ///
    /// The rain stopped.[^weather]
    /// ```
    ///
    /// ## Limits
    /// The day is the machine's; the exception holds on the day itself.
    pub(in crate::rules) static EXPIRED_SUPPRESSION = Rule {
        code: "S903",
        name: "expired-suppression",
        family: Suppression,
        level: Warning,
        strict: Warning,
        since: "0.1.0",
        check: check,
        messages: {
            expired(until): "Expired exception: it ended on {until}. Mend what it excuses, or give it a new date.",
        },
    };
}

/// Found where exceptions are read: see `suppress`.
fn check(_: &RuleContext<'_>, _: &mut Findings) {}
