//! G404: a grade that no scheme has.

use crate::config::Level;
use crate::rules::{Findings, RuleContext};
use crate::text::TextRange;

crate::declare_rule! {
    /// Reports a source grade that the Admiralty scale and the 3x5x2 scheme do not have.
    ///
    /// ## Why
    /// Reliability runs from A to F and credibility from 1 to 6; what lies outside was mistyped, and a reader who sorts
    /// by grade will not find it.
    ///
    /// ## Reported
    /// ```note
    /// ---
    /// type: post
    /// citekey: tele77
    /// reliability: E
    /// credibility: 7
    ///              ^
    /// ---
    /// Forty trucks wait at the gate.
    /// ```
    /// ```note
    /// The gate is closed (Harbor Daily) [G7].
    ///                                   ^^^^
    /// ```
    ///
    /// ## Accepted
    /// ```note
    /// ---
    /// type: post
    /// citekey: tele77
    /// grade: B-2
    /// 3x5x2: 2CP
    /// ---
    /// Forty trucks wait at the gate.
    /// ```
    /// ```note
    /// The gate is closed (Harbor Daily) [B2]. The [G7] met in Lusk. The G7 met again.
    /// ```
    ///
    /// ## Limits
    /// In running text only a letter and a digit in brackets count, behind a source and before a stop. A grade that is
    /// well-formed but hardly possible (E1, A5) is a hint.
    pub(super) static MALFORMED_GRADE = Rule {
        code: "G404",
        name: "malformed-grade",
        family: Governance,
        level: Error,
        strict: Error,
        since: "0.1.0",
        check: check,
        messages: {
            malformed(grade, wanted): "Malformed grade `{grade}`: it is not on the scale. Write {wanted}.",
            contradictory(grade): "Contradictory grade `{grade}`: reliability and credibility do not go together. Check both.",
        },
    };
}

fn check(context: &RuleContext<'_>, findings: &mut Findings) {
    if let Some(front) = &context.facts.note.front_matter {
        type Judge = fn(&str) -> bool;
        let fields: [(&str, Judge, &str); 4] = [
            ("reliability", |v| letter(v.as_bytes()), "a letter from A to F"),
            ("credibility", |v| digit(v.as_bytes()), "a digit from 1 to 6"),
            ("grade", |v| admiralty(v) || police(v), "a grade such as B2"),
            ("3x5x2", police, "a grade such as 2CP"),
        ];
        for (field, is_right, wanted) in fields {
            for (value, range) in front.values(field) {
                judge(value.trim(), *range, is_right, wanted, findings);
            }
        }
    }
    inline(context, findings);
}

fn judge(value: &str, range: TextRange, is_right: fn(&str) -> bool, wanted: &str, findings: &mut Findings) {
    if value.is_empty() {
        return;
    }
    let shown: String = value.chars().take(20).collect();
    if !is_right(value) {
        findings.add(&MALFORMED_GRADE, range, message::malformed(shown, wanted));
    } else if matches!(value.replace(['-', ' '], "").as_str(), "E1" | "A5") {
        findings.add(&MALFORMED_GRADE, range, message::contradictory(shown)).level = Level::Hint;
    }
}

/// `[G7]` behind a source and before a stop.
fn inline(context: &RuleContext<'_>, findings: &mut Findings) {
    let text = context.text;
    for at in memchr::memchr_iter(b'[', text.as_bytes()) {
        let Some(inside) =
            text.as_bytes().get(at + 1..).and_then(grade_before_bracket).and_then(|len| text.get(at + 1..at + 1 + len))
        else {
            continue;
        };
        let before = text.get(..at).and_then(|before| before.trim_end().chars().next_back());
        let after =
            text.get(at + inside.len() + 2..).unwrap_or_default().trim_start_matches([' ', '\t']).chars().next();
        let in_place = before.is_some_and(|c| matches!(c, ')' | ']' | '"' | '”' | '.'))
            && after.is_none_or(|c| matches!(c, '.' | ',' | ';' | ')' | '\n' | '\r'));
        let range = TextRange::from_usize(at, at + inside.len() + 2);
        let in_prose = context.facts.note.sentence_at(range.start).is_some();
        if in_place && in_prose {
            judge(inside, range, admiralty, "a grade such as B2", findings);
        }
    }
}

/// Length of a letter and a digit, perhaps with a hyphen, that a bracket closes.
fn grade_before_bracket(bytes: &[u8]) -> Option<usize> {
    match bytes {
        [letter, digit, b']', ..] if letter.is_ascii_uppercase() && digit.is_ascii_digit() => Some(2),
        [letter, b'-', digit, b']', ..] if letter.is_ascii_uppercase() && digit.is_ascii_digit() => Some(3),
        _ => None,
    }
}

fn admiralty(grade: &str) -> bool {
    match grade.as_bytes() {
        [l, d] | [l, b'-' | b' ', d] => letter(&[*l]) && digit(&[*d]),
        _ => false,
    }
}

/// The police's 3x5x2, and the older 5x5x5.
fn police(grade: &str) -> bool {
    match grade.as_bytes() {
        [source, information, handling] => {
            let newer = (b'1'..=b'3').contains(source) && (b'A'..=b'E').contains(information);
            let older = (b'A'..=b'E').contains(source) && (b'1'..=b'5').contains(information);
            (newer && matches!(handling, b'P' | b'C')) || (older && (b'1'..=b'5').contains(handling))
        }
        _ => false,
    }
}

fn letter(value: &[u8]) -> bool {
    matches!(value, [b'A'..=b'F'])
}

fn digit(value: &[u8]) -> bool {
    matches!(value, [b'1'..=b'6'])
}
