//! Documents stay in step with the client's, and every request sees its own as it stood.

use serde_json::{Value, json};

use crate::server::{Setup, at, codes, start};

const NOTE: &str = "file:///desk/brief.md";

/// The hover of a footnote's reference shows the footnote, so it tells which text the request saw.
async fn footnote_at(client: &mut crate::harness::Client, uri: &str, line: u32, column: u32) -> String {
    let hover = client.result("textDocument/hover", at(uri, line, column)).await;
    hover["contents"]["value"].as_str().unwrap_or_default().to_owned()
}

/// Edits and hovers in one stream, none waited for: tower-lsp's own server shows 17 of 40 such bursts the wrong text.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_of_two_thousand_hovers_sees_the_edits_before_it_and_none_after() {
    let mut client = start().await;
    client.open(NOTE, "The port reopened.[^1]\n\n[^1]: Ledger page 10000.\n").await;
    let mut asked = Vec::new();
    for turn in 1..=2_000_u32 {
        // Every other edit moves the reference down or up by two lines, so that a stale text shows nothing at all.
        let below = turn % 2 == 1;
        let (lines, shift) = if below { ([0, 0, 0, 0], "Draft.\n\n") } else { ([0, 0, 2, 0], "") };
        let digits =
            |line: u32| json!({ "start": { "line": line, "character": 18 }, "end": { "line": line, "character": 23 } });
        let [a, b, c, d] = lines;
        let range = json!({ "start": { "line": a, "character": b }, "end": { "line": c, "character": d } });
        let changes = json!([
            { "range": range, "text": shift },
            { "range": digits(if below { 4 } else { 2 }), "text": format!("{}", 10_000 + turn) }
        ]);
        client.change(NOTE, turn as i32 + 1, changes).await;
        let line = if below { 2 } else { 0 };
        asked.push((turn, client.request("textDocument/hover", at(NOTE, line, 20)).await));
    }
    for (turn, id) in asked {
        let answer = client.answer(&id).await;
        let shown = answer["result"]["contents"]["value"].as_str().unwrap_or_default().to_owned();
        assert!(shown.contains(&format!("Ledger page {}", 10_000 + turn)), "hover {turn} saw {answer}");
    }
    client.published(NOTE, 2_001).await;
    client.shut_down().await;
}

#[tokio::test]
async fn positions_hold_past_wide_characters_in_all_three_encodings() {
    // Columns of the footnote's reference, and where the reference to nothing is reported, by encoding.
    let line = "Café 😀 漢字 said e\u{301}.[^1] Then.[^2]";
    for (encoding, units) in [("utf-8", 0), ("utf-16", 1), ("utf-32", 2)] {
        let column = |text: &str| match units {
            0 => text.len() as u32,
            1 => text.encode_utf16().count() as u32,
            _ => text.chars().count() as u32,
        };
        let (mut client, said) = Setup::new().encoding(encoding).start().await;
        assert_eq!(said["capabilities"]["positionEncoding"], encoding);
        client.open(NOTE, &format!("{line}\n\n[^1]: The ledger.\n")).await;
        let reference = column(line.split("[^1]").next().expect("it is there"));
        let shown = client.result("textDocument/hover", at(NOTE, 0, reference + 2)).await;
        assert!(shown["contents"]["value"].as_str().is_some_and(|text| text.contains("The ledger")), "{shown}");
        let undefined = client.published(NOTE, 1).await;
        let found = undefined.iter().find(|finding| finding["code"] == "C302").expect("[^2] is undefined");
        let start = column(line.split("[^2]").next().expect("it is there"));
        assert_eq!(found["range"]["start"], json!({ "line": 0, "character": start }), "{encoding}");
        assert_eq!(found["range"]["end"], json!({ "line": 0, "character": start + 4 }), "{encoding}");
        // What is typed behind the wide characters lands behind them.
        client.edit(NOTE, 2, [0, start + 2, 0, start + 3], "1").await;
        assert!(!codes(&client.published(NOTE, 2).await).contains(&"C302"));
    }
}

#[tokio::test]
async fn changes_of_one_notification_build_on_each_other() {
    let mut client = start().await;
    client.open(NOTE, "# One\n").await;
    let range =
        |a: u32, b: u32| json!({ "start": { "line": 0, "character": a }, "end": { "line": 0, "character": b } });
    let changes = json!([
        { "range": range(2, 5), "text": "Two" },
        { "range": range(5, 5), "text": " and" },
        { "range": range(9, 9), "text": " three" }
    ]);
    client.change(NOTE, 7, changes).await;
    assert_eq!(client.outline(NOTE).await, ["Two and three"]);
    client.change(NOTE, 9, json!([{ "text": "# Whole\n" }])).await;
    assert_eq!(client.outline(NOTE).await, ["Whole"]);
}

#[tokio::test]
async fn all_line_ends_of_the_protocol_count_and_no_others() {
    for end in ["\n", "\r\n", "\r"] {
        let mut client = start().await;
        client.open(NOTE, &format!("A\u{2028}b.{end}{end}Text.[^1]{end}{end}[^1]: Ledger.{end}")).await;
        assert!(footnote_at(&mut client, NOTE, 2, 7).await.contains("Ledger"), "{end:?}");
        // A column past the end of its line means the line's end, before the line end's own characters.
        client.edit(NOTE, 2, [4, 99, 4, 99], " Page 7").await;
        assert!(footnote_at(&mut client, NOTE, 2, 7).await.contains("Ledger. Page 7"), "{end:?}");
    }
}

#[tokio::test]
async fn opening_twice_takes_the_newer_text() {
    let mut client = start().await;
    client.open(NOTE, "# One\n").await;
    client.open(NOTE, "# Two\n").await;
    assert_eq!(client.outline(NOTE).await, ["Two"]);
}

#[tokio::test]
async fn an_edit_of_an_unknown_document_does_no_harm() {
    let mut client = start().await;
    client.edit(NOTE, 2, [0, 0, 0, 1], "x").await;
    assert_eq!(client.result("textDocument/hover", at(NOTE, 0, 0)).await, Value::Null);
    client.change(NOTE, 3, json!([{ "text": "# Whole\n" }])).await;
    assert_eq!(client.outline(NOTE).await, ["Whole"]);
}

#[tokio::test]
async fn requests_about_unknown_and_closed_documents_are_answered() {
    let mut client = start().await;
    let everywhere = [
        "textDocument/hover",
        "textDocument/definition",
        "textDocument/declaration",
        "textDocument/documentHighlight",
        "textDocument/documentSymbol",
    ];
    for method in everywhere {
        assert_eq!(client.result(method, at("file:///desk/nowhere.md", 3, 4)).await, Value::Null, "{method}");
    }
    client.open(NOTE, "# One\n").await;
    client.close(NOTE).await;
    client.close(NOTE).await;
    for method in everywhere {
        client.result(method, at(NOTE, 0, 3)).await;
    }
}

#[tokio::test]
async fn positions_outside_the_text_are_answered() {
    let mut client = start().await;
    client.open(NOTE, "Text.[^1]\n\n[^1]: Ledger.").await;
    for (line, column) in [(0, 4_000_000_000), (4_000_000_000, 0), (2, 99)] {
        client.result("textDocument/hover", at(NOTE, line, column)).await;
    }
    client.open("file:///desk/empty.md", "").await;
    assert_eq!(client.result("textDocument/hover", at("file:///desk/empty.md", 0, 0)).await, Value::Null);
    assert_eq!(client.published("file:///desk/empty.md", 1).await, Vec::<Value>::new());
}

#[tokio::test]
async fn what_has_no_file_yet_is_analysed_in_memory() {
    let mut client = start().await;
    client.open("untitled:Untitled-1", "Text.[^1]\n").await;
    assert_eq!(codes(&client.published("untitled:Untitled-1", 1).await), ["C302"]);
    assert_eq!(client.outline("untitled:Untitled-1").await, Vec::<String>::new());
}

#[tokio::test]
async fn read_only_views_are_answered_but_never_judged() {
    let mut client = start().await;
    let old = "git:/desk/brief.md?%7B%22ref%22%3A%22HEAD%22%7D";
    client.open(old, "# Old\n\nText.[^1] More.[^2]\n\n[^1]: Ledger.\n").await;
    client.open(NOTE, "Text.[^1]\n").await;
    assert_eq!(client.outline(old).await, ["Old"]);
    assert!(footnote_at(&mut client, old, 2, 7).await.contains("Ledger"));
    client.published(NOTE, 1).await;
    client.close(old).await;
    client.shut_down().await;
}

/// VS Code, Neovim and Emacs spell one file in three ways; it must stay one file, and answers carry the asker's spelling.
#[tokio::test]
async fn one_file_is_one_file_however_it_is_spelled() {
    let mut client = start().await;
    client.open("file:///c%3A/Desk/a%20{b}.md", "Text.[^1]\n\n[^1]: Ledger.\n").await;
    let shown = client
        .result("textDocument/definition", at("file:///C:/Desk/a b.md".replace("a b", "a {b}").as_str(), 0, 7))
        .await;
    assert_eq!(shown[0]["targetUri"], "file:///c%3A/Desk/a%20{b}.md", "{shown}");
    assert_eq!(codes(&client.published("file:///c%3A/Desk/a%20{b}.md", 1).await), Vec::<&str>::new());
}

#[tokio::test]
async fn a_byte_order_mark_counts_as_the_client_counts_it() {
    let mut client = start().await;
    client.open(NOTE, "\u{feff}# Head\n\nText.[^1] And.[^2]\n\n[^1]: Ledger.\n").await;
    assert!(footnote_at(&mut client, NOTE, 2, 7).await.contains("Ledger"));
    let found = client.published(NOTE, 1).await;
    assert_eq!(found[0]["range"]["start"], json!({ "line": 2, "character": 14 }), "{found:?}");
}

/// Editors send half a pair when the user deletes the other half; the text must not fall out of step over it.
#[tokio::test]
async fn half_a_surrogate_pair_keeps_the_document_in_step() {
    let (mut client, _) = Setup::new().encoding("utf-16").start().await;
    client.open(NOTE, "# 😀 One\n").await;
    let body = format!(
        r#"{{"jsonrpc":"2.0","method":"textDocument/didChange","params":{{"textDocument":{{"uri":"{NOTE}","version":2}},"contentChanges":[{{"range":{{"start":{{"line":0,"character":2}},"end":{{"line":0,"character":4}}}},"text":"\ud83d"}}]}}}}"#
    );
    client.raw(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes()).await;
    client.edit(NOTE, 3, [0, 4, 0, 7], "Two").await;
    assert_eq!(client.outline(NOTE).await, ["\u{fffd} Two"]);
}

#[tokio::test]
async fn a_paragraph_on_one_line_of_twenty_kilobytes_is_normal() {
    let mut client = start().await;
    let long = "The harbour master counted the ships again. ".repeat(460);
    client.open(NOTE, &format!("{long}End.[^1]\n\n[^1]: Ledger.\n")).await;
    let end = long.len() as u32 + 6;
    assert!(footnote_at(&mut client, NOTE, 0, end).await.contains("Ledger"));
    client.edit(NOTE, 2, [0, 0, 0, 3], "Each").await;
    assert!(footnote_at(&mut client, NOTE, 0, end + 1).await.contains("Ledger"));
}
