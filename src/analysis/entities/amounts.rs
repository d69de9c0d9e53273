//! Dates, money, shares and quantities, by a grammar over tokens.
//!
//! Names come first: an amount never overlaps one ("9/11", "T-72", "Group of 20").

use std::ops::Range;
use std::sync::LazyLock;

use crate::analysis::facts::EntityKind;
use crate::lexicon::name_words::{self, WordClasses};
use crate::structure::{Note, Token, TokenKind};
use crate::text::{HashedSet, word_hash};

use super::Found;
use super::units::{CURRENCIES, MULTIPLIERS, NUMBER_WORDS, UNITS};

/// Adds the amounts of the note to `found`, which holds its names in order.
pub(super) fn find(text: &str, note: &Note, found: &mut Vec<Found>) {
    let names = found.len();
    let mut name = 0;
    for sentence in &note.sentences {
        let (start, end) = (sentence.tokens.start as usize, sentence.tokens.end as usize);
        let mut at = start;
        while at < end {
            while name < names && found[name].0.end <= at {
                name += 1;
            }
            let limit = if name < names { found[name].0.start.min(end) } else { end };
            if at >= limit {
                at = if name < names { found[name].0.end.max(at + 1) } else { at + 1 };
                continue;
            }
            let reader = Reader { text, tokens: &note.tokens[..limit], start };
            match if reader.may_begin(at) { reader.amount(at) } else { None } {
                Some((range, kind)) => {
                    at = range.end;
                    found.push((range, kind));
                }
                None => at += 1,
            }
        }
    }
}

/// Days told from the day of writing.
const DAYS: &[&str] = &["yesterday", "today", "tomorrow", "tonight"];
/// What makes a date of a unit of time.
const POINTERS: &[&str] = &["last", "next", "this"];
/// Codes of currencies before an amount.
const CODES: &[&str] = &["usd", "eur", "gbp", "rub", "cny", "rmb", "inr", "jpy", "chf", "zar"];

/// The words that can begin an amount; figures and signs can, too.
static BEGINNINGS: LazyLock<HashedSet> = LazyLock::new(|| {
    let calendar = ["month", "weekday"].into_iter().flat_map(name_words::words_of);
    let listed = [NUMBER_WORDS, DAYS, POINTERS, CODES].into_iter().flatten().copied();
    calendar.chain(listed).map(word_hash).collect()
});

struct Reader<'t> {
    text: &'t str,
    /// The tokens of the note up to where a name begins or the sentence ends.
    tokens: &'t [Token],
    /// The sentence's first token.
    start: usize,
}

impl<'t> Reader<'t> {
    fn word(&self, at: usize) -> &'t str {
        self.tokens.get(at).map_or("", |token| token.text(self.text))
    }

    fn classes(&self, at: usize) -> WordClasses {
        self.tokens.get(at).map_or(WordClasses::default(), |token| name_words::of(token.hash))
    }

    fn is_number(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.kind == TokenKind::Number)
    }

    /// Whether an amount can begin here at all, told by a look at the token: most words end here.
    fn may_begin(&self, at: usize) -> bool {
        let may = |token: &Token| {
            matches!(token.kind, TokenKind::Number | TokenKind::Sign) || BEGINNINGS.contains(&token.hash)
        };
        // "US $ 40": the sign tells.
        let sign = |token: &Token| token.kind == TokenKind::Sign;
        self.tokens.get(at).is_some_and(may) || self.tokens.get(at + 1).is_some_and(sign)
    }

    fn amount(&self, at: usize) -> Option<(Range<usize>, EntityKind)> {
        let token = self.tokens.get(at)?;
        if let Some(end) = self.date(at) {
            return Some((at..end, EntityKind::Date));
        }
        if let Some(end) = self.money(at) {
            return Some((at..end, EntityKind::Money));
        }
        let end = self.number_end(at)?;
        let unit = self.word(end);
        if unit == "%" || is(unit, &["percent", "pc"]) {
            return Some((at..end + 1, EntityKind::Percent));
        }
        if is(unit, &["per"]) && is(self.word(end + 1), &["cent"]) {
            return Some((at..end + 2, EntityKind::Percent));
        }
        if is(unit, &["percentage"]) && is(self.word(end + 1), &["points", "point"]) {
            return Some((at..end + 2, EntityKind::Percent));
        }
        if is(unit, CURRENCIES) {
            return Some((at..end + 1, EntityKind::Money));
        }
        // "40 million US dollars"
        if matches!(unit, "US" | "U.S.") && is(self.word(end + 1), CURRENCIES) {
            return Some((at..end + 2, EntityKind::Money));
        }
        let hyphen = unit == "-" && is(self.word(end + 1), UNITS);
        if hyphen {
            return Some((at..end + 2, EntityKind::Quantity));
        }
        if is(unit, UNITS) {
            return Some((at..end + 1, EntityKind::Quantity));
        }
        let glued = self.word(at);
        let digits = glued.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ','));
        if token.kind == TokenKind::Number && digits.len() < glued.len() && !digits.is_empty() && is(digits, UNITS) {
            return Some((at..at + 1, EntityKind::Quantity));
        }
        None
    }

    /// The end of a number in figures or words with its multiplier, if one begins at `at`.
    fn number_end(&self, at: usize) -> Option<usize> {
        let figure = self.is_number(at);
        if !figure && !is(self.word(at), NUMBER_WORDS) {
            return None;
        }
        let mut end = at + 1;
        loop {
            let word = self.word(end);
            if is(word, NUMBER_WORDS) || is(word, MULTIPLIERS) {
                end += 1;
            } else if matches!(word, "-" | "–" | "to" | "and")
                && (self.is_number(end + 1) && figure && word != "and"
                    || !figure && is(self.word(end + 1), NUMBER_WORDS))
            {
                end += 2;
            } else {
                return Some(end);
            }
        }
    }

    fn money(&self, at: usize) -> Option<usize> {
        let word = self.word(at);
        let sign = |word: &str| matches!(word, "$" | "€" | "£" | "¥" | "₹" | "₽" | "₺" | "₩" | "₦");
        let amount = if sign(word) {
            at + 1
        } else if sign(self.word(at + 1)) && is(word, &["us", "a", "c", "hk", "nz", "au", "ca", "nt", "s"]) {
            at + 2
        } else if word.len() == 3 && is(word, CODES) {
            at + 1
        } else {
            return None;
        };
        if !self.is_number(amount) {
            return None;
        }
        let mut end = self.number_end(amount)?;
        if is(self.word(end), CURRENCIES) {
            end += 1;
        }
        Some(end)
    }

    fn date(&self, at: usize) -> Option<usize> {
        let token = self.tokens.get(at)?;
        let classes = self.classes(at);
        let word = self.word(at);
        if classes.any(WordClasses::WEEKDAY) && token.capital && word.len() > 2 {
            let mut next = self.after_point(at + 1);
            if is(self.word(next), &["morning", "afternoon", "evening", "night"]) {
                return Some(next + 1);
            }
            let comma = next;
            if self.word(next) == "," {
                next += 1;
            }
            return Some(self.day_month(next).unwrap_or(comma.min(at + 2).max(at + 1)).max(at + 1))
                .map(|end| if self.word(end - 1) == "," { end - 1 } else { end });
        }
        if let Some(end) = self.day_month(at) {
            return Some(end);
        }
        if token.kind == TokenKind::Number && is_iso(word) {
            return Some(at + 1);
        }
        // 2024-03-04 comes as five tokens.
        if is_year(word)
            && self.word(at + 1) == "-"
            && self.is_number(at + 2)
            && self.word(at + 3) == "-"
            && self.is_number(at + 4)
        {
            return Some(at + 5);
        }
        if token.kind == TokenKind::Number && self.year_here(at) {
            return Some(at + 1);
        }
        if is(word, DAYS) {
            return Some(at + 1);
        }
        if is(word, POINTERS) {
            let unit = self.word(at + 1);
            if is(
                unit,
                &["week", "month", "year", "night", "summer", "winter", "spring", "autumn", "decade", "century"],
            ) || self.classes(at + 1).any(WordClasses::WEEKDAY)
            {
                return Some(at + 2);
            }
            if self.classes(at + 1).any(WordClasses::MONTH) && self.tokens[at + 1].capital {
                return Some(at + 2);
            }
        }
        None
    }

    /// "4 March 2024", "March 4, 2024", "March 2024", "March".
    fn day_month(&self, at: usize) -> Option<usize> {
        let day = |at: usize| {
            let word = self.word(at).trim_end_matches(|c: char| c.is_ascii_alphabetic());
            word.len() <= 2 && word.parse::<u32>().is_ok_and(|day| (1..=31).contains(&day))
        };
        let month = |at: usize| {
            self.classes(at).any(WordClasses::MONTH) && self.tokens.get(at).is_some_and(|token| token.capital)
        };
        let (mut next, mut sure) = (at, false);
        if self.is_number(at) && day(at) {
            next = if is(self.word(at + 1), &["of"]) { at + 2 } else { at + 1 };
            if !month(next) {
                return None;
            }
            sure = true;
        }
        if !month(next) {
            return None;
        }
        let name = self.word(next);
        next = self.after_point(next + 1);
        if !sure && self.is_number(next) && day(next) {
            next += 1;
            sure = true;
            if matches!(self.word(next), "-" | "–") && self.is_number(next + 1) && day(next + 1) {
                next += 2;
            }
        }
        let year = if self.word(next) == "," { next + 1 } else { next };
        if self.is_number(year) && is_year(self.word(year)) {
            return Some(year + 1);
        }
        // "May" and "March" alone are words more often than months.
        let risky = is(name, &["may", "march", "mar", "sun", "sat", "jan", "dec"]);
        let led = at > self.start
            && is(
                self.word(at - 1),
                &["in", "since", "by", "until", "from", "during", "of", "last", "next", "late", "early", "mid"],
            );
        (sure || !risky || led).then_some(next)
    }

    /// Skips the point of an abbreviation (`Sept.`).
    fn after_point(&self, at: usize) -> usize {
        let point =
            self.word(at) == "." && self.tokens.get(at).is_some_and(|token| !token.spaced) && self.is_number(at + 1);
        if point { at + 1 } else { at }
    }

    fn year_here(&self, at: usize) -> bool {
        let word = self.word(at);
        if word.ends_with('s') && is_year(&word[..word.len() - 1]) {
            return true;
        }
        is_year(word)
            && at > self.start
            && is(
                self.word(at - 1),
                &[
                    "in", "since", "by", "until", "from", "during", "of", "late", "early", "mid", "before", "after",
                    "between", "to", "and", "(", "-", "–", "for",
                ],
            )
            && !is(self.word(at + 1), UNITS)
            && self.word(at + 1) != "%"
            && !self.tokens.get(at + 1).is_some_and(|next| {
                next.kind == TokenKind::Word
                    && self.word(at - 1) == "of"
                    && !next.capital
                    && !is(next.text(self.text), &["and", "to", "the", "when", "but", "in"])
            })
    }
}

fn is(word: &str, list: &[&str]) -> bool {
    !word.is_empty() && list.iter().any(|entry| word.eq_ignore_ascii_case(entry))
}

fn is_year(word: &str) -> bool {
    word.len() == 4 && word.parse::<u32>().is_ok_and(|year| (1500..2100).contains(&year))
}

fn is_iso(word: &str) -> bool {
    let mut parts = word.splitn(3, ['-', '/']);
    let all = [parts.next(), parts.next(), parts.next()];
    all.iter().all(|part| part.is_some_and(|p| !p.is_empty() && p.len() <= 4 && p.bytes().all(|b| b.is_ascii_digit())))
}
