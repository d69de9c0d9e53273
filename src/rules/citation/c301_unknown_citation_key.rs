//! C301: a citation key that no source has.

use super::footnotes;
use crate::config::Level;
use crate::rules::{Edit, Findings, Fix, RuleContext};
use crate::structure::MarkerKind;
use crate::text::near;

crate::declare_rule! {
    /// Reports a citation key that neither a bibliography nor a source note has.
    ///
    /// ## Why
    /// The reference prints as `[?]` or not at all, and the claim before it stands without a source.
    ///
    /// ## Reported
    /// ```note
    /// //- /refs.bib
    /// @book{pell2031, title = {The Gates of Lusk}, author = {Pell, Ada}, date = {2031}}
    /// //- /note.md
    /// Coal output fell [@pell2013, p. 4].
    ///                    ^^^^^^^^
    /// ```
    /// ```note
    /// //- /refs.bib
    /// @book{pell2031, title = {The Gates of Lusk}, author = {Pell, Ada}, date = {2031}}
    /// //- /sources/register.md
    /// ---
    /// type: source
    /// citekey: register31
    /// title: Port register of Lusk
    /// ---
    /// //- /note.md
    /// Coal output fell [@register31; @nobody]. As @pell2032 says, it will not recover.
    ///                                 ^^^^^^       ^^^^^^^^
    /// ```
    ///
    /// ## Accepted
    /// ```note
    /// //- /refs.bib
    /// @book{pell2031, title = {The Gates of Lusk}, author = {Pell, Ada}, date = {2031}}
    /// //- /note.md
    /// Coal output fell [@pell2031, p. 4], as @pell2031 says. See @fig-output and [@tbl-exports].
    /// ```
    /// ```note
    /// //- /refs.bib
    /// @book{pell2031, ids = {gates31, pell31a}, title = {The Gates of Lusk}, author = {Pell, Ada}, date = {2031}}
    /// //- /note.md
    /// Coal output fell [@gates31, p. 4]. It will not recover [@pell31a; @pell2031].
    /// ```
    /// ```note
    /// //- /refs.bib
    /// @book{pell2031, title = {The Gates of Lusk}, author = {Pell, Ada}, date = {2031}}
    /// //- /note.md
    /// Write to desk@norvik.example or @harborwatch.
    /// ```
    ///
    /// ## Limits
    /// A bare `@word` is reported only if it looks like a slip for a key that exists, because handles look the same; with
    /// `pandoc-bare = true` every one counts.
    /// A number that CSL-JSON gives as an `id` is a key, and so is each of the `ids` of BibLaTeX.
    /// Without any source in the workspace only the first key is reported, as information.
    pub(super) static UNKNOWN_CITATION_KEY = Rule {
        code: "C301",
        name: "unknown-citation-key",
        family: Citation,
        level: Error,
        strict: Error,
        since: "0.1.0",
        check: check,
        messages: {
            no_library(key): "Unknown citation key `{key}`: there is no bibliography or source note. Name one in whosaid.toml.",
            unread(key): "Unknown citation key `{key}`: the bibliography that is named gives no source. Look at what is reported there.",
            near(key, near): "Unknown citation key `{key}`: no source has it. Did you mean `{near}`?",
            unknown(key): "Unknown citation key `{key}`: no source has it. Add it to the bibliography, or write a source note.",
        },
        remedies: [CreateKeyedSourceNote],
    };
}

/// Quarto's cross-references share the sign with citations.
const CROSS_REFERENCES: [&str; 19] = [
    "fig-", "tbl-", "sec-", "eq-", "lst-", "thm-", "lem-", "cor-", "prp-", "cnj-", "def-", "exm-", "exr-", "nte-",
    "tip-", "wrn-", "imp-", "cau-", "sol-",
];
/// Keys that are compared with the whole library, to find slips.
const SLIPS: usize = 20;
/// Edits that make a bare `@word` a slip for a key.
const BARE_SLIP: usize = 2;

fn check(context: &RuleContext<'_>, findings: &mut Findings) {
    let note = &context.facts.note;
    let mut compared = 0;
    for marker in &note.markers {
        let MarkerKind::CitationKey { key: range, bracketed } = marker.kind else { continue };
        let bracketed = bracketed || context.config.pandoc_bare;
        let key = range.of(context.text);
        let is_cross_reference = CROSS_REFERENCES.iter().any(|prefix| key.starts_with(prefix));
        if key.is_empty() || is_cross_reference || context.workspace.knows_source(key) || in_head(context, key) {
            continue;
        }
        let shown = footnotes::excerpt(key);
        if context.workspace.sources().next().is_none() {
            if bracketed {
                let message = if names_library(context) { message::unread(shown) } else { message::no_library(shown) };
                findings.add(&UNKNOWN_CITATION_KEY, range, message).level = Level::Information;
                return;
            }
            continue;
        }
        compared += 1;
        // A note with hundreds of unknown keys was written for another library.
        let most = if compared <= SLIPS { usize::MAX } else { 0 };
        let keys = context.workspace.sources().map(|(_, source)| &*source.key).take(most);
        let near = if bracketed { near::nearest(key, keys) } else { near::within(key, keys, BARE_SLIP) };
        let message = match near {
            Some(near) => message::near(shown, footnotes::excerpt(near)),
            None if bracketed => message::unknown(shown),
            None => continue,
        };
        let finding = findings.add(&UNKNOWN_CITATION_KEY, range, message);
        finding.fixes.extend(near.map(|near| Fix {
            title: format!("Cite `{near}` instead"),
            edits: vec![Edit { file: context.file, range, text: near.to_owned() }],
            safe: false,
        }));
    }
}

/// True if there is a bibliography, or one is named, whether or not anything in it can be read.
fn names_library(context: &RuleContext<'_>) -> bool {
    let front = context.facts.note.front_matter.as_ref();
    context.workspace.bibliographies().next().is_some()
        || !context.config.bibliography.is_empty()
        || front.is_some_and(|front| !front.values("bibliography").is_empty())
}

/// True if the note itself lists the source, as pandoc allows under `references:`.
fn in_head(context: &RuleContext<'_>, key: &str) -> bool {
    let front = context.facts.note.front_matter.as_ref();
    front.is_some_and(|f| f.values("references.id").iter().any(|(id, _)| id == key))
}
