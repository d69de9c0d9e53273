//! `textDocument/definition`, `declaration`, `typeDefinition` and `implementation`: where something is described, where
//! it is first named, what it is an instance of, what rests on it.

use tower_lsp::lsp_types::{GotoDefinitionResponse, LocationLink, TextDocumentPositionParams};

use crate::features::{FilePosition, FileRange, Jump, definition};
use crate::lsp::state::server_state::View;
use crate::workspace::Snapshot;

pub(in crate::lsp) fn definition(
    view: &View<'_>,
    params: &TextDocumentPositionParams,
) -> Option<GotoDefinitionResponse> {
    let texts = |file| view.text(file);
    let feature = |snapshot: &Snapshot, at| definition::definition_with(snapshot, at, &texts);
    jump(view, params, feature, view.shared.session().definition_links)
}

pub(in crate::lsp) fn declaration(
    view: &View<'_>,
    params: &TextDocumentPositionParams,
) -> Option<GotoDefinitionResponse> {
    jump(view, params, definition::declaration, view.shared.session().declaration_links)
}

pub(in crate::lsp) fn implementation(
    view: &View<'_>,
    params: &TextDocumentPositionParams,
) -> Option<GotoDefinitionResponse> {
    jump(view, params, definition::implementation, view.shared.session().implementation_links)
}

pub(in crate::lsp) fn type_definition(
    view: &View<'_>,
    params: &TextDocumentPositionParams,
) -> Option<GotoDefinitionResponse> {
    jump(view, params, definition::type_definition, view.shared.session().type_definition_links)
}

fn jump(
    view: &View<'_>,
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
