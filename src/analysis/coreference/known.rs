//! Names that the world knows by several forms, whatever the note says.

use std::sync::LazyLock;

use smallvec::SmallVec;
use xxhash_rust::xxh3::xxh3_64;

use crate::analysis::facts::EntityKind;
use crate::lexicon::known_names::known_names;
use crate::structure::tokens::{Token, tokenize};
use crate::text::{HashedMap, TextRange};

/// A form of a known name.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known {
    /// The number of the name in the list.
    pub(super) name: u32,
    /// The kind of thing that it names.
    pub(super) kind: EntityKind,
}

static FORMS: LazyLock<HashedMap<Known>> = LazyLock::new(|| {
    let mut forms = HashedMap::default();
    let mut tokens = Vec::new();
    for (number, known) in (0u32..).zip(known_names()) {
        let kind = match known.kind {
            "place" => EntityKind::Place,
            "work" => EntityKind::Work,
            "product" => EntityKind::Product,
            _ => EntityKind::Org,
        };
        for form in known.forms() {
            tokens.clear();
            tokenize(form, TextRange::from_usize(0, form.len()), &[], &mut tokens);
            forms.insert(key(form, &tokens), Known { name: number, kind });
        }
    }
    forms
});

/// The known name that a longer name begins with, and how many tokens it takes. The longest prefix counts.
pub(super) fn prefix(hashes: &[u64]) -> Option<(Known, usize)> {
    let longest = hashes.len().saturating_sub(1).min(3);
    (1..=longest).rev().find_map(|cut| find(of_hashes(hashes[..cut].iter().copied())).map(|known| (known, cut)))
}

/// The known name that a key stands for.
pub(super) fn find(key: u64) -> Option<Known> {
    FORMS.get(&key).copied()
}

/// The key of a surface: case, points in initials and a leading article do not count.
pub(super) fn key(text: &str, tokens: &[Token]) -> u64 {
    let skip = usize::from(tokens.len() > 1 && tokens[0].text(text).eq_ignore_ascii_case("the"));
    of_hashes(tokens[skip..].iter().map(|token| hash(text, token)))
}

/// One hash of several.
fn of_hashes(hashes: impl Iterator<Item = u64>) -> u64 {
    let bytes: SmallVec<[u8; 64]> = hashes.flat_map(u64::to_le_bytes).collect();
    xxh3_64(&bytes)
}

/// The hash of a token without the points of initials.
pub(super) fn hash(text: &str, token: &Token) -> u64 {
    let word = token.text(text);
    if word.len() > 1 && word.contains('.') { crate::text::word_hash(&word.replace('.', "")) } else { token.hash }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(form: &str) -> Option<u32> {
        let mut tokens = Vec::new();
        tokenize(form, TextRange::from_usize(0, form.len()), &[], &mut tokens);
        find(key(form, &tokens)).map(|known| known.name)
    }

    #[test]
    fn forms_of_one_name_meet() {
        assert_eq!(known("the U.S."), known("United States"));
        assert_eq!(known("Nato"), known("North Atlantic Treaty Organization"));
        assert!(known("UN").is_some() && known("UN") != known("US"));
        assert_eq!(known("Norvik Shipping"), None);
    }

    #[test]
    fn no_form_stands_for_two_names() {
        let mut owner = std::collections::HashMap::new();
        for (number, known) in known_names().enumerate() {
            for form in known.forms() {
                let was = owner.insert(form.to_lowercase(), number);
                assert!(was.is_none_or(|was| was == number), "{form} stands for two names");
            }
        }
    }
}
