//! Storms: "Cyclone Tilda", "Tropical Storm Tilda" and "Tilda" are one, whatever it grew to between.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::forms::{Form, Table};
use super::union::Union;
use crate::analysis::facts::EntityKind;
use crate::text::word_hash;

static KINDS: LazyLock<HashSet<u64>> =
    LazyLock::new(|| ["cyclone", "hurricane", "storm", "typhoon"].map(word_hash).into());
/// What may stand before the kind.
static STRENGTHS: LazyLock<HashSet<u64>> =
    LazyLock::new(|| ["ex", "post", "severe", "super", "tropical"].map(word_hash).into());

/// Joins the forms of each storm.
pub(super) fn tie(table: &Table, forms: &[u32], union: &mut Union) {
    let mut storms: HashMap<u64, u32> = HashMap::new();
    for &index in forms {
        if let Some(name) = name_of(&table.forms[index as usize]) {
            let first = *storms.entry(name).or_insert(index);
            union.join(first, index);
        }
    }
    for &index in forms.iter().filter(|_| !storms.is_empty()) {
        let form = &table.forms[index as usize];
        if let (&[name], EntityKind::Event) = (form.hashes.as_slice(), form.kind)
            && let Some(&storm) = storms.get(&name)
        {
            union.join(storm, index);
        }
    }
}

/// The one word that names a storm, after its kind.
pub(super) fn name_of(form: &Form) -> Option<u64> {
    let kind = form.hashes.iter().position(|hash| !STRENGTHS.contains(hash))?;
    match form.hashes.get(kind..)? {
        [first, name] if KINDS.contains(first) && form.kind == EntityKind::Event => Some(*name),
        _ => None,
    }
}
