//! Who speaks about whom, what rests on what, what belongs to what.

use serde_json::{Value, json};

use crate::harness::Client;
use crate::server::{Setup, at, start};

const BRIEF: &str = "file:///desk/brief.md";
const OTHER: &str = "file:///desk/other.md";
const NORVIK: &str = "file:///desk/orgs/norvik.md";
const PELL: &str = "file:///desk/people/pell.md";

async fn desk(setup: Setup) -> Client {
    let (mut client, _) = setup.start().await;
    let notes = [
        (BRIEF, "😀 Ada Pell said that Nadim Haddad had lied.\n\nNadim Haddad said that Lidia Marr was wrong.\n"),
        (OTHER, "# Yard\n\nNadim Haddad said that Ada Pell was tired.\n"),
        (NORVIK, "---\ntype: org\nname: Norvik Shipping\n---\n"),
        (PELL, "---\ntype: person\nname: Ada Pell\nemployer: Norvik Shipping\n---\n"),
    ];
    for (uri, text) in notes {
        client.open(uri, text).await;
        client.published(uri, 1).await;
    }
    client
}

fn names<'a>(calls: &'a Value, end: &str) -> Vec<(&'a str, &'a str)> {
    let of = |call: &'a Value| {
        let item = if end.is_empty() { call } else { &call[end] };
        (item["name"].as_str().unwrap_or("?"), item["uri"].as_str().unwrap_or("?"))
    };
    calls.as_array().into_iter().flatten().map(of).collect()
}

#[tokio::test]
async fn calls_are_statements_about_somebody() {
    let mut client = desk(Setup::new()).await;
    let items = client.result("textDocument/prepareCallHierarchy", at(BRIEF, 2, 3)).await;
    assert_eq!((&items[0]["name"], &items[0]["uri"]), (&json!("Nadim Haddad"), &json!(BRIEF)));
    let incoming = client.result("callHierarchy/incomingCalls", json!({ "item": items[0] })).await;
    assert_eq!(names(&incoming, "from"), [("Ada Pell", BRIEF)]);
    // The range is that of the name in the statement, past an emoji of two units.
    let range = json!({ "start": { "line": 0, "character": 22 }, "end": { "line": 0, "character": 34 } });
    assert_eq!(incoming[0]["fromRanges"], json!([range]));
    let outgoing = client.result("callHierarchy/outgoingCalls", json!({ "item": items[0] })).await;
    assert_eq!(names(&outgoing, "to"), [("Lidia Marr", BRIEF), ("Ada Pell", OTHER)]);
    // Ranges are counted in the caller's file: what stands in another note is shown by the caller's own name.
    assert_eq!(outgoing[0]["fromRanges"][0]["start"], json!({ "line": 2, "character": 23 }));
    assert_eq!(outgoing[1]["fromRanges"][0], items[0]["selectionRange"]);
    // One can ask on from any item.
    let next = client.result("callHierarchy/incomingCalls", json!({ "item": outgoing[1]["to"] })).await;
    assert_eq!(names(&next, "from"), [("Nadim Haddad", OTHER)]);
}

#[tokio::test]
async fn neovim_gets_the_ranges_where_it_looks_for_them() {
    let mut client = desk(Setup::new().with("/clientInfo", json!({ "name": "Neovim", "version": "0.11.4" }))).await;
    let items = client.result("textDocument/prepareCallHierarchy", at(BRIEF, 2, 3)).await;
    let outgoing = client.result("callHierarchy/outgoingCalls", json!({ "item": items[0] })).await;
    assert_eq!(outgoing[1]["fromRanges"][0]["start"], json!({ "line": 2, "character": 23 }), "{outgoing}");
}

#[tokio::test]
async fn an_item_is_found_again_without_its_data_and_after_an_edit() {
    let mut client = desk(Setup::new()).await;
    let mut item = client.result("textDocument/prepareCallHierarchy", at(BRIEF, 2, 3)).await[0].clone();
    client.edit(BRIEF, 2, [0, 0, 0, 0], "One more line.\n\n").await;
    let incoming = client.result("callHierarchy/incomingCalls", json!({ "item": item })).await;
    assert_eq!(names(&incoming, "from"), [("Ada Pell", BRIEF)]);
    item.as_object_mut().expect("an object").remove("data");
    item["selectionRange"] = json!({ "start": { "line": 4, "character": 0 }, "end": { "line": 4, "character": 12 } });
    let incoming = client.result("callHierarchy/incomingCalls", json!({ "item": item })).await;
    assert_eq!(names(&incoming, "from"), [("Ada Pell", BRIEF)]);
    item["data"] = json!({ "note": "no/such.md", "entity": 7 });
    item["uri"] = json!("file:///desk/never.md");
    assert_eq!(client.result("callHierarchy/outgoingCalls", json!({ "item": item })).await, Value::Null);
}

#[tokio::test]
async fn types_are_the_bodies_somebody_belongs_to() {
    let mut client = desk(Setup::new()).await;
    let items = client.result("textDocument/prepareTypeHierarchy", at(BRIEF, 0, 5)).await;
    assert_eq!(names(&items, ""), [("Ada Pell", BRIEF)]);
    let parents = client.result("typeHierarchy/supertypes", json!({ "item": items[0] })).await;
    assert_eq!(names(&parents, ""), [("Norvik Shipping", NORVIK)]);
    let members = client.result("typeHierarchy/subtypes", json!({ "item": parents[0] })).await;
    assert_eq!(names(&members, ""), [("Ada Pell", PELL)]);
    assert_eq!(client.result("textDocument/prepareTypeHierarchy", at(BRIEF, 1, 0)).await, Value::Null);
}

#[tokio::test]
async fn what_rests_on_a_source_is_found_by_two_ways() {
    let mut client = start().await;
    let story = "file:///desk/sources/hd31.md";
    client.open(story, "---\ntype: source\ncitekey: hd31\npublisher: Harbor Daily\nvia: log31\n---\n").await;
    client.open("file:///desk/sources/log31.md", "---\ntype: source\ncitekey: log31\n---\n").await;
    client.open("file:///desk/orgs/harbor-daily.md", "# Harbor Daily\n").await;
    client.open(BRIEF, "The port shut in May [@hd31].\n").await;
    for uri in [story, BRIEF, "file:///desk/orgs/harbor-daily.md", "file:///desk/sources/log31.md"] {
        client.published(uri, 1).await;
    }
    let items = client.result("textDocument/prepareCallHierarchy", at(BRIEF, 0, 24)).await;
    assert_eq!(items[0]["name"], "@hd31");
    let outgoing = client.result("callHierarchy/outgoingCalls", json!({ "item": items[0] })).await;
    assert_eq!(names(&outgoing, "to"), [("@log31", "file:///desk/sources/log31.md")]);
    let incoming = client.result("callHierarchy/incomingCalls", json!({ "item": items[0] })).await;
    assert_eq!(names(&incoming, "from"), [("brief", BRIEF)]);
    let claims = client.result("textDocument/implementation", at(BRIEF, 0, 24)).await;
    assert_eq!(claims[0]["range"]["start"], json!({ "line": 0, "character": 0 }), "{claims}");
    let outlet = client.result("textDocument/typeDefinition", at(BRIEF, 0, 24)).await;
    assert_eq!(outlet[0]["uri"], "file:///desk/orgs/harbor-daily.md", "{outlet}");
}
