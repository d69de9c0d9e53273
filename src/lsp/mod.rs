//! The protocol shell: the only place for tower-lsp, lsp_types, tokio, dashmap and ropey.
//!
//! A message goes `transport` → `ingress` (edits are applied, requests pinned, in wire order) → `server` → one file of
//! `handlers` (protocol's values in, a question to [`crate::features`], protocol's values out) → `transport`. State
//! advances only in `writer`, which owns the workspace; whoever reads gets a [`shared::View`]: the request's own
//! document exactly as it stood at its place in the stream, and the newest snapshot of the rest. CPU work runs on
//! `pool`, never in the reader.
//!
//! Read in this order: `transport`, `documents`, `ingress`, `shared`, `writer`, then any handler.

mod capabilities;
mod convert;
mod handlers;
mod ingress;
mod server;
mod state;
pub mod transport;
mod view;
mod work;

pub use state::pool;

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite};
use tower_lsp::LspService;

use pool::Pool;
use server::Server;
use state::server_state::Shared;
use transport::{Outbox, Settings, UriTable};

use crate::project::read::Allowed;

/// How long the client may take to answer a request of ours.
const PATIENCE: Duration = Duration::from_secs(60);

/// Methods whose answers the protocol types cannot hold, or only at a cost, go to a method of ours.
const RENAMED: &[(&str, &str)] = &[
    ("workspace/symbol", WORKSPACE_SYMBOL),
    ("workspaceSymbol/resolve", RESOLVE_SYMBOL),
    ("textDocument/references", REFERENCES),
    ("textDocument/codeAction", CODE_ACTION),
    ("codeAction/resolve", RESOLVE_ACTION),
    ("textDocument/diagnostic", DIAGNOSTIC),
    ("workspace/diagnostic", WORKSPACE_DIAGNOSTIC),
];
const REFERENCES: &str = "whosaid/references";
const WORKSPACE_SYMBOL: &str = "whosaid/workspaceSymbol";
const RESOLVE_SYMBOL: &str = "whosaid/resolveWorkspaceSymbol";
const CODE_ACTION: &str = "whosaid/codeAction";
const RESOLVE_ACTION: &str = "whosaid/resolveCodeAction";
const DIAGNOSTIC: &str = "whosaid/diagnostic";
const WORKSPACE_DIAGNOSTIC: &str = "whosaid/workspaceDiagnostic";

/// Requests that the user's next keystroke makes useless.
const SUPERSEDING: &[&[&str]] = &[
    &["textDocument/semanticTokens/full", "textDocument/semanticTokens/full/delta"],
    &["textDocument/semanticTokens/range"],
    &["textDocument/completion"],
];

/// Serves one client over standard input and output until it is done; what is allowed may be read beside the client's
/// folders.
#[must_use]
pub fn serve(allowed: Allowed) -> ExitCode {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let runtime = match runtime {
        Ok(runtime) => runtime,
        Err(error) => {
            log(&format!("cannot start: {error}"));
            return ExitCode::from(2);
        }
    };
    let cache = crate::store::place::user_folder();
    let code = runtime.block_on(connect_as(tokio::io::stdin(), tokio::io::stdout(), cache, allowed));
    // The thread that reads standard input cannot be stopped; the process's end does.
    runtime.shutdown_background();
    ExitCode::from(code)
}

/// Serves one client over any wire. Returns the process's exit code. Nothing is kept beyond it.
pub async fn connect(input: impl AsyncRead + Unpin, output: impl AsyncWrite + Unpin + Send + 'static) -> u8 {
    connect_keeping(input, output, None).await
}

/// The same, with a folder in which what is learnt of the notes is kept for the next time.
pub async fn connect_keeping(
    input: impl AsyncRead + Unpin,
    output: impl AsyncWrite + Unpin + Send + 'static,
    cache: Option<PathBuf>,
) -> u8 {
    connect_as(input, output, cache, Allowed::default()).await
}

async fn connect_as(
    input: impl AsyncRead + Unpin,
    output: impl AsyncWrite + Unpin + Send + 'static,
    cache: Option<PathBuf>,
    allowed: Allowed,
) -> u8 {
    let threads = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
    let (outbox, queue) = Outbox::new(Arc::new(UriTable::default()), PATIENCE);
    let started = Pool::new(threads).map_err(|error| error.to_string()).and_then(|pool| {
        let (shared, events) = Shared::new(outbox.clone(), pool, cache, allowed);
        work::main_loop::start(&shared, events).map(|()| shared).map_err(|error| error.to_string())
    });
    let shared = match started {
        Ok(shared) => shared,
        Err(error) => {
            log(&format!("cannot start: {error}"));
            return 2;
        }
    };
    let server = Server::new(shared.clone());
    let ending = shared.clone();
    let service = LspService::build(|_| server)
        .custom_method(REFERENCES, Server::references)
        .custom_method(WORKSPACE_SYMBOL, Server::workspace_symbol)
        .custom_method(RESOLVE_SYMBOL, Server::resolve_workspace_symbol)
        .custom_method(CODE_ACTION, Server::code_action)
        .custom_method(RESOLVE_ACTION, Server::resolve_code_action)
        .custom_method(DIAGNOSTIC, Server::diagnostic)
        .custom_method(WORKSPACE_DIAGNOSTIC, Server::workspace_diagnostic)
        .custom_method("workspace/textDocumentContent", Server::text_document_content)
        .custom_method("$/setTrace", Server::ignored)
        .finish();
    let settings = Settings { renamed: RENAMED, superseding: SUPERSEDING, ..Settings::default() };
    let code = transport::run(service, ingress::Gate::new(shared), (outbox, queue), (input, output), settings).await;
    ending.pages.remove();
    code
}

/// Writes a line for whoever reads the server's log: standard error, never the protocol. No text of a document goes here.
pub(crate) fn log(message: &str) {
    eprintln!("whosaid: {message}");
}
