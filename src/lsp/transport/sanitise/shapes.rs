//! The members that the parameters of each request require. A test holds the table to the types.

use tower_lsp::lsp_types::{
    CallHierarchyIncomingCallsParams, CodeActionParams, CodeLens, CompletionItem, CompletionParams, Diagnostic,
    DocumentDiagnosticParams, DocumentSymbolParams, ExecuteCommandParams, GotoDefinitionParams, InlayHint,
    PreviousResultId, ReferenceParams, RenameParams, SelectionRangeParams, SemanticTokensDeltaParams,
    SemanticTokensRangeParams, TypeHierarchySupertypesParams, WorkspaceDiagnosticParams, WorkspaceSymbol,
    WorkspaceSymbolParams,
};

use super::graft::Parses;
use super::{Shape, parses};

const DIAGNOSTIC: Shape = shape(parses::<Diagnostic>, &["/range", "/message"]);
const PREVIOUS_RESULT: Shape = shape(parses::<PreviousResultId>, &["/uri", "/value"]);
const ITEM: &[&str] = &["/item/name", "/item/kind", "/item/uri", "/item/range", "/item/selectionRange"];

/// Methods and what they share. Types of the same members stand for each other.
pub(super) const ALL: &[(&[&str], Shape)] = &[
    (
        &[
            "textDocument/hover",
            "textDocument/definition",
            "textDocument/declaration",
            "textDocument/implementation",
            "textDocument/typeDefinition",
            "textDocument/documentHighlight",
            "textDocument/prepareRename",
            "textDocument/linkedEditingRange",
            "textDocument/prepareCallHierarchy",
            "textDocument/prepareTypeHierarchy",
        ],
        shape(parses::<GotoDefinitionParams>, &["/textDocument/uri", "/position"]),
    ),
    (
        &[
            "textDocument/documentSymbol",
            "textDocument/foldingRange",
            "textDocument/codeLens",
            "textDocument/documentLink",
            "textDocument/semanticTokens/full",
        ],
        shape(parses::<DocumentSymbolParams>, &["/textDocument/uri"]),
    ),
    (
        &["textDocument/semanticTokens/range", "textDocument/inlayHint"],
        shape(parses::<SemanticTokensRangeParams>, &["/textDocument/uri", "/range"]),
    ),
    (
        &["textDocument/codeAction"],
        Shape {
            otherwise: r#"{ "context": { "diagnostics": [] } }"#,
            lists: &[("/context/diagnostics", &DIAGNOSTIC)],
            ..shape(parses::<CodeActionParams>, &["/textDocument/uri", "/range"])
        },
    ),
    (&["textDocument/completion"], shape(parses::<CompletionParams>, &["/textDocument/uri", "/position"])),
    (
        &["textDocument/references"],
        Shape {
            otherwise: r#"{ "context": { "includeDeclaration": true } }"#,
            ..shape(parses::<ReferenceParams>, &["/textDocument/uri", "/position"])
        },
    ),
    (&["textDocument/rename"], shape(parses::<RenameParams>, &["/textDocument/uri", "/position", "/newName"])),
    (&["textDocument/selectionRange"], shape(parses::<SelectionRangeParams>, &["/textDocument/uri", "/positions"])),
    (
        &["textDocument/semanticTokens/full/delta"],
        shape(parses::<SemanticTokensDeltaParams>, &["/textDocument/uri", "/previousResultId"]),
    ),
    (&["textDocument/diagnostic"], shape(parses::<DocumentDiagnosticParams>, &["/textDocument/uri"])),
    (
        &["workspace/diagnostic"],
        Shape {
            otherwise: r#"{ "previousResultIds": [] }"#,
            lists: &[("/previousResultIds", &PREVIOUS_RESULT)],
            ..shape(parses::<WorkspaceDiagnosticParams>, &[])
        },
    ),
    (&["workspace/symbol"], shape(parses::<WorkspaceSymbolParams>, &["/query"])),
    (&["workspaceSymbol/resolve"], shape(parses::<WorkspaceSymbol>, &["/name", "/kind", "/location"])),
    (&["workspace/executeCommand"], shape(parses::<ExecuteCommandParams>, &["/command"])),
    (&["completionItem/resolve"], shape(parses::<CompletionItem>, &["/label"])),
    (&["codeLens/resolve"], shape(parses::<CodeLens>, &["/range"])),
    (&["inlayHint/resolve"], shape(parses::<InlayHint>, &["/position", "/label"])),
    (
        &["callHierarchy/incomingCalls", "callHierarchy/outgoingCalls"],
        shape(parses::<CallHierarchyIncomingCallsParams>, ITEM),
    ),
    (&["typeHierarchy/supertypes", "typeHierarchy/subtypes"], shape(parses::<TypeHierarchySupertypesParams>, ITEM)),
];

/// The parameters of a method, where dropping parts of them is of use.
pub(super) fn of(method: &str) -> Option<&'static Shape> {
    ALL.iter().find(|(methods, _)| methods.contains(&method)).map(|(_, shape)| shape)
}

const fn shape(parses: Parses, needed: &'static [&'static str]) -> Shape {
    Shape { parses, needed, otherwise: "{}", lists: &[] }
}
