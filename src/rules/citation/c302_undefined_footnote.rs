//! C302: a footnote reference without a definition.

use std::collections::HashSet;

use super::footnotes;
use crate::rules::{Findings, RuleContext, fixes};
use crate::structure::MarkerKind;
use crate::text::near;

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
    pub(super) static UNDEFINED_FOOTNOTE = Rule {
        code: "C302",
        name: "undefined-footnote",
        family: Citation,
        level: Error,
        strict: Error,
        since: "0.1.0",
        check: check,
        messages: {
            near(label, near): "Undefined footnote `{label}`: this note does not define it. Did you mean `{near}`?",
            undefined(label): "Undefined footnote `{label}`: add a line `[^{label}]: …`, or remove the reference.",
        },
    };
}

/// Labels that are compared with all others, to find slips.
const SLIPS: usize = 20;

fn check(context: &RuleContext<'_>, findings: &mut Findings) {
    let defined: HashSet<String> = footnotes::definitions(context).into_iter().map(|d| d.label).collect();
    let undefined = footnotes::references(context).filter(|(label, _)| !defined.contains(label));
    for (count, (label, marker)) in undefined.enumerate() {
        let shown = footnotes::excerpt(&label);
        // A note with hundreds of undefined labels has lost its definitions; no label is near another then.
        let known = defined.iter().map(String::as_str).take(if count < SLIPS { usize::MAX } else { 0 });
        let near = near::nearest(&label, known);
        let message = match near {
            Some(near) => message::near(shown, footnotes::excerpt(near)),
            None => message::undefined(shown),
        };
        let near = near.map(str::to_owned);
        let finding = findings.add(&UNDEFINED_FOOTNOTE, marker.range, message);
        if let (Some(near), MarkerKind::FootnoteReference { label }) = (near, &marker.kind) {
            finding.fixes.push(fixes::replacing(context, format!("Refer to `[^{near}]` instead"), *label, near));
        }
        finding.fixes.push(footnotes::define(context, &label));
    }
}
