//! T605: a date that cannot be.

use jiff::civil::Date;

use super::dates;
use crate::analysis::facts::ClaimKind;
use crate::config::Level;
use crate::lexicon::{class, classes_of_small, word};
use crate::rules::attribution::sourcing;
use crate::rules::estimate::estimates;
use crate::rules::{Findings, RuleContext};
use crate::structure::Token;
use crate::text::TextRange;

crate::declare_rule! {
    /// Reports a weekday that does not fit its date, days that no calendar has, and spans that end before they begin.
    ///
    /// ## Why
    /// One of the two is wrong, and every chronology built on it.
    ///
    /// ## Reported
    /// ```note
    /// The fleet left on Monday, 4 March 2031.
    ///                   ^^^^^^^^^^^^^^^^^^^^
    /// ```
    /// ```note
    /// The fleet left on 31 June 2031.
    ///                   ^^^^^^^^^^^^
    /// ```
    /// ```note
    /// The strait was shut from 12 March 2031 to 4 March 2031.
    ///                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    /// ```
    /// ```note
    /// ---
    /// date: 2031-04-02
    /// ---
    ///
    /// On 12 June 2031 Minister Doss met the envoys in Lusk.
    ///    ^^^^^^^^^^^^
    /// ```
    ///
    /// ## Accepted
    /// ```note
    /// The fleet left on Tuesday, 4 March 2031.
    /// ```
    /// ```note
    /// The strait was shut from 4 March 2031 to 12 March 2031, not from 12 March 2031 to the end of the month.
    /// ```
    /// ```note
    /// ---
    /// date: 2031-04-02
    /// ---
    ///
    /// Minister Doss invited the envoys to Lusk for 12 May 2031. On 1 April 2031 Minister Doss met the envoys in Lusk.
    /// ```
    /// ```note
    /// The log reads "sailed on 31 June 2031".
    /// ```
    ///
    /// ## Limits
    /// Only dates with their year. A happening after the note's own date (front matter or file name) is information, because notes
    /// are written on; what was planned for a later day is left alone as far as the words tell.
    pub(super) static DATE_CONFLICT = Rule {
        code: "T605",
        name: "date-conflict",
        family: Time,
        level: Error,
        strict: Error,
        since: "0.1.0",
        check: check,
        messages: {
            no_such_day(date): "Impossible date \"{date}\": there is no such day. Correct it.",
            weekday(weekday): "Wrong weekday: this date was a {weekday}. Check weekday and date.",
            backwards(): "Backward time span: it ends before it begins. Check both dates.",
            later(date, noted): "Future date \"{date}\": the note itself is dated {noted}. Check which is wrong.",
        },
    };
}

fn check(context: &RuleContext<'_>, findings: &mut Findings) {
    let facts = context.facts;
    let noted = dates::of_note(context);
    for (index, sentence) in facts.note.sentences.iter().enumerate() {
        let index = index as u32;
        if !sourcing::expects_source(context, index) {
            continue;
        }
        let tokens = facts.note.tokens_of(sentence);
        let mut before: Option<(TextRange, Date)> = None;
        for date in dates::written(context.text, tokens) {
            let written = sourcing::excerpt(context.text, date.range);
            if facts.is_quoted(date.range.start) {
                continue;
            }
            let Ok(day) = Date::new(date.year, date.month, date.day) else {
                let message = message::no_such_day(written);
                findings.add(&DATE_CONFLICT, date.range, message);
                continue;
            };
            if date.weekday.is_some_and(|weekday| weekday != day.weekday()) {
                let message = message::weekday(dates::name(day.weekday()));
                findings.add(&DATE_CONFLICT, date.range, message);
            } else if let Some(range) = before.filter(|(_, start)| *start > day).and_then(|(start, _)| {
                let range = start.cover(date.range);
                is_span(context, range, TextRange::new(start.end, date.range.start)).then_some(range)
            }) {
                findings.add(&DATE_CONFLICT, range, message::backwards());
            } else if let Some(noted) = noted.filter(|noted| day > *noted && is_past(context, index, tokens)) {
                let message = message::later(written, noted);
                findings.add(&DATE_CONFLICT, date.range, message).level = Level::Information;
            }
            before = Some((date.range, day));
        }
    }
}

/// "from A to B", "between A and B", "A - B": `between` holds what stands between the two dates.
fn is_span(context: &RuleContext<'_>, whole: TextRange, between: TextRange) -> bool {
    let opening = estimates::neighbours(context, whole).0.map_or("", |token| token.text(context.text));
    match between.of(context.text).trim() {
        "to" | "until" | "through" => opening.eq_ignore_ascii_case("from"),
        "and" => opening.eq_ignore_ascii_case("between"),
        "-" | "–" | "—" => true,
        _ => false,
    }
}

/// True if the sentence tells what has happened, and nothing in it looks ahead.
fn is_past(context: &RuleContext<'_>, sentence: u32, tokens: &[Token]) -> bool {
    let event = context.facts.claim_of(sentence).is_some_and(|claim| claim.kind == ClaimKind::Event);
    let ahead = |token: &Token| {
        let classes = word(token.hash).classes;
        // A capital is the month of May.
        let modal = classes.has(class::MODAL_ALONE) && !token.capital;
        classes_of_small(token.text(context.text)).has(class::AHEAD) || modal || classes.has(class::CONDITIONAL)
    };
    event && !tokens.iter().any(ahead)
}
