//! Storms: "Cyclone Tilda", "Tropical Storm Tilda" and "Tilda" are one, whatever it grew to between.

use crate::lexicon::{class, classes_of};
use std::collections::HashMap;

use super::forms::{Form, Table};
use super::union::Union;
use crate::analysis::facts::EntityKind;

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
    let kind = form.hashes.iter().position(|hash| !classes_of(*hash).has(class::STORM_STRENGTH))?;
    match form.hashes.get(kind..)? {
        [first, name] if classes_of(*first).has(class::STORM) && form.kind == EntityKind::Event => Some(*name),
        _ => None,
    }
}
