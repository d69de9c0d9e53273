//! Numbers that look like a figure and are none, and figures that count the dead.

use super::*;
use crate::lexicon::classes_of_small;

impl<'a> Reader<'a> {
    /// Years, dates, labels, ages, adjectives and scores.
    #[allow(clippy::too_many_arguments)]
    pub(super) fn is_trap(
        &self,
        first: usize,
        next: usize,
        value: &Value,
        low: f64,
        high: f64,
        unit: bool,
        large: bool,
    ) -> bool {
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

    /// The number of digits in a token, or in the one after a currency sign.
    pub(super) fn digits_of(&self, at: usize) -> usize {
        let at = at + usize::from(self.currency_sign(at).is_some());
        self.word(at).bytes().filter(u8::is_ascii_digit).count()
    }

    /// Tells if a bare count says something that had to be counted.
    #[allow(clippy::too_many_arguments)]
    pub(super) fn counts(
        &self,
        first: usize,
        head: Option<usize>,
        high: f64,
        large: bool,
        digits: bool,
        known: bool,
    ) -> bool {
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

    /// Tells if the number counts dead, wounded, missing or captured.
    pub(super) fn is_casualty(&self, first: usize, next: usize, head: Option<usize>) -> bool {
        if head.is_some_and(|head| classes_of_small(self.word(head)).has(class::KILLABLE)) {
            return false;
        }
        let edge = |at: usize| {
            matches!(self.word(at), ";" | ":" | "—" | "–")
                || self.kind(at) == Some(TokenKind::Stop) && self.word(at) != "."
        };

        for step in 1..=6 {
            let Some(at) = first.checked_sub(step) else { break };
            if edge(at) || self.words[at].number().is_some() || self.kind(at) == Some(TokenKind::Number) {
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
            if self.words[at].number().is_some_and(|(_, k)| k == NumberKind::Small)
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

    /// True if a word is one for those who were taken: "hostages".
    pub(super) fn is_taken(&self, at: usize) -> bool {
        classes_of_small(self.word(at)).has(class::TAKEN)
    }
}
