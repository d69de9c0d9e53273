//! Which numbers of a sentence are figures that somebody must have counted, and what they count.
//!
//! Most numbers in prose are no such thing: years, dates, ages, article numbers, "the two ministers", "a five-year
//! plan", designators. [`find`] reads a number with its scale, range, unit and head noun, then drops what
//! is a trap. What remains has a score that says how much an editor would want a source for it.

use crate::analysis::facts::Figure;
use crate::lexicon::claims::{Classes, NumberKind, Word, class};
use crate::structure::{Token, TokenKind};
use crate::text::TextRange;

/// A figure with the tokens it covers, as indices into the slice that was read.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Found {
    pub(super) figure: Figure,
    /// First token of the number itself.
    pub(super) first: usize,
    /// How much a source is wanted, 0 to 1.
    pub(super) score: f32,
}

/// How far a head noun may stand from its number, in tokens.
const HEAD_REACH: usize = 6;

/// Heads that are "killed" in a figure of speech.
const KILLABLE: &[&str] =
    &["jobs", "bills", "bill", "deals", "deal", "projects", "programs", "programmes", "contracts"];

/// Adds the figures of a sentence to `out`. `words` are the entries of `tokens`.
pub(super) fn find(text: &str, tokens: &[Token], words: &[Word], out: &mut Vec<Found>) {
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
    Figure(Box<Found>, usize),
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
        match self.words[at].number {
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

    /// A number at `at`, in digits or in words, with its scale.
    fn value(&self, at: usize) -> Option<Value> {
        let token = self.tokens.get(at)?;
        if token.kind == TokenKind::Number {
            let (low, glued, separated) = digits(token.text(self.text))?;
            let mut value = Value { low, next: at + 1, digits: true, large: separated, vague: false, glued };
            self.scale(&mut value);
            return Some(value);
        }
        let mut value = Value { low: 0.0, next: at, digits: false, large: false, vague: false, glued: "" };
        loop {
            match self.words.get(value.next)?.number {
                Some((n, NumberKind::Small)) if value.next == at || n < 20.0 => value.low += n,
                Some((n, NumberKind::Scale)) if value.next == at => value.low = n,
                _ => break,
            }
            value.next += 1;
            let hyphen = self.is_dash(value.next) && self.unspaced(value.next);
            let more = |at: usize| matches!(self.words.get(at).and_then(|w| w.number), Some((n, NumberKind::Small)) if n < 10.0);
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

    fn scale(&self, value: &mut Value) {
        loop {
            let dash = usize::from(self.is_dash(value.next) && self.unspaced(value.next));
            match self.words.get(value.next + dash).and_then(|word| word.number) {
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
    fn ratio(&self, at: usize, ratio: f64) -> Step {
        let next = at + 1;
        if matches!(self.word(next), "down" | "as" | "up" | "over" | "back" | "standard" | "standards") {
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
    fn fraction(&self, at: usize, part: f64) -> Step {
        let mut first = at;
        let hyphen = at >= 2 && self.is_dash(at - 1) && self.unspaced(at);
        let counted = if hyphen { at - 2 } else { at.wrapping_sub(1) };
        let many = self.words.get(counted).and_then(|w| w.number).filter(|(_, k)| *k == NumberKind::Small);
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
    fn part_of(&self, at: usize) -> Option<Step> {
        if self.is_dash(at + 1) && self.unspaced(at + 1) {
            // "two-thirds" is read at its fraction.
            let fraction = matches!(self.words.get(at + 2).and_then(|w| w.number), Some((_, NumberKind::Fraction)));
            return fraction.then_some(Step::Skip(at + 2));
        }
        if matches!(self.words.get(at + 1).and_then(|w| w.number), Some((_, NumberKind::Fraction))) {
            return Some(Step::Skip(at + 1));
        }
        let out_of = if self.is(at + 1, "in") { at + 2 } else { at + 3 };
        let joined = self.is(at + 1, "in") || self.is(at + 1, "out") && self.is(at + 2, "of");
        if joined && let Some(whole) = self.value(out_of) {
            let part = self.words[at].number.map_or(0.0, |(n, _)| n);
            let year = whole.low >= 1000.0;
            let span = self.classes(whole.next).has(class::TIME_UNIT);
            if whole.low > part && !year && !span {
                return Some(self.found(at, whole.next, part / whole.low, part / whole.low, "", false, 0.7));
            }
        }
        if self.is(at + 1, "of") && self.words[at].number.is_some_and(|(n, _)| n <= 12.0) {
            return Some(Step::Skip(at + 2));
        }
        None
    }

    /// "thousands of people", "tens of thousands", "the billions".
    fn magnitude(&self, at: usize) -> Step {
        let word = self.words[at].number.map_or(0.0, |(n, _)| n);
        let mut next = at + 1;
        let mut low = word;
        if self.is(next, "of") {
            if let Some((inner, NumberKind::Vague)) = self.words.get(next + 1).and_then(|w| w.number) {
                low = inner / 2.0 * (word / 2.0).max(10.0);
                next += 2;
            }
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

    fn hedged(&self, first: usize) -> bool {
        self.before(first).has(class::APPROX)
            || first > 0
                && matches!(self.word(first - 1), "than" | "least" | "most" | "to" | "many" | "much")
                && first > 1
                && matches!(
                    self.word(first - 2),
                    "more" | "less" | "fewer" | "at" | "At" | "up" | "Up" | "as" | "close" | "More"
                )
    }

    fn found(&self, first: usize, next: usize, low: f64, high: f64, unit: &str, approximate: bool, score: f32) -> Step {
        let range = self.cover(first, next);
        let figure =
            Figure { range, low, high, unit: unit.to_owned(), head: String::new(), approximate, casualty: false };
        Step::Figure(Box::new(Found { figure, first, score }), next)
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
        Step::Figure(Box::new(Found { figure, first, score: score.min(1.0) }), end)
    }

    fn range_end(&self, first: usize, next: usize) -> Option<Value> {
        let between = first > 0 && (self.is(first - 1, "between") || self.is(first - 1, "from"));
        let joined = self.is_dash(next) && self.unspaced(next)
            || self.is(next, "to")
            || self.word(next) == "…"
            || between && self.is(next, "and");
        if !joined {
            return None;
        }
        let at = next + 1 + usize::from(self.currency_sign(next + 1).is_some());
        let starts = self.kind(at) == Some(TokenKind::Number)
            || matches!(self.words.get(at)?.number, Some((_, NumberKind::Small)));
        if !starts {
            return None;
        }
        self.value(at)
    }

    fn percent(&self, at: usize) -> Option<usize> {
        let at = at + usize::from(self.is_dash(at) && self.unspaced(at));
        if self.word(at) == "%" || self.is(at, "percent") {
            return Some(at + 1);
        }
        if self.is(at, "per") && self.is(at + 1, "cent") {
            return Some(at + 2);
        }
        (self.is(at, "percentage") && self.word(at + 1).starts_with("point")).then_some(at + 2)
    }

    /// The unit or currency after a number, and the token after it.
    fn unit(&self, at: usize, value: f64, currency: &str, glued: &'static str) -> (&'a str, usize) {
        if !currency.is_empty() {
            return ("", at);
        }
        if !glued.is_empty() {
            return (glued, at);
        }
        for skip in 0..2 {
            let classes = self.classes(at + skip);
            let ambiguous =
                matches!(self.word(at + skip), "won" | "try" | "pounds" | "rub" | "cents") && value < 1000.0;
            if classes.has(class::CURRENCY) && !ambiguous {
                return (self.word(at + skip), at + skip + 1);
            }
            if classes.has(class::UNIT) && !classes.has(class::SCENERY) && skip == 0 {
                return (self.word(at), at + 1);
            }
            let adjective = self.tokens.get(at + skip).is_some_and(|t| t.capital);
            if !adjective {
                break;
            }
        }
        ("", at)
    }

    fn is_money(&self, unit: &str) -> bool {
        crate::lexicon::claims::word(crate::structure::word_hash(unit)).classes.has(class::CURRENCY)
    }

    /// Years, dates, labels, ages, adjectives and scores.
    #[allow(clippy::too_many_arguments)]
    fn is_trap(&self, first: usize, next: usize, value: &Value, low: f64, high: f64, unit: bool, large: bool) -> bool {
        let before = self.before(first);
        let after = self.classes(next);
        let point = first >= 2 && self.word(first - 1) == "." && self.classes(first - 2).has(class::MONTH);
        if point
            || before.has(class::MONTH) && self.tokens[first - 1].capital
            || after.has(class::MONTH) && self.tokens[next].capital
        {
            return !unit;
        }
        if unit {
            // "a 300-megawatt plant": the unit is glued to a noun, and the sentence is about the plant.
            return false;
        }
        let whole = value.digits && high.fract() == 0.0 && !large && value.glued.is_empty();
        if whole && (1000.0..=2100.0).contains(&low) && (1000.0..=2100.0).contains(&high) && self.digits_of(first) == 4
        {
            let counted = after.has(class::QUANTITY.or(class::CASUALTY));
            let dated = before.has(class::PREPOSITION) || before.has(class::DETERMINER);
            if !counted || dated {
                return true;
            }
        }
        // "G-20", "mid-2014", "KN-23": what is glued on the left.
        if first > 0
            && self.unspaced(first)
            && (self.is_dash(first - 1) || matches!(self.word(first - 1), "#" | "/" | "." | "@" | "+" | "’" | "'"))
        {
            return true;
        }
        // "five-year", "19-nation", "600-strong".
        if self.is_dash(next) && self.unspaced(next) && self.unspaced(next + 1) {
            return true;
        }
        let label_at =
            if first > 1 && self.word(first - 1) == "." { first.checked_sub(2) } else { first.checked_sub(1) };
        if let Some(label) = label_at {
            let known = after.has(class::QUANTITY.or(class::CASUALTY));
            if self.classes(label).has(class::LABEL) && (!known || self.tokens[label].capital && label > 0) {
                return true;
            }
            let lower = self
                .tokens
                .get(next)
                .is_some_and(|t| t.kind == TokenKind::Word && (!t.capital || after.has(class::QUANTITY)));
            if self.tokens[label].capital
                && self.tokens[label].kind == TokenKind::Word
                && label > 0
                && value.digits
                && !large
                && !lower
            {
                return true;
            }
            if matches!(self.word(label), "aged" | "age" | "ages") {
                return true;
            }
        }
        // "Vostrov, 54, said"
        let comma = |at: usize| self.word(at) == ",";
        if value.digits
            && (5.0..=110.0).contains(&high)
            && first > 0
            && comma(first - 1)
            && (comma(next) || matches!(self.word(next), ")" | "."))
        {
            return true;
        }
        if first > 0 && matches!(self.word(first - 1), "(" | "[") && matches!(self.word(next), ")" | "]") {
            return true;
        }
        // Spans of time, with up to two words between ("three long years", "four more months").
        for skip in 0..3 {
            let here = self.classes(next + skip);
            if here.has(class::TIME_UNIT) || here.has(class::SCENERY) || skip == 0 && self.is(next, "times") {
                return true;
            }
            if here.has(class::PREPOSITION.or(class::QUANTITY)) || self.kind(next + skip) != Some(TokenKind::Word) {
                break;
            }
        }
        matches!(
            self.word(next),
            "a.m" | "p.m" | "am" | "pm" | "a.m." | "p.m." | "o'clock" | "°" | "BC" | "AD" | "GMT" | "ET"
        )
    }

    fn digits_of(&self, at: usize) -> usize {
        let at = at + usize::from(self.currency_sign(at).is_some());
        self.word(at).bytes().filter(u8::is_ascii_digit).count()
    }

    /// The noun that is counted.
    fn head(&self, next: usize) -> Option<usize> {
        let mut last = None;
        let mut at = next;
        while at < self.tokens.len().min(next + HEAD_REACH) {
            let token = &self.tokens[at];
            let classes = self.classes(at);
            let dash = self.is_dash(at) && self.unspaced(at);
            if dash {
                at += 1;
                continue;
            }
            if token.kind != TokenKind::Word {
                break;
            }
            if classes.has(class::QUANTITY.or(class::CASUALTY_SOFT)) || classes.has(class::CASUALTY) && at == next {
                return Some(at);
            }
            let article = at == next && (self.is(at, "of") || self.is(at, "the"))
                || at == next + 1 && classes.has(class::DETERMINER) && self.is(next, "of");
            let stops = class::PREPOSITION.or(class::MODAL).or(class::BE).or(class::HAVE).or(class::COORDINATOR);
            // "government and business officials": the noun is still to come.
            let joined = classes.has(class::COORDINATOR)
                && last.is_some_and(|last: usize| !self.word(last).ends_with('s'))
                && self.tokens.get(at + 1).is_some_and(|t| t.kind == TokenKind::Word && !t.capital);
            if joined {
                at += 1;
                continue;
            }
            let stops = stops.or(class::SUBORDINATOR).or(class::PAST).or(class::DETERMINER).or(class::SAY);
            if !article && classes.has(stops) && !self.is(at, "more") && !self.is(at, "other") {
                break;
            }
            if !article && !classes.has(class::ADVERB) {
                let finite = last.is_some() && self.word(at).ends_with("ed");
                if finite {
                    break;
                }
                last = Some(at);
                if self.word(at).ends_with('s') && !self.word(at).ends_with("ss") && !self.tokens[at].capital {
                    break;
                }
            }
            at += 1;
        }
        last
    }

    /// Whether a bare count says something that had to be counted.
    #[allow(clippy::too_many_arguments)]
    fn counts(&self, first: usize, head: Option<usize>, high: f64, large: bool, digits: bool, known: bool) -> bool {
        if high < 3.0 {
            return false;
        }
        let Some(head) = head else {
            // "rose to 4,100": no noun, but nothing else that such a number could be.
            let verb = self.before(first).has(class::PREPOSITION.or(class::APPROX)) || self.hedged(first);
            return digits && verb && high >= 100.0 && (large || self.digits_of(first) != 4);
        };
        let classes = self.classes(head);
        if classes.has(class::ENUMERATION) && high < 20.0 {
            return false;
        }
        if self.before(first).has(class::DETERMINER) && high < 20.0 && !self.hedged(first) {
            return false; // "the five firms", "its three ships": known from before
        }
        if known {
            return true;
        }
        let plural = self.word(head).ends_with('s') && !self.word(head).ends_with("ss");
        high >= 10.0 && plural
    }

    /// Whether the number counts dead, wounded, missing or captured.
    fn is_casualty(&self, first: usize, next: usize, head: Option<usize>) -> bool {
        if head.is_some_and(|head| KILLABLE.contains(&self.word(head))) {
            return false;
        }
        let edge = |at: usize| {
            matches!(self.word(at), ";" | ":" | "—" | "–")
                || self.kind(at) == Some(TokenKind::Stop) && self.word(at) != "."
        };

        for step in 1..=6 {
            let Some(at) = first.checked_sub(step) else { break };
            if edge(at) || self.words[at].number.is_some() || self.kind(at) == Some(TokenKind::Number) {
                break;
            }
            if self.classes(at).has(class::CASUALTY) || step <= 2 && self.is_taken(at) {
                return true;
            }
        }

        for step in 0..6 {
            let at = next + step;
            if at >= self.tokens.len() || edge(at) || self.word(at) == "," && step > 0 && step < 2 {
                break;
            }
            if self.words[at].number.is_some_and(|(_, k)| k == NumberKind::Small)
                || self.kind(at) == Some(TokenKind::Number)
            {
                break;
            }
            if self.classes(at).has(class::CASUALTY) || step <= 2 && self.is_taken(at) {
                return true;
            }
        }
        false
    }

    fn is_taken(&self, at: usize) -> bool {
        matches!(self.word(at), "captured" | "missing" | "hostages" | "abducted" | "kidnapped")
    }
}

fn scale_of(value: f64) -> f64 {
    [1e12, 1e9, 1e6, 1e3].into_iter().find(|scale| value >= *scale).unwrap_or(1.0)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::claims::word;
    use crate::structure::tokens::tokenize;

    fn figures(text: &str) -> Vec<(String, f64, f64, bool)> {
        let mut tokens = Vec::new();
        tokenize(text, TextRange::from_usize(0, text.len()), &[], &mut tokens);
        let words: Vec<Word> = tokens.iter().map(|token| word(token.hash)).collect();
        let mut out = Vec::new();
        find(text, &tokens, &words, &mut out);
        out.into_iter()
            .map(|f| (f.figure.range.of(text).to_owned(), f.figure.low, f.figure.high, f.figure.casualty))
            .collect()
    }

    fn one(text: &str) -> (String, f64, f64, bool) {
        let all = figures(text);
        assert_eq!(all.len(), 1, "{text}: {all:?}");
        all[0].clone()
    }

    #[test]
    fn amounts_have_value_range_unit_and_head() {
        assert_eq!(one("The port handled 38 million tonnes in 2030."), ("38 million tonnes".into(), 38e6, 38e6, false));
        assert_eq!(one("Meridia paid $1.5bn for the yard."), ("$1.5bn".into(), 1.5e9, 1.5e9, false));
        assert_eq!(
            one("It cost between 5 and 10 million dollars."),
            ("5 and 10 million dollars".into(), 5e6, 1e7, false)
        );
        assert_eq!(one("Output fell by 30 per cent."), ("30 per cent".into(), 30.0, 30.0, false));
        assert_eq!(
            one("A battalion of 650 Tavrian troops sailed."),
            ("650 Tavrian troops".into(), 650.0, 650.0, false)
        );
        assert!((one("It took two-thirds of the coast.").1 - 2.0 / 3.0).abs() < 0.001);
    }

    #[test]
    fn the_dead_are_counted() {
        assert_eq!(one("At least 14 people died when the ferry capsized."), ("14 people".into(), 14.0, 14.0, true));
        assert_eq!(one("The shelling killed 19 people."), ("19 people".into(), 19.0, 19.0, true));
        assert_eq!(one("The shelling left two dead.").3, true);
    }

    #[test]
    fn orders_of_magnitude_shares_and_ratios() {
        assert_eq!(one("Tavria put millions of dollars into the field.").1, 2e6);
        assert_eq!(one("Tens of thousands of people left the town.").0, "Tens of thousands of people");
        assert_eq!(one("Trade more than doubled.").1, 2.0);
        assert_eq!(one("The group seized a third of the delta.").0, "a third");
        assert_eq!(one("One in five voters stayed at home.").1, 0.2);
    }

    #[test]
    fn what_is_no_figure() {
        for text in [
            "The K-12 howitzer and two MT-LB carriers were parked near Route 7.",
            "The five-year plan names three priorities.",
            "Two ministers met on 12 March 2031.",
            "Ada Pell, 54, opened the gate.",
            "The 16-month war ended after four long years.",
            "They met at 10:30 a.m. in Room 12.",
            "Resolution 2254 and Article 5 apply.",
            "The yard lies 40 km north of Lusk.",
            "One of the gates was shut in the 1990s.",
            "The 9/11 attacks changed Lusk.",
            "The second quarter of the year was calm.",
            "It was a 5,000-word statement.",
            "The 1st Brigade left on Monday, 4 March.",
            "He doubled down on the plan.",
            "The G-20 met in 2030.",
        ] {
            assert_eq!(figures(text), [], "{text}");
        }
    }

    #[test]
    fn odd_input_is_read_in_one_pass() {
        let text = "$ $ 1 - 2 - 3 / 4 of of dozens of of 9,,,9 two-two-two ".repeat(2_000);
        let mut tokens = Vec::new();
        tokenize(&text, TextRange::from_usize(0, text.len()), &[], &mut tokens);
        let words: Vec<Word> = tokens.iter().map(|token| word(token.hash)).collect();
        let mut out = Vec::new();
        find(&text, &tokens, &words, &mut out);
        assert!(out.len() < tokens.len());
    }
}
