//! What real editors send, recorded once and replayed: every request of theirs is answered, and where there was an
//! answer with something in it then, there is one now.
//!
//! `tests/editors/run.sh` records the transcripts (`WHOSAID_RECORD=tests/protocol/transcripts tests/editors/run.sh
//! neovim`); they are of the same small folder of notes that stands there.

use std::collections::HashSet;
use std::path::Path;

use serde_json::{Value, json};
use tower_lsp::lsp_types::Url;

use crate::harness::Client;

/// A replay in progress.
struct Replay {
    client: Client,
    /// Requests that the editor itself cancelled: either answer is right.
    cancelled: HashSet<String>,
    /// How each request was answered when it was recorded, by its id.
    recorded: Vec<(Value, String)>,
    /// What is not as it was.
    wrong: Vec<String>,
}

impl Replay {
    /// Replies to what the server asks, as any editor does: nothing set, and yes to everything else.
    async fn reply(&mut self) {
        let asked: Vec<Value> = self
            .client
            .unread()
            .filter(|message| message.get("method").is_some() && message.get("id").is_some())
            .cloned()
            .collect();
        self.client.forget_requests();
        for request in asked {
            let result = if request["method"] == "workspace/configuration" { json!([null]) } else { Value::Null };
            self.client.send(json!({ "jsonrpc": "2.0", "id": request["id"], "result": result })).await;
        }
    }

    async fn take(&mut self, message: Value) {
        let method = message["method"].to_string();
        let id = message.get("id").cloned();
        self.client.send(message).await;
        let Some(id) = id else { return };
        let answer = self.client.answer(&id).await;
        self.reply().await;
        let known = self.recorded.iter().find(|(known, _)| *known == id).map_or("none", |(_, kind)| kind.as_str());
        let now = match (answer.get("error"), &answer["result"]) {
            (Some(_), _) => "error",
            (None, Value::Null) => "null",
            (None, Value::Array(all)) if all.is_empty() => "null",
            _ => "value",
        };
        let allowed = match known {
            // An editor may ask before everything was read, so that more is known now.
            "null" | "none" => now != "error",
            "error" => self.cancelled.contains(&id.to_string()) || now == "error",
            _ => now == known,
        };
        if !allowed {
            self.wrong.push(format!("{method} ({id}) was answered with {known}, now with {answer}"));
        }
    }

    /// Waits until all notes are known, so that answers do not depend on who is faster.
    async fn settle(&mut self) {
        for number in 0.. {
            let id = json!(format!("status {number}"));
            let params = json!({ "command": "whosaid.status", "arguments": [] });
            self.client
                .send(json!({ "jsonrpc": "2.0", "id": id, "method": "workspace/executeCommand", "params": params }))
                .await;
            let status = self.client.answer(&id).await;
            self.reply().await;
            if status["result"]["index"] == "ready" && status["result"]["notes"] == 2 {
                return;
            }
        }
    }
}

async fn replay(name: &str) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let transcript = std::fs::read_to_string(root.join("protocol/transcripts").join(name)).expect("a transcript");
    let folder = tempfile::tempdir().expect("a folder");
    copy(&root.join("editors/workspace"), folder.path());
    let path = folder.path().to_string_lossy().replace('\\', "/");
    let uri = Url::from_file_path(folder.path()).expect("a path").to_string();
    let here = |line: &str| line.replace("file:///WORKSPACE", &uri).replace("/WORKSPACE", &path);
    let lines: Vec<Value> =
        transcript.lines().map(|line| serde_json::from_str(&here(line)).expect("a message")).collect();
    // An editor that restarts the server begins anew, and so do its numbers.
    let begins = |line: &Value| line["client"]["method"] == "initialize";
    let starts: Vec<usize> = (0..lines.len()).filter(|&at| begins(&lines[at])).chain([lines.len()]).collect();
    assert!(starts.len() > 1, "{name} holds no session");
    for session in starts.windows(2) {
        self::session(name, &lines[session[0]..session[1]]).await;
    }
}

async fn session(name: &str, lines: &[Value]) {
    let asked = lines.iter().filter(|line| line["client"]["method"] == "$/cancelRequest");
    let answers = lines
        .iter()
        .filter_map(|line| Some((line["server"]["id"].clone(), line["server"]["answer"].as_str()?.to_owned())));
    let mut replay = Replay {
        client: Client::connect(whosaid::lsp::connect),
        cancelled: asked.map(|line| line["client"]["params"]["id"].to_string()).collect(),
        recorded: answers.collect(),
        wrong: Vec::new(),
    };
    let sent = |method: &str| lines.iter().any(|line| line["client"]["method"] == method);
    assert!(sent("initialized") && sent("textDocument/didOpen"), "{name} holds no whole session");
    for line in lines {
        let method = line["client"]["method"].as_str().unwrap_or_default();
        if method == "exit" {
            // What an editor still asks after that, nobody hears.
            break;
        }
        if method.is_empty() {
            continue;
        }
        replay.take(line["client"].clone()).await;
        if method == "initialized" {
            replay.settle().await;
        }
    }
    assert_eq!(replay.wrong, Vec::<String>::new(), "{name}");
    replay.client.hang_up();
    assert_eq!(replay.client.exit_code().await, u8::from(!sent("shutdown")), "{name}");
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("it can be made");
    for entry in std::fs::read_dir(from).expect("it is there") {
        let entry = entry.expect("it can be read");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).expect("it can be copied");
        }
    }
}

#[tokio::test]
async fn neovim() {
    replay("neovim.jsonl").await;
}

#[tokio::test]
async fn emacs() {
    replay("emacs.jsonl").await;
}

#[tokio::test]
async fn vim() {
    replay("vim.jsonl").await;
}

#[tokio::test]
async fn vs_code() {
    replay("vscode.jsonl").await;
}

#[tokio::test]
async fn helix() {
    replay("helix.jsonl").await;
}

#[tokio::test]
async fn kakoune() {
    replay("kakoune.jsonl").await;
}
