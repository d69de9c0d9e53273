//! Every sentence's own sources: attributions by their cue, contents that reach over from another sentence, citations.

use super::basis::Basis;
use super::references;
use crate::analysis::facts::{Attribution, SourceKind};
use crate::structure::{MarkerKind, Note};

/// The sources of every sentence of a note.
#[derive(Debug, Default)]
pub(super) struct Sources {
    /// Attributions whose cue stands in the sentence, best first.
    pub(super) own: Vec<Option<u32>>,
    /// An attribution of another sentence whose content covers this one.
    pub(super) covering: Vec<Option<u32>>,
    /// A citation in the sentence: a marker's index, or none for one in prose.
    pub(super) citation: Vec<Option<Option<u32>>>,
    /// The next sentence that has a citation, itself included; the number of sentences if none has.
    pub(super) next_cited: Vec<usize>,
}

/// Finds the sources of every sentence.
pub(super) fn find(text: &str, basis: &Basis<'_>) -> Sources {
    let note = &basis.note;
    let count = note.sentences.len();
    let mut sources = Sources {
        own: vec![None; count],
        covering: vec![None; count],
        citation: vec![None; count],
        next_cited: vec![count; count],
    };
    for (index, attribution) in basis.attributions.iter().enumerate() {
        let own = attribution.sentence as usize;
        if let Some(slot) = sources.own.get_mut(own) {
            let better = slot
                .and_then(|other| basis.attributions.get(other as usize))
                .is_none_or(|other| rank(attribution) < rank(other));
            if better {
                *slot = Some(index as u32);
            }
        }
        for content in &attribution.content {
            let first = note.sentences.partition_point(|s| s.range.end <= content.start);
            for (at, sentence) in note.sentences.iter().enumerate().skip(first) {
                if sentence.range.start >= content.end {
                    break;
                }
                if at != own
                    && let Some(covering) = sources.covering.get_mut(at)
                {
                    covering.get_or_insert(index as u32);
                }
            }
        }
    }
    for (index, marker) in note.markers.iter().enumerate() {
        let cites = match &marker.kind {
            MarkerKind::Link { target, .. } => {
                target.starts_with("http") || target.contains('/') || target.ends_with(".md")
            }
            MarkerKind::FootnoteReference { .. }
            | MarkerKind::InlineFootnote { .. }
            | MarkerKind::CitationKey { .. }
            | MarkerKind::BracketReference => true,
            _ => false,
        };
        if cites
            && let Some(citation) =
                sentence_before(note, marker.range.start).and_then(|at| sources.citation.get_mut(at))
        {
            citation.get_or_insert(Some(index as u32));
        }
    }
    for (sentence, citation) in note.sentences.iter().zip(&mut sources.citation) {
        if citation.is_none() && references::cites(text, note.tokens_of(sentence)) {
            *citation = Some(None);
        }
    }
    let mut next = count;
    for (index, (citation, next_cited)) in sources.citation.iter().zip(&mut sources.next_cited).enumerate().rev() {
        if citation.is_some() {
            next = index;
        }
        *next_cited = next;
    }
    sources
}

/// The sentence that holds byte `at`, or the one that ends right before it: a footnote mark stands after the full stop.
fn sentence_before(note: &Note, at: u32) -> Option<usize> {
    let next = note.sentences.partition_point(|s| s.range.start <= at);
    let index = next.checked_sub(1)?;
    let block = note.block_at(at)?;
    note.sentences.get(index).is_some_and(|sentence| sentence.block as usize == block).then_some(index)
}

/// Strong before weak, named before anonymous before vague.
fn rank(attribution: &Attribution) -> (bool, SourceKind) {
    (!attribution.strong, attribution.kind)
}
