//! T602: a weekday of no week.

use super::dates;
use crate::lexicon::{class, phrase, word};
use crate::rules::attribution::sourcing;
use crate::rules::{Findings, RuleContext};
use crate::structure::{Token, TokenKind};

crate::declare_rule! {
    /// Reports a weekday in an item that has no date to count from.
    ///
    /// ## Why
    /// "On Tuesday" is one of 52 a year.
    ///
    /// ## Reported
    /// ```note
    /// The fleet left on Tuesday.
    ///                   ^^^^^^^
    /// ```
    ///
    /// ## Accepted
    /// ```note
    /// ---
    /// date: 2031-04-02
    /// ---
    ///
    /// The fleet left on Tuesday.
    /// ```
    /// ```note
    /// Sales on Black Friday rose, the Sunday Post sold well, and the council meets every other Tuesday.
    /// ```
    ///
    /// ## Limits
    /// Once an item, and not where T601 speaks of a relative date.
    pub(super) static UNANCHORED_WEEKDAY = Rule {
        code: "T602",
        name: "weekday-unanchored",
        family: Time,
        level: Information,
        strict: Information,
        since: "0.1.0",
        check: check,
        messages: {
            unanchored(what): "Unanchored weekday \"{what}\": nothing says which week it is in. Give the date, or date the note.",
        },
    };
}

fn check(context: &RuleContext<'_>, findings: &mut Findings) {
    let facts = context.facts;
    if dates::in_file_name(context) {
        return;
    }
    let item_of = |sentence: u32| facts.note.sentences.get(sentence as usize).map(|s| facts.note.block_of(s).item);
    let mut last = None;
    for (index, sentence) in facts.note.sentences.iter().enumerate() {
        let item = item_of(index as u32);
        let anchored = item.and_then(|i| facts.items.get(i as usize)).is_some_and(|i| i.anchor.is_some());
        if anchored || last == item || !sourcing::expects_source(context, index as u32) {
            continue;
        }
        let tokens = facts.note.tokens_of(sentence);
        let is_weekday = |token: &Token| token.capital && word(token.hash).classes.has(class::WEEKDAY);
        let is_meant = |at: usize, token: &Token| {
            !facts.is_quoted(token.range.start) && !is_of_every_week(context.text, tokens, at)
        };
        let Some((_, day)) = tokens.iter().enumerate().find(|(at, token)| is_weekday(token) && is_meant(*at, token))
        else {
            continue;
        };
        last = item;
        let relative = facts
            .signals
            .iter()
            .any(|s| !s.quoted && s.kinds.has(phrase::RELATIVE_TIME) && item_of(s.sentence) == item);
        if relative {
            continue;
        }
        let what = day.text(context.text);
        findings.add(&UNANCHORED_WEEKDAY, day.range, message::unanchored(what));
    }
}

/// "Black Friday", "the Sunday Post", "every other Tuesday": no day of one certain week.
fn is_of_every_week(text: &str, tokens: &[Token], at: usize) -> bool {
    let before = |back: usize| at.checked_sub(back).and_then(|at| tokens.get(at));
    let classes = |token: &Token| word(token.hash).classes;
    let each = |token: &Token| ["every", "each"].iter().any(|word| token.text(text).eq_ignore_ascii_case(word));
    let named = before(1).is_some_and(|token| {
        let opens = at == 1 && classes(token).has(class::PREPOSITION);
        classes(token).has(class::DETERMINER) || token.kind == TokenKind::Word && token.capital && !opens
    });
    named || before(1).is_some_and(each) || before(2).is_some_and(each)
}
