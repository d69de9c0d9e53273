//! Libraries: their keys answer like keys in notes, and what is typed counts before it is saved.

use std::time::Instant;

use serde_json::{Value, json};

use crate::disk::{PATIENCE, desk, uri, write};
use crate::harness::Client;
use crate::server::{Setup, applied, at, codes};

const LIBRARY: &str =
    "@misc{hd31,\n  title = {The 😀 Quota},\n  publisher = {Harbor Daily}\n}\n\n@misc{mt31, title = {Readout}}\n";
const BRIEF: &str = "So it was [@hd31]. And [@hd31, p. 4] and [@mt31].\n";

impl Client {
    /// Asks until an answer is as wanted.
    async fn ask_until(&mut self, method: &str, params: &Value, wanted: impl Fn(&Value) -> bool) -> Value {
        loop {
            let answer = self.call(method, params.clone()).await;
            if wanted(&answer) {
                return answer["result"].clone();
            }
        }
    }
}

fn places(found: &Value) -> Vec<(String, u64)> {
    let place = |one: &Value| {
        let uri = one["uri"].as_str().unwrap_or_default();
        (uri.rsplit('/').next().unwrap_or_default().to_owned(), one["range"]["start"]["character"].as_u64().unwrap())
    };
    found.as_array().into_iter().flatten().map(place).collect()
}

#[tokio::test]
async fn a_key_answers_in_its_library_as_in_a_note() {
    let folder = desk(&[("refs.bib", LIBRARY), ("brief.md", BRIEF)]);
    let (mut client, _) = Setup::new().folder(&folder).start().await;
    let library = uri(&folder, "refs.bib");
    let item = json!({ "uri": library, "languageId": "bibtex", "version": 1, "text": LIBRARY });
    client.notify("textDocument/didOpen", json!({ "textDocument": item })).await;
    let mut key = at(&library, 0, 8);
    key["context"] = json!({ "includeDeclaration": true });
    let found = client.ask_until("textDocument/references", &key, |answer| places(&answer["result"]).len() == 3).await;
    assert_eq!(places(&found), [("brief.md".into(), 12), ("brief.md".into(), 25), ("refs.bib".into(), 6)]);
    let hover = client.result("textDocument/hover", at(&library, 0, 8)).await;
    let card = hover["contents"]["value"].as_str().expect("a card");
    assert!(card.contains("The 😀 Quota") && card.contains("Used 2 times in 1 note"), "{card}");
    assert_eq!(hover["range"]["end"], json!({ "line": 0, "character": 10 }));
    let definition = client.result("textDocument/definition", at(&library, 5, 7)).await;
    assert_eq!(definition[0]["targetRange"]["start"], json!({ "line": 5, "character": 6 }));
    assert_eq!(client.outline(&library).await, ["hd31", "mt31"]);
    // Beside a key nothing stands for anything, and prose of a library is nobody's.
    assert_eq!(client.result("textDocument/hover", at(&library, 2, 18)).await, Value::Null);
    let tokens = client.result("textDocument/semanticTokens/full", json!({ "textDocument": { "uri": library } })).await;
    assert_eq!(tokens, Value::Null);
}

#[tokio::test]
async fn a_key_is_renamed_in_its_library_as_it_is_typed_and_in_all_notes() {
    let folder = desk(&[("refs.bib", LIBRARY), ("brief.md", BRIEF)]);
    let (mut client, _) = Setup::new().encoding("utf-16").folder(&folder).start().await;
    let library = uri(&folder, "refs.bib");
    client.open(&library, LIBRARY).await;
    client.edit(&library, 2, [0, 0, 0, 0], "% Ours\n").await;
    let prepared = client.result("textDocument/prepareRename", at(&library, 1, 7)).await;
    assert_eq!(prepared["placeholder"], "hd31");
    let mut asked = at(&library, 1, 7);
    asked["newName"] = json!("daily31");
    // Once the brief is read.
    let edit = client
        .ask_until("textDocument/rename", &asked, |answer| {
            answer["result"]["documentChanges"].as_array().is_some_and(|all| all.len() == 2)
        })
        .await;
    let of = |uri: &str| {
        let all = edit["documentChanges"].as_array().unwrap();
        all.iter().find(|one| one["textDocument"]["uri"] == uri).unwrap_or_else(|| panic!("{uri} in {edit}")).clone()
    };
    let own = of(&library);
    assert_eq!(own["textDocument"]["version"], 2);
    let typed = format!("% Ours\n{LIBRARY}");
    assert_eq!(applied(&typed, &own["edits"], "utf-16"), typed.replace("hd31", "daily31"));
    assert_eq!(applied(BRIEF, &of(&uri(&folder, "brief.md"))["edits"], "utf-16"), BRIEF.replace("hd31", "daily31"));
}

#[tokio::test]
async fn an_open_library_wins_over_the_disk_until_it_is_closed() {
    let folder = desk(&[("refs.bib", LIBRARY)]);
    let (mut client, _) = Setup::new().folder(&folder).start().await;
    let (library, brief) = (uri(&folder, "refs.bib"), uri(&folder, "brief.md"));
    client.symbols_become("@", &["@hd31", "@mt31"]).await;
    client.open(&library, LIBRARY).await;
    client.open(&brief, "So it was [@new31].\n").await;
    let key = at(&brief, 0, 13);
    let known = |wanted: bool| {
        move |answer: &Value| {
            let card = answer["result"]["contents"]["value"].as_str().unwrap_or_default();
            card.contains("is in no bibliography") != wanted && !card.is_empty()
        }
    };
    client.ask_until("textDocument/hover", &key, known(false)).await;
    client.edit(&library, 2, [0, 0, 0, 0], "@misc{new31, title = {Fresh}}\n").await;
    client.ask_until("textDocument/hover", &key, known(true)).await;
    // What the disk says meanwhile does not count.
    write(folder.path(), "refs.bib", &format!("% touched\n{LIBRARY}"));
    client.disk_changed(std::slice::from_ref(&library)).await;
    client.symbols_become("@", &["@hd31", "@mt31", "@new31"]).await;
    client.close(&library).await;
    client.ask_until("textDocument/hover", &key, known(false)).await;
}

#[tokio::test]
async fn a_library_in_yaml_is_cited_from() {
    let folder = desk(&[
        ("whosaid.toml", "[library]\nbibliography = \"refs.yml\"\n"),
        (
            "refs.yml",
            "hd31:\n  type: Article\n  title: The Quota\n  parent: { type: Newspaper, title: Harbor Daily }\n",
        ),
        ("brief.md", "So it was [@hd31].\n"),
    ]);
    let (mut client, _) = Setup::new().folder(&folder).start().await;
    client.symbols_become("@", &["@hd31"]).await;
    let brief = uri(&folder, "brief.md");
    client.open(&brief, "So it was [@hd31].\n").await;
    let hover = client.result("textDocument/hover", at(&brief, 0, 13)).await;
    let card = hover["contents"]["value"].as_str().expect("a card");
    assert!(card.contains("The Quota") && card.contains("Harbor Daily"), "{card}");
    let definition = client.result("textDocument/definition", at(&brief, 0, 13)).await;
    assert_eq!(definition[0]["targetUri"], uri(&folder, "refs.yml"));
}

#[tokio::test]
async fn a_library_of_any_name_is_watched_and_read_again() {
    let folder =
        desk(&[("whosaid.toml", "[library]\nbibliography = \"refs.yml\"\n"), ("refs.yml", "hd31:\n  type: Article\n")]);
    let watching = json!({ "dynamicRegistration": true, "relativePatternSupport": true });
    let setup = Setup::new().folder(&folder).with("/capabilities/workspace/didChangeWatchedFiles", watching);
    let (mut client, _) = setup.start().await;
    let registered = |id: &'static str| move |message: &Value| message["params"]["registrations"][0]["id"] == id;
    let asked = client.wait(registered("whosaid/named")).await;
    let watchers = &asked["params"]["registrations"][0]["registerOptions"]["watchers"];
    assert_eq!(watchers[0]["globPattern"]["pattern"], "refs.yml", "{watchers}");
    client.symbols_become("@", &["@hd31"]).await;
    write(folder.path(), "refs.yml", "hd32:\n  type: Article\n");
    client.disk_changed(&[uri(&folder, "refs.yml")]).await;
    client.symbols_become("@", &["@hd32"]).await;
    // Named no more, it is neither watched nor known.
    write(folder.path(), "whosaid.toml", "");
    client.disk_changed(&[uri(&folder, "whosaid.toml")]).await;
    client.expect("client/unregisterCapability").await;
    client.symbols_become("@", &[]).await;
}

#[tokio::test]
async fn a_bibliography_is_read_and_read_again() {
    let book = "@book{pell30, author = {Ada Pell}, title = {Port Law}, date = {2030}}\n";
    let folder = desk(&[("refs.bib", book)]);
    let (one, bib) = (uri(&folder, "one.md"), uri(&folder, "refs.bib"));
    let (mut client, _) = Setup::new().folder(&folder).start().await;
    client.symbols_become("@pell30", &["@pell30"]).await;
    client.open(&one, "The law held [@pell30; @marr31].\n").await;
    assert_eq!(codes(&client.published(&one, 1).await), ["C301"]);
    let definition = client.result("textDocument/definition", at(&one, 0, 16)).await;
    assert_eq!(definition[0]["targetUri"], bib, "{definition}");
    write(folder.path(), "refs.bib", &format!("{book}{}", book.replace("pell30", "marr31")));
    client.disk_changed(&[bib]).await;
    assert_eq!(client.published(&one, 1).await, Vec::<Value>::new());
}

#[tokio::test]
async fn a_broken_bibliography_is_told_on_its_own_file() {
    let folder = desk(&[("refs.bib", "@book{pell30, title = {Port Law}}\n@book{marr31, title = {Unclosed\n")]);
    let bib = uri(&folder, "refs.bib");
    let (mut client, _) = Setup::new().pulling().folder(&folder).start().await;
    let told = client.published(&bib, None).await;
    assert_eq!(told[0]["range"]["start"]["line"], 1, "{told:?}");
    write(folder.path(), "refs.bib", "@book{pell30, title = {Port Law}}\n");
    client.disk_changed(std::slice::from_ref(&bib)).await;
    assert_eq!(client.published(&bib, None).await, Vec::<Value>::new());
}

#[tokio::test]
async fn an_open_note_may_name_its_own_bibliography() {
    let toml = "[library]\nbibliography = []\n";
    let folder = desk(&[("whosaid.toml", toml), ("sub/own.json", "[{\"id\": \"pell30\", \"title\": \"Port Law\"}]")]);
    let one = uri(&folder, "sub/one.md");
    let (mut client, _) = Setup::new().folder(&folder).start().await;
    client.open(&one, "The law held [@pell30].\n").await;
    assert_eq!(codes(&client.published(&one, 1).await), ["C301"]);
    client.edit(&one, 2, [0, 0, 0, 0], "---\nbibliography: own.json\n---\n").await;
    let begun = Instant::now();
    while !client.published(&one, 2).await.is_empty() {
        assert!(begun.elapsed() < PATIENCE, "the bibliography was never read");
    }
}
