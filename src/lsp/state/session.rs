//! What is agreed with the client in `initialize`: read once, asked for everywhere.

use std::path::PathBuf;

use serde_json::Value;
use tower_lsp::lsp_types::{
    ClientCapabilities, HoverClientCapabilities, InitializeParams, MarkupKind, PositionEncodingKind,
    ResourceOperationKind,
};

use crate::lsp::transport::UriKey;
use crate::text::Encoding;

/// The client's abilities, as far as anything here depends on them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::lsp) struct Session {
    /// The unit in which columns count.
    pub encoding: Encoding,
    /// The folders that are open, in the client's order.
    pub folders: Vec<PathBuf>,
    /// True if the client pulls diagnostics; then those of notes are never pushed.
    pub pulls_diagnostics: bool,
    /// The requests that the client can be asked to send again.
    pub refreshes: Refreshable,
    /// True if it can show a document on request.
    pub shows_documents: bool,
    /// True if it can show documents that exist only here.
    pub virtual_documents: bool,
    /// True if a code lens may be completed when it comes into view.
    pub resolves_lenses: bool,
    /// True if edits may hold places to fill in.
    pub snippet_edits: bool,
    /// True if diagnostics may carry other places.
    pub related_information: bool,
    /// True if diagnostics may be marked as faded or struck through.
    pub diagnostic_tags: bool,
    /// True if diagnostics may carry a link to their rule.
    pub code_description: bool,
    /// The user's settings as the client started with them: the initialization options, or null.
    pub options: Value,
    /// True if hovers may be Markdown.
    pub markdown_hover: bool,
    /// True if definitions may be links with both ranges.
    pub definition_links: bool,
    /// The same for declarations.
    pub declaration_links: bool,
    /// The same for type definitions.
    pub type_definition_links: bool,
    /// True if the client reads the ranges of an outgoing call in the callee's file, as Neovim does.
    pub callee_ranges: bool,
    /// The same for implementations.
    pub implementation_links: bool,
    /// True if a completion may say both what it inserts over and what it replaces.
    pub insert_replace: bool,
    /// True if a completion may carry words beside its label.
    pub label_details: bool,
    /// True if what is told of a completion may be Markdown.
    pub markdown_documentation: bool,
    /// True if the client asks before it renames.
    pub prepares_rename: bool,
    /// True if links may carry words.
    pub link_tooltips: bool,
    /// True if document symbols may be nested.
    pub nested_symbols: bool,
    /// True if code actions may be literals (kind, edit) and not only commands.
    pub code_action_literals: bool,
    /// True if the edit of a code action may come when it is chosen.
    pub lazy_edits: bool,
    /// True if the range of a workspace symbol may come when it is chosen.
    pub lazy_symbols: bool,
    /// True if what is told of an inlay hint may come when it is pointed at.
    pub lazy_hints: bool,
    /// True if messages of diagnostics that are asked for may be Markdown.
    pub markdown_messages: bool,
    /// True if edits may name document versions.
    pub document_changes: bool,
    /// True if edits may say what they are, and that they must be confirmed.
    pub change_annotations: bool,
    /// True if edits may make files.
    pub creates_files: bool,
    /// True if progress may be shown.
    pub progress: bool,
    /// True if the client can be asked for settings.
    pub configuration: bool,
    /// True if the client watches files on request.
    pub watches_files: bool,
    /// True if watched files may be named relative to a folder.
    pub relative_patterns: bool,
}

/// The requests that a client can be asked to send again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::lsp) struct Refreshable {
    /// Diagnostics that it pulls.
    pub diagnostics: bool,
    /// Code lenses.
    pub lenses: bool,
    /// Semantic tokens.
    pub semantic_tokens: bool,
    /// Inlay hints.
    pub inlay_hints: bool,
    /// Folding ranges.
    pub folds: bool,
}

impl Session {
    /// Reads the parameters of `initialize`.
    #[must_use]
    pub(in crate::lsp) fn new(params: &InitializeParams) -> Self {
        let client = &params.capabilities;
        let text = client.text_document.clone().unwrap_or_default();
        let workspace = client.workspace.clone().unwrap_or_default();
        let window = client.window.clone().unwrap_or_default();
        let diagnostics = text.publish_diagnostics.unwrap_or_default();
        let watching = workspace.did_change_watched_files.unwrap_or_default();
        let editing = workspace.workspace_edit.unwrap_or_default();
        let completing = text.completion.and_then(|completion| completion.completion_item).unwrap_or_default();
        Self {
            encoding: encoding(client),
            folders: folders(params),
            pulls_diagnostics: text.diagnostic.is_some(),
            refreshes: Refreshable {
                diagnostics: workspace.diagnostic.and_then(|d| d.refresh_support).unwrap_or(false),
                lenses: workspace.code_lens.and_then(|d| d.refresh_support).unwrap_or(false),
                semantic_tokens: workspace.semantic_tokens.and_then(|d| d.refresh_support).unwrap_or(false),
                inlay_hints: workspace.inlay_hint.and_then(|d| d.refresh_support).unwrap_or(false),
                folds: false,
            },
            shows_documents: window.show_document.is_some_and(|show| show.support),
            virtual_documents: false,
            resolves_lenses: true,
            snippet_edits: false,
            related_information: diagnostics.related_information.unwrap_or(false),
            diagnostic_tags: diagnostics.tag_support.is_some(),
            code_description: diagnostics.code_description_support.unwrap_or(false),
            options: params.initialization_options.clone().unwrap_or_default(),
            markdown_hover: takes_markdown(text.hover),
            definition_links: text.definition.and_then(|d| d.link_support).unwrap_or(false),
            declaration_links: text.declaration.and_then(|d| d.link_support).unwrap_or(false),
            type_definition_links: text.type_definition.and_then(|d| d.link_support).unwrap_or(false),
            callee_ranges: params.client_info.as_ref().is_some_and(|info| info.name == "Neovim"),
            implementation_links: text.implementation.and_then(|d| d.link_support).unwrap_or(false),
            insert_replace: completing.insert_replace_support.unwrap_or(false),
            label_details: completing.label_details_support.unwrap_or(false),
            markdown_documentation: completing
                .documentation_format
                .is_some_and(|formats| formats.contains(&MarkupKind::Markdown)),
            prepares_rename: text.rename.and_then(|rename| rename.prepare_support).unwrap_or(false),
            link_tooltips: text.document_link.and_then(|link| link.tooltip_support).unwrap_or(false),
            nested_symbols: text
                .document_symbol
                .and_then(|symbols| symbols.hierarchical_document_symbol_support)
                .unwrap_or(false),
            lazy_edits: false,
            lazy_symbols: false,
            lazy_hints: false,
            markdown_messages: false,
            code_action_literals: text.code_action.is_some_and(|action| action.code_action_literal_support.is_some()),
            document_changes: editing.document_changes.unwrap_or(false),
            change_annotations: editing.document_changes.unwrap_or(false)
                && editing.change_annotation_support.is_some(),
            creates_files: editing
                .resource_operations
                .is_some_and(|operations| operations.contains(&ResourceOperationKind::Create)),
            progress: window.work_done_progress.unwrap_or(false),
            configuration: workspace.configuration.unwrap_or(false),
            watches_files: watching.dynamic_registration.unwrap_or(false),
            relative_patterns: watching.relative_pattern_support.unwrap_or(false),
        }
    }

    /// Reads what the types of the parameters have no room for: abilities of protocol 3.18.
    #[must_use]
    pub(in crate::lsp) fn with_newer(self, params: &Value) -> Self {
        let ability = |pointer: &str| params.pointer(&format!("/capabilities/{pointer}"));
        let able = |pointer: &str| ability(pointer).and_then(Value::as_bool).unwrap_or(false);
        let resolved = |of: &str| ability(&format!("{of}/resolveSupport/properties")).and_then(Value::as_array);
        let resolves = |of, name: &str| resolved(of).is_some_and(|all| all.iter().any(|property| property == name));
        Self {
            refreshes: Refreshable {
                folds: able("workspace/foldingRange/refreshSupport"),
                // The types have the member's name in the singular, the protocol in the plural.
                diagnostics: able("workspace/diagnostics/refreshSupport") || self.refreshes.diagnostics,
                ..self.refreshes
            },
            virtual_documents: ability("workspace/textDocumentContent").is_some_and(Value::is_object),
            // Before 3.18 a client could not say which parts of a lens it completes; it completed the command.
            resolves_lenses: resolved("textDocument/codeLens").is_none()
                || resolves("textDocument/codeLens", "command"),
            // What is to be resolved must come back with what it is.
            lazy_edits: resolves("textDocument/codeAction", "edit") && able("textDocument/codeAction/dataSupport"),
            lazy_symbols: resolves("workspace/symbol", "location.range"),
            lazy_hints: resolves("textDocument/inlayHint", "tooltip"),
            markdown_messages: able("textDocument/diagnostic/markupMessageSupport"),
            snippet_edits: able("workspace/workspaceEdit/snippetEditSupport"),
            ..self
        }
    }

    /// The name of the encoding in the protocol.
    #[must_use]
    pub(in crate::lsp) fn encoding_kind(&self) -> PositionEncodingKind {
        match self.encoding {
            Encoding::Utf8 => PositionEncodingKind::UTF8,
            Encoding::Utf16 => PositionEncodingKind::UTF16,
            Encoding::Utf32 => PositionEncodingKind::UTF32,
        }
    }
}

/// UTF-8 costs no conversion and is taken where it is offered; UTF-32 only where it is preferred to UTF-16, which every client knows.
fn encoding(client: &ClientCapabilities) -> Encoding {
    let offered = client.general.as_ref().and_then(|general| general.position_encodings.as_deref()).unwrap_or_default();
    let place = |kind: &PositionEncodingKind| offered.iter().position(|offer| offer == kind);
    if place(&PositionEncodingKind::UTF8).is_some() {
        return Encoding::Utf8;
    }
    match (place(&PositionEncodingKind::UTF32), place(&PositionEncodingKind::UTF16)) {
        (Some(wide), narrow) if narrow.is_none_or(|narrow| wide < narrow) => Encoding::Utf32,
        _ => Encoding::Utf16,
    }
}

/// `workspaceFolders`, else `rootUri`, else `rootPath`; none for a single file.
fn folders(params: &InitializeParams) -> Vec<PathBuf> {
    let folders = params.workspace_folders.as_deref().unwrap_or_default();
    let paths: Vec<PathBuf> = folders.iter().filter_map(|folder| UriKey::new(folder.uri.as_str()).path()).collect();
    if !paths.is_empty() || params.workspace_folders.is_some() && !folders.is_empty() {
        return paths;
    }
    if let Some(uri) = &params.root_uri {
        return UriKey::new(uri.as_str()).path().into_iter().collect();
    }
    #[expect(deprecated, reason = "old clients send nothing else")]
    let path = params.root_path.as_deref().filter(|path| !path.is_empty());
    path.map(PathBuf::from).into_iter().collect()
}

fn takes_markdown(hover: Option<HoverClientCapabilities>) -> bool {
    let formats = hover.and_then(|hover| hover.content_format);
    formats.is_none_or(|formats| formats.is_empty() || formats.contains(&MarkupKind::Markdown))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn session(params: Value) -> Session {
        Session::new(&serde_json::from_value(params).expect("parameters"))
    }

    #[test]
    fn utf_8_is_taken_where_offered_and_utf_32_where_preferred() {
        let chosen = |offered: Value| {
            session(json!({ "capabilities": { "general": { "positionEncodings": offered } } })).encoding
        };
        assert_eq!(chosen(json!(["utf-16", "utf-8"])), Encoding::Utf8);
        assert_eq!(chosen(json!(["utf-32", "utf-16"])), Encoding::Utf32);
        assert_eq!(chosen(json!(["utf-16", "utf-32"])), Encoding::Utf16);
        assert_eq!(chosen(json!(["utf-7"])), Encoding::Utf16);
        assert_eq!(chosen(Value::Null), Encoding::Utf16);
    }

    #[test]
    fn folders_go_before_the_root_and_the_root_before_its_path() {
        let folder = |path: &str| json!({ "uri": format!("file://{path}"), "name": "x" });
        let all = json!({ "capabilities": {}, "rootPath": "/p", "rootUri": "file:///u", "workspaceFolders": [folder("/a"), folder("/b")] });
        assert_eq!(session(all).folders, [PathBuf::from("/a"), PathBuf::from("/b")]);
        let root =
            json!({ "capabilities": {}, "rootPath": "/p", "rootUri": "file:///u%20u", "workspaceFolders": null });
        assert_eq!(session(root).folders, [PathBuf::from("/u u")]);
        assert_eq!(session(json!({ "capabilities": {}, "rootPath": "/p" })).folders, [PathBuf::from("/p")]);
        assert!(session(json!({ "capabilities": {} })).folders.is_empty());
    }
}
