//! C302: a footnote reference without a definition.

use super::{Findings, RuleContext, footnotes, near};

crate::declare_rule! {
    /// Reports a footnote reference that no definition answers.
    ///
    /// ## Why
    /// The reader is promised a source and finds none; when notes are merged or cut, definitions are what gets lost.
    ///
    /// ## Reported
    /// ```note
    /// Coal output fell in March.[^9]
    ///                           ^^^^
    /// ```
    /// ```note
    /// Coal output fell in March.[^regster]
    ///                           ^^^^^^^^^^
    ///
    /// [^register]: Port register of Lusk, 2031, p. 4.
    /// ```
    ///
    /// ## Accepted
    /// ```note
    /// Coal output fell in March.[^Register]
    ///
    /// [^register]: Port register of Lusk, 2031, p. 4.
    /// ```
    /// ```note
    /// Write a footnote as `[^9]`; Tavria writes x[^]y for a blank.
    /// ```
    ///
    /// ## Limits
    /// A definition counts wherever it stands in the note, but not in another note.
    pub(super) static UNDEFINED_FOOTNOTE = Rule { code: "C302", name: "undefined-footnote", level: Error, strict: Error, since: "0.1.0", check: check };
}

fn check(context: &RuleContext<'_>, findings: &mut Findings) {
    let defined = footnotes::definitions(context);
    for (label, marker) in footnotes::references(context) {
        if defined.iter().any(|d| d.label == label) {
            continue;
        }
        let shown = footnotes::shown(&label);
        let message = match near::nearest(&label, defined.iter().map(|d| d.label.as_str())) {
            Some(near) => {
                format!("Footnote `{shown}` is not defined; did you mean `{}`?", footnotes::shown(near))
            }
            None => format!("Footnote `{shown}` is not defined in this note: add a line `[^{shown}]: …`."),
        };
        findings.add(&UNDEFINED_FOOTNOTE, marker.range, message);
    }
}
