//! Reading a number: digits and words, scales, shares, ratios and orders of magnitude.

use super::*;
use crate::lexicon::classes_of_small;

impl<'a> Reader<'a> {
    /// A number at `at`, in digits or in words, with its scale.
    pub(super) fn value(&self, at: usize) -> Option<Value> {
        let token = self.tokens.get(at)?;
        if token.kind == TokenKind::Number {
            let (low, glued, separated) = digits(token.text(self.text))?;
            let mut value = Value { low, next: at + 1, digits: true, large: separated, vague: false, glued };
            self.scale(&mut value);
            return Some(value);
        }
        let mut value = Value { low: 0.0, next: at, digits: false, large: false, vague: false, glued: "" };
        loop {
            match self.words.get(value.next)?.number() {
                Some((n, NumberKind::Small)) if value.next == at || n < 20.0 => value.low += n,
                Some((n, NumberKind::Scale)) if value.next == at => value.low = n,
                _ => break,
            }
            value.next += 1;
            let hyphen = self.is_dash(value.next) && self.unspaced(value.next);
            let more = |at: usize| matches!(self.words.get(at).and_then(|w| w.number()), Some((n, NumberKind::Small)) if n < 10.0);
            if hyphen && value.low >= 20.0 && more(value.next + 1) {
                value.next += 1;
            } else if !(value.low >= 20.0 && value.low % 10.0 == 0.0 && more(value.next)) {
                break;
            }
        }
        if value.next == at {
            return None;
        }
        self.scale(&mut value);
        Some(value)
    }

    /// Multiplies a value by the scale words after it ("million").
    pub(super) fn scale(&self, value: &mut Value) {
        loop {
            let dash = usize::from(self.is_dash(value.next) && self.unspaced(value.next));
            match self.words.get(value.next + dash).and_then(|word| word.number()) {
                Some((by, NumberKind::Scale)) => {
                    value.low *= by;
                    value.large = true;
                    value.next += dash + 1;
                }
                _ => return,
            }
        }
    }

    /// "doubled", "more than double".
    pub(super) fn ratio(&self, at: usize, ratio: f64) -> Step {
        let next = at + 1;
        if classes_of_small(self.word(next)).has(class::AFTER_DOUBLE) {
            return Step::Skip(next);
        }
        let finite = self.word(at).ends_with("ed") || self.word(at).ends_with("ing");
        let approx = at > 0 && self.is(at - 1, "than") || self.before(at).has(class::APPROX);
        let adjective = at > 0 && self.before(at).has(class::DETERMINER);
        if !finite && !approx || adjective {
            return Step::Skip(next);
        }
        let first = at - usize::from(approx);
        self.found(first, next, ratio, ratio, "", approx, 0.65)
    }

    /// "a third of", "two-thirds", "three-quarters of", "half of".
    pub(super) fn fraction(&self, at: usize, part: f64) -> Step {
        let mut first = at;
        let hyphen = at >= 2 && self.is_dash(at - 1) && self.unspaced(at);
        let counted = if hyphen { at - 2 } else { at.wrapping_sub(1) };
        let many = self.words.get(counted).and_then(|w| w.number()).filter(|(_, k)| *k == NumberKind::Small);
        let of = self.is(at + 1, "of");
        let article = at > 0 && self.is(at - 1, "a");
        let half = self.is(at, "half");
        let ok = match many {
            Some((n, _)) if n <= 4.0 => {
                first = counted;
                hyphen || of
            }
            _ if half => {
                of && !self.before(at).has(class::ORDINAL.or(class::DETERMINER))
                    && !self.is(at.wrapping_sub(1), "latter")
            }
            _ => {
                article && of && {
                    first = at - 1;
                    true
                }
            }
        };
        let inner = self.classes(at + 2).or(self.classes(at + 3));
        if !ok || inner.has(class::TIME_UNIT) || self.classes(at + 1).has(class::TIME_UNIT) {
            return Step::Skip(at + 1);
        }
        let value = part * many.map_or(1.0, |(n, _)| n);
        let approx = self.hedged(first);
        self.found(first, at + 1, value, value, "", approx, 0.75)
    }

    /// "two in five", "nine out of ten", and "one of": the first is a figure, the last is not.
    pub(super) fn part_of(&self, at: usize) -> Option<Step> {
        if self.is_dash(at + 1) && self.unspaced(at + 1) {
            // "two-thirds" is read at its fraction.
            let fraction = matches!(self.words.get(at + 2).and_then(|w| w.number()), Some((_, NumberKind::Fraction)));
            return fraction.then_some(Step::Skip(at + 2));
        }
        if matches!(self.words.get(at + 1).and_then(|w| w.number()), Some((_, NumberKind::Fraction))) {
            return Some(Step::Skip(at + 1));
        }
        let out_of = if self.is(at + 1, "in") { at + 2 } else { at + 3 };
        let joined = self.is(at + 1, "in") || self.is(at + 1, "out") && self.is(at + 2, "of");
        if joined && let Some(whole) = self.value(out_of) {
            let part = self.words[at].number().map_or(0.0, |(n, _)| n);
            let year = whole.low >= 1000.0;
            let span = self.classes(whole.next).has(class::TIME_UNIT);
            if whole.low > part && !year && !span {
                return Some(self.found(at, whole.next, part / whole.low, part / whole.low, "", false, 0.7));
            }
        }
        if self.is(at + 1, "of") && self.words[at].number().is_some_and(|(n, _)| n <= 12.0) {
            return Some(Step::Skip(at + 2));
        }
        None
    }

    /// "thousands of people", "tens of thousands", "the billions".
    pub(super) fn magnitude(&self, at: usize) -> Step {
        let word = self.words[at].number().map_or(0.0, |(n, _)| n);
        let mut next = at + 1;
        let mut low = word;
        if self.is(next, "of")
            && let Some((inner, NumberKind::Vague)) = self.words.get(next + 1).and_then(|w| w.number())
        {
            low = inner / 2.0 * (word / 2.0).max(10.0);
            next += 2;
        }
        let bare = low >= 1e6;
        if !bare && !self.is(next, "of") {
            return Step::Skip(next);
        }
        let mut value = Value { low, next, digits: false, large: true, vague: true, glued: "" };
        if self.is(next, "of") {
            value.next = next + 1;
        }
        let mut first = at;
        if at >= 2 && self.is(at - 1, "of") && self.is(at - 2, "tens") {
            first = at - 2;
            value.low = low * 5.0;
        }
        self.finish(first, value, "")
    }

    /// True if the words before a number make it approximate.
    pub(super) fn hedged(&self, first: usize) -> bool {
        self.before(first).has(class::APPROX)
            || first > 0
                && classes_of_small(self.word(first - 1)).has(class::HEDGE_END)
                && first > 1
                && matches!(
                    self.word(first - 2),
                    "more" | "less" | "fewer" | "at" | "At" | "up" | "Up" | "as" | "close" | "More"
                )
    }
}

/// The value of digits, a glued unit, and whether they are written with separators or a scale. None for what is no amount.
fn digits(token: &str) -> Option<(f64, &'static str, bool)> {
    if token.contains(':') {
        return None;
    }
    let end = token.find(|c: char| !(c.is_ascii_digit() || matches!(c, ',' | '.'))).unwrap_or(token.len());
    let (number, suffix) = token.split_at(end);
    let plain: String = number.chars().filter(char::is_ascii_digit).collect();
    if number.matches('.').count() > 1 || plain.len() > 15 {
        return None;
    }
    let value: f64 = number.replace(',', "").parse().ok()?;
    let separated = number.contains([',', '.']);
    let (by, glued) = match suffix.to_ascii_lowercase().as_str() {
        "" => (1.0, ""),
        "k" => (1e3, ""),
        "m" | "mn" | "mln" => (1e6, ""),
        "b" | "bn" | "bln" => (1e9, ""),
        "tn" | "trn" => (1e12, ""),
        "mw" => (1.0, "MW"),
        "gw" => (1.0, "GW"),
        "kg" => (1.0, "kg"),
        _ => return None,
    };
    Some((value * by, glued, separated || by > 1.0))
}
