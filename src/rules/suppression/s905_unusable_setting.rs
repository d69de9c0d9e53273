//! S905: a line of whosaid.toml that cannot be used.

use crate::rules::{Findings, RuleContext};

crate::declare_rule! {
    /// Reports a line of whosaid.toml or whosaid.names that cannot be used.
    ///
    /// ## Why
    /// A misspelt rule or key changes nothing, and the team believes that it does. Everything else in the file holds.
    ///
    /// ## Reported
    /// ```note
    /// //- /whosaid.toml
    /// profil = "strict"
    /// ^^^^^^
    /// [rules]
    /// A1O1 = "off"
    /// ^^^^
    /// A102 = "loud"
    ///        ^^^^^^
    /// [sources]
    /// allow = ["harbordaily.example"]
    /// deny = ["harbordaily.example"]
    /// ^^^^
    /// //- /note.md
    /// The rain stopped.
    /// ```
    ///
    /// ## Accepted
    /// ```note
    /// //- /whosaid.toml
    /// profile = "strict"
    /// [rules]
    /// A101 = "off"
    /// unsourced-casualty-figure = "warning"
    /// //- /note.md
    /// The rain stopped.
    /// ```
    ///
    /// ## Limits
    /// Whether a setting is wise is not known, nor whether a path in it leads anywhere. A file that it names and that is
    /// not read, because it lies outside the folder, say, is reported with the reason (see C315).
    pub(in crate::rules) static UNUSABLE_SETTING = Rule {
        code: "S905",
        name: "unusable-setting",
        family: Suppression,
        level: Warning,
        strict: Warning,
        since: "0.1.0",
        check: check,
        messages: {
            unusable(problem): "{problem}",
        },
    };
}

/// Found where the file is read: see `files`.
fn check(_: &RuleContext<'_>, _: &mut Findings) {}
