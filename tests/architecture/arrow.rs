//! What a room may use, and that `src/lib.rs` tells of every room.

use std::collections::BTreeSet;

use crate::facts::Source;
use crate::owed::hold;
use crate::paths::edges;
use crate::sources::{sources, strays, text_of};

/// The arrow: a folder may use what stands before it, and itself. `config` hangs between analysis and workspace;
/// `project` reads the disk for the two shells.
pub(crate) const ARROW: [(&str, &[&str]); 13] = [
    ("text", &[]),
    ("gate", &["text"]),
    ("lexicon", &["text"]),
    ("structure", &["text", "gate", "lexicon"]),
    ("analysis", &["text", "lexicon", "structure"]),
    ("config", &["text", "gate", "lexicon", "structure", "analysis"]),
    ("workspace", &["text", "gate", "lexicon", "structure", "analysis", "config"]),
    ("rules", &["text", "lexicon", "structure", "analysis", "config", "workspace"]),
    ("features", &["text", "lexicon", "structure", "analysis", "config", "workspace", "rules"]),
    ("store", &["text", "lexicon", "structure", "analysis", "config", "workspace"]),
    ("project", &["text", "gate", "lexicon", "structure", "analysis", "config", "workspace", "rules", "store"]),
    (
        "lsp",
        &[
            "text",
            "gate",
            "lexicon",
            "structure",
            "analysis",
            "config",
            "workspace",
            "rules",
            "features",
            "store",
            "project",
        ],
    ),
    (
        "cli",
        &["text", "lexicon", "structure", "analysis", "config", "workspace", "rules", "features", "store", "project"],
    ),
];

/// Folders that may touch the world outside: all others are the core.
pub(crate) const SHELLS: [&str; 4] = ["store", "project", "lsp", "cli"];

/// The rooms of the core.
pub(crate) fn core() -> impl Iterator<Item = &'static str> {
    ARROW.iter().map(|(room, _)| *room).filter(|room| !SHELLS.contains(room))
}

/// The files of the core.
pub(crate) fn core_sources() -> impl Iterator<Item = &'static Source> {
    sources().iter().filter(|source| core().any(|room| room == source.room()))
}

#[test]
fn nothing_points_back_along_the_arrow() {
    let mut broken = BTreeSet::new();
    let mut check = |source: &Source, line: usize, named: &str| {
        let Some((room, allowed)) = ARROW.iter().find(|(room, _)| *room == source.room()) else { return };
        let is_room = ARROW.iter().any(|(known, _)| *known == named);
        let starts_the_server = *room == "cli" && named == "lsp";
        if is_room && named != *room && !allowed.contains(&named) && !starts_the_server {
            broken.insert(format!("{}: {room} uses {named}", source.at(line)));
        }
    };
    // Where it leads, and what is written.
    for edge in edges() {
        check(&sources()[edge.from], edge.line, sources()[edge.to].room());
    }
    for source in sources() {
        for path in &source.paths {
            if let [first, room, ..] = path.segments.as_slice()
                && first == "crate"
            {
                check(source, path.line, room);
            }
        }
    }
    hold(
        &broken.into_iter().collect::<Vec<_>>(),
        "Bytes become text, structure, facts, a workspace, findings, answers, in this order. What points back makes \
         two rooms one: move the shared part to the earlier room.",
    );
}

#[test]
fn every_room_stands_on_the_arrow() {
    let rooms: BTreeSet<&str> = sources().iter().map(Source::room).collect();
    let known = |room: &str| ARROW.iter().any(|(known, _)| *known == room) || room == "lib" || room == "main";
    let broken: Vec<String> = rooms.into_iter().filter(|room| !known(room)).map(str::to_owned).collect();
    hold(&broken, "A new room must say in tests/architecture/arrow.rs what it may use.");
}

#[test]
fn the_crates_page_names_every_room() {
    let page = text_of("src/lib.rs");
    let page: Vec<&str> = page.lines().filter_map(|line| line.strip_prefix("//!")).collect();
    let diagram: String = page
        .iter()
        .skip_while(|l| !l.contains("```text"))
        .skip(1)
        .take_while(|l| !l.contains("```"))
        .copied()
        .collect();
    let drawn: BTreeSet<&str> = diagram.split(|c: char| !c.is_alphanumeric()).collect();
    let mut broken = Vec::new();
    for (room, _) in ARROW {
        if !page.iter().any(|line| line.trim_start().starts_with(&format!("| [`{room}`] |"))) {
            broken.push(format!("{room} has no row in the table of rooms"));
        }
        if !drawn.contains(room) {
            broken.push(format!("{room} is not in the diagram"));
        }
    }
    hold(&broken, "src/lib.rs is where readers learn how the house is built: each room is drawn and described there.");
}

#[test]
fn every_file_is_part_of_the_program_or_its_tests() {
    let broken: Vec<String> = strays().iter().map(|path| format!("src/{path}")).collect();
    hold(&broken, "No `mod` declares these files, so nothing compiles or tests them: declare or delete them.");
}

#[test]
fn nearly_every_line_is_read() {
    let lines: usize = sources().iter().map(|source| source.lines).sum();
    let all = |path: &str| text_of(&format!("src/{path}")).lines().count();
    let whole: usize = sources().iter().map(|source| all(&source.path)).sum();
    assert!(
        lines * 3 > whole * 2,
        "Of {whole} lines, {lines} count as code that is not tests: too few, so these tests look past the program."
    );
}
