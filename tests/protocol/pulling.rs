//! Clients that ask for diagnostics themselves, of all notes of the workspace too.

use std::path::Path;

use serde_json::{Value, json};
use tempfile::TempDir;
use tower_lsp::lsp_types::Url;

use crate::harness::Client;
use crate::server::Setup;

/// A project with findings for all notes.
fn desk() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "whosaid.toml", "");
    write(folder.path(), "one.md", "Text.[^1]\n");
    write(folder.path(), "two.md", "Fine.\n");
    folder
}

fn write(folder: &Path, name: &str, text: &str) {
    std::fs::write(folder.join(name), text).expect("it can be written");
}

fn uri(folder: &TempDir, name: &str) -> String {
    Url::from_file_path(folder.path().join(name)).expect("a path").to_string()
}

async fn start(folder: &TempDir) -> Client {
    let root = Url::from_directory_path(folder.path()).expect("a path");
    let setup = Setup::new()
        .pulling()
        .with("/workspaceFolders", json!([{ "uri": root, "name": "desk" }]))
        .with("/capabilities/workspace/didChangeWatchedFiles", json!({ "dynamicRegistration": true }));
    let (client, said) = setup.start().await;
    assert_eq!(said["capabilities"]["diagnosticProvider"]["workspaceDiagnostics"], true);
    client
}

fn pull(previous: &[(&str, &str)]) -> Value {
    let ids: Vec<Value> = previous.iter().map(|(uri, id)| json!({ "uri": uri, "value": id })).collect();
    json!({ "identifier": "whosaid", "previousResultIds": ids })
}

impl Client {
    /// Asks until a note has a report, as clients do that ask again and again. Returns the report.
    async fn reported(&mut self, uri: &str) -> Value {
        loop {
            let answer = self.result("workspace/diagnostic", pull(&[])).await;
            let items = answer["items"].as_array().cloned().unwrap_or_default();
            if let Some(report) = items.into_iter().find(|report| report["uri"] == uri) {
                return report;
            }
        }
    }

    async fn changed(&mut self, uri: &str) {
        self.notify("workspace/didChangeWatchedFiles", json!({ "changes": [{ "uri": uri, "type": 2 }] })).await;
    }
}

#[tokio::test]
async fn notes_that_were_never_opened_are_reported_and_nothing_is_pushed() {
    let folder = desk();
    let mut client = start(&folder).await;
    let one = uri(&folder, "one.md");
    let report = client.reported(&one).await;
    assert_eq!((&report["kind"], &report["version"]), (&json!("full"), &Value::Null));
    assert_eq!(report["items"][0]["code"], "C302");
    // The document's own request says the same of it.
    let own = client.result("textDocument/diagnostic", json!({ "textDocument": { "uri": one } })).await;
    assert_eq!((&own["items"], &own["resultId"]), (&report["items"], &report["resultId"]));
    assert!(client.unread().all(|message| message["method"] != "textDocument/publishDiagnostics"));
}

#[tokio::test]
async fn a_request_without_news_is_held_until_there_are_some() {
    let folder = desk();
    let mut client = start(&folder).await;
    let (one, two) = (uri(&folder, "one.md"), uri(&folder, "two.md"));
    let report = client.reported(&one).await;
    let id = report["resultId"].as_str().expect("an id");
    let held = client.request("workspace/diagnostic", pull(&[(&one, id)])).await;
    // Others are answered meanwhile, and what is no news does not end it.
    client.result("workspace/symbol", json!({ "query": "x" })).await;
    client.changed(&two).await;
    client.result("workspace/symbol", json!({ "query": "x" })).await;
    assert!(client.unread().all(|message| message["id"] != held));
    write(folder.path(), "one.md", "Text.[^1]\n\n[^1]: Ledger of the port, 4 May 2031.\n");
    client.changed(&one).await;
    let answer = client.answer(&held).await["result"].clone();
    let items = answer["items"].as_array().expect("items");
    assert_eq!((&items[0]["uri"], &items[0]["kind"]), (&json!(one), &json!("full")), "{answer}");
    assert!(items[0]["items"].as_array().is_some_and(|left| left.iter().all(|one| one["code"] != "C302")), "{answer}");
}

#[tokio::test]
async fn an_open_note_is_reported_as_it_is_typed_and_a_removed_one_is_cleared() {
    let folder = desk();
    let mut client = start(&folder).await;
    let (one, two) = (uri(&folder, "one.md"), uri(&folder, "two.md"));
    let report = client.reported(&one).await;
    client.open(&two, "More.[^9]\n").await;
    let before = report["resultId"].as_str().expect("an id");
    let answer = client.result("workspace/diagnostic", pull(&[(&one, before)])).await;
    let of = |uri: &str| answer["items"].as_array().into_iter().flatten().find(|report| report["uri"] == uri);
    assert_eq!(of(&one).map(|report| &report["kind"]), Some(&json!("unchanged")));
    assert_eq!(of(&two).map(|report| &report["version"]), Some(&json!(1)), "{answer}");
    std::fs::remove_file(folder.path().join("one.md")).expect("it can go");
    client.changed(&one).await;
    let held = client.request("workspace/diagnostic", pull(&[(&one, before)])).await;
    let mut answer = client.answer(&held).await["result"].clone();
    // The open note is news each time, as this client never says that it has it.
    while answer["items"].as_array().is_none_or(|all| all.iter().all(|one| one["items"] != json!([]))) {
        answer = client.result("workspace/diagnostic", pull(&[(&one, before)])).await;
    }
    let cleared = answer["items"].as_array().into_iter().flatten().find(|report| report["uri"] == one);
    assert_eq!(cleared.map(|report| (&report["kind"], &report["items"])), Some((&json!("full"), &json!([]))));
}

#[tokio::test]
async fn a_held_request_can_be_cancelled_and_ends_with_the_server() {
    let folder = desk();
    let mut client = start(&folder).await;
    let one = uri(&folder, "one.md");
    let id = client.reported(&one).await["resultId"].as_str().expect("an id").to_owned();
    let held = client.request("workspace/diagnostic", pull(&[(&one, &id)])).await;
    client.notify("$/cancelRequest", json!({ "id": held })).await;
    assert_eq!(client.error(&held).await, -32800);
    let held = client.request("workspace/diagnostic", pull(&[(&one, &id)])).await;
    client.result("workspace/symbol", json!({ "query": "x" })).await;
    let last = client.request("shutdown", Value::Null).await;
    assert!(client.answer(&held).await["result"]["items"].is_array());
    client.answer(&last).await;
}

#[tokio::test]
async fn many_reports_come_in_parts() {
    let folder = desk();
    for number in 0..200 {
        write(folder.path(), &format!("n{number}.md"), "Text.[^1]\n");
    }
    let mut client = start(&folder).await;
    let mut params = pull(&[]);
    params["partialResultToken"] = json!("parts");
    let mut found = 0;
    while found < 201 {
        let answer = client.result("workspace/diagnostic", params.clone()).await;
        let parts: Vec<Value> =
            client.unread().filter(|message| message["params"]["token"] == "parts").cloned().collect();
        let parts = parts.iter().map(|part| part["params"]["value"]["items"].as_array().map_or(0, Vec::len));
        let whole = answer["items"].as_array().map_or(0, Vec::len);
        found = whole.max(parts.sum());
        if found == 201 {
            assert_eq!(whole, 0, "what came in parts does not come again");
        }
        client.forget_unread();
    }
}
