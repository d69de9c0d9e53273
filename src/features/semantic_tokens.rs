//! What an editor may colour: names by kind, sources, quotations, hedges, judgements; unsourced and carried claims as modifiers.

use crate::analysis::NoteFacts;
use crate::analysis::facts::{EntityKind, QuotationClass, Signal, Sourced, Zone};
use crate::lexicon::phrase;
use crate::text::TextRange;

/// The kind of a token. The order is the legend's order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SemanticKind {
    /// A person's name.
    Person,
    /// An organisation's name.
    Org,
    /// A place's name.
    Place,
    /// A weapon's, vehicle's or system's name.
    Product,
    /// A named event.
    Event,
    /// A named document, law, policy.
    Work,
    /// A word that weakens a statement.
    Hedge,
    /// A word of likelihood or confidence, or one by which the author judges.
    Judgement,
    /// The words that name a source, where they are no name.
    Source,
    /// Somebody's words.
    Quotation,
}

impl SemanticKind {
    /// The legend, in order.
    pub const LEGEND: [SemanticKind; 10] = [
        Self::Person,
        Self::Org,
        Self::Place,
        Self::Product,
        Self::Event,
        Self::Work,
        Self::Hedge,
        Self::Judgement,
        Self::Source,
        Self::Quotation,
    ];

    /// The name in the legend.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Org => "org",
            Self::Place => "place",
            Self::Product => "product",
            Self::Event => "event",
            Self::Work => "work",
            Self::Source => "source",
            Self::Quotation => "quotation",
            Self::Hedge => "hedge",
            Self::Judgement => "judgement",
        }
    }
}

/// A coloured range in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SemanticToken {
    /// The bytes.
    pub range: TextRange,
    /// The kind.
    pub kind: SemanticKind,
    /// Part of a claim that nothing stands behind.
    pub unsourced: bool,
    /// Part of a claim that an earlier attribution carries.
    pub carried: bool,
}

/// The names of the modifiers, in the order of their bits.
pub const MODIFIERS: [&str; 2] = ["unsourced", "carried"];

/// All coloured ranges, in order, never overlapping: names win over hedges and judgements, these over sources, sources over quotations. A range may span lines.
#[must_use]
pub fn semantic_tokens(facts: &NoteFacts) -> Vec<SemanticToken> {
    let mut layers: Vec<(TextRange, SemanticKind)> = Vec::new();
    layers.extend(facts.mentions.iter().filter_map(|m| Some((m.range, kind_of(m.kind)?))));
    layers.extend(facts.attributions.iter().flat_map(|a| a.source.iter().map(|&range| (range, SemanticKind::Source))));
    layers.extend(
        facts
            .quotations
            .iter()
            .filter(|q| q.class == QuotationClass::Speech)
            .map(|q| (q.range, SemanticKind::Quotation)),
    );
    for signal in facts.signals.iter().filter(|signal| !signal.quoted) {
        let within = |&(range, kind): &(TextRange, SemanticKind)| {
            range.contains_range(signal.range) && matches!(kind, SemanticKind::Hedge | SemanticKind::Judgement)
        };
        // "may possibly" is one hedge, though "possibly" alone is another.
        let kind = weight(facts, signal).filter(|_| !layers.last().is_some_and(within));
        layers.extend(kind.map(|kind| (signal.range, kind)));
    }
    flatten(layers)
        .into_iter()
        .map(|(range, kind)| {
            let at = facts.claims.partition_point(|claim| claim.range.end <= range.start);
            let claim = facts.claims.get(at).filter(|claim| claim.range.overlaps(range));
            SemanticToken {
                range,
                kind,
                unsourced: claim.is_some_and(|claim| claim.sourced == Sourced::None),
                carried: claim.is_some_and(|claim| matches!(claim.sourced, Sourced::Carried(_))),
            }
        })
        .collect()
}

/// Returns `true` if the author hedges or judges with a phrase. A word of likelihood is one only where he judges: "certain
/// officials" are not likely.
fn weight(facts: &NoteFacts, signal: &Signal) -> Option<SemanticKind> {
    let zone = facts.zone_of(signal.sentence);
    if matches!(zone, Zone::Exempt | Zone::Quoted | Zone::Outside) {
        return None;
    }
    let judges = zone == Zone::OwnVoice || facts.signals_of(signal.sentence).iter().any(|s| s.kinds.has(phrase::OWN));
    let scales = phrase::SCALE_A.or(phrase::SCALE_B).or(phrase::SCALE_PHIA).or(phrase::SCALE_OTHER);
    if signal.kinds.has(phrase::OWN.or(phrase::CONFIDENCE)) || judges && signal.kinds.has(scales) {
        return Some(SemanticKind::Judgement);
    }
    signal.kinds.has(phrase::HEDGE.or(phrase::OFF_SCALE)).then_some(SemanticKind::Hedge)
}

fn kind_of(kind: EntityKind) -> Option<SemanticKind> {
    Some(match kind {
        EntityKind::Person => SemanticKind::Person,
        EntityKind::Org => SemanticKind::Org,
        EntityKind::Place | EntityKind::Group => SemanticKind::Place,
        EntityKind::Product => SemanticKind::Product,
        EntityKind::Event => SemanticKind::Event,
        EntityKind::Work => SemanticKind::Work,
        _ => return None,
    })
}

/// Cuts overlapping layers into ranges that do not overlap; of two that cover a byte, the one whose kind is first in the legend stays.
fn flatten(mut layers: Vec<(TextRange, SemanticKind)>) -> Vec<(TextRange, SemanticKind)> {
    layers.retain(|(range, _)| !range.is_empty());
    let mut cuts: Vec<u32> = layers.iter().flat_map(|(range, _)| [range.start, range.end]).collect();
    cuts.sort_unstable();
    cuts.dedup();
    layers.sort_by_key(|(range, kind)| (range.start, *kind));
    let mut out: Vec<(TextRange, SemanticKind)> = Vec::new();
    let mut live: Vec<(TextRange, SemanticKind)> = Vec::new();
    let mut next = 0;
    for (&start, &end) in cuts.iter().zip(cuts.iter().skip(1)) {
        let piece = TextRange::new(start, end);
        while let Some(&layer) = layers.get(next).filter(|(range, _)| range.start <= piece.start) {
            live.push(layer);
            next += 1;
        }
        live.retain(|(range, _)| range.end > piece.start);
        let Some(&(_, kind)) = live.iter().min_by_key(|(_, kind)| *kind) else { continue };
        match out.last_mut() {
            Some((last, same))
                if *same == kind && last.end == piece.start && !starts_here(&live, kind, piece.start) =>
            {
                last.end = piece.end;
            }
            _ => out.push((piece, kind)),
        }
    }
    out
}

fn starts_here(live: &[(TextRange, SemanticKind)], kind: SemanticKind, at: u32) -> bool {
    live.iter().any(|(range, other)| *other == kind && range.start == at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_win_over_sources_and_sources_over_quotations() {
        let r = TextRange::new;
        let flat = flatten(vec![
            (r(0, 30), SemanticKind::Quotation),
            (r(10, 20), SemanticKind::Source),
            (r(12, 16), SemanticKind::Person),
        ]);
        let expected = [
            (r(0, 10), SemanticKind::Quotation),
            (r(10, 12), SemanticKind::Source),
            (r(12, 16), SemanticKind::Person),
            (r(16, 20), SemanticKind::Source),
            (r(20, 30), SemanticKind::Quotation),
        ];
        assert_eq!(flat, expected);
    }

    #[test]
    fn hedges_and_judgements_have_colours_of_their_own() {
        use crate::analysis::{AnalysisConfig, Memo, analyze};
        use crate::structure::Format;
        let text = "We assess with high confidence that the quota will likely fall. Certain officials left; exports may possibly fall.\n";
        let facts = analyze(text, Format::Markdown, &AnalysisConfig::default(), &mut Memo::default());
        let weighed = semantic_tokens(&facts)
            .into_iter()
            .filter(|token| matches!(token.kind, SemanticKind::Hedge | SemanticKind::Judgement));
        let found: Vec<_> = weighed.map(|token| (token.range.of(text), token.kind)).collect();
        let judgement = SemanticKind::Judgement;
        let expected = [
            ("We assess", judgement),
            ("high confidence", judgement),
            ("likely", judgement),
            ("may possibly", SemanticKind::Hedge),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn neighbours_of_one_kind_stay_apart() {
        let r = TextRange::new;
        let flat = flatten(vec![(r(0, 3), SemanticKind::Place), (r(3, 6), SemanticKind::Place)]);
        assert_eq!(flat.len(), 2);
    }
}
