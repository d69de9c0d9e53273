//! The arrival of a request: what is known of it when it stands in its place in the stream, kept for its handler.

use std::sync::Arc;

use serde::Serialize;
use serde_json::Value;

use crate::lsp::state::documents::Document;
use crate::lsp::state::progress::RequestProgress;
use crate::lsp::transport::Outbox;

/// The most entries of one part of a long answer.
const MAX_PART: usize = 128;

/// A request as it arrived.
#[derive(Default)]
pub(in crate::lsp) struct Arrival {
    /// Its document, as it stood then.
    pub document: Option<Arc<Document>>,
    /// The progress that the client is shown, until this is dropped.
    pub _progress: Option<RequestProgress>,
    /// The token under which the client takes the answer in parts.
    pub partial: Option<Value>,
}

tokio::task_local! {
    static ARRIVAL: Arrival;
}

impl Arrival {
    /// Runs a call with what was known when it arrived.
    pub(in crate::lsp) async fn scope<T>(self, call: impl Future<Output = T>) -> T {
        ARRIVAL.scope(self, call).await
    }
}

/// The document of the request under way, as it stood when that arrived.
pub(in crate::lsp) fn document() -> Option<Arc<Document>> {
    ARRIVAL.try_with(|arrival| arrival.document.clone()).unwrap_or_default()
}

/// True if the client takes the answer to the request under way in parts.
pub(in crate::lsp) fn is_in_parts() -> bool {
    ARRIVAL.try_with(|arrival| arrival.partial.is_some()).unwrap_or_default()
}

/// Sends a list in parts of at most [`MAX_PART`] entries, each in the form that the request's answer has, if it is longer
/// than that and the client takes parts. Returns what is left for the answer itself.
pub(in crate::lsp) fn in_parts<T: Serialize>(outbox: &Outbox, list: Vec<T>, form: impl Fn(&[T]) -> Value) -> Vec<T> {
    let token = ARRIVAL.try_with(|arrival| arrival.partial.clone()).unwrap_or_default();
    let Some(token) = token.filter(|_| list.len() > MAX_PART) else { return list };
    for part in list.chunks(MAX_PART) {
        outbox.notify("$/progress", serde_json::json!({ "token": token, "value": form(part) }));
    }
    Vec::new()
}
