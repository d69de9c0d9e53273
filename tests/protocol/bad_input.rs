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
