//! What leads where, in a few bytes a posting: a sorted set of (key, tag, value) in small packed leaves.
//!
//! A hundred thousand notes have some four million postings. Here each takes one to three bytes where a name stands in
//! many notes and about twelve where it stands in one, because each entry is written as its difference to the one
//! before. A leaf holds at most [`LEAF`] bytes, and a change rewrites the one leaf that it falls into: it costs the same
//! whatever the size of the vault, and a clone shares all leaves but those.

use std::sync::Arc;

use super::summary::Role;
use crate::text::pack::{Pack, Unpack};

/// Most bytes of a leaf; a fuller one is split in two.
const LEAF: usize = 512;

/// The parts of an entry, in the order they are sorted by: key, tag, value.
pub(super) type Entry = (u64, u8, u64);

/// Tags from here on have a number beside each entry: how often it was added.
pub(super) const COUNTED: u8 = 16;

/// Returns `true` if entries of a tag have a number beside them: how often they were added, or what they weigh.
fn is_numbered(tag: u8) -> bool {
    tag >= COUNTED || Role::of(tag).is_some_and(Role::is_weighed)
}

/// The set. Entries of counted tags are a bag; those of weighed roles have a weight each.
#[derive(Clone, Debug)]
pub(super) struct Table {
    /// Leaves by the first entry that may stand in them; the first leaf may hold anything smaller, too.
    pub(super) leaves: imbl::OrdMap<Entry, Arc<[u8]>>,
}

impl Default for Table {
    fn default() -> Self {
        Self { leaves: imbl::OrdMap::unit((0, 0, 0), Arc::from([])) }
    }
}

impl Table {
    /// A table of sorted entries, each once, with the number of each: how often it was added, or its weight.
    pub(super) fn of_sorted(entries: impl Iterator<Item = (Entry, u32)>) -> Self {
        let mut table = Self::default();
        let (mut first, mut last) = ((0, 0, 0), None);
        let mut leaf = Pack::default();
        for (entry, count) in entries {
            if leaf.bytes.len() > LEAF * 3 / 4 {
                table.leaves.insert(first, leaf.bytes.as_slice().into());
                leaf.bytes.clear();
                (first, last) = (entry, None);
            }
            write(entry, count, last, &mut leaf);
            last = Some(entry);
        }
        table.leaves.insert(first, leaf.bytes.into());
        table
    }

    /// Adds an entry; returns how often it stands there now.
    pub(super) fn add(&mut self, entry: Entry) -> u32 {
        self.change(entry, |count| if entry.1 < COUNTED { 1 } else { count + 1 })
    }

    /// Adds an entry with this weight, or gives it this weight.
    pub(super) fn weigh(&mut self, entry: Entry, weight: u32) {
        self.change(entry, |_| weight);
    }

    /// Takes an entry away; returns how often it still stands there.
    pub(super) fn remove(&mut self, entry: Entry) -> u32 {
        self.change(entry, |count| if entry.1 < COUNTED { 0 } else { count.saturating_sub(1) })
    }

    /// The values of a key under a tag, in order.
    pub(super) fn values(&self, key: u64, tag: u8) -> impl Iterator<Item = u64> + '_ {
        self.weighed(key, tag).map(|(value, _)| value)
    }

    /// The same, each with its weight.
    pub(super) fn weighed(&self, key: u64, tag: u8) -> impl Iterator<Item = (u64, u32)> + '_ {
        let of_key = move |((k, t, value), weight)| ((k, t) == (key, tag)).then_some((value, weight));
        self.from((key, tag, 0)).map_while(of_key)
    }

    /// The tags and values of a key, in order, from a tag on.
    pub(super) fn of_key(&self, key: u64, from: u8) -> impl Iterator<Item = (u8, u64)> + '_ {
        self.from((key, from, 0)).map_while(move |((k, tag, value), _)| (k == key).then_some((tag, value)))
    }

    /// All entries in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = Entry> + '_ {
        self.from((0, 0, 0)).map(|(entry, _)| entry)
    }

    fn from(&self, start: Entry) -> impl Iterator<Item = (Entry, u32)> + '_ {
        let first = self.leaves.get_prev(&start);
        let mut leaf = first.map_or((0, 0, 0), |(&first, _)| first);
        let mut read = Read::new(first.map_or(&[], |(_, leaf)| leaf));
        let mut next = read.by_ref().find(|&(entry, _)| entry >= start);
        std::iter::from_fn(move || {
            while next.is_none() {
                // Most questions end in the leaf where they began.
                let after = (leaf.0, leaf.1, leaf.2.checked_add(1)?);
                let (&first, bytes) = self.leaves.get_next(&after)?;
                (leaf, read) = (first, Read::new(bytes));
                next = read.next();
            }
            let now = next;
            next = read.next();
            now
        })
    }

    fn first_leaf(&self, entry: Entry) -> Entry {
        self.leaves.get_prev(&entry).map_or((0, 0, 0), |(&first, _)| first)
    }

    fn change(&mut self, entry: Entry, count: impl Fn(u32) -> u32) -> u32 {
        let first = self.first_leaf(entry);
        let Some(leaf) = self.leaves.get(&first) else { return 0 };
        let mut read = Read::new(leaf);
        let (mut before, mut kept) = (None, 0);
        let mut next = read.next();
        while let Some((other, _)) = next.filter(|&(other, _)| other < entry) {
            before = Some(other);
            kept = leaf.len() - read.unpack.rest().len();
            next = read.next();
        }
        let found = next.filter(|&(other, _)| other == entry).map(|(_, count)| count);
        let now = match (found, count(found.unwrap_or(0))) {
            (None, 0) => return 0,
            (Some(known), now) if known == now => return now,
            (_, now) => now,
        };
        let mut out = Pack { bytes: Vec::with_capacity(leaf.len() + 24) };
        out.bytes.extend_from_slice(leaf.get(..kept).unwrap_or(&[]));
        let mut last = before;
        if now > 0 {
            write(entry, now, last, &mut out);
            last = Some(entry);
        }
        let after = if found.is_some() { read.next() } else { next };
        if let Some((other, count)) = after {
            write(other, count, last, &mut out);
            out.bytes.extend_from_slice(read.unpack.rest());
        }
        self.put(first, &out.bytes);
        now
    }

    fn put(&mut self, first: Entry, leaf: &[u8]) {
        if leaf.is_empty() && first != (0, 0, 0) {
            self.leaves.remove(&first);
        } else if leaf.len() <= LEAF {
            self.leaves.insert(first, leaf.into());
        } else {
            let mut read = Read::new(leaf);
            while leaf.len() - read.unpack.rest().len() < leaf.len() / 2 && read.next().is_some() {}
            let left = leaf.len() - read.unpack.rest().len();
            let Some((middle, count)) = read.next() else { return drop(self.leaves.insert(first, leaf.into())) };
            let mut right = Pack::default();
            write(middle, count, None, &mut right);
            right.bytes.extend_from_slice(read.unpack.rest());
            self.leaves.insert(first, leaf.get(..left).unwrap_or(&[]).into());
            self.leaves.insert(middle, right.bytes.into());
        }
    }
}

/// An entry of the same key and tag as the last is its distance from that, odd; any other begins with an even number.
fn write((key, tag, value): Entry, count: u32, last: Option<Entry>, out: &mut Pack) {
    match last {
        // Distances between the values of ties are those of hashes: they may need all 64 bits.
        Some((k, t, v)) if (k, t) == (key, tag) && value.wrapping_sub(v) < 1 << 62 => {
            out.number(value.wrapping_sub(v) << 1 | 1);
        }
        _ => {
            out.number(0);
            out.number(key.wrapping_sub(last.map_or(0, |(k, ..)| k)));
            out.byte(tag);
            out.number(value);
        }
    }
    if is_numbered(tag) {
        out.number(u64::from(count));
    }
}

/// Reads a leaf from its first entry on.
struct Read<'a> {
    unpack: Unpack<'a>,
    last: Entry,
    /// True if entries of the last one's tag have a number beside them.
    numbered: bool,
}

impl<'a> Read<'a> {
    fn new(leaf: &'a [u8]) -> Self {
        Self { unpack: Unpack::new(leaf), last: (0, 0, 0), numbered: is_numbered(0) }
    }
}

impl Iterator for Read<'_> {
    type Item = (Entry, u32);

    #[inline]
    fn next(&mut self) -> Option<(Entry, u32)> {
        let head = self.unpack.number()?;
        if head & 1 == 1 {
            self.last.2 = self.last.2.wrapping_add(head >> 1);
        } else {
            let key = self.last.0.wrapping_add(self.unpack.number()?);
            self.last = (key, self.unpack.byte()?, self.unpack.number()?);
            self.numbered = is_numbered(self.last.1);
        }
        let count = if self.numbered { self.unpack.number32()? } else { 1 };
        Some((self.last, count))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    fn entry() -> impl Strategy<Value = Entry> {
        let key = prop_oneof![0..6u64, any::<u64>()];
        (key, prop_oneof![0..4u8, COUNTED..COUNTED + 2], prop_oneof![0..40u64, any::<u64>()])
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn it_is_a_sorted_bag(changes in proptest::collection::vec((entry(), any::<bool>(), 1..300u32), 0..400)) {
            let (mut table, mut model) = (Table::default(), BTreeMap::<Entry, u32>::new());
            for (entry, added, weight) in changes {
                let count = model.entry(entry).or_default();
                let (now, expected) = if added && Role::of(entry.1).is_some_and(Role::is_weighed) {
                    *count = weight;
                    table.weigh(entry, weight);
                    (weight, weight)
                } else if added {
                    *count = if entry.1 < COUNTED { 1 } else { *count + 1 };
                    (table.add(entry), *count)
                } else {
                    *count = if entry.1 < COUNTED { 0 } else { count.saturating_sub(1) };
                    (table.remove(entry), *count)
                };
                prop_assert_eq!(now, expected);
                model.retain(|_, count| *count > 0);
            }
            prop_assert!(table.iter().eq(model.keys().copied()));
            let again = Table::of_sorted(model.iter().map(|(&entry, &count)| (entry, count)));
            prop_assert!(again.iter().eq(model.keys().copied()));
            for key in 0..6 {
                let expected = model.keys().filter(|&&(k, t, _)| (k, t) == (key, 1)).map(|&(.., value)| value);
                prop_assert!(table.values(key, 1).eq(expected));
                let of_key = model.iter().filter(|&(&(k, t, _), _)| (k, t) == (key, 0));
                prop_assert!(table.weighed(key, 0).eq(of_key.map(|(&(.., value), &weight)| (value, weight))));
            }
        }
    }

    #[test]
    fn a_posting_of_a_common_name_takes_two_bytes_and_its_weight() {
        let mut table = Table::default();
        for file in 0..50_000u64 {
            table.weigh((7, Role::Main as u8, file * 3), 9);
            table.add((7, Role::Alias as u8, file * 3));
        }
        let bytes: usize = table.leaves.values().map(|leaf| leaf.len()).sum();
        assert!(bytes < 4 * 50_000, "{bytes}");
        assert!(table.leaves.values().all(|leaf| leaf.len() <= LEAF));
        assert_eq!(table.values(7, 0).count(), 50_000);
    }
}
