//! Files that the editor renames, makes and deletes: links follow, and so does the index.

use serde_json::{Value, json};

use crate::disk::{desk, uri, write};
use crate::harness::Client;
use crate::server::{Setup, applied};

async fn will_rename(client: &mut Client, from: &str, to: &str) -> Value {
    let params = json!({ "files": [{ "oldUri": from, "newUri": to }] });
    loop {
        let answer = client.call("workspace/willRenameFiles", params.clone()).await;
        // While notes are still being read some links would be missed.
        if answer["error"]["code"] != -32803 {
            return answer;
        }
    }
}

#[tokio::test]
async fn links_follow_a_note_that_is_renamed_open_or_not() {
    let folder =
        desk(&[("talks.md", "# Talks in Lusk\n"), ("closed.md", "😀 See [[talks|them]] and [x](talks.md#a).\r\n")]);
    let (mut client, said) = Setup::new().folder(&folder).start().await;
    let filters = &said["capabilities"]["workspace"]["fileOperations"]["willRename"]["filters"];
    assert_eq!(
        (&filters[0]["pattern"]["matches"], &filters[1]["pattern"]["matches"]),
        (&json!("file"), &json!("folder"))
    );
    client.symbols_become("#talks", &["Talks in Lusk"]).await;
    let open = uri(&folder, "notes/open.md");
    client.open(&open, "[x](../talks.md)\n").await;
    client.published(&open, 1).await;
    client.edit(&open, 2, [0, 0, 0, 0], "So ").await;
    let answer = will_rename(&mut client, &uri(&folder, "talks.md"), &uri(&folder, "lusk/talks 2.md")).await;
    let changes = answer["result"]["documentChanges"].as_array().expect("changes").clone();
    let of = |uri: &str| changes.iter().find(|one| one["textDocument"]["uri"] == uri).expect("it is edited").clone();
    let one = of(&open);
    assert_eq!(one["textDocument"]["version"], 2);
    assert_eq!(applied("So [x](../talks.md)\n", &one["edits"], "utf-16"), "So [x](../lusk/talks%202.md)\n");
    let one = of(&uri(&folder, "closed.md"));
    assert_eq!(
        applied("😀 See [[talks|them]] and [x](talks.md#a).\r\n", &one["edits"], "utf-16"),
        "😀 See [[talks 2|them]] and [x](lusk/talks%202.md#a).\r\n"
    );
    assert_eq!(one["textDocument"]["version"], Value::Null);
    // What nobody links to, what is no file, and what stays where it is.
    for (from, to) in [("none.md", "other.md"), ("talks.md", "talks.md"), ("closed.md", "shut.md")] {
        let answer = will_rename(&mut client, &uri(&folder, from), &uri(&folder, to)).await;
        assert_eq!(answer["result"], Value::Null, "{answer}");
    }
    assert_eq!(will_rename(&mut client, "untitled:a", "untitled:b").await["result"], Value::Null);
    let nothing = client.call("workspace/willRenameFiles", json!({ "files": [] })).await;
    assert_eq!(nothing["result"], Value::Null);
}

#[tokio::test]
async fn the_index_follows_what_the_editor_does_to_files() {
    let folder = desk(&[("x/one.md", "# One heading\n"), ("x/two.md", "# Two heading\n")]);
    let (mut client, _) = Setup::new().folder(&folder).start().await;
    client.symbols_become("#heading", &["One heading", "Two heading"]).await;
    std::fs::rename(folder.path().join("x"), folder.path().join("y")).expect("it can be moved");
    let files = json!({ "files": [{ "oldUri": uri(&folder, "x"), "newUri": uri(&folder, "y") }] });
    client.notify("workspace/didRenameFiles", files).await;
    let mut places = Vec::new();
    while places != [uri(&folder, "y/one.md"), uri(&folder, "y/two.md")] {
        let found = client.result("workspace/symbol", json!({ "query": "#heading" })).await;
        places = found
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|s| s["location"]["uri"].as_str().map(str::to_owned))
            .collect();
        places.sort();
    }
    write(folder.path(), "three.md", "# Three heading\n");
    client.notify("workspace/didCreateFiles", json!({ "files": [{ "uri": uri(&folder, "three.md") }] })).await;
    client.symbols_become("#heading", &["One heading", "Three heading", "Two heading"]).await;
    std::fs::remove_dir_all(folder.path().join("y")).expect("it can go");
    client.notify("workspace/didDeleteFiles", json!({ "files": [{ "uri": uri(&folder, "y") }] })).await;
    client.symbols_become("#heading", &["Three heading"]).await;
    for nonsense in [json!({}), json!({ "files": [7, { "uri": 1 }] }), Value::Null] {
        client.notify("workspace/didRenameFiles", nonsense).await;
    }
    client.symbols_become("#heading", &["Three heading"]).await;
}
