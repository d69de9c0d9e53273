//! The real server as an editor meets it: `cargo bench --bench editor`.
//!
//! Starts the release binary on a workspace of invented notes, types, hovers and asks for references, and prints
//! minimum, median and 99th percentile in milliseconds, from the last byte sent to the last byte received. There is no
//! debounce to hide behind: a keystroke counts until the diagnostics of its own version are in.
//! `WHOSAID_BENCH_NOTES` sets the number of notes (default 300). With `-- --table` the figures are rows of a Markdown
//! table, as in docs/PERFORMANCE.md.

#![allow(clippy::print_stdout, missing_docs)]

#[allow(dead_code)]
mod support;

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

struct Server {
    child: Child,
    input: ChildStdin,
    output: Receiver<(Instant, Value)>,
    id: i64,
}

impl Server {
    /// A server that keeps what it learns in `cache`, on the notes below `root`; with the time until it was initialized.
    fn on(root: &str, cache: &Path) -> (Self, Duration) {
        let started = Instant::now();
        let mut server = Self::start(cache);
        server.request(
            "initialize",
            json!({"processId": std::process::id(), "rootUri": root,
                   "capabilities": {"textDocument": {"publishDiagnostics": {"versionSupport": true}},
                                    "window": {"workDoneProgress": true}},
                   "workspaceFolders": [{"uri": root, "name": "bench"}]}),
        );
        let initialized = started.elapsed();
        server.notify("initialized", json!({}));
        (server, initialized)
    }

    fn open(&mut self, uri: &str, text: &str) {
        self.notify(
            "textDocument/didOpen",
            json!({"textDocument": {"uri": uri, "languageId": "markdown", "version": 1, "text": text}}),
        );
    }

    /// Waits until all notes were read or looked at.
    fn indexed(&mut self) {
        self.wait(|m| m["method"] == "$/progress" && m["params"]["value"]["kind"] == "end");
    }

    fn end(mut self) {
        self.request("shutdown", Value::Null);
        self.notify("exit", Value::Null);
        let _ = self.child.wait();
    }

    fn start(cache: &Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_whosaid"))
            .arg("lsp")
            .env("WHOSAID_CACHE_DIR", cache)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the server starts");
        let input = child.stdin.take().expect("piped");
        let mut stdout = BufReader::new(child.stdout.take().expect("piped"));
        let (send, output) = channel();
        std::thread::spawn(move || {
            while let Some(body) = read(&mut stdout) {
                let at = Instant::now();
                let Ok(message) = serde_json::from_slice(&body) else { return };
                if send.send((at, message)).is_err() {
                    return;
                }
            }
        });
        Self { child, input, output, id: 0 }
    }

    fn send(&mut self, message: &Value) {
        let body = message.to_string();
        write!(self.input, "Content-Length: {}\r\n\r\n{body}", body.len()).expect("the server reads");
        self.input.flush().expect("the server reads");
    }

    fn notify(&mut self, method: &str, params: Value) {
        self.send(&json!({"jsonrpc": "2.0", "method": method, "params": params}));
    }

    fn request(&mut self, method: &str, params: Value) -> (Duration, Value) {
        self.id += 1;
        let id = self.id;
        let sent = Instant::now();
        self.send(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}));
        let (at, answer) = self.wait(|message| message["id"] == id && message.get("method").is_none());
        (at - sent, answer["result"].clone())
    }

    fn wait(&mut self, wanted: impl Fn(&Value) -> bool) -> (Instant, Value) {
        loop {
            let (at, message) =
                self.output.recv_timeout(Duration::from_secs(120)).expect("an answer within two minutes");
            if wanted(&message) {
                return (at, message);
            }
            if message.get("method").is_some() && message.get("id").is_some() {
                let result = if message["method"] == "workspace/configuration" { json!([null]) } else { Value::Null };
                self.send(&json!({"jsonrpc": "2.0", "id": message["id"], "result": result}));
            }
        }
    }

    fn diagnostics(&mut self, uri: &str, version: i64) -> (Instant, Value) {
        self.wait(|m| {
            m["method"] == "textDocument/publishDiagnostics"
                && m["params"]["uri"] == uri
                && m["params"]["version"].as_i64() == Some(version)
        })
    }

    fn resident_mb(&self) -> f64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let line = status.lines().find(|line| line.starts_with("VmRSS")).unwrap_or_default();
        line.split_whitespace().nth(1).and_then(|kb| kb.parse::<f64>().ok()).unwrap_or(0.0) / 1024.0
    }
}

fn read(stdout: &mut impl BufRead) -> Option<Vec<u8>> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if stdout.read_line(&mut line).ok()? == 0 {
            return None;
        }
        if line.trim().is_empty() {
            break;
        }
        if let Some(value) = line.strip_prefix("Content-Length:") {
            length = value.trim().parse().ok()?;
        }
    }
    let mut body = vec![0; length];
    stdout.read_exact(&mut body).ok()?;
    Some(body)
}

fn is_table() -> bool {
    std::env::args().any(|argument| argument == "--table")
}

fn row(name: &str, mut times: Vec<Duration>) {
    times.sort();
    let ms = |at: usize| times[at.min(times.len() - 1)].as_secs_f64() * 1000.0;
    let (least, median, most) = (ms(0), ms(times.len() / 2), ms(times.len() * 99 / 100));
    if is_table() {
        println!("| {name} | {least:.2} | {median:.2} | {most:.2} |");
    } else {
        println!("{name:<44} {least:>9.2} {median:>9.2} {most:>9.2}");
    }
}

fn typing(server: &mut Server, uri: &str, text: &str, edits: usize) -> Vec<Duration> {
    server.open(uri, text);
    server.diagnostics(uri, 1);
    let line = text.lines().count() as u32 / 2;
    let column = text.lines().nth(line as usize).map_or(0, |l| l.encode_utf16().count() as u32 / 2);
    (0..edits)
        .map(|n| {
            let at = json!({"line": line, "character": column + n as u32});
            let version = n as i64 + 2;
            let sent = Instant::now();
            server.notify(
                "textDocument/didChange",
                json!({"textDocument": {"uri": uri, "version": version},
                       "contentChanges": [{"range": {"start": at, "end": at}, "text": "x"}]}),
            );
            server.diagnostics(uri, version).0 - sent
        })
        .collect()
}

fn main() {
    let count = std::env::var("WHOSAID_BENCH_NOTES").ok().and_then(|n| n.parse().ok()).unwrap_or(300usize);
    let folder = std::env::temp_dir().join(format!("whosaid-bench-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a temporary folder");
    for n in 0..count {
        std::fs::write(folder.join(format!("note-{n}.md")), support::note(n as u64, 2000)).expect("a note is written");
    }
    let root = format!("file://{}", folder.display());

    let cache = tempfile::tempdir().expect("a temporary folder");
    let first_uri = format!("{root}/note-0.md");
    let first = support::note(0, 2000);
    let name = first.find("Haddad").or_else(|| first.find("Marr")).or_else(|| first.find("Pell")).unwrap_or(0);
    let line = first[..name].matches('\n').count();
    let column = first[first[..name].rfind('\n').map_or(0, |n| n + 1)..name].encode_utf16().count();
    let here = json!({"textDocument": {"uri": first_uri}, "position": {"line": line, "character": column + 1},
                      "context": {"includeDeclaration": true}});

    let heading = format!("{count} notes; milliseconds");
    if is_table() {
        println!("| {heading} | minimum | median | p99 |\n|---|---|---|---|");
    } else {
        println!("{heading:<44} {:>9} {:>9} {:>9}", "minimum", "median", "p99");
    }
    let began = Instant::now();
    let (mut server, initialize) = Server::on(&root, cache.path());
    server.indexed();
    row("start to the answer to initialize", vec![initialize]);
    row("first start until all notes are read", vec![began.elapsed()]);
    server.open(&first_uri, &first);
    let (_, all) = server.request("textDocument/references", here.clone());
    let places = all.as_array().map_or(0, Vec::len);
    server.end();
    let began = Instant::now();
    let (mut server, _) = Server::on(&root, cache.path());
    server.open(&first_uri, &first);
    let (_, again) = server.request("textDocument/references", here.clone());
    row("later start until references are answered", vec![began.elapsed()]);
    assert_eq!(again.as_array().map_or(0, Vec::len), places, "the first answer of a later start is whole");
    server.indexed();
    server.notify("textDocument/didClose", json!({"textDocument": {"uri": first_uri}}));

    for (name, text) in [
        ("keystroke to diagnostics, 5 kB", support::note(9001, 5_000)),
        ("keystroke to diagnostics, 20 kB on one line", support::line(9002, 20_000)),
        ("keystroke to diagnostics, 120 kB", support::note(9003, 120_000)),
    ] {
        let uri = format!("{root}/typed-{}.md", text.len());
        row(name, typing(&mut server, &uri, &text, 100));
    }
    server.open(&first_uri, &first);
    server.diagnostics(&first_uri, 1);
    for (name, method) in [
        ("hover", "textDocument/hover"),
        ("definition", "textDocument/definition"),
        ("references", "textDocument/references"),
    ] {
        let times = (0..50).map(|_| server.request(method, here.clone()).0).collect();
        row(name, times);
    }
    let times = (0..50).map(|_| server.request("workspace/symbol", json!({"query": "haddad"})).0).collect();
    row("workspace symbols", times);
    let memory = server.resident_mb();
    match is_table() {
        true => println!("| resident memory | | {memory:.0} MB | |"),
        false => println!("{:<44} {memory:>9.1} MB", "resident memory"),
    }
    server.end();
    let _ = std::fs::remove_dir_all(&folder);
}
