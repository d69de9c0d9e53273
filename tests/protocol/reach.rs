//! What is read at all: files of the folder and what the user allows, no devices, nothing too large; and what is said of
//! the rest.

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::disk::{desk, uri, write};
use crate::harness::Client;
use crate::server::{Setup, codes};

const BOOK: &str = "@book{pell30, author = {Ada Pell}, title = {Port Law}, date = {2030}}\n";

impl Client {
    /// The diagnostics of a version of a document, once they are as wanted.
    async fn published_until(&mut self, uri: &str, version: i32, wanted: impl Fn(&[Value]) -> bool) -> Vec<Value> {
        loop {
            let found = self.published(uri, version).await;
            if wanted(&found) {
                return found;
            }
        }
    }
}

fn naming(bibliography: &str) -> String {
    format!("---\nbibliography: \"{bibliography}\"\n---\nThe law held [@pell30].\n")
}

/// A folder `vault` beside a folder `other` with a bibliography.
fn vault(files: &[(&str, &str)]) -> TempDir {
    let folder = desk(&[("other/refs.bib", BOOK), ("vault/refs/own.bib", "@misc{orr30, title = {Log}}\n")]);
    files.iter().for_each(|(name, text)| write(&folder.path().join("vault"), name, text));
    folder
}

fn at_vault(folder: &TempDir) -> Setup {
    let root = uri(folder, "vault");
    Setup::new().with("/workspaceFolders", json!([{ "uri": root, "name": "vault" }]))
}

fn messages<'d>(found: &'d [Value], code: &str) -> Vec<&'d str> {
    let of_code = found.iter().filter(|one| one["code"] == code);
    of_code.filter_map(|one| one["message"].as_str()).collect()
}

#[tokio::test]
async fn a_bibliography_outside_the_folder_is_read_once_the_user_allows_it() {
    let folder = vault(&[("whosaid.toml", "")]);
    let note = uri(&folder, "vault/note.md");
    let outside = folder.path().join("other/refs.bib").to_string_lossy().into_owned();
    for name in ["../other/refs.bib", &outside] {
        let (mut client, _) = at_vault(&folder).start().await;
        client.open(&note, &naming(name)).await;
        let found = client.published_until(&note, 1, |found| codes(found).contains(&"C315")).await;
        assert!(codes(&found).contains(&"C301"), "{found:?}");
        assert!(messages(&found, "C315")[0].contains("whosaid.allowRead"), "{found:?}");
        assert_eq!(found.iter().find(|one| one["code"] == "C315").unwrap()["range"]["start"]["line"], 1);
        // A setting of the user, changed while the server runs.
        let settings = json!({ "settings": { "whosaid": { "allowRead": [folder.path().join("other")] } } });
        client.notify("workspace/didChangeConfiguration", settings).await;
        let asked = client.wait(|message| message["method"] == "workspace/configuration").await;
        let answer = json!([{ "allowRead": [folder.path().join("other")] }]);
        client.send(json!({ "jsonrpc": "2.0", "id": asked["id"], "result": answer })).await;
        client.published_until(&note, 1, <[Value]>::is_empty).await;
        client.abandon();
    }
    // Allowed from the start.
    for allowed in [folder.path().join("other"), folder.path().join("other/refs.bib")] {
        let options = json!({ "allowRead": [allowed] });
        let (mut client, _) = at_vault(&folder).with("/initializationOptions", options).start().await;
        client.open(&note, &naming(&outside)).await;
        client.published_until(&note, 1, <[Value]>::is_empty).await;
    }
}

#[tokio::test]
async fn a_bibliography_that_is_allowed_is_read_again_when_it_changes() {
    let outside = |folder: &TempDir| folder.path().join("other/refs.bib");
    let folder = vault(&[]);
    let toml = format!("[library]\nbibliography = '{}'\n", outside(&folder).display());
    write(&folder.path().join("vault"), "whosaid.toml", &toml);
    let options = json!({ "allowRead": [folder.path().join("other")] });
    let watching = json!({ "dynamicRegistration": true, "relativePatternSupport": true });
    let setup = at_vault(&folder).with("/initializationOptions", options);
    let (mut client, _) = setup.with("/capabilities/workspace/didChangeWatchedFiles", watching).start().await;
    let registered = |message: &Value| message["params"]["registrations"][0]["id"] == "whosaid/named";
    let asked = client.wait(registered).await;
    let watchers = &asked["params"]["registrations"][0]["registerOptions"]["watchers"];
    assert_eq!(watchers[0]["globPattern"]["pattern"], "refs.bib", "{watchers}");
    client.symbols_become("@", &["@pell30"]).await;
    write(folder.path(), "other/refs.bib", &BOOK.replace("pell30", "pell31"));
    client.disk_changed(&[uri(&folder, "other/refs.bib")]).await;
    client.symbols_become("@", &["@pell31"]).await;
}

#[tokio::test]
async fn a_bibliography_further_up_in_the_folder_is_read() {
    let folder = vault(&[("whosaid.toml", "[library]\nbibliography = []\n"), ("refs.bib", BOOK)]);
    let (mut client, _) = at_vault(&folder).start().await;
    let note = uri(&folder, "vault/drafts/note.md");
    client.open(&note, &naming("../refs.bib")).await;
    client.published_until(&note, 1, <[Value]>::is_empty).await;
}

#[tokio::test]
async fn a_folder_cannot_allow_itself_what_lies_elsewhere() {
    let folder = vault(&[("whosaid.toml", "[library]\nbibliography = [\"refs/own.bib\", \"../other/refs.bib\"]\n")]);
    let (mut client, _) = at_vault(&folder).start().await;
    let toml = uri(&folder, "vault/whosaid.toml");
    let found = client.published(&toml, None).await;
    assert_eq!(codes(&found), ["S905"], "{found:?}");
    assert!(messages(&found, "S905")[0].contains("--allow-read"), "{found:?}");
    assert_eq!(found[0]["range"]["start"], json!({ "line": 1, "character": 33 }), "{found:?}");
    client.symbols_become("@", &["@orr30"]).await;
}

#[cfg(unix)]
#[tokio::test]
async fn pipes_devices_folders_and_links_out_are_named_and_nobody_waits() {
    let folder = vault(&[("whosaid.toml", "[library]\nbibliography = \"refs/own.bib\"\n")]);
    let pipe = folder.path().join("vault/pipe.bib");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.is_ok_and(|status| status.success()));
    let link = |to: &std::path::Path, name: &str| {
        std::os::unix::fs::symlink(to, folder.path().join(name)).expect("a link can be made");
    };
    link(&folder.path().join("other/refs.bib"), "vault/out.bib");
    link(std::path::Path::new("/dev/zero"), "vault/zero.bib");
    let (mut client, _) = at_vault(&folder).start().await;
    for (number, (name, said)) in [
        ("pipe.bib", "a pipe"),
        ("refs", "a folder"),
        ("out.bib", "Outside this folder"),
        ("zero.bib", "a device"),
        ("/dev/zero", "a device"),
        ("//archive/press/refs.bib", "another machine"),
        ("/somewhere/else.bib", "Outside this folder"),
    ]
    .iter()
    .enumerate()
    {
        let note = uri(&folder, &format!("vault/note{number}.md"));
        client.open(&note, &naming(name)).await;
        let found = client.published_until(&note, 1, |found| codes(found).contains(&"C315")).await;
        assert!(messages(&found, "C315")[0].contains(said), "{name}: {found:?}");
    }
    // All else goes on.
    client.symbols_become("@", &["@orr30"]).await;
}

#[tokio::test]
async fn what_is_too_large_is_told_quietly_and_all_else_goes_on() {
    let long = "Minister Nadim Haddad spoke in Port Sarn.[^1]\n\n".repeat(23_000);
    assert!(long.len() > 1 << 20);
    // Libraries have a bound of their own, beyond that of notes.
    let library = format!("@misc{{orr31, title = {{Log}}}}\n{}", "% kept by the warden of Port Sarn\n".repeat(40_000));
    let folder = vault(&[("whosaid.toml", "largest-file = 1\n"), ("long.md", &long), ("refs/long.bib", &library)]);
    let (mut client, _) = at_vault(&folder).start().await;
    let said = |name: &'static str| {
        move |message: &Value| {
            let text = message["params"]["message"].as_str().unwrap_or_default();
            message["method"] == "window/logMessage" && text.contains(name) && text.contains("limit 1 MB")
        }
    };
    client.wait(said("long.md")).await;
    client.symbols_become("@", &["@orr30", "@orr31"]).await;
    let note = uri(&folder, "vault/long.md");
    client.open(&note, &long).await;
    let found = client.published(&note, 1).await;
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!((&found[0]["severity"], &found[0]["range"]["end"]["line"]), (&json!(3), &json!(0)), "{found:?}");
    assert!(found[0]["message"].as_str().is_some_and(|said| said.contains("too large to check (2 MB; limit 1 MB)")));
    // Shorter, it is a note like any other; longer again, it is none.
    client.edit(&note, 2, [10, 0, 90_000, 0], "").await;
    assert!(codes(&client.published(&note, 2).await).contains(&"C302"));
    client.change(&note, 3, json!([{ "text": long }])).await;
    assert_eq!(client.published(&note, 3).await.len(), 1);
}
