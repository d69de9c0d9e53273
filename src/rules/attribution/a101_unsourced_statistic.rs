//! A101: a figure that nobody is said to have counted.

use super::sourcing;
use crate::analysis::facts::ClaimKind;
use crate::rules::{Findings, RuleContext};
use crate::structure::{BlockKind, Note};
use crate::text::TextRange;

crate::declare_rule! {
    /// Reports a figure without a source.
    ///
    /// ## Why
    /// Somebody counted it, and a reader can weigh a number only by who did. News desks ask for the source in the same
    /// sentence; a source named further up does not govern a figure that the author adds.
    ///
    /// ## Reported
    /// ```note
    /// The port handled 38 million tonnes in 2030.
    ///                  ^^^^^^^^^^^^^^^^^
    /// ```
    /// ```note
    /// Meridia imported 412,000 tonnes of coking coal in 2031.
    ///                  ^^^^^^^^^^^^^^
    /// ```
    ///
    /// ```note
    /// | Year | Share |
    /// |------|-------|
    /// | 2029 | 1.1 % |
    ///          ^^^^^
    /// | 2030 | 2.6 % |
    /// ```
    ///
    /// ## Accepted
    /// ```note
    /// The port handled 38 million tonnes in 2030, the harbour authority said.
    /// ```
    /// ```note
    /// The port handled 38 million tonnes in 2030.[^1]
    ///
    /// [^1]: Harbour authority, yearbook 2031.
    /// ```
    /// ```note
    /// Harbor Daily interviewed more than 20 former wardens.
    /// ```
    /// ```note
    /// The five-year plan names three priorities, and Article 5 names two more.
    /// ```
    /// ```note
    /// The K-12 howitzer and two MT-LB carriers were parked near Route 7.
    /// ```
    /// ```note
    /// We estimate that the yard can build 4–6 hulls a year (see Methodology).
    /// ```
    /// ```note
    /// | Year | Share |
    /// |------|-------|
    /// | 2030 | 2.6 % |
    ///
    /// Source: Harbour authority, yearbook 2031.
    /// ```
    /// ```note
    /// Output fell by 11.4 percent, the farm board said.
    ///
    /// A fall of 11.4 percent is the worst in ten years.
    /// ```
    /// ```note
    /// //- /sources/register.md
    /// ---
    /// type: source
    /// title: Port register
    /// ---
    /// Numbers.
    /// //- /note.md
    /// The port handled 38 million tonnes in 2030 ([[register]]).
    /// ```
    ///
    /// ## Limits
    /// A table is reported once. A source line under it, a caption or leading sentence that cites, and a column of sources
    /// stand behind its cells; a figure that the note has sourced before is not asked for again.
    ///
    /// Years, dates, ages, spans of time, distances, designators and small enumerations are no figures here. Figures
    /// under headings such as "References" are not looked at.
    pub(super) static UNSOURCED_STATISTIC = Rule {
        code: "A101",
        name: "unsourced-statistic",
        family: Attribution,
        level: Warning,
        strict: Error,
        since: "0.1.0",
        check: check,
        messages: {
            unsourced(what, reason): "Unsourced figure \"{what}\": {reason}. Say who counted it, or cite a source.",
            in_table(what): "Unsourced table: \"{what}\" and its other figures have no source. Add a line \"Source: …\" below, or cite.",
        },
        precedence: 40,
        answered_by_declaration: true,
        in_light_profile: true,
        remedies: [Cite, Attribute, Assess, Ask],
    };
}

fn check(context: &RuleContext<'_>, findings: &mut Findings) {
    let mut table = None;
    for claim in sourcing::unsourced(context) {
        let Some(figure) = claim.figure.as_ref().filter(|f| !f.casualty) else { continue };
        if claim.kind != ClaimKind::Statistic {
            continue;
        }
        if asked_by_subject(context, figure.range) {
            continue;
        }
        let what = sourcing::excerpt(context.text, figure.range);
        let mut message = message::unsourced(&what, sourcing::reason(claim));
        if let Some(cell) = cell_of(&context.facts.note, claim.sentence) {
            // One source line mends them all, so one finding asks for it.
            if table.replace(cell).is_some_and(|last| in_one_table(&context.facts.note, last, cell)) {
                continue;
            }
            message = message::in_table(&what);
        }
        let finding = findings.add(&UNSOURCED_STATISTIC, claim.span, message);
        finding.score = claim.score;
        sourcing::relate_nearest(context, claim, finding);
    }
}

/// The block of a claim that stands in a table.
fn cell_of(note: &Note, sentence: u32) -> Option<usize> {
    let block = note.sentences.get(sentence as usize)?.block as usize;
    (note.blocks.get(block)?.kind == BlockKind::TableCell).then_some(block)
}

fn in_one_table(note: &Note, one: usize, other: usize) -> bool {
    note.blocks.get(one..=other).is_some_and(|blocks| blocks.iter().all(|block| block.kind == BlockKind::TableCell))
}

/// `Harbor Daily interviewed more than 20 wardens`: who asked them counted them.
fn asked_by_subject(context: &RuleContext<'_>, figure: TextRange) -> bool {
    const ASKED: [&str; 6] = ["interviewed", "surveyed", "polled", "questioned", "canvassed", "sampled"];
    let tokens = &context.facts.note.tokens;
    let end = tokens.partition_point(|token| token.range.start < figure.start);
    let before = tokens.iter().take(end).rev().take(4);
    before
        .take_while(|token| !token.text(context.text).ends_with(['.', ';', ',']))
        .any(|token| ASKED.contains(&token.text(context.text)))
}
