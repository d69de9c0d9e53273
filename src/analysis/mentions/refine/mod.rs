//! Repairs after the model: spans mended by grammar, names typed alike through the note.
//!
//! The model sees words; it does not see that "Ministry of Trade, Industry and Energy" is one list, that `(MTIE)` after it
//! names the same body, or that a headline's capitals mean nothing where the body knows the name. `edges` and `spans` mend where a
//! name begins and ends, `fill` adds what the lists are sure of, `alike` makes the note agree with itself.

mod alike;
mod edges;
mod fill;
mod spans;

use super::NamedSpan;
use super::words::{SentenceWords, Word};
use crate::lexicon::{Classes, classes_of};
use crate::structure::{Note, Sentence, Token};
use crate::text::HashedMap;

/// Mends the names of a note; `found` is in order and stays so. `seen` has one entry a sentence.
pub fn refine(text: &str, note: &Note, seen: &[&SentenceWords], found: &mut Vec<NamedSpan>) {
    let surnames = alike::surnames(note, found);
    let (mut storms, mut common) = (Vec::new(), Vec::new());
    let mut names = std::mem::take(found).into_iter().peekable();
    for (sentence, seen) in note.sentences.iter().zip(seen) {
        let first = found.len();
        let end = sentence.tokens.end as usize;
        let refiner = Refiner { text, tokens: &note.tokens, sentence, seen, surnames: &surnames };
        while let Some(name) = names.next_if(|(range, _)| range.start < end) {
            refiner.mend(name, found);
        }
        refiner.syllables(found, first);
        refiner.initials(found, first);
        refiner.lists(found, first);
        refiner.known(found, first);
        refiner.fill(found, first);
        refiner.acronyms(found, first);
        refiner.abbreviated(found, first);
        refiner.common_acronyms(found, first, &mut common);
        refiner.storms(found, first, &mut storms);
        refiner.weapons(found, first);
    }
    alike::common_acronyms(text, note, &common, found);
    alike::storms(note, &storms, found);
    alike::headlines(note, found);
    alike::alike(text, note, seen, found);
}

/// One sentence of a note.
struct Refiner<'t> {
    text: &'t str,
    tokens: &'t [Token],
    sentence: &'t Sentence,
    seen: &'t SentenceWords,
    /// Last words of full personal names of the note.
    surnames: &'t HashedMap<u32>,
}

impl<'t> Refiner<'t> {
    fn word(&self, at: usize) -> &'t str {
        self.tokens.get(at).map_or("", |token| token.text(self.text))
    }

    fn classes(&self, at: usize) -> Classes {
        self.tokens.get(at).map_or(Classes::NONE, |token| classes_of(token.hash))
    }

    /// The reading of a token of the note that lies in this sentence.
    fn look(&self, at: usize) -> Option<&'t Word> {
        self.seen.words.get(at.checked_sub(self.sentence.tokens.start as usize)?)
    }

    fn end(&self) -> usize {
        self.sentence.tokens.end as usize
    }

    fn glued_point(&self, at: usize) -> bool {
        self.word(at) == "." && self.tokens.get(at).is_some_and(|token| !token.spaced)
    }
}

/// Merges `more` (in order, overlapping nothing) into the names from `first` on.
fn insert(found: &mut Vec<NamedSpan>, first: usize, more: Vec<NamedSpan>) {
    if more.is_empty() {
        return;
    }
    found.extend(more);
    found[first..].sort_by_key(|(range, _)| range.start);
}
