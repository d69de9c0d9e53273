//! The methods that need more than their handler: those that tower-lsp has under another name, and those of which only
//! the newest answer is of use. The table of all methods is in the tests, which compare it with what the server announces
//! and with `docs/PROTOCOL.md`.

use super::request::Request;
use super::{
    code_action, completion, document_diagnostic, references, semantic_tokens, workspace_diagnostic, workspace_symbol,
};

/// `textDocument/references` at our service.
pub(in crate::lsp) const REFERENCES: &str = "whosaid/references";
/// `workspace/symbol` at our service.
pub(in crate::lsp) const WORKSPACE_SYMBOL: &str = "whosaid/workspaceSymbol";
/// `workspaceSymbol/resolve` at our service.
pub(in crate::lsp) const RESOLVE_SYMBOL: &str = "whosaid/resolveWorkspaceSymbol";
/// `textDocument/codeAction` at our service.
pub(in crate::lsp) const CODE_ACTION: &str = "whosaid/codeAction";
/// `codeAction/resolve` at our service.
pub(in crate::lsp) const RESOLVE_ACTION: &str = "whosaid/resolveCodeAction";
/// `textDocument/diagnostic` at our service.
pub(in crate::lsp) const DIAGNOSTIC: &str = "whosaid/diagnostic";
/// `workspace/diagnostic` at our service.
pub(in crate::lsp) const WORKSPACE_DIAGNOSTIC: &str = "whosaid/workspaceDiagnostic";

/// Methods that go to a method of ours, because the protocol types cannot hold their answers, or only at a cost.
pub(in crate::lsp) const RENAMED: &[(&str, &str)] = &[
    (workspace_symbol::WorkspaceSymbolRequest::METHOD, WORKSPACE_SYMBOL),
    (workspace_symbol::ResolveSymbolRequest::METHOD, RESOLVE_SYMBOL),
    (references::ReferencesRequest::METHOD, REFERENCES),
    (code_action::CodeActionRequest::METHOD, CODE_ACTION),
    (code_action::ResolveCodeActionRequest::METHOD, RESOLVE_ACTION),
    (document_diagnostic::DocumentDiagnosticRequest::METHOD, DIAGNOSTIC),
    (workspace_diagnostic::WorkspaceDiagnosticReports::METHOD, WORKSPACE_DIAGNOSTIC),
];

/// Requests that the user's next keystroke makes useless: a request ends an older one of the same row.
pub(in crate::lsp) const SUPERSEDING: &[&[&str]] = &[
    &[<semantic_tokens::FullRequest as Request>::METHOD, <semantic_tokens::DeltaRequest as Request>::METHOD],
    &[<semantic_tokens::RangeRequest as Request>::METHOD],
    &[completion::CompletionRequest::METHOD],
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fmt::Write;
    use std::path::Path;

    use serde_json::{Value, json};

    use super::super::request::IndexNeed;
    use super::super::*;
    use super::*;
    use crate::lsp::capabilities::{add_newer, capabilities};
    use crate::lsp::state::session::Session;

    /// A request, by the name of its type.
    struct Row {
        of: &'static str,
        method: &'static str,
        capability: &'static str,
        index: IndexNeed,
    }

    macro_rules! rows {
        ($($capability:literal: $($file:ident::$of:ident),+;)+) => {
            vec![$($(Row {
                of: stringify!($of),
                method: <$file::$of as Request>::METHOD,
                capability: $capability,
                index: <$file::$of as Request>::INDEX,
            }),+),+]
        };
    }

    fn rows() -> Vec<Row> {
        rows! {
            "callHierarchyProvider": hierarchy::PrepareCallsRequest, hierarchy::IncomingCallsRequest,
                hierarchy::OutgoingCallsRequest;
            "codeActionProvider": code_action::CodeActionRequest;
            "codeActionProvider.resolveProvider": code_action::ResolveCodeActionRequest;
            "codeLensProvider": code_lens::CodeLensRequest;
            "codeLensProvider.resolveProvider": code_lens::ResolveCodeLensRequest;
            "completionProvider": completion::CompletionRequest;
            "completionProvider.resolveProvider": completion::ResolveCompletionRequest;
            "declarationProvider": definition::DeclarationRequest;
            "definitionProvider": definition::DefinitionRequest;
            "diagnosticProvider": document_diagnostic::DocumentDiagnosticRequest;
            "diagnosticProvider.workspaceDiagnostics": workspace_diagnostic::WorkspaceDiagnosticReports;
            "documentHighlightProvider": document_highlight::DocumentHighlightRequest;
            "documentLinkProvider": document_link::DocumentLinkRequest;
            "documentSymbolProvider": document_symbol::DocumentSymbolRequest;
            "executeCommandProvider": execute_command::ExecuteCommandRequest;
            "foldingRangeProvider": folding_range::FoldingRangeRequest;
            "hoverProvider": hover::HoverRequest;
            "implementationProvider": definition::ImplementationRequest;
            "inlayHintProvider": inlay_hint::InlayHintRequest;
            "inlayHintProvider.resolveProvider": inlay_hint::ResolveInlayHintRequest;
            "linkedEditingRangeProvider": linked_editing_range::LinkedEditingRequest;
            "referencesProvider": references::ReferencesRequest, references::WrittenReferencesRequest;
            "renameProvider": rename::RenameRequest;
            "renameProvider.prepareProvider": rename::PrepareRequest;
            "selectionRangeProvider": selection_range::SelectionRangeRequest;
            "semanticTokensProvider.full": semantic_tokens::FullRequest;
            "semanticTokensProvider.full.delta": semantic_tokens::DeltaRequest;
            "semanticTokensProvider.range": semantic_tokens::RangeRequest;
            "typeDefinitionProvider": definition::TypeDefinitionRequest;
            "typeHierarchyProvider": hierarchy::PrepareTypesRequest, hierarchy::SupertypesRequest,
                hierarchy::SubtypesRequest;
            "workspace.fileOperations.willRename": file_operations::WillRenameRequest;
            "workspace.textDocumentContent": page_text::TextDocumentContentRequest;
            "workspaceSymbolProvider": workspace_symbol::WorkspaceSymbolRequest;
            "workspaceSymbolProvider.resolveProvider": workspace_symbol::ResolveSymbolRequest;
        }
    }

    /// What a client that can do everything is told.
    fn announced() -> Value {
        let session = Session {
            pulls_diagnostics: true,
            prepares_rename: true,
            code_action_literals: true,
            lazy_edits: true,
            lazy_symbols: true,
            lazy_hints: true,
            resolves_lenses: true,
            virtual_documents: true,
            ..Session::default()
        };
        let mut announced = json!(capabilities(&session));
        add_newer(&session, announced.as_object_mut().expect("an object"));
        announced
    }

    #[test]
    fn every_method_is_announced_and_every_announced_provider_has_a_method() {
        let (announced, rows) = (announced(), rows());
        for Row { method, capability, .. } in &rows {
            let value = announced.pointer(&format!("/{}", capability.replace('.', "/")));
            assert!(value.is_some_and(|value| !value.is_null() && *value != json!(false)), "{method}: {capability}");
        }
        let providers = announced.as_object().expect("an object").keys().filter(|name| name.ends_with("Provider"));
        for provider in providers {
            assert!(rows.iter().any(|row| row.capability.split('.').next() == Some(provider)), "{provider}");
        }
    }

    #[test]
    fn every_request_of_the_handlers_is_in_the_table() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lsp/handlers");
        let mut written = BTreeSet::new();
        for entry in std::fs::read_dir(folder).expect("the handlers") {
            let path = entry.expect("an entry").path();
            if path.extension().is_none_or(|e| e != "rs") || path.ends_with("request.rs") {
                continue;
            }
            let text = std::fs::read_to_string(path).expect("a source file");
            let of = |line: &str| {
                let rest =
                    line.strip_prefix("impl Request for ").or_else(|| line.strip_prefix("impl NoteRequest for "));
                rest.and_then(|rest| rest.strip_suffix(" {")).map(str::to_owned)
            };
            written.extend(text.lines().filter_map(of));
        }
        let table: BTreeSet<String> = rows().iter().map(|row| row.of.to_owned()).collect();
        assert_eq!(table, written);
    }

    #[test]
    fn the_protocols_page_has_every_method_with_its_capability_and_what_it_waits_for() {
        let mut expected = String::from("| method | announced by | waits for |\n| --- | --- | --- |\n");
        let mut told = BTreeSet::new();
        for Row { method, capability, index, .. } in rows() {
            let waits = match index {
                IndexNeed::Newest => "–",
                IndexNeed::Warm => "the stored index, 2 s",
                IndexNeed::Complete => "every note, 10 s",
            };
            if told.insert(method) {
                let _ = writeln!(expected, "| `{method}` | `{capability}` | {waits} |");
            }
        }
        let page = include_str!("../../../docs/PROTOCOL.md").replace("\r\n", "\n");
        assert!(page.contains(&expected), "docs/PROTOCOL.md should have this table:\n\n{expected}");
    }
}
