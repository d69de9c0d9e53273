//! A118: an accusation without the answer of the accused.

use super::sourcing;
use crate::analysis::facts::{EntityKind, Mention};
use crate::lexicon::{class, phrase, word};
use crate::rules::{Findings, RuleContext};

/// Tokens between the accused and the verb of wrongdoing.
const REACH: usize = 4;

crate::declare_rule! {
    /// Reports an accusation against a named party in an item that has no answer of anybody accused.
    ///
    /// ## Why
    /// Fairness: the accused is asked, and the reader is told what the answer was, or that there was none.
    ///
    /// ## Reported
    /// ```note
    /// Auditors say Ada Pell falsified the gate log.
    ///                       ^^^^^^^^^
    /// ```
    ///
    /// ## Accepted
    /// ```note
    /// Auditors say Ada Pell falsified the gate log. Pell denied it.
    /// ```
    /// ```note
    /// Auditors say Ada Pell falsified the gate log. She did not respond to a request for comment.
    /// ```
    ///
    /// ## Limits
    /// A hint, once per party and item: any answer in the item is taken as the answer.
    pub(super) static WITHOUT_RESPONSE = Rule {
        code: "A118",
        name: "allegation-without-response",
        family: Attribution,
        level: Hint,
        strict: Information,
        since: "0.1.0",
        check: check,
        messages: {
            unheard(who): "One-sided allegation: {who} is accused and not heard. Give the response, or say that there was none.",
        },
        precedence: 140,
        answered_by_declaration: true,
    };
}

fn check(context: &RuleContext<'_>, findings: &mut Findings) {
    let facts = context.facts;
    let note = &facts.note;
    let item_of = |sentence: u32| note.sentences.get(sentence as usize).map(|s| note.block_of(s).item);
    let answered =
        |item: Option<u32>| facts.signals.iter().any(|s| s.kinds.has(phrase::DENIAL) && item_of(s.sentence) == item);
    let mut done: Vec<(Option<u32>, Option<u32>)> = Vec::new();
    for (index, sentence) in note.sentences.iter().enumerate() {
        let index = index as u32;
        if !sourcing::expects_source(context, index) {
            continue;
        }
        let tokens = note.tokens_of(sentence);
        for (at, token) in tokens.iter().enumerate() {
            if !word(token.hash).classes.has(class::ALLEGE) || token.capital {
                continue;
            }
            let from = tokens.get(at.saturating_sub(REACH)).unwrap_or(token).range.start;
            let party = |m: &&Mention| {
                matches!(m.kind, EntityKind::Person | EntityKind::Org)
                    && m.range.start >= from
                    && m.range.end < token.range.start
            };
            let before = facts.mentions.partition_point(|m| m.range.start < token.range.start);
            let Some(party) = facts.mentions.iter().take(before).rev().take(2).find(party) else { continue };
            let key = (item_of(index), party.entity);
            if done.contains(&key) || answered(key.0) {
                continue;
            }
            done.push(key);
            let who = sourcing::excerpt(context.text, party.range);
            let message = message::unheard(who);
            findings.add(&WITHOUT_RESPONSE, token.range, message);
        }
    }
}
