//! E505: a forecast as if it were known.

use super::estimates;
use crate::analysis::facts::Zone;
use crate::lexicon::{class, phrase, word};
use crate::rules::{Findings, RuleContext};

crate::declare_rule! {
    /// Reports a forecast without a likelihood under a heading for the author's judgement.
    ///
    /// ## Why
    /// Nobody knows what will happen. A judgement says how likely it is.
    ///
    /// ## Reported
    /// ```note
    /// # Key judgements
    ///
    /// The fleet will leave Lusk by June.
    ///           ^^^^
    ///
    /// The council is going to close the strait.
    ///                ^^^^^
    /// ```
    ///
    /// ## Accepted
    /// ```note
    /// # Key judgements
    ///
    /// The fleet will very likely leave Lusk by June. The will of the council counts. Pilots are going home.
    /// ```
    /// ```note
    /// The fleet will leave Lusk by June.
    /// ```
    ///
    /// ## Limits
    /// A hint: schedules and promises read the same. Conditions ("if …") are left alone.
    pub(super) static BARE_FORECAST = Rule {
        code: "E505",
        name: "bare-forecast",
        family: Estimate,
        level: Hint,
        strict: Information,
        since: "0.1.0",
        check: check,
        messages: {
            bare(): "Bare forecast: it gives no likelihood. Say how likely it is.",
        },
    };
}

fn check(context: &RuleContext<'_>, findings: &mut Findings) {
    let facts = context.facts;
    for (index, sentence) in facts.note.sentences.iter().enumerate() {
        let index = index as u32;
        if facts.zone_of(index) != Zone::OwnVoice || !estimates::is_judgement(context, index) {
            continue;
        }
        let scaled =
            estimates::find_signal(context, index, estimates::SCALES.or(phrase::OFF_SCALE).or(phrase::POSSIBILITY))
                .is_some();
        let tokens = facts.note.tokens_of(sentence);
        let conditional = tokens.iter().any(|t| matches!(t.text(context.text), "if" | "If" | "unless" | "Unless"));
        let text = |at: usize| tokens.get(at).map_or("", |t| t.text(context.text));
        let future = |&at: &usize| match text(at) {
            // "The will of the council" is a noun.
            "will" => {
                let before = at.checked_sub(1).and_then(|at| tokens.get(at));
                !before.is_some_and(|token| word(token.hash).classes.has(class::DETERMINER))
            }
            "going" => text(at + 1) == "to" && at.checked_sub(1).is_some_and(|at| matches!(text(at), "is" | "are")),
            _ => false,
        };
        let will =
            (0..tokens.len()).filter(future).filter_map(|at| tokens.get(at)).find(|t| !facts.is_quoted(t.range.start));
        if let Some(will) = will.filter(|_| !scaled && !conditional) {
            findings.add(&BARE_FORECAST, will.range, message::bare());
        }
    }
}
