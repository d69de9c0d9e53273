//! Attributions, who said what: sources, cues and contents.
//!
//! Each sentence is read alone ([`sentence`]): a light tagging, then patterns around reporting verbs ([`verbs`], with
//! [`contents`] and [`phrases`]) and other cues ([`nonverbal`]). What that gives depends on the sentence and on the
//! quotations that overlap it, so it is remembered under a hash of both, with relative positions. Then [`discourse`]
//! joins the sentences: a quotation that goes on, a sequel quotation, a colon before a block, a speaker's turn. Who of those
//! named in a source is the speaker is told by [`speakers`].
//! The act that was done with the content, said or denied or only supposed, is read last, from the whole sentence ([`speech`] for
//! the verb or noun, [`reality`] for negation, mood and what governs it, [`moods`] for words of doubt).
//! Attributions do not nest: within a content (and within a quotation) no other begins.

mod contents;
mod discourse;
mod extents;
mod groups;
mod hearsay;
mod leads;
mod moods;
mod nonverbal;
mod passives;
mod phrases;
mod preposed;
mod reality;
mod sentence;
mod speakers;
mod speech;
mod subjects;
mod tagger;
mod tags;
#[cfg(test)]
mod tests;
mod turns;
mod verbhood;
mod verbs;
mod view;

use std::sync::Arc;

use contents::Piece;
use sentence::SentenceAttribution;
use view::Run;

use super::stages::{Attributions, Entities, Quotations};
use crate::structure::Note;
use crate::text::SentenceCache;

/// The kind of a cue: what its attribution is worth to a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum CueKind {
    /// Says that something is so.
    Assertion,
    /// Tells an attitude.
    Attitude,
    /// Nobody says it: "is believed to".
    Hearsay,
    /// A speaker's name with a colon.
    Turn,
}

/// One attribution as the patterns see it, in tokens of its sentence.
#[derive(Clone, Debug)]
struct Candidate {
    source: Vec<Run>,
    cue: Run,
    content: Vec<Piece>,
    cue_kind: CueKind,
    /// The content is what follows the sentence.
    expects: bool,
    /// It stands after its content and takes over what was found within.
    outer: bool,
}

/// Attributions of sentences seen before, with positions from the sentence's begin.
pub type AttributionMemo = SentenceCache<u64, Arc<[SentenceAttribution]>>;

/// The attributions of a note and what they govern.
#[must_use]
pub fn find(
    text: &str,
    note: &Note,
    entities: &Entities,
    quotations: &Quotations,
    memo: &mut AttributionMemo,
) -> Attributions {
    let outermost = discourse::outermost(&quotations.quotations);
    let readings = discourse::read(text, note, &quotations.quotations, &outermost, memo);
    let mut joined = discourse::join(note, &quotations.quotations, &outermost, &readings);
    speakers::find(text, note, &entities.mentions, &mut joined.attributions);
    joined
}
