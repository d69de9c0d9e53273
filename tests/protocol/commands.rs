//! Commands of the server: each gives data, works without any code of a client, and says what it wanted instead of
//! what it got.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::harness::Client;
use crate::server::{Setup, start};

/// After this, something that should happen in the background counts as not happening.
const PATIENCE: Duration = Duration::from_secs(60);

const NOTE: &str = "file:///desk/talks.md";

const TEXT: &str = "\
# Talks

Nadim Haddad said the quota would rise to 40 percent.

The port handled 38 million tonnes in 2030.
";

impl Client {
    async fn command(&mut self, name: &str, arguments: Value) -> Value {
        self.call("workspace/executeCommand", json!({ "command": name, "arguments": arguments })).await
    }
}

#[tokio::test]
async fn a_dossier_is_markdown_with_a_title() {
    let mut client = start().await;
    client.open(NOTE, TEXT).await;
    let at = |line: u32, character: u32| json!([{ "uri": NOTE, "position": { "line": line, "character": character } }]);
    let shown = client.command("whosaid.dossier", at(2, 8)).await["result"].clone();
    assert_eq!(shown["title"], "Nadim Haddad");
    assert!(shown["markdown"].as_str().is_some_and(|card| card.starts_with("**Nadim Haddad**")), "{shown}");
    assert_eq!(shown["range"]["end"], json!({ "line": 2, "character": 12 }));
    assert_eq!(client.command("whosaid.dossier", at(1, 0)).await["result"], Value::Null);
    // Past the end of the text a position is clamped, as everywhere.
    assert_eq!(client.command("whosaid.dossier", at(999, 999)).await["result"], Value::Null);
}

#[tokio::test]
async fn claims_come_as_rows_with_their_sources_or_the_reason_why_not() {
    let mut client = start().await;
    client.open(NOTE, TEXT).await;
    let table = client.command("whosaid.claims", json!([{ "uri": NOTE }])).await["result"].clone();
    assert_eq!((&table["title"], &table["version"]), (&json!("Talks"), &json!(1)));
    let rows = table["rows"].as_array().expect("rows");
    assert_eq!(rows.len(), 2, "{table}");
    assert_eq!((&rows[0]["sourced"], &rows[0]["sourceKind"]), (&json!("attributed"), &json!("named")));
    assert_eq!(rows[0]["speech"], "said");
    assert_eq!((&rows[0]["source"], &rows[0]["speaker"]), (&json!("Nadim Haddad"), &json!("Nadim Haddad")));
    assert_eq!(rows[0]["sourceRange"]["start"], json!({ "line": 2, "character": 0 }));
    assert_eq!((&rows[1]["sourced"], &rows[1]["kind"]), (&json!("unsourced"), &json!("statistic")));
    assert!(rows[1]["reason"].as_str().is_some_and(|reason| !reason.is_empty()), "{table}");
    assert!(table["markdown"].as_str().is_some_and(|table| table.contains("2 claims, 1 unsourced.")), "{table}");
    // The table is of the text as it stood when it was asked for.
    client.edit(NOTE, 2, [4, 42, 4, 42], ", the harbour authority said").await;
    let table = client.command("whosaid.claims", json!([{ "uri": NOTE }])).await["result"].clone();
    assert_eq!((&table["version"], &table["rows"][1]["sourced"]), (&json!(2), &json!("attributed")), "{table}");
}

#[tokio::test]
async fn a_note_that_is_not_open_is_read_from_the_disk() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("talks.md"), TEXT).expect("it can be written");
    let url = |path| tower_lsp::lsp_types::Url::from_file_path(path).expect("a path").to_string();
    let root = url(folder.path().to_path_buf());
    let (mut client, _) =
        Setup::new().with("/workspaceFolders", json!([{ "uri": root, "name": "desk" }])).start().await;
    let uri = url(folder.path().join("talks.md"));
    // The folder is known once the index has begun.
    let mut table = Value::Null;
    let begun = Instant::now();
    while begun.elapsed() < PATIENCE {
        table = client.command("whosaid.claims", json!([{ "uri": uri }])).await["result"].clone();
        if table.is_object() {
            break;
        }
    }
    assert_eq!(table["rows"].as_array().map(Vec::len), Some(2), "{table}");
    assert_eq!(table["version"], Value::Null);
    let missing = url(folder.path().join("missing.md"));
    let refused = client.command("whosaid.claims", json!([{ "uri": missing }])).await;
    assert_eq!(refused["error"]["code"], -32803, "{refused}");
}

#[tokio::test]
async fn the_status_counts_what_was_reported() {
    let mut client = start().await;
    client.open(NOTE, TEXT).await;
    let found = client.published(NOTE, 1).await.len() as u64;
    let status = client.command("whosaid.status", json!([])).await["result"].clone();
    assert_eq!((&status["index"], &status["notes"], &status["open"]), (&json!("ready"), &json!(1), &json!(1)));
    let counted: u64 =
        status["findings"].as_object().into_iter().flatten().filter_map(|(_, count)| count.as_u64()).sum();
    assert_eq!((found > 0, counted), (true, found), "{status}");
    assert_eq!(status["version"], env!("CARGO_PKG_VERSION"));
}

#[tokio::test]
async fn a_rule_is_explained_by_code_or_name() {
    let mut client = start().await;
    for wanted in [json!("a101"), json!("unsourced-statistic"), json!({ "rule": "A101" })] {
        let page = client.command("whosaid.explain", json!([wanted])).await["result"].clone();
        assert_eq!(page["title"], "A101 unsourced-statistic");
        assert!(page["markdown"].as_str().is_some_and(|page| page.contains("## Reported")), "{page}");
    }
}

#[tokio::test]
async fn a_wrong_argument_is_refused_with_what_was_wanted() {
    let mut client = start().await;
    for (command, arguments, wanted) in [
        ("whosaid.dossier", json!([]), "\"uri\""),
        ("whosaid.dossier", json!(["file:///a.md"]), "\"uri\""),
        ("whosaid.claims", json!([{ "uri": 7 }]), "\"uri\""),
        ("whosaid.explain", json!([]), "rule's code"),
        ("whosaid.explain", json!(["Z999"]), "no rule Z999"),
        ("whosaid.none", json!([]), "no command whosaid.none"),
    ] {
        let refused = client.command(command, arguments).await;
        assert_eq!(refused["error"]["code"], -32602, "{refused}");
        assert!(refused["error"]["message"].as_str().is_some_and(|message| message.contains(wanted)), "{refused}");
    }
    client.open(NOTE, TEXT).await;
    let refused = client.command("whosaid.dossier", json!([{ "uri": NOTE, "position": { "line": "two" } }])).await;
    assert!(refused["error"]["message"].as_str().is_some_and(|message| message.contains("\"position\"")), "{refused}");
    let refused = client.command("whosaid.claims", json!([{ "uri": "file:///nowhere/else.md" }])).await;
    assert_eq!(refused["error"]["code"], -32803, "{refused}");
}

#[tokio::test]
async fn a_new_index_can_be_asked_for() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = tower_lsp::lsp_types::Url::from_directory_path(folder.path()).expect("a path").to_string();
    let watched = json!({ "dynamicRegistration": true });
    let setup = Setup::new()
        .with("/workspaceFolders", json!([{ "uri": root, "name": "desk" }]))
        .with("/capabilities/workspace/didChangeWatchedFiles", watched);
    let (mut client, _) = setup.start().await;
    std::fs::write(folder.path().join("new.md"), "# Fresh heading\n").expect("it can be written");
    assert_eq!(client.command("whosaid.reindex", json!([])).await["result"], Value::Null);
    let begun = Instant::now();
    while begun.elapsed() < PATIENCE {
        let status = client.command("whosaid.status", json!([])).await["result"].clone();
        if status["index"] == "ready" && status["notes"] == 1 {
            return;
        }
    }
    panic!("never read");
}
