//! Clients that get things wrong: every request has an answer, and the next one is answered as if nothing had been.

use serde_json::{Value, json};

use crate::capabilities::{REQUESTS, params};
use crate::harness::Client;
use crate::server::{Setup, at, start};

const NOTE: &str = "file:///desk/brief.md";

/// A client that says it can do everything there is.
fn boaster() -> Setup {
    let able = json!({ "refreshSupport": true });
    let mut setup = Setup::new()
        .with("/capabilities/window", json!({ "workDoneProgress": true, "showDocument": { "support": true } }));
    for what in ["codeLens", "semanticTokens", "inlayHint", "foldingRange", "diagnostics"] {
        setup = setup.with(&format!("/capabilities/workspace/{what}"), able.clone());
    }
    setup
        .with("/capabilities/workspace/textDocumentContent", json!({}))
        .with("/capabilities/workspace/didChangeWatchedFiles", json!({ "dynamicRegistration": true }))
        .with("/capabilities/workspace/workspaceEdit", json!({ "documentChanges": true, "snippetEditSupport": true }))
}

/// The server still works.
async fn works(client: &mut Client) {
    let uri = "file:///desk/still.md";
    client.open(uri, "Ada Pell spoke.\n").await;
    let hover = client.result("textDocument/hover", at(uri, 0, 2)).await;
    assert!(hover["contents"]["value"].as_str().is_some_and(|card| card.contains("Ada Pell")), "{hover}");
    client.close(uri).await;
}

/// Asks everything about a document and place, and gives what was refused.
async fn ask_everything(client: &mut Client, uri: &str, line: u32, character: u32) -> Vec<(String, Value)> {
    let place = json!({ "line": line, "character": character });
    let mut refused = Vec::new();
    for method in REQUESTS.iter().flat_map(|(_, methods)| *methods) {
        let mut params = params(method);
        params["textDocument"]["uri"] = json!(uri);
        params["position"] = place.clone();
        params["positions"] = json!([place]);
        params["range"] = json!({ "start": place, "end": { "line": 0, "character": 0 } });
        let answer = client.call(method, params).await;
        if let Some(error) = answer.get("error") {
            refused.push(((*method).to_owned(), error["code"].clone()));
        }
    }
    refused
}

#[tokio::test]
async fn every_request_about_a_document_that_is_not_open_is_answered() {
    let (mut client, _) = boaster().pulling().start().await;
    client.open(NOTE, "Ada Pell spoke.\n").await;
    client.close(NOTE).await;
    // Renaming in what is not open is refused in words, and unknown methods are unknown; nothing fails.
    let allowed = [json!(-32601), json!(-32602), json!(-32803)];
    for uri in [NOTE, "file:///never/opened.md", "untitled:Untitled-7", "git:/desk/a.md?%7B%7D", "odd:", "file:///"] {
        for (method, code) in ask_everything(&mut client, uri, 0, 2).await {
            assert!(allowed.contains(&code), "{method} about {uri} failed with {code}");
        }
    }
    works(&mut client).await;
}

#[tokio::test]
async fn every_request_about_a_place_outside_the_text_is_answered() {
    let (mut client, _) = boaster().pulling().start().await;
    client.open(NOTE, "# One 😀\n\nAda Pell spoke.[^1]\n\n[^1]: Ledger").await;
    let allowed = [json!(-32601), json!(-32602), json!(-32803)];
    for (line, character) in [(u32::MAX, u32::MAX), (0, u32::MAX), (99, 0), (0, 7), (4, 12)] {
        for (method, code) in ask_everything(&mut client, NOTE, line, character).await {
            assert!(allowed.contains(&code), "{method} at {line}:{character} failed with {code}");
        }
    }
    works(&mut client).await;
}

#[tokio::test]
async fn a_client_that_refuses_what_it_said_it_could_do_is_no_matter() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = tower_lsp::lsp_types::Url::from_directory_path(folder.path()).expect("a path").to_string();
    let (mut client, _) = boaster().with("/workspaceFolders", json!([{ "uri": root, "name": "desk" }])).start().await;
    client.open(NOTE, "Ada Pell spoke.\n").await;
    let arguments = json!([{ "uri": NOTE, "position": { "line": 0, "character": 2 } }]);
    client
        .result("workspace/executeCommand", json!({ "command": "whosaid.openDossier", "arguments": arguments }))
        .await;
    client.expect("window/showDocument").await;
    // Everything that was asked is refused, one of them twice and one under an id that nobody gave.
    let asked: Vec<Value> = client.unread().filter(|message| message.get("id").is_some()).cloned().collect();
    let refusal = json!({ "code": -32601, "message": "no" });
    for request in asked.iter().chain(asked.first()) {
        client.send(json!({ "jsonrpc": "2.0", "id": request["id"], "error": refusal })).await;
    }
    client.send(json!({ "jsonrpc": "2.0", "id": "never given", "error": refusal })).await;
    client.send(json!({ "jsonrpc": "2.0", "id": 4096, "result": [1, 2, 3] })).await;
    works(&mut client).await;
}

#[tokio::test]
async fn cancelling_what_is_unknown_done_or_nonsense_does_no_harm() {
    let mut client = start().await;
    client.open(NOTE, "Ada Pell spoke.\n").await;
    let id = client.request("textDocument/hover", at(NOTE, 0, 2)).await;
    client.answer(&id).await;
    for params in [json!({ "id": id }), json!({ "id": "x" }), json!({ "id": {} }), json!([]), Value::Null] {
        client.notify("$/cancelRequest", params).await;
    }
    // Cancelled twice at once, a request is answered once.
    let id = client.request("textDocument/references", {
        let mut params = at(NOTE, 0, 2);
        params["context"] = json!({ "includeDeclaration": true });
        params
    });
    let id = id.await;
    client.notify("$/cancelRequest", json!({ "id": id })).await;
    client.notify("$/cancelRequest", json!({ "id": id })).await;
    client.answer(&id).await;
    works(&mut client).await;
}

#[tokio::test]
async fn a_close_between_question_and_answer_changes_nothing() {
    let mut client = start().await;
    for _ in 0..50 {
        client.open(NOTE, "Ada Pell spoke to Lidia Marr.\n").await;
        let hover = client.request("textDocument/hover", at(NOTE, 0, 2)).await;
        client.close(NOTE).await;
        let after = client.request("textDocument/hover", at(NOTE, 0, 2)).await;
        assert!(client.answer(&hover).await["result"]["contents"].is_object());
        assert_eq!(client.answer(&after).await["result"], Value::Null);
    }
    works(&mut client).await;
}

#[tokio::test]
async fn what_is_to_be_completed_may_be_nonsense() {
    let (mut client, _) = boaster().start().await;
    client.open(NOTE, "Ada Pell spoke.\n").await;
    let place = json!({ "start": { "line": 9, "character": 9 }, "end": { "line": 0, "character": 0 } });
    let nonsense = [
        Value::Null,
        json!(7),
        json!("x"),
        json!([]),
        json!({ "uri": NOTE }),
        json!({ "uri": 7, "revision": -1, "range": "all", "only": 3, "said": [9, 1], "start": 5, "end": 2 }),
        json!({ "uri": NOTE, "of": { "record": "gone.md" }, "note": {}, "entity": [] }),
        json!({ "source": "nobody", "note": "gone.md", "entity": "Nobody" }),
    ];
    // What cannot be read at all is refused; nothing fails or is left without an answer.
    let allowed = [Value::Null, json!(-32601), json!(-32602), json!(-32801), json!(-32803)];
    for data in nonsense {
        let item = json!({
            "name": "x", "label": "x", "title": "x", "kind": 5, "uri": NOTE, "range": place, "selectionRange": place,
            "position": { "line": u32::MAX, "character": 0 }, "location": { "uri": NOTE }, "data": data
        });
        let mut action = item.clone();
        action["kind"] = json!("quickfix");
        for (method, params) in [
            ("codeAction/resolve", action),
            ("codeLens/resolve", item.clone()),
            ("completionItem/resolve", item.clone()),
            ("inlayHint/resolve", item.clone()),
            ("workspaceSymbol/resolve", item.clone()),
            ("documentLink/resolve", item.clone()),
            ("callHierarchy/incomingCalls", json!({ "item": item })),
            ("callHierarchy/outgoingCalls", json!({ "item": item })),
            ("typeHierarchy/supertypes", json!({ "item": item })),
            ("typeHierarchy/subtypes", json!({ "item": item })),
            ("codeAction/resolve", data.clone()),
            ("workspaceSymbol/resolve", data.clone()),
        ] {
            let answer = client.call(method, params).await;
            let code = &answer["error"]["code"];
            assert!(allowed.contains(code), "{method} with {data} failed with {code}");
        }
    }
    works(&mut client).await;
}

#[tokio::test]
async fn edits_that_cannot_be_placed_leave_the_document_whole() {
    let mut client = start().await;
    client.open(NOTE, "Ada Pell spoke.\n").await;
    let place = |a: i64, b: i64, c: i64, d: i64| json!({ "start": { "line": a, "character": b }, "end": { "line": c, "character": d } });
    // Backwards, past the end, negative, of the wrong kind, and none at all; versions that go back.
    for (version, changes) in [
        (2, json!([{ "range": place(0, 8, 0, 3), "text": "" }])),
        (3, json!([{ "range": place(90, 0, 99, 99), "text": " Late." }])),
        (1, json!([{ "range": place(-1, 0, 0, 0), "text": "never" }])),
        (1, json!([{ "range": "all", "text": "never" }])),
        (-5, json!([])),
        (-5, json!([{ "text": null }])),
        (-5, json!({})),
    ] {
        client.change(NOTE, version, changes).await;
    }
    let hover = client.result("textDocument/hover", at(NOTE, 0, 1)).await;
    assert!(hover.is_object() || hover.is_null());
    // A client in doubt sends the whole text, and then both agree.
    client.change(NOTE, 9, json!([{ "text": "Lidia Marr wrote to Ada Pell.\n" }])).await;
    client.edit(NOTE, 10, [0, 0, 0, 5], "Linda").await;
    let card = client.result("textDocument/hover", at(NOTE, 0, 2)).await;
    assert!(card["contents"]["value"].as_str().is_some_and(|card| card.contains("Linda Marr")), "{card}");
    works(&mut client).await;
}

#[tokio::test]
async fn an_id_that_is_used_twice_at_once_is_answered_twice_and_one_that_is_free_again_is_served() {
    let mut client = start().await;
    client.open(NOTE, "Ada Pell spoke.\n").await;
    for round in 0..20 {
        let id = json!("again");
        let ask = json!({ "jsonrpc": "2.0", "id": id, "method": "textDocument/hover", "params": at(NOTE, 0, 2) });
        client.send(ask.clone()).await;
        // The first is surely answered before this one is sent.
        let first = client.answer(&id).await;
        assert!(first["result"]["contents"].is_object(), "round {round}: {first}");
    }
    works(&mut client).await;
}

#[tokio::test]
async fn a_new_name_may_be_anything_and_a_bad_one_is_refused_in_words() {
    let mut client = start().await;
    client.open(NOTE, "Ada Pell spoke. See [@k1].[^1]\n\n[^1]: Log.\n").await;
    client.published(NOTE, 1).await;
    let long = "Pell ".repeat(10_000);
    for name in ["", " ", "\n", "\u{0}", "a\nb", "]]", "<!--", "\u{202e}", "😀", &long] {
        for column in [2, 23, 28] {
            let mut asked = at(NOTE, 0, column);
            asked["newName"] = json!(name);
            let answer = client.call("textDocument/rename", asked).await;
            let refused =
                answer["error"]["code"] == -32803 && answer["error"]["message"].as_str().is_some_and(|m| m.len() > 20);
            let edit = answer["result"]["documentChanges"].to_string();
            assert!(refused || answer["result"].is_object() && !edit.contains("\\n"), "{name:?} at {column}: {answer}");
        }
    }
    works(&mut client).await;
}
