//! Clients that are newer than the protocol's types, or careless: what is of no use here is no reason to refuse.

use serde_json::{Value, json};

use crate::harness::Client;
use crate::server::{Setup, at, start};

const NOTE: &str = "file:///desk/brief.md";
const TEXT: &str = "The port handled 38 million tonnes in 2030.\n";

fn asked(context: Value) -> Value {
    let place = json!({ "line": 0, "character": 20 });
    json!({ "textDocument": { "uri": NOTE }, "range": { "start": place, "end": place }, "context": context })
}

async fn titles(client: &mut Client, context: Value) -> Vec<String> {
    let found = client.result("textDocument/codeAction", asked(context)).await;
    let title = |action: &Value| action["title"].as_str().unwrap_or_default().to_owned();
    found.as_array().into_iter().flatten().map(title).collect()
}

#[tokio::test]
async fn quick_fixes_come_for_diagnostics_whose_messages_are_markdown() {
    let setup = Setup::new()
        .pulling()
        .with("/capabilities/textDocument/diagnostic/markupMessageSupport", json!(true))
        .with("/capabilities/textDocument/codeAction/dataSupport", json!(true))
        .with("/capabilities/textDocument/codeAction/resolveSupport", json!({ "properties": ["edit"] }));
    let (mut client, _) = setup.start().await;
    client.open(NOTE, TEXT).await;
    let report = client.result("textDocument/diagnostic", json!({ "textDocument": { "uri": NOTE } })).await;
    let found = report["items"].clone();
    assert_eq!(found[0]["message"]["kind"], "markdown", "{report}");
    // As the client got them, and as it asks with them.
    let params = asked(json!({ "diagnostics": found, "triggerKind": 1 }));
    let offered = client.result("textDocument/codeAction", params).await;
    let all = offered.as_array().expect("actions");
    let mends = all.iter().find(|action| action["diagnostics"].is_array()).expect("a quick fix");
    assert_eq!(mends["diagnostics"][0], found[0], "the client finds its own diagnostic again");
    let whole = client.result("codeAction/resolve", mends.clone()).await;
    assert!(whole["edit"].is_object(), "{whole}");
    assert_eq!(whole["title"], mends["title"]);
    client.shut_down().await;
}

#[tokio::test]
async fn pushed_diagnostics_may_come_back_as_text_or_in_any_newer_form() {
    let mut client = start().await;
    client.open(NOTE, TEXT).await;
    let found = client.published(NOTE, 1).await;
    assert!(found[0]["message"].is_string(), "{found:?}");
    let plain = titles(&mut client, json!({ "diagnostics": found })).await;
    assert!(plain.iter().any(|title| title.starts_with("Ignore A101")), "{plain:?}");
    let with = |name: &str, value: Value| {
        let mut newer = found[0].clone();
        newer[name] = value;
        json!({ "diagnostics": [newer] })
    };
    let markup = json!({ "kind": "markdown", "value": "words" });
    let place = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 0, "character": 3 } });
    for context in [
        with("message", markup.clone()),
        with("message", Value::Null),
        with("relatedInformation", json!([{ "location": { "uri": NOTE, "range": place }, "message": markup }])),
        with("severity", json!("grave")),
        with("tags", json!([9, "odd"])),
        with("code", json!({ "value": "A101" })),
        with("codeDescription", json!({ "href": "nowhere" })),
        with("data", json!([[1]])),
        json!({ "diagnostics": null }),
        json!({}),
        Value::Null,
        json!({ "diagnostics": [], "triggerKind": 9, "only": null }),
        json!({ "diagnostics": [], "triggerKind": "soon" }),
    ] {
        assert_eq!(titles(&mut client, context.clone()).await, plain, "{context}");
    }
    client.shut_down().await;
}

#[tokio::test]
async fn an_unknown_kind_of_action_is_one_that_there_is_none_of() {
    let mut client = start().await;
    client.open(NOTE, TEXT).await;
    let only = |kinds: Value| json!({ "diagnostics": [], "only": kinds });
    assert_eq!(titles(&mut client, only(json!(["refactor.move", "notebook"]))).await, Vec::<String>::new());
    let fixes = titles(&mut client, only(json!(["quickfix"]))).await;
    assert!(!fixes.is_empty());
    assert_eq!(titles(&mut client, only(json!(["notebook", 7, "quickfix"]))).await, fixes);
    client.shut_down().await;
}

#[tokio::test]
async fn tokens_and_positions_beyond_the_types_bounds_are_no_reason_to_refuse() {
    let mut client = start().await;
    client.open(NOTE, "Ada Pell spoke.\n").await;
    let hover = client.result("textDocument/hover", at(NOTE, 0, 2)).await;
    assert!(hover["contents"].is_object());
    for (name, value) in [
        ("workDoneToken", json!(1_u64 << 40)),
        ("partialResultToken", json!([])),
        ("textDocument", json!({ "uri": NOTE, "version": "x" })),
    ] {
        let mut params = at(NOTE, 0, 2);
        params[name] = value;
        assert_eq!(client.result("textDocument/hover", params).await, hover, "{name}");
    }
    for character in [json!(2.0), json!(2)] {
        let mut params = at(NOTE, 0, 0);
        params["position"]["character"] = character;
        assert_eq!(client.result("textDocument/hover", params).await, hover);
    }
    // To the end, in the words of three clients.
    for end in [json!(u64::MAX), json!(1e300), json!(4_294_967_296_u64)] {
        let range = json!({ "start": { "line": -1, "character": -1 }, "end": { "line": end, "character": end } });
        let params = json!({ "textDocument": { "uri": NOTE }, "range": range });
        assert!(client.result("textDocument/inlayHint", params).await.is_array());
    }
    // An edit is never lost for that: what is asked next would be about another text.
    let range = json!({ "start": { "line": 0, "character": 9 }, "end": { "line": 0, "character": u64::MAX } });
    client.change(NOTE, 2, json!([{ "range": range, "rangeLength": -1, "text": "fell silent." }])).await;
    client.change(NOTE, 3, json!([{ "range": { "start": { "line": 0, "character": -4 }, "end": { "line": 0, "character": 3 } }, "text": "# Rana" }])).await;
    assert_eq!(client.outline(NOTE).await, ["Rana Pell fell silent."]);
    client.shut_down().await;
}

#[tokio::test]
async fn what_lacks_its_subject_is_refused_in_words() {
    let mut client = start().await;
    client.open(NOTE, TEXT).await;
    let place = json!({ "line": 0, "character": 2 });
    for (method, params, word) in [
        (
            "textDocument/codeAction",
            json!({ "textDocument": { "uri": NOTE }, "context": { "diagnostics": [] } }),
            "range",
        ),
        ("textDocument/codeAction", json!({ "range": { "start": place, "end": place } }), "textDocument"),
        ("textDocument/hover", json!({ "textDocument": { "uri": NOTE }, "position": "here" }), "Position"),
        ("textDocument/rename", json!({ "textDocument": { "uri": NOTE }, "position": place }), "newName"),
        ("workspace/executeCommand", json!({ "arguments": null }), "command"),
        (
            "textDocument/selectionRange",
            json!({ "textDocument": { "uri": NOTE }, "positions": [{ "line": 0 }] }),
            "character",
        ),
    ] {
        let refused = client.call(method, params).await;
        assert_eq!(refused["error"]["code"], -32602, "{method} {refused}");
        let message = refused["error"]["message"].as_str().unwrap_or_default();
        assert!(message.contains(word), "{method}: {message}");
    }
    // No arguments are none.
    let status =
        client.result("workspace/executeCommand", json!({ "command": "whosaid.status", "arguments": null })).await;
    assert_eq!(status["open"], 1);
    client.shut_down().await;
}

#[tokio::test]
async fn one_address_that_is_none_hides_no_change_of_the_others() {
    let folder = crate::disk::desk(&[("one.md", "# One heading\n")]);
    let one = crate::disk::uri(&folder, "one.md");
    let (mut client, _) = Setup::new().folder(&folder).start().await;
    client.symbols_become("#heading", &["One heading"]).await;
    crate::disk::write(folder.path(), "one.md", "# New heading\n");
    let changes = json!([{ "uri": "no address", "type": 2 }, { "type": 2 }, { "uri": one, "type": 99 }]);
    client.notify("workspace/didChangeWatchedFiles", json!({ "changes": changes })).await;
    client.symbols_become("#heading", &["New heading"]).await;
    let event = json!({ "added": [{ "uri": "no address" }], "removed": [{ "uri": 7, "name": "x" }] });
    client.notify("workspace/didChangeWorkspaceFolders", json!({ "event": event })).await;
    client.symbols_become("#heading", &["New heading"]).await;
    client.shut_down().await;
}
