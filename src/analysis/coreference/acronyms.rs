//! Acronyms and the names whose initials they are.

use std::collections::HashMap;

use super::forms::{Form, LONGEST, Table};
use super::union::Union;
use super::work;

/// Joins acronyms with the names whose initials they are.
pub(super) fn tie(table: &Table, forms: &[u32], union: &mut Union) {
    let mut long: HashMap<String, Vec<u32>> = HashMap::new();
    for &index in forms {
        let form = &table.forms[index as usize];
        for letters in initials(&form.text, form.acronym) {
            let entry = long.entry(letters).or_default();
            if entry.len() < 4 {
                entry.push(index);
            }
        }
    }
    for &index in forms {
        let form = &table.forms[index as usize];
        let letters: String = form.text.chars().filter(|c| *c != '.').flat_map(char::to_lowercase).collect();
        let nearly = form.hashes.len() == 1 && (3..=6).contains(&letters.chars().count()) && form.text.is_ascii();
        if !form.acronym && !nearly {
            continue;
        }
        let singular = letters.strip_suffix('s').filter(|_| form.text.ends_with('s') && form.acronym);
        let Some(candidates) = long.get(&letters).or_else(|| long.get(singular?)) else { continue };
        let fits = |&&n: &&u32| {
            let other = &table.forms[n as usize];
            n != index
                && (form.acronym || (other.kind == form.kind && letters.chars().count() >= 4))
                && form.known.is_none_or(|known| other.known.is_some_and(|k| k.name == known.name))
        };
        work::did(candidates.len());
        let fitting: Vec<u32> = candidates.iter().filter(fits).copied().collect();
        if let Some(nearest) = nearest_before(table, &fitting, form) {
            union.join(nearest, index);
        }
    }
}

/// The one form, or of several the one whose first mention is the last before this form's.
fn nearest_before(table: &Table, candidates: &[u32], form: &Form) -> Option<u32> {
    let first = |n: u32| table.forms[n as usize].mentions.first().copied();
    let start = form.mentions.first().copied();
    match candidates {
        [] => None,
        [one] => Some(*one),
        many => many.iter().copied().filter(|&n| first(n) < start).max_by_key(|&n| first(n)),
    }
}

/// The letters that an acronym of a name may have, lower case.
pub(super) fn initials(name: &str, is_acronym: bool) -> Vec<String> {
    let words: Vec<&str> = name.split([' ', '-']).filter(|word| !word.is_empty()).collect();
    let mut found: Vec<String> = Vec::new();
    if words.len() == 1 {
        // `NorthStar` → NS
        let capitals: String = name.chars().filter(|c| c.is_uppercase()).collect();
        if capitals.chars().count() >= 2 && !is_acronym {
            found.push(capitals.to_lowercase());
        }
        return found;
    }
    if words.len() > LONGEST {
        return found;
    }
    let first = |word: &&str| word.chars().next().filter(|c| c.is_alphanumeric());
    let capitals = |words: &[&str]| -> String {
        words
            .iter()
            .filter_map(first)
            .filter(|c| c.is_uppercase() || c.is_numeric())
            .flat_map(char::to_lowercase)
            .collect()
    };
    let every = |words: &[&str]| -> String { words.iter().filter_map(first).flat_map(char::to_lowercase).collect() };
    found.push(capitals(&words));
    found.push(every(&words));
    if words.len() > 2 {
        found.push(capitals(&words[..words.len() - 1]));
    }
    found.retain(|letters| (2..=8).contains(&letters.chars().count()));
    found.dedup();
    found
}
