//! Code lenses, the pages they open, and what the client is asked to ask for again.

use serde_json::{Value, json};

use crate::harness::Client;
use crate::server::{Setup, at};

const TALKS: &str = "file:///desk/talks.md";
const HADDAD: &str = "file:///desk/people/haddad.md";

const TEXT: &str =
    "# Talks\n\nNadim Haddad said the quota would rise to 40 percent.\n\nThe port handled 38 million tonnes in 2030.\n";

async fn desk(setup: Setup) -> Client {
    let (mut client, _) = setup.start().await;
    client.open(TALKS, TEXT).await;
    client.open(HADDAD, "---\ntype: person\nname: Nadim Haddad\n---\n").await;
    client.published(TALKS, 1).await;
    client.published(HADDAD, 1).await;
    client
}

fn showing() -> Setup {
    Setup::new().with("/capabilities/window/showDocument", json!({ "support": true }))
}

impl Client {
    async fn lenses(&mut self, uri: &str) -> Value {
        self.result("textDocument/codeLens", json!({ "textDocument": { "uri": uri } })).await
    }

    async fn execute(&mut self, command: &Value) -> Value {
        let params = json!({ "command": command["command"], "arguments": command["arguments"] });
        self.result("workspace/executeCommand", params).await
    }

    /// The text of the page that the server asks to be shown.
    async fn shown_page(&mut self) -> String {
        let asked = self.expect("window/showDocument").await;
        self.send(json!({ "jsonrpc": "2.0", "id": asked["id"], "result": { "success": true } })).await;
        let uri = asked["params"]["uri"].as_str().expect("an address").to_owned();
        let url = tower_lsp::lsp_types::Url::parse(&uri).expect("a valid address");
        std::fs::read_to_string(url.to_file_path().expect("a file")).expect("it is there")
    }
}

#[tokio::test]
async fn a_lens_says_how_well_a_section_is_sourced_and_opens_its_claims() {
    let mut client = desk(showing()).await;
    let lenses = client.lenses(TALKS).await;
    assert_eq!(lenses[0]["command"]["title"], "2 claims, 1 unsourced", "{lenses}");
    assert_eq!(lenses[0]["range"]["start"], json!({ "line": 0, "character": 2 }));
    let done = client.execute(&lenses[0]["command"]).await;
    assert_eq!(done["shown"], true);
    let page = client.shown_page().await;
    assert!(
        page.starts_with("# Claims and sources: Talks\n") && page.contains("| attributed, named | Nadim Haddad |"),
        "{page}"
    );
    assert!(page.contains("](<file:///desk/talks.md#L3>)"), "{page}");
}

#[tokio::test]
async fn mentions_are_counted_when_a_lens_is_seen() {
    let mut client = desk(showing()).await;
    let lenses = client.lenses(HADDAD).await;
    assert!(lenses[0].get("command").is_none(), "{lenses}");
    let resolved = client.result("codeLens/resolve", lenses[0].clone()).await;
    assert_eq!(resolved["command"]["title"], "1 mention in 1 note");
    client.execute(&resolved["command"]).await;
    let page = client.shown_page().await;
    assert!(page.contains("- [3](<file:///desk/talks.md#L3>) **Nadim Haddad** said the quota"), "{page}");
    // A client that does not complete lenses has them whole at once (3.18).
    let mut client =
        desk(showing().with("/capabilities/textDocument/codeLens/resolveSupport", json!({ "properties": [] }))).await;
    assert_eq!(client.lenses(HADDAD).await[0]["command"]["title"], "1 mention in 1 note");
}

#[tokio::test]
async fn a_client_that_shows_no_documents_has_titles_without_commands() {
    let mut client = desk(Setup::new()).await;
    let lenses = client.lenses(TALKS).await;
    assert_eq!(lenses[0]["command"], json!({ "title": "2 claims, 1 unsourced", "command": "" }));
    // Asked all the same, the server says where the page is.
    let done = client.execute(&json!({ "command": "whosaid.openRule", "arguments": ["A101"] })).await;
    assert_eq!((&done["title"], &done["shown"]), (&json!("A101"), &json!(false)));
    let told = client.expect("window/showMessage").await;
    assert!(told["params"]["message"].as_str().is_some_and(|message| message.contains("A101.md")), "{told}");
}

#[tokio::test]
async fn lenses_can_be_switched_off() {
    let mut client = desk(showing().with("/initializationOptions", json!({ "codeLens": false }))).await;
    assert_eq!(client.lenses(TALKS).await, json!([]));
}

#[tokio::test]
async fn pages_are_gone_when_the_server_is() {
    let mut client = desk(showing()).await;
    let arguments = json!([{ "uri": TALKS, "position": { "line": 2, "character": 3 } }]);
    let done = client.execute(&json!({ "command": "whosaid.openDossier", "arguments": arguments })).await;
    let page = client.shown_page().await;
    assert!(page.starts_with("**Nadim Haddad**"), "{page}");
    // What the server wrote is no note, even where the client opens it as one.
    let uri = done["uri"].as_str().expect("an address").to_owned();
    client.open(&uri, &page).await;
    let mentions = {
        let mut params = at(TALKS, 2, 3);
        params["context"] = json!({ "includeDeclaration": false });
        client.result("textDocument/references", params).await
    };
    assert_eq!(mentions.as_array().map(Vec::len), Some(1), "{mentions}");
    let path = tower_lsp::lsp_types::Url::parse(&uri).expect("valid").to_file_path().expect("a file");
    assert!(path.is_file());
    client.shut_down().await;
    assert!(!path.exists() && !path.parent().is_some_and(std::path::Path::exists));
}

#[tokio::test]
async fn a_client_of_3_18_asks_for_the_text_of_pages_itself() {
    let setup = showing().with("/capabilities/workspace/textDocumentContent", json!({ "dynamicRegistration": true }));
    let (mut client, said) = setup.start().await;
    assert_eq!(said["capabilities"]["workspace"]["textDocumentContent"]["schemes"], json!(["whosaid"]));
    client.open(TALKS, TEXT).await;
    client.published(TALKS, 1).await;
    let arguments = json!([{ "uri": TALKS, "position": { "line": 2, "character": 3 } }]);
    let done = client.execute(&json!({ "command": "whosaid.openDossier", "arguments": arguments })).await;
    let uri = done["uri"].clone();
    assert_eq!(uri, "whosaid:/dossier/Nadim%20Haddad.md");
    let page = client.result("workspace/textDocumentContent", json!({ "uri": uri })).await;
    assert!(page["text"].as_str().is_some_and(|text| text.contains("**Nadim Haddad**")), "{page}");
    let missing = client.call("workspace/textDocumentContent", json!({ "uri": "whosaid:/dossier/Nobody.md" })).await;
    assert_eq!(missing["error"]["code"], -32803);
    let wrong = client.call("workspace/textDocumentContent", json!({ "url": 7 })).await;
    assert_eq!(wrong["error"]["code"], -32602);
    // What it says may differ once settings have changed.
    client.notify("workspace/didChangeConfiguration", json!({ "settings": null })).await;
    let asked = client.expect("workspace/configuration").await;
    client.send(json!({ "jsonrpc": "2.0", "id": asked["id"], "result": [null] })).await;
    let asked = client.expect("workspace/configuration").await;
    client.send(json!({ "jsonrpc": "2.0", "id": asked["id"], "result": [{ "hints": true }] })).await;
    let asked = client.expect("workspace/textDocumentContent/refresh").await;
    assert_eq!(asked["params"]["uri"], uri);
}

#[tokio::test]
async fn the_client_is_asked_to_ask_again_once_at_a_time() {
    let able = json!({ "refreshSupport": true });
    let mut setup = Setup::new().pulling();
    for what in ["diagnostics", "codeLens", "semanticTokens", "inlayHint", "foldingRange"] {
        setup = setup.with(&format!("/capabilities/workspace/{what}"), able.clone());
    }
    let (mut client, _) = setup.start().await;
    let asked = client.expect("workspace/configuration").await;
    client.send(json!({ "jsonrpc": "2.0", "id": asked["id"], "result": [{ "hints": true }] })).await;
    let mut asked = Vec::new();
    for method in ["diagnostic", "codeLens", "semanticTokens", "inlayHint", "foldingRange"] {
        asked.push(client.expect(&format!("workspace/{method}/refresh")).await);
    }
    // Changes before the reply are told once, after it.
    for hints in [false, true, false] {
        client.notify("workspace/didChangeConfiguration", json!({ "settings": null })).await;
        let settings = client.expect("workspace/configuration").await;
        client.send(json!({ "jsonrpc": "2.0", "id": settings["id"], "result": [{ "hints": hints }] })).await;
    }
    client.open(TALKS, TEXT).await;
    client.result("textDocument/diagnostic", json!({ "textDocument": { "uri": TALKS } })).await;
    assert!(client.unread().all(|message| message["method"] != "workspace/codeLens/refresh"));
    client.send(json!({ "jsonrpc": "2.0", "id": asked[1]["id"], "result": null })).await;
    client.expect("workspace/codeLens/refresh").await;
}
