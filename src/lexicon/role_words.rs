//! Words of roles: what a role ends with ("minister"), and what may stand before that ("foreign").

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::text::HashedSet;
use crate::text::word_hash;

const LIST: &str = include_str!("data/role_words.txt");

static HEADS: LazyLock<HashedSet> = LazyLock::new(|| {
    let occupations = super::name_words::words_of("role");
    let kin: HashSet<&str> = words("kin").collect();
    words("head").chain(occupations.filter(|word| !kin.contains(word))).map(word_hash).collect()
});
static PARTS: LazyLock<HashedSet> =
    LazyLock::new(|| words("modifier").map(word_hash).chain(HEADS.iter().copied()).collect());

fn words(class: &str) -> impl Iterator<Item = &'static str> {
    let lines = LIST.lines().filter_map(|line| line.split_once('|'));
    lines.filter(move |(key, _)| key.trim() == class).flat_map(|(_, list)| list.split_whitespace())
}

/// Whether a role ends with this word, by its hash.
#[must_use]
pub fn is_head(hash: u64) -> bool {
    HEADS.contains(&hash)
}

/// Whether a word, by its hash, can stand in a role before its head, or is one.
#[must_use]
pub fn is_part(hash: u64) -> bool {
    PARTS.contains(&hash)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_and_modifiers_are_told_apart() {
        let (minister, foreign) = (word_hash("Minister"), word_hash("foreign"));
        assert!(is_head(minister) && is_part(minister));
        assert!(!is_head(foreign) && is_part(foreign));
        assert!(!is_part(word_hash("harbour")), "no word of roles");
    }

    #[test]
    fn no_word_stands_twice_in_its_line() {
        for class in ["head", "modifier"] {
            let mut seen = HashSet::new();
            let twice: Vec<&str> = words(class).filter(|word| !seen.insert(*word)).collect();
            assert!(twice.is_empty() && !seen.is_empty(), "{class}: {twice:?}");
        }
    }
}
