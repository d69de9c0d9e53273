//! T606: 4/5/2031 is two days.

use jiff::civil::Date;

use crate::lexicon::{class, word};
use crate::rules::attribution::sourcing;
use crate::rules::estimate::estimates;
use crate::rules::{Edit, Findings, Fix, RuleContext};
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
    /// ```note
    /// The fair was held on 4/5–6/5/2031.
    ///                      ^^^^^^^^^^^^
    /// ```
    ///
    /// ## Accepted
    /// ```note
    /// The deal was signed on 2031-05-04, and the annex on 14/5/2031.
    /// ```
    /// ```note
    /// The log reads "sailed 4/5/2031", and file 4/5/2031-b tells of 9/11/2001.
    /// ```
    /// ```note
    /// The talks went on from 9-10/9/2031 to 11/2031.
    /// ```
    ///
    /// ## Limits
    /// Dates with a slash and a year only; equal day and month are one day. Both readings are offered, of a period both its
    /// ends. Days before a date, as in "9–10/9/2031", say which number is the day. What is glued to other numbers, letters or
    /// signs is part of a path, a file number or a version and is no date.
    pub(super) static AMBIGUOUS_NUMERIC_DATE = Rule {
        code: "T606",
        name: "ambiguous-numeric-date",
        family: Time,
        level: Warning,
        strict: Warning,
        since: "0.1.0",
        check: check,
        messages: {
            ambiguous(): "Ambiguous date: day and month can be swapped. Write it as YYYY-MM-DD.",
        },
    };
}

fn check(context: &RuleContext<'_>, findings: &mut Findings) {
    let facts = context.facts;
    let mut month_first = false;
    let mut found = Vec::new();
    for (index, sentence) in facts.note.sentences.iter().enumerate() {
        if !sourcing::expects_source(context, index as u32) {
            continue;
        }
        let tokens = facts.note.tokens_of(sentence);
        let mut at = 0;
        while at < tokens.len() {
            let Some((written, length)) = Written::read(context.text, tokens, at) else {
                at += 1;
                continue;
            };
            at += length;
            if is_reference(context, written.range) {
                continue;
            }
            month_first |= written.is_month_first();
            if written.is_ambiguous() && !facts.is_quoted(written.range.start) {
                found.push(written);
            }
        }
    }
    for written in found {
        let finding = findings.add(&AMBIGUOUS_NUMERIC_DATE, written.range, message::ambiguous());
        let mut ways = [written.shown(Order::DayFirst), written.shown(Order::MonthFirst)];
        // Another date of the note shows which of the two its author means.
        if month_first {
            ways.reverse();
        }
        finding.fixes.extend(ways.into_iter().flatten().map(|text| {
            let edits = vec![Edit { file: context.file, range: written.range, text: text.clone() }];
            Fix { title: format!("Write {text}"), edits, safe: false }
        }));
    }
}

/// "Paragraph 3/4/12", "4/5/2031-b", "v2.4/5/2031", "logs/4/5/2031", and the one day that is called by its numbers.
fn is_reference(context: &RuleContext<'_>, range: TextRange) -> bool {
    let (before, _) = estimates::neighbours(context, range);
    let labelled = before.is_some_and(|token| word(token.hash).classes.has(class::LABEL));
    // A bracket or a quotation mark may stand at a date; whatever else is glued to it makes it part of something longer.
    let joins = |c: char| c.is_alphanumeric() || "-–—/\\_.:#@=+~".contains(c);
    let text = context.text;
    let head = text.get(..range.start as usize).and_then(|before| before.chars().next_back());
    let tail = text.get(range.end as usize..).unwrap_or("");
    let goes_on = tail.chars().next().is_some_and(|c| match c {
        '.' | ':' => tail.get(1..).is_some_and(|rest| rest.starts_with(|c: char| c.is_alphanumeric() || c == '_')),
        // A dash with words behind it ends a part of the sentence.
        '–' | '—' => tail.chars().nth(1).is_some_and(|c| c.is_ascii_digit()),
        other => joins(other),
    });
    let comes_on = head.is_some_and(|c| match c {
        '—' => false,
        other => joins(other),
    });
    labelled || goes_on || comes_on || matches!(range.of(text), "9/11/2001" | "9/11/01")
}

/// Which of two numbers is the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Order {
    DayFirst,
    MonthFirst,
}

/// Two numbers with a slash that may be a day and a month, perhaps with a year behind them.
#[derive(Clone, Copy)]
struct Slashed {
    first: u16,
    second: u16,
    year: Option<u16>,
}

impl Slashed {
    /// Such a date at a token, and how many tokens it has.
    fn read(text: &str, tokens: &[Token], at: usize) -> Option<(Self, usize)> {
        let number = |at: usize, most: u16| {
            let token = tokens.get(at).filter(|t| t.kind == TokenKind::Number && t.range.len() <= 4)?;
            token.text(text).parse().ok().filter(|n| (1..=most).contains(n))
        };
        let glued = |at: usize| tokens.get(at).is_some_and(|token| !token.spaced);
        let slash = |at: usize| glued(at) && glued(at + 1) && tokens.get(at).is_some_and(|t| t.text(text) == "/");
        let (first, second) = (number(at, 31)?, number(at + 2, 31).filter(|_| slash(at + 1))?);
        if !slash(at + 3) {
            return Some((Self { first, second, year: None }, 3));
        }
        let year = match (number(at + 4, 2999)?, tokens.get(at + 4)?.range.len()) {
            (year, 4) => year,
            (year, 2) => 2000 + year,
            _ => return None,
        };
        Some((Self { first, second, year: Some(year) }, 5))
    }

    fn date(self, order: Order, year: u16) -> Option<Date> {
        let (month, day) = match order {
            Order::DayFirst => (self.second, self.first),
            Order::MonthFirst => (self.first, self.second),
        };
        Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
    }
}

/// A date in numbers, or a period of two: "4/5/2031", "4/5–6/5/2031", "4/5/2031 to 6/5/2031".
struct Written {
    range: TextRange,
    from: Option<Slashed>,
    to: Slashed,
    year: u16,
    /// "9–10/9/2031": days stand before it, so the first number is the day.
    has_days: bool,
}

impl Written {
    /// The date that begins at a token, and its number of tokens.
    fn read(text: &str, tokens: &[Token], at: usize) -> Option<(Self, usize)> {
        let first = tokens.get(at)?;
        let dash = |at: usize| tokens.get(at).is_some_and(|t| matches!(t.text(text), "-" | "–" | "—" | "--" | "to"));
        let covering = |length: usize| Some(first.range.cover(tokens.get(at + length - 1)?.range));
        if let Some((one, length)) = Slashed::read(text, tokens, at) {
            if dash(at + length)
                && let Some((to, more)) = Slashed::read(text, tokens, at + length + 1)
                && let Some(year) = to.year
            {
                let length = length + 1 + more;
                return Some((Self { range: covering(length)?, from: Some(one), to, year, has_days: false }, length));
            }
            let written = Self { range: covering(length)?, from: None, to: one, year: one.year?, has_days: false };
            return Some((written, length));
        }
        let day =
            first.kind == TokenKind::Number && first.text(text).parse().is_ok_and(|day| (1..=31u16).contains(&day));
        let tight = |at: usize| tokens.get(at).is_some_and(|token| !token.spaced);
        if !day || !dash(at + 1) || !tight(at + 1) || !tight(at + 2) {
            return None;
        }
        let (to, more) = Slashed::read(text, tokens, at + 2)?;
        Some((Self { range: covering(2 + more)?, from: None, to, year: to.year?, has_days: true }, 2 + more))
    }

    fn dates(&self) -> impl Iterator<Item = Slashed> {
        self.from.into_iter().chain([self.to])
    }

    /// A second number that can be no month.
    fn is_month_first(&self) -> bool {
        self.dates().any(|date| date.second > 12)
    }

    fn is_ambiguous(&self) -> bool {
        let either = self.dates().all(|date| date.first <= 12 && date.second <= 12);
        either && !self.has_days && self.dates().any(|date| date.first != date.second)
    }

    /// The date, or both ends of the period; none where that would be no period, or no date.
    fn shown(&self, order: Order) -> Option<String> {
        let to = self.to.date(order, self.year)?;
        let Some(from) = self.from else { return Some(to.to_string()) };
        let from = from.date(order, from.year.unwrap_or(self.year))?;
        (from < to).then(|| format!("{from} to {to}"))
    }
}
