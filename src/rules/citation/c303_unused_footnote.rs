//! C303: a footnote definition that nothing refers to.

use std::collections::HashSet;

use super::footnotes;
use crate::rules::{Edit, Findings, Fix, RuleContext};

crate::declare_rule! {
    /// Reports a footnote that no reference uses.
    ///
    /// ## Why
    /// The sentence it supported was cut, or its reference was lost; most readers' tools do not print it at all.
    ///
    /// ## Reported
    /// ```note
    /// Coal output fell in March.
    ///
    /// [^4]: Port register of Lusk, 2031, p. 4.
    /// ^^^^
    /// ```
    ///
    /// ## Accepted
    /// ```note
    /// Coal output fell in March.[^4]
    ///
    /// [^4]: Port register of Lusk, 2031, p. 4.
    /// ```
    ///
    /// ## Limits
    /// A reference within another footnote counts as a use.
    pub(super) static UNUSED_FOOTNOTE = Rule {
        code: "C303",
        name: "unused-footnote",
        family: Citation,
        level: Warning,
        strict: Warning,
        since: "0.1.0",
        check: check,
        messages: {
            unused(label): "Unused footnote `{label}`: nothing refers to it. Refer to it where it belongs, or delete it.",
        },
        tag: Unnecessary,
    };
}

fn check(context: &RuleContext<'_>, findings: &mut Findings) {
    let used: HashSet<String> = footnotes::references(context).map(|(label, _)| label).collect();
    for definition in footnotes::definitions(context) {
        if used.contains(&definition.label) {
            continue;
        }
        let shown = footnotes::excerpt(&definition.label);
        let finding = findings.add(&UNUSED_FOOTNOTE, definition.head, message::unused(shown));
        finding.fixes.push(Fix {
            title: "Delete the unused footnote".into(),
            edits: vec![Edit { file: context.file, range: definition.range, text: String::new() }],
            safe: false,
        });
    }
}
