//! `workspace/symbol`: names, sources and headings in all notes.

use tower_lsp::lsp_types::{OneOf, SymbolKind, WorkspaceSymbol, WorkspaceSymbolParams};

use crate::features::workspace_symbols::{self, WorkspaceSymbolKind};
use crate::lsp::convert::to_proto;
use crate::lsp::shared::View;

/// More than anybody reads; the client asks again as the user types.
const LIMIT: usize = 256;

pub(in crate::lsp) fn handle(view: &View<'_>, params: &WorkspaceSymbolParams) -> Vec<WorkspaceSymbol> {
    let found = workspace_symbols::workspace_symbols(&view.snapshot, &params.query, LIMIT);
    let symbol = |symbol: workspace_symbols::WorkspaceSymbol| {
        Some(WorkspaceSymbol {
            location: OneOf::Left(view.location(symbol.location)?),
            name: symbol.name,
            kind: kind(symbol.kind),
            tags: None,
            container_name: (!symbol.container.is_empty()).then_some(symbol.container),
            data: None,
        })
    };
    found.into_iter().filter_map(symbol).collect()
}

/// The protocol has kinds of code only; these give each of ours an icon of its own in the common editors.
fn kind(kind: WorkspaceSymbolKind) -> SymbolKind {
    match kind {
        WorkspaceSymbolKind::Source => SymbolKind::KEY,
        WorkspaceSymbolKind::Heading => SymbolKind::STRING,
        WorkspaceSymbolKind::Entity(kind) => to_proto::entity_kind(kind),
    }
}
