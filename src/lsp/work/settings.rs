//! The part of the main loop that deals with the user's settings.

use std::sync::Arc;

use serde_json::{Value, json};

use crate::lsp::state::events::Event;
use crate::lsp::state::server_state::ServerState;
use crate::lsp::transport::Reply;
use crate::lsp::work::main_loop::MainLoop;

impl MainLoop {
    /// Takes the news that settings changed. A client that can be asked is asked; another sends them, or nothing.
    pub(in crate::lsp) fn settings(&mut self, state: &Arc<ServerState>, settings: Option<Value>) {
        if state.session().configuration {
            let listener = state.clone();
            let items = json!({ "items": [{ "section": "whosaid" }] });
            state.outbox.request("workspace/configuration", items, move |reply| {
                if let Reply::Result(Value::Array(values)) = reply {
                    let settings = values.into_iter().next().unwrap_or_default();
                    listener.send(Event::ClientSettings(settings));
                }
            });
        } else if let Some(settings) = settings {
            let own = settings.get("whosaid").cloned().unwrap_or(settings);
            self.apply_settings(state, &own);
        }
    }

    /// Takes what is set; what is not stays as it was.
    pub(in crate::lsp) fn apply_settings(&mut self, state: &Arc<ServerState>, settings: &Value) {
        let change = state.settings.update(settings);
        if change.allowed {
            self.reindex(state);
        }
        if change.hints {
            self.mark_outdated();
        }
    }
}
