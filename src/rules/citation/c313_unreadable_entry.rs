//! C313: an entry of a bibliography that cannot be read.

use crate::rules::{Findings, RuleContext};

crate::declare_rule! {
    /// Reports an entry of a bibliography that cannot be read.
    ///
    /// ## Why
    /// What cannot be read cannot be cited: its keys would be reported as unknown where they are used. A fault costs what
    /// it stands in: a field its field, an entry without end or key its entry. All else of the file is read.
    ///
    /// ## Reported
    /// ```note
    /// //- /refs.bib
    /// @book{pell30, title = {Port Law}, date = {2030}}
    /// @misc{orr31, title = {Log
    /// ^^^^^^^^^^^^^^^^^^^^^^^^^
    /// //- /note.md
    /// The rain stopped.
    /// ```
    ///
    /// ## Accepted
    /// ```note
    /// //- /refs.bib
    /// @book{pell30, title = {Port Law}, date = {2030}}
    /// @misc{orr31, title = {Log}}
    /// //- /note.md
    /// The rain stopped.
    /// ```
    ///
    /// ## Limits
    /// Of an entry that is not closed it says where the entry begins, not where the brace is missing. Fields that whosaid
    /// shows nowhere (an abstract, say) are not looked into. How far files are read: `docs/LIMITS.md`.
    pub(in crate::rules) static UNREADABLE_ENTRY = Rule {
        code: "C313",
        name: "unreadable-entry",
        family: Citation,
        level: Warning,
        strict: Warning,
        since: "0.1.0",
        check: check,
        messages: {
            unreadable(problem): "{problem}",
        },
    };
}

/// Found where the file is read: see `files`.
fn check(_: &RuleContext<'_>, _: &mut Findings) {}
