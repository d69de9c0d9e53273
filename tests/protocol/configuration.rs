//! `whosaid.toml` and the client's own settings: in force at once, each folder's own, faults told on their own file.

use serde_json::{Value, json};
use tower_lsp::lsp_types::Url;

use crate::disk::{desk, uri, write};
use crate::harness::Client;
use crate::server::{Setup, at, codes};

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

/// Somebody else accepts what there is, and the list of known findings comes in with a pull: here the system tells.
#[tokio::test]
async fn known_findings_are_picked_up_when_their_file_changes() {
    let folder = desk(&[
        ("whosaid.toml", "baseline = \"known.json\"\n"),
        ("known.json", "{\"version\": 1, \"findings\": []}\n"),
    ]);
    let one = uri(&folder, "one.md");
    write(folder.path(), "one.md", "Text.[^1]\n");
    let (mut client, _) = Setup::new().folder(&folder).start().await;
    client.open(&one, "Text.[^1]\n").await;
    shown_becomes(&mut client, &one, &[("C302", 1)]).await;
    let program = env!("CARGO_BIN_EXE_whosaid");
    let run = std::process::Command::new(program)
        .args(["check", "--write-baseline=known.json"])
        .current_dir(folder.path())
        .output();
    assert!(run.is_ok_and(|output| output.status.success()), "the list is written");
    shown_becomes(&mut client, &one, &[]).await;
}

/// One conversion serves notes and all other files: a finding in the settings, in a library or in corrections leads to its
/// rule's page and carries its name, where the client takes that.
#[tokio::test]
async fn a_finding_in_a_file_that_is_no_note_leads_to_its_rule_like_any_other() {
    let unclosed = "@book{orr30, title = {Gates}\n\n@book{lusk31, title = {Piers}}\n";
    let folder = desk(&[
        ("whosaid.toml", "[rules]\nno-such-rule = \"off\"\n"),
        ("whosaid.names", "odd: Rana Zell\n"),
        ("refs.bib", unclosed),
    ]);
    let files = ["whosaid.toml", "whosaid.names", "refs.bib"].map(|name| uri(&folder, name));
    for links in [true, false] {
        let setup =
            Setup::new().with("/capabilities/textDocument/publishDiagnostics/codeDescriptionSupport", json!(links));
        let (mut client, _) = setup.folder(&folder).start().await;
        let mut open: std::collections::BTreeSet<&str> = files.iter().map(String::as_str).collect();
        let mut shown = Vec::new();
        while !open.is_empty() {
            let message = client.wait(|message| message["method"] == "textDocument/publishDiagnostics").await;
            let params = &message["params"];
            let found = params["diagnostics"].as_array().cloned().unwrap_or_default();
            if !found.is_empty() && open.remove(params["uri"].as_str().unwrap_or_default()) {
                shown.extend(found);
            }
        }
        assert!(shown.len() >= 3, "{shown:?}");
        for one in &shown {
            let code = one["code"].as_str().expect("a code");
            assert!(one["data"]["rule"].is_string(), "{one}");
            let href = one["codeDescription"]["href"].as_str();
            assert_eq!(href.is_some_and(|href| href.ends_with(&format!("/{code}.md"))), links, "{one}");
        }
    }
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
async fn a_closed_note_is_judged_again_when_a_note_that_it_looks_at_changes() {
    let source = "---\ntype: source\ncitekey: hd31\ntitle: Log\npublisher: Harbor Daily\ndate: 2031-05-02\nurl: https://hd.example/1\n---\n";
    let folder = desk(&[
        ("whosaid.toml", "profile = \"standard\"\n"),
        ("sources/log.md", source),
        ("closed.md", "# Closed gate\n\nIt was shut [@hd31].\n"),
    ]);
    let (log, closed) = (uri(&folder, "sources/log.md"), uri(&folder, "closed.md"));
    let (mut client, _) = Setup::new().folder(&folder).start().await;
    client.symbols_become("#closed", &["Closed gate"]).await;
    write(folder.path(), "sources/log.md", &source.replace("hd31", "hd32"));
    client.disk_changed(std::slice::from_ref(&log)).await;
    shown_becomes(&mut client, &closed, &[("C301", 1)]).await;
    write(folder.path(), "sources/log.md", source);
    client.disk_changed(std::slice::from_ref(&log)).await;
    shown_becomes(&mut client, &closed, &[]).await;
    // Edited in the editor, it moves others once it is saved.
    client.open(&log, source).await;
    client.published(&log, 1).await;
    let other = source.replace("hd31", "hd33");
    client.change(&log, 2, json!([{ "text": other }])).await;
    client.published(&log, 2).await;
    write(folder.path(), "sources/log.md", &other);
    client.disk_changed(&[log]).await;
    shown_becomes(&mut client, &closed, &[("C301", 1)]).await;
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
