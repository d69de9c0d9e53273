//! Phrases that make a sentence hearsay, a judgement or a cause, and the kinds of what they signal.
//!
//! The entry of a word tells which phrases begin with it ([`super::Word`]); they are matched word by word from there, so
//! the cost does not grow with the list.

use super::set::classes;
use super::table::rows;
use crate::text::word_hash;

const PHRASES: &str = include_str!("data/phrases.txt");

classes! {
    /// A set of kinds of phrases.
    PhraseKinds {
        /// "with direct knowledge of": how an unnamed source knows.
        ACCESS = "access";
        /// "he added": the source before still speaks.
        ADDITIVE = "additive";
        /// "currently".
        AS_OF = "asof";
        /// "according to".
        ATTRIBUTIVE = "attributive";
        /// "because": the basis of a confidence statement.
        BASIS = "basis";
        /// "led to": one thing is made the cause of another.
        CAUSAL = "causal";
        /// "undoubtedly".
        CERTAINTY = "certainty";
        /// "high confidence".
        CONFIDENCE = "confidence";
        /// "declined to comment": the other side's answer.
        DENIAL = "denial";
        /// "reportedly".
        HEARSAY = "hearsay";
        /// "may possibly".
        HEDGE = "hedge";
        /// "apparently".
        INFERENCE = "inference";
        /// "wants to".
        INTENT = "intent";
        /// "TK".
        LEFTOVER = "leftover";
        /// "admitted".
        LOADED = "loaded";
        /// Probability words outside every yardstick.
        OFF_SCALE = "offscale";
        /// "we assess": the author's own judgement.
        OWN = "own";
        /// "it is believed".
        PASSIVE = "passive";
        /// "cannot rule out".
        POSSIBILITY = "possibility";
        /// "for the first time".
        RANKING = "ranking";
        /// "to discuss internal matters": why a source is not named.
        REASON = "reason";
        /// "last month".
        RELATIVE_TIME = "relative";
        /// "for its part": a new thread.
        RESET = "reset";
        /// "not authorised to speak": a reason that says nothing.
        ROTE = "rote";
        /// First row of the ICD 203 yardstick.
        SCALE_A = "scale-a";
        /// Second row of the ICD 203 yardstick.
        SCALE_B = "scale-b";
        /// The PHIA yardstick.
        SCALE_PHIA = "scale-phia";
        /// Terms of other yardsticks.
        SCALE_OTHER = "scale-other";
        /// "some argue": nobody in particular.
        VAGUE = "vague";
    }
}

/// A phrase found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The kinds of what it signals.
    pub kinds: PhraseKinds,
    /// Its length in tokens.
    pub len: usize,
}

/// The hashes of a phrase's words, and its kinds.
pub(super) type Phrase = (Box<[u64]>, PhraseKinds);

/// All phrases, sorted by their hashes, so that those with the same first word stand together.
pub(super) fn read() -> Vec<Phrase> {
    let mut phrases: Vec<Phrase> = rows(PHRASES)
        .map(|row| (row.key().split(' ').map(word_hash).collect(), PhraseKinds::read(row.column(1))))
        .collect();
    phrases.sort();
    phrases
}

/// The words of every phrase of the list.
pub fn all() -> impl Iterator<Item = &'static str> {
    rows(PHRASES).map(|row| row.key())
}
