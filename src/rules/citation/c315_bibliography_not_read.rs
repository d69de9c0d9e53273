//! C315: a bibliography that a note names and that is not read.

use crate::rules::{Findings, RuleContext};
use crate::workspace::unread::Refusal;

crate::declare_rule! {
    /// Reports a bibliography in a note's front matter that is not read, with the reason.
    ///
    /// ## Why
    /// A folder of notes may be somebody else's. What it names must not make this machine greet another one, wait for a
    /// device or look into places that you never opened. So files are read below the project's folder, links resolved,
    /// and below what you allow yourself: `whosaid.allowRead` in the editor's settings (`allowRead` in
    /// `initializationOptions`), `--allow-read PATH` on the command line, or `WHOSAID_ALLOW_READ`. A `whosaid.toml` of
    /// the folder cannot allow it; one in your home folder may name any file below that.
    ///
    /// ## Reported
    /// ```note
    /// ---
    /// bibliography: //archive/press/refs.bib
    ///               ^^^^^^^^^^^^^^^^^^^^^^^^
    /// ---
    /// The rain stopped.
    /// ```
    /// ```note
    /// ---
    /// bibliography: [refs.bib, /dev/stdin]
    ///                          ^^^^^^^^^^
    /// ---
    /// The rain stopped.
    /// ```
    ///
    /// ## Accepted
    /// ```note
    /// ---
    /// bibliography: [refs.bib, ../shared/refs.bib]
    /// ---
    /// The rain stopped.
    /// ```
    ///
    /// ## Limits
    /// A file that is not there is no finding of this rule: the command line says so, and so does the editor's log.
    /// What `whosaid.toml` names is reported in that file (S905).
    pub(super) static BIBLIOGRAPHY_NOT_READ = Rule {
        code: "C315",
        name: "bibliography-not-read",
        family: Citation,
        level: Warning,
        strict: Warning,
        since: "0.1.0",
        check: check,
        messages: {
            refused(problem): "{problem}",
        },
    };
}

fn check(context: &RuleContext<'_>, findings: &mut Findings) {
    let Some(front) = &context.facts.note.front_matter else { return };
    let note = context.workspace.path(context.file);
    for (name, range) in front.values("bibliography") {
        let by_name = || Refusal::of_name(name, cfg!(windows));
        if let Some(refusal) = note.and_then(|note| context.workspace.refusal(note, name)).or_else(by_name) {
            findings.add(&BIBLIOGRAPHY_NOT_READ, *range, message::refused(refusal.message()));
        }
    }
}
