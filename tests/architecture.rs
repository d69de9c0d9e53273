//! The invariants of the house, each as a test that fails with the sentence that explains it.
//!
//! They read the sources as text: what a file names after `crate::`, which crates it names, how long it is. Test
//! modules (everything below the first `#[cfg(test)]`) and files that are only tests are left out.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use whosaid::analysis::{self, Memo};
use whosaid::structure::Format;
use whosaid::workspace::{Change, FileId, NoteEntry, Workspace};

/// The arrow: a folder may use what stands before it, and itself. `config` hangs between analysis and workspace;
/// `project` reads the disk for the two shells.
const ARROW: [(&str, &[&str]); 12] = [
    ("text", &[]),
    ("lexicon", &["text"]),
    ("structure", &["text", "lexicon"]),
    ("analysis", &["text", "lexicon", "structure"]),
    ("config", &["text", "lexicon", "structure", "analysis"]),
    ("workspace", &["text", "lexicon", "structure", "analysis", "config"]),
    ("rules", &["text", "lexicon", "structure", "analysis", "config", "workspace"]),
    ("features", &["text", "lexicon", "structure", "analysis", "config", "workspace", "rules"]),
    ("store", &["text", "lexicon", "structure", "analysis", "config", "workspace"]),
    ("project", &["text", "lexicon", "structure", "analysis", "config", "workspace", "rules", "store"]),
    (
        "lsp",
        &["text", "lexicon", "structure", "analysis", "config", "workspace", "rules", "features", "store", "project"],
    ),
    (
        "cli",
        &["text", "lexicon", "structure", "analysis", "config", "workspace", "rules", "features", "store", "project"],
    ),
];

/// Folders that may touch the world outside: all others are pure.
const SHELLS: [&str; 4] = ["store", "project", "lsp", "cli"];

/// Lines of a file without its tests. Beyond it a file answers more than one question.
const LONGEST: usize = 450;

/// Files that are longer and wait to be split. The list may only become shorter.
const TOO_LONG: [&str; 0] = [];

/// A source file: its path below `src` and its text without tests.
struct Source {
    path: String,
    code: String,
}

impl Source {
    /// The first part of its path: its folder, or its name without extension.
    fn room(&self) -> &str {
        let first = self.path.split('/').next().unwrap_or("");
        first.strip_suffix(".rs").unwrap_or(first)
    }

    /// Its lines with their numbers, comments left out.
    fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        let code = |line: &&str| !line.trim_start().starts_with("//");
        self.code.lines().enumerate().filter(move |(_, line)| code(line)).map(|(n, line)| (n + 1, line))
    }
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    collect(&root, &mut files);
    files.sort();
    let read = |path: &PathBuf| {
        let text = fs::read_to_string(path).unwrap();
        let code: Vec<&str> = text.lines().take_while(|line| line.trim() != "#[cfg(test)]").collect();
        let path = path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
        Source { path, code: code.join("\n") }
    };
    files.iter().map(read).filter(|source| !is_test(&source.path)).collect()
}

fn is_test(path: &str) -> bool {
    path.ends_with("/tests.rs")
        || path.ends_with("/testing.rs")
        || path.ends_with("/fixture.rs")
        || path.ends_with("/any_text.rs")
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|e| e == "rs") {
            files.push(path);
        }
    }
}

/// The rooms that a line names after `crate::`, braces opened.
fn rooms_named(line: &str) -> Vec<&str> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let mut found = Vec::new();
    for (at, _) in line.match_indices("crate::") {
        // `$crate::` of a macro is this crate, too; `a_crate::` is not.
        if line[..at].ends_with(is_word) {
            continue;
        }
        let rest = &line[at + "crate::".len()..];
        if let Some(list) = rest.strip_prefix('{') {
            let list = list.split('}').next().unwrap_or("");
            found.extend(list.split(',').filter_map(|part| part.trim().split("::").next()));
        } else {
            found.push(rest.split(|c: char| !is_word(c)).next().unwrap_or(""));
        }
    }
    found
}

#[track_caller]
fn hold(broken: &[String], because: &str) {
    assert!(broken.is_empty(), "{because}\n{}", broken.join("\n"));
}

#[test]
fn nothing_points_back_along_the_arrow() {
    let mut broken = Vec::new();
    for source in sources() {
        let Some((room, allowed)) = ARROW.iter().find(|(room, _)| *room == source.room()) else { continue };
        for (number, line) in source.lines() {
            for named in rooms_named(line) {
                let is_room = ARROW.iter().any(|(room, _)| *room == named);
                let starts_the_server = *room == "cli" && named == "lsp";
                if is_room && named != *room && !allowed.contains(&named) && !starts_the_server {
                    broken.push(format!("src/{}:{number}: {room} uses {named}", source.path));
                }
            }
        }
    }
    hold(
        &broken,
        "Bytes become text, structure, facts, a workspace, findings, answers, in this order. What points back makes \
         two rooms one: move the shared part to the earlier room.",
    );
}

#[test]
fn every_room_stands_on_the_arrow() {
    let rooms: BTreeSet<String> = sources().iter().map(|s| s.room().to_owned()).collect();
    let known = |room: &String| ARROW.iter().any(|(known, _)| known == room) || room == "lib" || room == "main";
    let broken: Vec<String> = rooms.into_iter().filter(|room| !known(room)).collect();
    hold(&broken, "A new room must say in tests/architecture.rs what it may use.");
}

#[test]
fn the_protocol_stays_in_its_shell() {
    let crates = ["tower_lsp", "lsp_types", "tokio", "tokio_util", "dashmap", "ropey", "futures"];
    let mut broken = Vec::new();
    for source in sources().iter().filter(|s| s.room() != "lsp") {
        for (number, line) in source.lines() {
            if let Some(named) = crates.iter().find(|name| line.contains(&format!("{name}::"))) {
                broken.push(format!("src/{}:{number}: {named}", source.path));
            }
        }
    }
    hold(
        &broken,
        "Only lsp/ knows the protocol and runs asynchronously, so that the core can be used and tested without it.",
    );
}

#[test]
fn only_the_command_line_prints() {
    let mut broken = Vec::new();
    for source in sources().iter().filter(|s| !matches!(s.room(), "cli" | "main")) {
        for (number, line) in source.lines() {
            if ["println!(", "print!(", "dbg!(", "stdout()"].iter().any(|call| line.contains(call)) {
                let is_error = line.contains("eprintln!(") || line.contains("eprint!(");
                let is_wire = source.room() == "lsp" && line.contains("stdout()");
                if !is_error && !is_wire {
                    broken.push(format!("src/{}:{number}: {}", source.path, line.trim()));
                }
            }
        }
    }
    hold(&broken, "Standard output belongs to the protocol while the server runs: one stray word breaks the wire.");
}

#[test]
fn the_core_touches_no_disk_no_clock_and_no_thread() {
    let outside =
        ["std::fs", "std::net", "std::process", "std::env", "std::thread", "std::io", "SystemTime", "Instant"];
    let mut broken = Vec::new();
    for source in sources().iter().filter(|s| !SHELLS.contains(&s.room()) && s.room() != "main") {
        for (number, line) in source.lines() {
            if let Some(what) = outside.iter().find(|what| line.contains(**what)) {
                broken.push(format!("src/{}:{number}: {what}", source.path));
            }
            if line.contains("async ") || line.contains(".await") {
                broken.push(format!("src/{}:{number}: async", source.path));
            }
        }
    }
    hold(
        &broken,
        "The core is pure functions of text, lists and configuration: the same input gives the same answer anywhere.",
    );
}

#[test]
fn only_the_lexicon_reads_word_lists() {
    let mut broken = Vec::new();
    for source in sources().iter().filter(|s| s.room() != "lexicon") {
        for (number, line) in source.lines() {
            if line.contains("lexicon/data") {
                broken.push(format!("src/{}:{number}: {}", source.path, line.trim()));
            }
        }
    }
    hold(&broken, "A list of words has one reader and one meaning: ask lexicon/ for it by name.");
}

#[test]
fn the_core_cannot_fail() {
    let mut broken = Vec::new();
    for source in sources() {
        for (number, line) in source.lines() {
            let panics = [".unwrap()", "panic!(", "unreachable!(", "todo!(", "unimplemented!("];
            if let Some(what) = panics.iter().find(|what| line.contains(**what)) {
                broken.push(format!("src/{}:{number}: {what}", source.path));
            }
        }
    }
    hold(
        &broken,
        "Any text is a valid note, and an analyst's editor must not lose its server over one: handle the case.",
    );
}

#[test]
fn lines_and_columns_exist_at_the_rim_only() {
    let mut broken = Vec::new();
    for source in sources().iter().filter(|s| !matches!(s.room(), "text" | "lsp" | "cli")) {
        for (number, line) in source.lines() {
            if line.contains("LineColumn") || line.contains("Encoding") {
                broken.push(format!("src/{}:{number}: {}", source.path, line.trim()));
            }
        }
    }
    hold(
        &broken,
        "Inside, a position is a byte. Columns depend on the editor's encoding and are made where it is known.",
    );
}

#[test]
fn both_shells_check_by_the_same_function() {
    for shell in ["lsp", "cli"] {
        let calls = sources().iter().any(|s| s.room() == shell && s.code.contains("rules::check("));
        assert!(calls, "{shell} must find what is wrong by rules::check, so that editor and command line agree.");
    }
}

#[test]
fn every_file_says_what_it_is() {
    let silent = |s: &Source| !s.code.trim_start().starts_with("//!");
    let broken: Vec<String> = sources().iter().filter(|s| silent(s)).map(|s| format!("src/{}", s.path)).collect();
    hold(&broken, "A file begins with //!: what it is, why it is so, how to read it.");
}

#[test]
fn a_file_answers_one_question() {
    let mut broken = Vec::new();
    for source in sources() {
        let lines = source.code.lines().count();
        let listed = TOO_LONG.contains(&source.path.as_str());
        if lines > LONGEST && !listed {
            broken.push(format!("src/{}: {lines} lines", source.path));
        }
    }
    hold(&broken, "Past 450 lines (tests not counted) a file answers more than one question: split it by question.");
}

#[test]
fn a_file_that_was_split_leaves_the_list() {
    let all = sources();
    let long = |path: &&str| all.iter().any(|s| s.path == **path && s.code.lines().count() > LONGEST);
    let broken: Vec<String> = TOO_LONG.iter().filter(|path| !long(path)).map(|path| (*path).to_owned()).collect();
    hold(&broken, "These are short enough now or gone: take them off the list TOO_LONG, so that they stay so.");
}

#[test]
fn nothing_can_reach_the_network() {
    let lock = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.lock")).unwrap();
    let clients = ["reqwest", "ureq", "hyper", "curl", "isahc", "rustls", "native-tls", "openssl", "attohttpc"];
    let named = |name: &&&str| lock.contains(&format!("name = \"{name}\"\n"));
    let broken: Vec<String> = clients.iter().filter(named).map(|name| (*name).to_owned()).collect();
    hold(&broken, "What analysts write is confidential: no dependency may be able to send it anywhere.");
}

#[test]
fn an_edit_changes_no_other_notes_facts() {
    let entry = |path: &str, text: &str| {
        NoteEntry::new(
            path,
            text,
            analysis::analyze(text, Format::of_path(path), &Default::default(), &mut Memo::default()),
        )
    };
    let mut workspace = Workspace::default();
    let person = "---\ntype: person\nname: Nadim Haddad\n---\n";
    workspace.apply(Change::Note(FileId(0), entry("people/haddad.md", person)));
    workspace.apply(Change::Note(
        FileId(1),
        entry("a.md", "Nadim Haddad, the trade minister, met Lidia Marr in Port Sarn."),
    ));
    let before = workspace.snapshot();
    workspace.apply(Change::Note(FileId(0), entry("people/haddad.md", &person.replace("Nadim", "Rana"))));
    workspace.apply(Change::Removed(FileId(0)));
    let after = workspace.snapshot();
    let facts =
        |snapshot: &whosaid::workspace::Snapshot| snapshot.full(FileId(1)).map(|note| note.facts.clone()).unwrap();
    assert!(
        Arc::ptr_eq(&facts(&before), &facts(&after)),
        "Editing one note must not change another note's facts: what names resolve to is the workspace's to say."
    );
    assert!(after.revision() > before.revision(), "Every change raises the revision, or readers keep stale answers.");
}
