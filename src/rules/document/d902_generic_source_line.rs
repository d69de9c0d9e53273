//! D902: a source line that names no source.

use crate::lexicon::{class, classes_of_word};
use crate::rules::{Findings, RuleContext};
use crate::text::TextRange;

crate::declare_rule! {
    /// Reports a source line that names nobody: "Source: agencies".
    ///
    /// ## Why
    /// It keeps the form of a source and gives nothing to look up.
    ///
    /// ## Reported
    /// ```note
    /// //- note.txt
    /// The port of Lusk was closed on 2 May 2031.
    ///
    /// Source: various
    ///         ^^^^^^^
    /// ```
    ///
    /// ## Accepted
    /// ```note
    /// //- note.txt
    /// The port of Lusk was closed on 2 May 2031.
    ///
    /// Source: Harbor Daily and news agencies
    /// ```
    ///
    /// ## Limits
    /// Only lines that hold nothing but such words.
    pub(super) static GENERIC_SOURCE_LINE = Rule {
        code: "D902",
        name: "generic-source-line",
        family: Document,
        level: Information,
        strict: Warning,
        since: "0.1.0",
        check: check,
        messages: {
            generic(): "Generic source line: it names no source. Name the outlets or documents.",
        },
    };
}

fn check(context: &RuleContext<'_>, findings: &mut Findings) {
    for line in context.facts.items.iter().filter_map(|item| item.source_line) {
        let text = line.of(context.text);
        let Some(colon) = text.find(':') else { continue };
        let rest = text.get(colon + 1..).unwrap_or_default();
        let words = || rest.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
        let generic = words().next().is_some() && words().all(|w| classes_of_word(w).has(class::GENERIC_SOURCE));
        if generic {
            let from = colon + 1 + rest.len() - rest.trim_start().len();
            let start = line.start + from as u32;
            let range = TextRange::new(start, start + rest.trim().len() as u32);
            findings.add(&GENERIC_SOURCE_LINE, range, message::generic());
        }
    }
}
