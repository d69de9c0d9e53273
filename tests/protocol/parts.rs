//! Long answers in parts, progress of a request, and requests that a newer one makes useless.

use serde_json::{Value, json};

use crate::server::{Setup, at, start};

const NOTE: &str = "file:///desk/brief.md";

fn references(line: u32) -> Value {
    let mut params = at(NOTE, line, 2);
    params["context"] = json!({ "includeDeclaration": true });
    params
}

#[tokio::test]
async fn a_long_answer_comes_in_parts_where_the_client_takes_them() {
    let mut client = start().await;
    client.open(NOTE, &"Ada Pell ran.\n\n".repeat(300)).await;
    client.published(NOTE, 1).await;
    let whole = client.result("textDocument/references", references(0)).await;
    let whole = whole.as_array().expect("places").clone();
    assert_eq!(whole.len(), 300);
    let mut params = references(0);
    params["partialResultToken"] = json!(7);
    assert_eq!(client.result("textDocument/references", params).await, json!([]));
    let mut parts = Vec::new();
    for part in client.unread().filter(|message| message["method"] == "$/progress") {
        assert_eq!(part["params"]["token"], 7);
        parts.push(part["params"]["value"].as_array().expect("a list").clone());
    }
    assert!(parts.len() > 1);
    assert_eq!(parts.concat(), whole);
}

#[tokio::test]
async fn a_short_answer_comes_whole_and_a_token_that_is_none_is_ignored() {
    let mut client = start().await;
    client.open(NOTE, "Ada Pell ran.\n").await;
    client.published(NOTE, 1).await;
    for token in [json!("t"), json!({ "odd": true }), json!(1.5), Value::Null] {
        let mut params = references(0);
        params["partialResultToken"] = token.clone();
        let answer = client.call("textDocument/references", params).await;
        // The types of the protocol refuse some of these; the others get the whole answer.
        let whole = answer["result"].as_array().map(Vec::len) == Some(1);
        assert!(whole || answer["error"]["code"] == -32602, "{token}: {answer}");
    }
    assert!(client.unread().all(|message| message["method"] != "$/progress"));
}

#[tokio::test]
async fn progress_that_was_asked_for_begins_and_ends_once_before_the_answer() {
    let (mut client, said) = Setup::new().start().await;
    assert_eq!(said["capabilities"]["referencesProvider"]["workDoneProgress"], true);
    client.open(NOTE, "Ada Pell ran.\n").await;
    client.published(NOTE, 1).await;
    let mut params = references(0);
    params["workDoneToken"] = json!("work");
    client.result("textDocument/references", params).await;
    let kinds: Vec<_> = client
        .unread()
        .filter(|message| message["params"]["token"] == "work")
        .map(|message| message["params"]["value"]["kind"].clone())
        .collect();
    assert_eq!(kinds, [json!("begin"), json!("end")]);
}

#[tokio::test]
async fn a_newer_request_for_colours_ends_the_older_one() {
    let mut client = start().await;
    client.open(NOTE, &"Ada Pell ran to Port Sarn.\n\n".repeat(2000)).await;
    let document = json!({ "textDocument": { "uri": NOTE } });
    let mut ids = Vec::new();
    for _ in 0..40 {
        ids.push(client.request("textDocument/semanticTokens/full", document.clone()).await);
    }
    let mut superseded = 0;
    for id in &ids[..39] {
        let answer = client.answer(id).await;
        match answer.get("error") {
            Some(error) => {
                assert_eq!(error["code"], -32801, "{error}");
                superseded += 1;
            }
            None => assert!(answer["result"]["data"].is_array()),
        }
    }
    assert!(superseded > 0);
    assert!(client.answer(&ids[39]).await["result"]["data"].is_array());
    // Another document's request ends nothing.
    let other = "file:///desk/other.md";
    client.open(other, "Ada Pell ran.\n").await;
    let first = client.request("textDocument/semanticTokens/full", document).await;
    client.result("textDocument/semanticTokens/full", json!({ "textDocument": { "uri": other } })).await;
    assert!(client.answer(&first).await["result"]["data"].is_array());
}
