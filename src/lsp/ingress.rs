//! What happens to a message the moment it arrives, in wire order: edits are applied, requests are pinned.
//!
//! Nothing here parses a text, waits or touches a disk.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use futures::FutureExt;
use serde::Deserialize;
use serde_json::Value;
use tower_lsp::lsp_types::{InitializeParams, TextDocumentContentChangeEvent};

use crate::lsp::capabilities;
use crate::lsp::handlers::arrival::Arrival;
use crate::lsp::state::documents::Place;
use crate::lsp::state::events::Event;
use crate::lsp::state::progress::RequestProgress;
use crate::lsp::state::server_state::ServerState;
use crate::lsp::state::session::Session;
use crate::lsp::transport::{Call, Ingress, UriKey};
use crate::project::configured_root;

/// The server's ingress.
pub(super) struct MessageIngress {
    state: Arc<ServerState>,
}

impl MessageIngress {
    /// The ingress of a server.
    pub(super) fn new(state: Arc<ServerState>) -> Self {
        Self { state }
    }

    fn place(&self, params: &Value) -> Option<Place> {
        let key = self.state.outbox.uris().learn(subject(params)?);
        Some(self.state.files.named(&key))
    }

    fn opened(&self, params: &Value) -> Option<()> {
        self.adopt(params);
        self.state.files.opens(&self.state.outbox.uris().learn(subject(params)?));
        let place = self.place(params)?;
        let item = params.get("textDocument")?;
        let text = item.get("text")?.as_str()?;
        let language = item.get("languageId").and_then(Value::as_str).unwrap_or_default();
        self.state.files.opened(&place);
        let document = self.state.documents.open(place, language, version(item).unwrap_or(0), text);
        self.state.send(Event::Document(document));
        Some(())
    }

    /// A file opened without a folder brings the project that its `whosaid.toml` makes. A few look-ups of names, once.
    fn adopt(&self, params: &Value) {
        if !self.state.session().folders.is_empty() || self.state.files.has_root() {
            return;
        }
        let uri = params.get("textDocument").and_then(|item| item.get("uri")).and_then(Value::as_str);
        let folder = uri.and_then(|uri| UriKey::new(uri).path()).and_then(|path| Some(path.parent()?.to_path_buf()));
        if let Some(root) = folder.and_then(|folder| configured_root(&folder)) {
            self.state.files.set_root(Some(&root));
            self.state.send(Event::Folders { added: vec![root], removed: Vec::new() });
        }
    }

    fn changed(&self, params: &Value) -> Option<()> {
        let place = self.place(params)?;
        let changes = Vec::<TextDocumentContentChangeEvent>::deserialize(params.get("contentChanges")?).ok()?;
        let version = version(params.get("textDocument")?)
            .or_else(|| self.state.documents.newest(&place.key).map(|document| document.version))
            .unwrap_or(0);
        let encoding = self.state.session().encoding;
        self.state.files.opened(&place);
        // An edit that cannot be placed has been logged: there is nothing to be done about it.
        if let Some(document) = self.state.documents.change(place, version, &changes, encoding) {
            self.state.send(Event::Document(document));
        }
        Some(())
    }

    fn saved(&self, params: &Value) -> Option<()> {
        let document = self.state.documents.newest(&self.place(params)?.key)?;
        document.saved.store(true, Ordering::Relaxed);
        self.state.send(Event::Saved(document));
        Some(())
    }

    fn closed(&self, params: &Value) -> Option<()> {
        let place = self.place(params)?;
        self.state.documents.close(&place.key);
        self.state.files.closed(&place);
        if let Some(other) = self.state.documents.of_file(place.file) {
            // The client has it open by another name, too.
            self.state.files.opened(&other.place);
        }
        self.state.forget(&place.key, place.file);
        self.state.send(Event::Closed(place));
        Some(())
    }

    fn files_changed(&self, params: &Value) -> Option<()> {
        let changes = params.get("changes")?.as_array()?;
        let keys = changes.iter().filter_map(|change| change.get("uri")?.as_str().map(UriKey::new)).collect();
        self.state.send(Event::FilesChanged(keys));
        Some(())
    }

    /// Files that the editor itself made, renamed or deleted, whether or not it watches them.
    fn files_moved(&self, params: &Value) -> Option<()> {
        let files = params.get("files")?.as_array()?;
        let named = |file: &Value| {
            ["uri", "oldUri", "newUri"]
                .into_iter()
                .filter_map(|name| file.get(name)?.as_str().map(UriKey::new))
                .collect()
        };
        let keys: Vec<UriKey> = files.iter().flat_map::<Vec<UriKey>, _>(named).collect();
        self.state.send(Event::FilesChanged(keys));
        Some(())
    }

    /// The payload may be null, partial or everything; a client that can be asked is asked.
    fn settings_changed(&self, params: &Value) -> Option<()> {
        self.state.send(Event::Settings(params.get("settings").cloned()));
        Some(())
    }

    fn progress_cancelled(&self, params: &Value) -> Option<()> {
        let token = params.get("token")?.as_str()?.to_owned();
        self.state.send(Event::ProgressCancelled(token));
        Some(())
    }

    fn folders_changed(&self, params: &Value) -> Option<()> {
        let event = params.get("event")?;
        let paths = |name: &str| {
            let folders = event.get(name).and_then(Value::as_array).into_iter().flatten();
            folders.filter_map(|folder| UriKey::new(folder.get("uri")?.as_str()?).path()).collect()
        };
        self.state.send(Event::Folders { added: paths("added"), removed: paths("removed") });
        Some(())
    }
}

impl Ingress for MessageIngress {
    type Pin = Arrival;

    fn notification(&mut self, method: &str, params: &Value) -> bool {
        let understood = match method {
            // In its place in the stream: a document that is opened next is judged by its project's configuration.
            "initialized" => {
                self.state.send(Event::Initialized);
                return false;
            }
            "textDocument/didOpen" => self.opened(params),
            "textDocument/didChange" => self.changed(params),
            "textDocument/didSave" => self.saved(params),
            "textDocument/didClose" => self.closed(params),
            "workspace/didChangeWatchedFiles" => self.files_changed(params),
            "workspace/didCreateFiles" | "workspace/didRenameFiles" | "workspace/didDeleteFiles" => {
                self.files_moved(params)
            }
            "workspace/didChangeConfiguration" => self.settings_changed(params),
            "window/workDoneProgress/cancel" => self.progress_cancelled(params),
            "workspace/didChangeWorkspaceFolders" => self.folders_changed(params),
            _ => return false,
        };
        if understood.is_none() {
            crate::lsp::log(&format!("{method} came with parameters that cannot be used"));
        }
        true
    }

    fn pin(&mut self, method: &str, params: &Value) -> Self::Pin {
        if method == "initialize" {
            if let Ok(typed) = InitializeParams::deserialize(params) {
                self.state.set_session(Session::new(&typed).with_newer(params));
            }
            return Arrival::default();
        }
        Arrival {
            document: self.place(params).and_then(|place| self.state.documents.newest(&place.key)),
            _progress: token(params, "workDoneToken").map(|token| RequestProgress::begin(&self.state.outbox, token)),
            partial: token(params, "partialResultToken"),
        }
    }

    /// Adds what the types of the protocol's version 3.16 lack.
    fn initialized(&mut self, result: &mut Value) {
        if let Some(capabilities) = result.get_mut("capabilities").and_then(Value::as_object_mut) {
            capabilities::add_newer(self.state.session(), capabilities);
        }
    }

    fn scope(pin: Self::Pin, call: Call) -> Call {
        pin.scope(call).boxed()
    }
}

/// The document that a message is about: its own, that of a command's first argument, or that of the item asked about, or of what is to be resolved.
fn subject(params: &Value) -> Option<&str> {
    let argument = || params.get("arguments")?.get(0);
    let own = params.get("textDocument").and_then(|document| document.get("uri"));
    let of_argument = || argument()?.get("uri").or_else(|| argument()?.get("textDocument")?.get("uri"));
    let of_item = || params.get("item")?.get("uri");
    let of_resolved = || params.get("data")?.get("uri");
    own.or_else(of_argument).or_else(of_item).or_else(of_resolved)?.as_str()
}

/// A token for progress, if it is one.
fn token(params: &Value, name: &str) -> Option<Value> {
    params.get(name).filter(|token| token.is_string() || token.is_i64()).cloned()
}

fn version(item: &Value) -> Option<i32> {
    i32::try_from(item.get("version")?.as_i64()?).ok()
}
