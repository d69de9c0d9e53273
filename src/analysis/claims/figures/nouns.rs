//! The thing that a number counts: its unit, its head noun, the end of its range.

use super::*;

/// The distance at which a head noun may stand from its number, in tokens.
const HEAD_REACH: usize = 6;

impl<'a> Reader<'a> {
    /// The second value of a range that goes on at `next` ("3 to 5", "between 3 and 5").
    pub(super) fn range_end(&self, first: usize, next: usize) -> Option<Value> {
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
            || matches!(self.words.get(at)?.number(), Some((_, NumberKind::Small)));
        if !starts {
            return None;
        }
        self.value(at)
    }

    /// The token after a sign or word of percent at `at`.
    pub(super) fn percent(&self, at: usize) -> Option<usize> {
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
    pub(super) fn unit(&self, at: usize, value: f64, currency: &str, glued: &'static str) -> (&'a str, usize) {
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

    /// True if a unit is a currency.
    pub(super) fn is_money(&self, unit: &str) -> bool {
        crate::lexicon::word(crate::text::word_hash(unit)).classes.has(class::CURRENCY)
    }

    /// The noun that is counted.
    pub(super) fn head(&self, next: usize) -> Option<usize> {
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
            let stops = class::PREPOSITION
                .or(class::MODAL_ALONE)
                .or(class::COPULA)
                .or(class::HAVE_ALONE)
                .or(class::COORDINATOR);
            // "government and business officials": the noun is still to come.
            let joined = classes.has(class::COORDINATOR)
                && last.is_some_and(|last: usize| !self.word(last).ends_with('s'))
                && self.tokens.get(at + 1).is_some_and(|t| t.kind == TokenKind::Word && !t.capital);
            if joined {
                at += 1;
                continue;
            }
            let stops = stops.or(class::SUBORDINATOR).or(class::PAST).or(class::DETERMINER).or(class::REPORTS);
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
}

/// The largest of a thousand, million, billion and trillion that a value reaches; else 1.
pub(super) fn scale_of(value: f64) -> f64 {
    [1e12, 1e9, 1e6, 1e3].into_iter().find(|scale| value >= *scale).unwrap_or(1.0)
}
