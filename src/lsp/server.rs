//! The methods of the protocol, each one line to its handler.

use std::sync::Arc;

use serde_json::{Value, json};
use tower_lsp::LanguageServer;
use tower_lsp::jsonrpc::Result;
use tower_lsp::lsp_types as lsp;
use tower_lsp::lsp_types::request::{
    GotoDeclarationParams, GotoDeclarationResponse, GotoImplementationParams, GotoImplementationResponse,
};
use tower_lsp::lsp_types::{
    CodeActionParams, CompletionItem, CompletionParams, CompletionResponse, DocumentDiagnosticParams,
    DocumentHighlight, DocumentHighlightParams, DocumentLink, DocumentLinkParams, DocumentSymbolParams,
    DocumentSymbolResponse, FoldingRange, FoldingRangeParams, GotoDefinitionParams, GotoDefinitionResponse, Hover,
    HoverParams, InitializeParams, InitializeResult, InitializedParams, InlayHint, InlayHintParams,
    LinkedEditingRangeParams, LinkedEditingRanges, PrepareRenameResponse, ReferenceParams, RenameFilesParams,
    RenameParams, SelectionRange, SelectionRangeParams, SemanticTokensDeltaParams, SemanticTokensFullDeltaResult,
    SemanticTokensParams, SemanticTokensRangeParams, SemanticTokensRangeResult, SemanticTokensResult, ServerInfo,
    TextDocumentPositionParams, WorkspaceEdit, WorkspaceSymbol, WorkspaceSymbolParams,
};

use crate::lsp::capabilities::capabilities;
use crate::lsp::handlers::arrival::{in_parts, is_in_parts};
use crate::lsp::handlers::request::{run, run_list};
use crate::lsp::handlers::{
    code_action, code_lens, completion, definition, document_diagnostic, document_highlight, document_link,
    document_symbol, execute_command, file_operations, folding_range, hierarchy, hover, inlay_hint,
    linked_editing_range, page_text, references, rename, selection_range, semantic_tokens, workspace_diagnostic,
    workspace_symbol,
};
use crate::lsp::state::server_state::ServerState;
use crate::lsp::transport::written;

/// The language server.
pub(super) struct Server {
    state: Arc<ServerState>,
}

impl Server {
    /// A server with this state.
    pub(super) fn new(state: Arc<ServerState>) -> Self {
        Self { state }
    }

    /// `workspace/symbol`: tower-lsp's own method has no room for `WorkspaceSymbol`.
    pub(super) async fn workspace_symbol(&self, params: WorkspaceSymbolParams) -> Result<Vec<WorkspaceSymbol>> {
        let found = run_list::<workspace_symbol::WorkspaceSymbolRequest, _>(&self.state, params).await?;
        Ok(found.unwrap_or_default())
    }

    /// `workspaceSymbol/resolve`: the range of a symbol that was chosen.
    pub(super) async fn resolve_workspace_symbol(&self, symbol: WorkspaceSymbol) -> Result<WorkspaceSymbol> {
        run::<workspace_symbol::ResolveSymbolRequest>(&self.state, symbol).await
    }

    /// `textDocument/codeAction`: tower-lsp's own method has no room for edits with places to fill in.
    pub(super) async fn code_action(&self, params: CodeActionParams) -> Result<Option<Vec<Value>>> {
        run::<code_action::CodeActionRequest>(&self.state, params).await
    }

    /// `codeAction/resolve`: the edit of an action that was chosen.
    pub(super) async fn resolve_code_action(&self, action: Value) -> Result<Value> {
        run::<code_action::ResolveCodeActionRequest>(&self.state, action).await
    }

    /// `textDocument/diagnostic`: tower-lsp's own method has no room for messages in Markdown.
    pub(super) async fn diagnostic(&self, params: DocumentDiagnosticParams) -> Result<Value> {
        run::<document_diagnostic::DocumentDiagnosticRequest>(&self.state, params).await
    }

    /// `workspace/diagnostic`, likewise.
    pub(super) async fn workspace_diagnostic(&self, params: lsp::WorkspaceDiagnosticParams) -> Result<Value> {
        workspace_diagnostic::handle(&self.state, params).await
    }

    /// `textDocument/references`: tower-lsp's own method would take every place through a tree of values.
    pub(super) async fn references(&self, params: ReferenceParams) -> Result<Value> {
        if is_in_parts() {
            let found = run_list::<references::ReferencesRequest, _>(&self.state, params).await?;
            return Ok(json!(found));
        }
        let found = run::<references::WrittenReferencesRequest>(&self.state, params).await?;
        Ok(found.map_or(Value::Null, written))
    }

    /// `workspace/textDocumentContent` of protocol 3.18: the text of a page of ours.
    pub(super) async fn text_document_content(&self, params: Value) -> Result<Value> {
        run::<page_text::TextDocumentContentRequest>(&self.state, params).await
    }

    /// Ignores a notification (tracing, progress) that has no use here, but is known.
    pub(super) async fn ignored(&self, _: Value) {}
}

#[tower_lsp::async_trait]
impl LanguageServer for Server {
    /// Answers with the capabilities. The parameters were read at ingress: nothing is left to do that could take time.
    async fn initialize(&self, _: InitializeParams) -> Result<InitializeResult> {
        Ok(InitializeResult {
            capabilities: capabilities(self.state.session()),
            server_info: Some(ServerInfo {
                name: "whosaid".to_owned(),
                version: Some(env!("CARGO_PKG_VERSION").to_owned()),
            }),
        })
    }

    /// The ingress has seen it.
    async fn initialized(&self, _: InitializedParams) {}

    async fn shutdown(&self) -> Result<()> {
        self.state.reports.end();
        Ok(())
    }

    async fn hover(&self, params: HoverParams) -> Result<Option<Hover>> {
        run::<hover::HoverRequest>(&self.state, params).await
    }

    async fn goto_definition(&self, params: GotoDefinitionParams) -> Result<Option<GotoDefinitionResponse>> {
        run::<definition::DefinitionRequest>(&self.state, params).await
    }

    async fn goto_declaration(&self, params: GotoDeclarationParams) -> Result<Option<GotoDeclarationResponse>> {
        run::<definition::DeclarationRequest>(&self.state, params).await
    }

    async fn completion(&self, params: CompletionParams) -> Result<Option<CompletionResponse>> {
        run::<completion::CompletionRequest>(&self.state, params).await
    }

    async fn completion_resolve(&self, item: CompletionItem) -> Result<CompletionItem> {
        run::<completion::ResolveCompletionRequest>(&self.state, item).await
    }

    async fn prepare_rename(&self, params: TextDocumentPositionParams) -> Result<Option<PrepareRenameResponse>> {
        run::<rename::PrepareRequest>(&self.state, params).await
    }

    async fn rename(&self, params: RenameParams) -> Result<Option<WorkspaceEdit>> {
        run::<rename::RenameRequest>(&self.state, params).await
    }

    async fn document_link(&self, params: DocumentLinkParams) -> Result<Option<Vec<DocumentLink>>> {
        run::<document_link::DocumentLinkRequest>(&self.state, params).await
    }

    async fn linked_editing_range(&self, params: LinkedEditingRangeParams) -> Result<Option<LinkedEditingRanges>> {
        run::<linked_editing_range::LinkedEditingRequest>(&self.state, params).await
    }

    async fn will_rename_files(&self, params: RenameFilesParams) -> Result<Option<WorkspaceEdit>> {
        run::<file_operations::WillRenameRequest>(&self.state, params).await
    }

    async fn document_highlight(&self, params: DocumentHighlightParams) -> Result<Option<Vec<DocumentHighlight>>> {
        run_list::<document_highlight::DocumentHighlightRequest, _>(&self.state, params).await
    }

    async fn document_symbol(&self, params: DocumentSymbolParams) -> Result<Option<DocumentSymbolResponse>> {
        // Either form of the answer is a list, and parts of it are lists.
        let symbols = run::<document_symbol::DocumentSymbolRequest>(&self.state, params).await?;
        let outbox = &self.state.outbox;
        Ok(symbols.map(|symbols| match symbols {
            DocumentSymbolResponse::Flat(all) => {
                DocumentSymbolResponse::Flat(in_parts(outbox, all, |part| json!(part)))
            }
            DocumentSymbolResponse::Nested(all) => {
                DocumentSymbolResponse::Nested(in_parts(outbox, all, |part| json!(part)))
            }
        }))
    }

    async fn goto_implementation(
        &self,
        params: GotoImplementationParams,
    ) -> Result<Option<GotoImplementationResponse>> {
        run::<definition::ImplementationRequest>(&self.state, params).await
    }

    async fn goto_type_definition(
        &self,
        params: GotoDefinitionParams,
    ) -> Result<Option<lsp::request::GotoTypeDefinitionResponse>> {
        run::<definition::TypeDefinitionRequest>(&self.state, params).await
    }

    async fn prepare_call_hierarchy(
        &self,
        params: lsp::CallHierarchyPrepareParams,
    ) -> Result<Option<Vec<lsp::CallHierarchyItem>>> {
        run::<hierarchy::PrepareCallsRequest>(&self.state, params).await
    }

    async fn incoming_calls(
        &self,
        params: lsp::CallHierarchyIncomingCallsParams,
    ) -> Result<Option<Vec<lsp::CallHierarchyIncomingCall>>> {
        run_list::<hierarchy::IncomingCallsRequest, _>(&self.state, params).await
    }

    async fn outgoing_calls(
        &self,
        params: lsp::CallHierarchyOutgoingCallsParams,
    ) -> Result<Option<Vec<lsp::CallHierarchyOutgoingCall>>> {
        run_list::<hierarchy::OutgoingCallsRequest, _>(&self.state, params).await
    }

    async fn prepare_type_hierarchy(
        &self,
        params: lsp::TypeHierarchyPrepareParams,
    ) -> Result<Option<Vec<lsp::TypeHierarchyItem>>> {
        run::<hierarchy::PrepareTypesRequest>(&self.state, params).await
    }

    async fn supertypes(
        &self,
        params: lsp::TypeHierarchySupertypesParams,
    ) -> Result<Option<Vec<lsp::TypeHierarchyItem>>> {
        run_list::<hierarchy::SupertypesRequest, _>(&self.state, params).await
    }

    async fn subtypes(&self, params: lsp::TypeHierarchySubtypesParams) -> Result<Option<Vec<lsp::TypeHierarchyItem>>> {
        run_list::<hierarchy::SubtypesRequest, _>(&self.state, params).await
    }

    async fn code_lens(&self, params: lsp::CodeLensParams) -> Result<Option<Vec<lsp::CodeLens>>> {
        run_list::<code_lens::CodeLensRequest, _>(&self.state, params).await
    }

    async fn code_lens_resolve(&self, params: lsp::CodeLens) -> Result<lsp::CodeLens> {
        run::<code_lens::ResolveCodeLensRequest>(&self.state, params).await
    }

    async fn execute_command(&self, params: lsp::ExecuteCommandParams) -> Result<Option<Value>> {
        run::<execute_command::ExecuteCommandRequest>(&self.state, params).await.map(Some)
    }

    async fn folding_range(&self, params: FoldingRangeParams) -> Result<Option<Vec<FoldingRange>>> {
        run_list::<folding_range::FoldingRangeRequest, _>(&self.state, params).await
    }

    async fn selection_range(&self, params: SelectionRangeParams) -> Result<Option<Vec<SelectionRange>>> {
        run::<selection_range::SelectionRangeRequest>(&self.state, params).await
    }

    async fn inlay_hint(&self, params: InlayHintParams) -> Result<Option<Vec<InlayHint>>> {
        run::<inlay_hint::InlayHintRequest>(&self.state, params).await
    }

    async fn inlay_hint_resolve(&self, hint: InlayHint) -> Result<InlayHint> {
        run::<inlay_hint::ResolveInlayHintRequest>(&self.state, hint).await
    }

    async fn semantic_tokens_full(&self, params: SemanticTokensParams) -> Result<Option<SemanticTokensResult>> {
        let tokens = run::<semantic_tokens::FullRequest>(&self.state, params).await?;
        Ok(tokens.map(SemanticTokensResult::Tokens))
    }

    async fn semantic_tokens_full_delta(
        &self,
        params: SemanticTokensDeltaParams,
    ) -> Result<Option<SemanticTokensFullDeltaResult>> {
        run::<semantic_tokens::DeltaRequest>(&self.state, params).await
    }

    async fn semantic_tokens_range(
        &self,
        params: SemanticTokensRangeParams,
    ) -> Result<Option<SemanticTokensRangeResult>> {
        let tokens = run::<semantic_tokens::RangeRequest>(&self.state, params).await?;
        Ok(tokens.map(SemanticTokensRangeResult::Tokens))
    }
}
