//! T605: a date that cannot be.

use jiff::civil::Date;

use super::{Findings, RuleContext, dates, estimates, sourcing};
use crate::analysis::facts::ClaimKind;
use crate::config::Level;
use crate::lexicon::{class, classes_of_small, word};
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
    pub(super) static DATE_CONFLICT = Rule { code: "T605", name: "date-conflict", level: Error, strict: Error, since: "0.1.0", check: check };
}

fn check(context: &RuleContext<'_>, findings: &mut Findings) {
    let facts = context.facts;
    let noted = dates::of_note(context);
    for (index, sentence) in facts.note.sentences.iter().enumerate() {
        let index = index as u32;
        if !sourcing::is_judged(context, index) {
            continue;
        }
        let tokens = facts.note.tokens_of(sentence);
        let mut before: Option<(TextRange, Date)> = None;
        for date in dates::written(context.text, tokens) {
            let written = sourcing::shown(context.text, date.range);
            if facts.is_quoted(date.range.start) {
                continue;
            }
            let Ok(day) = Date::new(date.year, date.month, date.day) else {
                let message = format!("There is no such day: \"{written}\". Check the date.");
                findings.add(&DATE_CONFLICT, date.range, message);
                continue;
            };
            if date.weekday.is_some_and(|weekday| weekday != day.weekday()) {
                let message = format!("This date was a {}. Check weekday and date.", dates::name(day.weekday()));
                findings.add(&DATE_CONFLICT, date.range, message);
            } else if let Some(range) = before.filter(|(_, start)| *start > day).and_then(|(start, _)| {
                let range = start.cover(date.range);
                is_span(context, range, TextRange::new(start.end, date.range.start)).then_some(range)
            }) {
                findings.add(&DATE_CONFLICT, range, "This span ends before it begins. Check both dates.");
            } else if let Some(noted) = noted.filter(|noted| day > *noted && is_past(context, index, tokens)) {
                let message = format!("\"{written}\" lies after the note's own date, {noted}. Check which is wrong.");
                findings.add(&DATE_CONFLICT, date.range, message).level = Level::Information;
            }
            before = Some((date.range, day));
        }
    }
}

/// "from A to B", "between A and B", "A - B": `between` holds what stands between the two dates.
fn is_span(context: &RuleContext<'_>, whole: TextRange, between: TextRange) -> bool {
    let opening = estimates::around(context, whole).0.map_or("", |token| token.text(context.text));
    match between.of(context.text).trim() {
        "to" | "until" | "through" => opening.eq_ignore_ascii_case("from"),
        "and" => opening.eq_ignore_ascii_case("between"),
        "-" | "–" | "—" => true,
        _ => false,
    }
}

/// Whether the sentence tells what has happened, and nothing in it looks ahead.
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
