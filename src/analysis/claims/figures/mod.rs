//! Which numbers of a sentence are figures that somebody must have counted, and what they count.
//!
//! Most numbers in prose are no such thing: years, dates, ages, article numbers, "the two ministers", "a five-year
//! plan", designators. [`find`] reads a number with its scale, range, unit and head noun, then drops what
//! is a trap. What remains has a score that says how much an editor would want a source for it.

mod nouns;
mod traps;
mod words;

#[cfg(test)]
mod tests;

use crate::analysis::facts::Figure;
use crate::lexicon::{Classes, NumberKind, Word, class};
use crate::structure::{Token, TokenKind};
use crate::text::TextRange;
use nouns::scale_of;

/// A figure with the tokens it covers, as indices into the slice that was read.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct FigureCandidate {
    /// The figure.
    pub(super) figure: Figure,
    /// First token of the number itself.
    pub(super) first: usize,
    /// The degree to which a source is wanted, 0 to 1.
    pub(super) score: f32,
}

/// Adds the figures of a sentence to `out`. `words` are the entries of `tokens`.
pub(super) fn find(text: &str, tokens: &[Token], words: &[Word], out: &mut Vec<FigureCandidate>) {
    let reader = Reader { text, tokens, words };
    let mut at = 0;
    while at < tokens.len() {
        match reader.figure(at) {
            Step::Figure(found, next) => {
                out.push(*found);
                at = next.max(at + 1);
            }
            Step::Skip(next) => at = next.max(at + 1),
        }
    }
}

enum Step {
    Figure(Box<FigureCandidate>, usize),
    Skip(usize),
}

#[derive(Clone, Copy)]
struct Reader<'a> {
    text: &'a str,
    tokens: &'a [Token],
    words: &'a [Word],
}

/// A number as read: its value, the token after it, and what kind of words it was made of.
struct Value {
    low: f64,
    next: usize,
    /// Written with digits.
    digits: bool,
    /// Written with a scale ("million") or a decimal or thousands separator.
    large: bool,
    /// Only an order of magnitude.
    vague: bool,
    /// A unit glued to the digits ("35km").
    glued: &'static str,
}

impl<'a> Reader<'a> {
    fn word(&self, at: usize) -> &'a str {
        self.tokens.get(at).map_or("", |token| token.text(self.text))
    }

    fn is(&self, at: usize, word: &str) -> bool {
        self.word(at).eq_ignore_ascii_case(word)
    }

    fn classes(&self, at: usize) -> Classes {
        self.words.get(at).map_or(Classes::NONE, |word| word.classes)
    }

    fn before(&self, at: usize) -> Classes {
        at.checked_sub(1).map_or(Classes::NONE, |at| self.classes(at))
    }

    fn kind(&self, at: usize) -> Option<TokenKind> {
        self.tokens.get(at).map(|token| token.kind)
    }

    fn unspaced(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| !token.spaced)
    }

    fn is_dash(&self, at: usize) -> bool {
        matches!(self.word(at), "-" | "–" | "—" | "‑" | "‐")
    }

    /// The sign of a currency at `at`, as its code.
    fn currency_sign(&self, at: usize) -> Option<&'static str> {
        Some(match self.word(at) {
            "$" => "USD",
            "€" => "EUR",
            "£" => "GBP",
            "¥" => "JPY",
            "₽" => "RUB",
            "₴" => "UAH",
            "₹" => "INR",
            "₩" => "KRW",
            "₪" => "ILS",
            "₺" => "TRY",
            _ => return None,
        })
    }

    fn figure(&self, at: usize) -> Step {
        if let Some(code) = self.currency_sign(at) {
            return match self.value(at + 1) {
                Some(value) => self.finish(at, value, code),
                None => Step::Skip(at + 1),
            };
        }
        if self.kind(at) == Some(TokenKind::Number) {
            return match self.value(at) {
                Some(value) => self.finish(at, value, ""),
                None => Step::Skip(at + 1),
            };
        }
        match self.words[at].number() {
            None => Step::Skip(at + 1),
            Some((ratio, NumberKind::Ratio)) => self.ratio(at, ratio),
            Some((part, NumberKind::Fraction)) => self.fraction(at, part),
            Some((value, NumberKind::Small)) if value >= 1.0 => match self.part_of(at) {
                Some(step) => step,
                None => self.value(at).map_or(Step::Skip(at + 1), |value| self.finish(at, value, "")),
            },
            Some((_, NumberKind::Scale)) if at > 0 && (self.is(at - 1, "a") || self.is(at - 1, "an")) => {
                self.value(at).map_or(Step::Skip(at + 1), |value| self.finish(at, value, ""))
            }
            Some((_, NumberKind::Vague)) => self.magnitude(at),
            Some(_) => Step::Skip(at + 1),
        }
    }

    fn found(&self, first: usize, next: usize, low: f64, high: f64, unit: &str, approximate: bool, score: f32) -> Step {
        let range = self.cover(first, next);
        let figure =
            Figure { range, low, high, unit: unit.to_owned(), head: String::new(), approximate, casualty: false };
        Step::Figure(Box::new(FigureCandidate { figure, first, score }), next)
    }

    fn cover(&self, first: usize, next: usize) -> TextRange {
        let last = next.saturating_sub(1).max(first).min(self.tokens.len() - 1);
        self.tokens[first].range.cover(self.tokens[last].range)
    }

    /// Range, unit, head noun and traps of a number that begins at token `first`.
    fn finish(&self, first: usize, value: Value, currency: &'static str) -> Step {
        let mut next = value.next;
        let mut high = value.low;
        let mut large = value.large;
        if self.word(next) == "/" && self.unspaced(next) {
            return Step::Skip(next + 2); // 9/11, 4/5/2031
        }
        let mut low = value.low;
        if let Some(second) = self.range_end(first, next) {
            // "5-10 million": the scale of the second holds for both.
            let by = if second.large && !large && second.low >= 1000.0 { scale_of(second.low) } else { 1.0 };
            // "by 2030 to 32 percent" joins two numbers that are no range.
            if low <= second.low {
                high = second.low;
                low = if low * by <= high { low * by } else { low };
                large |= second.large;
                next = second.next;
            }
        }
        let percent = self.percent(next);
        let (unit, after) = match percent {
            Some(after) => ("percent", after),
            None => self.unit(next, high, currency, value.glued),
        };
        let money = !currency.is_empty() || self.is_money(unit);
        if self.is_trap(first, next, &value, low, high, !unit.is_empty() || money, large) {
            return Step::Skip(next);
        }
        next = after;
        let head = self.head(next);
        let hedged = self.hedged(first);
        let casualty = !money && percent.is_none() && self.is_casualty(first, next, head);
        let counted = unit.is_empty() && !money;
        let known =
            head.is_some_and(|h| self.classes(h).has(class::QUANTITY.or(class::CASUALTY).or(class::CASUALTY_SOFT)));
        if counted && !casualty && !self.counts(first, head, high, large, value.digits, known) {
            return Step::Skip(next);
        }
        if casualty && high < 2.0 {
            return Step::Skip(next);
        }
        let mut score: f32 = 0.7;
        if money || percent.is_some() || casualty {
            score += 0.2;
        }
        if high % 10.0 != 0.0 && high > 10.0 && !value.vague {
            score += 0.1;
        }
        if value.vague {
            score -= 0.1;
        }
        if counted && !casualty && high < 10.0 {
            score -= 0.2;
        }
        let end = head.filter(|_| percent.is_none()).map_or(next, |head| head + 1);
        let end = if counted { end.max(next) } else { next };
        let unit = if currency.is_empty() { unit } else { currency };
        let figure = Figure {
            range: self.cover(first, end),
            low: low.min(high),
            high: high.max(low),
            unit: unit.to_owned(),
            head: head.map_or(String::new(), |head| self.word(head).to_lowercase()),
            approximate: hedged || value.vague,
            casualty,
        };
        Step::Figure(Box::new(FigureCandidate { figure, first, score: score.min(1.0) }), end)
    }
}
