//! Everything that goes to the client: one queue, one writer, one table of our own requests.
//!
//! Diagnostics coalesce per document: while the writer is busy, a newer set replaces the one that waits. Requests to
//! the client never have anybody waiting for them: each carries what to do with its reply, which runs when the reply
//! comes in or the time is up, whichever is first. A reply that comes later still finds nobody and is dropped.

use std::collections::HashMap;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde::Serialize;
use serde_json::{Value, json};
use tokio::io::{AsyncWrite, AsyncWriteExt};
use tokio::sync::mpsc;
use tower_lsp::lsp_types::PublishDiagnosticsParams;

use super::uris::UriTable;

/// The only member of a result that is written already: its JSON, with the client's spelling of URIs. No result of the
/// protocol has a member of this name.
const WRITTEN: &str = "\0written";

/// A result that is written already, as a value to be passed on.
#[must_use]
pub fn written(json: String) -> Value {
    Value::Object([(WRITTEN.to_owned(), Value::String(json))].into_iter().collect())
}

/// The outcome of a request to the client.
#[derive(Clone, Debug, PartialEq)]
pub enum Reply {
    /// Its result.
    Result(Value),
    /// The client refused, in its own words.
    Refused(Value),
    /// No answer within the time allowed.
    TimedOut,
}

type OnReply = Box<dyn FnOnce(Reply) + Send>;

enum Out {
    Message(Value),
    /// The newest diagnostics of this document.
    Diagnostics(String),
}

/// The way to the client. Cheap to clone; never blocks, never fails.
#[derive(Clone)]
pub struct Outbox {
    inner: Arc<Inner>,
}

struct Inner {
    queue: mpsc::UnboundedSender<Out>,
    diagnostics: Mutex<HashMap<String, Value>>,
    waiting: Mutex<HashMap<i64, OnReply>>,
    last_id: AtomicI64,
    uris: Arc<UriTable>,
    /// The longest that a reply may take.
    patience: Duration,
    /// The runtime of the time-outs: requests are sent from any thread.
    runtime: tokio::runtime::Handle,
}

/// The writer's end of an [`Outbox`].
pub struct Queue {
    messages: mpsc::UnboundedReceiver<Out>,
    inner: Arc<Inner>,
}

impl Outbox {
    /// An outbox whose requests wait for their replies as long as `patience`, and the queue to write from.
    ///
    /// # Panics
    /// Outside a tokio runtime, where nothing could be written anyway.
    #[must_use]
    pub fn new(uris: Arc<UriTable>, patience: Duration) -> (Self, Queue) {
        let (queue, messages) = mpsc::unbounded_channel();
        let inner = Arc::new(Inner {
            queue,
            diagnostics: Mutex::default(),
            waiting: Mutex::default(),
            last_id: AtomicI64::new(0),
            uris,
            patience,
            runtime: tokio::runtime::Handle::current(),
        });
        (Self { inner: inner.clone() }, Queue { messages, inner })
    }

    /// The client's spellings of URIs.
    #[must_use]
    pub fn uris(&self) -> &Arc<UriTable> {
        &self.inner.uris
    }

    /// Sends a notification.
    pub fn notify(&self, method: &str, params: impl Serialize) {
        let params = serde_json::to_value(params).unwrap_or(Value::Null);
        self.send(json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// Sends diagnostics, in place of any of the same document that still wait.
    pub fn publish(&self, params: &PublishDiagnosticsParams) {
        let uri = params.uri.to_string();
        let params = serde_json::to_value(params).unwrap_or(Value::Null);
        if lock(&self.inner.diagnostics).insert(uri.clone(), params).is_none() {
            // A closed queue means that the client is gone: there is nobody to tell.
            let _ = self.inner.queue.send(Out::Diagnostics(uri));
        }
    }

    /// Sends a request; `on_reply` runs once, with the reply or when none came in time.
    pub fn request(&self, method: &str, params: impl Serialize, on_reply: impl FnOnce(Reply) + Send + 'static) {
        let id = self.inner.last_id.fetch_add(1, Ordering::Relaxed) + 1;
        lock(&self.inner.waiting).insert(id, Box::new(on_reply));
        let params = serde_json::to_value(params).unwrap_or(Value::Null);
        self.send(json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        let inner = Arc::downgrade(&self.inner);
        let patience = self.inner.patience;
        self.inner.runtime.spawn(async move {
            tokio::time::sleep(patience).await;
            let late = inner.upgrade().and_then(|inner| lock(&inner.waiting).remove(&id));
            if let Some(on_reply) = late {
                on_reply(Reply::TimedOut);
            }
        });
    }

    /// Sends an answer or any other whole message.
    pub(super) fn send(&self, message: Value) {
        let _ = self.inner.queue.send(Out::Message(message));
    }

    /// Hands the client's reply to whoever asked, if anybody still cares.
    pub(super) fn replied(&self, id: &Value, result: Result<Value, Value>) {
        let number = id.as_i64().or_else(|| id.as_str().and_then(|text| text.parse().ok()));
        let waiting = number.and_then(|number| lock(&self.inner.waiting).remove(&number));
        if let Some(on_reply) = waiting {
            on_reply(match result {
                Ok(value) => Reply::Result(value),
                Err(error) => Reply::Refused(error),
            });
        }
    }
}

/// Writes what comes until every [`Outbox`] is gone, `stop` says so, or the client stops reading.
pub(super) async fn write(queue: Queue, output: impl AsyncWrite + Unpin, stop: tokio_util::sync::CancellationToken) {
    let Queue { mut messages, inner } = queue;
    let mut output = tokio::io::BufWriter::with_capacity(64 * 1024, output);
    loop {
        let next = match messages.try_recv() {
            Ok(next) => Some(next),
            Err(_) => {
                if output.flush().await.is_err() {
                    return;
                }
                tokio::select! {
                    biased;
                    next = messages.recv() => next,
                    () = stop.cancelled() => None,
                }
            }
        };
        let Some(next) = next else { break };
        let mut message = match next {
            Out::Message(message) => message,
            Out::Diagnostics(uri) => {
                let Some(params) = lock(&inner.diagnostics).remove(&uri) else { continue };
                json!({ "jsonrpc": "2.0", "method": "textDocument/publishDiagnostics", "params": params })
            }
        };
        let body = match message.get_mut("result").and_then(|result| result.get_mut(WRITTEN)).map(Value::take) {
            Some(Value::String(result)) => {
                let id = message.get("id").unwrap_or(&Value::Null);
                format!(r#"{{"jsonrpc":"2.0","id":{id},"result":{result}}}"#)
            }
            _ => {
                inner.uris.respell(&mut message);
                message.to_string()
            }
        };
        let head = format!("Content-Length: {}\r\n\r\n", body.len());
        if output.write_all(head.as_bytes()).await.is_err() || output.write_all(body.as_bytes()).await.is_err() {
            return;
        }
    }
    let _ = output.flush().await;
}

/// A panic while one of these is held leaves it whole: every critical section is a single map operation.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
