//! Completion: what could be meant, with the right ranges, and nothing where nothing is meant.

use serde_json::{Value, json};

use crate::disk::{desk as desk_of, uri};
use crate::harness::Client;
use crate::server::{Setup, at, start};

const BRIEF: &str = "file:///desk/brief.md";
const RECORD: &str = "file:///desk/people/haddad.md";
const HADDAD: &str = "---\ntype: person\nname: Nadim Haddad\nrole: Trade Minister\n---\n\nHe wrote the quota.\n";

async fn desk(setup: Setup, text: &str) -> Client {
    let (mut client, _) = setup.start().await;
    client.open(RECORD, HADDAD).await;
    client.published(RECORD, 1).await;
    client.open(BRIEF, text).await;
    client
}

async fn complete(client: &mut Client, line: u32, column: u32) -> Value {
    client.result("textDocument/completion", at(BRIEF, line, column)).await
}

#[tokio::test]
async fn a_name_replaces_what_was_typed_in_all_three_encodings() {
    let before = "Café 😀 漢字 met Ha";
    for (encoding, units) in [("utf-8", 0), ("utf-16", 1), ("utf-32", 2)] {
        let count = |text: &str| match units {
            0 => text.len() as u32,
            1 => text.encode_utf16().count() as u32,
            _ => text.chars().count() as u32,
        };
        let mut client = desk(Setup::new().encoding(encoding), &format!("{before} there.\n")).await;
        let end = count(before);
        let found = complete(&mut client, 0, end).await;
        let item = &found["items"][0];
        assert_eq!((&item["label"], &item["textEdit"]["newText"]), (&json!("Nadim Haddad"), &json!("Nadim Haddad")));
        assert!(item["detail"].as_str().is_some_and(|detail| detail.contains("Trade Minister")), "{item}");
        let range = json!({ "start": { "line": 0, "character": end - 2 }, "end": { "line": 0, "character": end } });
        assert_eq!((&item["textEdit"]["range"], &found["isIncomplete"]), (&range, &json!(false)), "{encoding}");
        // Applied as a client does, the name stands there.
        client.change(BRIEF, 2, json!([{ "range": range, "text": item["textEdit"]["newText"] }])).await;
        let hover = client.result("textDocument/hover", at(BRIEF, 0, end)).await;
        assert!(hover["contents"]["value"].as_str().is_some_and(|card| card.contains("Nadim Haddad")), "{hover}");
    }
}

#[tokio::test]
async fn an_item_shows_its_dossier_when_it_is_resolved() {
    let mut client = desk(Setup::new(), "We met Ha\n").await;
    let item = complete(&mut client, 0, 9).await["items"][0].clone();
    assert!(item.get("documentation").is_none());
    let told = client.result("completionItem/resolve", item.clone()).await;
    assert_eq!(told["documentation"]["kind"], "plaintext");
    assert!(told["documentation"]["value"].as_str().is_some_and(|card| card.contains("Trade Minister")), "{told}");
    assert_eq!(told["textEdit"], item["textEdit"], "resolving changes nothing that is inserted");
    let markdown = Setup::new()
        .with("/capabilities/textDocument/completion/completionItem", json!({ "documentationFormat": ["markdown"] }));
    let mut client = desk(markdown, "We met Ha\n").await;
    let item = complete(&mut client, 0, 9).await["items"][0].clone();
    let told = client.result("completionItem/resolve", item).await;
    assert!(told["documentation"]["value"].as_str().is_some_and(|card| card.contains("**Nadim Haddad**")), "{told}");
    // What is not ours, or no longer there, comes back as it was sent.
    for data in [json!(null), json!({ "entity": "zz" }), json!({ "note": "gone.md" }), json!([1])] {
        let other = json!({ "label": "x", "data": data });
        assert!(client.result("completionItem/resolve", other).await.get("documentation").is_none());
    }
}

#[tokio::test]
async fn a_client_that_can_insert_or_replace_gets_both_ranges() {
    let able = json!({ "insertReplaceSupport": true, "labelDetailsSupport": true });
    let setup = || Setup::new().with("/capabilities/textDocument/completion/completionItem", able.clone());
    let mut client = desk(setup(), "See [[had]] there.\n").await;
    let item = complete(&mut client, 0, 7).await["items"][0].clone();
    let range = |end: u32| json!({ "start": { "line": 0, "character": 6 }, "end": { "line": 0, "character": end } });
    assert_eq!(
        (&item["textEdit"]["insert"], &item["textEdit"]["replace"], &item["textEdit"]["newText"]),
        (&range(7), &range(9), &json!("haddad"))
    );
    assert!(item["labelDetails"]["description"].is_string() && item.get("detail").is_none(), "{item}");
    let mut client = desk(Setup::bare(), "See [[had]] there.\n").await;
    let item = complete(&mut client, 0, 7).await["items"][0].clone();
    assert_eq!(item["textEdit"]["range"], range(9));
}

#[tokio::test]
async fn nothing_pops_up_where_nothing_is_meant() {
    let mut client = desk(Setup::new(), "The yard has shut.\n\n    code Had\n").await;
    for (line, column) in [(0, 3), (0, 8), (0, 17), (1, 0), (2, 12), (99, 99)] {
        let found = complete(&mut client, line, column).await;
        assert!(found.is_null() || found["items"] == json!([]), "{line}:{column} {found}");
    }
    // Documents that nobody opened, that were closed, and that are no notes.
    let unknown = at("file:///desk/never.md", 0, 0);
    assert_eq!(client.result("textDocument/completion", unknown).await, Value::Null);
    client.close(BRIEF).await;
    assert_eq!(complete(&mut client, 0, 0).await, Value::Null);
    let old = "git:/desk/brief.md?HEAD";
    client.open(old, "We met Ha\n").await;
    assert_eq!(client.result("textDocument/completion", at(old, 0, 9)).await, Value::Null);
}

#[tokio::test]
async fn a_newer_request_supersedes_and_every_one_is_answered() {
    let mut client = desk(Setup::new(), "We met \n").await;
    let mut asked = Vec::new();
    for (turn, letter) in ["N", "a", "d", "i", "m"].iter().cycle().take(50).enumerate() {
        let column = 7 + (turn as u32 % 5);
        if column == 7 && turn > 0 {
            client.edit(BRIEF, turn as i32 + 100, [0, 7, 0, 12], "").await;
        }
        client.edit(BRIEF, turn as i32 + 200, [0, column, 0, column], letter).await;
        asked.push(client.request("textDocument/completion", at(BRIEF, 0, column + 1)).await);
    }
    let last = asked.pop().expect("fifty were sent");
    for id in asked {
        let answer = client.answer(&id).await;
        assert!(answer.get("result").is_some() || answer["error"]["code"] == -32801, "{answer}");
    }
    let answer = client.answer(&last).await;
    assert_eq!(answer["result"]["items"][0]["label"], "Nadim Haddad", "{answer}");
    // A request that is cancelled is answered, too.
    let id = client.request("textDocument/completion", at(BRIEF, 0, 9)).await;
    client.notify("$/cancelRequest", json!({ "id": id })).await;
    let answer = client.answer(&id).await;
    assert!(answer.get("result").is_some() || answer["error"]["code"] == -32800, "{answer}");
}

#[tokio::test]
async fn an_untitled_document_is_completed_like_any_other() {
    let mut client = start().await;
    client.open(RECORD, HADDAD).await;
    client.published(RECORD, 1).await;
    client.open("untitled:Untitled-1", "We met Ha\n").await;
    let found = client.result("textDocument/completion", at("untitled:Untitled-1", 0, 9)).await;
    assert_eq!(found["items"][0]["label"], "Nadim Haddad", "{found}");
}

#[tokio::test]
async fn in_a_large_folder_the_names_come_as_soon_as_they_are_collected() {
    let notes: Vec<(String, String)> =
        (0..90).map(|n| (format!("n{n}.md"), format!("# Note {n}\n\nNadim Haddad spoke again.\n"))).collect();
    let files: Vec<(&str, &str)> = notes.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let folder = desk_of(&files);
    let (mut client, _) = Setup::new().folder(&folder).start().await;
    client.symbols_become("nadim haddad", &["Nadim Haddad"]).await;
    let open = uri(&folder, "open.md");
    client.open(&open, "We met Ha\n").await;
    loop {
        let found = client.result("textDocument/completion", at(&open, 0, 9)).await;
        if found["items"][0]["label"] == "Nadim Haddad" {
            break;
        }
        assert_eq!(found["isIncomplete"], true, "the next letter is to be asked about: {found}");
    }
}
