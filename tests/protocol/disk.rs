//! Notes that are not open: indexed in the background, read again when they change, with `whosaid.toml` in force.

use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;
use tower_lsp::lsp_types::Url;

use crate::harness::Client;
use crate::server::{Setup, at};

/// After this, something that should happen in the background counts as not happening.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

/// A folder with files.
pub(crate) fn desk(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        write(folder.path(), name, text);
    }
    folder
}

pub(crate) fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("it can be made");
    std::fs::write(path, text).expect("it can be written");
}

pub(crate) fn uri(folder: &TempDir, name: &str) -> String {
    Url::from_file_path(folder.path().join(name)).expect("a path").to_string()
}

impl Setup {
    pub(crate) fn folder(self, folder: &TempDir) -> Self {
        let uri = Url::from_directory_path(folder.path()).expect("a path");
        self.with("/workspaceFolders", json!([{ "uri": uri, "name": "desk" }]))
    }
}

impl Client {
    /// Asks for symbols until they are these.
    pub(crate) async fn symbols_become(&mut self, query: &str, wanted: &[&str]) {
        let mut found = Value::Null;
        let begun = Instant::now();
        while begun.elapsed() < PATIENCE {
            found = self.result("workspace/symbol", json!({ "query": query })).await;
            let mut names: Vec<&str> =
                found.as_array().into_iter().flatten().filter_map(|one| one["name"].as_str()).collect();
            names.sort_unstable();
            if names == wanted {
                return;
            }
        }
        panic!("wanted {wanted:?}, found {found}");
    }

    pub(crate) async fn disk_changed(&mut self, uris: &[String]) {
        let changes: Vec<Value> = uris.iter().map(|uri| json!({ "uri": uri, "type": 2 })).collect();
        self.notify("workspace/didChangeWatchedFiles", json!({ "changes": changes })).await;
    }
}

#[tokio::test]
async fn notes_that_were_never_opened_are_found() {
    let folder = desk(&[
        ("a/one.md", "# First heading\n\nNadim Haddad spoke.\n"),
        ("two.txt", "Nadim Haddad left.\n"),
        ("skipped.rs", "// # Nadim Haddad\n"),
        (".hidden/three.md", "# Hidden heading\n"),
    ]);
    let (mut client, _) = Setup::new().folder(&folder).start().await;
    client.symbols_become("#heading", &["First heading"]).await;
    let open = uri(&folder, "open.md");
    client.open(&open, "Nadim Haddad waited.\n").await;
    let mut params = at(&open, 0, 8);
    params["context"] = json!({ "includeDeclaration": false });
    let mut places = Vec::new();
    let begun = Instant::now();
    while places.len() < 3 && begun.elapsed() < PATIENCE {
        let found = client.result("textDocument/references", params.clone()).await;
        places = found.as_array().cloned().unwrap_or_default();
    }
    let mut uris: Vec<String> =
        places.iter().map(|place| place["uri"].as_str().unwrap_or_default().to_owned()).collect();
    uris.sort();
    assert_eq!(uris, [uri(&folder, "a/one.md"), open, uri(&folder, "two.txt")]);
}

/// A list of places with holes is taken for all there is.
#[tokio::test]
async fn references_wait_for_the_first_index() {
    let folder = desk(&[]);
    for note in 0..200 {
        write(folder.path(), &format!("{note}.md"), "Nadim Haddad spoke to the dockers of the port.\n");
    }
    let open = uri(&folder, "open.md");
    let (mut client, _) = Setup::new().folder(&folder).start().await;
    client.open(&open, "Nadim Haddad waited.\n").await;
    let mut params = at(&open, 0, 8);
    params["context"] = json!({ "includeDeclaration": true });
    let found = client.result("textDocument/references", params).await;
    assert_eq!(found.as_array().map(Vec::len), Some(201));
}

#[tokio::test]
async fn a_file_that_changes_appears_or_goes_is_read_again() {
    let folder = desk(&[("one.md", "# Old heading\n")]);
    let (mut client, _) = Setup::new().folder(&folder).start().await;
    client.symbols_become("#heading", &["Old heading"]).await;
    write(folder.path(), "one.md", "# New heading\n");
    write(folder.path(), "sub/two.md", "# Other heading\n");
    client.disk_changed(&[uri(&folder, "one.md"), uri(&folder, "sub/two.md")]).await;
    client.symbols_become("#heading", &["New heading", "Other heading"]).await;
    std::fs::remove_dir_all(folder.path().join("sub")).expect("it can go");
    client.disk_changed(&[uri(&folder, "sub")]).await;
    client.symbols_become("#heading", &["New heading"]).await;
}

/// Neovim on Linux does not watch files; its users edit in other programs all the same.
#[tokio::test]
async fn a_client_that_does_not_watch_sees_changes_too() {
    let folder = desk(&[("one.md", "# Old heading\n")]);
    let (mut client, _) = Setup::new().folder(&folder).start().await;
    client.symbols_become("#heading", &["Old heading"]).await;
    // The first look comes after the start; whatever it sees, the length of a later text differs.
    for round in 1..=2 {
        write(folder.path(), "one.md", &format!("# {} heading\n", "New".repeat(round)));
        client.symbols_become("#heading", &[format!("{} heading", "New".repeat(round)).as_str()]).await;
        if round == 1 {
            write(folder.path(), "two.md", "# Two heading\n");
            client.symbols_become("#heading", &["New heading", "Two heading"]).await;
            std::fs::remove_file(folder.path().join("two.md")).expect("it can go");
        }
    }
}

#[tokio::test]
async fn the_open_buffer_wins_and_on_closing_the_file_counts_again() {
    let folder = desk(&[("one.md", "# File heading\n")]);
    let one = uri(&folder, "one.md");
    let (mut client, _) = Setup::new().folder(&folder).start().await;
    client.open(&one, "# Buffer heading\n").await;
    client.symbols_become("#heading", &["Buffer heading"]).await;
    client.disk_changed(std::slice::from_ref(&one)).await;
    client.result("textDocument/documentSymbol", json!({ "textDocument": { "uri": one } })).await;
    client.symbols_become("#heading", &["Buffer heading"]).await;
    client.close(&one).await;
    client.symbols_become("#heading", &["File heading"]).await;
}

#[tokio::test]
async fn folders_come_and_go() {
    let (first, second) = (desk(&[("one.md", "# One heading\n")]), desk(&[("two.md", "# Two heading\n")]));
    let (mut client, _) = Setup::new().folder(&first).start().await;
    client.symbols_become("#heading", &["One heading"]).await;
    let folder =
        |folder: &TempDir| json!([{ "uri": Url::from_directory_path(folder.path()).expect("a path"), "name": "x" }]);
    let event = json!({ "event": { "added": folder(&second), "removed": [] } });
    client.notify("workspace/didChangeWorkspaceFolders", event).await;
    client.symbols_become("#heading", &["One heading", "Two heading"]).await;
    let found = client.result("workspace/symbol", json!({ "query": "#two" })).await;
    assert_eq!(found[0]["location"]["uri"], uri(&second, "two.md"));
    let event = json!({ "event": { "added": [], "removed": folder(&second) } });
    client.notify("workspace/didChangeWorkspaceFolders", event).await;
    client.symbols_become("#heading", &["One heading"]).await;
}

#[tokio::test]
async fn progress_is_shown_where_the_client_agrees() {
    let names: Vec<String> = (0..400).map(|number| format!("note-{number}.md")).collect();
    let files: Vec<(&str, &str)> =
        names.iter().map(|name| (name.as_str(), "Nadim Haddad spoke of the port.\n")).collect();
    let folder = desk(&files);
    let setup = Setup::new().folder(&folder).with("/capabilities/window", json!({ "workDoneProgress": true }));
    let (mut client, _) = setup.start().await;
    let asked = client.expect("window/workDoneProgress/create").await;
    client.send(json!({ "jsonrpc": "2.0", "id": asked["id"], "result": null })).await;
    let begin = client.expect("$/progress").await;
    assert_eq!(
        (&begin["params"]["token"], &begin["params"]["value"]["kind"]),
        (&asked["params"]["token"], &json!("begin"))
    );
    // While it runs, requests are answered from what is known.
    client.result("workspace/symbol", json!({ "query": "haddad" })).await;
    client.wait(|message| message["method"] == "$/progress" && message["params"]["value"]["kind"] == "end").await;
}

/// Helix turns its wheel from the moment that it hands out a token until it hears of an end.
#[tokio::test]
async fn work_that_ends_before_the_client_agrees_is_still_begun_and_ended() {
    let folder = desk(&[("one.md", "Nadim Haddad spoke of the port.\n")]);
    let setup = Setup::new().folder(&folder).with("/capabilities/window", json!({ "workDoneProgress": true }));
    let (mut client, _) = setup.start().await;
    let asked = client.expect("window/workDoneProgress/create").await;
    let begun = Instant::now();
    let status = json!({ "command": "whosaid.status", "arguments": [] });
    while client.result("workspace/executeCommand", status.clone()).await["index"] != "ready" {
        assert!(begun.elapsed() < PATIENCE, "the folder was never read");
    }
    client.send(json!({ "jsonrpc": "2.0", "id": asked["id"], "result": null })).await;
    for kind in ["begin", "end"] {
        let progress = client.expect("$/progress").await;
        assert_eq!(progress["params"]["value"]["kind"], kind);
    }
}

#[tokio::test]
async fn files_are_watched_where_the_client_can() {
    let folder = desk(&[]);
    let watching = json!({ "dynamicRegistration": true, "relativePatternSupport": true });
    let setup = Setup::new().folder(&folder).with("/capabilities/workspace/didChangeWatchedFiles", watching);
    let (mut client, _) = setup.start().await;
    let asked = client.expect("client/registerCapability").await;
    let registration = &asked["params"]["registrations"][0];
    assert_eq!(registration["method"], "workspace/didChangeWatchedFiles");
    let patterns = registration["registerOptions"]["watchers"].to_string();
    assert!(
        patterns.contains("whosaid.{toml") && patterns.contains("bib") && patterns.contains("baseUri"),
        "{patterns}"
    );
    client.send(json!({ "jsonrpc": "2.0", "id": asked["id"], "error": { "code": -32601, "message": "no" } })).await;
    client.shut_down().await;
}

#[tokio::test]
async fn a_correction_of_a_name_is_a_line_of_a_file_and_holds_in_all_notes() {
    let text = "Lidia Marr of Orlec Trading left Port Sarn.\n";
    let folder = desk(&[("one.md", text), ("two.md", "Lidia Marr spoke.\n")]);
    let edits = json!({ "documentChanges": true, "resourceOperations": ["create"] });
    let literals = json!({ "codeActionKind": { "valueSet": ["quickfix", "refactor"] } });
    let (mut client, _) = Setup::new()
        .with("/capabilities/workspace/workspaceEdit", edits)
        .with("/capabilities/textDocument/codeAction", json!({ "codeActionLiteralSupport": literals }))
        .folder(&folder)
        .start()
        .await;
    client.symbols_become("marr", &["Lidia Marr"]).await;
    let one = uri(&folder, "one.md");
    client.open(&one, text).await;
    let here = json!({ "start": { "line": 0, "character": 2 }, "end": { "line": 0, "character": 2 } });
    let asked = json!({ "textDocument": { "uri": one }, "range": here, "context": { "diagnostics": [] } });
    let actions = client.result("textDocument/codeAction", asked).await;
    let action = actions
        .as_array()
        .into_iter()
        .flatten()
        .find(|action| action["title"].as_str().is_some_and(|title| title.contains("is not a name")));
    let changes = action.map(|action| action["edit"]["documentChanges"].clone()).unwrap_or_default();
    assert_eq!(changes[0]["kind"], "create", "{actions}");
    let names = uri(&folder, "whosaid.names");
    assert_eq!((&changes[0]["uri"], &changes[1]["textDocument"]["uri"]), (&json!(names), &json!(names)));
    let line = changes[1]["edits"][0]["newText"].as_str().unwrap_or_default();
    assert!(line.ends_with("\nnot a name: Lidia Marr\n"), "{line}");

    write(folder.path(), "whosaid.names", line);
    client.disk_changed(std::slice::from_ref(&names)).await;
    client.symbols_become("marr", &[]).await;
    std::fs::remove_file(folder.path().join("whosaid.names")).expect("it is there");
    client.disk_changed(&[names]).await;
    client.symbols_become("marr", &["Lidia Marr"]).await;
}

/// What `.gitignore` leaves out stays out, also when it changes under the server's eyes or was open.
#[tokio::test]
async fn an_ignored_file_that_changes_or_was_open_is_no_note() {
    let folder =
        desk(&[(".gitignore", "out/\n"), ("one.md", "# One heading\n"), ("out/built.md", "# Built heading\n")]);
    let (one, built) = (uri(&folder, "one.md"), uri(&folder, "out/built.md"));
    let (mut client, _) = Setup::new().folder(&folder).start().await;
    client.symbols_become("#heading", &["One heading"]).await;
    client.open(&built, "# Built heading\n").await;
    client.symbols_become("#heading", &["Built heading", "One heading"]).await;
    client.close(&built).await;
    client.symbols_become("#heading", &["One heading"]).await;
    write(folder.path(), "one.md", "# New heading\n");
    write(folder.path(), "out/built.md", "# Rebuilt heading\n");
    client.disk_changed(&[built, one]).await;
    client.symbols_become("#heading", &["New heading"]).await;
}
