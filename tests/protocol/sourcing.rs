//! Who says so, as an editor asks for it: hovers on claims, and actions whose edits are made.

use serde_json::{Value, json};

use crate::harness::Client;
use crate::server::{at, start};

const DRAFT: &str = "file:///desk/draft.md";

const TEXT: &str = "\
# Harbour

Nadim Haddad said the port was shut. He added that the cranes had been sold.

The port handled 38 million tonnes in 2030.
";

/// The card over a place.
async fn card(client: &mut Client, line: u32, column: u32) -> String {
    let hover = client.result("textDocument/hover", at(DRAFT, line, column)).await;
    hover["contents"]["value"].as_str().unwrap_or_default().replace('\u{a0}', " ")
}

#[tokio::test]
async fn a_hover_on_a_claim_tells_its_source_or_once_why_it_has_none() {
    let mut client = start().await;
    client.open(DRAFT, TEXT).await;
    client.published(DRAFT, 1).await;
    let stated = card(&mut client, 2, 30).await;
    assert!(
        stated.contains("**statement**") && stated.contains("named source") && stated.contains("Haddad"),
        "{stated}"
    );
    let carried = card(&mut client, 2, 70).await;
    assert!(carried.contains("carried over from 1 sentence back") && carried.contains("Haddad"), "{carried}");
    let bare = card(&mut client, 4, 20).await;
    // The finding says once why: the last attribution does not reach over the paragraph's end.
    assert!(bare.contains("A101") && bare.contains("Unsourced figure"), "{bare}");
    assert_eq!(bare.matches("the last source is in another paragraph").count(), 1, "{bare}");
    assert!(bare.contains("Figure: 38,000,000 tonnes") && !bare.contains("no source"), "{bare}");
}

/// The actions at a place, of any kind.
async fn actions(client: &mut Client, line: u32, column: u32) -> Vec<Value> {
    let place = json!({ "line": line, "character": column });
    let asked = json!({ "textDocument": { "uri": DRAFT }, "range": { "start": place, "end": place }, "context": { "diagnostics": [] } });
    client.result("textDocument/codeAction", asked).await.as_array().cloned().unwrap_or_default()
}

/// The text after an action, made as a client makes it: the last place first.
fn mended(text: &str, action: &Value) -> String {
    let mut lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
    let mut edits = action["edit"]["documentChanges"][0]["edits"].as_array().cloned().unwrap_or_default();
    let place = |edit: &Value, end: &str| {
        let at = &edit["range"][end];
        (at["line"].as_u64().unwrap() as usize, at["character"].as_u64().unwrap() as usize)
    };
    edits.sort_by_key(|edit| std::cmp::Reverse(place(edit, "start")));
    for edit in &edits {
        let ((line, from), (last, to)) = (place(edit, "start"), place(edit, "end"));
        assert_eq!(line, last, "these edits stay on one line");
        lines[line].replace_range(from..to, edit["newText"].as_str().unwrap());
    }
    lines.join("\n")
}

#[tokio::test]
async fn a_claim_without_a_source_can_be_attributed_footnoted_owned_or_left_open() {
    let mut client = start().await;
    client.open(DRAFT, TEXT).await;
    client.published(DRAFT, 1).await;
    let all = actions(&mut client, 4, 20).await;
    let named = |title: &str| {
        let found = all.iter().find(|action| action["title"].as_str().is_some_and(|t| t.starts_with(title)));
        found.unwrap_or_else(|| panic!("no {title}: {all:?}"))
    };
    let last = |action: &Value| mended(TEXT, action).lines().nth(4).unwrap_or_default().to_owned();
    let attributed = named("Attribute to Nadim Haddad");
    assert_eq!(last(attributed), "The port handled 38 million tonnes in 2030, [confirm: Nadim Haddad said].");
    assert_eq!(attributed["diagnostics"][0]["code"], "A101");
    assert_eq!(last(named("Mark as our assessment")), "We assess that the port handled 38 million tonnes in 2030.");
    assert_eq!(
        last(named("Insert \"[citation needed]\"")),
        "The port handled 38 million tonnes in 2030 [citation needed]."
    );
    assert!(last(named("Insert a footnote")).starts_with("The port handled 38 million tonnes in 2030.[^1]"));
    let preferred =
        all.iter().filter(|action| action["isPreferred"] == true && action["diagnostics"][0]["code"] == "A101");
    assert_eq!(preferred.count(), 1, "{all:?}");

    // What is not confirmed is reported in the figure's place, and nothing else is said of the sentence.
    let edits = |action: &Value| {
        let mut edits = action["edit"]["documentChanges"][0]["edits"].as_array().cloned().unwrap_or_default();
        edits.reverse();
        let changes = edits.iter().map(|edit| json!({ "range": edit["range"], "text": edit["newText"] }));
        Value::Array(changes.collect())
    };
    client.change(DRAFT, 2, edits(attributed)).await;
    let left = client.published(DRAFT, 2).await;
    let codes: Vec<&str> = left.iter().filter_map(|finding| finding["code"].as_str()).collect();
    assert!(codes.contains(&"A119") && !codes.contains(&"A101"), "{left:?}");

    // A person confirms it: from then on the figure has a source.
    let all = actions(&mut client, 4, 50).await;
    let confirm =
        all.iter().find(|action| action["title"] == "Confirm that Nadim Haddad said this: remove the brackets");
    let confirm = confirm.unwrap_or_else(|| panic!("{all:?}"));
    assert_eq!(confirm["isPreferred"], true);
    client.change(DRAFT, 3, edits(confirm)).await;
    let left = client.published(DRAFT, 3).await;
    assert!(left.iter().all(|finding| finding["code"] != "A101" && finding["code"] != "A119"), "{left:?}");
}

#[tokio::test]
async fn a_source_with_the_same_figure_is_cited_first() {
    let mut client = start().await;
    let source = "---\ntype: source\ncitekey: register31\npublisher: Lusk Harbour Authority\n---\nNorvik Shipping moved 38 million tonnes in 2030.\n";
    client.open("file:///desk/sources/register.md", source).await;
    client.published("file:///desk/sources/register.md", 1).await;
    client.open(DRAFT, "Norvik Shipping moved 38 million tonnes in 2030.\n").await;
    client.published(DRAFT, 1).await;
    let all = actions(&mut client, 0, 25).await;
    let cite = all.iter().find(|action| action["isPreferred"] == true).unwrap_or_else(|| panic!("{all:?}"));
    assert_eq!(cite["title"], "Cite [@register31] (the same figure on line 6)");
    assert_eq!(cite["edit"]["documentChanges"][0]["edits"][0]["newText"], " [@register31]");
}
