//! What two sorted lists do not share: all that has to change where one takes the place of the other.

use std::cmp::Ordering;

/// The change of one entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Differs<V> {
    /// The entry as it was; none if it is new.
    pub(super) was: Option<V>,
    /// The entry as it is; none if it is gone.
    pub(super) now: Option<V>,
}

/// Calls `each` with what came, went, or stands for something else now, in order. Both lists are sorted, no key twice.
pub(super) fn differences<K: Ord + Copy, V: PartialEq + Copy>(
    old: impl Iterator<Item = (K, V)>,
    new: impl Iterator<Item = (K, V)>,
    mut each: impl FnMut(K, Differs<V>),
) {
    let (mut old, mut new) = (old.peekable(), new.peekable());
    loop {
        let order = match (old.peek(), new.peek()) {
            (None, None) => return,
            (Some((a, _)), Some((b, _))) => a.cmp(b),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
        };
        let was = if order.is_le() { old.next() } else { None };
        let now = if order.is_ge() { new.next() } else { None };
        let change = Differs { was: was.map(|(_, value)| value), now: now.map(|(_, value)| value) };
        if let Some((key, _)) = was.or(now).filter(|_| change.was != change.now) {
            each(key, change);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn differences_lead_from_one_list_to_the_other(old: BTreeMap<u8, u8>, new: BTreeMap<u8, u8>) {
            let pairs = |map: &BTreeMap<u8, u8>| map.iter().map(|(&k, &v)| (k, v)).collect::<Vec<_>>();
            let (mut now, mut calls) = (old.clone(), 0);
            differences(pairs(&old).into_iter(), pairs(&new).into_iter(), |key, change| {
                calls += 1;
                assert_eq!(now.remove(&key), change.was);
                now.extend(change.now.map(|value| (key, value)));
            });
            prop_assert_eq!(&now, &new);
            let keys = old.keys().chain(new.keys()).collect::<std::collections::BTreeSet<_>>();
            prop_assert_eq!(calls, keys.into_iter().filter(|key| old.get(key) != new.get(key)).count());
        }
    }
}
