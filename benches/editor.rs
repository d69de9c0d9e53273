//! The real server as an editor meets it: `cargo bench --bench editor`.
//!
//! Starts the release binary on a workspace of invented notes, types, hovers and asks for references, and prints
//! minimum, median and 99th percentile in milliseconds, from the last byte sent to the last byte received. There is no
//! debounce to hide behind: a keystroke counts until the diagnostics of its own version are in. Then it asks the same of
//! every other language server for prose or notes that is installed ([`PEERS`], looked for on `PATH`).
//! `WHOSAID_BENCH_NOTES` sets the number of notes (default 300). With `-- --table` the figures are rows of a Markdown
//! table, as in docs/PERFORMANCE.md.

#![allow(clippy::print_stdout, missing_docs)]

#[allow(dead_code)]
mod support;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use support::client::Server;

/// Other servers, and how each is started.
const PEERS: [(&str, &[&str]); 10] = [
    ("markdown-oxide", &[]),
    ("marksman", &["server"]),
    ("iwes", &[]),
    ("zk", &["lsp"]),
    ("harper-ls", &["--stdio"]),
    ("vale-ls", &[]),
    ("ltex-ls-plus", &[]),
    ("typos-lsp", &[]),
    ("rumdl", &["server"]),
    ("bibli-ls", &[]),
];
/// How long a peer may take for one answer.
const PATIENCE: Duration = Duration::from_secs(20);
/// Keystrokes and questions of each kind, of our server and of a peer.
const TIMES: (usize, usize) = (100, 25);

/// Where the notes are, and what is asked about them.
struct Notes {
    folder: PathBuf,
    root: String,
    /// A note that names somebody, and a place on that name.
    first: String,
    here: Value,
}

impl Notes {
    fn write(count: usize) -> Self {
        let folder = std::env::temp_dir().join(format!("whosaid-bench-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a temporary folder");
        for n in 0..count {
            std::fs::write(folder.join(format!("note-{n}.md")), support::note(n as u64, 2000))
                .expect("a note is written");
        }
        let root = format!("file://{}", folder.display());
        let first = support::note(0, 2000);
        let name = ["Haddad", "Marr", "Pell"].iter().find_map(|name| first.find(name)).unwrap_or(0);
        let line = first[..name].matches('\n').count();
        let column = first[first[..name].rfind('\n').map_or(0, |n| n + 1)..name].encode_utf16().count();
        let here = json!({"textDocument": {"uri": format!("{root}/note-0.md")},
                          "position": {"line": line, "character": column + 1},
                          "context": {"includeDeclaration": true}});
        Self { folder, root, first, here }
    }

    fn first_uri(&self) -> String {
        format!("{}/note-0.md", self.root)
    }

    fn bytes(&self) -> u64 {
        let entries = std::fs::read_dir(&self.folder).expect("the notes");
        entries.filter_map(|entry| entry.ok()?.metadata().ok()).map(|data| data.len()).sum()
    }

    fn whosaid(&self, cache: &Path) -> (Server, Duration) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_whosaid"));
        command.arg("lsp").env("WHOSAID_CACHE_DIR", cache);
        Server::on(&mut command, &self.folder, &self.root).expect("the server answers")
    }
}

fn is_table() -> bool {
    std::env::args().any(|argument| argument == "--table")
}

fn head(heading: &str) {
    if is_table() {
        println!("\n| {heading} | minimum | median | p99 |\n|---|---|---|---|");
    } else {
        println!("\n{heading:<44} {:>9} {:>9} {:>9}", "minimum", "median", "p99");
    }
}

fn row(name: &str, mut times: Vec<Duration>) {
    if times.is_empty() {
        return if is_table() { println!("| {name} | | no answer | |") } else { println!("{name:<44} no answer") };
    }
    times.sort();
    let ms = |at: usize| times[at.min(times.len() - 1)].as_secs_f64() * 1000.0;
    let (least, median, most) = (ms(0), ms(times.len() / 2), ms(times.len() * 99 / 100));
    if is_table() {
        println!("| {name} | {least:.2} | {median:.2} | {most:.2} |");
    } else {
        println!("{name:<44} {least:>9.2} {median:>9.2} {most:>9.2}");
    }
}

fn figure(name: &str, value: f64, unit: &str) {
    if is_table() {
        println!("| {name} | | {value:.1} {unit} | |");
    } else {
        println!("{name:<44} {value:>9.1} {unit}");
    }
}

/// One letter typed in the middle of a text that is open in `version`; the time until its diagnostics are there.
fn keystroke(server: &mut Server, uri: &str, text: &str, version: i64) -> Option<Duration> {
    let line = text.lines().count() as u32 / 2;
    let column = text.lines().nth(line as usize).map_or(0, |l| l.encode_utf16().count() as u32 / 2);
    let at = json!({"line": line, "character": column + version as u32});
    let sent = Instant::now();
    server.notify(
        "textDocument/didChange",
        json!({"textDocument": {"uri": uri, "version": version + 1},
               "contentChanges": [{"range": {"start": at, "end": at}, "text": "x"}]}),
    );
    server.diagnostics(uri, version + 1).map(|at| at - sent)
}

fn typing(server: &mut Server, uri: &str, text: &str, edits: usize) -> Vec<Duration> {
    server.open(uri, text);
    if server.diagnostics(uri, 1).is_none() {
        return Vec::new();
    }
    (1..=edits as i64).map_while(|version| keystroke(server, uri, text, version)).collect()
}

/// Typing while the notes are read for the first time; without a pause between two letters.
fn typing_while_reading(notes: &Notes) -> Vec<Duration> {
    let cache = tempfile::tempdir().expect("a temporary folder");
    let (mut server, _) = notes.whosaid(cache.path());
    let (uri, text) = (format!("{}/typed-early.md", notes.root), support::note(9000, 5_000));
    server.open(&uri, &text);
    server.diagnostics(&uri, 1);
    let mut times = Vec::new();
    while times.len() < 2000 {
        let Some(time) = keystroke(&mut server, &uri, &text, times.len() as i64 + 1) else { break };
        if server.progress_ended() {
            break;
        }
        times.push(time);
    }
    server.end();
    times
}

/// What is asked of every server alike.
fn questions(server: &mut Server, notes: &Notes, name: &str, edits: usize, times: usize) {
    let label = |what: &str| if name.is_empty() { what.to_owned() } else { format!("{name}: {what}") };
    for (what, text) in [
        ("keystroke to diagnostics, 5 kB", support::note(9001, 5_000)),
        ("keystroke to diagnostics, 20 kB on one line", support::line(9002, 20_000)),
        ("keystroke to diagnostics, 120 kB", support::note(9003, 120_000)),
    ] {
        let uri = format!("{}/typed-{}.md", notes.root, text.len());
        row(&label(what), typing(server, &uri, &text, edits));
        server.notify("textDocument/didClose", json!({"textDocument": {"uri": uri}}));
    }
    server.open(&notes.first_uri(), &notes.first);
    for (what, method, capability) in [
        ("hover", "textDocument/hover", "hoverProvider"),
        ("definition", "textDocument/definition", "definitionProvider"),
        ("references", "textDocument/references", "referencesProvider"),
    ] {
        if offers(server, capability) {
            let ask = |_| server.ask(method, notes.here.clone()).map(|(time, _)| time);
            row(&label(what), (0..times).map_while(ask).collect());
        }
    }
    if offers(server, "workspaceSymbolProvider") {
        let ask = |_| server.ask("workspace/symbol", json!({"query": "haddad"})).map(|(time, _)| time);
        row(&label("workspace symbols"), (0..times).map_while(ask).collect());
    }
    figure(&label("resident memory"), server.resident_mb(), "MB");
}

fn offers(server: &Server, capability: &str) -> bool {
    !matches!(server.capabilities[capability], Value::Null | Value::Bool(false))
}

/// Where a program is, if it is on `PATH`.
fn installed(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let places = std::env::split_paths(&path).flat_map(|folder| {
        let plain = folder.join(program);
        let windows = folder.join(format!("{program}.exe"));
        [plain, windows]
    });
    places.into_iter().find(|place| place.is_file())
}

/// The other servers that are installed, on the same notes, in the same run.
fn peers(notes: &Notes) {
    let (found, missing): (Vec<_>, Vec<_>) = PEERS
        .iter()
        .map(|(program, arguments)| (*program, *arguments, installed(program)))
        .partition(|p| p.2.is_some());
    for (program, arguments, place) in found {
        let Some(place) = place else { continue };
        let started = Server::on(Command::new(place).args(arguments), &notes.folder, &notes.root);
        let Some((mut server, initialize)) = started else {
            row(&format!("{program}: start to the answer to initialize"), Vec::new());
            continue;
        };
        server.patience = PATIENCE;
        row(&format!("{program}: start to the answer to initialize"), vec![initialize]);
        questions(&mut server, notes, program, TIMES.1, TIMES.1);
        server.end();
    }
    let names: Vec<&str> = missing.iter().map(|(program, ..)| *program).collect();
    println!("\nNot installed here, and not measured: {}.", names.join(", "));
}

fn main() {
    let count = std::env::var("WHOSAID_BENCH_NOTES").ok().and_then(|n| n.parse().ok()).unwrap_or(300usize);
    let notes = Notes::write(count);
    let megabytes = notes.bytes() as f64 / 1e6;
    head(&format!("{count} notes, {megabytes:.1} MB; milliseconds"));

    let cache = tempfile::tempdir().expect("a temporary folder");
    let began = Instant::now();
    let (mut server, initialize) = notes.whosaid(cache.path());
    server.indexed();
    let read = began.elapsed();
    row("start to the answer to initialize", vec![initialize]);
    row("first start until all notes are read", vec![read]);
    figure("the same", megabytes / read.as_secs_f64(), "MB/s");
    server.open(&notes.first_uri(), &notes.first);
    let asked = server.ask("textDocument/references", notes.here.clone());
    let places = asked.map_or(0, |(_, all)| all.as_array().map_or(0, Vec::len));
    server.end();

    let began = Instant::now();
    let (mut server, _) = notes.whosaid(cache.path());
    server.open(&notes.first_uri(), &notes.first);
    let again = server.ask("textDocument/references", notes.here.clone()).map(|(_, all)| all);
    row(&format!("later start until {places} references are answered"), vec![began.elapsed()]);
    let whole = again.and_then(|all| Some(all.as_array()?.len())) == Some(places);
    assert!(whole, "the first answer of a later start is whole");
    server.indexed();
    server.notify("textDocument/didClose", json!({"textDocument": {"uri": notes.first_uri()}}));
    questions(&mut server, &notes, "", TIMES.0, TIMES.0 / 2);
    server.end();
    row("keystroke to diagnostics, 5 kB, in the first start", typing_while_reading(&notes));

    peers(&notes);
    let _ = std::fs::remove_dir_all(&notes.folder);
}
