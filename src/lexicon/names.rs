//! Known names and their kinds, by longest match from a token on.
//!
//! The lists lie in `data/names/`, one file a kind, curated from several public lists (credited in NOTICE) and cleared
//! of common words; `build.rs` compiles them into one `fst`. A kind is evidence, never a verdict: "Jordan" is a
//! country, a given name and a surname at once.

pub mod kind;

use std::sync::LazyLock;

use fst::raw::{Fst, Output};
use smallvec::SmallVec;

use super::{fold, set};
pub use kind::NameKinds;

/// One known name that begins at a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known {
    /// Its tokens.
    pub len: usize,
    /// Its kinds.
    pub kinds: NameKinds,
}

static NAMES: LazyLock<Option<Fst<&'static [u8]>>> =
    LazyLock::new(|| Fst::new(&include_bytes!(concat!(env!("OUT_DIR"), "/names.fst"))[..]).ok());

/// Longest run of tokens that one name may have.
const MAX_TOKENS: usize = 9;

/// The kinds of a name given as text.
#[must_use]
pub fn kinds_of(name: &str) -> NameKinds {
    let found = NAMES.as_ref().and_then(|names| names.get(fold::fold_name(name)));
    NameKinds::of_bits(found.map_or(0, |output| output.value()))
}

/// A token as the look-up of names sees it.
#[derive(Clone, Copy, Debug)]
pub struct Piece<'t> {
    /// Its text.
    pub text: &'t str,
    /// It is a possessive `'s`, which no space parts from the word before.
    pub possessive: bool,
    /// All its letters are capitals.
    pub all_capitals: bool,
    /// White space stands before it.
    pub spaced: bool,
}

/// The known names that begin at the first of `tokens`, shortest first, into `out` (cleared before).
pub fn starting_at<'t>(mut tokens: impl Iterator<Item = Piece<'t>>, out: &mut Vec<Known>) {
    out.clear();
    let (Some(names), Some(first)) = (NAMES.as_ref(), tokens.next()) else { return };
    let word = first.text;
    let exact = if first.all_capitals && fold::is_acronym(word) { names.get(word) } else { None };
    let mut node = names.root();
    let mut output = Output::zero();
    let mut feed = |bytes: &[u8]| -> Option<u64> {
        for &byte in bytes {
            let transition = node.transition(node.find_input(byte)?);
            output = output.cat(transition.out);
            node = names.node(transition.addr);
        }
        Some(if node.is_final() { output.cat(node.final_output()).value() } else { 0 })
    };
    let mut folded = SmallVec::<[u8; 48]>::new();
    for (at, token) in std::iter::once(first).chain(tokens).enumerate().take(MAX_TOKENS) {
        // "al-Monitor": a hyphen counts as the space between two tokens; "St. Mark": the point is no token of the key.
        let sign = token.text;
        if at > 0 && matches!(sign, "-" | "‐" | "‑" | "–" | ".") && !token.spaced {
            continue;
        }
        if at > 0 && !token.possessive && feed(b" ").is_none() {
            break;
        }
        folded.clear();
        fold::fold_token(sign, &mut folded);
        let mut bits = match feed(&folded) {
            Some(bits) => bits,
            None => break,
        };
        if at == 0 {
            bits |= exact.map_or(0, |output| output.value());
        }
        if bits != 0 {
            out.push(Known { len: at + 1, kinds: NameKinds::of_bits(bits) });
        }
    }
    if let Some(output) = exact.filter(|_| out.first().is_none_or(|known| known.len > 1)) {
        out.insert(0, Known { len: 1, kinds: NameKinds::of_bits(output.value()) });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_acronym_is_not_the_word_of_the_same_letters() {
        assert!(kinds_of("WHO").has(kind::ORG));
        assert!(!kinds_of("who").has(kind::ORG));
    }
}
