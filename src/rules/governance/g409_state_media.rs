//! G409: state media cited as if they were any other outlet.

use std::collections::HashSet;

use super::cited;
use crate::config::Level;
use crate::rules::{Findings, RuleContext};

crate::declare_rule! {
    /// Reports a source that the library calls a medium of the state (`kind: state`), where the sentence that cites it
    /// first does not say so.
    ///
    /// ## Why
    /// Readers weigh a report by who owns the outlet, and can only do so if they are told.
    ///
    /// ## Reported
    /// ```note
    /// //- /sources/mt0502.md
    /// ---
    /// type: source
    /// citekey: mt0502
    /// kind: state
    /// publisher: Meridia Tribune
    /// ---
    /// //- /note.md
    /// The gate was opened in May [@mt0502].
    ///                              ^^^^^^
    /// ```
    ///
    /// ## Accepted
    /// ```note
    /// //- /sources/mt0502.md
    /// ---
    /// type: source
    /// citekey: mt0502
    /// kind: state
    /// publisher: Meridia Tribune
    /// ---
    /// //- /note.md
    /// The gate was opened in May, state media reported [@mt0502]. It is open still [@mt0502].
    /// ```
    /// ```note
    /// //- /whosaid.toml
    /// [sources]
    /// state-media = "off"
    /// //- /sources/mt0502.md
    /// ---
    /// type: source
    /// citekey: mt0502
    /// kind: state
    /// ---
    /// //- /note.md
    /// The gate was opened in May [@mt0502].
    /// ```
    ///
    /// ## Limits
    /// Only what the library says of a source is known: `kind: state` (or `state-media`) in its note. `state-media` under
    /// `[sources]` in whosaid.toml makes a warning of the hint (`"warn"`) or asks for nothing (`"off"`).
    pub(super) static STATE_MEDIA = Rule {
        code: "G409",
        name: "state-media-unlabelled",
        family: Governance,
        level: Hint,
        strict: Information,
        since: "0.2.0",
        check: check,
        messages: {
            undisclosed(outlet): "State media: the text does not say that {outlet} belongs to a state. Say so at its first citation.",
        },
    };
}

fn check(context: &RuleContext<'_>, findings: &mut Findings) {
    let asked = context.config.sources.state_media.as_str();
    if asked == "off" {
        return;
    }
    let mut seen: HashSet<String> = HashSet::new();
    let note = &context.facts.note;
    for cited in cited::of_note(context).into_iter().filter(|cited| cited.state) {
        let Some(key) = cited.key.clone() else { continue };
        if !seen.insert(key) {
            continue;
        }
        let sentence = note.sentence_at(cited.range.start).and_then(|at| note.sentences.get(at));
        let told = sentence.is_some_and(|sentence| {
            let words = note.tokens_of(sentence).iter().map(|token| token.text(context.text).to_lowercase());
            words.into_iter().any(|word| matches!(word.as_str(), "state" | "government" | "official" | "state-run"))
        });
        if told {
            continue;
        }
        let message = message::undisclosed(cited.shown());
        let finding = findings.add(&STATE_MEDIA, cited.range, message);
        if asked == "warn" {
            finding.level = finding.level.max(Level::Warning);
        }
    }
}
