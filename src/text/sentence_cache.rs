//! A cache of what is known of single sentences, kept between two readings of one text.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hash};

use super::hashed::KeyIsHash;

/// Values by sentence, under a hash of the sentence and of all that its value depends on.
///
/// An edit costs its own sentences: all others are found again. The cache is as large as the last text that was read
/// with it, because each reading drops at its end what it did not ask for.
#[derive(Clone, Debug)]
pub struct SentenceCache<K, V> {
    entries: HashMap<K, Entry<V>, BuildHasherDefault<KeyIsHash>>,
    reading: u32,
    worked: usize,
}

#[derive(Clone, Debug)]
struct Entry<V> {
    value: V,
    /// The reading that asked for it last.
    reading: u32,
}

impl<K, V> Default for SentenceCache<K, V> {
    fn default() -> Self {
        Self { entries: HashMap::default(), reading: 0, worked: 0 }
    }
}

impl<K: Copy + Eq + Hash, V> SentenceCache<K, V> {
    /// Begins to read a text from its first sentence to its last.
    pub fn begin(&mut self) -> Reading<'_, K, V> {
        self.reading = self.reading.wrapping_add(1);
        self.worked = 0;
        Reading { cache: self }
    }

    /// Sentences whose value the last reading did not find: the counted work of the complexity tests.
    #[must_use]
    pub fn worked(&self) -> usize {
        self.worked
    }
}

/// One reading of a text. When it is dropped, the cache forgets the sentences that it did not come across.
#[derive(Debug)]
pub struct Reading<'c, K: Copy + Eq + Hash, V> {
    cache: &'c mut SentenceCache<K, V>,
}

impl<K: Copy + Eq + Hash, V> Reading<'_, K, V> {
    /// The value of a sentence, if one is known.
    pub fn get(&mut self, key: K) -> Option<&V> {
        let entry = self.cache.entries.get_mut(&key)?;
        entry.reading = self.cache.reading;
        Some(&entry.value)
    }

    /// Remembers a value that had to be made.
    pub fn insert(&mut self, key: K, value: V) {
        self.cache.worked += 1;
        self.cache.entries.insert(key, Entry { value, reading: self.cache.reading });
    }
}

impl<K: Copy + Eq + Hash, V> Drop for Reading<'_, K, V> {
    fn drop(&mut self) {
        let reading = self.cache.reading;
        self.cache.entries.retain(|_, entry| entry.reading == reading);
    }
}

#[cfg(test)]
mod tests {
    use super::SentenceCache;

    fn read(cache: &mut SentenceCache<u64, u64>, sentences: &[u64]) -> usize {
        let mut reading = cache.begin();
        for &sentence in sentences {
            match reading.get(sentence) {
                Some(&value) => assert_eq!(value, sentence * 2),
                None => reading.insert(sentence, sentence * 2),
            }
        }
        drop(reading);
        cache.worked()
    }

    #[test]
    fn a_reading_pays_for_new_sentences_only() {
        let mut cache = SentenceCache::default();
        assert_eq!(read(&mut cache, &[1, 2, 3, 2]), 3);
        assert_eq!(read(&mut cache, &[1, 4, 3]), 1);
        assert_eq!(read(&mut cache, &[3, 4, 1]), 0);
    }

    #[test]
    fn what_a_reading_did_not_ask_for_is_forgotten() {
        let mut cache = SentenceCache::default();
        read(&mut cache, &[1, 2, 3]);
        read(&mut cache, &[2]);
        assert_eq!(cache.entries.len(), 1);
        assert_eq!(read(&mut cache, &[1, 2]), 1);
    }
}
