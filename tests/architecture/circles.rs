//! No files of a room that need each other in a circle.

use std::collections::BTreeSet;

use crate::owed::{hold, owed};
use crate::paths::{are_kin, edges};
use crate::sources::sources;

#[test]
fn files_of_a_room_form_no_circle() {
    let found = circles();
    let listed = &owed().circles;
    let new = found.iter().filter(|circle| !listed.iter().any(|known| circle.is_subset(known)));
    let new: Vec<String> = new.map(described).collect();
    hold(
        &new,
        "Files that use each other in a circle can only be read, tested and changed together: they are one file in \
         pieces. Move what both need to a file of its own, or hand it over as an argument. (A module and its parent may \
         know each other.)",
    );
    let mended = listed.iter().filter(|known| !found.contains(known));
    let mended: Vec<String> = mended
        .map(|known| {
            let left: Vec<String> = found.iter().filter(|circle| circle.is_subset(known)).map(entry).collect();
            let left = if left.is_empty() { "nothing".to_owned() } else { left.join("\n  ") };
            format!("  {}\nis now\n  {left}", entry(known))
        })
        .collect();
    hold(
        &mended,
        "These circles are smaller or gone: say so under `circles` in tests/architecture/owed.toml for good.",
    );
}

/// Files of one room of which each needs every other, two and more of them.
pub(crate) fn circles() -> Vec<BTreeSet<String>> {
    let all = sources();
    let mut uses = vec![BTreeSet::new(); all.len()];
    for edge in edges() {
        let (from, to) = (&all[edge.from], &all[edge.to]);
        if from.room() == to.room() && !are_kin(from, to) {
            uses[edge.from].insert(edge.to);
        }
    }
    let reach: Vec<BTreeSet<usize>> = (0..all.len()).map(|from| reached(from, &uses)).collect();
    let mut found: Vec<BTreeSet<String>> = Vec::new();
    let mut seen = BTreeSet::new();
    for from in 0..all.len() {
        if !reach[from].contains(&from) || !seen.insert(from) {
            continue;
        }
        let circle: BTreeSet<usize> = reach[from].iter().copied().filter(|to| reach[*to].contains(&from)).collect();
        seen.extend(circle.iter().copied());
        found.push(circle.into_iter().map(|file| all[file].path.clone()).collect());
    }
    found
}

/// All that `from` uses, and what that uses, and so on.
fn reached(from: usize, uses: &[BTreeSet<usize>]) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    let mut open = vec![from];
    while let Some(next) = open.pop() {
        open.extend(uses[next].iter().copied().filter(|to| found.insert(*to)));
    }
    found
}

/// As it stands in `owed.toml`.
fn entry(circle: &BTreeSet<String>) -> String {
    format!("{circle:?},").replacen('{', "[", 1).replace("},", "],")
}

/// With the uses that make it one.
pub(crate) fn described(circle: &BTreeSet<String>) -> String {
    let all = sources();
    let mut lines = vec![entry(circle)];
    let mut told = BTreeSet::new();
    for edge in edges() {
        let (from, to) = (&all[edge.from], &all[edge.to]);
        let within = circle.contains(&from.path) && circle.contains(&to.path) && !are_kin(from, to);
        if within && told.insert((edge.from, edge.to)) {
            lines.push(format!("  {} uses {}", from.at(edge.line), to.path));
        }
    }
    lines.join("\n")
}
