//! Findings reach the client once per version, with the version, and never by two ways.

use serde_json::{Value, json};

use crate::server::{Setup, codes, start};

const NOTE: &str = "file:///desk/brief.md";

#[tokio::test]
async fn every_newest_version_is_published_even_when_nothing_changed() {
    let mut client = start().await;
    client.open(NOTE, "Text.[^1]\n").await;
    assert_eq!(codes(&client.published(NOTE, 1).await), ["C302"]);
    for version in 2..6 {
        client.edit(NOTE, version, [0, 4, 0, 4], "s").await;
        assert_eq!(codes(&client.published(NOTE, version).await), ["C302"]);
    }
    client.edit(NOTE, 6, [1, 0, 1, 0], "\n[^1]: Ledger.\n").await;
    assert_eq!(client.published(NOTE, 6).await, Vec::<Value>::new());
}

#[tokio::test]
async fn a_burst_ends_with_the_newest_version_and_never_goes_back() {
    let mut client = start().await;
    client.open(NOTE, "Text.[^1]\n").await;
    for version in 2..200 {
        client.edit(NOTE, version, [0, 0, 0, 0], "A").await;
    }
    let last = client.published(NOTE, 199).await;
    assert_eq!(last[0]["range"]["start"]["character"], 203);
    client.edit(NOTE, 200, [0, 0, 0, 0], "A").await;
    client.published(NOTE, 200).await;
    let versions: Vec<i64> = client
        .unread()
        .filter(|message| message["method"] == "textDocument/publishDiagnostics")
        .filter_map(|message| message["params"]["version"].as_i64())
        .collect();
    assert!(versions.is_sorted() && versions.last().is_none_or(|&last| last < 199), "{versions:?}");
}

#[tokio::test]
async fn a_finding_says_what_it_is() {
    let mut client = start().await;
    client.open(NOTE, "Text.[^1]\n").await;
    let found = client.published(NOTE, 1).await;
    let finding = &found[0];
    assert_eq!((&finding["source"], &finding["code"]), (&json!("whosaid"), &json!("C302")));
    assert_eq!(
        finding["range"],
        json!({ "start": { "line": 0, "character": 5 }, "end": { "line": 0, "character": 9 } })
    );
    assert!(finding["severity"].is_u64());
    let message = finding["message"].as_str().expect("a message");
    assert!((1..=140).contains(&message.chars().count()), "{message}");
}

#[tokio::test]
async fn closing_clears_what_was_shown() {
    let mut client = start().await;
    client.open(NOTE, "Text.[^1]\n").await;
    client.published(NOTE, 1).await;
    client.close(NOTE).await;
    assert_eq!(client.published(NOTE, None).await, Vec::<Value>::new());
}

#[tokio::test]
async fn a_client_that_pulls_is_never_pushed() {
    let (mut client, said) = Setup::new().pulling().start().await;
    assert!(said["capabilities"]["diagnosticProvider"].is_object());
    client.open(NOTE, "Text.[^1]\n").await;
    let pull = |previous: Value| json!({ "textDocument": { "uri": NOTE }, "previousResultId": previous });
    let first = client.result("textDocument/diagnostic", pull(Value::Null)).await;
    assert_eq!((&first["kind"], &first["items"][0]["code"]), (&json!("full"), &json!("C302")));
    let again = client.result("textDocument/diagnostic", pull(first["resultId"].clone())).await;
    assert_eq!((&again["kind"], &again["resultId"]), (&json!("unchanged"), &first["resultId"]));
    // A pull sees the edit before it, however soon it comes.
    client.edit(NOTE, 2, [1, 0, 1, 0], "\n[^1]: Ledger.\n").await;
    let mended = client.result("textDocument/diagnostic", pull(first["resultId"].clone())).await;
    assert_eq!((&mended["kind"], &mended["items"]), (&json!("full"), &json!([])));
    client.close(NOTE).await;
    client.result("shutdown", Value::Null).await;
    assert!(client.unread().all(|message| message["method"] != "textDocument/publishDiagnostics"));
}

#[tokio::test]
async fn a_client_that_does_not_pull_is_not_offered_it() {
    let (_client, said) = Setup::new().start().await;
    assert_eq!(said["capabilities"].get("diagnosticProvider"), None);
}

/// The sentence being typed is not nagged about; moving on or saving ends the courtesy.
#[tokio::test]
async fn the_sentence_being_typed_is_left_alone_until_it_is_left_or_saved() {
    let mut client = start().await;
    client.open(NOTE, "The yard was quiet.\n\n").await;
    client.published(NOTE, 1).await;
    let typed = "Lidia Marr said: \"The quota";
    client.edit(NOTE, 2, [2, 0, 2, 0], typed).await;
    assert_eq!(codes(&client.published(NOTE, 2).await), Vec::<&str>::new());
    client.notify("textDocument/didSave", json!({ "textDocument": { "uri": NOTE } })).await;
    assert_eq!(codes(&client.published(NOTE, 2).await), ["Q204"]);
    client.edit(NOTE, 3, [2, typed.len() as u32, 2, typed.len() as u32], " stands").await;
    assert_eq!(codes(&client.published(NOTE, 3).await), Vec::<&str>::new());
    client.edit(NOTE, 4, [0, 0, 0, 3], "That").await;
    assert_eq!(codes(&client.published(NOTE, 4).await), ["Q204"]);
}
