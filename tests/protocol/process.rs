//! The binary itself, over real pipes.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::{Value, json};

struct Server {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Server {
    fn start() -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_whosaid"))
            .arg("lsp")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the server starts");
        let (input, output) = (child.stdin.take().expect("a pipe"), child.stdout.take().expect("a pipe"));
        Self { child, input, output: BufReader::new(output) }
    }

    fn send(&mut self, message: &Value) {
        let body = message.to_string();
        write!(self.input, "Content-Length: {}\r\n\r\n{body}", body.len()).expect("the server reads");
        self.input.flush().expect("the server reads");
    }

    fn receive(&mut self) -> Value {
        let mut length = 0;
        loop {
            let mut line = String::new();
            assert!(self.output.read_line(&mut line).expect("the server writes") > 0, "the server hung up");
            match line.trim_end().strip_prefix("Content-Length: ") {
                Some(digits) => length = digits.parse().expect("a length"),
                None => break,
            }
        }
        let mut body = vec![0; length];
        self.output.read_exact(&mut body).expect("a body");
        serde_json::from_slice(&body).expect("JSON")
    }

    fn initialize(&mut self) {
        self.send(&json!({ "jsonrpc": "2.0", "id": 1, "method": "initialize", "params": { "capabilities": {} } }));
        assert!(self.receive()["result"]["capabilities"].is_object());
    }
}

#[test]
fn the_process_ends_at_exit_while_its_input_stays_open() {
    let mut server = Server::start();
    server.initialize();
    server.send(&json!({ "jsonrpc": "2.0", "id": 2, "method": "shutdown", "params": null }));
    assert_eq!(server.receive(), json!({ "jsonrpc": "2.0", "id": 2, "result": null }));
    server.send(&json!({ "jsonrpc": "2.0", "method": "exit", "params": {} }));
    assert_eq!(server.child.wait().expect("it ends").code(), Some(0));
    // Only now does the pipe close.
    drop(server.input);
}

#[test]
fn the_process_ends_with_its_input() {
    let mut server = Server::start();
    server.initialize();
    let Server { mut child, input, .. } = server;
    drop(input);
    assert_eq!(child.wait().expect("it ends").code(), Some(1));
}
