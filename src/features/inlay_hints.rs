//! Hints at the end of a sentence that say what carries it. Off unless the user turns them on.

use crate::analysis::NoteFacts;
use crate::analysis::facts::Sourced;
use crate::text::TextRange;

/// A hint to show after byte `at`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InlayHint {
    /// The byte at which it is shown.
    pub at: u32,
    /// Its words.
    pub label: String,
    /// The source that carries the sentence, for a jump.
    pub target: TextRange,
    /// The sentence of the source.
    pub source_sentence: TextRange,
}

/// Longest source named in a hint, in characters.
const LONGEST: usize = 30;

/// The hints that fall into `range`, in order.
#[must_use]
pub fn inlay_hints(text: &str, facts: &NoteFacts, range: TextRange) -> Vec<InlayHint> {
    let hint = |claim: &crate::analysis::facts::Claim| {
        let Sourced::Carried(by) = claim.sourced else { return None };
        let attribution = facts.attributions.get(by as usize)?;
        let target = *attribution.source.first().or(attribution.cue.first())?;
        let sentence = facts.note.sentences.get(claim.sentence as usize)?;
        // A sentence that names its source itself needs no telling.
        let back = claim.sentence.checked_sub(attribution.sentence).filter(|back| *back > 0)?;
        let mut source: String = target.of(text).chars().take(LONGEST).collect();
        if source.len() < target.of(text).len() {
            source.push('…');
        }
        let source_sentence =
            facts.note.sentences.get(attribution.sentence as usize).map_or(target, |sentence| sentence.range);
        Some(InlayHint { at: sentence.range.end, label: format!(" ← {source} ({back})"), target, source_sentence })
    };
    let mut hints: Vec<InlayHint> =
        facts.claims.iter().filter(|claim| claim.range.overlaps(range)).filter_map(hint).collect();
    // Several claims of one sentence rest on one source.
    hints.dedup();
    hints
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{AnalysisConfig, Memo, analyze};
    use crate::structure::Format;

    #[test]
    fn a_hint_stands_once_after_a_sentence_that_names_no_source_itself() {
        let text = "Ada Pell said the gate was shut. She added that 12 ships had left and that 9 crews waited. The yard lost 40 percent of its orders in 2030, she said.\n";
        let facts = analyze(text, Format::Markdown, &AnalysisConfig::default(), &mut Memo::default());
        let hints = inlay_hints(text, &facts, TextRange::new(0, text.len() as u32));
        let places: Vec<u32> = hints.iter().map(|hint| hint.at).collect();
        assert!(places.windows(2).all(|pair| pair[0] < pair[1]), "{hints:?}");
        assert!(hints.iter().all(|hint| !hint.label.ends_with("(0)")), "{hints:?}");
        let carried = "According to the port authority, 12 ships left in May. A further 38 ships left in June.\n";
        let facts = analyze(carried, Format::Markdown, &AnalysisConfig::default(), &mut Memo::default());
        let hints = inlay_hints(carried, &facts, TextRange::new(0, carried.len() as u32));
        let [hint] = hints.as_slice() else { panic!("{hints:?}") };
        assert_eq!((hint.label.as_str(), hint.at), (" ← the port authority (1)", carried.len() as u32 - 1));
        assert_eq!(hint.source_sentence.of(carried), "According to the port authority, 12 ships left in May.");
    }
}
