//! What the core does not touch, and what only one room touches.

use crate::arrow::core_sources;
use crate::facts::Deed;
use crate::owed::hold;
use crate::sources::sources;

#[test]
fn the_core_touches_no_disk_no_clock_and_no_thread() {
    let modules = ["fs", "net", "process", "env", "thread", "io"];
    let names = ["SystemTime", "Instant", "OpenOptions", "TcpStream", "UdpSocket"];
    let on_disk = ["is_file", "is_dir", "canonicalize", "read_dir", "symlink_metadata", "try_exists"];
    let mut broken = Vec::new();
    for source in core_sources() {
        for path in &source.paths {
            let words: Vec<&str> = path.segments.iter().map(String::as_str).collect();
            let of_std = matches!(words.as_slice(), ["std", module, ..] if modules.contains(module));
            let asks_the_clock = words.len() > 1 && words.last() == Some(&"now");
            if of_std || asks_the_clock || words.iter().any(|word| names.contains(word)) {
                broken.push(format!("{}: {}", source.at(path.line), words.join("::")));
            }
        }
        for act in &source.acts {
            if act.kind == Deed::Async || act.kind == Deed::Method && on_disk.contains(&act.name.as_str()) {
                broken.push(format!("{}: {}", source.at(act.line), act.name));
            }
        }
    }
    hold(
        &broken,
        "The core is pure functions of text, lists and configuration: the same input gives the same answer anywhere.",
    );
}

#[test]
fn the_protocol_stays_in_its_shell() {
    let crates = ["tower_lsp", "tower", "lsp_types", "tokio", "tokio_util", "dashmap", "ropey", "futures"];
    let mut broken = Vec::new();
    for source in sources().iter().filter(|s| s.room() != "lsp") {
        for path in &source.paths {
            if path.segments.len() > 1 && crates.contains(&path.segments[0].as_str()) {
                broken.push(format!("{}: {}", source.at(path.line), path.segments.join("::")));
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
        for act in source.acts.iter().filter(|act| act.kind == Deed::Macro) {
            if matches!(act.name.as_str(), "println" | "print" | "dbg") {
                broken.push(format!("{}: {}!", source.at(act.line), act.name));
            }
        }
        for path in source.paths.iter().filter(|path| path.segments.last().is_some_and(|word| word == "stdout")) {
            if source.room() != "lsp" {
                broken.push(format!("{}: {}", source.at(path.line), path.segments.join("::")));
            }
        }
    }
    hold(&broken, "Standard output belongs to the protocol while the server runs: one stray word breaks the wire.");
}

#[test]
fn lines_and_columns_exist_at_the_rim_only() {
    let mut broken = Vec::new();
    for source in sources().iter().filter(|s| !matches!(s.room(), "text" | "lsp" | "cli")) {
        for path in &source.paths {
            if path.segments.iter().any(|word| word == "LineColumn" || word == "Encoding") {
                broken.push(format!("{}: {}", source.at(path.line), path.segments.join("::")));
            }
        }
    }
    hold(
        &broken,
        "Inside, a position is a byte. Columns depend on the editor's encoding and are made where it is known.",
    );
}
