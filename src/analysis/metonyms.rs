//! Names that stand for a state: a capital that speaks ("Cairo said"), a nationality ("Egyptian officials").
//!
//! The mention stays what it names, the city or the people, with its kind and entity; what it stands for is a fact of its
//! own ([`StandsFor`]), so that a list of cities holds no governments and a reader still learns who spoke.

use super::facts::{EntityKind, StandsFor};
use super::stages::{Attributions, Entities};
use crate::lexicon::states;
use crate::text::TextRange;

/// The mentions that stand for a state, in order.
pub(super) fn find(text: &str, entities: &Entities, attributions: &Attributions) -> Vec<StandsFor> {
    let mentions = &entities.mentions;
    let mut found = Vec::new();
    let mut speaks = vec![false; mentions.len()];
    for said in attributions.attributions.iter().filter(|said| said.strong) {
        for source in &said.source {
            // The whole source is the name: "Cairo said", and not "the mayor of Cairo said".
            let at = mentions.partition_point(|mention| mention.range.start < source.start);
            let whole = mentions.get(at).is_some_and(|mention| {
                let before = TextRange::new(source.start, mention.range.start.max(source.start)).of(text);
                mention.range.end == source.end && (before.is_empty() || before.trim().eq_ignore_ascii_case("the"))
            });
            if let Some(speaks) = speaks.get_mut(at) {
                *speaks |= whole;
            }
        }
    }
    for (index, (mention, speaks)) in mentions.iter().zip(speaks).enumerate() {
        let (state, government) = match mention.kind {
            EntityKind::Place if speaks => (states::of_capital(mention.range.of(text)), true),
            EntityKind::Group => (states::of_nationality(mention.range.of(text)), false),
            _ => (None, false),
        };
        let Some(state) = state else { continue };
        found.push(StandsFor { mention: index as u32, state, government });
    }
    found
}

#[cfg(test)]
mod tests {
    use crate::analysis::facts::{EntityKind, MentionForm};
    use crate::analysis::{AnalysisConfig, Memo, analyze};
    use crate::structure::Format;

    #[test]
    fn a_capital_that_speaks_stays_a_place_and_stands_for_its_government() {
        let text = "Cairo said on Monday that the talks had failed. The mayor of Cairo said the road to Cairo was closed. \
                    Egyptian officials left.";
        let facts = analyze(text, Format::Plain, &AnalysisConfig::default(), &mut Memo::default());
        let shown: Vec<(&str, &str, bool)> = facts
            .stands_for
            .iter()
            .map(|fact| (facts.mentions[fact.mention as usize].range.of(text), fact.state, fact.government))
            .collect();
        assert_eq!(shown, [("Cairo", "Egypt", true), ("Egyptian", "Egypt", false)]);
        let first = &facts.mentions[facts.stands_for[0].mention as usize];
        assert_eq!((first.range.start, first.kind, first.form), (0, EntityKind::Place, MentionForm::Metonym));
        assert_eq!(facts.stands_for(facts.stands_for[0].mention).map(|fact| fact.state), Some("Egypt"));
        let cairo = facts.mentions.iter().filter(|m| m.range.of(text) == "Cairo");
        assert!(cairo.clone().count() == 3 && cairo.clone().all(|m| m.entity == first.entity), "one city");
    }
}
