//! T602: a weekday of no week.

use super::{Findings, RuleContext, dates, sourcing};
use crate::lexicon::claims::{class, phrase, word};
use crate::structure::Token;

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
    ///
    /// ## Limits
    /// Once an item, and not where T601 speaks of a relative date.
    pub(super) static UNANCHORED_WEEKDAY = Rule { code: "T602", name: "weekday-unanchored", level: Information, strict: Information, since: "0.1.0", check: check };
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
        if anchored || last == item || !sourcing::is_judged(context, index as u32) {
            continue;
        }
        let weekday = |t: &&Token| t.capital && word(t.hash).classes.has(class::WEEKDAY);
        let Some(day) = facts.note.tokens_of(sentence).iter().find(|t| weekday(t) && !facts.is_quoted(t.range.start))
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
        let message =
            format!("\"{what}\" has no date to count from. Give the date, or put a date into the front matter.");
        findings.add(&UNANCHORED_WEEKDAY, day.range, message);
    }
}
