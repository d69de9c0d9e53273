//! The footnotes of one note, as the C30x rules see them: labels without letter case, definitions and references.

use crate::rules::{Fix, RuleContext, fixes};
use crate::structure::{Marker, MarkerKind};
use crate::text::TextRange;

/// A definition.
pub(in crate::rules) struct Definition {
    /// Lower case.
    pub(in crate::rules) label: String,
    /// `[^label]` alone.
    pub(in crate::rules) head: TextRange,
    /// The text after the colon.
    pub(in crate::rules) body: TextRange,
    /// From the head to the end of the text.
    pub(in crate::rules) range: TextRange,
}

/// All definitions, in order.
pub(in crate::rules) fn definitions(context: &RuleContext<'_>) -> Vec<Definition> {
    let mut all = Vec::new();
    for marker in &context.facts.note.markers {
        let MarkerKind::FootnoteDefinition { label, body } = marker.kind else { continue };
        all.push(Definition {
            label: label.of(context.text).to_lowercase(),
            head: TextRange::new(label.start.saturating_sub(2), (label.end + 1).min(context.text.len() as u32)),
            body,
            range: marker.range.cover(body),
        });
    }
    all
}

/// All references with their labels, in order.
pub(in crate::rules) fn references<'a>(context: &RuleContext<'a>) -> impl Iterator<Item = (String, &'a Marker)> {
    let text = context.text;
    context.facts.note.markers.iter().filter_map(move |marker| match marker.kind {
        MarkerKind::FootnoteReference { label } => Some((label.of(text).to_lowercase(), marker)),
        _ => None,
    })
}

/// A label short enough for a message.
pub(in crate::rules) fn excerpt(label: &str) -> &str {
    label.char_indices().nth(32).and_then(|(at, _)| label.get(..at)).unwrap_or(label)
}

/// Adds the definition of a label at the end of the note, for the author to fill.
pub(in crate::rules) fn define(context: &RuleContext<'_>, label: &str) -> Fix {
    let text = context.text;
    let end = text.trim_end_matches([' ', '\t']);
    let gap = if end.is_empty() || end.ends_with("\n\n") || end.ends_with("\r\n\r\n") {
        ""
    } else if end.ends_with('\n') {
        "\n"
    } else {
        "\n\n"
    };
    fixes::inserting(
        context,
        format!("Define `[^{}]`", excerpt(label)),
        text.len() as u32,
        format!("{gap}[^{label}]: \n"),
    )
}
