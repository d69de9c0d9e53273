//! Renaming: exact or refused, never half, and never into a text that has moved on.

use serde_json::{Value, json};

use crate::disk::{desk, uri};
use crate::harness::Client;
use crate::server::{Setup, applied, at, start};

const BRIEF: &str = "file:///desk/brief.md";
const OTHER: &str = "file:///desk/other.md";
const RECORD: &str = "file:///desk/people/haddad.md";
const HADDAD: &str = "---\ntype: person\nname: Nadim Haddad\n---\n\nHe wrote the quota.\n";

async fn rename(client: &mut Client, uri: &str, (line, column): (u32, u32), new: &str) -> Value {
    let mut params = at(uri, line, column);
    params["newName"] = json!(new);
    loop {
        let answer = client.call("textDocument/rename", params.clone()).await;
        // While notes are still being read a renaming would be a part of one, and is refused.
        if !answer["error"]["message"].as_str().is_some_and(|why| why.contains("still being read")) {
            return answer;
        }
    }
}

/// The edits of one document, with the version that they are for.
fn edits_of<'a>(edit: &'a Value, uri: &str) -> (&'a Value, &'a Value) {
    let all = edit["documentChanges"].as_array().expect("document changes");
    let one = all.iter().find(|one| one["textDocument"]["uri"] == uri).unwrap_or_else(|| panic!("{uri} in {edit}"));
    (&one["textDocument"]["version"], &one["edits"])
}

#[tokio::test]
async fn a_person_is_renamed_in_all_open_notes_in_all_three_encodings() {
    let brief =
        "😀 Café: Minister Nadim Haddad spoke.\r\n\"Nadim Haddad\" was on the list, 漢字 Nadim Haddad said.\r\n";
    let other = "In Port Sarn 😀 Nadim Haddad waited.\n";
    for encoding in ["utf-8", "utf-16", "utf-32"] {
        let (mut client, _) = Setup::new().encoding(encoding).start().await;
        for (uri, text) in [(RECORD, HADDAD), (OTHER, other), (BRIEF, brief)] {
            client.open(uri, text).await;
            client.published(uri, 1).await;
        }
        client.edit(OTHER, 5, [0, 0, 0, 2], "At").await;
        let answer = rename(&mut client, RECORD, (2, 10), "Nadeem Haddad").await;
        let edit = &answer["result"];
        let (version, edits) = edits_of(edit, BRIEF);
        assert_eq!(version, &json!(1));
        let text = applied(brief, edits, encoding);
        assert_eq!(
            text,
            "😀 Café: Minister Nadeem Haddad spoke.\r\n\"Nadim Haddad\" was on the list, 漢字 Nadeem Haddad said.\r\n",
            "{encoding}"
        );
        let (version, edits) = edits_of(edit, OTHER);
        assert_eq!(version, &json!(5), "the version that was analysed for this is the newest");
        assert_eq!(
            applied("At Port Sarn 😀 Nadim Haddad waited.\n", edits, encoding),
            "At Port Sarn 😀 Nadeem Haddad waited.\n"
        );
        let (_, edits) = edits_of(edit, RECORD);
        let record = "---\naliases: [Nadim Haddad]\ntype: person\nname: Nadeem Haddad\n---\n\nHe wrote the quota.\n";
        assert_eq!(applied(HADDAD, edits, encoding), record);
        assert!(edit.get("changeAnnotations").is_none(), "who cannot confirm is not asked to");
    }
}

#[tokio::test]
async fn closed_notes_and_libraries_are_read_from_the_disk_and_confirmed() {
    let folder = desk(&[
        ("people/haddad.md", HADDAD),
        (
            "old.md",
            "\u{feff}Nadim Haddad spoke.\r\n\r\nIt was Nadim Haddad.[^1]\r\n\r\n[^1]: Nadim Haddad, Port Log.\r\n",
        ),
        ("refs.bib", "@misc{pell31, title = {Log}}\n"),
        ("cites.md", "So it was [@pell31].\n"),
        ("whosaid.toml", "[library]\nbibliography = [\"refs.bib\"]\n"),
    ]);
    let able = json!({ "documentChanges": true, "changeAnnotationSupport": { "groupsOnLabel": true } });
    let (mut client, _) =
        Setup::new().folder(&folder).with("/capabilities/workspace/workspaceEdit", able).start().await;
    client.symbols_become("nadim haddad", &["Nadim Haddad"]).await;
    client.symbols_become("@pell", &["@pell31"]).await;
    let open = uri(&folder, "open.md");
    client.open(&open, "Nadim Haddad waited [@pell31].\n").await;
    client.published(&open, 1).await;
    let edit = rename(&mut client, &open, (0, 8), "Nadeem Haddad").await["result"].clone();
    let (version, edits) = edits_of(&edit, &uri(&folder, "old.md"));
    assert_eq!(version, &Value::Null, "a closed file has no version");
    let ids: Vec<&str> = edits.as_array().expect("edits").iter().filter_map(|e| e["annotationId"].as_str()).collect();
    assert_eq!(ids, ["whosaid.closed", "whosaid.closed", "whosaid.weak"], "{edits}");
    // The mark at the file's head is no part of the text that an editor shows.
    let shown = "Nadim Haddad spoke.\r\n\r\nIt was Nadim Haddad.[^1]\r\n\r\n[^1]: Nadim Haddad, Port Log.\r\n";
    assert_eq!(applied(shown, edits, "utf-16"), shown.replace("Nadim", "Nadeem"));
    assert_eq!(edit["changeAnnotations"]["whosaid.closed"]["needsConfirmation"], true);
    assert!(edits_of(&edit, &open).1[0].get("annotationId").is_none(), "what is open is seen");
    let edit = rename(&mut client, &open, (0, 24), "pell2031").await["result"].clone();
    let (_, edits) = edits_of(&edit, &uri(&folder, "refs.bib"));
    assert_eq!(applied("@misc{pell31, title = {Log}}\n", edits, "utf-16"), "@misc{pell2031, title = {Log}}\n");
    assert_eq!((&edits[0]["annotationId"], edits.as_array().map(Vec::len)), (&json!("whosaid.library"), Some(1)));
    assert_eq!(
        applied("So it was [@pell31].\n", edits_of(&edit, &uri(&folder, "cites.md")).1, "utf-16"),
        "So it was [@pell2031].\n"
    );
    // A library that is open counts as it stands in the editor.
    let library = uri(&folder, "refs.bib");
    client.open(&library, "% kept by hand\n@misc{pell31, title = {Log}}\n").await;
    let edit = rename(&mut client, &open, (0, 24), "pell2031").await["result"].clone();
    let (version, edits) = edits_of(&edit, &library);
    assert_eq!((version, &edits[0]["range"]["start"]["line"]), (&json!(1), &json!(1)), "{edit}");
}

#[tokio::test]
async fn a_client_without_versions_gets_plain_changes_and_nothing_unsure() {
    let (mut client, said) = Setup::bare().start().await;
    assert_eq!(said["capabilities"]["renameProvider"], true);
    let text = "Nadim Haddad spoke.[^1]\n\n[^1]: Nadim Haddad, Port Log.\n";
    client.open(BRIEF, text).await;
    let edit = rename(&mut client, BRIEF, (0, 3), "Nadeem Haddad").await["result"].clone();
    let after = "Nadeem Haddad spoke.[^1]\n\n[^1]: Nadim Haddad, Port Log.\n";
    assert_eq!(applied(text, &edit["changes"][BRIEF], "utf-16"), after);
    assert!(edit.get("documentChanges").is_none() && edit.get("changeAnnotations").is_none());
}

#[tokio::test]
async fn what_would_be_renamed_is_shown_first() {
    let (mut client, said) =
        Setup::new().with("/capabilities/textDocument/rename", json!({ "prepareSupport": true })).start().await;
    assert_eq!(said["capabilities"]["renameProvider"]["prepareProvider"], true);
    client.open(BRIEF, "Nadim Haddad met Lidia Marr. Mr Haddad left.[^1]\n\n[^1]: Log.\n").await;
    let prepared = client.result("textDocument/prepareRename", at(BRIEF, 0, 35)).await;
    let range = json!({ "start": { "line": 0, "character": 32 }, "end": { "line": 0, "character": 38 } });
    assert_eq!(prepared, json!({ "range": range, "placeholder": "Nadim Haddad" }));
    assert_eq!(client.result("textDocument/prepareRename", at(BRIEF, 0, 46)).await["placeholder"], "1");
    for (line, column) in [(0, 41), (1, 0), (99, 99)] {
        assert_eq!(client.result("textDocument/prepareRename", at(BRIEF, line, column)).await, Value::Null);
    }
    assert_eq!(client.result("textDocument/prepareRename", at("file:///desk/never.md", 0, 0)).await, Value::Null);
}

#[tokio::test]
async fn what_cannot_be_renamed_is_refused_with_the_reason() {
    let mut client = start().await;
    client
        .open(BRIEF, "Nadim Haddad spoke.[^1] \"Lidia Marr will sign,\" he said. So.[^2]\n\n[^1]: Log.\n[^2]: Log.\n")
        .await;
    for (place, new, because) in [
        ((0, 3), "", "not empty"),
        ((0, 3), "a\nb", "one line"),
        ((0, 3), "[[x]]", "signs"),
        ((0, 14), "Ada Pell", "Nothing here"),
        ((0, 27), "Ada Pell", "quotation"),
        ((0, 21), "2", "already"),
        ((99, 99), "Ada Pell", "Nothing here"),
    ] {
        let answer = rename(&mut client, BRIEF, place, new).await;
        assert_eq!(answer["error"]["code"], -32803, "{answer}");
        assert!(answer["error"]["message"].as_str().is_some_and(|why| why.contains(because)), "{answer}");
    }
    assert_eq!(rename(&mut client, BRIEF, (0, 3), "Nadim Haddad").await["result"], Value::Null);
    let old = "git:/desk/brief.md?HEAD";
    client.open(old, "Nadim Haddad spoke.\n").await;
    for uri in [old, "file:///desk/never.md"] {
        assert_eq!(rename(&mut client, uri, (0, 3), "Ada Pell").await["error"]["code"], -32803);
    }
    client.close(BRIEF).await;
    assert_eq!(rename(&mut client, BRIEF, (0, 3), "Ada Pell").await["error"]["code"], -32803);
}

#[tokio::test]
async fn a_file_that_cannot_be_read_whole_stops_the_renaming() {
    let folder = desk(&[("people/haddad.md", HADDAD)]);
    std::fs::write(folder.path().join("latin.md"), b"Nadim Haddad met Caf\xe9 owners.\n").expect("it can be written");
    let (mut client, _) = Setup::new().folder(&folder).start().await;
    client.symbols_become("nadim haddad", &["Nadim Haddad"]).await;
    let open = uri(&folder, "open.md");
    client.open(&open, "Nadim Haddad waited.\n").await;
    let answer = rename(&mut client, &open, (0, 3), "Nadeem Haddad").await;
    assert!(answer["error"]["message"].as_str().is_some_and(|why| why.contains("latin.md")), "{answer}");
    // Once it is gone from the disk it is no part of the renaming, whether or not anybody said so.
    std::fs::remove_file(folder.path().join("latin.md")).expect("it can go");
    let answer = rename(&mut client, &open, (0, 3), "Nadeem Haddad").await;
    assert_eq!(answer["result"]["documentChanges"].as_array().map(Vec::len), Some(2), "{answer}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_edit_in_flight_is_never_overwritten() {
    // Long enough to be still read when the edit arrives.
    let long = "Nadim Haddad spoke of the harbour, and the yard was shut again.\n\n".repeat(1_500);
    let folder = desk(&[("long.md", &long)]);
    let (mut client, _) = Setup::new().folder(&folder).start().await;
    client.symbols_become("nadim haddad", &["Nadim Haddad"]).await;
    let (open, other) = (uri(&folder, "open.md"), uri(&folder, "other.md"));
    for uri in [&open, &other] {
        client.open(uri, "Nadim Haddad waited.\n").await;
        client.published(uri, 1).await;
    }
    let first = rename(&mut client, &open, (0, 3), "Nadeem Haddad").await;
    assert_eq!(first["result"]["documentChanges"].as_array().map(Vec::len), Some(3));
    let mut params = at(&open, 0, 8);
    params["newName"] = json!("Nadeem Haddad");
    let id = client.request("textDocument/rename", params.clone()).await;
    client.edit(&open, 2, [0, 0, 0, 0], "Then ").await;
    let answer = client.answer(&id).await;
    assert_eq!(answer["error"]["code"], -32801, "{}", answer.to_string().chars().take(300).collect::<String>());
    // Another note may be edited before it is looked at, and then counts as edited.
    let id = client.request("textDocument/rename", params).await;
    client.edit(&other, 3, [0, 0, 0, 0], "Then ").await;
    let answer = client.answer(&id).await;
    assert!(
        answer["error"]["code"] == -32801 || edits_of(&answer["result"], &other).0 == 3,
        "{}",
        answer.to_string().chars().take(300).collect::<String>()
    );
    // Asked again, it is made for what stands there now.
    let edit = rename(&mut client, &open, (0, 8), "Nadeem Haddad").await["result"].clone();
    let (found, edits) = edits_of(&edit, &other);
    assert_eq!(
        (found, applied("Then Nadim Haddad waited.\n", edits, "utf-16")),
        (&json!(3), "Then Nadeem Haddad waited.\n".to_owned())
    );
}

#[tokio::test]
async fn line_ends_stay_those_of_each_note() {
    let mut client = start().await;
    let record = HADDAD.replace('\n', "\r\n");
    client.open(RECORD, &record).await;
    client.published(RECORD, 1).await;
    let edit = rename(&mut client, RECORD, (2, 10), "Nadeem Haddad").await["result"].clone();
    let after = applied(&record, edits_of(&edit, RECORD).1, "utf-16");
    assert_eq!(after.matches('\n').count(), after.matches("\r\n").count());
    assert!(after.contains("aliases: [Nadim Haddad]\r\n"), "{after}");
}

#[tokio::test]
async fn a_name_over_two_lines_stays_on_two_lines() {
    let mut client = start().await;
    let text = "Nadim Haddad spoke. It was Nadim\nHaddad who wrote the quota.\n";
    client.open(BRIEF, text).await;
    client.published(BRIEF, 1).await;
    let edit = rename(&mut client, BRIEF, (0, 3), "Nadeem Haddad").await["result"].clone();
    let after = applied(text, edits_of(&edit, BRIEF).1, "utf-16");
    assert_eq!(after, "Nadeem Haddad spoke. It was Nadeem\nHaddad who wrote the quota.\n");
}
