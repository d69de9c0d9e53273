//! Known names: which classes a name belongs to, by longest match from a token on.
//!
//! The lists lie in `data/names/`, one file a class, curated from several public lists (credited in NOTICE) and cleared
//! of common words; `build.rs` compiles them into one `fst`. A class is evidence, never a verdict: "Jordan" is a
//! country, a given name and a surname at once.

use std::sync::LazyLock;

use fst::raw::{Fst, Output};
use smallvec::SmallVec;

use super::fold;
use crate::structure::{Token, TokenKind};

/// A set of classes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Classes(pub u32);

impl Classes {
    /// Given names.
    pub const GIVEN: Self = Self(1);
    /// Family names.
    pub const FAMILY: Self = Self(1 << 1);
    /// Full names of public persons.
    pub const PERSON: Self = Self(1 << 2);
    /// States, present and past.
    pub const COUNTRY: Self = Self(1 << 3);
    /// Capitals.
    pub const CAPITAL: Self = Self(1 << 4);
    /// Cities over 100,000 inhabitants and places often in the news.
    pub const BIG_CITY: Self = Self(1 << 5);
    /// Other towns, and spellings of cities.
    pub const CITY: Self = Self(1 << 6);
    /// Provinces, continents, seas, rivers, sites.
    pub const REGION: Self = Self(1 << 7);
    /// Nationalities, peoples, religions, political groups.
    pub const GROUP: Self = Self(1 << 8);
    /// Bodies.
    pub const ORG: Self = Self(1 << 9);
    /// Companies.
    pub const COMPANY: Self = Self(1 << 10);
    /// Outlets and agencies.
    pub const OUTLET: Self = Self(1 << 11);
    /// Armed groups.
    pub const ARMED: Self = Self(1 << 12);
    /// Weapons, vehicles, systems.
    pub const PRODUCT: Self = Self(1 << 13);
    /// Wars, operations, meetings, feasts.
    pub const EVENT: Self = Self(1 << 14);
    /// Laws, treaties, books.
    pub const WORK: Self = Self(1 << 15);
    /// Words that running text mostly writes in lower case.
    pub const COMMON: Self = Self(1 << 16);
    /// How many classes there are.
    pub const COUNT: usize = 17;

    /// Any kind of place.
    pub const ANY_PLACE: Self =
        Self(Self::COUNTRY.0 | Self::CAPITAL.0 | Self::BIG_CITY.0 | Self::CITY.0 | Self::REGION.0);
    /// Any kind of organisation.
    pub const ANY_ORG: Self = Self(Self::ORG.0 | Self::COMPANY.0 | Self::OUTLET.0 | Self::ARMED.0);

    /// Whether any of `other` is in the set.
    #[must_use]
    pub const fn any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether the set is empty.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }
}

/// One known name that begins at a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known {
    /// Its tokens.
    pub len: usize,
    /// Its classes.
    pub classes: Classes,
}

static NAMES: LazyLock<Option<Fst<&'static [u8]>>> =
    LazyLock::new(|| Fst::new(&include_bytes!(concat!(env!("OUT_DIR"), "/names.fst"))[..]).ok());

/// Longest run of tokens that one name may have.
const MAX_TOKENS: usize = 9;

/// The classes of a name given as text; for tests and for lists.
#[must_use]
pub fn classes_of(name: &str) -> Classes {
    let found = NAMES.as_ref().and_then(|names| names.get(fold::fold_name(name)));
    Classes(found.map_or(0, |output| output.value() as u32))
}

/// The known names that begin at the first of `tokens`, shortest first, into `out` (cleared before).
pub fn starting_at(text: &str, tokens: &[Token], out: &mut Vec<Known>) {
    out.clear();
    let (Some(names), Some(first)) = (NAMES.as_ref(), tokens.first()) else { return };
    let word = first.text(text);
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
    for (at, token) in tokens.iter().enumerate().take(MAX_TOKENS) {
        // "al-Monitor": a hyphen counts as the space between two tokens; "St. Mark": the point is no token of the key.
        let sign = token.text(text);
        if at > 0 && matches!(sign, "-" | "‐" | "‑" | "–" | ".") && !token.spaced {
            continue;
        }
        if at > 0 && token.kind != TokenKind::Possessive && feed(b" ").is_none() {
            break;
        }
        folded.clear();
        fold::fold_token(sign, &mut folded);
        let mut classes = match feed(&folded) {
            Some(classes) => classes as u32,
            None => break,
        };
        if at == 0 {
            classes |= exact.map_or(0, |output| output.value() as u32);
        }
        if classes != 0 {
            out.push(Known { len: at + 1, classes: Classes(classes) });
        }
    }
    if let Some(output) = exact.filter(|_| out.first().is_none_or(|known| known.len > 1)) {
        out.insert(0, Known { len: 1, classes: Classes(output.value() as u32) });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::structure::{self, Format, TokenMemo};

    fn known(text: &str) -> Vec<Known> {
        let note = structure::parse(text, Format::Plain, &mut TokenMemo::default());
        let mut out = Vec::new();
        starting_at(text, &note.tokens, &mut out);
        out
    }

    #[test]
    fn names_are_found_whatever_the_accents_hyphens_and_points() {
        for text in ["Ivory Coast voted", "IVORY COAST", "Côte d’Ivoire"] {
            assert!(known(text).last().is_some_and(|k| k.classes.any(Classes::COUNTRY)), "{text}");
        }
        assert!(known("Guinea-Bissau").iter().any(|k| k.len == 3 && k.classes.any(Classes::COUNTRY)));
        assert!(known("U.S. troops").iter().any(|k| k.len == 1 && k.classes.any(Classes::COUNTRY)));
        assert!(known("People’s Liberation Army").iter().any(|k| k.len == 4 && k.classes.any(Classes::ORG)));
    }

    #[test]
    fn an_acronym_is_not_the_word_of_the_same_letters() {
        assert!(classes_of("WHO").any(Classes::ORG));
        assert!(!classes_of("who").any(Classes::ORG));
        assert!(known("US troops").iter().any(|k| k.classes.any(Classes::COUNTRY)));
        assert!(!known("Us too").iter().any(|k| k.classes.any(Classes::COUNTRY)));
    }

    #[test]
    fn every_list_is_sorted_and_names_nothing_twice() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lexicon/data");
        let lists =
            std::fs::read_dir(folder.join("names")).expect("the folder of names").map(|e| e.expect("an entry").path());
        let mut count = 0;
        for path in lists.chain([folder.join("weapons.txt")]) {
            let list = std::fs::read_to_string(&path).expect("a list");
            let names: Vec<&str> = list.lines().filter(|line| !line.starts_with('#')).collect();
            let odd = names.windows(2).find(|pair| pair[0] >= pair[1]);
            assert_eq!(odd, None, "{}", path.display());
            count += 1;
        }
        assert_eq!(count, Classes::COUNT + 1, "one file a class, and the weapons");
    }
}
