//! G402: a source that is not among those that the house allows.

use super::cited;
use crate::rules::{Findings, RuleContext};

crate::declare_rule! {
    /// Reports a source that `allow` under `[sources]` in whosaid.toml does not name.
    ///
    /// ## Why
    /// Where a product may only rest on vetted sources, one that nobody has vetted must be seen before it is printed.
    ///
    /// ## Reported
    /// ```note
    /// //- /whosaid.toml
    /// [sources]
    /// allow = ["harbordaily.example", "mt31"]
    /// //- /note.md
    /// The gate is open ([log](https://gatelog.example/12)).
    ///                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    /// ```
    ///
    /// ## Accepted
    /// ```note
    /// //- /whosaid.toml
    /// [sources]
    /// allow = ["harbordaily.example", "mt31"]
    /// //- /refs.bib
    /// @report{mt31, title = {Readout}, institution = {Ministry of Trade}}
    /// //- /note.md
    /// The gate is open ([log](https://www.harbordaily.example/12)), the ministry said [@mt31]. See [[gate]].
    /// ```
    ///
    /// ## Limits
    /// Of speakers in the text only outlets are asked for; people, offices and footnotes without an address are not.
    /// What is denied is reported by G401 alone.
    pub(super) static SOURCE_NOT_ALLOWED = Rule {
        code: "G402",
        name: "source-not-allowed",
        family: Governance,
        level: Warning,
        strict: Error,
        since: "0.1.0",
        check: check,
        messages: {
            unlisted(source): "Source not allowed: {source} is not on the list in whosaid.toml. Cite another, or have it added.",
        },
    };
}

fn check(context: &RuleContext<'_>, findings: &mut Findings) {
    let sources = &context.config.sources;
    if sources.allow.is_empty() {
        return;
    }
    for cited in cited::of_note(context) {
        if cited.on(&sources.allow).is_none() && cited.on(&sources.deny).is_none() {
            findings.add(&SOURCE_NOT_ALLOWED, cited.range, message::unlisted(cited.shown()));
        }
    }
}
