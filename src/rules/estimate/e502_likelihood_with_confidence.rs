//! E502: likelihood and confidence in one sentence.

use super::estimates;
use crate::analysis::facts::Signal;
use crate::lexicon::estimative::Scale;
use crate::lexicon::phrase;
use crate::rules::{Edit, Findings, Fix, RuleContext};
use crate::text::TextRange;

crate::declare_rule! {
    /// Reports a likelihood and a confidence level in the same sentence.
    ///
    /// ## Why
    /// Likelihood is about the event, confidence about the ground the judgement stands on. Together in one sentence they are read
    /// as one, and the standard (ICD 203) forbids it.
    ///
    /// ## Reported
    /// ```note
    /// We have high confidence that closure is unlikely.
    ///         ^^^^^^^^^^^^^^^
    /// ```
    ///
    /// ## Accepted
    /// ```note
    /// We assess that closure is unlikely. We have moderate confidence in this judgement because two pilots confirmed it.
    /// ```
    /// ```note
    /// //- /whosaid.toml
    /// scale = "phia"
    /// //- /note.md
    /// We have high confidence that closure is unlikely.
    /// ```
    /// ```note
    /// We have high confidence that certain berths on the remote islands are mined.
    /// ```
    /// ```note
    /// Norvik has high confidence that a strike is unlikely.
    /// ```
    ///
    /// ## Limits
    /// Only terms of the yardsticks are known. Silent with `scale = "phia"`, which lets the two stand side by side.
    pub(super) static LIKELIHOOD_WITH_CONFIDENCE = Rule {
        code: "E502",
        name: "likelihood-with-confidence",
        family: Estimate,
        level: Warning,
        strict: Warning,
        since: "0.1.0",
        check: check,
        messages: {
            together(): "Likelihood and confidence together: readers may take one for the other. Give each its own sentence.",
        },
    };
}

fn check(context: &RuleContext<'_>, findings: &mut Findings) {
    if Scale::named(&context.config.scale) == Some(Scale::Phia) {
        return;
    }
    for signal in context.facts.signals.iter().filter(|s| !s.quoted && s.kinds.has(phrase::CONFIDENCE)) {
        if estimates::is_estimated(context, signal.sentence) && estimates::is_judgement(context, signal.sentence) {
            let finding = findings.add(&LIKELIHOOD_WITH_CONFIDENCE, signal.range, message::together());
            finding.fixes.extend(split(context, signal));
        }
    }
}

/// "We have high confidence that X." as "We assess that X. We have high confidence in this judgement."
fn split(context: &RuleContext<'_>, signal: &Signal) -> Option<Fix> {
    let sentence = context.facts.note.sentences.get(signal.sentence as usize)?.range;
    let level = signal.range.of(context.text);
    if !level.ends_with("confidence") || !sentence.of(context.text).ends_with('.') {
        return None;
    }
    let before = TextRange::new(sentence.start, signal.range.start).of(context.text);
    let after = TextRange::new(signal.range.end, sentence.end).of(context.text);
    let (range, text) = if let (Some(subject), Some(_)) = (before.strip_suffix(" have "), after.strip_prefix(" that "))
    {
        let verb = TextRange::new(sentence.start + subject.len() as u32, signal.range.end);
        (verb, " assess".to_owned())
    } else if let Some(rest) = before.strip_suffix(" with ") {
        (TextRange::new(sentence.start + rest.len() as u32, signal.range.end), String::new())
    } else if let ("With ", Some(rest)) = (before, after.strip_prefix(", ")) {
        let first = rest.chars().next()?;
        let end = signal.range.end + 2 + first.len_utf8() as u32;
        (TextRange::new(sentence.start, end), first.to_uppercase().collect())
    } else {
        return None;
    };
    let own = format!(" We have {level} in this judgement.");
    let edits = vec![
        Edit { file: context.file, range, text },
        Edit { file: context.file, range: TextRange::empty(sentence.end), text: own },
    ];
    Some(Fix { title: "Move the confidence to a sentence of its own".to_owned(), edits, safe: false })
}
