//! The reading of ONE note: names and who they are, quotations, attributions, claims.
//!
//! Pure functions of the text and the word lists. [`analyze`] runs the stages in order; each is a function of the values
//! of earlier stages, and [`stages`] has the types of these values.
//!
//! | stage | value | answers |
//! |---|---|---|
//! | [`mentions`] | [`Mentions`](stages::Mentions) | which words name something, and what kind of thing |
//! | [`coreference`] | [`Entities`](stages::Entities) | which mentions are one entity |
//! | [`quotations`] | [`Quotations`](stages::Quotations) | which words are quoted, as speech, label or title |
//! | [`attributions`] | [`Attributions`](stages::Attributions) | who said what |
//! | `metonyms` | [`StandsFor`](facts::StandsFor) | which names stand for a state |
//! | [`claims`] | [`Claims`](stages::Claims) | what each sentence asserts, and what stands behind it |
//!
//! From them [`NoteFacts`] is put together, which is all that other rooms read. [`corrections`] and [`house`] are what
//! people say of names, headings and outlets; [`names`] is how names are compared. What an editor changes costs its own
//! sentence: [`Memo`] remembers per sentence, by hash.

pub mod attributions;
pub mod claims;
pub mod coreference;
pub mod corrections;
pub mod facts;
pub mod house;
pub mod mentions;
mod metonyms;
pub mod names;
pub mod quotations;
pub mod stages;

pub use facts::NoteFacts;

use std::sync::Arc;

use crate::structure::{self, Format, TokenMemo};
use stages::Stages;

/// Values that are remembered between two analyses of one note, so that an edit costs its own sentences.
#[derive(Clone, Debug, Default)]
pub struct Memo {
    /// Tokens by sentence.
    pub tokens: TokenMemo,
    /// Scores of candidate names by sentence.
    pub mentions: mentions::MentionMemo,
    /// Attributions by sentence.
    pub attributions: attributions::AttributionMemo,
}

/// The part of the configuration that analysis depends on.
#[derive(Clone, Debug, PartialEq)]
pub struct AnalysisConfig {
    /// Sentences after its own that an attribution may govern: `carry-max`.
    pub carry_max: u32,
    /// The reach of a citation: `citation-scope`.
    pub citation_scope: CitationScope,
    /// Corrections of names by people: `whosaid.names`.
    pub corrections: Arc<corrections::Corrections>,
    /// The team's own headings and outlets: `[zones]`, `[sources] outlets`.
    pub house: Arc<house::House>,
    /// The note is a source by the team's word (`[library] notes`), whatever its folder: it is not judged.
    pub source_note: bool,
}

/// The reach of a citation at the end of a sentence, backwards.
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
    let mentions = mentions::recognise(text, &note, &config.corrections, &mut memo.mentions);
    let entities = coreference::resolve(text, &note, mentions, &config.corrections);
    let quotations = quotations::find(text, &note);
    let attributions = attributions::find(text, &note, &entities, &quotations, &mut memo.attributions);
    let stands_for = metonyms::find(text, &entities, &attributions);
    let claims = claims::find(text, &note, &entities, &quotations, &attributions, config);
    let told_apart = Arc::clone(&config.corrections.told_apart);
    let source_note = config.source_note;
    Stages { note, told_apart, entities, stands_for, quotations, attributions, claims, source_note }.into()
}
