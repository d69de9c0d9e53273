//! What the house still owes: `owed.toml`, by section. A list may only become shorter and a number only smaller.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde::Deserialize;

/// A place that breaks an invariant, and what it is listed under.
pub(crate) struct Site {
    /// The entry that excuses it.
    pub(crate) entry: String,
    /// Where it is, for readers.
    pub(crate) at: String,
}

/// `owed.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Owed {
    pub(crate) too_long: Vec<String>,
    pub(crate) circles: Vec<BTreeSet<String>>,
    pub(crate) twin_types: Vec<String>,
    pub(crate) data_of_another_room: Vec<String>,
    pub(crate) rule_codes: Vec<String>,
    pub(crate) errors_of_text: Vec<String>,
    pub(crate) rooms_that_index: Vec<String>,
    pub(crate) index_expressions: BTreeMap<String, usize>,
    pub(crate) words: BTreeMap<String, usize>,
    pub(crate) undocumented: BTreeMap<String, usize>,
    pub(crate) questions_for_docs: BTreeMap<String, usize>,
}

pub(crate) fn owed() -> &'static Owed {
    static OWED: LazyLock<Owed> =
        LazyLock::new(|| toml::from_str(include_str!("owed.toml")).expect("tests/architecture/owed.toml"));
    &OWED
}

/// Fails with `because` if anything is broken.
#[track_caller]
pub(crate) fn hold(broken: &[String], because: &str) {
    assert!(broken.is_empty(), "{because}\n{}", broken.join("\n"));
}

/// Fails with `because` at places whose entry is not in the list `section`, and where an entry of the list has no place
/// any more.
#[track_caller]
pub(crate) fn hold_but(section: &str, listed: &[String], found: &[Site], because: &str) {
    let new = found.iter().filter(|site| !listed.contains(&site.entry));
    hold(&new.map(|site| format!("{} ({})", site.at, site.entry)).collect::<Vec<_>>(), because);
    let mended = listed.iter().filter(|entry| !found.iter().any(|site| site.entry == **entry));
    let mended: Vec<String> = mended.cloned().collect();
    hold(&mended, &format!("This is mended: take it out of `{section}` in tests/architecture/owed.toml for good."));
}

/// Fails with `because` in rooms that have more places than `budget` gives them, and where there are fewer.
#[track_caller]
pub(crate) fn hold_within(section: &str, budget: &BTreeMap<String, usize>, found: &[Site], because: &str) {
    let mut by_room: BTreeMap<&str, Vec<&str>> = budget.keys().map(|room| (room.as_str(), Vec::new())).collect();
    for site in found {
        by_room.entry(&site.entry).or_default().push(&site.at);
    }
    let (mut over, mut under) = (Vec::new(), Vec::new());
    for (room, sites) in by_room {
        let allowed = budget.get(room).copied().unwrap_or(0);
        if sites.len() > allowed {
            over.push(format!("{room}: {} where {allowed} are left, among\n{}", sites.len(), sites.join("\n")));
        } else if sites.len() < allowed || budget.get(room) == Some(&0) {
            under.push(format!("{room} = {}", sites.len()));
        }
    }
    hold(&over, because);
    let lower = format!(
        "There are fewer now, so that it stays so: write these numbers under `{section}` in tests/architecture/owed.toml \
         (a room with 0 leaves it)."
    );
    hold(&under, &lower);
}
