//! Dates, money, shares and quantities, by a grammar over tokens.
//!
//! Names come first: an amount never overlaps one ("9/11", "T-72", "Group of 20").

use std::ops::Range;

use crate::analysis::facts::EntityKind;
use crate::lexicon::{Classes, class, classes_of, classes_of_word};
use crate::structure::{Note, Token, TokenKind};

use super::NamedSpan;

/// Adds the amounts of the note to `found`, which holds its names in order.
pub(super) fn find(text: &str, note: &Note, found: &mut Vec<NamedSpan>) {
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

/// The words that can begin an amount; figures and signs can, too.
const BEGINNING: Classes = class::MONTH
    .or(class::ANY_WEEKDAY)
    .or(class::NUMBER_WORD)
    .or(class::TOLD_DAY)
    .or(class::TIME_POINTER)
    .or(class::CURRENCY_CODE);

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

    fn classes(&self, at: usize) -> Classes {
        self.tokens.get(at).map_or(Classes::NONE, |token| classes_of(token.hash))
    }

    fn is_number(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.kind == TokenKind::Number)
    }

    /// Tells if an amount can begin here at all, told by a look at the token: most words end here.
    fn may_begin(&self, at: usize) -> bool {
        let may = |token: &Token| {
            matches!(token.kind, TokenKind::Number | TokenKind::Sign) || classes_of(token.hash).has(BEGINNING)
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
        if unit == "%" || matches!(unit.to_ascii_lowercase().as_str(), "percent" | "pc") {
            return Some((at..end + 1, EntityKind::Percent));
        }
        if unit.eq_ignore_ascii_case("per") && self.word(end + 1).eq_ignore_ascii_case("cent") {
            return Some((at..end + 2, EntityKind::Percent));
        }
        if unit.eq_ignore_ascii_case("percentage")
            && matches!(self.word(end + 1).to_ascii_lowercase().as_str(), "points" | "point")
        {
            return Some((at..end + 2, EntityKind::Percent));
        }
        if is(unit, class::CURRENCY_NAME) {
            return Some((at..end + 1, EntityKind::Money));
        }
        // "40 million US dollars"
        if matches!(unit, "US" | "U.S.") && is(self.word(end + 1), class::CURRENCY_NAME) {
            return Some((at..end + 2, EntityKind::Money));
        }
        let hyphen = unit == "-" && is(self.word(end + 1), class::MEASURE);
        if hyphen {
            return Some((at..end + 2, EntityKind::Quantity));
        }
        if is(unit, class::MEASURE) {
            return Some((at..end + 1, EntityKind::Quantity));
        }
        let glued = self.word(at);
        let digits = glued.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ','));
        if token.kind == TokenKind::Number
            && digits.len() < glued.len()
            && !digits.is_empty()
            && is(digits, class::MEASURE)
        {
            return Some((at..at + 1, EntityKind::Quantity));
        }
        None
    }

    /// The end of a number in figures or words with its multiplier, if one begins at `at`.
    fn number_end(&self, at: usize) -> Option<usize> {
        let figure = self.is_number(at);
        if !figure && !is(self.word(at), class::NUMBER_WORD) {
            return None;
        }
        let mut end = at + 1;
        loop {
            let word = self.word(end);
            if is(word, class::NUMBER_WORD) || is(word, class::MULTIPLIER) {
                end += 1;
            } else if matches!(word, "-" | "–" | "to" | "and")
                && (self.is_number(end + 1) && figure && word != "and"
                    || !figure && is(self.word(end + 1), class::NUMBER_WORD))
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
        } else if sign(self.word(at + 1)) && is(word, class::DOLLAR_PREFIX) {
            at + 2
        } else if word.len() == 3 && is(word, class::CURRENCY_CODE) {
            at + 1
        } else {
            return None;
        };
        if !self.is_number(amount) {
            return None;
        }
        let mut end = self.number_end(amount)?;
        if is(self.word(end), class::CURRENCY_NAME) {
            end += 1;
        }
        Some(end)
    }

    fn date(&self, at: usize) -> Option<usize> {
        let token = self.tokens.get(at)?;
        let classes = self.classes(at);
        let word = self.word(at);
        if classes.has(class::ANY_WEEKDAY) && token.capital && word.len() > 2 {
            let mut next = self.after_point(at + 1);
            if is(self.word(next), class::PART_OF_DAY) {
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
        if is(word, class::TOLD_DAY) {
            return Some(at + 1);
        }
        if is(word, class::TIME_POINTER) {
            let unit = self.word(at + 1);
            if is(unit, class::POINTED_UNIT) || self.classes(at + 1).has(class::ANY_WEEKDAY) {
                return Some(at + 2);
            }
            if self.classes(at + 1).has(class::MONTH) && self.tokens[at + 1].capital {
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
        let month =
            |at: usize| self.classes(at).has(class::MONTH) && self.tokens.get(at).is_some_and(|token| token.capital);
        let (mut next, mut sure) = (at, false);
        if self.is_number(at) && day(at) {
            next = if self.word(at + 1).eq_ignore_ascii_case("of") { at + 2 } else { at + 1 };
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
        let risky = is(name, class::RISKY_MONTH);
        let led = at > self.start && is(self.word(at - 1), class::BEFORE_MONTH);
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
            && (is(self.word(at - 1), class::BEFORE_YEAR) || matches!(self.word(at - 1), "(" | "-" | "–"))
            && !is(self.word(at + 1), class::MEASURE)
            && self.word(at + 1) != "%"
            && !self.tokens.get(at + 1).is_some_and(|next| {
                next.kind == TokenKind::Word
                    && self.word(at - 1) == "of"
                    && !next.capital
                    && !is(next.text(self.text), class::AFTER_OF_YEAR)
            })
    }
}

fn is(word: &str, classes: Classes) -> bool {
    classes_of_word(word).has(classes)
}

fn is_year(word: &str) -> bool {
    word.len() == 4 && word.parse::<u32>().is_ok_and(|year| (1500..2100).contains(&year))
}

fn is_iso(word: &str) -> bool {
    let mut parts = word.splitn(3, ['-', '/']);
    let all = [parts.next(), parts.next(), parts.next()];
    all.iter().all(|part| part.is_some_and(|p| !p.is_empty() && p.len() <= 4 && p.bytes().all(|b| b.is_ascii_digit())))
}
