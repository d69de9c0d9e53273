//! Dates as they are written.

use std::sync::LazyLock;

use jiff::civil::{Date, Weekday};

use crate::lexicon::{class, word};
use crate::rules::RuleContext;
use crate::structure::{Token, TokenKind};
use crate::text::{TextRange, word_hash};

/// A day with its year, as written in a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::rules) struct Written {
    /// Its bytes.
    pub(in crate::rules) range: TextRange,
    /// The day of the week, if it is named.
    pub(in crate::rules) weekday: Option<Weekday>,
    /// The day of the month, from 1.
    pub(in crate::rules) day: i8,
    /// The month, from 1.
    pub(in crate::rules) month: i8,
    /// The year, in four digits.
    pub(in crate::rules) year: i16,
}

/// The days with a year in a sentence: "Monday, 4 March 2031", "March 4, 2031".
pub(in crate::rules) fn written(text: &str, tokens: &[Token]) -> Vec<Written> {
    let mut out = Vec::new();
    for at in 0..tokens.len() {
        let Some(month) = month(tokens, at) else { continue };
        let number = |at: usize, digits: std::ops::RangeInclusive<usize>| {
            let token = tokens.get(at).filter(|t| t.kind == TokenKind::Number)?;
            let text = token.text(text);
            let text = ["st", "nd", "rd", "th"].iter().find_map(|end| text.strip_suffix(end)).unwrap_or(text);
            digits.contains(&text.len()).then(|| text.parse::<i16>().ok()).flatten()
        };
        let point = usize::from(tokens.get(at + 1).is_some_and(|t| t.text(text) == "."));
        let comma = |at: usize| usize::from(tokens.get(at).is_some_and(|t| t.text(text) == ","));
        let after = at + 1 + point;
        let before = at.checked_sub(1).and_then(|at| Some((at, number(at, 1..=2)?)));
        let (first, last, day, year) = if let Some((first, day)) = before {
            let year_at = after + comma(after);
            let Some(year) = number(year_at, 4..=4) else { continue };
            (first, year_at, day, year)
        } else if let Some(day) = number(after, 1..=2) {
            let year_at = after + 1 + comma(after + 1);
            let Some(year) = number(year_at, 4..=4) else { continue };
            (at, year_at, day, year)
        } else {
            continue;
        };
        let comma_before =
            first.checked_sub(1).and_then(|at| tokens.get(at)).is_some_and(|token| token.text(text) == ",");
        let weekday_at = first.checked_sub(1 + usize::from(comma_before));
        let weekday = weekday_at.and_then(|at| weekday(tokens.get(at)?));
        let start = weekday_at.filter(|_| weekday.is_some()).unwrap_or(first);
        let Ok(day) = i8::try_from(day) else { continue };
        let (Some(start), Some(last)) = (tokens.get(start), tokens.get(last)) else { continue };
        let range = start.range.cover(last.range);
        out.push(Written { range, weekday, day, month, year });
    }
    out
}

/// The years in a sentence: numbers of four digits from 1800 to 2199 that count nothing.
pub(in crate::rules) fn years<'a>(text: &'a str, tokens: &'a [Token]) -> impl Iterator<Item = i16> + 'a {
    let counted = |next: Option<&Token>| {
        next.is_some_and(|t| word(t.hash).classes.has(class::UNIT.or(class::QUANTITY).or(class::CURRENCY)))
    };
    tokens.iter().enumerate().filter(|(_, t)| t.kind == TokenKind::Number && t.range.len() >= 4).filter_map(
        move |(at, token)| {
            // "2031-04-02" is one number to the tokenizer in some texts.
            let digits = token.text(text).get(..4)?;
            let year = digits.parse::<i16>().ok().filter(|year| (1800..2200).contains(year))?;
            let whole = token.range.len() == 4 || token.text(text).as_bytes().get(4) == Some(&b'-');
            (whole && !counted(tokens.get(at + 1))).then_some(year)
        },
    )
}

/// The first day that has a month and no year: "4 March", "August 4".
pub(in crate::rules) fn yearless(text: &str, tokens: &[Token]) -> Option<TextRange> {
    let day = |token: Option<&Token>| {
        let token = token.filter(|t| t.kind == TokenKind::Number)?;
        let digits = token.text(text).trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let fits = digits.parse::<u8>().is_ok_and(|day| (1..=31).contains(&day));
        fits.then_some(token.range)
    };
    (0..tokens.len()).find_map(|at| {
        month(tokens, at)?;
        let before = at.checked_sub(1).and_then(|at| day(tokens.get(at)));
        let other = before.or_else(|| day(tokens.get(at + 1)))?;
        Some(tokens.get(at)?.range.cover(other))
    })
}

/// The day and the month in a few words: "May 2", "2 May 2031".
pub(in crate::rules) fn day_and_month(words: &str) -> Option<(i8, i8)> {
    let parts = || words.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
    let months = || MONTH_HASHES.iter();
    let month = parts().find_map(|part| {
        let hash = word_hash(part);
        months().find(|(known, _)| *known == hash).map(|(_, month)| *month)
    })?;
    let day = parts().filter(|part| part.len() <= 2).find_map(|part| part.parse::<i8>().ok())?;
    Some((day, month))
}

/// True if the sentence has a date of its own.
pub(in crate::rules) fn in_sentence(context: &RuleContext<'_>, sentence: u32) -> bool {
    let note = &context.facts.note;
    let Some(sentence) = note.sentences.get(sentence as usize) else { return false };
    let year =
        |t: &Token| t.kind == TokenKind::Number && t.range.len() == 4 && t.text(context.text).starts_with(['1', '2']);
    let calendar = |t: &Token| t.capital && word(t.hash).classes.has(class::MONTH.or(class::WEEKDAY));
    note.tokens_of(sentence).iter().any(|t| year(t) || calendar(t))
}

/// True if the note's file name begins with or holds a date: `2031-04-02-lusk.md`.
pub(in crate::rules) fn in_file_name(context: &RuleContext<'_>) -> bool {
    let Some(note) = context.workspace.note(context.file) else { return false };
    let name = note.path.rsplit('/').next().unwrap_or("");
    let digits = |part: &str, count: usize| part.len() == count && part.bytes().all(|b| b.is_ascii_digit());
    let bytes = name.as_bytes();
    (0..bytes.len().saturating_sub(6)).any(|at| {
        let part = |from: usize, to: usize| name.get(at + from..at + to).unwrap_or("");
        digits(part(0, 4), 4) && matches!(part(4, 5), "-" | "_") && digits(part(5, 7), 2)
    })
}

/// The note's own day, from its front matter or file name; none where only a month or year is known.
pub(in crate::rules) fn of_note(context: &RuleContext<'_>) -> Option<Date> {
    context.workspace.note(context.file)?.date()?.parse().ok()
}

/// The English name of a weekday.
pub(in crate::rules) fn name(weekday: Weekday) -> &'static str {
    WEEKDAYS.iter().find(|(day, _)| *day == weekday).map_or("", |(_, name)| name)
}

const WEEKDAYS: [(Weekday, &str); 7] = [
    (Weekday::Monday, "Monday"),
    (Weekday::Tuesday, "Tuesday"),
    (Weekday::Wednesday, "Wednesday"),
    (Weekday::Thursday, "Thursday"),
    (Weekday::Friday, "Friday"),
    (Weekday::Saturday, "Saturday"),
    (Weekday::Sunday, "Sunday"),
];

static WEEKDAY_HASHES: LazyLock<[(u64, Weekday); 7]> =
    LazyLock::new(|| WEEKDAYS.map(|(day, name)| (word_hash(name), day)));
static MONTH_HASHES: LazyLock<Vec<(u64, i8)>> = LazyLock::new(|| {
    let names = [
        "january jan",
        "february feb",
        "march mar",
        "april apr",
        "may",
        "june jun",
        "july jul",
        "august aug",
        "september sep sept",
        "october oct",
        "november nov",
        "december dec",
    ];
    let numbered = names.iter().zip(1..);
    numbered.flat_map(|(words, number)| words.split(' ').map(move |word| (word_hash(word), number))).collect()
});

fn weekday(token: &Token) -> Option<Weekday> {
    WEEKDAY_HASHES.iter().find(|(hash, _)| *hash == token.hash).map(|(_, day)| *day)
}

fn month(tokens: &[Token], at: usize) -> Option<i8> {
    let token = tokens.get(at).filter(|t| t.capital)?;
    MONTH_HASHES.iter().find(|(hash, _)| *hash == token.hash).map(|(_, month)| *month)
}
