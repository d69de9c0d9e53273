//! A116: a long quotation whose speaker comes at its end.

use super::sourcing;
use crate::analysis::facts::{Quotation, QuotationClass};
use crate::rules::{Edit, Findings, Fix, RuleContext};
use crate::text::TextRange;

/// Words of a quotation after which a reader wants to know who speaks.
const WORDS: usize = 35;

crate::declare_rule! {
    /// Reports a quotation of two or more sentences whose speaker is named only after it.
    ///
    /// ## Why
    /// A reader weighs words by who speaks them, and should know it by the end of the first sentence.
    ///
    /// ## Reported
    /// ```note
    /// "We opened the gates at dawn. Nobody came. By noon we closed them again," Ada Pell said.
    /// ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    /// ```
    ///
    /// ## Accepted
    /// ```note
    /// "We opened the gates at dawn," Ada Pell said. "Nobody came. By noon we closed them again."
    /// ```
    ///
    /// ## Limits
    /// Only quotations in one paragraph, with the speaker right after them.
    pub(super) static LATE_ATTRIBUTION = Rule {
        code: "A116",
        name: "late-attribution",
        family: Attribution,
        level: Hint,
        strict: Information,
        since: "0.1.0",
        check: check,
        messages: {
            late(): "Late attribution: the speaker follows this long quotation. Name the speaker after its first sentence.",
        },
        precedence: 140,
        answered_by_declaration: true,
    };
}

fn check(context: &RuleContext<'_>, findings: &mut Findings) {
    let facts = context.facts;
    for quotation in facts.quotations.iter().filter(|q| q.class == QuotationClass::Speech && q.closed) {
        let Some(attribution) = quotation.attribution.and_then(|at| facts.attributions.get(at as usize)) else {
            continue;
        };
        let Some(cue) = attribution.cue.first() else { continue };
        let after = cue.start >= quotation.range.end && cue.start - quotation.range.end < 80;
        let words = quotation.inner.of(context.text);
        let opens = attribution.content.first().is_none_or(|content| content.start + 2 >= quotation.range.start);
        let stops = words
            .match_indices(['.', '!', '?'])
            .filter(|(at, _)| words.get(at + 1..).is_some_and(|rest| rest.starts_with(' ')))
            .count();
        let long = stops >= 1 && words.split_whitespace().count() >= 12 || words.split_whitespace().count() >= WORDS;
        let Some(sentence) = facts.note.sentence_at(quotation.range.start) else { continue };
        let late = after && opens && long;
        if !late || !sourcing::expects_source(context, sentence as u32) {
            continue;
        }
        let range = sourcing::head_of_quotation(context.text, quotation.range);
        findings
            .add(&LATE_ATTRIBUTION, range, message::late())
            .fixes
            .extend(named_earlier(context, quotation, sentence));
    }
}

/// `"A. B," X said.` as `"A," X said. "B."`: the words stay, the speaker moves behind the first of them.
fn named_earlier(context: &RuleContext<'_>, quotation: &Quotation, first: usize) -> Option<Fix> {
    let (text, note) = (context.text, &context.facts.note);
    let cut = note.sentences.get(first)?.range.end;
    let last = note.sentences.get(note.sentence_at(quotation.range.end.checked_sub(1)?)?)?.range;
    let tail = TextRange::new(quotation.range.end, last.end.max(quotation.range.end)).of(text);
    let (said, inner) = (tail.strip_prefix(' ')?, quotation.inner);
    let plain = said.ends_with('.') && !said.contains(['"', '“', '”', '\n']) && said.len() > 4;
    let within = inner.start < cut && cut < inner.end && text.get(cut as usize..)?.starts_with(' ');
    if !plain || !within || !inner.of(text).ends_with(',') {
        return None;
    }
    let (open, close) =
        (TextRange::new(quotation.range.start, inner.start), TextRange::new(inner.end, quotation.range.end));
    let (open, close) = (open.of(text), close.of(text));
    // A full stop gives way to a comma; a question keeps its mark.
    let stop = text.get(..cut as usize)?.ends_with('.');
    let start = cut - u32::from(stop);
    let moved = format!("{}{close} {said} {open}", if stop { "," } else { "" });
    let edits = vec![
        Edit { file: context.file, range: TextRange::new(start, cut + 1), text: moved },
        Edit { file: context.file, range: TextRange::new(inner.end - 1, last.end), text: format!(".{close}") },
    ];
    Some(Fix { title: "Name the speaker after the first sentence".to_owned(), edits, safe: false })
}
