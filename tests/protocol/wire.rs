//! The transport alone, over a service made for the purpose: handlers that panic, hang, wait for the client.

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::sync::Semaphore;
use tower_lsp::jsonrpc::Result;
use tower_lsp::lsp_types::{InitializeParams, InitializeResult, MessageType};
use tower_lsp::{LanguageServer, LspService};
use whosaid::lsp::pool::{Pool, Urgency};
use whosaid::lsp::transport::{self, Call, Ingress, Outbox, Settings, UriTable};

use crate::harness::Client;

struct Trials {
    client: tower_lsp::Client,
    pool: Pool,
    /// Told once by each handler that was dropped before its end.
    dropped: Arc<Semaphore>,
}

#[tower_lsp::async_trait]
impl LanguageServer for Trials {
    async fn initialize(&self, _: InitializeParams) -> Result<InitializeResult> {
        Ok(InitializeResult::default())
    }

    async fn shutdown(&self) -> Result<()> {
        Ok(())
    }
}

impl Trials {
    async fn echo(&self, params: Value) -> Result<Value> {
        Ok(params)
    }

    async fn panic(&self) -> Result<Value> {
        panic!("on purpose");
    }

    async fn panic_in_notification(&self) {
        panic!("on purpose");
    }

    async fn ask_the_client(&self) -> Result<String> {
        let asked = self.client.show_message_request(MessageType::INFO, "Well?", None).await;
        Ok(if asked.is_ok() { "answered" } else { "given up" }.to_owned())
    }

    async fn hang(&self) -> Result<Value> {
        let _told = Told(self.dropped.clone());
        self.client.send_notification::<Started>(json!(null)).await;
        std::future::pending().await
    }

    async fn was_dropped(&self) -> Result<bool> {
        self.dropped
            .acquire()
            .await
            .map(|permit| permit.forget())
            .map_err(|_| tower_lsp::jsonrpc::Error::internal_error())?;
        Ok(true)
    }

    /// Works until nobody wants the result any more.
    async fn compute(&self) -> Result<Value> {
        let told = Told(self.dropped.clone());
        self.client.send_notification::<Started>(json!(null)).await;
        let work = self.pool.run(Urgency::Background, move |token| {
            let _told = told;
            while !token.is_cancelled() {
                std::hint::spin_loop();
            }
        });
        let _ = work.await;
        Ok(Value::Null)
    }
}

enum Started {}

impl tower_lsp::lsp_types::notification::Notification for Started {
    type Params = Value;
    const METHOD: &'static str = "trial/started";
}

struct Told(Arc<Semaphore>);

impl Drop for Told {
    fn drop(&mut self) {
        self.0.add_permits(1);
    }
}

struct NoIngress;

impl Ingress for NoIngress {
    type Pin = ();

    fn notification(&mut self, _: &str, _: &Value) -> bool {
        false
    }

    fn pin(&mut self, _: &str, _: &Value) {}

    fn scope((): (), call: Call) -> Call {
        call
    }
}

fn trials(patience: Duration) -> Client {
    Client::connect(move |input, output| async move {
        let pool = Pool::new(2).expect("threads");
        let (service, socket) =
            LspService::build(|client| Trials { client, pool, dropped: Arc::new(Semaphore::new(0)) })
                .custom_method("trial/echo", Trials::echo)
                .custom_method("trial/panic", Trials::panic)
                .custom_method("trial/panicQuietly", Trials::panic_in_notification)
                .custom_method("trial/ask", Trials::ask_the_client)
                .custom_method("trial/hang", Trials::hang)
                .custom_method("trial/compute", Trials::compute)
                .custom_method("trial/wasDropped", Trials::was_dropped)
                .finish();
        let outbox = Outbox::new(Arc::new(UriTable::default()), patience);
        let settings = Settings { body_cap: 1 << 20, parent_poll: Duration::from_millis(5), ..Settings::default() };
        transport::run((service, socket), NoIngress, outbox, (input, output), settings).await
    })
}

async fn started() -> Client {
    let mut client = trials(Duration::from_secs(600));
    client.result("initialize", json!({ "capabilities": {} })).await;
    client.notify("initialized", json!({})).await;
    client
}

#[tokio::test]
async fn exit_ends_the_server_while_the_wire_stays_open() {
    started().await.shut_down().await;
}

#[tokio::test]
async fn exit_without_shutdown_and_a_lost_wire_give_one() {
    let mut client = started().await;
    client.notify("exit", Value::Null).await;
    assert_eq!(client.exit_code().await, 1);
    let mut client = started().await;
    client.hang_up();
    assert_eq!(client.exit_code().await, 1);
    let mut client = started().await;
    client.result("shutdown", Value::Null).await;
    client.hang_up();
    assert_eq!(client.exit_code().await, 0);
}

#[tokio::test]
async fn shutdown_takes_null_an_object_or_nothing() {
    for request in [
        json!({ "jsonrpc": "2.0", "id": 9, "method": "shutdown", "params": null }),
        json!({ "jsonrpc": "2.0", "id": 9, "method": "shutdown", "params": {} }),
        json!({ "jsonrpc": "2.0", "id": 9, "method": "shutdown" }),
    ] {
        let mut client = started().await;
        client.send(request).await;
        assert_eq!(client.answer(&json!(9)).await["result"], Value::Null);
        client.notify("exit", Value::Null).await;
        assert_eq!(client.exit_code().await, 0);
    }
}

#[tokio::test]
async fn requests_before_initialize_and_after_shutdown_are_refused() {
    let mut client = trials(Duration::from_secs(600));
    let early = client.request("trial/echo", json!({})).await;
    assert_eq!(client.error(&early).await, -32002);
    let unknown = client.request("no/such", json!({})).await;
    assert_eq!(client.error(&unknown).await, -32002);
    client.result("initialize", json!({ "capabilities": {} })).await;
    let again = client.request("initialize", json!({ "capabilities": {} })).await;
    assert_eq!(client.error(&again).await, -32600);
    client.result("shutdown", Value::Null).await;
    let late = client.request("trial/echo", json!({})).await;
    assert_eq!(client.error(&late).await, -32600);
}

#[tokio::test]
async fn initialize_survives_odd_parameters() {
    let odd = json!({ "processId": -1, "rootUri": "", "trace": "compact", "capabilities": { "workspace": 7 } });
    trials(Duration::from_secs(600)).result("initialize", odd).await;
    let mut client = trials(Duration::from_secs(600));
    client.send(json!({ "jsonrpc": "2.0", "id": 1, "method": "initialize" })).await;
    assert!(client.answer(&json!(1)).await["result"].is_object());
}

#[tokio::test]
async fn a_malformed_body_or_header_costs_one_message() {
    let mut client = started().await;
    client.raw(b"Content-Length: 9\r\n\r\n{\"jsonrpc").await;
    assert_eq!(client.error(&Value::Null).await, -32700);
    client.raw(b"content-type: text/plain\r\n\r\n").await;
    assert_eq!(client.error(&Value::Null).await, -32700);
    client.raw(b"Content-Length: 2\r\n\r\n[]").await;
    assert_eq!(client.error(&Value::Null).await, -32600);
    let too_long = [&b"Content-Length: 1048577\r\n\r\n"[..], &vec![b' '; 1_048_577]].concat();
    client.raw(&too_long).await;
    assert_eq!(client.error(&Value::Null).await, -32700);
    client.raw(b"X-Odd: 1\ncontent-LENGTH: 52\nContent-Type: application/vscode-jsonrpc; charset=utf8\n\n").await;
    client.raw(br#"{"jsonrpc":"2.0","method":"trial/nothing","x":"....."}"#).await;
    assert_eq!(client.result("trial/echo", json!([1])).await, json!([1]));
}

#[tokio::test]
async fn a_panicking_handler_answers_and_the_server_goes_on() {
    let mut client = started().await;
    for _ in 0..3 {
        client.notify("trial/panicQuietly", Value::Null).await;
        let id = client.request("trial/panic", Value::Null).await;
        assert_eq!(client.error(&id).await, -32603);
    }
    assert_eq!(client.result("trial/echo", json!("still here")).await, "still here");
    client.shut_down().await;
}

#[tokio::test]
async fn four_stuck_requests_to_the_client_block_nobody() {
    let mut client = started().await;
    let mut stuck = Vec::new();
    for _ in 0..16 {
        stuck.push(client.request("trial/ask", Value::Null).await);
    }
    assert_eq!(client.result("trial/echo", json!(1)).await, 1);
    for id in stuck {
        let asked = client.expect("window/showMessageRequest").await;
        client.send(json!({ "jsonrpc": "2.0", "id": asked["id"], "result": null })).await;
        assert_eq!(client.answer(&id).await["result"], "answered");
    }
}

#[tokio::test]
async fn a_client_that_never_answers_is_given_up_and_its_late_reply_is_harmless() {
    let mut client = trials(Duration::from_millis(1));
    client.result("initialize", json!({ "capabilities": {} })).await;
    assert_eq!(client.result("trial/ask", Value::Null).await, "given up");
    let asked = client.expect("window/showMessageRequest").await;
    client.send(json!({ "jsonrpc": "2.0", "id": asked["id"], "result": null })).await;
    client.send(json!({ "jsonrpc": "2.0", "id": 4711, "result": null })).await;
    assert_eq!(client.result("trial/echo", json!(2)).await, 2);
}

/// The reply comes after the handler that asked was cancelled: tower-lsp's own server panics here.
#[tokio::test]
async fn a_reply_whose_asker_is_gone_is_harmless() {
    let mut client = started().await;
    let id = client.request("trial/ask", Value::Null).await;
    let asked = client.expect("window/showMessageRequest").await;
    client.notify("$/cancelRequest", json!({ "id": id })).await;
    assert_eq!(client.error(&id).await, -32800);
    client.send(json!({ "jsonrpc": "2.0", "id": asked["id"], "result": null })).await;
    assert_eq!(client.result("trial/echo", json!(3)).await, 3);
    client.shut_down().await;
}

#[tokio::test]
async fn cancelling_drops_the_handler_and_its_computation() {
    let mut client = started().await;
    for (id, method) in [(json!("a b"), "trial/hang"), (json!(5_000_000_000_i64), "trial/compute")] {
        client.send(json!({ "jsonrpc": "2.0", "id": id, "method": method })).await;
        client.expect("trial/started").await;
        client.notify("$/cancelRequest", json!({ "id": id })).await;
        assert_eq!(client.error(&id).await, -32800);
        assert_eq!(client.result("trial/wasDropped", Value::Null).await, true);
    }
    client.notify("$/cancelRequest", json!({ "id": "never sent" })).await;
    client.notify("$/cancelRequest", Value::Null).await;
    assert_eq!(client.result("trial/echo", json!(4)).await, 4);
}

#[tokio::test]
async fn long_computations_block_nobody() {
    let mut client = started().await;
    let mut running = Vec::new();
    for _ in 0..8 {
        running.push(client.request("trial/compute", Value::Null).await);
    }
    assert_eq!(client.result("trial/echo", json!("quick")).await, "quick");
    for id in running {
        client.notify("$/cancelRequest", json!({ "id": id })).await;
        assert_eq!(client.error(&id).await, -32800);
    }
}

#[tokio::test]
async fn ids_come_back_as_they_were_sent_and_a_used_one_is_refused() {
    let mut client = started().await;
    for id in [json!("text"), json!(-7), json!(9_007_199_254_740_991_i64), json!(1.5)] {
        client.send(json!({ "jsonrpc": "2.0", "id": id, "method": "trial/echo", "params": [0] })).await;
        assert_eq!(client.answer(&id).await["result"], json!([0]));
    }
    client.send(json!({ "jsonrpc": "2.0", "id": 1, "method": "trial/hang" })).await;
    client.expect("trial/started").await;
    client.send(json!({ "jsonrpc": "2.0", "id": 1, "method": "trial/echo", "params": [0] })).await;
    assert_eq!(client.error(&json!(1)).await, -32600);
    client.abandon();
}

#[tokio::test]
async fn unknown_methods_are_refused_and_unknown_notifications_ignored() {
    let mut client = started().await;
    for method in ["no/such", "$/no/such"] {
        let id = client.request(method, json!({})).await;
        assert_eq!(client.error(&id).await, -32601);
        client.notify(method, json!({})).await;
    }
    assert_eq!(client.result("trial/echo", json!(5)).await, 5);
}

#[cfg(unix)]
#[tokio::test]
async fn the_server_ends_with_its_client() {
    let mut parent = std::process::Command::new("cat").stdin(std::process::Stdio::piped()).spawn().expect("cat runs");
    let mut client = trials(Duration::from_secs(600));
    client.result("initialize", json!({ "processId": parent.id(), "capabilities": {} })).await;
    assert_eq!(client.result("trial/echo", json!(6)).await, 6);
    parent.kill().expect("it can be ended");
    parent.wait().expect("it ends");
    assert_eq!(client.exit_code().await, 1);
}
