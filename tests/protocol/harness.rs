//! A client over an in-memory wire.

use std::collections::{HashSet, VecDeque};
use std::future::Future;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader, DuplexStream};
use tokio::task::JoinHandle;

/// How long a message may take before the test fails; reached only by a server that hangs.
const PATIENCE: Duration = Duration::from_secs(60);

/// The client's end of a connection.
pub(crate) struct Client {
    to_server: Option<DuplexStream>,
    from_server: BufReader<DuplexStream>,
    server: JoinHandle<u8>,
    last_id: i64,
    unanswered: HashSet<String>,
    /// Messages that came while another was waited for.
    inbox: VecDeque<Value>,
}

impl Client {
    /// Connects to a server that is given the two ends of its wire.
    pub(crate) fn connect<F>(server: impl FnOnce(DuplexStream, DuplexStream) -> F) -> Self
    where
        F: Future<Output = u8> + Send + 'static,
    {
        let (to_server, input) = tokio::io::duplex(1 << 20);
        let (output, from_server) = tokio::io::duplex(1 << 20);
        Self {
            to_server: Some(to_server),
            from_server: BufReader::new(from_server),
            server: tokio::spawn(server(input, output)),
            last_id: 0,
            unanswered: HashSet::new(),
            inbox: VecDeque::new(),
        }
    }

    /// Sends bytes as they are.
    pub(crate) async fn raw(&mut self, bytes: &[u8]) {
        let wire = self.to_server.as_mut().expect("the wire is open");
        wire.write_all(bytes).await.expect("the server reads");
    }

    /// Sends one message; an id in it with a method is waited for at the end.
    pub(crate) async fn send(&mut self, message: Value) {
        if message.get("method").is_some()
            && let Some(id) = message.get("id")
        {
            self.unanswered.insert(id.to_string());
        }
        let body = message.to_string();
        self.raw(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes()).await;
    }

    pub(crate) async fn notify(&mut self, method: &str, params: Value) {
        self.send(json!({ "jsonrpc": "2.0", "method": method, "params": params })).await;
    }

    /// Sends a request and returns its id.
    pub(crate) async fn request(&mut self, method: &str, params: Value) -> Value {
        self.last_id += 1;
        let id = json!(self.last_id);
        self.send(json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params })).await;
        id
    }

    /// Sends a request and waits for its whole answer.
    pub(crate) async fn call(&mut self, method: &str, params: Value) -> Value {
        let id = self.request(method, params).await;
        self.answer(&id).await
    }

    /// Sends a request and waits for its result.
    pub(crate) async fn result(&mut self, method: &str, params: Value) -> Value {
        let answer = self.call(method, params).await;
        assert!(answer.get("error").is_none(), "{method} was refused: {answer}");
        answer["result"].clone()
    }

    /// Waits for the answer to a request.
    pub(crate) async fn answer(&mut self, id: &Value) -> Value {
        self.wait(|message| message.get("method").is_none() && message["id"] == *id).await
    }

    /// Waits for the error code of the answer to a request.
    pub(crate) async fn error(&mut self, id: &Value) -> i64 {
        let answer = self.answer(id).await;
        answer["error"]["code"].as_i64().unwrap_or_else(|| panic!("no error: {answer}"))
    }

    /// Waits for a notification or request of the server.
    pub(crate) async fn expect(&mut self, method: &str) -> Value {
        self.wait(|message| message["method"] == method).await
    }

    /// Waits for the first message, earlier or to come, that is wanted.
    pub(crate) async fn wait(&mut self, wanted: impl Fn(&Value) -> bool) -> Value {
        if let Some(at) = self.inbox.iter().position(&wanted) {
            return self.inbox.remove(at).expect("it is there");
        }
        loop {
            let message = self.receive().await.expect("the server hung up");
            if wanted(&message) {
                return message;
            }
            self.inbox.push_back(message);
        }
    }

    /// What has come and was not waited for.
    pub(crate) fn unread(&self) -> impl Iterator<Item = &Value> {
        self.inbox.iter()
    }

    /// Drops what has come and was not waited for.
    pub(crate) fn forget_unread(&mut self) {
        self.inbox.clear();
    }

    /// Drops the requests of the server that have come.
    pub(crate) fn forget_requests(&mut self) {
        self.inbox.retain(|message| message.get("method").is_none() || message.get("id").is_none());
    }

    /// Closes the client's end of the wire.
    pub(crate) fn hang_up(&mut self) {
        self.to_server = None;
    }

    /// Waits for the server's end and gives its exit code.
    pub(crate) async fn exit_code(&mut self) -> u8 {
        let ended = tokio::time::timeout(PATIENCE, &mut self.server).await;
        ended.expect("the server ends").expect("the server does not panic")
    }

    /// Shuts the server down as the protocol asks.
    pub(crate) async fn shut_down(mut self) {
        let answer = self.call("shutdown", Value::Null).await;
        assert_eq!(answer.get("result"), Some(&Value::Null), "{answer}");
        self.send(json!({ "jsonrpc": "2.0", "method": "exit" })).await;
        assert_eq!(self.exit_code().await, 0);
    }

    /// The requests that still wait for their answers are given up, as a client may that ends the server.
    pub(crate) fn abandon(&mut self) {
        self.unanswered.clear();
    }

    async fn receive(&mut self) -> Option<Value> {
        let frame = tokio::time::timeout(PATIENCE, read_frame(&mut self.from_server)).await;
        let message = frame.expect("a message within the time allowed")?;
        assert_eq!(message["jsonrpc"], "2.0", "{message}");
        if message.get("method").is_none() && !message["id"].is_null() {
            let id = message["id"].to_string();
            assert!(self.unanswered.remove(&id), "answered twice, or never asked: {message}");
        }
        Some(message)
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            assert!(self.unanswered.is_empty(), "left unanswered: {:?}", self.unanswered);
        }
    }
}

async fn read_frame(wire: &mut BufReader<DuplexStream>) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        wire.read_line(&mut line).await.ok().filter(|&read| read > 0)?;
        if line == "\r\n" {
            break;
        }
        let value = line.trim_end().strip_prefix("Content-Length: ").expect("the only header we send");
        length = value.parse().expect("a length");
    }
    let mut body = vec![0; length];
    wire.read_exact(&mut body).await.ok()?;
    Some(serde_json::from_slice(&body).expect("JSON"))
}
