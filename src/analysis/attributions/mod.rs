//! Who said what: sources, cues and contents.
//!
//! Each sentence is read alone ([`sentence`]): guessed tags, then patterns around reporting verbs ([`verbs`], with
//! [`contents`] and [`phrases`]) and other cues ([`others`]). What that gives depends on the sentence and on the
//! quotations that overlap it, so it is remembered under a hash of both, with relative positions. Then [`spread`]
//! joins the sentences: a quotation that goes on, a sequel quotation, a colon before a block, a speaker's turn. Who of those
//! named in a source is the speaker is told by [`speakers`].
//! What was done with the content, said or denied or only supposed, is read last, from the whole sentence ([`speech`] for
//! the verb or noun, [`reality`] for negation, mood and what governs it, [`moods`] for words of doubt).
//! Attributions do not nest: within a content (and within a quotation) no other begins.

mod befores;
mod contents;
mod extents;
mod groups;
mod guess;
mod hearsay;
mod leads;
mod moods;
mod others;
mod passives;
mod phrases;
mod reality;
mod sentence;
mod speakers;
mod speech;
mod spread;
mod subjects;
mod tags;
#[cfg(test)]
mod tests;
mod turns;
mod verbhood;
mod verbs;
mod view;

use std::sync::Arc;

use contents::Piece;
use sentence::Local;
use view::Run;

use super::facts::NoteFacts;
use crate::text::HashedMap;

/// What an attribution is worth to a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shade {
    /// Says that something is so.
    Strong,
    /// Tells an attitude.
    Weak,
    /// Nobody says it: "is believed to".
    Hearsay,
    /// A speaker's name with a colon.
    Turn,
}

/// One attribution as the patterns see it, in tokens of its sentence.
#[derive(Clone, Debug)]
struct Found {
    source: Vec<Run>,
    cue: Run,
    content: Vec<Piece>,
    shade: Shade,
    /// The content is what follows the sentence.
    expects: bool,
    /// It stands after its content and takes over what was found within.
    outer: bool,
}

/// What is remembered of sentences seen before.
#[derive(Clone, Debug, Default)]
pub struct SourcingMemo {
    seen: HashedMap<(u32, Arc<[Local]>)>,
    round: u32,
    /// Sentences that had to be read in the last call: the counted work of the complexity tests.
    pub worked: usize,
}

/// Fills [`NoteFacts::attributions`] and ties quotations to them.
pub fn find(text: &str, facts: &mut NoteFacts, memo: &mut SourcingMemo) {
    memo.round += 1;
    memo.worked = 0;
    let found = spread::read(text, facts, memo);
    spread::join(facts, &found);
    speakers::find(text, facts);
    let round = memo.round;
    memo.seen.retain(|_, (last, _)| *last == round);
}
