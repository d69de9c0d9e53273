//! A112: somebody says that somebody else said.

use super::sourcing;
use crate::analysis::facts::{ClaimKind, EntityKind, SourceKind};
use crate::config::Level;
use crate::rules::{Findings, Fix, RuleContext, fixes};
use crate::structure::{Token, TokenKind};
use crate::text::TextRange;

crate::declare_rule! {
    /// Reports what reaches the reader at second hand: A says that B said.
    ///
    /// ## Why
    /// Only A can be asked, and B may have said something else. Both links of the chain should be shown, and the first one
    /// looked for. A figure told so is a warning.
    ///
    /// ## Reported
    /// ```note
    /// Nadim Haddad said the envoy had promised 12 boats.
    ///                   ^^^^^^^^^^^^^^^^^^^^^^
    /// ```
    ///
    /// ## Accepted
    /// ```note
    /// The envoy promised 12 boats in a letter, Nadim Haddad said.[^1]
    ///
    /// [^1]: Letter of 9 May 2031.
    /// ```
    /// ```note
    /// Nadim Haddad said he had promised nothing.
    /// ```
    /// ```note
    /// The envoy told Harbor Daily that the admiral had promised 12 boats (at second hand).
    /// ```
    ///
    /// ## Limits
    /// Only words that tell of another's words after a noun ("the envoy had told him") are known. A spokesman speaks for his
    /// principal and is accepted, and so is a cited sentence.
    pub(super) static SECONDHAND = Rule {
        code: "A112",
        name: "secondhand-attribution",
        family: Attribution,
        level: Information,
        strict: Warning,
        since: "0.1.0",
        check: check,
        messages: {
            second_hand(): "Second-hand report: the speaker passes on what another said. Find and cite whoever said it first.",
        },
        precedence: 90,
        answered_by_declaration: true,
    };
}

const PASSED_ON: &[&str] = &["told", "promised", "assured", "informed"];

fn check(context: &RuleContext<'_>, findings: &mut Findings) {
    let facts = context.facts;
    for attribution in facts.attributions.iter() {
        let usable = attribution.strong && matches!(attribution.kind, SourceKind::Named | SourceKind::Anonymous);
        if !usable
            || !sourcing::expects_source(context, attribution.sentence)
            || sourcing::is_cited(context, attribution.sentence)
            || is_marked(context, attribution.sentence)
        {
            continue;
        }
        let for_another =
            |words: &str| ["spokes", "lawyer", "translator", "attorney"].iter().any(|w| words.contains(w));
        let role = attribution.speaker.and_then(|at| facts.entities.get(at as usize));
        let speaks_for = attribution.source.iter().any(|s| for_another(s.of(context.text)))
            || role.is_some_and(|entity| entity.roles.iter().any(|role| for_another(&role.text)));
        let Some(range) = attribution.content.iter().find_map(|c| told_by_another(context, *c)).filter(|_| !speaks_for)
        else {
            continue;
        };
        let finding = findings.add(&SECONDHAND, range, message::second_hand());
        finding.score = 0.7;
        let marked = fixes::appended(context, attribution.sentence, MARK);
        let title = || format!("Insert \"{}\"", MARK.trim_start());
        finding.fixes.extend(marked.map(|edit| Fix { title: title(), edits: vec![edit], safe: false }));
        let grave = facts.claim_of(attribution.sentence).is_some_and(|c| c.kind == ClaimKind::Statistic);
        if grave {
            finding.level = finding.level.max(Level::Warning);
        }
    }
}

const MARK: &str = " (at second hand)";

/// The author has said it already.
fn is_marked(context: &RuleContext<'_>, sentence: u32) -> bool {
    let words = context.facts.note.sentences.get(sentence as usize).map_or("", |s| s.range.of(context.text));
    ["second hand)", "second-hand)", "secondhand)"].iter().any(|mark| words.contains(mark))
}

/// "the envoy had promised", "Lidia Marr told him" outside quotations: a noun, perhaps "had", a word of saying.
fn told_by_another(context: &RuleContext<'_>, content: TextRange) -> Option<TextRange> {
    let facts = context.facts;
    let first = facts.note.tokens.partition_point(|t| t.range.start < content.start);
    let last = facts.note.tokens.partition_point(|t| t.range.start < content.end);
    let tokens = facts.note.tokens.get(first..last)?;

    for (at, token) in tokens.iter().enumerate().skip(1) {
        if !PASSED_ON.contains(&token.text(context.text)) || facts.is_quoted(token.range.start) {
            continue;
        }
        let had = tokens.get(at - 1).is_some_and(|before| before.text(context.text) == "had");
        let subject = at.checked_sub(1 + usize::from(had))?;
        if !had && token.text(context.text) != "told" {
            continue;
        }
        if let Some(start) = subject_start(context, tokens, subject) {
            return Some(TextRange::new(start, token.range.end));
        }
    }
    None
}

/// The start of the noun phrase that ends at `at`, if it is a name or "the" with a noun.
fn subject_start(context: &RuleContext<'_>, tokens: &[Token], at: usize) -> Option<u32> {
    let head = tokens.get(at).filter(|t| t.kind == TokenKind::Word)?;
    let name = context
        .facts
        .mentions_in(head.range)
        .find(|m| m.range.end == head.range.end && matches!(m.kind, EntityKind::Person | EntityKind::Org));
    if let Some(name) = name {
        return Some(name.range.start);
    }
    let the = tokens.get(at.checked_sub(1)?)?;
    (the.text(context.text) == "the" && !head.capital).then_some(the.range.start)
}
