//! What the server says it can do. `tests/protocol` asks for each of these and checks that it is answered, and that
//! nothing is answered which is not said here.

use serde_json::{Map, Value, json};
use tower_lsp::lsp_types::{
    CodeActionKind, CodeActionOptions, CodeActionProviderCapability, DeclarationCapability, DiagnosticOptions,
    DiagnosticServerCapabilities, DocumentLinkOptions, DocumentSymbolOptions, FoldingRangeProviderCapability,
    HoverProviderCapability, ImplementationProviderCapability, InlayHintOptions, InlayHintServerCapabilities,
    LinkedEditingRangeServerCapabilities, OneOf, ReferencesOptions, SaveOptions, SelectionRangeProviderCapability,
    SemanticTokensFullOptions, SemanticTokensOptions, ServerCapabilities, TextDocumentSyncCapability,
    TextDocumentSyncKind, TextDocumentSyncOptions, TextDocumentSyncSaveOptions, WorkDoneProgressOptions,
    WorkspaceFoldersServerCapabilities, WorkspaceServerCapabilities, WorkspaceSymbolOptions,
};

use crate::lsp::handlers::code_action::FIX_ALL;
use crate::lsp::handlers::{completion, execute_command, file_operations, rename, semantic_tokens};
use crate::lsp::state::pages::SCHEME;
use crate::lsp::state::session::Session;

/// The capabilities for one client.
#[must_use]
pub(super) fn capabilities(session: &Session) -> ServerCapabilities {
    // Any request may bring a token for progress; these can take long enough to be worth one.
    let progress = WorkDoneProgressOptions { work_done_progress: Some(true) };
    ServerCapabilities {
        position_encoding: Some(session.encoding_kind()),
        text_document_sync: Some(TextDocumentSyncCapability::Options(TextDocumentSyncOptions {
            open_close: Some(true),
            change: Some(TextDocumentSyncKind::INCREMENTAL),
            save: Some(TextDocumentSyncSaveOptions::SaveOptions(SaveOptions { include_text: Some(false) })),
            ..TextDocumentSyncOptions::default()
        })),
        diagnostic_provider: session.pulls_diagnostics.then(|| {
            DiagnosticServerCapabilities::Options(DiagnosticOptions {
                identifier: Some("whosaid".to_owned()),
                inter_file_dependencies: true,
                workspace_diagnostics: true,
                work_done_progress_options: progress,
            })
        }),
        hover_provider: Some(HoverProviderCapability::Simple(true)),
        completion_provider: Some(completion::options()),
        definition_provider: Some(OneOf::Left(true)),
        declaration_provider: Some(DeclarationCapability::Simple(true)),
        type_definition_provider: Some(tower_lsp::lsp_types::TypeDefinitionProviderCapability::Simple(true)),
        call_hierarchy_provider: Some(tower_lsp::lsp_types::CallHierarchyServerCapability::Simple(true)),
        implementation_provider: Some(ImplementationProviderCapability::Simple(true)),
        folding_range_provider: Some(FoldingRangeProviderCapability::Simple(true)),
        selection_range_provider: Some(SelectionRangeProviderCapability::Simple(true)),
        inlay_hint_provider: Some(OneOf::Right(InlayHintServerCapabilities::Options(InlayHintOptions {
            resolve_provider: Some(session.lazy_hints),
            ..InlayHintOptions::default()
        }))),
        semantic_tokens_provider: Some(
            SemanticTokensOptions {
                legend: semantic_tokens::legend(),
                range: Some(true),
                full: Some(SemanticTokensFullOptions::Delta { delta: Some(true) }),
                ..SemanticTokensOptions::default()
            }
            .into(),
        ),
        document_link_provider: Some(DocumentLinkOptions {
            // A link comes with everything: editors that resolve ask for the target only, and it costs nothing.
            resolve_provider: Some(false),
            work_done_progress_options: WorkDoneProgressOptions::default(),
        }),
        linked_editing_range_provider: Some(LinkedEditingRangeServerCapabilities::Simple(true)),
        rename_provider: Some(if session.prepares_rename {
            OneOf::Right(rename::options())
        } else {
            OneOf::Left(true)
        }),
        references_provider: Some(OneOf::Right(ReferencesOptions { work_done_progress_options: progress })),
        document_highlight_provider: Some(OneOf::Left(true)),
        document_symbol_provider: Some(OneOf::Right(DocumentSymbolOptions {
            label: Some("whosaid".to_owned()),
            work_done_progress_options: progress,
        })),
        workspace_symbol_provider: Some(OneOf::Right(WorkspaceSymbolOptions {
            work_done_progress_options: progress,
            resolve_provider: session.lazy_symbols.then_some(true),
        })),
        code_action_provider: session.code_action_literals.then(|| {
            CodeActionProviderCapability::Options(CodeActionOptions {
                code_action_kinds: Some(vec![CodeActionKind::QUICKFIX, CodeActionKind::REFACTOR_REWRITE, FIX_ALL]),
                resolve_provider: session.lazy_edits.then_some(true),
                ..CodeActionOptions::default()
            })
        }),
        code_lens_provider: Some(tower_lsp::lsp_types::CodeLensOptions {
            resolve_provider: Some(session.resolves_lenses),
        }),
        execute_command_provider: Some(tower_lsp::lsp_types::ExecuteCommandOptions {
            commands: execute_command::COMMANDS.iter().map(|&name| name.to_owned()).collect(),
            ..Default::default()
        }),
        workspace: Some(WorkspaceServerCapabilities {
            workspace_folders: Some(WorkspaceFoldersServerCapabilities {
                supported: Some(true),
                change_notifications: Some(OneOf::Left(true)),
            }),
            file_operations: Some(file_operations::options()),
        }),
        ..ServerCapabilities::default()
    }
}

/// Adds what the types of `ServerCapabilities` have no room for.
pub(super) fn add_newer(session: &Session, capabilities: &mut Map<String, Value>) {
    capabilities.insert("typeHierarchyProvider".to_owned(), json!(true));
    let workspace = capabilities.get_mut("workspace").and_then(Value::as_object_mut);
    if let Some(workspace) = workspace.filter(|_| session.virtual_documents) {
        workspace.insert("textDocumentContent".to_owned(), json!({ "schemes": [SCHEME] }));
    }
}
