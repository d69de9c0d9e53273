//! Q201: words in quotation marks that nobody is said to have spoken.

use crate::analysis::facts::{EntityKind, Quotation, QuotationClass, Sourced};
use crate::rules::attribution::sourcing;
use crate::rules::{Findings, RuleContext};
use crate::text::TextRange;

crate::declare_rule! {
    /// Reports quoted speech without a speaker and without a citation.
    ///
    /// ## Why
    /// Quotation marks promise that somebody used these words. A reader has to know who by the end of the first sentence.
    ///
    /// ## Reported
    /// ```note
    /// "The gates stay shut until spring." The rain did not stop.
    /// ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    /// ```
    ///
    /// ## Accepted
    /// ```note
    /// Pell walked in. "The gates stay shut until spring," he said.
    /// ```
    /// ```note
    /// "The gates stay shut until spring," Ada Pell said. "We opened them once, and nobody came."
    /// ```
    /// ```note
    /// The so-called "gate tax" expired.
    /// ```
    /// ```note
    /// "The gates stay shut until spring."[^1]
    ///
    /// [^1]: Notice at the north gate.
    /// ```
    ///
    /// ## Limits
    /// Labels, slogans and titles in quotation marks are no speech. A speaker in the sentence before or after, or a colon
    /// before the quotation, is enough.
    pub(super) static UNATTRIBUTED_QUOTATION = Rule {
        code: "Q201",
        name: "unattributed-quotation",
        family: Quotation,
        level: Warning,
        strict: Error,
        since: "0.1.0",
        check: check,
        messages: {
            unattributed(): "Unattributed quotation: no speaker is named here or in the next sentence. Name one, or cite a source.",
        },
        precedence: 30,
        answered_by_declaration: true,
        in_light_profile: true,
        remedies: [Cite, Introduce, Ask],
    };
}

/// Fewer words than this are a term or a slogan more often than speech.
const WORDS: usize = 5;
/// Number of quotations before it that are looked at for one that holds it.
const NESTED: usize = 8;
/// A paragraph of so few words is no paragraph.
const HEADING_WORDS: usize = 6;
/// A whole sentence in quotation marks is speech from this many words on.
const SENTENCE_WORDS: usize = 3;

fn check(context: &RuleContext<'_>, findings: &mut Findings) {
    for (index, quotation) in context.facts.quotations.iter().enumerate() {
        let speech = quotation.class == QuotationClass::Speech && quotation.attribution.is_none() && quotation.closed;
        let words = quotation.inner.of(context.text);
        let sentence_like = words.starts_with(char::is_uppercase) && words.ends_with(['.', '?', '!']);
        let least = if sentence_like { SENTENCE_WORDS } else { WORDS };
        if !speech || words.split_whitespace().count() < least {
            continue;
        }
        let Some(sentence) = context.facts.note.sentence_at(quotation.range.start) else { continue };
        // A short quotation that is a paragraph of its own is a heading in newspapers.
        let Some(own) = context.facts.note.sentences.get(sentence) else { continue };
        let block = context.facts.note.block_of(own).range;
        if quotation.range.contains_range(block) && words.split_whitespace().count() <= HEADING_WORDS {
            continue;
        }
        let sentence = sentence as u32;
        if !sourcing::expects_source(context, sentence) || has_source(context, index, quotation, sentence) {
            continue;
        }
        let range = sourcing::head_of_quotation(context.text, quotation.range);
        let finding = findings.add(&UNATTRIBUTED_QUOTATION, range, message::unattributed());
        // A fragment within a sentence of the author's is a phrase that was taken over more often than speech.
        if !quotation.inner.of(context.text).starts_with(char::is_uppercase) {
            finding.score = 0.5;
        }
    }
}

fn has_source(context: &RuleContext<'_>, index: usize, quotation: &Quotation, sentence: u32) -> bool {
    let facts = context.facts;
    let last = facts.note.sentence_at(quotation.range.end.saturating_sub(1)).map_or(sentence, |at| at as u32);
    let around =
        sourcing::previous_in_block(context, sentence).into_iter().chain(sourcing::next_in_block(context, last));
    let spoken = (sentence..=last).chain(around).any(|at| sourcing::has_speaker(context, at));
    let covered = facts.attributions.iter().any(|a| a.content.iter().any(|c| c.overlaps(quotation.inner)));
    let end = facts.note.sentences.get(last as usize).map_or(0, |s| s.range.end);
    let rest = TextRange::new(quotation.range.end, end);
    let speaker = facts.mentions_in(rest).any(|m| matches!(m.kind, EntityKind::Person | EntityKind::Org));
    if spoken || covered || speaker || (sentence..=last).any(|at| sourcing::is_cited(context, at)) {
        return true;
    }
    let carried = (sentence..=last).any(|at| facts.claim_of(at).is_some_and(|c| !matches!(c.sourced, Sourced::None)));
    if carried {
        return true;
    }
    // Inside another quotation somebody else's words are the speaker's business.
    let nested =
        facts.quotations.iter().take(index).rev().take(NESTED).any(|q| q.inner.contains_range(quotation.range));
    nested || is_introduced(context, quotation.range)
}

/// A colon right before the quotation, or a dash with a name right after it.
fn is_introduced(context: &RuleContext<'_>, range: TextRange) -> bool {
    let before = context.text.get(..range.start as usize).unwrap_or("").trim_end();
    let after = context.text.get(range.end as usize..).unwrap_or("").trim_start();
    let dash = after.strip_prefix(['—', '–', '-', '―', '(']).map(str::trim_start);
    before.ends_with(':') || dash.is_some_and(|name| name.starts_with(char::is_uppercase))
}
