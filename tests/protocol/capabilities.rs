//! What the server says it can do is what it does: every capability is asked for, and nothing else is answered.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::server::{Setup, at};

const NOTE: &str = "file:///desk/brief.md";

/// Every request of LSP 3.17 that a client may send about documents and the workspace, by the capability that
/// announces it.
pub(crate) const REQUESTS: &[(&str, &[&str])] = &[
    ("hoverProvider", &["textDocument/hover"]),
    ("definitionProvider", &["textDocument/definition"]),
    ("declarationProvider", &["textDocument/declaration"]),
    ("typeDefinitionProvider", &["textDocument/typeDefinition"]),
    ("implementationProvider", &["textDocument/implementation"]),
    ("referencesProvider", &["textDocument/references"]),
    ("documentHighlightProvider", &["textDocument/documentHighlight"]),
    ("documentSymbolProvider", &["textDocument/documentSymbol"]),
    ("workspaceSymbolProvider", &["workspace/symbol"]),
    ("codeActionProvider", &["textDocument/codeAction"]),
    ("codeLensProvider", &["textDocument/codeLens"]),
    ("completionProvider", &["textDocument/completion"]),
    ("signatureHelpProvider", &["textDocument/signatureHelp"]),
    ("documentLinkProvider", &["textDocument/documentLink"]),
    ("colorProvider", &["textDocument/documentColor"]),
    ("documentFormattingProvider", &["textDocument/formatting"]),
    ("documentRangeFormattingProvider", &["textDocument/rangeFormatting"]),
    ("renameProvider", &["textDocument/rename", "textDocument/prepareRename"]),
    ("foldingRangeProvider", &["textDocument/foldingRange"]),
    ("selectionRangeProvider", &["textDocument/selectionRange"]),
    ("linkedEditingRangeProvider", &["textDocument/linkedEditingRange"]),
    ("callHierarchyProvider", &["textDocument/prepareCallHierarchy"]),
    ("typeHierarchyProvider", &["textDocument/prepareTypeHierarchy"]),
    (
        "semanticTokensProvider",
        &[
            "textDocument/semanticTokens/full",
            "textDocument/semanticTokens/full/delta",
            "textDocument/semanticTokens/range",
        ],
    ),
    ("monikerProvider", &["textDocument/moniker"]),
    ("inlayHintProvider", &["textDocument/inlayHint"]),
    ("inlineValueProvider", &["textDocument/inlineValue"]),
    ("diagnosticProvider", &["textDocument/diagnostic"]),
    ("executeCommandProvider", &["workspace/executeCommand"]),
];

/// Capabilities that announce no request of their own.
const OTHERS: &[&str] = &["positionEncoding", "textDocumentSync", "workspace"];

/// Parameters that every request above can be read from.
pub(crate) fn params(method: &str) -> Value {
    let range = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 0, "character": 4 } });
    let mut params = at(NOTE, 0, 2);
    let more = json!({
        "query": "",
        "range": range,
        "newName": "Ada Pell",
        "positions": [{ "line": 0, "character": 2 }],
        "command": "whosaid.status",
        "previousResultId": "none",
        "options": { "tabSize": 4, "insertSpaces": true }
    });
    params.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
    let context = if method == "textDocument/codeAction" {
        json!({ "diagnostics": [] })
    } else if method == "textDocument/inlineValue" {
        json!({ "frameId": 1, "stoppedLocation": range })
    } else {
        json!({ "includeDeclaration": true, "triggerKind": 1, "isRetrigger": false })
    };
    params["context"] = context;
    params
}

#[tokio::test]
async fn what_is_said_is_done_and_nothing_else() {
    for setup in [Setup::new(), Setup::new().pulling(), Setup::bare()] {
        let (mut client, said) = setup.start().await;
        let said: BTreeSet<String> =
            said["capabilities"].as_object().into_iter().flatten().map(|(name, _)| name.clone()).collect();
        for name in &said {
            let known = REQUESTS.iter().any(|(capability, _)| capability == name) || OTHERS.contains(&name.as_str());
            assert!(known, "{name} is said, but nothing here asks for it");
        }
        client.open(NOTE, "Ada Pell spoke.\n").await;
        for (capability, methods) in REQUESTS {
            for method in *methods {
                let answer = client.call(method, params(method)).await;
                let done = answer.get("error").is_none();
                if said.contains(*capability) {
                    assert!(done, "{capability} is said, but {method} gives {answer}");
                } else if done {
                    // Answering more than a client asks for is no harm, but only where it depends on the client.
                    let depends = ["textDocument/diagnostic", "textDocument/codeAction"];
                    assert!(depends.contains(method), "{method} is done, but {capability} is not said: {answer}");
                }
            }
        }
    }
}

#[tokio::test]
async fn initialize_says_who_answers_and_how_documents_are_kept() {
    let (_client, said) = Setup::new().start().await;
    assert_eq!(said["serverInfo"]["name"], "whosaid");
    assert_eq!(said["capabilities"]["positionEncoding"], "utf-16");
    let sync = &said["capabilities"]["textDocumentSync"];
    assert_eq!((&sync["openClose"], &sync["change"]), (&json!(true), &json!(2)));
    assert_eq!(said["capabilities"]["workspace"]["workspaceFolders"]["supported"], true);
}

#[tokio::test]
async fn known_notifications_without_use_are_taken() {
    let (mut client, _) = Setup::new().start().await;
    client.notify("$/setTrace", json!({ "value": "verbose" })).await;
    client.notify("window/workDoneProgress/cancel", json!({ "token": "never given" })).await;
    client.notify("workspace/didChangeConfiguration", json!({ "settings": null })).await;
    client.notify("textDocument/didOpen", json!({ "nonsense": true })).await;
    client.notify("textDocument/willSave", json!({ "textDocument": { "uri": NOTE }, "reason": 1 })).await;
    client.shut_down().await;
}
