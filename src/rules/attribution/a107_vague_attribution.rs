//! A107: the source is nobody in particular.

use super::sourcing;
use crate::analysis::facts::{SourceKind, Sourced};
use crate::config::Level;
use crate::lexicon::{class, classes_of_word, phrase};
use crate::rules::{Findings, RuleContext, fixes};
use crate::text::TextRange;

/// Number of sentences after a vague source that may still name who is meant.
const NAMED_WITHIN: u32 = 2;

crate::declare_rule! {
    /// Reports a source that is nobody in particular: "many observers", "reports say", "studies show".
    ///
    /// ## Why
    /// Such words look like a source and are none: nobody can be asked, weighed or contradicted. Where the text goes on to
    /// name them, they are an introduction and accepted.
    ///
    /// ## Reported
    /// ```note
    /// Many observers see the pact as dead.
    /// ^^^^^^^^^^^^^^^^^^
    /// ```
    /// ```note
    /// Analysts believe the ferry deal will collapse.
    /// ^^^^^^^^^^^^^^^^
    /// ```
    ///
    /// ## Accepted
    /// ```note
    /// Many observers see the pact as dead. Ilse Kuhn of Brandt Bank called it "a shell".
    /// ```
    /// ```note
    /// Nadim Haddad said many people believe the pact is dead.
    /// ```
    ///
    /// ## Limits
    /// With a citation in the sentence or the next it is a hint. "Our analysts" are the author's own.
    pub(super) static VAGUE_ATTRIBUTION = Rule {
        code: "A107",
        name: "vague-attribution",
        family: Attribution,
        level: Warning,
        strict: Warning,
        since: "0.1.0",
        check: check,
        messages: {
            vague(what): "Vague source \"{what}\": it is nobody who could be asked. Name the source, or cite one.",
        },
        precedence: 60,
        answered_by_declaration: true,
    };
}

fn check(context: &RuleContext<'_>, findings: &mut Findings) {
    let mut last = None;
    for (sentence, range) in vague_sources(context) {
        let again = last == Some(sentence);
        // A person named later is no outlet.
        let media = range.of(context.text).ends_with("media");
        if again || !sourcing::expects_source(context, sentence) || !media && is_named_later(context, sentence) {
            continue;
        }
        if own_team(context, range) || is_question(context, sentence) {
            continue;
        }
        last = Some(sentence);
        let what = sourcing::excerpt(context.text, range);
        let message = message::vague(what);
        let cited = sourcing::is_cited(context, sentence);
        let finding = findings.add(&VAGUE_ATTRIBUTION, range, message);
        let ask = format!(" [{}]", fixes::WHO);
        finding.fixes.push(fixes::inserting(context, "Insert \"[who?]\"", range.end, ask));
        if cited {
            finding.level = Level::Hint;
        }
    }
}

/// Vague sources of attributions and vague phrases, by sentence.
fn vague_sources(context: &RuleContext<'_>) -> Vec<(u32, TextRange)> {
    let facts = context.facts;
    let mut out: Vec<(u32, TextRange)> = Vec::new();
    for attribution in facts.attributions.iter().filter(|a| a.kind == SourceKind::Vague) {
        let Some(range) = attribution.source.first() else { continue };
        let passive = facts.signals_of(attribution.sentence).iter().any(|s| {
            s.kinds.has(phrase::PASSIVE.or(phrase::HEARSAY)) && attribution.cue.iter().any(|c| c.overlaps(s.range))
        });
        let better = sourcing::attributions_of(context, attribution.sentence).any(|a| {
            a.strong
                && matches!(a.kind, SourceKind::Named | SourceKind::Citation)
                && a.content.iter().any(|c| c.contains_range(*range))
        });
        if !passive && !better && attribution.strong && is_nobody(range.of(context.text)) {
            out.push((attribution.sentence, *range));
        }
    }
    for signal in facts.signals.iter().filter(|s| s.kinds.has(phrase::VAGUE) && !s.quoted) {
        let governed = matches!(facts.claim_of(signal.sentence).map(|c| c.sourced), Some(Sourced::Citation(_)));
        if !governed && !sourcing::is_attributed(context, signal.sentence, signal.range) {
            out.push((signal.sentence, signal.range));
        }
    }
    // The phrase says more than the bare source ("many observers see"), so it stands first.
    out.sort_by_key(|(sentence, range)| (*sentence, range.start, std::cmp::Reverse(range.end)));
    out
}

/// The next sentence under the same heading: in newspapers every sentence is a paragraph.
fn next_in_section(context: &RuleContext<'_>, sentence: u32) -> Option<u32> {
    let note = &context.facts.note;
    let key = |at: u32| note.sentences.get(at as usize).map(|s| (note.block_of(s).item, note.block_of(s).heading));
    (key(sentence + 1)? == key(sentence)? && sourcing::expects_source(context, sentence + 1)).then_some(sentence + 1)
}

/// True if the words of a source are a bare class of people or of documents.
fn is_nobody(source: &str) -> bool {
    let last = source.rsplit(|c: char| !c.is_alphanumeric()).find(|w| !w.is_empty()).unwrap_or("");
    classes_of_word(last).has(class::NOBODY)
}

fn is_named_later(context: &RuleContext<'_>, sentence: u32) -> bool {
    let facts = context.facts;
    let mut at = sentence;
    for _ in 0..NAMED_WITHIN {
        let Some(next) = next_in_section(context, at) else { return false };
        if sourcing::attributions_of(context, next).any(|a| a.kind == SourceKind::Named && a.strong) {
            return true;
        }
        let named = facts.claim_of(next).is_some_and(|c| matches!(c.sourced, Sourced::Attribution(a) if facts.attributions.get(a as usize).is_some_and(|a| a.kind == SourceKind::Named)));
        if named {
            return true;
        }
        at = next;
    }
    false
}

fn own_team(context: &RuleContext<'_>, range: TextRange) -> bool {
    let before = context.text.get(..range.start as usize).unwrap_or("").trim_end();
    let head = range.of(context.text);
    before.ends_with(" our") || before.ends_with("Our") || head.starts_with("our ") || head.starts_with("Our ")
}

fn is_question(context: &RuleContext<'_>, sentence: u32) -> bool {
    context.facts.note.sentences.get(sentence as usize).is_some_and(|s| s.range.of(context.text).ends_with('?'))
}
