//! Corrections of names as edits: into the file as the client has it, saved or not.

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::disk::{desk, uri, write};
use crate::harness::Client;
use crate::server::{Setup, applied, at};

const TEXT: &str = "Lidia Marr of Orlec Trading left Port Sarn.\n";

async fn start(folder: &TempDir) -> Client {
    let edits = json!({ "documentChanges": true, "resourceOperations": ["create"] });
    let (mut client, _) =
        Setup::new().with("/capabilities/workspace/workspaceEdit", edits).folder(folder).start().await;
    client.symbols_become("marr", &["Lidia Marr"]).await;
    client.open(&uri(folder, "one.md"), TEXT).await;
    client
}

/// The actions at a column of the note.
async fn offered(client: &mut Client, note: &str, column: u32) -> Vec<Value> {
    let place = at(note, 0, column)["position"].clone();
    let range = json!({ "start": place, "end": place });
    let params = json!({ "textDocument": { "uri": note }, "range": range, "context": { "diagnostics": [] } });
    client.result("textDocument/codeAction", params).await.as_array().cloned().unwrap_or_default()
}

/// The changes of the action that says what a column's name is.
async fn correction(client: &mut Client, folder: &TempDir, column: u32, title: &str) -> Vec<Value> {
    let all = offered(client, &uri(folder, "one.md"), column).await;
    let chosen = all.iter().find(|action| action["title"].as_str().is_some_and(|found| found.contains(title)));
    let changes = chosen.unwrap_or_else(|| panic!("no {title}: {all:?}"))["edit"]["documentChanges"].clone();
    changes.as_array().cloned().expect("changes")
}

#[tokio::test]
async fn a_second_correction_goes_into_what_the_first_has_made_though_it_is_not_saved() {
    let folder = desk(&[("one.md", TEXT)]);
    let names = uri(&folder, "whosaid.names");
    let mut client = start(&folder).await;
    let first = correction(&mut client, &folder, 2, "is not a name").await;
    assert_eq!((&first[0]["kind"], &first[0]["uri"]), (&json!("create"), &json!(names)));
    assert_eq!(first[1]["textDocument"], json!({ "uri": names, "version": null }));
    let text = applied("", &first[1]["edits"], "utf-16");
    assert!(text.starts_with("# ") && text.ends_with("\nnot a name: Lidia Marr\n"), "{text}");

    client.open(&names, &text).await;
    let second = correction(&mut client, &folder, 35, "is a person").await;
    assert_eq!(second.len(), 1, "it is there already: {second:?}");
    assert_eq!(second[0]["textDocument"], json!({ "uri": names, "version": 1 }));
    let text = applied(&text, &second[0]["edits"], "utf-16");
    assert_eq!(text.matches('#').count(), 1, "{text}");
    assert!(text.ends_with("\nnot a name: Lidia Marr\nperson: Port Sarn\n"), "{text}");
    // What stands there, if only in the editor, is not offered again.
    client.change(&names, 2, json!([{ "text": text }])).await;
    let left = offered(&mut client, &uri(&folder, "one.md"), 35).await;
    assert!(left.iter().all(|action| !action["title"].as_str().unwrap_or_default().contains("is a person")));
    assert!(!folder.path().join("whosaid.names").exists());
    client.shut_down().await;
}

#[tokio::test]
async fn a_correction_names_the_version_whose_places_it_means() {
    let folder = desk(&[("one.md", TEXT), ("whosaid.names", "org: Norvik\n")]);
    let names = uri(&folder, "whosaid.names");
    let mut client = start(&folder).await;
    client.open(&names, "org: Norvik\n").await;
    // The user writes on, and saves nothing: the lines move.
    client.edit(&names, 7, [0, 0, 0, 0], "# ours\n# and theirs\n").await;
    let changes = correction(&mut client, &folder, 2, "is not a name").await;
    assert_eq!(changes[0]["textDocument"], json!({ "uri": names, "version": 7 }));
    let text = applied("# ours\n# and theirs\norg: Norvik\n", &changes[0]["edits"], "utf-16");
    assert_eq!(text, "# ours\n# and theirs\nnot a name: Lidia Marr\norg: Norvik\n");
    client.close(&names).await;
    // Closed without saving, the file is as the disk has it.
    let changes = correction(&mut client, &folder, 2, "is not a name").await;
    assert_eq!(changes[0]["textDocument"], json!({ "uri": names, "version": null }));
    assert_eq!(applied("org: Norvik\n", &changes[0]["edits"], "utf-16"), "not a name: Lidia Marr\norg: Norvik\n");
    client.shut_down().await;
}

#[tokio::test]
async fn an_edit_that_comes_when_it_is_chosen_is_for_the_file_as_it_is_then() {
    let folder = desk(&[("one.md", TEXT), ("whosaid.names", "org: Norvik\n")]);
    let (one, names) = (uri(&folder, "one.md"), uri(&folder, "whosaid.names"));
    let (mut client, _) = Setup::new()
        .with("/capabilities/textDocument/codeAction/dataSupport", json!(true))
        .with("/capabilities/textDocument/codeAction/resolveSupport", json!({ "properties": ["edit"] }))
        .folder(&folder)
        .start()
        .await;
    client.symbols_become("marr", &["Lidia Marr"]).await;
    client.open(&one, TEXT).await;
    client.open(&names, "org: Norvik\n").await;
    let all = offered(&mut client, &one, 2).await;
    let titled = |action: &&Value| action["title"].as_str().is_some_and(|title| title.contains("is not a name"));
    let chosen = all.iter().find(titled).expect("it is offered").clone();
    client.edit(&names, 2, [0, 0, 0, 0], "group: Lusk Guild\n").await;
    let whole = client.result("codeAction/resolve", chosen.clone()).await;
    let changes = &whole["edit"]["documentChanges"];
    assert_eq!(changes[0]["textDocument"], json!({ "uri": names, "version": 2 }), "{whole}");
    assert_eq!(changes[0]["edits"][0]["range"]["start"]["line"], 1, "{whole}");
    // What the file says by now needs no edit: the client asks anew.
    client.edit(&names, 3, [0, 0, 0, 0], "not a name: Lidia Marr\n").await;
    assert_eq!(client.call("codeAction/resolve", chosen).await["error"]["code"], -32801);
    client.shut_down().await;
}

#[tokio::test]
async fn a_correction_goes_to_the_project_of_its_note() {
    let (first, second) = (desk(&[("one.md", TEXT)]), desk(&[("two.md", "Ada Pell met Lidia Marr.\n")]));
    let folders = [&first, &second].map(|folder| json!({ "uri": uri(folder, ""), "name": "desk" }));
    let (mut client, _) = Setup::new().with("/workspaceFolders", json!(folders)).start().await;
    client.symbols_become("pell", &["Ada Pell"]).await;
    let two = uri(&second, "two.md");
    client.open(&two, "Ada Pell met Lidia Marr.\n").await;
    let all = offered(&mut client, &two, 2).await;
    let chosen =
        all.iter().find(|action| action["title"].as_str().is_some_and(|title| title.contains("is not a name")));
    let edit = &chosen.unwrap_or_else(|| panic!("nothing: {all:?}"))["edit"]["documentChanges"][0];
    assert_eq!(edit["textDocument"]["uri"], json!(uri(&second, "whosaid.names")));
    client.shut_down().await;
}

#[tokio::test]
async fn a_correction_ends_as_the_lines_of_its_file_end() {
    let windows = "# ours\r\norg: Norvik\r\n";
    for (text, open, expected) in [
        (windows, true, "# ours\r\nnot a name: Lidia Marr\r\norg: Norvik\r\n"),
        (windows, false, "# ours\r\nnot a name: Lidia Marr\r\norg: Norvik\r\n"),
        ("# a\r\nevent: Fair", true, "# a\r\nevent: Fair\r\nnot a name: Lidia Marr\r\n"),
        ("# ours\norg: Norvik\n", false, "# ours\nnot a name: Lidia Marr\norg: Norvik\n"),
    ] {
        let folder = desk(&[("one.md", TEXT), ("whosaid.names", text)]);
        let mut client = start(&folder).await;
        if open {
            client.open(&uri(&folder, "whosaid.names"), text).await;
        }
        let changes = correction(&mut client, &folder, 2, "is not a name").await;
        assert_eq!(changes.len(), 1, "{changes:?}");
        assert_eq!(applied(text, &changes[0]["edits"], "utf-16"), expected);
        client.shut_down().await;
    }
}

#[tokio::test]
async fn a_closed_file_is_read_as_the_disk_has_it_also_before_the_client_says_so() {
    let folder = desk(&[("one.md", TEXT)]);
    let mut client = start(&folder).await;
    write(folder.path(), "whosaid.names", "# ours\norg: Norvik\n");
    let changes = correction(&mut client, &folder, 2, "is not a name").await;
    assert_eq!(changes.len(), 1, "there is nothing to make: {changes:?}");
    let text = applied("# ours\norg: Norvik\n", &changes[0]["edits"], "utf-16");
    assert_eq!(text, "# ours\nnot a name: Lidia Marr\norg: Norvik\n");
    // What is no clean text cannot be added to without loss.
    std::fs::write(folder.path().join("whosaid.names"), b"org: caf\xe9\n").expect("written");
    let left = offered(&mut client, &uri(&folder, "one.md"), 2).await;
    let titles: Vec<&str> = left.iter().filter_map(|action| action["title"].as_str()).collect();
    assert!(titles.iter().all(|title| !title.contains("is not a name")), "{titles:?}");
    assert!(titles.iter().any(|title| title.starts_with("Create an entity note")), "{titles:?}");
    client.shut_down().await;
}

#[tokio::test]
async fn an_entity_note_that_is_there_is_not_made_again() {
    let folder = desk(&[("one.md", TEXT), (".gitignore", "people/\n")]);
    let mut client = start(&folder).await;
    let makes = |all: &[Value]| {
        all.iter()
            .any(|action| action["title"].as_str().is_some_and(|title| title.starts_with("Create an entity note")))
    };
    let one = uri(&folder, "one.md");
    assert!(makes(&offered(&mut client, &one, 2).await));
    // Where no notes are looked for, and in the editor alone.
    write(folder.path(), "people/lidia-marr.md", "Mine.\n");
    assert!(!makes(&offered(&mut client, &one, 2).await));
    std::fs::remove_file(folder.path().join("people/lidia-marr.md")).expect("it is there");
    assert!(makes(&offered(&mut client, &one, 2).await));
    client.open(&uri(&folder, "people/lidia-marr.md"), "Mine.\n").await;
    assert!(!makes(&offered(&mut client, &one, 2).await));
    client.shut_down().await;
}

#[tokio::test]
async fn an_alias_goes_into_the_entity_note_as_it_is_open() {
    let record = "---\ntype: person\nname: Nadim Haddad\naliases: [\"N. Haddad\"]\n---\n# Nadim Haddad\n";
    let text = "Nadeem al-Haddad spoke in Lusk.\n";
    let folder = desk(&[
        ("one.md", TEXT),
        ("two.md", text),
        ("people/haddad.md", record),
        ("whosaid.names", "same: Nadeem al-Haddad | Nadim Haddad\n"),
    ]);
    let (two, note) = (uri(&folder, "two.md"), uri(&folder, "people/haddad.md"));
    let mut client = start(&folder).await;
    client.open(&two, text).await;
    client.open(&note, record).await;
    for (version, line) in [(2, "role: minister\n"), (3, "born: 1971\n")] {
        // Asked at once: the workspace may not know of the edit yet.
        client.edit(&note, version, [1, 0, 1, 0], line).await;
        let all = offered(&mut client, &two, 3).await;
        let alias = all.iter().find(|action| action["title"].as_str().is_some_and(|title| title.starts_with("Add ")));
        let changes = alias.unwrap_or_else(|| panic!("no alias: {all:?}"))["edit"]["documentChanges"].clone();
        assert_eq!(changes[0]["textDocument"], json!({ "uri": note, "version": version }));
        let line = 2 + version;
        assert_eq!(changes[0]["edits"][0]["range"]["start"]["line"], json!(line), "{changes}");
    }
    client.shut_down().await;
}

#[tokio::test]
async fn the_file_of_corrections_is_no_note_and_what_is_wrong_in_it_is_shown_while_it_is_typed() {
    let folder = desk(&[("one.md", TEXT)]);
    let names = uri(&folder, "whosaid.names");
    let mut client = start(&folder).await;
    client.open(&names, "org: Norvik\nnot a name: Rana Zell said 40 percent left\nodd: Rana Zell\n").await;
    let found = client.published(&names, 1).await;
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0]["range"]["start"]["line"], 2);
    assert!(found[0]["message"].as_str().is_some_and(|message| message.contains("`odd`")), "{found:?}");
    client.change(&names, 2, json!([{ "text": "org: Norvik\n" }])).await;
    assert_eq!(client.published(&names, 2).await, Vec::<Value>::new());
    client.symbols_become("zell", &[]).await;
    assert_eq!(offered(&mut client, &names, 6).await, Vec::<Value>::new());
    client.shut_down().await;
}
