//! `textDocument/definition`, `declaration`, `typeDefinition` and `implementation`: where something is described, where
//! it is first named, what it is an instance of, what rests on it.

use tower_lsp::lsp_types::{GotoDefinitionParams, GotoDefinitionResponse, LocationLink, TextDocumentPositionParams};

use super::request::{IndexNeed, Request, RequestContext};
use crate::features::{FilePosition, FileRange, Jump, definition};
use crate::lsp::view::note_view::NoteView;
use crate::workspace::Snapshot;
use tower_lsp::jsonrpc::Result;

/// `textDocument/definition`.
pub(in crate::lsp) struct DefinitionRequest;

impl Request for DefinitionRequest {
    const METHOD: &str = "textDocument/definition";
    type Params = GotoDefinitionParams;
    type Answer = Option<GotoDefinitionResponse>;

    fn answer(context: &RequestContext<'_>, params: Self::Params) -> Result<Self::Answer> {
        Ok(definition(&context.view, &params.text_document_position_params))
    }
}

/// `textDocument/declaration`.
pub(in crate::lsp) struct DeclarationRequest;

impl Request for DeclarationRequest {
    const METHOD: &str = "textDocument/declaration";
    type Params = GotoDefinitionParams;
    type Answer = Option<GotoDefinitionResponse>;

    fn answer(context: &RequestContext<'_>, params: Self::Params) -> Result<Self::Answer> {
        Ok(declaration(&context.view, &params.text_document_position_params))
    }
}

/// `textDocument/implementation`.
pub(in crate::lsp) struct ImplementationRequest;

impl Request for ImplementationRequest {
    const METHOD: &str = "textDocument/implementation";
    const INDEX: IndexNeed = IndexNeed::Complete;
    type Params = GotoDefinitionParams;
    type Answer = Option<GotoDefinitionResponse>;

    fn answer(context: &RequestContext<'_>, params: Self::Params) -> Result<Self::Answer> {
        Ok(implementation(&context.view, &params.text_document_position_params))
    }
}

/// `textDocument/typeDefinition`.
pub(in crate::lsp) struct TypeDefinitionRequest;

impl Request for TypeDefinitionRequest {
    const METHOD: &str = "textDocument/typeDefinition";
    type Params = GotoDefinitionParams;
    type Answer = Option<GotoDefinitionResponse>;

    fn answer(context: &RequestContext<'_>, params: Self::Params) -> Result<Self::Answer> {
        Ok(type_definition(&context.view, &params.text_document_position_params))
    }
}

fn definition(view: &NoteView<'_>, params: &TextDocumentPositionParams) -> Option<GotoDefinitionResponse> {
    let texts = |file| view.text(file);
    let feature = |snapshot: &Snapshot, at| definition::definition_with(snapshot, at, &texts);
    jump(view, params, feature, view.state.session().definition_links)
}

fn declaration(view: &NoteView<'_>, params: &TextDocumentPositionParams) -> Option<GotoDefinitionResponse> {
    jump(view, params, definition::declaration, view.state.session().declaration_links)
}

fn implementation(view: &NoteView<'_>, params: &TextDocumentPositionParams) -> Option<GotoDefinitionResponse> {
    jump(view, params, definition::implementation, view.state.session().implementation_links)
}

fn type_definition(view: &NoteView<'_>, params: &TextDocumentPositionParams) -> Option<GotoDefinitionResponse> {
    jump(view, params, definition::type_definition, view.state.session().type_definition_links)
}

fn jump(
    view: &NoteView<'_>,
    params: &TextDocumentPositionParams,
    feature: impl Fn(&Snapshot, FilePosition) -> Option<Jump>,
    links: bool,
) -> Option<GotoDefinitionResponse> {
    let Jump { origin, targets } = feature(&view.snapshot, view.position(params.position)?)?;
    if !links {
        let places = targets.iter().map(|target| FileRange { file: target.file, range: target.focus });
        return Some(GotoDefinitionResponse::Array(places.filter_map(|place| view.location(place)).collect()));
    }
    let link = |target: &crate::features::Target| {
        let full = view.location(FileRange { file: target.file, range: target.full })?;
        let focus = view.location(FileRange { file: target.file, range: target.focus })?;
        Some(LocationLink {
            origin_selection_range: Some(view.range(origin)),
            target_uri: full.uri,
            target_range: full.range,
            target_selection_range: focus.range,
        })
    };
    Some(GotoDefinitionResponse::Link(targets.iter().filter_map(link).collect()))
}
