//! One file is one note, whatever names links give it: it is counted once, edited once, and told of as the client has it
//! open.
#![cfg(unix)]

use std::collections::BTreeSet;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::time::Instant;

use serde_json::{Value, json};
use tempfile::TempDir;
use tower_lsp::lsp_types::Url;

use crate::disk::{PATIENCE, desk, uri, write};
use crate::harness::Client;
use crate::server::{Setup, applied, at};

const RECORD: &str = "---\ntype: person\nname: Nadim Haddad\n---\n\nHe wrote the quota.\n";
const BRIEF: &str = "Minister Nadim Haddad spoke in Port Sarn.\n";

fn link(folder: &TempDir, to: &str, name: &str) {
    symlink(folder.path().join(to), folder.path().join(name)).expect("a link can be made");
}

fn url(path: &Path) -> String {
    Url::from_file_path(path).expect("a path").to_string()
}

impl Client {
    /// The files in which a name is mentioned, each as often as there are mentions, once all notes are read.
    async fn mentioned(&mut self, uri: &str, line: u32, column: u32) -> Vec<String> {
        let mut params = at(uri, line, column);
        params["context"] = json!({ "includeDeclaration": false });
        let found = self.result("textDocument/references", params).await;
        let places = found.as_array().into_iter().flatten();
        let mut uris: Vec<String> = places.filter_map(|place| Some(place["uri"].as_str()?.to_owned())).collect();
        uris.sort();
        uris
    }

    /// Asks until the mentions are as wanted.
    async fn mentions_become(&mut self, uri: &str, wanted: impl Fn(&[String]) -> bool) {
        let begun = Instant::now();
        loop {
            let found = self.mentioned(uri, 2, 8).await;
            if wanted(&found) {
                return;
            }
            assert!(begun.elapsed() < PATIENCE, "{found:?}");
        }
    }

    /// Renames once all notes are read.
    async fn renamed(&mut self, uri: &str, (line, column): (u32, u32), new: &str) -> Value {
        self.mentioned(uri, line, column).await;
        let mut params = at(uri, line, column);
        params["newName"] = json!(new);
        loop {
            let answer = self.call("textDocument/rename", params.clone()).await;
            if !answer["error"]["message"].as_str().is_some_and(|why| why.contains("still being read")) {
                assert!(answer.get("error").is_none(), "{answer}");
                return answer["result"].clone();
            }
        }
    }
}

/// The files that are edited; each must be edited once.
fn edited(edit: &Value) -> Vec<String> {
    let all = edit["documentChanges"].as_array().expect("document changes");
    let mut uris: Vec<String> =
        all.iter().map(|one| one["textDocument"]["uri"].as_str().expect("a URI").to_owned()).collect();
    uris.sort();
    let files: BTreeSet<_> = uris
        .iter()
        .map(|uri| {
            std::fs::canonicalize(Url::parse(uri).expect("a URI").to_file_path().expect("a path")).expect("a file")
        })
        .collect();
    assert_eq!(files.len(), uris.len(), "a file is edited twice: {uris:?}");
    uris
}

fn edits_of<'e>(edit: &'e Value, uri: &str) -> &'e Value {
    let all = edit["documentChanges"].as_array().expect("document changes");
    &all.iter().find(|one| one["textDocument"]["uri"] == uri).unwrap_or_else(|| panic!("{uri} in {edit}"))["edits"]
}

#[tokio::test]
async fn a_note_in_a_linked_folder_is_counted_and_renamed_once() {
    let folder = desk(&[("people/haddad.md", RECORD), ("briefs/one.md", BRIEF), ("two.md", BRIEF)]);
    link(&folder, "briefs", "again");
    link(&folder, "two.md", "also.md");
    link(&folder, "briefs", "people/more");
    let (mut client, _) = Setup::new().folder(&folder).start().await;
    let record = uri(&folder, "people/haddad.md");
    client.open(&record, RECORD).await;
    let found = client.mentioned(&record, 2, 8).await;
    assert_eq!(found.iter().filter(|found| **found != record).count(), 2, "{found:?}");
    let edit = client.renamed(&record, (2, 8), "Nadeem Haddad").await;
    assert_eq!(edited(&edit), [uri(&folder, "briefs/one.md"), record, uri(&folder, "two.md")]);
    client.shut_down().await;
}

#[tokio::test]
async fn a_note_that_is_opened_by_its_other_name_is_told_of_by_that_name() {
    let folder = desk(&[("people/haddad.md", RECORD), ("briefs/one.md", BRIEF)]);
    link(&folder, "briefs", "again");
    let (mut client, _) = Setup::new().folder(&folder).start().await;
    let (record, own) = (uri(&folder, "people/haddad.md"), uri(&folder, "briefs/one.md"));
    let other = uri(&folder, "again/one.md");
    client.open(&record, RECORD).await;
    assert!(client.mentioned(&record, 2, 8).await.contains(&own));
    let text = format!("Today: {BRIEF}");
    client.open(&other, &text).await;
    client.published(&other, 1).await;
    let found = client.mentioned(&record, 2, 8).await;
    assert!(found.contains(&other) && !found.contains(&own), "{found:?}");
    let edit = client.renamed(&record, (2, 8), "Nadeem Haddad").await;
    assert_eq!(edited(&edit), [other.clone(), record.clone()]);
    assert_eq!(applied(&text, edits_of(&edit, &other), "utf-16"), text.replace("Nadim", "Nadeem"));
    // The disk is heard of by its own name; the open text wins all the same.
    write(folder.path(), "briefs/one.md", "Nobody spoke.\n");
    client.disk_changed(std::slice::from_ref(&own)).await;
    assert!(client.mentioned(&record, 2, 8).await.contains(&other));
    client.close(&other).await;
    client.mentions_become(&record, |found| !found.contains(&other) && !found.contains(&own)).await;
    client.shut_down().await;
}

#[tokio::test]
async fn a_root_that_is_opened_through_a_link_has_each_note_once() {
    let outer = desk(&[("real/people/haddad.md", RECORD), ("real/one.md", BRIEF)]);
    link(&outer, "real", "vault");
    let root = Url::from_directory_path(outer.path().join("vault")).expect("a path");
    let setup = Setup::new().with("/workspaceFolders", json!([{ "uri": root, "name": "desk" }]));
    let (mut client, _) = setup.start().await;
    // The editor names what it opens by the real place, before and after the notes are read.
    let (real, record) = (outer.path().join("real/one.md"), outer.path().join("real/people/haddad.md"));
    client.open(&url(&record), RECORD).await;
    client.published(&url(&record), 1).await;
    client.open(&url(&real), BRIEF).await;
    client.published(&url(&real), 1).await;
    let found = client.mentioned(&url(&record), 2, 8).await;
    assert_eq!(found.iter().filter(|found| found.contains("one.md")).collect::<Vec<_>>(), [&url(&real)], "{found:?}");
    let edit = client.renamed(&url(&record), (2, 8), "Nadeem Haddad").await;
    assert_eq!(edited(&edit), [url(&real), url(&record)]);
    client.shut_down().await;
}

#[tokio::test]
async fn a_note_that_is_opened_through_a_link_to_the_root_is_the_one_in_the_root() {
    let outer = desk(&[("real/people/haddad.md", RECORD), ("real/one.md", BRIEF), ("beside/two.md", BRIEF)]);
    link(&outer, "real", "rootlink");
    link(&outer, "real/people", "peoplelink");
    link(&outer, "real/one.md", "onelink.md");
    let root = Url::from_directory_path(outer.path().join("real")).expect("a path");
    let setup = Setup::new().with("/workspaceFolders", json!([{ "uri": root, "name": "desk" }]));
    let (mut client, _) = setup.start().await;
    let record = url(&outer.path().join("peoplelink/haddad.md"));
    client.open(&record, RECORD).await;
    client.published(&record, 1).await;
    for name in ["rootlink/one.md", "onelink.md"] {
        let other = url(&outer.path().join(name));
        client.open(&other, BRIEF).await;
        client.published(&other, 1).await;
        let found = client.mentioned(&record, 2, 8).await;
        assert_eq!(found.iter().filter(|found| found.contains("one")).collect::<Vec<_>>(), [&other], "{found:?}");
        client.close(&other).await;
        let own = url(&outer.path().join("real/one.md"));
        client.mentions_become(&record, |found| found.contains(&own) && !found.contains(&other)).await;
    }
    // What lies beside the root is another note.
    let beside = url(&outer.path().join("beside/two.md"));
    client.open(&beside, BRIEF).await;
    client.published(&beside, 1).await;
    client
        .mentions_become(&record, |found| found.contains(&beside) && found.iter().any(|f| f.ends_with("one.md")))
        .await;
    client.shut_down().await;
}

#[tokio::test]
async fn hard_links_to_one_file_are_one_note_and_equal_texts_are_two() {
    let folder = desk(&[("people/haddad.md", RECORD), ("a.md", BRIEF), ("c.md", BRIEF)]);
    std::fs::hard_link(folder.path().join("a.md"), folder.path().join("b.md")).expect("a hard link can be made");
    let (mut client, _) = Setup::new().folder(&folder).start().await;
    let record = uri(&folder, "people/haddad.md");
    client.open(&record, RECORD).await;
    let edit = client.renamed(&record, (2, 8), "Nadeem Haddad").await;
    assert_eq!(edited(&edit), [uri(&folder, "a.md"), uri(&folder, "c.md"), record.clone()]);
    // A further name that was made since then brings no second set of edits.
    std::fs::hard_link(folder.path().join("c.md"), folder.path().join("d.md")).expect("a hard link can be made");
    client.disk_changed(&[uri(&folder, "d.md")]).await;
    client.mentions_become(&record, |found| found.contains(&uri(&folder, "d.md"))).await;
    let edit = client.renamed(&record, (2, 8), "Nadeem Haddad").await;
    assert_eq!(edited(&edit), [uri(&folder, "a.md"), uri(&folder, "c.md"), record.clone()]);
    // Without its first name it is known by the next.
    std::fs::remove_file(folder.path().join("a.md")).expect("it can go");
    client.disk_changed(&[uri(&folder, "a.md")]).await;
    client.mentions_become(&record, |found| found.contains(&uri(&folder, "b.md"))).await;
    client.shut_down().await;
}

#[tokio::test]
async fn links_that_lead_nowhere_in_a_circle_or_out_of_the_folder_do_no_harm() {
    let outer = desk(&[("vault/people/haddad.md", RECORD), ("vault/one.md", BRIEF), ("other/two.md", BRIEF)]);
    link(&outer, "vault/gone.md", "vault/dangling.md");
    link(&outer, "vault", "vault/people/circle");
    link(&outer, "vault/self", "vault/self");
    link(&outer, "other", "vault/other");
    let root = Url::from_directory_path(outer.path().join("vault")).expect("a path");
    for allowed in [false, true] {
        let options = if allowed { json!({ "allowRead": [outer.path().join("other")] }) } else { json!({}) };
        let setup = Setup::new().with("/workspaceFolders", json!([{ "uri": root, "name": "desk" }]));
        let (mut client, _) = setup.with("/initializationOptions", options).start().await;
        let record = uri(&outer, "vault/people/haddad.md");
        client.open(&record, RECORD).await;
        let found = client.mentioned(&record, 2, 8).await;
        assert!(found.contains(&uri(&outer, "vault/one.md")), "{found:?}");
        assert_eq!(found.contains(&uri(&outer, "vault/other/two.md")), allowed, "{found:?}");
        assert_eq!(found.iter().filter(|found| found.contains("one.md")).count(), 1, "{found:?}");
        client.shut_down().await;
    }
}
