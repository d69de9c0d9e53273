//! The values that the stages of the analysis hand on, and what is put together from them in the end.
//!
//! ```text
//! Note ─▶ Mentions ─▶ Entities ─┬─────────▶ Attributions ─▶ Claims ─▶ NoteFacts
//!   └───────────▶ Quotations ───┘
//! ```
//!
//! A stage reads the values of the stages before it and makes its own; it writes into no other. Only [`Entities`] takes
//! over what it is made of, because to tell who is meant is to number the mentions, to divide some and to add others.

use std::sync::Arc;

use super::facts::{
    Attribution, Claim, Entity, ItemFacts, Mention, MentionForm, NoteFacts, Quotation, Signal, StandsFor, Zone,
    is_inside,
};
use crate::structure::Note;
use crate::text::TextRange;

/// Names, dates and amounts in order, before it is known which of the names are one entity.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mentions(pub Vec<Mention>);

/// The entities of a note, with the mentions that name them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entities {
    /// All mentions in order, each with the index of its entity and how it names it.
    pub mentions: Vec<Mention>,
    /// The entities in order of their first mention.
    pub entities: Vec<Entity>,
}

/// The quotations of a note.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Quotations {
    /// In order; where they nest, the outer one first.
    pub quotations: Vec<Quotation>,
    /// The insides of quotations, merged where they nest.
    pub insides: Vec<TextRange>,
}

impl Quotations {
    /// Tells if byte `at` stands inside a quotation.
    #[must_use]
    pub fn hold(&self, at: u32) -> bool {
        is_inside(&self.insides, at)
    }
}

/// The attributions of a note, and what they govern.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attributions {
    /// The attributions in order.
    pub attributions: Vec<Attribution>,
    /// Their indices, by the sentence of their cue.
    pub by_sentence: Vec<u32>,
    /// The attribution that governs each quotation, beside [`Quotations::quotations`].
    pub of_quotations: Vec<Option<u32>>,
}

/// The claims of a note, and how the text around them is read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Claims {
    /// The claims in order, at most one a sentence.
    pub claims: Vec<Claim>,
    /// The genre of each item and what else holds for it, beside [`Note::items`].
    pub items: Vec<ItemFacts>,
    /// The zone of each sentence, beside [`Note::sentences`].
    pub zones: Vec<Zone>,
    /// Phrases that rules look for, in order.
    pub signals: Vec<Signal>,
}

/// The values of all stages, to be put together.
pub(super) struct Stages {
    /// The shape of the note.
    pub(super) note: Note,
    /// Names that somebody told apart.
    pub(super) told_apart: Arc<[String]>,
    /// Mentions and whom they name.
    pub(super) entities: Entities,
    /// Mentions that stand for a state.
    pub(super) stands_for: Vec<StandsFor>,
    /// Quotations.
    pub(super) quotations: Quotations,
    /// Attributions and what they govern.
    pub(super) attributions: Attributions,
    /// Claims, genres, zones and signals.
    pub(super) claims: Claims,
    /// The team counts the note among its sources.
    pub(super) source_note: bool,
}

impl From<Stages> for NoteFacts {
    /// Puts the values side by side. What two stages say of one thing is joined here: a quotation is told what governs
    /// it, and a capital that speaks for its government is a metonym.
    fn from(stages: Stages) -> Self {
        let Entities { mut mentions, entities } = stages.entities;
        for fact in stages.stands_for.iter().filter(|fact| fact.government) {
            if let Some(mention) = mentions.get_mut(fact.mention as usize) {
                mention.form = MentionForm::Metonym;
            }
        }
        let Quotations { mut quotations, insides } = stages.quotations;
        for (quotation, governing) in quotations.iter_mut().zip(stages.attributions.of_quotations) {
            quotation.attribution = governing;
        }
        Self {
            note: stages.note,
            mentions,
            entities,
            told_apart: stages.told_apart,
            stands_for: stages.stands_for,
            quotations,
            attributions: stages.attributions.attributions,
            claims: stages.claims.claims,
            items: stages.claims.items,
            zones: stages.claims.zones,
            signals: stages.claims.signals,
            quoted: insides,
            spoken: stages.attributions.by_sentence,
            source_note: stages.source_note,
        }
    }
}
