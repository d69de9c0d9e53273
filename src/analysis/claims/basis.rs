//! The basis of claims: what the stages before say, with genre, zones and signals.

use crate::analysis::facts::{Attribution, ItemFacts, Mention, Quotation, Signal, Zone};
use crate::analysis::stages::{Attributions, Entities, Quotations};
use crate::structure::Note;

/// All that is known of a note before its claims are found.
#[derive(Clone, Copy)]
pub(super) struct Basis<'a> {
    /// The shape of the note.
    pub(super) note: &'a Note,
    /// Names, dates and amounts, with their entities.
    pub(super) mentions: &'a [Mention],
    /// Quotations.
    pub(super) quotations: &'a [Quotation],
    /// Statements with their sources.
    pub(super) attributions: &'a [Attribution],
    /// The attribution that governs each quotation.
    pub(super) of_quotations: &'a [Option<u32>],
    /// The genre of each item and what else holds for it.
    pub(super) items: &'a [ItemFacts],
    /// The zone of each sentence.
    pub(super) zones: &'a [Zone],
    /// Phrases that rules look for.
    pub(super) signals: &'a [Signal],
}

impl<'a> Basis<'a> {
    /// The values of the stages before; items, zones and signals are still to come.
    pub(super) fn new(
        note: &'a Note,
        entities: &'a Entities,
        quotations: &'a Quotations,
        attributions: &'a Attributions,
    ) -> Self {
        Self {
            note,
            mentions: &entities.mentions,
            quotations: &quotations.quotations,
            attributions: &attributions.attributions,
            of_quotations: &attributions.of_quotations,
            items: &[],
            zones: &[],
            signals: &[],
        }
    }

    /// The item that a sentence stands in.
    pub(super) fn item_of(&self, sentence: u32) -> Option<&'a ItemFacts> {
        let block = self.note.sentences.get(sentence as usize)?.block;
        self.items.get(self.note.blocks.get(block as usize)?.item as usize)
    }

    /// The zone of a sentence.
    pub(super) fn zone_of(&self, sentence: u32) -> Zone {
        self.zones.get(sentence as usize).copied().unwrap_or_default()
    }

    /// The signals of a sentence, in order.
    pub(super) fn signals_of(&self, sentence: u32) -> &'a [Signal] {
        Signal::of_sentence(self.signals, sentence)
    }
}
