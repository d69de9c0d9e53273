//! Kinds of weapons and military vehicles that are no names.

use std::sync::LazyLock;

use super::table::rows;
use crate::text::{HashedMap, word_hash};

const WEAPONS: &str = include_str!("data/weapons.txt");

/// First word of a weapon's kind → the word hashes of each, longest first.
static TABLE: LazyLock<HashedMap<Vec<Vec<u64>>>> = LazyLock::new(|| {
    let mut map: HashedMap<Vec<Vec<u64>>> = HashedMap::default();
    for row in rows(WEAPONS) {
        let hashes: Vec<u64> = row.key().split([' ', '-']).map(word_hash).collect();
        if let Some(&first) = hashes.first() {
            map.entry(first).or_default().push(hashes);
        }
    }
    for entries in map.values_mut() {
        entries.sort_by_key(|entry| std::cmp::Reverse(entry.len()));
    }
    map
});

/// The kinds of weapons that begin with a word, each as the hashes of its words, the longest first. Hyphens are no words.
#[must_use]
pub fn beginning_with(hash: u64) -> &'static [Vec<u64>] {
    TABLE.get(&hash).map_or(&[], Vec::as_slice)
}
