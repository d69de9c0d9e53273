//! What people said of names across notes: which are one, which are two.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::names::{self, Key};
use crate::analysis::corrections::Corrections;
use crate::analysis::facts::EntityKind;

/// One kind of each class of [`names::entity_key`]: a correction says nothing of kinds, so it holds for all.
const CLASSES: [EntityKind; 5] =
    [EntityKind::Person, EntityKind::Org, EntityKind::Product, EntityKind::Event, EntityKind::Group];

/// `same` and `different` of [`Corrections`], by the keys that entities are found by.
#[derive(Debug, Default)]
pub(super) struct Corrected {
    same: HashMap<Key, Vec<Key>>,
    different: HashSet<(Key, Key)>,
    told_apart: Arc<[String]>,
}

impl Corrected {
    /// The pairs of a project's corrections.
    pub(super) fn new(corrections: &Corrections) -> Self {
        let mut corrected = Self { told_apart: Arc::clone(&corrections.told_apart), ..Self::default() };
        for kind in CLASSES {
            let key = |name: &str| names::key_apart(kind, name, &corrections.told_apart);
            for (one, other) in &corrections.same {
                let (one, other) = (key(one), key(other));
                corrected.same.entry(one).or_default().push(other);
                corrected.same.entry(other).or_default().push(one);
            }
            for (one, other) in &corrections.different {
                corrected.different.extend([(key(one), key(other)), (key(other), key(one))]);
            }
        }
        corrected
    }

    /// The key of an entity's name.
    pub(super) fn key(&self, kind: EntityKind, name: &str) -> Key {
        names::key_apart(kind, name, &self.told_apart)
    }

    /// The names that were said to be one with this.
    pub(super) fn same(&self, key: Key) -> &[Key] {
        self.same.get(&key).map_or(&[], Vec::as_slice)
    }

    /// Returns `true` if a name was said to be another than one of these.
    pub(super) fn apart(&self, key: Key, from: &[Key]) -> bool {
        !self.different.is_empty() && from.iter().any(|&other| self.different.contains(&(key, other)))
    }
}
