//! C312: two definitions of one footnote.

use std::collections::HashMap;

use super::footnotes;
use crate::rules::{Findings, Related, RuleContext};
use crate::text::TextRange;

crate::declare_rule! {
    /// Reports the second definition of a footnote label.
    ///
    /// ## Why
    /// Only the first is printed; the reader of the second sentence is sent to the wrong source.
    ///
    /// ## Reported
    /// ```note
    /// Coal output fell in March.[^4] Exports did not.[^4]
    ///
    /// [^4]: Port register of Lusk, 2031, p. 4.
    ///
    /// [^4]: Harbor Daily, 2 May 2031.
    /// ^^^^
    /// ```
    ///
    /// ## Accepted
    /// ```note
    /// Coal output fell in March.[^4] Exports did not.[^4]
    ///
    /// [^4]: Port register of Lusk, 2031, p. 4.
    /// ```
    ///
    /// ## Limits
    /// Labels are compared without letter case.
    pub(super) static DUPLICATE_FOOTNOTE = Rule {
        code: "C312",
        name: "duplicate-footnote",
        family: Citation,
        level: Warning,
        strict: Error,
        since: "0.1.0",
        check: check,
        messages: {
            twice(label): "Duplicate footnote `{label}`: only its first definition is printed. Rename one of them.",
        },
    };
}

fn check(context: &RuleContext<'_>, findings: &mut Findings) {
    let mut firsts: HashMap<String, TextRange> = HashMap::new();
    for definition in footnotes::definitions(context) {
        let Some(&first) = firsts.get(&definition.label) else {
            firsts.insert(definition.label, definition.head);
            continue;
        };
        let shown = footnotes::excerpt(&definition.label);
        let finding = findings.add(&DUPLICATE_FOOTNOTE, definition.head, message::twice(shown));
        finding.related.push(Related { file: context.file, range: first, message: "The first definition".into() });
    }
}
