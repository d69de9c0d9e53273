//! `textDocument/references`: every place where the same is meant, in all notes.

use tower_lsp::lsp_types::{Location, ReferenceParams};

use crate::features::references;
use crate::lsp::shared::View;

pub(in crate::lsp) fn handle(view: &View<'_>, params: &ReferenceParams) -> Option<Vec<Location>> {
    let position = view.position(params.text_document_position.position)?;
    let found = references::references(&view.snapshot, position, params.context.include_declaration);
    Some(view.locations(&found))
}
