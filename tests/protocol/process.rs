//! The binary itself, over real pipes.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::{Value, json};

struct Server {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Server {
    fn start() -> Self {
        Self::keeping(Path::new("/nowhere/to/keep"))
    }

    /// One that keeps what it learns in this folder.
    fn keeping(cache: &Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_whosaid"))
            .arg("lsp")
            .env("WHOSAID_CACHE_DIR", cache)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the server starts");
        let (input, output) = (child.stdin.take().expect("a pipe"), child.stdout.take().expect("a pipe"));
        Self { child, input, output: BufReader::new(output) }
    }

    fn send(&mut self, message: &Value) {
        let body = message.to_string();
        write!(self.input, "Content-Length: {}\r\n\r\n{body}", body.len()).expect("the server reads");
        self.input.flush().expect("the server reads");
    }

    fn receive(&mut self) -> Value {
        let mut length = 0;
        loop {
            let mut line = String::new();
            assert!(self.output.read_line(&mut line).expect("the server writes") > 0, "the server hung up");
            match line.trim_end().strip_prefix("Content-Length: ") {
                Some(digits) => length = digits.parse().expect("a length"),
                None => break,
            }
        }
        let mut body = vec![0; length];
        self.output.read_exact(&mut body).expect("a body");
        serde_json::from_slice(&body).expect("JSON")
    }

    /// The answer to a request, past everything else that comes.
    fn answer(&mut self, id: i64) -> Value {
        loop {
            let message = self.receive();
            if message["id"] == id && message.get("method").is_none() {
                return message;
            }
        }
    }

    fn initialize(&mut self) {
        self.send(&json!({ "jsonrpc": "2.0", "id": 1, "method": "initialize", "params": { "capabilities": {} } }));
        assert!(self.receive()["result"]["capabilities"].is_object());
    }
}

#[test]
fn the_process_ends_at_exit_while_its_input_stays_open() {
    let mut server = Server::start();
    server.initialize();
    server.send(&json!({ "jsonrpc": "2.0", "id": 2, "method": "shutdown", "params": null }));
    assert_eq!(server.receive(), json!({ "jsonrpc": "2.0", "id": 2, "result": null }));
    server.send(&json!({ "jsonrpc": "2.0", "method": "exit", "params": {} }));
    assert_eq!(server.child.wait().expect("it ends").code(), Some(0));
    // Only now does the pipe close.
    drop(server.input);
}

#[test]
fn the_process_ends_with_its_input() {
    let mut server = Server::start();
    server.initialize();
    let Server { mut child, input, .. } = server;
    drop(input);
    assert_eq!(child.wait().expect("it ends").code(), Some(1));
}

impl Server {
    /// Opens a folder, with progress shown.
    fn open(&mut self, folder: &Path) {
        let uri = tower_lsp::lsp_types::Url::from_directory_path(folder).expect("a path");
        let capabilities = json!({ "window": { "workDoneProgress": true } });
        let params = json!({ "capabilities": capabilities, "workspaceFolders": [{ "uri": uri, "name": "desk" }] });
        self.send(&json!({ "jsonrpc": "2.0", "id": 1, "method": "initialize", "params": params }));
        assert!(self.receive()["result"]["capabilities"].is_object());
        self.send(&json!({ "jsonrpc": "2.0", "method": "initialized", "params": {} }));
    }

    /// The next message that is wanted; progress is agreed to on the way.
    fn wait(&mut self, wanted: impl Fn(&Value) -> bool) -> Value {
        loop {
            let message = self.receive();
            if message["method"] == "window/workDoneProgress/create" {
                self.send(&json!({ "jsonrpc": "2.0", "id": message["id"], "result": null }));
            }
            if wanted(&message) {
                return message;
            }
        }
    }

    fn symbols(&mut self, id: i64, query: &str) -> Vec<String> {
        let params = json!({ "query": query });
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": "workspace/symbol", "params": params }));
        let answer = self.wait(|message| message["id"] == id && message.get("method").is_none());
        let found = answer["result"].as_array().cloned().unwrap_or_default();
        let mut names: Vec<String> = found.iter().filter_map(|one| Some(one["name"].as_str()?.to_owned())).collect();
        names.sort();
        names
    }

    fn wait_for_index(&mut self) {
        self.wait(|message| message["method"] == "$/progress" && message["params"]["value"]["kind"] == "end");
    }
}

fn desk(notes: usize) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for number in 0..notes {
        let text =
            format!("# Heading {number:04}\n\n{}", "Nadim Haddad spoke of Port Sarn with Lidia Marr.\n\n".repeat(5));
        std::fs::write(folder.path().join(format!("{number:04}.md")), text).expect("a note");
    }
    folder
}

/// Whatever moment it is killed at, the next start is whole.
#[test]
fn a_server_that_was_killed_while_it_indexed_leaves_a_sound_store() {
    let (desk, cache) = (desk(600), tempfile::tempdir().expect("a folder"));
    for pause in [0, 30, 150, 600, 1200] {
        let mut server = Server::keeping(cache.path());
        server.open(desk.path());
        std::thread::sleep(std::time::Duration::from_millis(pause));
        // SIGKILL on Unix: nothing is said and nothing is put in order.
        server.child.kill().expect("it can be killed");
        server.child.wait().expect("it ends");
    }
    let mut server = Server::keeping(cache.path());
    server.open(desk.path());
    server.wait_for_index();
    assert_eq!(server.symbols(7, "#heading 0").len(), 256);
    assert_eq!(server.symbols(8, "#heading 0599"), ["Heading 0599"]);
    let stores: Vec<_> = std::fs::read_dir(cache.path()).expect("a folder").collect();
    assert!((1..=3).contains(&stores.len()), "one store with its journals: {stores:?}");
}

#[test]
fn a_second_start_knows_what_the_first_learnt_and_what_changed_between() {
    let (desk, cache) = (desk(40), tempfile::tempdir().expect("a folder"));
    let mut first = Server::keeping(cache.path());
    first.open(desk.path());
    first.wait_for_index();
    assert_eq!(first.symbols(7, "#heading").len(), 40);
    // A second server on the same folder and store at once.
    let mut other = Server::keeping(cache.path());
    other.open(desk.path());
    other.wait_for_index();
    assert_eq!(other.symbols(7, "#heading").len(), 40);
    for server in [&mut first, &mut other] {
        server.send(&json!({ "jsonrpc": "2.0", "id": 9, "method": "shutdown", "params": null }));
        server.wait(|message| message["id"] == 9);
        server.send(&json!({ "jsonrpc": "2.0", "method": "exit", "params": {} }));
        server.child.wait().expect("it ends");
    }
    std::fs::write(desk.path().join("0000.md"), "# Other heading\n").expect("a note");
    std::fs::remove_file(desk.path().join("0001.md")).expect("it can go");
    std::fs::write(desk.path().join("new.md"), "# New heading\n").expect("a note");
    let mut second = Server::keeping(cache.path());
    second.open(desk.path());
    // The first answer is from what was kept: all of it, before any file was looked at.
    assert!(second.symbols(7, "#heading").len() >= 39);
    second.wait_for_index();
    for id in 10.. {
        let found = second.symbols(id, "#heading");
        if found.len() == 40 && found.contains(&"New heading".to_owned()) && found.contains(&"Other heading".to_owned())
        {
            break;
        }
        assert!(id < 1000, "{found:?}");
    }
    assert_eq!(second.symbols(2000, "#heading 0001"), [""; 0]);
}

#[test]
fn a_store_that_cannot_be_is_said_once_and_the_server_works() {
    let (desk, cache) = (desk(3), tempfile::tempdir().expect("a folder"));
    std::fs::write(cache.path().join("file"), "").expect("a file");
    let mut server = Server::keeping(&cache.path().join("file"));
    server.open(desk.path());
    let said = server.wait(|message| message["method"] == "window/showMessage");
    assert!(said["params"]["message"].as_str().is_some_and(|text| text.contains("kept in memory")), "{said}");
    server.wait_for_index();
    assert_eq!(server.symbols(7, "#heading").len(), 3);
}

/// An editor starts the server again after a crash: what was written for reading is cleared away, notes are as they were.
#[test]
fn a_server_that_was_killed_leaves_nothing_that_its_successor_minds() {
    let folder = tempfile::tempdir().expect("a folder");
    let note = folder.path().join("talks.md");
    std::fs::write(&note, "Ada Pell spoke.\n").expect("it can be written");
    let uri = tower_lsp::lsp_types::Url::from_file_path(&note).expect("a path").to_string();
    let root = tower_lsp::lsp_types::Url::from_directory_path(folder.path()).expect("a path").to_string();
    let mut page = std::path::PathBuf::new();
    for life in 0..2 {
        let mut server = Server::start();
        let folders = json!([{ "uri": root, "name": "desk" }]);
        let params = json!({ "capabilities": {}, "workspaceFolders": folders });
        server.send(&json!({ "jsonrpc": "2.0", "id": 1, "method": "initialize", "params": params }));
        server.answer(1);
        server.send(&json!({ "jsonrpc": "2.0", "method": "initialized", "params": {} }));
        let item = json!({ "uri": uri, "languageId": "markdown", "version": 1, "text": "Ada Pell spoke.\n" });
        server.send(&json!({ "jsonrpc": "2.0", "method": "textDocument/didOpen", "params": { "textDocument": item } }));
        let arguments = json!([{ "uri": uri, "position": { "line": 0, "character": 2 } }]);
        let command = json!({ "command": "whosaid.openDossier", "arguments": arguments });
        server.send(&json!({ "jsonrpc": "2.0", "id": 2, "method": "workspace/executeCommand", "params": command }));
        let shown = server.answer(2)["result"]["uri"].as_str().expect("an address").to_owned();
        let written = tower_lsp::lsp_types::Url::parse(&shown).expect("valid").to_file_path().expect("a file");
        assert!(written.is_file());
        if life == 1 {
            assert!(!page.exists(), "the page of the dead server stays");
        }
        page = written;
        server.child.kill().expect("it can be killed");
        server.child.wait().expect("it ends");
        assert_eq!(std::fs::read_to_string(&note).expect("it is there"), "Ada Pell spoke.\n");
    }
    let _ = std::fs::remove_dir_all(page.parent().expect("a folder"));
}

/// Whatever was being computed, nothing is written: edits are the editor's to make.
#[test]
fn a_server_that_was_killed_while_it_renamed_left_every_file_as_it_was_and_the_next_one_can() {
    let (desk, cache) = (desk(300), tempfile::tempdir().expect("a folder"));
    let texts = || -> Vec<(std::path::PathBuf, String)> {
        let mut all: Vec<_> =
            std::fs::read_dir(desk.path()).expect("a folder").map(|one| one.expect("a file").path()).collect();
        all.sort();
        all.into_iter().map(|path| (path.clone(), std::fs::read_to_string(path).expect("a text"))).collect()
    };
    let before = texts();
    let uri = tower_lsp::lsp_types::Url::from_file_path(desk.path().join("0000.md")).expect("a path");
    let opened = json!({ "uri": uri, "languageId": "markdown", "version": 1, "text": before[0].1 });
    let asked = json!({ "textDocument": { "uri": uri }, "position": { "line": 2, "character": 3 }, "newName": "Nadeem Haddad" });
    for pause in [0, 5, 40] {
        let mut server = Server::keeping(cache.path());
        server.open(desk.path());
        server
            .send(&json!({ "jsonrpc": "2.0", "method": "textDocument/didOpen", "params": { "textDocument": opened } }));
        server.wait_for_index();
        server.send(&json!({ "jsonrpc": "2.0", "id": 5, "method": "textDocument/rename", "params": asked }));
        std::thread::sleep(std::time::Duration::from_millis(pause));
        server.child.kill().expect("it can be killed");
        server.child.wait().expect("it ends");
        assert_eq!(texts(), before);
    }
    let mut server = Server::keeping(cache.path());
    server.open(desk.path());
    server.wait_for_index();
    // As an editor does that has gone on: the text that it has, and not the one that the old server knew.
    server.send(&json!({ "jsonrpc": "2.0", "method": "textDocument/didOpen", "params": { "textDocument": opened } }));
    server.send(&json!({ "jsonrpc": "2.0", "id": 6, "method": "textDocument/rename", "params": asked }));
    let answer = server.answer(6);
    assert_eq!(answer["result"]["changes"].as_object().map(serde_json::Map::len), Some(300), "{}", answer["error"]);
    assert_eq!(texts(), before);
}
