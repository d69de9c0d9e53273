//! T606: 4/5/2031 is two days.

use super::{Edit, Findings, Fix, RuleContext, estimates, sourcing};
use crate::lexicon::{class, word};
use crate::structure::{Token, TokenKind};
use crate::text::TextRange;

crate::declare_rule! {
    /// Reports a date in numbers that can be read in two ways.
    ///
    /// ## Why
    /// 4/5/2031 is 4 May in London and 5 April in Washington.
    ///
    /// ## Reported
    /// ```note
    /// The deal was signed on 4/5/2031.
    ///                        ^^^^^^^^
    /// ```
    ///
    /// ## Accepted
    /// ```note
    /// The deal was signed on 2031-05-04, and the annex on 14/5/2031.
    /// ```
    /// ```note
    /// The log reads "sailed 4/5/2031", and file 4/5/2031-b tells of 9/11/2001.
    /// ```
    ///
    /// ## Limits
    /// Dates with a slash and a year only; equal day and month are one day. Both readings are offered.
    pub(super) static AMBIGUOUS_NUMERIC_DATE = Rule { code: "T606", name: "ambiguous-numeric-date", level: Warning, strict: Warning, since: "0.1.0", check: check };
}

fn check(context: &RuleContext<'_>, findings: &mut Findings) {
    let facts = context.facts;
    let mut month_first = false;
    let mut found = Vec::new();
    for (index, sentence) in facts.note.sentences.iter().enumerate() {
        if !sourcing::is_judged(context, index as u32) {
            continue;
        }
        for window in facts.note.tokens_of(sentence).windows(5) {
            let Some(date) = Slashed::read(context.text, window) else { continue };
            if is_reference(context, date.range) {
                continue;
            }
            month_first |= date.second > 12;
            if date.first <= 12 && date.second <= 12 && date.first != date.second && !facts.is_quoted(date.range.start)
            {
                found.push(date);
            }
        }
    }
    for date in found {
        let message = "Day and month can be swapped. Write the date as 2031-05-04.";
        let finding = findings.add(&AMBIGUOUS_NUMERIC_DATE, date.range, message);
        let mut ways = [(date.second, date.first), (date.first, date.second)];
        // Another date of the note shows which of the two its author means.
        if month_first {
            ways.reverse();
        }
        finding.fixes.extend(ways.into_iter().map(|(month, day)| {
            let text = format!("{:04}-{month:02}-{day:02}", date.year);
            let edits = vec![Edit { file: context.file, range: date.range, text: text.clone() }];
            Fix { title: format!("Write {text}"), edits, safe: false }
        }));
    }
}

/// "Paragraph 3/4/12", "4/5/2031-b", and the one day that is called by its numbers.
fn is_reference(context: &RuleContext<'_>, range: TextRange) -> bool {
    let (before, after) = estimates::around(context, range);
    let labelled =
        before.is_some_and(|token| word(token.hash).classes.has(class::LABEL) || token.text(context.text) == "/");
    let goes_on = after.is_some_and(|token| !token.spaced && matches!(token.text(context.text), "-" | "/"));
    labelled || goes_on || matches!(range.of(context.text), "9/11/2001" | "9/11/01")
}

/// Three numbers with slashes that may be a date.
struct Slashed {
    range: TextRange,
    first: u16,
    second: u16,
    year: u16,
}

impl Slashed {
    fn read(text: &str, tokens: &[Token]) -> Option<Self> {
        let [a, slash, b, other, c] = tokens else { return None };
        let glued = [slash, b, other, c].iter().all(|token| !token.spaced);
        if !glued || slash.text(text) != "/" || other.text(text) != "/" {
            return None;
        }
        let number = |token: &Token, most: u16| {
            let value = token.text(text).parse().ok().filter(|n| (1..=most).contains(n));
            value.filter(|_| token.kind == TokenKind::Number && token.range.len() <= 4)
        };
        let year = match (number(c, 2999)?, c.range.len()) {
            (year, 4) => year,
            (year, 2) => 2000 + year,
            _ => return None,
        };
        Some(Self { range: a.range.cover(c.range), first: number(a, 31)?, second: number(b, 31)?, year })
    }
}
