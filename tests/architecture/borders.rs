//! What belongs to one room or one file and is named nowhere else: data files, codes of rules, names of types.

use std::collections::BTreeMap;

use crate::facts::{Deed, Kind, Source};
use crate::owed::{Site, hold_but, owed};
use crate::sources::sources;

#[test]
fn a_room_reads_its_own_data_files_only() {
    hold_but(
        "data_of_another_room",
        &owed().data_of_another_room,
        &data_of_other_rooms(),
        "A data file belongs to the room that reads it: other rooms ask that room, so that its format is known in one place.",
    );
}

/// Literals that lead from a file into another room's folder.
pub(crate) fn data_of_other_rooms() -> Vec<Site> {
    let mut found = Vec::new();
    for source in sources() {
        let includes = |line: usize| {
            let names = ["include_str", "include_bytes", "include"];
            source.acts.iter().any(|a| {
                a.kind == Deed::Macro && a.line <= line && line <= a.line + 3 && names.contains(&a.name.as_str())
            })
        };
        for literal in &source.literals {
            let text = literal.text.as_str();
            let climbs = text.contains("../") && !text.contains(' ') && !text.contains("//");
            if !climbs && !includes(literal.line) {
                continue;
            }
            if let Some(target) = target_of(source, text).filter(|target| room_of(target) != source.room()) {
                found.push(Site { entry: format!("{}: {target}", source.path), at: source.at(literal.line) });
            }
        }
    }
    found
}

/// The path below `src` to which `relative` leads from a file's folder, if it names a file that is there.
fn target_of(source: &Source, relative: &str) -> Option<String> {
    let mut parts: Vec<&str> = source.path.split('/').collect();
    parts.pop();
    for part in relative.split('/') {
        match part {
            ".." => _ = parts.pop()?,
            "." => {}
            _ => parts.push(part),
        }
    }
    let path = parts.join("/");
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(&path);
    file.is_file().then_some(path)
}

fn room_of(path: &str) -> &str {
    path.split('/').next().unwrap_or("")
}

#[test]
fn a_rules_code_stands_in_its_own_file_only() {
    hold_but(
        "rule_codes",
        &owed().rule_codes,
        &rule_codes(),
        "A code that is written elsewhere is a fact about that rule which its own file does not tell: give the rule a \
         property (a group, a kind of remedy, a rank) and ask for that.",
    );
}

/// Codes of rules beyond `rules/a101_….rs`.
pub(crate) fn rule_codes() -> Vec<Site> {
    let mut found = Vec::new();
    for source in sources() {
        let file = source.path.rsplit('/').next().unwrap_or("");
        for literal in source.literals.iter().filter(|literal| is_code(&literal.text)) {
            let own = source.room() == "rules" && file.starts_with(&format!("{}_", literal.text.to_lowercase()));
            if !own {
                let entry = format!("{}: {}", source.path, literal.text);
                found.push(Site { entry, at: source.at(literal.line) });
            }
        }
    }
    found
}

/// `A101`: a capital and three figures.
fn is_code(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() == 4 && bytes[0].is_ascii_uppercase() && bytes[1..].iter().all(u8::is_ascii_digit)
}

#[test]
fn a_name_means_one_type_in_a_room() {
    hold_but(
        "twin_types",
        &owed().twin_types,
        &twin_types(),
        "Two types of one name in a room are told apart only by where one stands: name each for what it is.",
    );
}

/// Types that are visible beyond their module and whose name another such type of the room has, too.
pub(crate) fn twin_types() -> Vec<Site> {
    let mut by_name: BTreeMap<(&str, &str), Vec<String>> = BTreeMap::new();
    for source in sources() {
        for item in source.items.iter().filter(|item| item.kind == Kind::Type && item.public) {
            by_name.entry((source.room(), &item.name)).or_default().push(source.at(item.line));
        }
    }
    let twins = by_name.into_iter().filter(|(_, at)| at.len() > 1);
    let site =
        |((room, name), at): ((&str, &str), Vec<String>)| Site { entry: format!("{room}: {name}"), at: at.join(", ") };
    twins.map(site).collect()
}
