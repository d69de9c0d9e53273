//! T601: "last month", and no day to count from.

use super::dates;
use crate::lexicon::phrase;
use crate::rules::attribution::sourcing;
use crate::rules::estimate::estimates;
use crate::rules::{Findings, RuleContext};

crate::declare_rule! {
    /// Reports a relative date in an item that has no date to count from.
    ///
    /// ## Why
    /// "Last month" means something else to every reader who opens the note later.
    ///
    /// ## Reported
    /// ```note
    /// The fleet left last month.
    ///                ^^^^^^^^^^
    /// ```
    ///
    /// ## Accepted
    /// ```note
    /// ---
    /// date: 2031-04-02
    /// ---
    ///
    /// The fleet left last month.
    /// ```
    /// ```note
    /// On 2 April 2031 the fleet was at sea. It had left last month.
    /// ```
    /// ```note
    /// The last year of the embargo was cold.
    /// ```
    ///
    /// ## Limits
    /// Once an item. A date in the front matter, the file's name, a dateline or the text is enough.
    pub(super) static UNANCHORED_RELATIVE_DATE = Rule {
        code: "T601",
        name: "relative-date-unanchored",
        family: Time,
        level: Information,
        strict: Warning,
        since: "0.1.0",
        check: check,
        messages: {
            unanchored(what): "Unanchored date \"{what}\": nothing says which day it counts from. Give the date, or date the note.",
        },
    };
}

fn check(context: &RuleContext<'_>, findings: &mut Findings) {
    let facts = context.facts;
    if dates::in_file_name(context) {
        return;
    }
    let mut last = None;
    for signal in facts.signals.iter().filter(|s| !s.quoted && s.kinds.has(phrase::RELATIVE_TIME)) {
        let Some(sentence) = facts.note.sentences.get(signal.sentence as usize) else { continue };
        let item = facts.note.block_of(sentence).item;
        let anchored = facts.items.get(item as usize).is_some_and(|i| i.anchor.is_some());
        if anchored || last == Some(item) || !sourcing::expects_source(context, signal.sentence) {
            continue;
        }
        // "The last year of the war" counts from the war.
        let (_, after) = estimates::neighbours(context, signal.range);
        if after.is_some_and(|token| token.text(context.text) == "of") {
            continue;
        }
        last = Some(item);
        let what = sourcing::excerpt(context.text, signal.range);
        findings.add(&UNANCHORED_RELATIVE_DATE, signal.range, message::unanchored(what));
    }
}
