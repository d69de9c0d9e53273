//! The real server over the in-memory wire, and short ways to say what editors say.

use serde_json::{Value, json};

use crate::harness::Client;

/// What a client is able to do, and where it stands.
pub(crate) struct Setup {
    params: Value,
}

impl Setup {
    /// A client with the abilities of the common editors: nested symbols, links, literals, versions.
    pub(crate) fn new() -> Self {
        let capabilities = json!({
            "workspace": { "workspaceEdit": { "documentChanges": true }, "configuration": true },
            "textDocument": {
                "hover": { "contentFormat": ["markdown", "plaintext"] },
                "definition": { "linkSupport": true },
                "declaration": { "linkSupport": true },
                "documentSymbol": { "hierarchicalDocumentSymbolSupport": true },
                "codeAction": { "codeActionLiteralSupport": { "codeActionKind": { "valueSet": ["quickfix"] } } },
                "publishDiagnostics": { "relatedInformation": true, "versionSupport": true }
            }
        });
        Self { params: json!({ "processId": null, "rootUri": null, "capabilities": capabilities }) }
    }

    /// A client that can do nothing.
    pub(crate) fn bare() -> Self {
        Self { params: json!({ "processId": null, "rootUri": null, "capabilities": {} }) }
    }

    /// Sets a value of the parameters of `initialize`, by its JSON pointer.
    pub(crate) fn with(mut self, pointer: &str, value: Value) -> Self {
        let mut place = &mut self.params;
        for name in pointer.split('/').skip(1) {
            if !place.is_object() {
                *place = json!({});
            }
            place = place.as_object_mut().expect("an object").entry(name).or_insert(Value::Null);
        }
        *place = value;
        self
    }

    /// A client that counts columns so.
    pub(crate) fn encoding(self, encoding: &str) -> Self {
        self.with("/capabilities/general/positionEncodings", json!([encoding]))
    }

    /// A client that asks for diagnostics itself.
    pub(crate) fn pulling(self) -> Self {
        self.with("/capabilities/textDocument/diagnostic", json!({ "dynamicRegistration": false }))
    }

    /// Starts a server and initializes it. Returns what it said of itself.
    pub(crate) async fn start(self) -> (Client, Value) {
        let mut client = Client::connect(whosaid::lsp::connect);
        let said = client.result("initialize", self.params).await;
        client.notify("initialized", json!({})).await;
        (client, said)
    }
}

/// A started server with a client of ordinary abilities.
pub(crate) async fn start() -> Client {
    Setup::new().start().await.0
}

impl Client {
    pub(crate) async fn open(&mut self, uri: &str, text: &str) {
        let item = json!({ "uri": uri, "languageId": "markdown", "version": 1, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": item })).await;
    }

    /// Replaces a range, given as line, column, line, column.
    pub(crate) async fn edit(&mut self, uri: &str, version: i32, [a, b, c, d]: [u32; 4], text: &str) {
        let range = json!({ "start": { "line": a, "character": b }, "end": { "line": c, "character": d } });
        self.change(uri, version, json!([{ "range": range, "text": text }])).await;
    }

    pub(crate) async fn change(&mut self, uri: &str, version: i32, changes: Value) {
        let params = json!({ "textDocument": { "uri": uri, "version": version }, "contentChanges": changes });
        self.notify("textDocument/didChange", params).await;
    }

    pub(crate) async fn close(&mut self, uri: &str) {
        self.notify("textDocument/didClose", json!({ "textDocument": { "uri": uri } })).await;
    }

    /// The diagnostics that are published for a version of a document.
    pub(crate) async fn published(&mut self, uri: &str, version: impl Into<Option<i32>>) -> Vec<Value> {
        let version = version.into();
        let message = self
            .wait(|message| {
                message["method"] == "textDocument/publishDiagnostics"
                    && message["params"]["uri"] == uri
                    && message["params"].get("version") == version.map(|number| json!(number)).as_ref()
            })
            .await;
        message["params"]["diagnostics"].as_array().cloned().unwrap_or_default()
    }

    /// The names of a document's outline, outer before inner.
    pub(crate) async fn outline(&mut self, uri: &str) -> Vec<String> {
        let symbols = self.result("textDocument/documentSymbol", json!({ "textDocument": { "uri": uri } })).await;
        let mut names = Vec::new();
        collect_names(&symbols, &mut names);
        names
    }
}

fn collect_names(symbols: &Value, names: &mut Vec<String>) {
    for symbol in symbols.as_array().into_iter().flatten() {
        names.push(symbol["name"].as_str().unwrap_or_default().to_owned());
        collect_names(&symbol["children"], names);
    }
}

/// Parameters of a request about a position.
pub(crate) fn at(uri: &str, line: u32, column: u32) -> Value {
    json!({ "textDocument": { "uri": uri }, "position": { "line": line, "character": column } })
}

/// The codes of some diagnostics, in order.
pub(crate) fn codes(diagnostics: &[Value]) -> Vec<&str> {
    diagnostics.iter().map(|diagnostic| diagnostic["code"].as_str().unwrap_or("?")).collect()
}

/// A text after the edits of a `TextDocumentEdit` or of one entry of `changes`, columns counted in an encoding.
pub(crate) fn applied(text: &str, edits: &Value, encoding: &str) -> String {
    let byte = |position: &Value| {
        let line = position["line"].as_u64().expect("a line") as usize;
        let column = position["character"].as_u64().expect("a column") as usize;
        let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
        let mut units = 0;
        for (at, c) in text[start..].char_indices() {
            if units >= column {
                assert_eq!(units, column, "a character is split");
                return start + at;
            }
            units += match encoding {
                "utf-8" => c.len_utf8(),
                "utf-16" => c.len_utf16(),
                _ => 1,
            };
        }
        text.len()
    };
    let mut places: Vec<(usize, usize, &str)> = edits
        .as_array()
        .expect("edits")
        .iter()
        .map(|edit| {
            let range = &edit["range"];
            (byte(&range["start"]), byte(&range["end"]), edit["newText"].as_str().expect("text"))
        })
        .collect();
    places.sort_unstable();
    assert!(places.windows(2).all(|pair| pair[0].1 <= pair[1].0), "edits overlap: {edits}");
    let mut out = text.to_owned();
    for (start, end, new) in places.into_iter().rev() {
        out.replace_range(start..end, new);
    }
    out
}
