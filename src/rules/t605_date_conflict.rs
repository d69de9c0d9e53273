//! T605: a date that does not exist.

use super::{Findings, RuleContext, dates, sourcing};
use crate::analysis::facts::Zone;

crate::declare_rule! {
    /// Reports a weekday that does not fit its date, and days that no calendar has.
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
    ///
    /// ## Accepted
    /// ```note
    /// The fleet left on Tuesday, 4 March 2031.
    /// ```
    ///
    /// ## Limits
    /// Weekdays are checked where the year stands with the date.
    pub(super) static DATE_CONFLICT = Rule { code: "T605", name: "date-conflict", level: Error, strict: Error, since: "0.1.0", check: check };
}

fn check(context: &RuleContext<'_>, findings: &mut Findings) {
    let facts = context.facts;
    for (index, sentence) in facts.note.sentences.iter().enumerate() {
        if matches!(facts.zone_of(index as u32), Zone::Exempt) {
            continue;
        }
        for date in dates::written(context.text, facts.note.tokens_of(sentence)) {
            let wrong = match jiff::civil::Date::new(date.year, date.month, date.day) {
                Err(_) => {
                    format!("There is no such day: \"{}\". Check the date.", sourcing::shown(context.text, date.range))
                }
                Ok(day) => match date.weekday {
                    Some(weekday) if weekday != day.weekday() => {
                        format!("This date was a {}. Check weekday and date.", dates::name(day.weekday()))
                    }
                    _ => continue,
                },
            };
            findings.add(&DATE_CONFLICT, date.range, wrong);
        }
    }
}
