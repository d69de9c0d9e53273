//! Maps whose keys are hashes already.
//!
//! A word or a sentence is known by its xxh3 (64 bit); to hash that again costs more than the look-up itself.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

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
