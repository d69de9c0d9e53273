//! Notes that are not open: indexed in the background, read again when they change, with `whosaid.toml` in force.

use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;
use tower_lsp::lsp_types::Url;

use crate::harness::Client;
use crate::server::{Setup, at, codes};

/// After this, something that should happen in the background counts as not happening.
const PATIENCE: Duration = Duration::from_secs(60);

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
async fn with_a_configuration_closed_notes_are_judged_too_and_without_only_open_ones() {
    let folder = desk(&[("one.md", "Text.[^1]\n"), ("two.md", "Text.[^2]\n")]);
    let (one, two) = (uri(&folder, "one.md"), uri(&folder, "two.md"));
    let (mut client, _) = Setup::new().folder(&folder).start().await;
    client.open(&one, "Text.[^1]\n").await;
    client.published(&one, 1).await;
    write(folder.path(), "whosaid.toml", "profile = \"standard\"\n");
    client.disk_changed(&[uri(&folder, "whosaid.toml")]).await;
    assert_eq!(codes(&client.published(&two, None).await), ["C302"]);
    assert!(client.unread().all(|message| message["params"]["uri"] != json!(two)), "two.md was judged too early");
    // Deleted: what was shown goes.
    std::fs::remove_file(folder.path().join("two.md")).expect("it can go");
    client.disk_changed(std::slice::from_ref(&two)).await;
    assert_eq!(client.published(&two, None).await, Vec::<Value>::new());
}

#[tokio::test]
async fn a_change_of_the_configuration_applies_at_once() {
    let folder = desk(&[("whosaid.toml", "[rules]\nC302 = \"off\"\n")]);
    let (one, toml) = (uri(&folder, "one.md"), uri(&folder, "whosaid.toml"));
    let (mut client, _) = Setup::new().folder(&folder).start().await;
    client.open(&one, "Text.[^1]\n").await;
    assert_eq!(client.published(&one, 1).await, Vec::<Value>::new());
    write(folder.path(), "whosaid.toml", "[rules]\nC302 = \"error\"\n");
    client.disk_changed(&[toml]).await;
    let found = client.published(&one, 1).await;
    assert_eq!((codes(&found), &found[0]["severity"]), (vec!["C302"], &json!(1)));
}

#[tokio::test]
async fn a_broken_configuration_is_told_on_its_own_file_and_the_server_goes_on() {
    let folder = desk(&[("whosaid.toml", "profile = \"standard\"\n\n[rules]\nno-such-rule = \"off\"\n")]);
    let (one, toml) = (uri(&folder, "one.md"), uri(&folder, "whosaid.toml"));
    for setup in [Setup::new(), Setup::new().pulling()] {
        write(folder.path(), "whosaid.toml", "profile = \"standard\"\n\n[rules]\nno-such-rule = \"off\"\n");
        let (mut client, _) = setup.folder(&folder).start().await;
        let told = client.published(&toml, None).await;
        assert_eq!(told.len(), 1, "{told:?}");
        assert_eq!(told[0]["range"]["start"]["line"], 3);
        client.open(&one, "# Head\n").await;
        assert_eq!(client.outline(&one).await, ["Head"]);
        write(folder.path(), "whosaid.toml", "profile = [\n");
        client.disk_changed(std::slice::from_ref(&toml)).await;
        assert!(!client.published(&toml, None).await.is_empty());
        write(folder.path(), "whosaid.toml", "profile = \"light\"\n");
        client.disk_changed(std::slice::from_ref(&toml)).await;
        assert_eq!(client.published(&toml, None).await, Vec::<Value>::new());
    }
}

/// Waits until what is shown of a file has these codes and severities.
async fn shown_becomes(client: &mut Client, uri: &str, wanted: &[(&str, u64)]) {
    client
        .wait(|message| {
            let found = message["params"]["diagnostics"].as_array();
            let shown = |d: &Value| (d["code"].as_str().unwrap_or("").to_owned(), d["severity"].as_u64().unwrap_or(0));
            let wanted = wanted.iter().map(|(code, severity)| ((*code).to_owned(), *severity));
            message["method"] == "textDocument/publishDiagnostics"
                && message["params"]["uri"] == uri
                && found.is_some_and(|found| found.iter().map(shown).eq(wanted))
        })
        .await;
}

#[tokio::test]
async fn a_folders_own_configuration_holds_for_open_and_closed_notes_and_is_picked_up_live() {
    let folder = desk(&[
        ("whosaid.toml", "[rules]\nC302 = \"error\"\n"),
        ("drafts/whosaid.toml", "[rules]\nC302 = \"information\"\n"),
        ("drafts/closed.md", "Text.[^1]\n"),
        ("drafts/new/later.md", "Text.[^1]\n"),
    ]);
    let (one, two) = (uri(&folder, "one.md"), uri(&folder, "drafts/two.md"));
    let (toml, newer) = (uri(&folder, "drafts/whosaid.toml"), uri(&folder, "drafts/new/whosaid.toml"));
    let (mut client, _) = Setup::new().folder(&folder).start().await;
    client.open(&one, "Text.[^1]\n").await;
    client.open(&two, "Text.[^1]\n").await;
    shown_becomes(&mut client, &one, &[("C302", 1)]).await;
    shown_becomes(&mut client, &two, &[("C302", 3)]).await;
    shown_becomes(&mut client, &uri(&folder, "drafts/closed.md"), &[("C302", 3)]).await;
    write(folder.path(), "drafts/new/whosaid.toml", "[rules]\nC302 = \"warning\"\n");
    client.disk_changed(&[newer]).await;
    shown_becomes(&mut client, &uri(&folder, "drafts/new/later.md"), &[("C302", 2)]).await;
    // What cannot be read changes nothing but is told; what was mended holds.
    write(folder.path(), "drafts/whosaid.toml", "[rules]\nC302 = \"warning\nA101 = \n");
    client.disk_changed(std::slice::from_ref(&toml)).await;
    assert!(!client.published(&toml, None).await.is_empty());
    client.change(&two, 2, json!([{ "text": "Text again.[^1]\n" }])).await;
    shown_becomes(&mut client, &two, &[("C302", 3)]).await;
    write(folder.path(), "drafts/whosaid.toml", "[rules]\nC302 = \"warning\"\n");
    client.disk_changed(&[toml]).await;
    shown_becomes(&mut client, &two, &[("C302", 2)]).await;
}

#[tokio::test]
async fn every_folder_of_the_workspace_has_its_own_configuration() {
    let first = desk(&[("whosaid.toml", "[rules]\nC302 = \"error\"\n"), ("one.md", "Text.[^1]\n")]);
    let toml = "[rules]\nC302 = { level = \"information\", paths = [\"sub/*\"] }\n";
    let second = desk(&[("whosaid.toml", toml), ("sub/two.md", "Text.[^1]\n"), ("three.md", "Text.[^1]\n")]);
    let folders: Vec<Value> = [&first, &second]
        .map(|folder| json!({ "uri": Url::from_directory_path(folder.path()).expect("a path"), "name": "x" }))
        .into();
    let (mut client, _) = Setup::new().with("/workspaceFolders", json!(folders)).start().await;
    shown_becomes(&mut client, &uri(&first, "one.md"), &[("C302", 1)]).await;
    shown_becomes(&mut client, &uri(&second, "sub/two.md"), &[("C302", 3)]).await;
    client.open(&uri(&second, "three.md"), "Text.[^1]\n").await;
    shown_becomes(&mut client, &uri(&second, "three.md"), &[("C302", 1)]).await;
    write(second.path(), "whosaid.toml", "[rules]\nC302 = \"warning\"\n");
    client.disk_changed(&[uri(&second, "whosaid.toml")]).await;
    shown_becomes(&mut client, &uri(&second, "three.md"), &[("C302", 2)]).await;
    shown_becomes(&mut client, &uri(&second, "sub/two.md"), &[("C302", 2)]).await;
}

#[tokio::test]
async fn a_single_file_brings_the_project_of_its_configuration() {
    let folder = desk(&[("whosaid.toml", ""), ("sub/other.md", "# Other heading\n")]);
    let (mut client, _) = Setup::new().start().await;
    client.open(&uri(&folder, "sub/one.md"), "# One heading\n").await;
    client.symbols_become("#heading", &["One heading", "Other heading"]).await;
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
async fn a_bibliography_is_read_and_read_again() {
    let book = "@book{pell30, author = {Ada Pell}, title = {Port Law}, date = {2030}}\n";
    let folder = desk(&[("refs.bib", book)]);
    let (one, bib) = (uri(&folder, "one.md"), uri(&folder, "refs.bib"));
    let (mut client, _) = Setup::new().folder(&folder).start().await;
    client.symbols_become("@pell30", &["@pell30"]).await;
    client.open(&one, "The law held [@pell30; @marr31].\n").await;
    assert_eq!(codes(&client.published(&one, 1).await), ["C301"]);
    let definition = client.result("textDocument/definition", at(&one, 0, 16)).await;
    assert_eq!(definition[0]["targetUri"], bib, "{definition}");
    write(folder.path(), "refs.bib", &format!("{book}{}", book.replace("pell30", "marr31")));
    client.disk_changed(&[bib]).await;
    assert_eq!(client.published(&one, 1).await, Vec::<Value>::new());
}

#[tokio::test]
async fn a_broken_bibliography_is_told_on_its_own_file() {
    let folder = desk(&[("refs.bib", "@book{pell30, title = {Port Law}}\n@book{marr31, title = {Unclosed\n")]);
    let bib = uri(&folder, "refs.bib");
    let (mut client, _) = Setup::new().pulling().folder(&folder).start().await;
    let told = client.published(&bib, None).await;
    assert_eq!(told[0]["range"]["start"]["line"], 1, "{told:?}");
    write(folder.path(), "refs.bib", "@book{pell30, title = {Port Law}}\n");
    client.disk_changed(std::slice::from_ref(&bib)).await;
    assert_eq!(client.published(&bib, None).await, Vec::<Value>::new());
}

#[tokio::test]
async fn an_open_note_may_name_its_own_bibliography() {
    let toml = "[library]\nbibliography = []\n";
    let folder = desk(&[("whosaid.toml", toml), ("sub/own.json", "[{\"id\": \"pell30\", \"title\": \"Port Law\"}]")]);
    let one = uri(&folder, "sub/one.md");
    let (mut client, _) = Setup::new().folder(&folder).start().await;
    client.open(&one, "The law held [@pell30].\n").await;
    assert_eq!(codes(&client.published(&one, 1).await), ["C301"]);
    client.edit(&one, 2, [0, 0, 0, 0], "---\nbibliography: own.json\n---\n").await;
    let begun = Instant::now();
    while !client.published(&one, 2).await.is_empty() {
        assert!(begun.elapsed() < PATIENCE, "the bibliography was never read");
    }
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

/// A bracketed aside that only a cautious reader would call a claim is a hint, and shown only to those who ask.
#[tokio::test]
async fn hints_are_shown_to_those_who_ask() {
    let folder = desk(&[("whosaid.toml", "[rules]\nC302 = \"hint\"\n")]);
    let one = uri(&folder, "one.md");
    let (mut client, _) = Setup::new().folder(&folder).start().await;
    let asked = client.expect("workspace/configuration").await;
    client.send(json!({ "jsonrpc": "2.0", "id": asked["id"], "result": [null] })).await;
    client.open(&one, "Text.[^1]\n").await;
    assert_eq!(client.published(&one, 1).await, Vec::<Value>::new());
    client.notify("workspace/didChangeConfiguration", json!({ "settings": null })).await;
    let asked = client.expect("workspace/configuration").await;
    client.send(json!({ "jsonrpc": "2.0", "id": asked["id"], "result": [{ "hints": true }] })).await;
    assert_eq!(codes(&client.published(&one, 1).await), ["C302"]);
    let (mut client, _) =
        Setup::new().folder(&folder).with("/initializationOptions", json!({ "hints": true })).start().await;
    client.open(&one, "Text.[^1]\n").await;
    assert_eq!(codes(&client.published(&one, 1).await), ["C302"]);
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

#[tokio::test]
async fn a_configuration_is_completed_explained_and_judged_while_it_is_typed() {
    let folder = desk(&[("whosaid.toml", "profile = \"light\"\n"), ("one.md", "Text.[^1]\n")]);
    let toml = uri(&folder, "whosaid.toml");
    for setup in [Setup::new(), Setup::new().pulling()] {
        let (mut client, _) = setup.folder(&folder).start().await;
        client.open(&toml, "profile = \"light\"\n[rules]\nA101 = \"\"\nA1O2 = \"off\"\n").await;
        let told = client.published(&toml, 1).await;
        assert_eq!((codes(&told), &told[1]["range"]["start"]["line"]), (vec!["S905", "S905"], &json!(3)), "{told:?}");
        let found = client.result("textDocument/completion", at(&toml, 2, 8)).await;
        let labels: Vec<&str> = found.as_array().expect("items").iter().filter_map(|i| i["label"].as_str()).collect();
        assert_eq!(labels, ["off", "hint", "information", "warning", "error"]);
        let hover = client.result("textDocument/hover", at(&toml, 2, 1)).await;
        let shown = hover["contents"]["value"].as_str().expect("a hover");
        assert!(shown.starts_with("# A101 unsourced-statistic"), "{shown}");
        client.change(&toml, 2, json!([{ "text": "profile = \"strict\"\n" }])).await;
        assert_eq!(client.published(&toml, 2).await, Vec::<Value>::new());
    }
}
