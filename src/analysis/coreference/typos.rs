//! Names that are cut or mistyped.

use std::collections::{HashMap, HashSet};

use xxhash_rust::xxh3::xxh3_64;

use super::forms::{Form, Table};
use super::union::Union;
use super::work;
use crate::analysis::facts::EntityKind;
use crate::analysis::names;

/// Joins what differs by cut words or a typing error.
pub(super) fn tie(table: &Table, forms: &[u32], union: &mut Union) {
    by_cut_words(table, forms, union);
    by_letter(table, forms, union);
}

/// Joins names whose words are cut: "Meri Ports" with "Meridia Ports Authority". The last word must stand whole, or the
/// cut word would be any other.
fn by_cut_words(table: &Table, forms: &[u32], union: &mut Union) {
    let mut by_second: HashMap<(u64, char), Vec<u32>> = HashMap::new();
    let initial = |form: &Form| form.text.chars().next();
    for &index in forms {
        let form = &table.forms[index as usize];
        let (Some(&second), Some(first), 2..) = (form.hashes.get(1), initial(form), form.words) else { continue };
        let entry = by_second.entry((second, first)).or_default();
        if form.kind == EntityKind::Org && form.hashes.len() > 2 && entry.len() < 4 {
            entry.push(index);
        }
    }
    for &index in forms {
        let form = &table.forms[index as usize];
        let (&[_, second], Some(first)) = (form.hashes.as_slice(), initial(form)) else { continue };
        if !matches!(form.kind, EntityKind::Org | EntityKind::Place) {
            continue;
        }
        let cut = first_word(&form.text);
        let longer = |&&long: &&u32| {
            let whole = first_word(&table.forms[long as usize].text);
            cut.len() >= 3 && cut.len() < whole.len() && whole.starts_with(cut)
        };
        let Some(candidates) = by_second.get(&(second, first)) else { continue };
        work::did(candidates.len());
        let mut long = candidates.iter().filter(longer);
        if let (Some(&long), None) = (long.next(), long.next()) {
            union.join(long, index);
        }
    }
}

fn first_word(name: &str) -> &str {
    name.split(' ').next().unwrap_or(name)
}

/// Joins a form that stands once with one that stands often and differs by a typing error.
fn by_letter(table: &Table, forms: &[u32], union: &mut Union) {
    let mut seen: HashMap<u64, u32> = HashMap::new();
    let usable = |form: &Form| {
        !form.acronym && form.kind != EntityKind::Group && (4..=24).contains(&form.text.len()) && form.text.is_ascii()
    };
    for &index in forms {
        let form = &table.forms[index as usize];
        if !usable(form) || (form.mentions.len() < 3 && form.known.is_none()) {
            continue;
        }
        each_cut(&form.text, |cut| {
            seen.entry(cut).or_insert(index);
        });
    }
    if seen.is_empty() {
        return;
    }
    // A word that is also part of a longer name is that name's word and no typing error of another's.
    let longer = forms.iter().map(|&index| &table.forms[index as usize]).filter(|form| form.hashes.len() > 1);
    let parts: HashSet<u64> = longer.flat_map(|form| form.hashes.iter().copied()).collect();
    for &index in forms {
        let form = &table.forms[index as usize];
        let explained = form.hashes.len() == 1 && form.hashes.first().is_some_and(|hash| parts.contains(hash));
        if !usable(form) || form.mentions.len() != 1 || form.known.is_some() || explained {
            continue;
        }
        let mut found = None;
        each_cut(&form.text, |cut| found = found.or_else(|| seen.get(&cut).copied()));
        let Some(other) = found.filter(|&other| other != index) else { continue };
        if is_typo(&form.text.to_lowercase(), &table.forms[other as usize].text.to_lowercase()) {
            union.join(other, index);
        }
    }
}

/// Calls with the key of the word and of the word without each one of its letters: words one typing error apart share a key.
fn each_cut(word: &str, mut call: impl FnMut(u64)) {
    let lower = word.to_ascii_lowercase();
    call(xxh3_64(lower.as_bytes()));
    let mut cut = Vec::with_capacity(lower.len());
    for at in 0..lower.len() {
        cut.clear();
        cut.extend_from_slice(&lower.as_bytes()[..at]);
        cut.extend_from_slice(&lower.as_bytes()[at + 1..]);
        call(xxh3_64(&cut));
    }
}

/// True if the difference is a typing error and no ending: `Meridia` / `Meridian` are two words.
fn is_typo(one: &str, other: &str) -> bool {
    let ending = one.starts_with(other) || other.starts_with(one);
    let last = one.chars().next_back() == other.chars().next_back();
    !ending && last && names::near(one, other)
}
