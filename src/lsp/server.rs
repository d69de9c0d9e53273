//! The methods of the protocol, each one line to its handler.

use std::sync::Arc;

use serde_json::Value;
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
use crate::lsp::handlers;
use crate::lsp::state::server_state::Shared;
use crate::lsp::transport::written;

/// The language server.
pub(super) struct Server {
    shared: Arc<Shared>,
}

impl Server {
    pub(super) fn new(shared: Arc<Shared>) -> Self {
        Self { shared }
    }

    /// `workspace/symbol`: tower-lsp's own method has no room for `WorkspaceSymbol`.
    pub(super) async fn workspace_symbol(&self, params: WorkspaceSymbolParams) -> Result<Vec<WorkspaceSymbol>> {
        let found =
            self.shared.answer_list(move |view| Some(handlers::workspace_symbol::handle(view, &params))).await?;
        Ok(found.unwrap_or_default())
    }

    /// `workspaceSymbol/resolve`: the range of a symbol that was chosen.
    pub(super) async fn resolve_workspace_symbol(&self, symbol: WorkspaceSymbol) -> Result<WorkspaceSymbol> {
        self.shared.answer(move |view| handlers::workspace_symbol::resolve(view, symbol)).await
    }

    /// `textDocument/codeAction`: tower-lsp's own method has no room for edits with places to fill in.
    pub(super) async fn code_action(&self, params: CodeActionParams) -> Result<Option<Vec<Value>>> {
        self.shared.answer(move |view| handlers::code_action::handle(view, &params)).await
    }

    /// `codeAction/resolve`: the edit of an action that was chosen.
    pub(super) async fn resolve_code_action(&self, action: Value) -> Result<Value> {
        self.shared.answer(move |view| handlers::code_action::resolve(view, action)).await?
    }

    /// `textDocument/diagnostic`: tower-lsp's own method has no room for messages in Markdown.
    pub(super) async fn diagnostic(&self, params: DocumentDiagnosticParams) -> Result<Value> {
        self.shared.answer(move |view| handlers::document_diagnostic::handle(view, &params)).await
    }

    /// `workspace/diagnostic`, likewise.
    pub(super) async fn workspace_diagnostic(&self, params: lsp::WorkspaceDiagnosticParams) -> Result<Value> {
        handlers::workspace_diagnostic::handle(&self.shared, params).await
    }

    /// `textDocument/references`: tower-lsp's own method would take every place through a tree of values.
    pub(super) async fn references(&self, params: ReferenceParams) -> Result<Value> {
        self.shared.until_whole().await;
        if self.shared.is_in_parts() {
            let found = self.shared.answer_list(move |view| handlers::references::handle(view, &params)).await?;
            return Ok(serde_json::json!(found));
        }
        let found = self.shared.answer_warm(move |view| handlers::references::written(view, &params)).await?;
        Ok(found.map_or(Value::Null, written))
    }

    /// `workspace/textDocumentContent` of protocol 3.18: the text of a page of ours.
    pub(super) async fn text_document_content(&self, params: Value) -> Result<Value> {
        self.shared.answer(move |view| handlers::page_text::content(view, &params)).await?
    }

    /// What the client says of tracing and progress has no use here, but is known.
    pub(super) async fn ignored(&self, _: Value) {}
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

    /// The ingress has seen it.
    async fn initialized(&self, _: InitializedParams) {}

    async fn shutdown(&self) -> Result<()> {
        self.shared.reports.end();
        Ok(())
    }

    async fn hover(&self, params: HoverParams) -> Result<Option<Hover>> {
        self.shared.answer(move |view| handlers::hover::handle(view, &params)).await
    }

    async fn goto_definition(&self, params: GotoDefinitionParams) -> Result<Option<GotoDefinitionResponse>> {
        let at = params.text_document_position_params;
        self.shared.answer(move |view| handlers::definition::definition(view, &at)).await
    }

    async fn goto_declaration(&self, params: GotoDeclarationParams) -> Result<Option<GotoDeclarationResponse>> {
        let at = params.text_document_position_params;
        self.shared.answer(move |view| handlers::definition::declaration(view, &at)).await
    }

    async fn completion(&self, params: CompletionParams) -> Result<Option<CompletionResponse>> {
        self.shared.answer(move |view| handlers::completion::handle(view, &params)).await
    }

    async fn completion_resolve(&self, item: CompletionItem) -> Result<CompletionItem> {
        self.shared.answer(move |view| handlers::completion::resolve(view, item)).await
    }

    async fn prepare_rename(&self, params: TextDocumentPositionParams) -> Result<Option<PrepareRenameResponse>> {
        self.shared.answer(move |view| handlers::rename::prepare(view, &params)).await?
    }

    async fn rename(&self, params: RenameParams) -> Result<Option<WorkspaceEdit>> {
        self.shared.answer(move |view| handlers::rename::rename(view, &params)).await?
    }

    async fn document_link(&self, _: DocumentLinkParams) -> Result<Option<Vec<DocumentLink>>> {
        self.shared.answer(handlers::document_link::handle).await
    }

    async fn linked_editing_range(&self, params: LinkedEditingRangeParams) -> Result<Option<LinkedEditingRanges>> {
        let position = params.text_document_position_params.position;
        self.shared.answer(move |view| handlers::linked_editing_range::handle(view, position)).await
    }

    async fn will_rename_files(&self, params: RenameFilesParams) -> Result<Option<WorkspaceEdit>> {
        self.shared.answer(move |view| handlers::file_operations::will_rename(view, &params)).await?
    }

    async fn document_highlight(&self, params: DocumentHighlightParams) -> Result<Option<Vec<DocumentHighlight>>> {
        self.shared.answer_list(move |view| handlers::document_highlight::handle(view, &params)).await
    }

    async fn document_symbol(&self, _: DocumentSymbolParams) -> Result<Option<DocumentSymbolResponse>> {
        // Either form of the answer is a list, and parts of it are lists.
        let symbols = self.shared.answer(handlers::document_symbol::handle).await?;
        Ok(symbols.map(|symbols| match symbols {
            DocumentSymbolResponse::Flat(all) => {
                DocumentSymbolResponse::Flat(self.shared.in_parts(all, |part| serde_json::json!(part)))
            }
            DocumentSymbolResponse::Nested(all) => {
                DocumentSymbolResponse::Nested(self.shared.in_parts(all, |part| serde_json::json!(part)))
            }
        }))
    }

    async fn goto_implementation(
        &self,
        params: GotoImplementationParams,
    ) -> Result<Option<GotoImplementationResponse>> {
        let at = params.text_document_position_params;
        self.shared.until_whole().await;
        self.shared.answer_warm(move |view| handlers::definition::implementation(view, &at)).await
    }

    async fn goto_type_definition(
        &self,
        params: GotoDefinitionParams,
    ) -> Result<Option<lsp::request::GotoTypeDefinitionResponse>> {
        let at = params.text_document_position_params;
        self.shared.answer(move |view| handlers::definition::type_definition(view, &at)).await
    }

    async fn prepare_call_hierarchy(
        &self,
        params: lsp::CallHierarchyPrepareParams,
    ) -> Result<Option<Vec<lsp::CallHierarchyItem>>> {
        let at = params.text_document_position_params.position;
        self.shared.answer(move |view| handlers::hierarchy::prepare_calls(view, at)).await
    }

    async fn incoming_calls(
        &self,
        params: lsp::CallHierarchyIncomingCallsParams,
    ) -> Result<Option<Vec<lsp::CallHierarchyIncomingCall>>> {
        self.shared.until_whole().await;
        self.shared.answer_list(move |view| handlers::hierarchy::incoming(view, &params.item)).await
    }

    async fn outgoing_calls(
        &self,
        params: lsp::CallHierarchyOutgoingCallsParams,
    ) -> Result<Option<Vec<lsp::CallHierarchyOutgoingCall>>> {
        self.shared.until_whole().await;
        self.shared.answer_list(move |view| handlers::hierarchy::outgoing(view, &params.item)).await
    }

    async fn prepare_type_hierarchy(
        &self,
        params: lsp::TypeHierarchyPrepareParams,
    ) -> Result<Option<Vec<lsp::TypeHierarchyItem>>> {
        let at = params.text_document_position_params.position;
        self.shared.answer(move |view| handlers::hierarchy::prepare_types(view, at)).await
    }

    async fn supertypes(
        &self,
        params: lsp::TypeHierarchySupertypesParams,
    ) -> Result<Option<Vec<lsp::TypeHierarchyItem>>> {
        self.shared.answer_list(move |view| handlers::hierarchy::supertypes(view, &params.item)).await
    }

    async fn subtypes(&self, params: lsp::TypeHierarchySubtypesParams) -> Result<Option<Vec<lsp::TypeHierarchyItem>>> {
        self.shared.answer_list(move |view| handlers::hierarchy::subtypes(view, &params.item)).await
    }

    async fn code_lens(&self, _: lsp::CodeLensParams) -> Result<Option<Vec<lsp::CodeLens>>> {
        self.shared.answer_list(handlers::code_lens::handle).await
    }

    async fn code_lens_resolve(&self, params: lsp::CodeLens) -> Result<lsp::CodeLens> {
        self.shared.answer(move |view| handlers::code_lens::resolve(view, params)).await
    }

    async fn execute_command(&self, params: lsp::ExecuteCommandParams) -> Result<Option<Value>> {
        self.shared.answer(move |view| handlers::execute_command::handle(view, &params)).await?.map(Some)
    }

    async fn folding_range(&self, _: FoldingRangeParams) -> Result<Option<Vec<FoldingRange>>> {
        self.shared.answer_list(handlers::folding_range::handle).await
    }

    async fn selection_range(&self, params: SelectionRangeParams) -> Result<Option<Vec<SelectionRange>>> {
        self.shared.answer(move |view| handlers::selection_range::handle(view, &params.positions)).await
    }

    async fn inlay_hint(&self, params: InlayHintParams) -> Result<Option<Vec<InlayHint>>> {
        self.shared.answer(move |view| handlers::inlay_hint::handle(view, params.range)).await
    }

    async fn inlay_hint_resolve(&self, hint: InlayHint) -> Result<InlayHint> {
        self.shared.answer(move |view| handlers::inlay_hint::resolve(view, hint)).await
    }

    async fn semantic_tokens_full(&self, _: SemanticTokensParams) -> Result<Option<SemanticTokensResult>> {
        let tokens = self.shared.answer(handlers::semantic_tokens::full).await?;
        Ok(tokens.map(SemanticTokensResult::Tokens))
    }

    async fn semantic_tokens_full_delta(
        &self,
        params: SemanticTokensDeltaParams,
    ) -> Result<Option<SemanticTokensFullDeltaResult>> {
        let previous = params.previous_result_id;
        self.shared.answer(move |view| handlers::semantic_tokens::delta(view, &previous)).await
    }

    async fn semantic_tokens_range(
        &self,
        params: SemanticTokensRangeParams,
    ) -> Result<Option<SemanticTokensRangeResult>> {
        let tokens = self.shared.answer(move |view| handlers::semantic_tokens::range(view, params.range)).await?;
        Ok(tokens.map(SemanticTokensRangeResult::Tokens))
    }
}
