//! C304: a footnote that names no source.

use super::footnotes;
use crate::rules::{Findings, RuleContext};

crate::declare_rule! {
    /// Reports a footnote that is empty or holds only a placeholder.
    ///
    /// ## Why
    /// It looks like a source and is none. `ibid.` loses its meaning with the next footnote that is put before it.
    ///
    /// ## Reported
    /// ```note
    /// Coal output fell in March.[^4] Exports did not.[^5]
    ///
    /// [^4]: TODO
    ///       ^^^^
    ///
    /// [^5]: ibid.
    ///       ^^^^^
    /// ```
    ///
    /// ## Accepted
    /// ```note
    /// Coal output fell in March.[^4] Exports did not.[^5]
    ///
    /// [^4]: Port register of Lusk, 2031, p. 4.
    ///
    /// [^5]: TODO of the harbour council, 2031, p. 9.
    /// ```
    ///
    /// ## Limits
    /// Whether the words name a source is not judged.
    pub(super) static EMPTY_FOOTNOTE = Rule {
        code: "C304",
        name: "empty-footnote",
        family: Citation,
        level: Warning,
        strict: Error,
        since: "0.1.0",
        check: check,
        messages: {
            empty(label): "Empty footnote `{label}`: it names no source. Name one, or delete the footnote with its reference.",
            placeholder(label): "Unfinished footnote `{label}`: it holds only a placeholder. Name the source.",
        },
        reports_open_work: true,
    };
}

const PLACEHOLDERS: [&str; 11] =
    ["todo", "tk", "tktk", "xxx", "cf", "ibid", "see above", "source", "source needed", "citation needed", "tbd"];

fn check(context: &RuleContext<'_>, findings: &mut Findings) {
    for definition in footnotes::definitions(context) {
        let words = definition.body.of(context.text);
        let bare = words.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        let shown = footnotes::excerpt(&definition.label);
        if bare.is_empty() {
            findings.add(&EMPTY_FOOTNOTE, definition.head, message::empty(shown));
        } else if PLACEHOLDERS.contains(&bare.as_str()) {
            findings.add(&EMPTY_FOOTNOTE, definition.body, message::placeholder(shown));
        }
    }
}
