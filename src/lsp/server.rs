//! The methods of the protocol, each one line to its handler.

use std::sync::Arc;

use tower_lsp::LanguageServer;
use tower_lsp::jsonrpc::Result;
use tower_lsp::lsp_types::{
    DocumentDiagnosticParams, DocumentDiagnosticReportResult, InitializeParams, InitializeResult, InitializedParams,
    ServerInfo,
};

use super::capabilities::capabilities;
use super::handlers;
use super::shared::Shared;
use super::writer::Event;

/// The language server.
pub(super) struct Server {
    shared: Arc<Shared>,
}

impl Server {
    pub(super) fn new(shared: Arc<Shared>) -> Self {
        Self { shared }
    }

    /// What the client says of tracing and progress has no use here, but is known.
    pub(super) async fn ignored(&self, _: serde_json::Value) {}
}

#[tower_lsp::async_trait]
impl LanguageServer for Server {
    /// What is agreed was read at ingress: nothing is left to do that could take time.
    async fn initialize(&self, _: InitializeParams) -> Result<InitializeResult> {
        Ok(InitializeResult {
            capabilities: capabilities(self.shared.session()),
            server_info: Some(ServerInfo {
                name: "whosaid".to_owned(),
                version: Some(env!("CARGO_PKG_VERSION").to_owned()),
            }),
        })
    }

    async fn initialized(&self, _: InitializedParams) {
        self.shared.tell(Event::Ready);
    }

    async fn shutdown(&self) -> Result<()> {
        Ok(())
    }

    async fn diagnostic(&self, params: DocumentDiagnosticParams) -> Result<DocumentDiagnosticReportResult> {
        self.shared.answer(move |view| handlers::document_diagnostic::handle(view, &params)).await
    }
}
