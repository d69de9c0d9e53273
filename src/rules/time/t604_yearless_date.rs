//! T604: a day without its year, where the year is not plain.

use std::collections::BTreeSet;

use super::dates;
use crate::rules::attribution::sourcing;
use crate::rules::{Findings, RuleContext};
use crate::structure::Sentence;

crate::declare_rule! {
    /// Reports a day without a year in an item that has no year to read it by, or several.
    ///
    /// ## Why
    /// "4 March" is plain on the day it is written. Two years on, in a folder of notes, it is any 4 March.
    ///
    /// ## Reported
    /// ```note
    /// The gates were opened on 4 March.
    ///                          ^^^^^^^
    /// ```
    /// ```note
    /// The first ferry sank on 2 May 2029 and the next on 9 June 2031. The gates were shut on August 4.
    ///                                                                                        ^^^^^^^^
    /// ```
    ///
    /// ## Accepted
    /// ```note
    /// ---
    /// date: 2031-04-02
    /// ---
    ///
    /// The gates were opened on 4 March.
    /// ```
    /// ```note
    /// In 2031 the gates were opened on 4 March and shut on 9 May.
    /// ```
    ///
    /// ## Limits
    /// Once an item. In a sentence that gives a year, and under a date of the note itself, a day is plain.
    pub(super) static YEARLESS_DATE = Rule {
        code: "T604",
        name: "yearless-date",
        family: Time,
        level: Hint,
        strict: Information,
        since: "0.2.0",
        check: check,
        messages: {
            no_year(what): "Date without a year \"{what}\": nothing here gives the year. Add it, or date the note.",
            many_years(what, count): "Date without a year \"{what}\": this text speaks of {count} years. Say which.",
        },
    };
}

fn check(context: &RuleContext<'_>, findings: &mut Findings) {
    // The day of the note itself, in its front matter or file name, is what its days count from.
    if dates::of_note(context).is_some() || dates::in_file_name(context) {
        return;
    }
    let note = &context.facts.note;
    for item in &note.items {
        let blocks = note.blocks.get(item.blocks.start as usize..item.blocks.end as usize).unwrap_or(&[]);
        let sentences = || blocks.iter().flat_map(|block| note.sentences_of(block));
        let years = |sentence: &Sentence| dates::years(context.text, note.tokens_of(sentence));
        let all: BTreeSet<i16> = sentences().flat_map(years).collect();
        if all.len() == 1 {
            continue;
        }
        let bare = sentences().filter(|sentence| years(sentence).next().is_none()).find_map(|sentence| {
            let index = note.sentence_at(sentence.range.start)? as u32;
            let day = dates::yearless(context.text, note.tokens_of(sentence))?;
            let counts = sourcing::expects_source(context, index) && !context.facts.is_quoted(day.start);
            counts.then_some(day)
        });
        let Some(day) = bare else { continue };
        let what = sourcing::excerpt(context.text, day);
        let message = match all.len() {
            0 => message::no_year(what),
            many => message::many_years(what, many),
        };
        findings.add(&YEARLESS_DATE, day, message);
    }
}
