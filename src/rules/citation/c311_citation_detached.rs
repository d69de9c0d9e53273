//! C311: a footnote or citation that does not stand at what it supports.

use crate::rules::{Edit, Findings, Fix, RuleContext};
use crate::structure::{Marker, MarkerKind};
use crate::text::TextRange;

crate::declare_rule! {
    /// Reports a footnote after a blank, a citation at the start of a paragraph, and a footnote on the other side of the
    /// full stop than the rest of the note has it.
    ///
    /// ## Why
    /// A mark that stands alone belongs to nothing: neither the reader nor the program can tell which sentence it
    /// supports, and a line break may part them.
    ///
    /// ## Reported
    /// ```note
    /// Output fell. [^1] Exports fell.[^2] The yard shut[^3]. The quay shut.[^4]
    ///              ^^^^                                ^^^^
    ///
    /// [^1]: Log.
    ///
    /// [^2]: Log.
    ///
    /// [^3]: Log.
    ///
    /// [^4]: Log.
    /// ```
    ///
    /// ## Accepted
    /// ```note
    /// Output fell.[^1] Exports fell [@pell2031]. The yard shut.[^2]
    ///
    /// [^1]: Log.
    ///
    /// [^2]: Log.
    /// ```
    ///
    /// ## Limits
    /// Which side of the full stop is the house's is told by what most footnotes of the note do. Keys in brackets stand
    /// after a blank, as Pandoc writes them.
    pub(super) static CITATION_DETACHED = Rule {
        code: "C311",
        name: "citation-detached",
        family: Citation,
        level: Hint,
        strict: Information,
        since: "0.2.0",
        check: check,
        messages: {
            opens_paragraph(): "Detached citation: it opens the paragraph. Put it after the sentence that it supports.",
            spaced(): "Detached footnote: a line may break at the space before it. Remove the space.",
            before_stop(): "Misplaced footnote: it stands before the full stop, the others in this note after it. Move it.",
            after_stop(): "Misplaced footnote: it stands after the full stop, the others in this note before it. Move it.",
        },
    };
}

/// The side of a full stop on which a footnote stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Before,
    After,
}

fn check(context: &RuleContext<'_>, findings: &mut Findings) {
    let footnotes = || context.facts.note.markers.iter().filter(|m| is_footnote(m));
    let count = |side| footnotes().filter(|m| self::side(context, m) == Some(side)).count();
    let (before, after) = (count(Side::Before), count(Side::After));
    let house = match before.cmp(&after) {
        std::cmp::Ordering::Less => Some(Side::After),
        std::cmp::Ordering::Equal => None,
        std::cmp::Ordering::Greater => Some(Side::Before),
    };
    for marker in footnotes() {
        let Some(block) = context.facts.note.blocks.get(marker.block as usize) else { continue };
        let lead = TextRange::new(block.range.start, marker.range.start.max(block.range.start)).of(context.text);
        let gap = lead.len() - lead.trim_end_matches([' ', '\t']).len();
        // In a table cell or a list a mark may be all there is.
        if lead.trim().is_empty() {
            let alone = block.range.len() <= marker.range.len() + 2;
            if block.kind == crate::structure::BlockKind::Paragraph && !alone {
                findings.add(&CITATION_DETACHED, marker.range, message::opens_paragraph());
            }
        } else if gap > 0 {
            let blank = TextRange::new(marker.range.start - gap as u32, marker.range.start);
            let edit = Edit { file: context.file, range: blank, text: String::new() };
            let finding = findings.add(&CITATION_DETACHED, marker.range, message::spaced());
            // What stands between quotation marks is nobody's to mend but the author's.
            if !context.facts.is_quoted(blank.start) {
                finding.fixes.push(Fix {
                    title: "Remove the space before the footnote".to_owned(),
                    edits: vec![edit],
                    safe: true,
                });
            }
        } else if let (Some(here), Some(house)) = (side(context, marker), house)
            && here != house
        {
            let message = match house {
                Side::After => message::before_stop(),
                Side::Before => message::after_stop(),
            };
            findings.add(&CITATION_DETACHED, marker.range, message).fixes.extend(swapped(context, marker, house));
        }
    }
}

fn is_footnote(marker: &Marker) -> bool {
    matches!(marker.kind, MarkerKind::FootnoteReference { .. })
}

/// Only a full stop or comma right beside the mark tells.
fn side(context: &RuleContext<'_>, marker: &Marker) -> Option<Side> {
    let stop = |c: Option<char>| matches!(c, Some('.' | ','));
    let text = context.text;
    let before = text.get(..marker.range.start as usize)?.chars().next_back();
    let after = text.get(marker.range.end as usize..)?.chars().next();
    match (stop(before), stop(after)) {
        (true, false) => Some(Side::After),
        (false, true) => Some(Side::Before),
        _ => None,
    }
}

fn swapped(context: &RuleContext<'_>, marker: &Marker, house: Side) -> Option<Fix> {
    let (stop, to) = match house {
        Side::After => (TextRange::new(marker.range.end, marker.range.end + 1), marker.range.start),
        Side::Before => (TextRange::new(marker.range.start.checked_sub(1)?, marker.range.start), marker.range.end),
    };
    if context.facts.is_quoted(marker.range.start) {
        return None;
    }
    let edits = vec![
        Edit { file: context.file, range: stop, text: String::new() },
        Edit { file: context.file, range: TextRange::empty(to), text: stop.of(context.text).to_owned() },
    ];
    let side = if house == Side::After { "behind" } else { "before" };
    let sign = if stop.of(context.text) == "," { "comma" } else { "full stop" };
    Some(Fix { title: format!("Move the footnote {side} the {sign}"), edits, safe: true })
}
