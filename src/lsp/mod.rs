//! The protocol shell: the only place for tower-lsp, lsp_types, tokio, dashmap and ropey.
//!
//! A message goes `transport` → `ingress` (edits are applied, requests tied to their document, in wire order) → `server`
//! → one file of `handlers` (protocol's values in, a question to [`crate::features`], protocol's values out) →
//! `transport`. The workspace is changed by one thread only, the main loop of `work`; a handler gets a
//! `RequestContext`: its own document exactly as it stood at its place in the stream, and the newest snapshot of the rest.
//! CPU work runs on the pool, never in the reader.
//!
//! | layer | owns | uses |
//! |---|---|---|
//! | `transport` | the wire: framing, ids, spellings of URIs; no state of ours | – |
//! | `convert` | positions, ranges, severities, kinds; no state | – |
//! | `state` | what is remembered between two messages, as plain data | `transport` |
//! | `view` | what one answer or check sees, and the diagnostics, texts and edits made of it | `state`, `convert` |
//! | `handlers` | one file a request; what each needs is its type | `view` |
//! | `work` | the main loop, the index, the disk, closed notes | `view` |
//!
//! Read in this order: `transport`, `state::documents`, `ingress`, `state::server_state`, `view::note_view`,
//! `handlers::request`, any handler, `work::main_loop`.

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

use handlers::methods;
use pool::Pool;
use server::Server;
use state::server_state::ServerState;
use transport::{Outbox, Settings, UriTable};

use crate::project::read::Allowed;

/// The longest that the client may take to answer a request of ours.
const PATIENCE: Duration = Duration::from_secs(60);

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

/// Serves one client over any wire, with a folder in which what is learnt of the notes is stored for the next time.
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
        let (state, events) = ServerState::new(outbox.clone(), pool, cache, allowed);
        work::main_loop::start(&state, events).map(|()| state).map_err(|error| error.to_string())
    });
    let state = match started {
        Ok(state) => state,
        Err(error) => {
            log(&format!("cannot start: {error}"));
            return 2;
        }
    };
    let server = Server::new(state.clone());
    let ending = state.clone();
    let service = LspService::build(|_| server)
        .custom_method(methods::REFERENCES, Server::references)
        .custom_method(methods::WORKSPACE_SYMBOL, Server::workspace_symbol)
        .custom_method(methods::RESOLVE_SYMBOL, Server::resolve_workspace_symbol)
        .custom_method(methods::CODE_ACTION, Server::code_action)
        .custom_method(methods::RESOLVE_ACTION, Server::resolve_code_action)
        .custom_method(methods::DIAGNOSTIC, Server::diagnostic)
        .custom_method(methods::WORKSPACE_DIAGNOSTIC, Server::workspace_diagnostic)
        .custom_method("workspace/textDocumentContent", Server::text_document_content)
        .custom_method("$/setTrace", Server::ignored)
        .finish();
    let settings = Settings { renamed: methods::RENAMED, superseding: methods::SUPERSEDING, ..Settings::default() };
    let code =
        transport::run(service, ingress::MessageIngress::new(state), (outbox, queue), (input, output), settings).await;
    ending.pages.remove();
    code
}

/// Writes a line for whoever reads the server's log: standard error, never the protocol. No text of a document goes here.
pub(crate) fn log(message: &str) {
    eprintln!("whosaid: {message}");
}
