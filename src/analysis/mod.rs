//! What ONE note says: names and who they are, quotations, attributions, claims.
//!
//! Pure functions of the text and the word lists. [`analyze`] runs the stages in order; each stage is one module and
//! answers one question. What an editor changes costs its own sentence: [`Memo`] remembers per sentence, by hash.

pub mod attributions;
pub mod claims;
pub mod coreference;
pub mod corrections;
pub mod entities;
pub mod facts;
pub mod house;
mod metonyms;
pub mod names;
pub mod quotations;

pub use facts::NoteFacts;

use std::sync::Arc;

use crate::structure::{self, Format, TokenMemo};

/// What is remembered between two analyses of one note, so that an edit costs its own sentences.
#[derive(Clone, Debug, Default)]
pub struct Memo {
    /// Tokens by sentence.
    pub tokens: TokenMemo,
    /// Name scores by sentence.
    pub entities: entities::EntityMemo,
    /// Attributions and claims by sentence.
    pub sourcing: attributions::SourcingMemo,
}

/// The part of the configuration that analysis depends on.
#[derive(Clone, Debug, PartialEq)]
pub struct AnalysisConfig {
    /// Sentences after its own that an attribution may govern: `carry-max`.
    pub carry_max: u32,
    /// How far a citation reaches back: `citation-scope`.
    pub citation_scope: CitationScope,
    /// What people said of names: `whosaid.names`.
    pub corrections: Arc<corrections::Corrections>,
    /// What the team says of its headings and outlets: `[zones]`, `[sources] outlets`.
    pub house: Arc<house::House>,
    /// The note is a source by the team's word (`[library] notes`), whatever its folder: it is not judged.
    pub source_note: bool,
}

/// How far a citation at the end of a sentence reaches back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CitationScope {
    /// Its own sentence.
    Sentence,
    /// Up to two unmarked sentences before it in the block.
    #[default]
    Run,
    /// The whole block before it.
    Paragraph,
}

impl Default for AnalysisConfig {
    fn default() -> Self {
        Self {
            carry_max: 2,
            citation_scope: CitationScope::Run,
            corrections: Arc::default(),
            house: Arc::default(),
            source_note: false,
        }
    }
}

/// Everything that the note says. Never fails: any text is a note.
#[must_use]
pub fn analyze(text: &str, format: Format, config: &AnalysisConfig, memo: &mut Memo) -> NoteFacts {
    let note = structure::parse(text, format, &mut memo.tokens);
    let mut facts = NoteFacts { note, ..NoteFacts::default() };
    facts.mentions = entities::recognise(text, &facts.note, &mut memo.entities);
    config.corrections.mend_mentions(&facts.note, &mut facts.mentions);
    facts.entities = coreference::group(text, &facts.note, &mut facts.mentions);
    config.corrections.mend_entities(text, &mut facts.mentions, &mut facts.entities);
    facts.told_apart = Arc::clone(&config.corrections.told_apart);
    facts.quotations = quotations::find(text, &facts.note);
    attributions::find(text, &mut facts, &mut memo.sourcing);
    metonyms::find(text, &mut facts);
    facts.source_note = config.source_note;
    claims::find(text, &mut facts, config);
    facts
}
