//! A language server on standard input and output as an editor drives it; ours, or any other.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// A server that runs.
pub(crate) struct Server {
    child: Child,
    input: ChildStdin,
    output: Receiver<(Instant, Value)>,
    id: i64,
    /// How long an answer may take; then there is none.
    pub(crate) patience: Duration,
    /// What it says that it can.
    pub(crate) capabilities: Value,
}

impl Server {
    /// Starts a server in the folder `root`, whose URI is `uri`; with the time until it was initialized. None if it does
    /// not start or does not answer.
    pub(crate) fn on(command: &mut Command, root: &Path, uri: &str) -> Option<(Self, Duration)> {
        let started = Instant::now();
        let mut server = Self::start(command.current_dir(root))?;
        let (_, answer) = server.ask(
            "initialize",
            json!({"processId": std::process::id(), "rootUri": uri, "rootPath": root,
                   "capabilities": {"general": {"positionEncodings": ["utf-16"]},
                                    "textDocument": {"publishDiagnostics": {"versionSupport": true},
                                                     "hover": {"contentFormat": ["markdown"]},
                                                     "definition": {}, "references": {}},
                                    "workspace": {"configuration": true, "symbol": {}, "workspaceFolders": true},
                                    "window": {"workDoneProgress": true}},
                   "workspaceFolders": [{"uri": uri, "name": "bench"}]}),
        )?;
        let initialized = started.elapsed();
        server.capabilities = answer["capabilities"].clone();
        server.notify("initialized", json!({}));
        Some((server, initialized))
    }

    fn start(command: &mut Command) -> Option<Self> {
        let piped = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = piped.spawn().ok()?;
        let input = child.stdin.take()?;
        let mut stdout = BufReader::new(child.stdout.take()?);
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
        Some(Self { child, input, output, id: 0, patience: Duration::from_secs(120), capabilities: Value::Null })
    }

    /// Opens a text as its first version.
    pub(crate) fn open(&mut self, uri: &str, text: &str) {
        self.notify(
            "textDocument/didOpen",
            json!({"textDocument": {"uri": uri, "languageId": "markdown", "version": 1, "text": text}}),
        );
    }

    pub(crate) fn notify(&mut self, method: &str, params: Value) {
        self.send(&json!({"jsonrpc": "2.0", "method": method, "params": params}));
    }

    /// What a request is answered, and how long that took; none if it was not answered in time or refused.
    pub(crate) fn ask(&mut self, method: &str, params: Value) -> Option<(Duration, Value)> {
        self.id += 1;
        let id = self.id;
        let sent = Instant::now();
        self.send(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}));
        let (at, answer) = self.wait(|message| message["id"] == id && message.get("method").is_none())?;
        answer.get("error").is_none().then(|| (at - sent, answer["result"].clone()))
    }

    /// The next message that is wanted; what others ask of an editor is answered on the way.
    pub(crate) fn wait(&mut self, wanted: impl Fn(&Value) -> bool) -> Option<(Instant, Value)> {
        let until = Instant::now() + self.patience;
        loop {
            let (at, message) = self.output.recv_timeout(until.saturating_duration_since(Instant::now())).ok()?;
            if wanted(&message) {
                return Some((at, message));
            }
            if message.get("method").is_some() && message.get("id").is_some() {
                let items = message["params"]["items"].as_array().map_or(1, Vec::len);
                let nothing = vec![Value::Null; items];
                let result = if message["method"] == "workspace/configuration" { json!(nothing) } else { Value::Null };
                self.send(&json!({"jsonrpc": "2.0", "id": message["id"], "result": result}));
            }
        }
    }

    /// The diagnostics of a version of a text; of whatever version from a server that does not tell.
    pub(crate) fn diagnostics(&mut self, uri: &str, version: i64) -> Option<Instant> {
        let of_version = |params: &Value| params["version"].as_i64().is_none_or(|known| known == version);
        let wanted = |m: &Value| {
            m["method"] == "textDocument/publishDiagnostics" && m["params"]["uri"] == uri && of_version(&m["params"])
        };
        self.wait(wanted).map(|(at, _)| at)
    }

    /// Whether a report of progress has ended among the messages that are there already.
    pub(crate) fn progress_ended(&mut self) -> bool {
        let mut ended = false;
        while let Ok((_, message)) = self.output.try_recv() {
            ended |= is_end(&message);
        }
        ended
    }

    /// Waits until a report of progress ends: all notes were read or looked at.
    pub(crate) fn indexed(&mut self) {
        self.wait(is_end);
    }

    /// Memory now, in megabytes; 0 where the system does not tell.
    pub(crate) fn resident_mb(&self) -> f64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let line = status.lines().find(|line| line.starts_with("VmRSS")).unwrap_or_default();
        line.split_whitespace().nth(1).and_then(|kb| kb.parse::<f64>().ok()).unwrap_or(0.0) / 1024.0
    }

    /// Asks it to end, and ends it if it does not.
    pub(crate) fn end(mut self) {
        self.ask("shutdown", Value::Null);
        self.notify("exit", Value::Null);
        let until = Instant::now() + self.patience;
        while Instant::now() < until {
            if !matches!(self.child.try_wait(), Ok(None)) {
                return;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    fn send(&mut self, message: &Value) {
        let body = message.to_string();
        // A server that is gone is noticed when its answer does not come.
        let _ = write!(self.input, "Content-Length: {}\r\n\r\n{body}", body.len());
        let _ = self.input.flush();
    }
}

fn is_end(message: &Value) -> bool {
    message["method"] == "$/progress" && message["params"]["value"]["kind"] == "end"
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
