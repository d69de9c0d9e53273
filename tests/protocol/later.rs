//! What a client completes when it is needed, and what only newer clients take.

use serde_json::{Value, json};

use crate::harness::Client;
use crate::server::{Setup, at};

const NOTE: &str = "file:///desk/brief.md";
const TEXT: &str = "# Harbour\n\nThe port handled 38 million tonnes in 2030.\n";

/// A client that completes code actions.
fn completing() -> Setup {
    Setup::new()
        .with("/capabilities/textDocument/codeAction/dataSupport", json!(true))
        .with("/capabilities/textDocument/codeAction/resolveSupport", json!({ "properties": ["edit"] }))
}

async fn actions(client: &mut Client) -> Vec<Value> {
    let place = json!({ "line": 2, "character": 20 });
    let params = json!({ "textDocument": { "uri": NOTE }, "range": { "start": place, "end": place }, "context": { "diagnostics": [] } });
    client.result("textDocument/codeAction", params).await.as_array().cloned().unwrap_or_default()
}

fn named<'a>(actions: &'a [Value], title: &str) -> &'a Value {
    let found = actions.iter().find(|action| action["title"].as_str().is_some_and(|t| t.starts_with(title)));
    found.unwrap_or_else(|| panic!("no {title}: {actions:?}"))
}

#[tokio::test]
async fn the_edit_of_an_action_comes_when_it_is_chosen() {
    let (mut eager, said) = Setup::new().start().await;
    assert!(said["capabilities"]["codeActionProvider"].get("resolveProvider").is_none());
    eager.open(NOTE, TEXT).await;
    let whole = actions(&mut eager).await;
    let (mut lazy, said) = completing().start().await;
    assert_eq!(said["capabilities"]["codeActionProvider"]["resolveProvider"], true);
    lazy.open(NOTE, TEXT).await;
    let offered = actions(&mut lazy).await;
    assert_eq!(offered.len(), whole.len());
    assert!(offered.len() > 5 && offered.iter().all(|action| action.get("edit").is_none()), "{offered:?}");
    for (lazily, at_once) in offered.iter().zip(&whole) {
        let mut lazily = lazily.clone();
        // As Neovim does with what is null.
        lazily["data"].as_object_mut().expect("data").retain(|_, value| !value.is_null());
        let complete = lazy.result("codeAction/resolve", lazily.clone()).await;
        assert_eq!((&complete["title"], &complete["edit"]), (&at_once["title"], &at_once["edit"]));
    }
}

#[tokio::test]
async fn an_action_for_an_older_text_is_refused_and_one_without_data_comes_back() {
    let (mut client, _) = completing().start().await;
    client.open(NOTE, TEXT).await;
    let offered = actions(&mut client).await;
    let ignore = named(&offered, "Ignore A101 here").clone();
    let foreign = json!({ "title": "Not ours", "kind": "quickfix" });
    assert_eq!(client.result("codeAction/resolve", foreign.clone()).await, foreign);
    let mut odd = ignore.clone();
    odd["data"] = json!({ "uri": NOTE, "revision": "two" });
    assert_eq!(client.call("codeAction/resolve", odd).await["error"]["code"], -32801);
    client.edit(NOTE, 2, [0, 0, 0, 0], "\n").await;
    assert_eq!(client.call("codeAction/resolve", ignore.clone()).await["error"]["code"], -32801);
    client.close(NOTE).await;
    assert_eq!(client.call("codeAction/resolve", ignore).await["error"]["code"], -32801);
}

#[tokio::test]
async fn a_client_that_fills_in_places_gets_the_caret_there() {
    for (able, crlf) in [(false, false), (true, false), (true, true)] {
        let text = if crlf { TEXT.replace('\n', "\r\n") } else { TEXT.to_owned() };
        let editing = json!({ "documentChanges": true, "snippetEditSupport": able });
        let (mut client, _) = Setup::new().with("/capabilities/workspace/workspaceEdit", editing).start().await;
        client.open(NOTE, &text).await;
        let offered = actions(&mut client).await;
        let edits = |title: &str| named(&offered, title)["edit"]["documentChanges"][0]["edits"].clone();
        let (ignore, note) = (edits("Ignore A101 here"), edits("Insert a footnote"));
        if !able {
            assert!(ignore[0]["newText"].as_str().is_some_and(|text| text.contains("reason=\"\"")), "{ignore}");
            continue;
        }
        let end = if crlf { "\r\n" } else { "\n" };
        let excuse = format!("<!-- whosaid: ignore A101 reason=\"$0\" -->{end}{end}");
        assert_eq!(ignore[0]["snippet"], json!({ "kind": "snippet", "value": excuse }));
        assert!(ignore[0].get("newText").is_none() && ignore[0]["range"].is_object(), "{ignore}");
        assert_eq!(note[0]["newText"], "[^1]");
        assert_eq!(note[1]["snippet"]["value"], format!("{end}[^1]: $0{end}"));
        // What has nothing to fill in stays a plain edit.
        assert!(edits("Insert \"[citation needed]\"")[0]["newText"].is_string());
    }
}

#[tokio::test]
async fn the_range_of_a_symbol_comes_when_it_is_chosen() {
    let lazy = Setup::new().with("/capabilities/workspace/symbol/resolveSupport/properties", json!(["location.range"]));
    let (mut client, said) = lazy.start().await;
    assert_eq!(said["capabilities"]["workspaceSymbolProvider"]["resolveProvider"], true);
    client.open(NOTE, "# Harbour\n\n😀 Ada Pell spoke.\n").await;
    client.published(NOTE, 1).await;
    let found = client.result("workspace/symbol", json!({ "query": "pell" })).await;
    assert_eq!(found[0]["location"], json!({ "uri": NOTE }), "{found}");
    let whole = client.result("workspaceSymbol/resolve", found[0].clone()).await;
    assert_eq!(whole["location"]["range"]["start"], json!({ "line": 2, "character": 3 }), "{whole}");
    // Of a note that is gone, or with nonsense for data, the address is all there is.
    for (uri, data) in [("file:///gone.md", found[0]["data"].clone()), (NOTE, json!({ "start": 9, "end": 2 }))] {
        let symbol = json!({ "name": "x", "kind": 5, "location": { "uri": uri }, "data": data });
        let whole = client.result("workspaceSymbol/resolve", symbol).await;
        assert_eq!((&whole["location"]["uri"], &whole["location"]["range"]["start"]["line"]), (&json!(uri), &json!(0)));
    }
}

#[tokio::test]
async fn an_inlay_hint_tells_what_was_said_when_it_is_pointed_at() {
    let text = "According to the port authority, 12 ships left in May. A further 38 ships left in June.\n";
    let range = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 1, "character": 0 } });
    let told = "According to the port authority, 12 ships left in May.";
    for lazily in [false, true] {
        let mut setup = Setup::new().with("/initializationOptions", json!({ "inlayHints": true }));
        if lazily {
            let properties = json!(["tooltip", "label.location"]);
            setup = setup.with("/capabilities/textDocument/inlayHint/resolveSupport/properties", properties);
        }
        let (mut client, said) = setup.start().await;
        assert_eq!(said["capabilities"]["inlayHintProvider"]["resolveProvider"], lazily);
        client.open(NOTE, text).await;
        let params = json!({ "textDocument": { "uri": NOTE }, "range": range });
        let hint = client.result("textDocument/inlayHint", params).await[0].clone();
        assert_eq!(hint.get("tooltip").is_none(), lazily, "{hint}");
        let whole = client.result("inlayHint/resolve", hint.clone()).await;
        assert_eq!(whole["tooltip"], told);
        // For an older text there is nothing to add.
        client.edit(NOTE, 2, [0, 0, 0, 0], "Well: ").await;
        let late = client.result("inlayHint/resolve", hint).await;
        assert_eq!(late.get("tooltip").is_none(), lazily, "{late}");
    }
}

#[tokio::test]
async fn messages_are_markdown_where_the_client_takes_that() {
    let text = "Text.[^9]\n";
    for able in [false, true] {
        let setup = Setup::new()
            .pulling()
            .with("/capabilities/textDocument/diagnostic/markupMessageSupport", json!(able))
            .with("/capabilities/workspace/diagnostic", json!({ "refreshSupport": true }));
        let (mut client, _) = setup.start().await;
        client.open(NOTE, text).await;
        let own = client.result("textDocument/diagnostic", json!({ "textDocument": { "uri": NOTE } })).await;
        let all = client.result("workspace/diagnostic", json!({ "previousResultIds": [] })).await;
        for message in [&own["items"][0]["message"], &all["items"][0]["items"][0]["message"]] {
            if able {
                assert_eq!(message["kind"], "markdown");
                assert!(message["value"].as_str().is_some_and(|words| words.contains("\\[^9\\]")), "{message}");
            } else {
                assert!(message.as_str().is_some_and(|words| words.contains("[^9]")), "{message}");
            }
        }
    }
}

#[tokio::test]
async fn a_hover_is_the_same_wherever_an_action_was_completed() {
    // A completion of one kind must not be taken for one of another: all carry data with an address.
    let (mut client, _) = completing().start().await;
    client.open(NOTE, TEXT).await;
    let offered = actions(&mut client).await;
    let lens = json!({ "range": offered[0]["data"]["range"], "data": offered[0]["data"] });
    assert_eq!(client.result("codeLens/resolve", lens.clone()).await["data"], lens["data"]);
    assert!(client.result("textDocument/hover", at(NOTE, 2, 20)).await["contents"].is_object());
}
