//! The real server as an editor meets it: `cargo bench --bench editor`.
//!
//! Starts the release binary on a workspace of invented notes, types, hovers and asks for references, and prints
//! minimum, median and 99th percentile in milliseconds, from the last byte sent to the last byte received. There is no
//! debounce to hide behind: a keystroke counts until the diagnostics of its own version are in.
//! `WHOSAID_BENCH_NOTES` sets the number of notes (default 300).

#![allow(clippy::print_stdout, missing_docs)]

#[allow(dead_code)]
mod support;

use std::io::{BufRead, BufReader, Write};
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
    fn start() -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_whosaid"))
            .arg("lsp")
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

fn row(name: &str, mut times: Vec<Duration>) {
    times.sort();
    let ms = |at: usize| times[at.min(times.len() - 1)].as_secs_f64() * 1000.0;
    println!("{name:<44} {:>9.2} {:>9.2} {:>9.2}", ms(0), ms(times.len() / 2), ms(times.len() * 99 / 100));
}

fn typing(server: &mut Server, uri: &str, text: &str, edits: usize) -> Vec<Duration> {
    server.notify(
        "textDocument/didOpen",
        json!({"textDocument": {"uri": uri, "languageId": "markdown", "version": 1, "text": text}}),
    );
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

    let started = Instant::now();
    let mut server = Server::start();
    let (_, _) = server.request(
        "initialize",
        json!({"processId": std::process::id(), "rootUri": root,
               "capabilities": {"textDocument": {"publishDiagnostics": {"versionSupport": true}}},
               "workspaceFolders": [{"uri": root, "name": "bench"}]}),
    );
    let initialize = started.elapsed();
    server.notify("initialized", json!({}));

    println!("{:<44} {:>9} {:>9} {:>9}", format!("{count} notes; milliseconds"), "minimum", "median", "p99");
    row("start to the answer to initialize", vec![initialize]);
    for (name, text) in [
        ("keystroke to diagnostics, 5 kB", support::note(9001, 5_000)),
        ("keystroke to diagnostics, 20 kB on one line", support::line(9002, 20_000)),
        ("keystroke to diagnostics, 120 kB", support::note(9003, 120_000)),
    ] {
        let uri = format!("{root}/typed-{}.md", text.len());
        row(name, typing(&mut server, &uri, &text, 100));
    }
    let uri = format!("{root}/note-0.md");
    let text = support::note(0, 2000);
    server.notify(
        "textDocument/didOpen",
        json!({"textDocument": {"uri": uri, "languageId": "markdown", "version": 1, "text": text}}),
    );
    server.diagnostics(&uri, 1);
    let name = text.find("Haddad").or_else(|| text.find("Marr")).or_else(|| text.find("Pell")).unwrap_or(0);
    let line = text[..name].matches('\n').count();
    let column = text[text[..name].rfind('\n').map_or(0, |n| n + 1)..name].encode_utf16().count();
    let here = json!({"textDocument": {"uri": uri}, "position": {"line": line, "character": column + 1},
                      "context": {"includeDeclaration": true}});
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
    println!("{:<44} {:>9.1} MB", "resident memory", server.resident_mb());
    server.request("shutdown", Value::Null);
    server.notify("exit", Value::Null);
    let _ = server.child.wait();
    let _ = std::fs::remove_dir_all(&folder);
}
