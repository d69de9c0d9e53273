//! C307: a link that does not say where it leads.

use super::footnotes;
use crate::analysis::facts::Zone;
use crate::rules::{Findings, RuleContext};
use crate::structure::{BlockKind, Format, MarkerKind};

crate::declare_rule! {
    /// Reports a link whose words say nothing ("here", "this link"), or a bare address in running text.
    ///
    /// ## Why
    /// Links die. Words that name outlet, title and date let the reader find the piece when the address is gone.
    ///
    /// ## Reported
    /// ```note
    /// The register of the port is [here](https://reg.example/31). See https://reg.example/32 for more.
    ///                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^      ^^^^^^^^^^^^^^^^^^^^^^
    /// ```
    ///
    /// ## Accepted
    /// ```note
    /// Output fell, says the [port register of Lusk](https://reg.example/31).[^1]
    ///
    /// [^1]: Port register of Lusk, 2031, https://reg.example/31.
    ///
    /// # References
    ///
    /// - https://reg.example/32
    /// ```
    ///
    /// ## Limits
    /// Plain text has no other links than bare addresses and is not judged, nor are footnotes and lists of sources.
    pub(super) static OPAQUE_LINK = Rule {
        code: "C307",
        name: "opaque-link",
        family: Citation,
        level: Hint,
        strict: Information,
        since: "0.2.0",
        check: check,
        messages: {
            bare(): "Bare address: it says nothing once the page is gone. Give outlet, title and date, and link those.",
            opaque(words): "Opaque link \"{words}\": it does not say where it leads. Link the name of the source.",
        },
    };
}

const OPAQUE: [&str; 12] = [
    "here",
    "this",
    "link",
    "this link",
    "source",
    "the source",
    "read more",
    "more",
    "click here",
    "this page",
    "this article",
    "see here",
];

fn check(context: &RuleContext<'_>, findings: &mut Findings) {
    let note = &context.facts.note;
    if note.format != Format::Markdown {
        return;
    }
    for marker in &note.markers {
        let MarkerKind::Link { text, target } = &marker.kind else { continue };
        let kind = note.blocks.get(marker.block as usize).map(|block| block.kind);
        let sentence = note.sentence_at(marker.range.start);
        let exempt = sentence.is_some_and(|s| context.facts.zone_of(s as u32) == Zone::Exempt);
        if exempt
            || matches!(kind, None | Some(BlockKind::FootnoteDefinition | BlockKind::SourceLine | BlockKind::Opaque))
        {
            continue;
        }
        let words = text.of(context.text).trim().trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        let bare = words.is_empty() || words.starts_with("http") || words.starts_with("www.");
        let message = if bare && target.contains("://") {
            message::bare()
        } else if OPAQUE.contains(&words.as_str()) {
            message::opaque(footnotes::excerpt(&words))
        } else {
            continue;
        };
        findings.add(&OPAQUE_LINK, marker.range, message);
    }
}
