//! The wire: drives a `tower_lsp` service without tower-lsp's own `Server`.
//!
//! That server's defects, each reproduced and each now a test in `tests/protocol`, are why this exists: it hangs on
//! `exit` while standard input stays open, refuses `shutdown` with `params: null`, dies of a late reply, of a malformed
//! body and of a handler's panic, wedges on four handlers that wait for the client, and lets CPU work stop the reading.
//!
//! How it works instead. One reader takes messages in wire order. It first shows each to the [`Ingress`], which is
//! synchronous: document edits are applied there, and a request is tied there to the document as it stands ([`Ingress::pin`]).
//! Then it calls the service, which registers the request for cancellation, and spawns the call as a task of its own.
//! `initialize` and `$/cancelRequest` are awaited in the reader; other notifications run one after another in one task.
//! One writer sends everything ([`Outbox`]).
//!
//! The service never sees the client's ids: each request gets a number of ours and its answer the client's own id back,
//! exactly as it came. So an id may be any number or text, and every one is answered exactly once, whatever the handler does.
//!
//! Read `framing`, `message`, `sanitise` for the way in, `outgoing`, `uris` for the way out.

mod framing;
mod message;
mod outgoing;
mod parent;
mod sanitise;
mod uris;

use std::collections::{HashMap, HashSet};
use std::panic::AssertUnwindSafe;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use futures::future::{BoxFuture, FutureExt};
use futures::sink::Sink;
use futures::stream::StreamExt;
use serde_json::{Value, json};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;
use tower::Service;
use tower_lsp::jsonrpc::{Error, ErrorCode, Request, Response};
use tower_lsp::{ClientSocket, LanguageServer, LspService};

use framing::{Frame, FrameReader};
use message::Incoming;
pub use outgoing::{Outbox, Queue, Reply, written};
pub(super) use parent::is_alive;
pub use uris::{PAGES_FOLDER, UriKey, UriTable};

/// A call of the service under way.
pub type Call = BoxFuture<'static, Option<Response>>;

/// Sees every message in wire order, before anything else runs. Its methods must return within microseconds.
pub trait Ingress: Send + 'static {
    /// The state that a request is tied to.
    type Pin: Send + 'static;

    /// A notification. Returns whether that was all: the service does not get it then.
    fn notification(&mut self, method: &str, params: &Value) -> bool;

    /// A request, as it arrives: what it is to see.
    fn pin(&mut self, method: &str, params: &Value) -> Self::Pin;

    /// Ties a request's call to what it is to see.
    fn scope(pin: Self::Pin, call: Call) -> Call;

    /// The result of `initialize`, before it goes out: the place for what the protocol types lack.
    fn initialized(&mut self, result: &mut Value) {
        let _ = result;
    }
}

/// The settings of the wire.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Longest body that is read, in bytes.
    pub body_cap: u64,
    /// The time between two looks for the client's process.
    pub parent_poll: Duration,
    /// The longest that the last messages may take to be written.
    pub farewell: Duration,
    /// Methods that go to the service under another name.
    pub renamed: &'static [(&'static str, &'static str)],
    /// Methods of which only the newest answer for a document is of use: a request ends an older one of the same row.
    pub superseding: &'static [&'static [&'static str]],
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            body_cap: 256 << 20,
            // A client that dies closes the pipe, which is noticed at once; this is for one whose pipe somebody else
            // holds open, and not worth waking an idle machine often.
            parent_poll: Duration::from_secs(30),
            farewell: Duration::from_secs(2),
            renamed: &[],
            superseding: &[],
        }
    }
}

/// Serves one client until `exit`, the end of its input or the end of its process. Returns the process's exit code:
/// 0 after `shutdown`, 1 without.
pub async fn run<S: LanguageServer, I: Ingress>(
    (service, socket): (LspService<S>, ClientSocket),
    ingress: I,
    (outbox, queue): (Outbox, Queue),
    (input, output): (impl AsyncRead + Unpin, impl AsyncWrite + Unpin + Send + 'static),
    settings: Settings,
) -> u8 {
    let stop_writing = CancellationToken::new();
    let mut writer = tokio::spawn(outgoing::write(queue, output, stop_writing.clone()));
    let relay = tokio::spawn(relay(socket, outbox.clone()));
    let (serial, mut serially) = mpsc::unbounded_channel::<Call>();
    let notifications = tokio::spawn(async move {
        while let Some(call) = serially.recv().await {
            let _ = AssertUnwindSafe(call).catch_unwind().await;
        }
    });
    let mut reader = Reader {
        service,
        ingress,
        outbox,
        serial,
        settings: settings.clone(),
        stage: Stage::Uninitialized,
        in_flight: InFlight::default(),
        newest: HashMap::new(),
        superseded: Arc::default(),
        last_id: 0,
        parent_gone: CancellationToken::new(),
    };
    let code = reader.read(FrameReader::new(input, settings.body_cap)).await;
    reader.parent_gone.cancel();
    relay.abort();
    notifications.abort();
    stop_writing.cancel();
    if tokio::time::timeout(settings.farewell, &mut writer).await.is_err() {
        writer.abort();
    }
    code
}

/// The stage of the connection's life.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Uninitialized,
    Running,
    ShutDown,
}

/// Our number of each request under way, by the client's id as JSON.
type InFlight = Arc<Mutex<HashMap<String, i64>>>;

struct Reader<S, I> {
    service: LspService<S>,
    ingress: I,
    outbox: Outbox,
    serial: mpsc::UnboundedSender<Call>,
    settings: Settings,
    stage: Stage,
    in_flight: InFlight,
    /// The newest request of each row of [`Settings::superseding`] and document: its key and our number.
    newest: HashMap<(usize, String), (String, i64)>,
    /// Our numbers of requests that a newer one has ended.
    superseded: Arc<Mutex<HashSet<i64>>>,
    last_id: i64,
    parent_gone: CancellationToken,
}

impl<S: LanguageServer, I: Ingress> Reader<S, I> {
    async fn read(&mut self, mut frames: FrameReader<impl AsyncRead + Unpin>) -> u8 {
        let parent_gone = self.parent_gone.clone();
        loop {
            let frame = tokio::select! {
                frame = frames.next() => frame,
                () = parent_gone.cancelled() => Frame::End,
            };
            match frame {
                Frame::Body(body) => match message::read(&body) {
                    Some(Incoming::Notification { method, .. }) if method == "exit" => break,
                    Some(message) => self.take(message).await,
                    None => self.refuse(Value::Null, Error::parse_error()),
                },
                Frame::Broken(why) => {
                    super::log(&format!("skipped a message: {why}"));
                    self.refuse(Value::Null, Error::parse_error());
                }
                Frame::End => break,
            }
        }
        u8::from(self.stage != Stage::ShutDown)
    }

    async fn take(&mut self, message: Incoming) {
        match message {
            Incoming::Request { id, method, params } => match (self.stage, method.as_str()) {
                (Stage::Uninitialized, "initialize") => self.initialize(id, params).await,
                (Stage::Running, "shutdown") => {
                    self.stage = Stage::ShutDown;
                    self.request(id, method, None).await;
                }
                (Stage::Uninitialized, _) => self.refuse(id, not_initialized()),
                (Stage::Running, "initialize") | (Stage::ShutDown, _) => self.refuse(id, Error::invalid_request()),
                (Stage::Running, _) => self.request(id, method, params).await,
            },
            Incoming::Notification { method, params } => self.notification(&method, params).await,
            Incoming::Reply { id, result } => self.outbox.replied(&id, result),
            Incoming::Invalid { id } => self.refuse(id, Error::invalid_request()),
        }
    }

    async fn initialize(&mut self, id: Value, params: Option<Value>) {
        let params = sanitise::initialize(params);
        self.watch_parent(params.get("processId").and_then(Value::as_u64));
        let pin = self.ingress.pin("initialize", &params);
        let call = self.call("initialize".to_owned(), Some(params));
        let answer = answered(I::scope(pin, call), "initialize").await;
        let answer = answer.map(|mut result| {
            self.ingress.initialized(&mut result);
            result
        });
        if answer.is_ok() {
            self.stage = Stage::Running;
        }
        self.outbox.send(answer_message(id, answer));
    }

    async fn request(&mut self, id: Value, method: String, params: Option<Value>) {
        let key = id.to_string();
        if lock(&self.in_flight).contains_key(&key) {
            return self.refuse(id, Error::invalid_request());
        }
        let row = self.row(&method, params.as_ref());
        let pin = self.ingress.pin(&method, params.as_ref().unwrap_or(&Value::Null));
        let params = sanitise::request(&method, params);
        let call = I::scope(pin, self.call(method.clone(), params));
        let number = self.last_id;
        lock(&self.in_flight).insert(key.clone(), number);
        if let Some(older) = row.and_then(|row| self.newest.insert(row, (key.clone(), number))) {
            self.supersede(older).await;
        }
        let (outbox, in_flight, superseded) = (self.outbox.clone(), self.in_flight.clone(), self.superseded.clone());
        tokio::spawn(async move {
            let mut answer = answered(call, &method).await;
            lock(&in_flight).remove(&key);
            if lock(&superseded).remove(&number) && answer.is_err() {
                answer = Err(content_modified());
            }
            outbox.send(answer_message(id, answer));
        });
    }

    /// The row and document for which a request supersedes an older one.
    fn row(&self, method: &str, params: Option<&Value>) -> Option<(usize, String)> {
        let row = self.settings.superseding.iter().position(|row| row.contains(&method))?;
        let uri = params?.get("textDocument")?.get("uri")?.as_str()?;
        Some((row, uri.to_owned()))
    }

    /// Ends a request that a newer one has made useless, if it is still under way.
    async fn supersede(&mut self, (key, number): (String, i64)) {
        if lock(&self.in_flight).get(&key) != Some(&number) {
            return;
        }
        lock(&self.superseded).insert(number);
        let request = Request::build("$/cancelRequest").params(json!({ "id": number })).finish();
        let _ = self.service.call(request).await;
    }

    async fn notification(&mut self, method: &str, params: Option<Value>) {
        if method == "$/cancelRequest" {
            return self.cancel(params).await;
        }
        if self.stage != Stage::Running {
            return;
        }
        let params = sanitise::notification(method, params);
        if self.ingress.notification(method, params.as_ref().unwrap_or(&Value::Null)) {
            return;
        }
        let params = params.or_else(|| (method == "initialized").then(|| json!({})));
        let request = with_params(Request::build(self.renamed(method).to_owned()), params).finish();
        let call = self.service.call(request).map(Result::ok).map(Option::flatten).boxed();
        let _ = self.serial.send(call);
    }

    /// Acts only when it is polled, hence here and now.
    async fn cancel(&mut self, params: Option<Value>) {
        let Some(id) = params.as_ref().and_then(|params| params.get("id")) else { return };
        let number = lock(&self.in_flight).get(&id.to_string()).copied();
        if let Some(number) = number {
            let request = Request::build("$/cancelRequest").params(json!({ "id": number })).finish();
            let _ = self.service.call(request).await;
        }
    }

    /// Calls the service under a number of ours, [`Reader::last_id`]. Numbers stay within 31 bits, as the types of cancellation ask.
    fn call(&mut self, method: String, params: Option<Value>) -> Call {
        self.last_id = (self.last_id + 1) & 0x7FFF_FFFF;
        let method = self.renamed(&method).to_owned();
        let request = with_params(Request::build(method), params).id(self.last_id).finish();
        self.service.call(request).map(Result::ok).map(Option::flatten).boxed()
    }

    fn renamed<'a>(&self, method: &'a str) -> &'a str {
        self.settings.renamed.iter().find(|(from, _)| *from == method).map_or(method, |(_, to)| to)
    }

    fn refuse(&self, id: Value, error: Error) {
        self.outbox.send(answer_message(id, Err(error)));
    }

    /// Ends the reading once the client's process is gone. One that cannot be seen now lives elsewhere, in another
    /// container say, and is not watched.
    fn watch_parent(&self, process: Option<u64>) {
        let Some(process) = process.and_then(|id| u32::try_from(id).ok()).filter(|&id| parent::is_alive(id)) else {
            return;
        };
        let (gone, poll) = (self.parent_gone.clone(), self.settings.parent_poll);
        tokio::spawn(async move {
            while !gone.is_cancelled() {
                tokio::time::sleep(poll).await;
                if !matches!(tokio::task::spawn_blocking(move || parent::is_alive(process)).await, Ok(true)) {
                    gone.cancel();
                }
            }
        });
    }
}

/// Passes on what handlers send through tower-lsp's `Client`. Its requests get ids and a time-out of ours; its own
/// table panics when a reply finds its future dropped, so that is caught here.
async fn relay(socket: ClientSocket, outbox: Outbox) {
    let (mut requests, replies) = socket.split();
    let replies = Arc::new(Mutex::new(replies));
    while let Some(request) = requests.next().await {
        let (method, id, params) = request.into_parts();
        let Some(id) = id else {
            outbox.notify(&method, params);
            continue;
        };
        let replies = replies.clone();
        outbox.request(&method, params, move |reply| {
            let response = Response::from_parts(id, reply_result(reply));
            let mut replies = lock(&replies);
            let _ = std::panic::catch_unwind(AssertUnwindSafe(|| Pin::new(&mut *replies).start_send(response)));
        });
    }
}

fn reply_result(reply: Reply) -> Result<Value, Error> {
    let error = |code: i64, message: String| Error { code: ErrorCode::from(code), message: message.into(), data: None };
    match reply {
        Reply::Result(value) => Ok(value),
        Reply::Refused(refusal) => {
            let code = refusal.get("code").and_then(Value::as_i64).unwrap_or(-32603);
            let message = refusal.get("message").and_then(Value::as_str).unwrap_or_default();
            Err(error(code, message.to_owned()))
        }
        Reply::TimedOut => Err(error(-32803, "the client did not answer in time".to_owned())),
    }
}

/// Runs a call to its end. A panic and a handler that answers nothing become errors.
async fn answered(call: Call, method: &str) -> Result<Value, Error> {
    match AssertUnwindSafe(call).catch_unwind().await {
        Ok(Some(response)) => response.into_parts().1,
        Ok(None) if method.starts_with("$/") => Err(Error::method_not_found()),
        Ok(None) => Err(Error::internal_error()),
        Err(_) => {
            super::log(&format!("{method} failed"));
            Err(Error::internal_error())
        }
    }
}

fn answer_message(id: Value, answer: Result<Value, Error>) -> Value {
    match answer {
        Ok(result) => json!({ "jsonrpc": "2.0", "id": id, "result": result }),
        Err(error) => json!({ "jsonrpc": "2.0", "id": id, "error": error }),
    }
}

fn with_params(
    builder: tower_lsp::jsonrpc::RequestBuilder,
    params: Option<Value>,
) -> tower_lsp::jsonrpc::RequestBuilder {
    match params {
        Some(params) => builder.params(params),
        None => builder,
    }
}

/// The protocol's error for an answer that the client has no more use for; clients drop it in silence.
fn content_modified() -> Error {
    Error { code: ErrorCode::ContentModified, message: "a newer request has come".into(), data: None }
}

fn not_initialized() -> Error {
    Error { code: ErrorCode::ServerError(-32002), message: "the server is not initialized".into(), data: None }
}

/// A panic while one of these is held leaves it whole: every critical section is a single operation.
fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
