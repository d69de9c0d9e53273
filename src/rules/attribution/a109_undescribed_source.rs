//! A109: an unnamed source of whom nothing is said.

use super::sourcing;
use crate::analysis::facts::SourceKind;
use crate::lexicon::{class, classes_of, classes_of_small};
use crate::rules::{Edit, Findings, Fix, RuleContext, fixes};
use crate::structure::TokenKind;
use crate::text::TextRange;

crate::declare_rule! {
    /// Reports an unnamed source without institution or access: "a source", "an official".
    ///
    /// ## Why
    /// A reader who may not know the name must at least know where the source stands and how it could know. Seniority
    /// alone says neither.
    ///
    /// ## Reported
    /// ```note
    /// A source said the tender was rigged.
    /// ^^^^^^^^
    /// ```
    /// ```note
    /// A senior official said the depot was empty.
    /// ^^^^^^^^^^^^^^^^^
    /// ```
    ///
    /// ## Accepted
    /// ```note
    /// A procurement officer who sat on the tender panel said it was rigged.
    /// ```
    /// ```note
    /// A transport-ministry official said the depot was empty. The official said it had been sold.
    /// ```
    ///
    /// ## Limits
    /// "The official" points back and is accepted; so is a bare plural after an unnamed source that was described.
    pub(super) static UNDESCRIBED_SOURCE = Rule {
        code: "A109",
        name: "anonymous-source-undescribed",
        family: Attribution,
        level: Warning,
        strict: Warning,
        since: "0.1.0",
        check: check,
        messages: {
            undescribed(what): "Undescribed source \"{what}\": readers cannot weigh it. Name its institution, or say how it knows.",
            several(what): "Undescribed sources \"{what}\": readers cannot weigh them. Name their institution, or say how they know.",
        },
        precedence: 80,
        answered_by_declaration: true,
    };
}

fn check(context: &RuleContext<'_>, findings: &mut Findings) {
    let mut described: Vec<(u32, String)> = Vec::new();
    for attribution in context.facts.attributions.iter() {
        let anonymous = matches!(attribution.kind, SourceKind::Anonymous | SourceKind::Vague);
        let Some(source) = attribution.source.first().filter(|_| anonymous) else { continue };
        if !sourcing::expects_source(context, attribution.sentence) {
            continue;
        }
        let Some(sentence) = context.facts.note.sentences.get(attribution.sentence as usize) else { continue };
        let item = context.facts.note.block_of(sentence).item;
        match bare_head(context, *source) {
            Some(true) if described.iter().any(|(i, _)| *i == item) => {}
            Some(plural) => {
                let what = sourcing::excerpt(context.text, *source);
                let message = if plural { message::several(what) } else { message::undescribed(what) };
                let finding = findings.add(&UNDESCRIBED_SOURCE, *source, message);
                finding.score = if attribution.strong { 0.9 } else { 0.5 };
                finding.fixes.extend(described_as(context, *source));
            }
            None => described.push((item, String::new())),
        }
    }
}

/// "A \[institution\] official with \[access\]": what the author has to fill in, in its place.
fn described_as(context: &RuleContext<'_>, source: TextRange) -> Option<Fix> {
    let words = fixes::tokens_in(context, source);
    let head = words.last()?;
    let mut edits = vec![
        fixes::insert(context, head.range.start, format!("[{}] ", fixes::INSTITUTION)),
        fixes::insert(context, head.range.end, format!(" with [{}]", fixes::ACCESS)),
    ];
    // "An official" becomes "A [institution] official".
    let article = words.first().filter(|t| words.len() == 2 && t.text(context.text).eq_ignore_ascii_case("an"));
    if let Some(article) = article {
        edits.insert(
            0,
            Edit {
                file: context.file,
                range: TextRange::new(article.range.end - 1, article.range.end),
                text: String::new(),
            },
        );
    }
    let title = format!("Insert \"[{}]\" and \"with [{}]\"", fixes::INSTITUTION, fixes::ACCESS);
    Some(Fix { title, edits, safe: false })
}

/// True for a bare plural, false for another head without a description; none for a described source.
fn bare_head(context: &RuleContext<'_>, source: TextRange) -> Option<bool> {
    let tokens = &context.facts.note.tokens;
    let first = tokens.partition_point(|t| t.range.start < source.start);
    let last = tokens.partition_point(|t| t.range.start < source.end);
    let words = tokens.get(first..last)?;
    let (head, before) = words.split_last()?;
    if !classes_of(head.hash).has(class::BARE_HEAD) {
        return None;
    }
    let empty = before.iter().all(|t| t.text(context.text) == "-" || classes_of(t.hash).has(class::BARE_MODIFIER));
    if !empty {
        return None;
    }
    // An apposition or clause after the head describes it, and so does a noun glued before it.
    let after = tokens.get(last).map_or("", |t| t.text(context.text));
    let glued = first.checked_sub(1).and_then(|at| tokens.get(at)).is_some_and(|t| {
        t.kind == TokenKind::Possessive
            || t.kind == TokenKind::Word && t.capital && t.range.end + 1 == source.start && before.is_empty()
    });
    if classes_of_small(after).has(class::DESCRIBES) || glued {
        return None;
    }
    Some(before.is_empty())
}
