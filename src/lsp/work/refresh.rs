//! Asking the client to ask again, where what it shows may have changed for reasons outside its documents.

use std::sync::Arc;

use serde_json::{Value, json};

use crate::lsp::state::server_state::ServerState;
use crate::lsp::transport::UriKey;

/// Asks for everything that the client can be asked for.
pub(in crate::lsp) fn all(state: &Arc<ServerState>) {
    let session = state.session();
    for (kind, refresh) in state.refreshes.kinds.iter().enumerate() {
        if (refresh.is_supported)(session) && refresh.mark_changed() {
            request(state, kind);
        }
    }
    if session.virtual_documents {
        for url in state.pages.changing().iter().filter_map(UriKey::url) {
            state.outbox.request("workspace/textDocumentContent/refresh", json!({ "uri": url }), |_| {});
        }
    }
}

fn request(state: &Arc<ServerState>, kind: usize) {
    let Some(refresh) = state.refreshes.kinds.get(kind) else { return };
    refresh.mark_requested();
    let listener = Arc::downgrade(state);
    state.outbox.request(refresh.method, Value::Null, move |_| {
        let Some(state) = listener.upgrade() else { return };
        if state.refreshes.kinds.get(kind).is_some_and(|refresh| refresh.mark_answered()) {
            request(&state, kind);
        }
    });
}
