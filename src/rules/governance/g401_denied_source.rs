//! G401: a source that the house does not cite.

use super::cited;
use crate::rules::{Findings, RuleContext};

crate::declare_rule! {
    /// Reports a source that `deny` under `[sources]` in whosaid.toml names.
    ///
    /// ## Why
    /// A house that has found an outlet to forge or to plant does not cite it again, in any note, by whatever way it is
    /// named: by its address, by a citation key or by its name in the text.
    ///
    /// ## Reported
    /// ```note
    /// //- /whosaid.toml
    /// [sources]
    /// deny = ["southmeridian.example", "Quay Watch"]
    /// //- /refs.bib
    /// @online{sm31, title = {Port shut}, url = {https://news.southmeridian.example/port}}
    /// //- /note.md
    /// The port is shut [@sm31]. The gate is open ([log](https://southmeridian.example/gate)).
    ///                    ^^^^                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    /// Quay Watch said that forty trucks waited.
    /// ^^^^^^^^^^
    /// ```
    ///
    /// ## Accepted
    /// ```note
    /// //- /whosaid.toml
    /// [sources]
    /// deny = ["southmeridian.example"]
    /// //- /note.md
    /// The gate is open ([log](https://meridian.example/gate)), though southmeridian.example is read by many.
    /// ```
    ///
    /// ## Limits
    /// An address that is only shortened or forwarded is not followed.
    pub(super) static DENIED_SOURCE = Rule {
        code: "G401",
        name: "source-denied",
        family: Governance,
        level: Error,
        strict: Error,
        since: "0.1.0",
        check: check,
        messages: {
            denied(source, entry): "Denied source {source}: whosaid.toml denies \"{entry}\". Cite another.",
        },
    };
}

fn check(context: &RuleContext<'_>, findings: &mut Findings) {
    let deny = &context.config.sources.deny;
    if deny.is_empty() {
        return;
    }
    for cited in cited::of_note(context) {
        if let Some(entry) = cited.on(deny) {
            let (shown, entry): (_, String) = (cited.shown(), entry.chars().take(30).collect());
            findings.add(&DENIED_SOURCE, cited.range, message::denied(shown, entry));
        }
    }
}
