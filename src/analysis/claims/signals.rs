//! Phrases that rules look for, found once for all of them.

use super::basis::Basis;
use crate::analysis::facts::Signal;
use crate::lexicon::written::{self, forms_of};
use crate::lexicon::{Word, class, classes_of, classes_of_small, phrase, phrases_at, word};
use crate::structure::{Note, Token, TokenKind};

/// Two words that often stand between a vague head and its verb.
const VAGUE_REACH: usize = 3;

/// The signals of the prose of a note, in order; `quoted` tells whether a byte stands inside a quotation.
pub(super) fn find(text: &str, note: &Note, words: &[Word], quoted: impl Fn(u32) -> bool) -> Vec<Signal> {
    let mut out = Vec::new();
    for (index, sentence) in note.sentences.iter().enumerate() {
        if !note.block_of(sentence).kind.is_body() {
            continue;
        }
        let range = sentence.tokens.start as usize..sentence.tokens.end as usize;
        let (Some(tokens), Some(words)) = (note.tokens.get(range.clone()), words.get(range)) else { continue };
        let from = out.len();
        in_sentence(text, tokens, words, |first, len, kinds| {
            let range = tokens[first].range.cover(tokens[first + len - 1].range);
            out.push(Signal { range, sentence: index as u32, kinds, quoted: quoted(range.start) });
        });
        out[from..].sort_by_key(|signal| signal.range);
    }
    out
}

fn in_sentence(text: &str, tokens: &[Token], words: &[Word], mut found: impl FnMut(usize, usize, phrase::PhraseKinds)) {
    let mut end = 0;
    let mut over = phrase::PhraseKinds::NONE;
    for at in 0..tokens.len() {
        // The longest phrase wins: "very likely" is not "likely" too. Phrases of other kinds may overlap.
        let mut longest = 0;
        let mut kinds = phrase::PhraseKinds::NONE;
        phrases_at(words[at], tokens[at..].iter().map(|token| token.hash), |hit| {
            if hit.len > longest {
                longest = hit.len;
                kinds = hit.kinds;
            }
        });
        let inside = at + longest <= end && family(kinds).has(over);
        if longest > 0 && !inside && !is_name_part(text, tokens, at, kinds) {
            end = at + longest;
            over = family(kinds);
            found(at, longest, kinds);
        }
        if let Some(len) = vague_subject(text, tokens, words, at) {
            found(at, len, phrase::VAGUE);
        }
    }
}

/// Kinds of which a longer phrase takes the place of a shorter one inside it: terms of likelihood are one family.
fn family(kinds: phrase::PhraseKinds) -> phrase::PhraseKinds {
    let likelihood =
        phrase::SCALE_A.or(phrase::SCALE_B).or(phrase::SCALE_PHIA).or(phrase::SCALE_OTHER).or(phrase::OFF_SCALE);
    if kinds.has(likelihood) { kinds.or(likelihood) } else { kinds }
}

/// "May" the month, "Now" in a name: a capital inside a sentence is no signal, and neither is a lower-case "TK" in a word.
fn is_name_part(text: &str, tokens: &[Token], at: usize, kinds: phrase::PhraseKinds) -> bool {
    if kinds.has(phrase::LEFTOVER) {
        return !tokens[at].all_capitals;
    }
    let opens = at == 0
        || matches!(tokens[at - 1].kind, TokenKind::Quote | TokenKind::Stop)
        || tokens[at - 1].text(text) == ":";
    tokens[at].capital && !opens && !matches!(tokens[at].text(text), "I")
}

/// "some analysts say", "Many observers see", "critics argue": nobody in particular, with a verb of saying or thinking.
fn vague_subject(text: &str, tokens: &[Token], words: &[Word], at: usize) -> Option<usize> {
    let is_quantifier =
        |at: usize| tokens.get(at).is_some_and(|token| forms_of(token.text(text)).has(written::VAGUE_QUANTIFIER));
    let mut head = at;
    if is_quantifier(head) {
        head += 1;
        while tokens
            .get(head)
            .is_some_and(|t| classes_of_small(t.text(text)).has(class::VAGUE_MODIFIER) || t.text(text) == "Western")
        {
            head += 1;
        }
    } else if at > 0 {
        // A bare plural is a subject at the head of a sentence or clause only.
        let before = &tokens[at - 1];
        let opens = matches!(before.text(text), "," | ";" | ":" | "—") || words[at - 1].classes.has(class::COORDINATOR);
        if !opens || before.text(text) == "," && !clause_follows(text, tokens, at) {
            return None;
        }
    }
    let noun = tokens.get(head)?;
    if !classes_of(noun.hash).has(class::VAGUE_HEAD) {
        return None;
    }
    for skip in 1..=VAGUE_REACH {
        let verb = tokens.get(head + skip)?;
        let word = verb.text(text);
        if classes_of_small(word).has(class::VAGUE_SAY) {
            return Some(head + skip + 1 - at);
        }
        let between = words[head + skip].classes.has(class::ADVERB.or(class::HAVE_ALONE)) || word.ends_with("ly");
        if !between {
            return None;
        }
    }
    None
}

/// After a comma only "…, critics say" at the end or before another comma is a subject with its verb, not a list.
fn clause_follows(text: &str, tokens: &[Token], at: usize) -> bool {
    tokens.get(at + 1).is_some_and(|verb| classes_of_small(verb.text(text)).has(class::VAGUE_SAY))
}

/// Tells if a signal of one of `kinds` stands in the sentence outside quotations.
pub(super) fn any(basis: &Basis<'_>, sentence: u32, kinds: phrase::PhraseKinds) -> bool {
    basis.signals_of(sentence).iter().any(|signal| !signal.quoted && signal.kinds.has(kinds))
}

/// The entries of all tokens.
pub(super) fn words(note: &Note) -> Vec<Word> {
    note.tokens.iter().map(|token| word(token.hash)).collect()
}
