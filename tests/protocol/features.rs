//! What editors ask for, on a note of our own.

use serde_json::{Value, json};

use crate::harness::Client;
use crate::server::{Setup, at, start};

const BRIEF: &str = "file:///desk/brief.md";
const OTHER: &str = "file:///desk/other.md";

const TEXT: &str = "\
# Harbour

Trade Minister Nadim Haddad met Lidia Marr of Norvik Shipping in Port Sarn on Monday.
\"The quota stands,\" Mr Haddad said.[^1]

[^1]: Harbor Daily, 4 May 2031.
";

async fn desk(setup: Setup) -> Client {
    let (mut client, _) = setup.start().await;
    client.open(BRIEF, TEXT).await;
    client.open(OTHER, "# Yard\n\nNadim Haddad denied that the yard had been sold.\n").await;
    // Both are in the workspace once their findings are out.
    client.published(BRIEF, 1).await;
    client.published(OTHER, 1).await;
    client
}

/// Line and column of the `nth` occurrence of a word, within the word.
fn place(word: &str, nth: usize) -> (u32, u32) {
    let at = TEXT.match_indices(word).nth(nth).expect("it occurs").0;
    let line = TEXT[..at].matches('\n').count();
    let start = TEXT[..at].rfind('\n').map_or(0, |newline| newline + 1);
    (line as u32, (at - start) as u32 + 1)
}

async fn ask(client: &mut Client, method: &str, word: &str, nth: usize) -> Value {
    let (line, column) = place(word, nth);
    client.result(method, at(BRIEF, line, column)).await
}

#[tokio::test]
async fn a_surname_shows_whom_it_belongs_to() {
    let mut client = desk(Setup::new()).await;
    let hover = ask(&mut client, "textDocument/hover", "Haddad", 1).await;
    assert_eq!(hover["contents"]["kind"], "markdown");
    assert!(hover["contents"]["value"].as_str().is_some_and(|card| card.contains("**Nadim Haddad**")), "{hover}");
    let (line, column) = place("Haddad", 1);
    assert_eq!(hover["range"]["start"], json!({ "line": line, "character": column - 1 }));
}

#[tokio::test]
async fn a_client_without_markdown_gets_plain_text() {
    let plain = Setup::new().with("/capabilities/textDocument/hover", json!({ "contentFormat": ["plaintext"] }));
    let mut client = desk(plain).await;
    let hover = ask(&mut client, "textDocument/hover", "Haddad", 1).await;
    assert_eq!(hover["contents"]["kind"], "plaintext");
    let card = hover["contents"]["value"].as_str().expect("a card");
    assert!(card.contains("Nadim Haddad") && !card.contains("**"), "{card}");
}

#[tokio::test]
async fn a_footnote_leads_to_its_text_and_back() {
    let mut client = desk(Setup::new()).await;
    let definition = ask(&mut client, "textDocument/definition", "[^1]", 0).await;
    assert_eq!(definition[0]["targetUri"], BRIEF);
    assert_eq!(definition[0]["targetSelectionRange"]["start"]["line"], 5);
    assert!(definition[0]["originSelectionRange"].is_object());
    let declaration = ask(&mut client, "textDocument/declaration", "[^1]", 1).await;
    assert_eq!(declaration[0]["targetRange"]["start"]["line"], 3);
}

#[tokio::test]
async fn a_client_without_links_gets_places() {
    let mut client = desk(Setup::bare()).await;
    let definition = ask(&mut client, "textDocument/definition", "[^1]", 0).await;
    assert_eq!((&definition[0]["uri"], &definition[0]["range"]["start"]["line"]), (&json!(BRIEF), &json!(5)));
    let declaration = ask(&mut client, "textDocument/declaration", "[^1]", 1).await;
    assert_eq!(declaration[0]["range"]["start"]["line"], 3);
}

#[tokio::test]
async fn references_find_all_spellings_in_all_notes() {
    let mut client = desk(Setup::new()).await;
    let (line, column) = place("Haddad", 1);
    let mut params = at(BRIEF, line, column);
    params["context"] = json!({ "includeDeclaration": true });
    let found = client.result("textDocument/references", params).await;
    let found: Vec<(String, u64)> = found
        .as_array()
        .into_iter()
        .flatten()
        .map(|place| (place["uri"].to_string(), place["range"]["start"]["line"].as_u64().expect("a line")))
        .collect();
    let quoted = |uri: &str| json!(uri).to_string();
    assert_eq!(found, [(quoted(BRIEF), 2), (quoted(BRIEF), 3), (quoted(OTHER), 2)]);
}

#[tokio::test]
async fn coreferent_names_are_highlighted() {
    let mut client = desk(Setup::new()).await;
    let found = ask(&mut client, "textDocument/documentHighlight", "Haddad", 0).await;
    let lines: Vec<_> =
        found.as_array().into_iter().flatten().map(|mark| mark["range"]["start"]["line"].clone()).collect();
    assert_eq!(lines, [json!(2), json!(3)]);
}

#[tokio::test]
async fn the_outline_nests_where_the_client_can_and_is_flat_where_not() {
    let mut client = desk(Setup::new()).await;
    let outline = client.result("textDocument/documentSymbol", json!({ "textDocument": { "uri": BRIEF } })).await;
    assert_eq!(outline[0]["name"], "Harbour");
    assert!(outline[0]["selectionRange"].is_object());
    let mut client = desk(Setup::bare()).await;
    let outline = client.result("textDocument/documentSymbol", json!({ "textDocument": { "uri": BRIEF } })).await;
    assert_eq!((&outline[0]["name"], &outline[0]["location"]["uri"]), (&json!("Harbour"), &json!(BRIEF)));
}

#[tokio::test]
async fn names_are_found_across_the_workspace() {
    let mut client = desk(Setup::new()).await;
    let found = client.result("workspace/symbol", json!({ "query": "haddad" })).await;
    assert!(found.as_array().is_some_and(|all| all.iter().any(|one| one["name"] == "Nadim Haddad")), "{found}");
    assert!(found[0]["location"]["range"].is_object());
    assert_eq!(client.result("workspace/symbol", json!({ "query": "zzzz" })).await, json!([]));
}

#[tokio::test]
async fn a_finding_can_be_excused_by_an_edit_for_this_version() {
    let mut client = start().await;
    client.open(BRIEF, "First.\r\n\r\nText.[^9]\r\n").await;
    let found = client.published(BRIEF, 1).await;
    let range = found[0]["range"].clone();
    let params = |only: Value| json!({ "textDocument": { "uri": BRIEF }, "range": range, "context": { "diagnostics": [], "only": only } });
    let actions = client.result("textDocument/codeAction", params(json!(["quickfix"]))).await;
    let excuse = actions
        .as_array()
        .into_iter()
        .flatten()
        .find(|action| action["title"].as_str().is_some_and(|title| title.starts_with("Ignore C302")))
        .unwrap_or_else(|| panic!("no excuse: {actions}"));
    assert_eq!(excuse["diagnostics"][0]["code"], "C302");
    let edit = &excuse["edit"]["documentChanges"][0];
    assert_eq!(edit["textDocument"], json!({ "uri": BRIEF, "version": 1 }));
    let text = edit["edits"][0]["newText"].as_str().expect("text");
    assert!(text.contains("whosaid: ignore C302") && !text.replace("\r\n", "").contains('\n'), "{text:?}");
    assert_eq!(client.result("textDocument/codeAction", params(json!(["source.organizeImports"]))).await, json!([]));
    // Applied as a client would, it silences the finding.
    client
        .change(
            BRIEF,
            2,
            json!([{ "range": edit["edits"][0]["range"], "text": text.replace("reason=\"\"", "reason=\"draft\"") }]),
        )
        .await;
    let left = client.published(BRIEF, 2).await;
    assert!(left.iter().all(|finding| finding["code"] != "C302"), "{left:?}");
}

#[tokio::test]
async fn what_is_safe_to_mend_is_mended_on_request() {
    let mut client = start().await;
    client.open(BRIEF, "First.\n\n<!-- whosaid: ignore C302 reason=\"draft\" -->\n\nText.\n").await;
    client.published(BRIEF, 1).await;
    let everywhere = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 5, "character": 0 } });
    let ask = |only: Value| json!({ "textDocument": { "uri": BRIEF }, "range": everywhere, "context": { "diagnostics": [], "only": only } });
    let all = client.result("textDocument/codeAction", ask(json!(["source.fixAll"]))).await;
    assert_eq!(all[0]["kind"], "source.fixAll.whosaid", "{all}");
    let edits = &all[0]["edit"]["documentChanges"][0]["edits"];
    client.change(BRIEF, 2, json!([{ "range": edits[0]["range"], "text": edits[0]["newText"] }])).await;
    assert_eq!(client.published(BRIEF, 2).await, Vec::<Value>::new());
    assert_eq!(client.result("textDocument/codeAction", ask(json!(["source.fixAll.whosaid"]))).await, json!([]));
}

#[tokio::test]
async fn a_client_without_versions_gets_plain_changes() {
    let literals = json!({ "codeActionLiteralSupport": { "codeActionKind": { "valueSet": [] } } });
    let mut client = Setup::bare().with("/capabilities/textDocument/codeAction", literals).start().await.0;
    client.open(BRIEF, "Text.[^9]\n").await;
    let range = client.published(BRIEF, 1).await[0]["range"].clone();
    let params = json!({ "textDocument": { "uri": BRIEF }, "range": range, "context": { "diagnostics": [] } });
    let actions = client.result("textDocument/codeAction", params).await;
    assert!(actions[0]["edit"]["changes"][BRIEF].is_array(), "{actions}");
}

#[tokio::test]
async fn what_somebody_said_is_found_in_all_notes() {
    let mut client =
        desk(Setup::new().with("/capabilities/textDocument/implementation", json!({ "linkSupport": true }))).await;
    let said = ask(&mut client, "textDocument/implementation", "Haddad", 0).await;
    let uris: Vec<_> = said.as_array().into_iter().flatten().map(|link| link["targetUri"].clone()).collect();
    assert_eq!(uris, [json!(BRIEF), json!(OTHER)], "{said}");
}

/// The tokens of an answer as (line, column, length, kind).
fn tokens(data: &[Value], legend: &Value) -> Vec<(u64, u64, u64, String)> {
    let (mut line, mut column) = (0, 0);
    data.chunks(5)
        .map(|token| {
            let number = |at: usize| token[at].as_u64().expect("a number");
            column = if number(0) == 0 { column + number(1) } else { number(1) };
            line += number(0);
            (line, column, number(2), legend[number(3) as usize].as_str().unwrap_or("?").to_owned())
        })
        .collect()
}

#[tokio::test]
async fn names_and_quotations_have_colours_and_a_difference_is_what_changed() {
    let (mut client, said) = Setup::new().start().await;
    let legend = said["capabilities"]["semanticTokensProvider"]["legend"]["tokenTypes"].clone();
    client.open(BRIEF, "😀 Nadim Haddad spoke.\n\nLidia Marr left Port Sarn.\n").await;
    let document = json!({ "uri": BRIEF });
    let full = client.result("textDocument/semanticTokens/full", json!({ "textDocument": document })).await;
    let data = full["data"].as_array().cloned().expect("data");
    let person = |line, column, length| (line, column, length, "person".to_owned());
    let found = tokens(&data, &legend);
    assert!(found.contains(&person(0, 3, 12)) && found.contains(&person(2, 0, 10)), "{found:?}");
    let range = json!({ "start": { "line": 2, "character": 0 }, "end": { "line": 3, "character": 0 } });
    let part =
        client.result("textDocument/semanticTokens/range", json!({ "textDocument": document, "range": range })).await;
    assert_eq!(tokens(part["data"].as_array().expect("data"), &legend)[0], person(2, 0, 10));
    // A line between: applying the difference to the old numbers gives the new ones.
    client.edit(BRIEF, 2, [1, 0, 1, 0], "\nAda Pell wrote.\n").await;
    let params = json!({ "textDocument": document, "previousResultId": full["resultId"] });
    let delta = client.result("textDocument/semanticTokens/full/delta", params).await;
    let mut patched = data;
    for edit in delta["edits"].as_array().expect("edits") {
        let start = edit["start"].as_u64().expect("a number") as usize;
        let end = start + edit["deleteCount"].as_u64().expect("a number") as usize;
        patched.splice(start..end, edit["data"].as_array().cloned().unwrap_or_default());
    }
    let now = client.result("textDocument/semanticTokens/full", json!({ "textDocument": document })).await;
    assert_eq!(now["data"], json!(patched));
    let unknown = json!({ "textDocument": document, "previousResultId": "of another server" });
    assert!(client.result("textDocument/semanticTokens/full/delta", unknown).await["data"].is_array());
}

#[tokio::test]
async fn sections_fold_by_lines() {
    let mut client = start().await;
    client.open(BRIEF, "# One\n\nText.\n\n# Two\n\nMore.\n").await;
    let folds = client.result("textDocument/foldingRange", json!({ "textDocument": { "uri": BRIEF } })).await;
    let lines: Vec<_> =
        folds.as_array().into_iter().flatten().map(|f| (f["startLine"].clone(), f["endLine"].clone())).collect();
    assert_eq!(lines, [(json!(0), json!(2)), (json!(4), json!(6))], "{folds}");
}

#[tokio::test]
async fn a_selection_grows_from_the_word_for_each_position() {
    let mut client = start().await;
    client.open(BRIEF, "Lidia Marr left. Ada Pell stayed.\n").await;
    let positions = json!([{ "line": 0, "character": 2 }, { "line": 9, "character": 9 }]);
    let found = client
        .result("textDocument/selectionRange", json!({ "textDocument": { "uri": BRIEF }, "positions": positions }))
        .await;
    assert_eq!(found.as_array().map(Vec::len), Some(2));
    let mut ends = Vec::new();
    let mut around = &found[0];
    while around.is_object() {
        ends.push(around["range"]["end"]["character"].as_u64().expect("a number"));
        around = &around["parent"];
    }
    assert!(ends.starts_with(&[5, 10]) && ends.contains(&16), "{ends:?}");
}

#[tokio::test]
async fn a_carried_sentence_hints_at_its_source_if_that_is_wanted() {
    let text = "According to the port authority, 12 ships left in May. A further 38 ships left in June.\n";
    let range = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 1, "character": 0 } });
    for wanted in [false, true] {
        let setup = Setup::new().with("/initializationOptions", json!({ "inlayHints": wanted }));
        let (mut client, _) = setup.start().await;
        client.open(BRIEF, text).await;
        let hints =
            client.result("textDocument/inlayHint", json!({ "textDocument": { "uri": BRIEF }, "range": range })).await;
        if wanted {
            assert!(hints[0]["label"].to_string().contains("port authority"), "{hints}");
            assert_eq!(hints[0]["label"][0]["location"]["uri"], BRIEF);
        } else {
            assert_eq!(hints, json!([]));
        }
    }
}
