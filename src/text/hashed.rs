//! Words as hashes, and maps whose keys are hashes already.
//!
//! A word or a sentence is known by its xxh3 (64 bit); to hash that again costs more than the look-up itself.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

use xxhash_rust::xxh3::xxh3_64;

/// A map from xxh3 hashes.
pub type HashedMap<V> = HashMap<u64, V, BuildHasherDefault<KeyIsHash>>;

/// A set of xxh3 hashes.
pub type HashedSet = HashSet<u64, BuildHasherDefault<KeyIsHash>>;

/// Passes a hash through as it is.
#[derive(Clone, Copy, Debug, Default)]
pub struct KeyIsHash(u64);

impl Hasher for KeyIsHash {
    fn finish(&self) -> u64 {
        self.0
    }

    /// Keys are `u64`; whatever else comes is folded in, so that the trait is whole.
    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(byte);
        }
    }

    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }
}

/// The hash under which a word is looked up: lower case, `’` as `'`, `‐‑‒–` as `-`.
#[must_use]
pub fn word_hash(word: &str) -> u64 {
    let bytes = word.as_bytes();
    let mut buffer = [0u8; 48];
    if word.is_ascii()
        && let Some(small) = buffer.get_mut(..bytes.len())
    {
        small.copy_from_slice(bytes);
        small.make_ascii_lowercase();
        return xxh3_64(small);
    }
    let mut folded = String::with_capacity(word.len());
    for c in word.chars() {
        match c {
            '’' | '‘' | 'ʼ' => folded.push('\''),
            '\u{2010}'..='\u{2013}' => folded.push('-'),
            '\u{ad}' => {}
            c => folded.extend(c.to_lowercase()),
        }
    }
    xxh3_64(folded.as_bytes())
}
