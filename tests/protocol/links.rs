//! Links to follow, labels that change together, and what a selection grows to.

use serde_json::{Value, json};

use crate::server::{Setup, applied, at, start};

const NOTE: &str = "file:///desk/brief.md";

#[tokio::test]
async fn links_lead_to_notes_footnotes_and_addresses_in_all_three_encodings() {
    let line = "😀 é [[talks|there]] and so.[^1] <https://hd.example/y>";
    for (encoding, units) in [("utf-8", 0), ("utf-16", 1), ("utf-32", 2)] {
        let column = |needle: &str| {
            let before = line.split(needle).next().expect("it is there");
            match units {
                0 => before.len() as u32,
                1 => before.encode_utf16().count() as u32,
                _ => before.chars().count() as u32,
            }
        };
        let (mut client, _) = Setup::new()
            .encoding(encoding)
            .with("/capabilities/textDocument/documentLink", json!({ "tooltipSupport": true }))
            .start()
            .await;
        client.open("file:///desk/talks.md", "\n\n# Talks in Lusk\n").await;
        client.published("file:///desk/talks.md", 1).await;
        client.open(NOTE, &format!("{line}\n\n[^1]: The ledger.\n")).await;
        let links = client.result("textDocument/documentLink", json!({ "textDocument": { "uri": NOTE } })).await;
        let targets: Vec<&str> = links.as_array().expect("links").iter().filter_map(|l| l["target"].as_str()).collect();
        assert_eq!(targets, ["file:///desk/talks.md#L3", "file:///desk/brief.md#L3", "https://hd.example/y"]);
        let starts: Vec<&Value> =
            links.as_array().expect("links").iter().map(|l| &l["range"]["start"]["character"]).collect();
        assert_eq!(starts, [column("talks|"), column("[^1]"), column("https:")], "{encoding}");
        assert_eq!((&links[0]["tooltip"], &links[1]["tooltip"]), (&json!("Talks in Lusk"), &json!("The ledger.")));
    }
}

#[tokio::test]
async fn links_of_a_document_that_nobody_opened_are_nothing() {
    let mut client = start().await;
    for uri in ["file:///desk/never.md", "untitled:never"] {
        let links = client.result("textDocument/documentLink", json!({ "textDocument": { "uri": uri } })).await;
        assert_eq!(links, Value::Null);
        assert_eq!(client.result("textDocument/linkedEditingRange", at(uri, 0, 0)).await, Value::Null);
    }
    client.open(NOTE, "See [[talks]] and [x](none.md).\n").await;
    let links = client.result("textDocument/documentLink", json!({ "textDocument": { "uri": NOTE } })).await;
    assert_eq!(links, json!([]), "what leads nowhere is no link, and who takes no words gets none");
    client.close(NOTE).await;
    let links = client.result("textDocument/documentLink", json!({ "textDocument": { "uri": NOTE } })).await;
    assert_eq!(links, Value::Null);
}

#[tokio::test]
async fn a_label_changes_at_all_its_places_while_one_types() {
    let text = "😀 One.[^log] Two.[^log]\n\n[^log]: The ledger.\n";
    for encoding in ["utf-8", "utf-16", "utf-32"] {
        let (mut client, _) = Setup::new().encoding(encoding).start().await;
        client.open(NOTE, text).await;
        let linked = client.result("textDocument/linkedEditingRange", at(NOTE, 2, 3)).await;
        let edits: Vec<Value> = linked["ranges"]
            .as_array()
            .expect("ranges")
            .iter()
            .map(|range| json!({ "range": range, "newText": "port" }))
            .collect();
        assert_eq!(applied(text, &json!(edits), encoding), text.replace("log]", "port]"));
        assert!(linked["wordPattern"].is_string());
        for (line, column) in [(0, 4), (2, 10), (99, 99)] {
            assert_eq!(client.result("textDocument/linkedEditingRange", at(NOTE, line, column)).await, Value::Null);
        }
    }
}

#[tokio::test]
async fn a_selection_grows_over_word_name_clause_sentence_paragraph_item_and_note() {
    let text = "# First\n\nWarden Ada Pell said the gates of Lusk stay shut. She left.\n\n# Second\n\nMore.\n";
    let mut client = start().await;
    client.open(NOTE, text).await;
    let grown = |words: &str| {
        let at = text.find(words).expect("it is there") + 1;
        let line = text[..at].matches('\n').count() as u32;
        let column = (at - text[..at].rfind('\n').map_or(0, |end| end + 1)) as u32;
        json!({ "textDocument": { "uri": NOTE }, "positions": [{ "line": line, "character": column }] })
    };
    let (name, content) = (grown("Pell"), grown("gates"));
    for (params, wanted) in [(name, vec!["Pell", "Ada Pell"]), (content, vec!["gates", "the gates of Lusk stay shut"])]
    {
        let found = client.result("textDocument/selectionRange", params).await;
        let (mut shown, mut around) = (Vec::new(), &found[0]);
        while around.is_object() {
            let cut = json!([{ "range": around["range"], "newText": "\u{0}" }]);
            let rest = applied(text, &cut, "utf-16");
            let (before, after) = rest.split_once('\u{0}').expect("it was cut");
            shown.push(text[before.len()..text.len() - after.len()].to_owned());
            around = &around["parent"];
        }
        let paragraph = "Warden Ada Pell said the gates of Lusk stay shut. She left.";
        let outer = ["Warden Ada Pell said the gates of Lusk stay shut.", paragraph, text];
        for step in wanted.iter().chain(&outer) {
            assert!(shown.iter().any(|range| range == step), "{step:?} in {shown:?}");
        }
        assert!(shown.windows(2).all(|pair| pair[0].len() < pair[1].len() && pair[1].contains(&pair[0])));
    }
}
