//! `workspace/symbol` and `workspaceSymbol/resolve`: names, sources and headings in all notes.

use serde_json::json;
use tower_lsp::lsp_types::{
    Location, OneOf, Range, SymbolKind, WorkspaceLocation, WorkspaceSymbol, WorkspaceSymbolParams,
};

use super::request::{IndexNeed, Request, RequestContext};
use crate::features::FileRange;
use crate::features::workspace_symbols::{self, WorkspaceSymbolKind};
use crate::lsp::convert::to_proto;
use crate::lsp::transport::UriKey;
use crate::lsp::view::note_view::NoteView;
use crate::text::TextRange;
use tower_lsp::jsonrpc::Result;

/// `workspace/symbol`.
pub(in crate::lsp) struct WorkspaceSymbolRequest;

impl Request for WorkspaceSymbolRequest {
    const METHOD: &str = "workspace/symbol";
    const INDEX: IndexNeed = IndexNeed::Warm;
    type Params = WorkspaceSymbolParams;
    type Answer = Option<Vec<WorkspaceSymbol>>;

    fn answer(context: &RequestContext<'_>, params: Self::Params) -> Result<Self::Answer> {
        Ok(Some(symbols(&context.view, &params)))
    }
}

/// `workspaceSymbol/resolve`.
pub(in crate::lsp) struct ResolveSymbolRequest;

impl Request for ResolveSymbolRequest {
    const METHOD: &str = "workspaceSymbol/resolve";
    type Params = WorkspaceSymbol;
    type Answer = WorkspaceSymbol;

    fn answer(context: &RequestContext<'_>, params: Self::Params) -> Result<Self::Answer> {
        Ok(resolve(&context.view, params))
    }
}

/// More than anybody reads; the client asks again as the user types.
const LIMIT: usize = 256;

fn symbols(view: &NoteView<'_>, params: &WorkspaceSymbolParams) -> Vec<WorkspaceSymbol> {
    let found = workspace_symbols::workspace_symbols(&view.snapshot, &params.query, LIMIT);
    let symbol = |symbol: workspace_symbols::WorkspaceSymbol| {
        let at = symbol.location;
        // Of a list only one is chosen: its lines are counted then.
        let (location, data) = if view.state.session().lazy_symbols {
            let uri = view.state.files.url(view.snapshot.path(at.file)?)?;
            let bytes = json!({ "start": at.range.start, "end": at.range.end });
            (OneOf::Right(WorkspaceLocation { uri }), Some(bytes))
        } else {
            (OneOf::Left(view.location(at)?), None)
        };
        Some(WorkspaceSymbol {
            location,
            name: symbol.name,
            kind: kind(symbol.kind),
            tags: None,
            container_name: (!symbol.container.is_empty()).then_some(symbol.container),
            data,
        })
    };
    found.into_iter().filter_map(symbol).collect()
}

/// Adds the range, as the note's lines are now; of a note that is gone, or a symbol that was not ours, its beginning.
fn resolve(view: &NoteView<'_>, symbol: WorkspaceSymbol) -> WorkspaceSymbol {
    let OneOf::Right(WorkspaceLocation { uri }) = &symbol.location else { return symbol };
    let bytes = |name: &str| symbol.data.as_ref()?.get(name)?.as_u64()?.try_into().ok();
    let range = bytes("start").zip(bytes("end")).filter(|(start, end): &(u32, u32)| start <= end);
    let file = view.state.files.place(&UriKey::new(uri.as_str()));
    let file = view.snapshot.bibliography_at(&file.path).map_or(file.file, |(file, _)| file);
    let place = range.map(|(start, end)| FileRange { file, range: TextRange::new(start, end) });
    let location = place.and_then(|place| view.location(place));
    let location = location.unwrap_or_else(|| Location::new(uri.clone(), Range::default()));
    WorkspaceSymbol { location: OneOf::Left(location), ..symbol }
}

/// The protocol has kinds of code only; these give each of ours an icon of its own in the common editors.
fn kind(kind: WorkspaceSymbolKind) -> SymbolKind {
    match kind {
        WorkspaceSymbolKind::Source => SymbolKind::KEY,
        WorkspaceSymbolKind::Heading => SymbolKind::STRING,
        WorkspaceSymbolKind::Entity(kind) => to_proto::entity_kind(kind),
    }
}
