//! The brackets in which a writer speaks about a sentence: `[citation needed]`, `[common knowledge]`, `[own observation]`.
//!
//! The last two are a declared source, so that nothing more is asked about the sentence. With `[citation needed]`,
//! `[TK]` or `[check]` the writer knows already; the marker itself is reported by D904 and nothing else.

use std::collections::HashSet;

use crate::rules::{Finding, RuleContext, fixes};
use crate::structure::Note;
use crate::text::TextRange;

/// A bracket in which the writer speaks about the sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::rules) enum Declaration {
    /// A declared source.
    Source,
    /// Something is still to be done.
    Open,
}

const WORDS: [(&str, Declaration); 16] = [
    ("common knowledge", Declaration::Source),
    ("own observation", Declaration::Source),
    ("citation needed", Declaration::Open),
    ("source needed", Declaration::Open),
    ("by whom?", Declaration::Open),
    ("when?", Declaration::Open),
    ("check", Declaration::Open),
    (fixes::CONFIRM, Declaration::Open),
    ("tk", Declaration::Open),
    ("todo", Declaration::Open),
    ("xxx", Declaration::Open),
    ("??", Declaration::Open),
    (fixes::INSTITUTION, Declaration::Open),
    (fixes::ACCESS, Declaration::Open),
    (fixes::REASON, Declaration::Open),
    (fixes::WHO, Declaration::Open),
];

/// All such brackets that stand in prose, in order.
pub(in crate::rules) fn find<'a>(context: &RuleContext<'a>) -> impl Iterator<Item = (TextRange, Declaration)> + 'a {
    let (text, note) = (context.text, &context.facts.note);
    memchr::memchr_iter(b'[', text.as_bytes()).filter_map(move |at| {
        let rest = text.get(at + 1..)?;
        let (words, declaration) = WORDS.iter().find(|(words, _)| {
            rest.as_bytes().get(words.len()) == Some(&b']')
                && rest.get(..words.len()).is_some_and(|inside| inside.eq_ignore_ascii_case(words))
        })?;
        let range = TextRange::from_usize(at, at + words.len() + 2);
        let block = note.blocks.get(note.block_at(range.start)?)?;
        let in_prose = !block.sentences.is_empty() && !block.holes.iter().any(|hole| hole.contains(range.start + 1));
        in_prose.then_some((range, *declaration))
    })
}

/// Drops the findings that a declaration answers.
pub(in crate::rules) fn drop_answered(context: &RuleContext<'_>, findings: &mut Vec<Finding>) {
    if !findings.iter().any(|f| f.rule.answered_by_declaration) {
        return;
    }
    let note = &context.facts.note;
    let declared: HashSet<usize> = find(context).filter_map(|(range, _)| sentence_of(note, range.start)).collect();
    findings.retain(|f| {
        let sentence = note.sentence_at(f.range.start);
        !(f.rule.answered_by_declaration && sentence.is_some_and(|s| declared.contains(&s)))
    });
}

/// The sentence that a bracket at `at` speaks about: its own, or the one before where it stands alone after the stop.
fn sentence_of(note: &Note, at: u32) -> Option<usize> {
    let own = note.sentences.partition_point(|s| s.range.start <= at).checked_sub(1)?;
    let sentence = note.sentences.get(own)?;
    let same_block = |&before: &usize| note.sentences.get(before).is_some_and(|s| s.block == sentence.block);
    let before = own.checked_sub(1).filter(|before| sentence.range.start == at && same_block(before));
    Some(before.unwrap_or(own))
}
