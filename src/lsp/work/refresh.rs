//! Asking the client to ask again, where what it shows may have changed for reasons outside its documents.
//!
//! Of each kind one request is under way at a time; what changes meanwhile is told once, after its reply.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

use serde_json::{Value, json};

use crate::lsp::state::server_state::Shared;
use crate::lsp::state::session::Refreshable;

/// The kinds, as methods.
const METHODS: [&str; 5] = [
    "workspace/diagnostic/refresh",
    "workspace/codeLens/refresh",
    "workspace/semanticTokens/refresh",
    "workspace/inlayHint/refresh",
    "workspace/foldingRange/refresh",
];

/// Nobody was asked.
const IDLE: u8 = 0;
/// The client was asked and has not replied.
const ASKED: u8 = 1;
/// It was asked, and something changed since.
const AGAIN: u8 = 2;

/// Where each kind stands.
#[derive(Debug, Default)]
pub(in crate::lsp) struct Refreshes {
    states: [AtomicU8; METHODS.len()],
}

/// Asks for everything that the client can be asked for.
pub(in crate::lsp) fn all(shared: &Arc<Shared>) {
    let session = shared.session();
    let Refreshable { diagnostics, lenses, colours, inlay_hints, folds } = session.refreshes;
    let able = [diagnostics && session.pulls_diagnostics, lenses, colours, inlay_hints, folds];
    for kind in (0..METHODS.len()).filter(|&kind| able[kind]) {
        if shared.refreshes.states[kind].swap(AGAIN, Ordering::SeqCst) == IDLE {
            ask(shared, kind);
        }
    }
    shared.pages.refresh(shared);
}

fn ask(shared: &Arc<Shared>, kind: usize) {
    shared.refreshes.states[kind].store(ASKED, Ordering::SeqCst);
    let listener = Arc::downgrade(shared);
    shared.outbox.request(METHODS[kind], Value::Null, move |_| {
        let Some(shared) = listener.upgrade() else { return };
        if shared.refreshes.states[kind].compare_exchange(ASKED, IDLE, Ordering::SeqCst, Ordering::SeqCst).is_err() {
            ask(&shared, kind);
        }
    });
}

/// Tells the client that a page of ours reads differently.
pub(in crate::lsp) fn page(shared: &Shared, uri: &str) {
    shared.outbox.request("workspace/textDocumentContent/refresh", json!({ "uri": uri }), |_| {});
}
