//! A117: a reporting verb that takes sides.

use super::sourcing;
use crate::analysis::facts::SourceKind;
use crate::lexicon::phrase;
use crate::rules::{Edit, Findings, Fix, RuleContext};

crate::declare_rule! {
    /// Reports a reporting verb that takes sides, in news copy: "admitted", "refuted", "claimed".
    ///
    /// ## Why
    /// "Admitted" says that there was something to hide, "refuted" that the other side was wrong, "claimed" that one does not
    /// believe it. "Said" says nothing but that it was said.
    ///
    /// ## Reported
    /// ```note
    /// LUSK, March 12 (AP) — Ada Pell admitted that the gates were open.
    ///                                ^^^^^^^^
    /// ```
    ///
    /// ## Accepted
    /// ```note
    /// LUSK, March 12 (AP) — Ada Pell said that the gates were open.
    /// ```
    /// ```note
    /// Ada Pell admitted that the gates were open.
    /// ```
    /// ```note
    /// LUSK, March 12 (AP) — The Gate Front claimed responsibility for the fire.
    /// ```
    ///
    /// ## Limits
    /// News copy only: an analyst may weigh what was said.
    pub(super) static LOADED_VERB = Rule {
        code: "A117",
        name: "loaded-reporting-verb",
        family: Attribution,
        level: Hint,
        strict: Hint,
        since: "0.1.0",
        check: check,
        messages: {
            loaded(verb, better): "Loaded verb \"{verb}\": it takes sides. Write \"{better}\" unless the text shows that it fits.",
        },
        precedence: 140,
        answered_by_declaration: true,
    };
}

fn check(context: &RuleContext<'_>, findings: &mut Findings) {
    let facts = context.facts;
    for signal in facts.signals.iter().filter(|s| s.kinds.has(phrase::LOADED) && !s.quoted) {
        let cue = sourcing::attributions_of(context, signal.sentence)
            .any(|a| a.kind == SourceKind::Named && a.cue.iter().any(|cue| cue.overlaps(signal.range)));
        if !cue
            || is_deed(context, signal.range.end)
            || !sourcing::is_news(context, signal.sentence)
            || !sourcing::expects_source(context, signal.sentence)
        {
            continue;
        }
        let verb = signal.range.of(context.text);
        let better = match (verb.starts_with("refute"), verb.ends_with('s')) {
            (true, false) => "denied",
            (true, true) => "denies",
            (false, false) => "said",
            (false, true) => "says",
        };
        let message = message::loaded(verb, better);
        let finding = findings.add(&LOADED_VERB, signal.range, message);
        let edit = Edit { file: context.file, range: signal.range, text: better.to_owned() };
        finding.fixes.push(Fix { title: format!("Write \"{better}\""), edits: vec![edit], safe: false });
    }
}

/// True if the words after the verb make it a deed and no report: "claimed responsibility", "admitted defeat".
fn is_deed(context: &RuleContext<'_>, after: u32) -> bool {
    let note = &context.facts.note;
    let next = note.tokens.partition_point(|token| token.range.start < after);
    let word = note.tokens.get(next).map_or("", |token| token.text(context.text));
    DEEDS.iter().any(|deed| word.eq_ignore_ascii_case(deed))
}

/// Objects that are claimed, admitted or refused by doing it.
const DEEDS: &[&str] = &["responsibility", "credit", "victory", "defeat", "liability", "guilt", "asylum", "lives"];
