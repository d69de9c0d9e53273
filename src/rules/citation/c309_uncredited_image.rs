//! C309: a picture without a credit.

use crate::rules::{Findings, RuleContext};
use crate::structure::MarkerKind;
use crate::text::TextRange;

crate::declare_rule! {
    /// Reports a picture that nobody is credited for.
    ///
    /// ## Why
    /// A picture is evidence like any other: without its maker and its origin it can be neither checked nor printed.
    ///
    /// ## Reported
    /// ```note
    /// ![The quay](img/quay.jpg)
    /// ^^^^^^^^^^^^^^^^^^^^^^^^^
    /// ```
    ///
    /// ## Accepted
    /// ```note
    /// ![Cranes at Lusk. Photo: A. Kuhn/Harbor Daily](img/quay.jpg)
    /// ```
    /// ```note
    /// ![The quay](img/quay.jpg)
    ///
    /// The quay at dawn. Photo: A. Kuhn
    ///
    /// ![Seal of the port](img/logo.svg)
    /// ```
    ///
    /// ## Limits
    /// Looks for a word of credit in the alternative text, in the paragraph, and in a short one after it.
    pub(super) static UNCREDITED_IMAGE = Rule {
        code: "C309",
        name: "uncredited-image",
        family: Citation,
        level: Warning,
        strict: Warning,
        since: "0.1.0",
        check: check,
        messages: {
            uncredited(): "Uncredited image: its caption does not say who made it. Add `Photo: name/outlet`, or its source.",
        },
    };
}

const CREDITS: [&str; 14] = [
    "photo",
    "picture:",
    "image:",
    "credit",
    "source:",
    "source –",
    "courtesy",
    "©",
    "copyright",
    "licence",
    "license",
    "map:",
    "chart:",
    "graphic:",
];
const NO_EVIDENCE: [&str; 5] = ["logo", "icon", "badge", "avatar", "banner"];
const PICTURES: [&str; 9] = ["png", "jpg", "jpeg", "gif", "webp", "svg", "avif", "tif", "tiff"];
/// A caption is at most so long, in bytes.
const CAPTION: u32 = 300;

fn check(context: &RuleContext<'_>, findings: &mut Findings) {
    let note = &context.facts.note;
    for marker in &note.markers {
        let target = match &marker.kind {
            MarkerKind::Image { target, .. } => target.as_str(),
            MarkerKind::Wikilink { target, embed: true, .. } if is_picture(target.of(context.text)) => {
                target.of(context.text)
            }
            _ => continue,
        };
        let name = target.rsplit('/').next().unwrap_or(target).to_lowercase();
        let block = note.blocks.get(marker.block as usize).map_or(marker.range, |b| b.range.cover(marker.range));
        let after = note.blocks.get(marker.block as usize + 1).filter(|b| b.range.len() <= CAPTION);
        let credited = is_credited(context.text, block) || after.is_some_and(|b| is_credited(context.text, b.range));
        if !credited && !NO_EVIDENCE.iter().any(|word| name.contains(word)) {
            findings.add(&UNCREDITED_IMAGE, marker.range, message::uncredited());
        }
    }
}

fn is_picture(target: &str) -> bool {
    target.rsplit_once('.').is_some_and(|(_, e)| PICTURES.contains(&e.to_ascii_lowercase().as_str()))
}

fn is_credited(text: &str, range: TextRange) -> bool {
    let words = range.of(text).to_lowercase();
    CREDITS.iter().any(|credit| words.contains(credit))
}
