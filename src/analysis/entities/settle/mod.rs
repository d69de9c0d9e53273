//! What is settled after the model: spans mended by grammar, names typed alike through the note.
//!
//! The model sees words; it does not see that "Ministry of Trade, Industry and Energy" is one list, that `(MTIE)` after it
//! names the same body, or that a headline's capitals mean nothing where the body knows the name. `edges` and `spans` mend where a
//! name begins and ends, `fill` adds what the lists are sure of, `alike` makes the note agree with itself.

mod alike;
mod edges;
mod fill;
mod spans;

use super::Found;
use super::words::{Seen, Word};
use crate::lexicon::{Classes, classes_of};
use crate::structure::{Note, Sentence, Token};
use crate::text::HashedMap;

/// Mends the names of a note; `found` is in order and stays so. `seen` has one entry a sentence.
pub fn settle(text: &str, note: &Note, seen: &[&Seen], found: &mut Vec<Found>) {
    let surnames = alike::surnames(note, found);
    let (mut storms, mut common) = (Vec::new(), Vec::new());
    let mut names = std::mem::take(found).into_iter().peekable();
    for (sentence, seen) in note.sentences.iter().zip(seen) {
        let first = found.len();
        let end = sentence.tokens.end as usize;
        let settler = Settler { text, tokens: &note.tokens, sentence, seen, surnames: &surnames };
        while let Some(name) = names.next_if(|(range, _)| range.start < end) {
            settler.mend(name, found);
        }
        settler.syllables(found, first);
        settler.initials(found, first);
        settler.lists(found, first);
        settler.known(found, first);
        settler.fill(found, first);
        settler.acronyms(found, first);
        settler.abbreviated(found, first);
        settler.common_acronyms(found, first, &mut common);
        settler.storms(found, first, &mut storms);
        settler.weapons(found, first);
    }
    alike::common_acronyms(text, note, &common, found);
    alike::storms(note, &storms, found);
    alike::headlines(note, found);
    alike::alike(text, note, seen, found);
}

/// One sentence of a note.
struct Settler<'t> {
    text: &'t str,
    tokens: &'t [Token],
    sentence: &'t Sentence,
    seen: &'t Seen,
    /// Last words of full personal names of the note.
    surnames: &'t HashedMap<u32>,
}

impl<'t> Settler<'t> {
    fn word(&self, at: usize) -> &'t str {
        self.tokens.get(at).map_or("", |token| token.text(self.text))
    }

    fn classes(&self, at: usize) -> Classes {
        self.tokens.get(at).map_or(Classes::NONE, |token| classes_of(token.hash))
    }

    /// What was seen of a token of the note that lies in this sentence.
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
fn insert(found: &mut Vec<Found>, first: usize, more: Vec<Found>) {
    if more.is_empty() {
        return;
    }
    found.extend(more);
    found[first..].sort_by_key(|(range, _)| range.start);
}
