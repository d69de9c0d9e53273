//! `textDocument/documentSymbol`: the outline.

use tower_lsp::lsp_types::{
    DocumentSymbol, DocumentSymbolParams, DocumentSymbolResponse, Location, SymbolInformation, SymbolKind, Url,
};

use super::request::{Request, RequestContext};
use crate::features::document_symbols::{self, Symbol};
use crate::lsp::view::note_view::NoteView;
use tower_lsp::jsonrpc::Result;

/// `textDocument/documentSymbol`.
pub(in crate::lsp) struct DocumentSymbolRequest;

impl Request for DocumentSymbolRequest {
    const METHOD: &str = "textDocument/documentSymbol";
    type Params = DocumentSymbolParams;
    type Answer = Option<DocumentSymbolResponse>;

    fn answer(context: &RequestContext<'_>, _: Self::Params) -> Result<Self::Answer> {
        Ok(symbols(&context.view))
    }
}

fn symbols(view: &NoteView<'_>) -> Option<DocumentSymbolResponse> {
    let file = view.file()?;
    let symbols = document_symbols::document_symbols(&view.snapshot, file);
    if view.state.session().nested_symbols {
        return Some(DocumentSymbolResponse::Nested(symbols.into_iter().map(|symbol| nested(view, symbol)).collect()));
    }
    let url = view.state.files.url(view.snapshot.path(file)?)?;
    let mut all = Vec::new();
    flatten(view, &url, None, symbols, &mut all);
    Some(DocumentSymbolResponse::Flat(all))
}

#[expect(deprecated, reason = "the types have no other way to build one")]
fn nested(view: &NoteView<'_>, symbol: Symbol) -> DocumentSymbol {
    let children: Vec<_> = symbol.children.into_iter().map(|child| nested(view, child)).collect();
    DocumentSymbol {
        name: symbol.name,
        detail: (!symbol.detail.is_empty()).then_some(symbol.detail),
        kind: kind(symbol.kind),
        tags: None,
        deprecated: None,
        range: view.range(symbol.range),
        selection_range: view.range(symbol.focus),
        children: (!children.is_empty()).then_some(children),
    }
}

#[expect(deprecated, reason = "the types have no other way to build one")]
fn flatten(
    view: &NoteView<'_>,
    url: &Url,
    container: Option<&str>,
    symbols: Vec<Symbol>,
    all: &mut Vec<SymbolInformation>,
) {
    for symbol in symbols {
        all.push(SymbolInformation {
            name: symbol.name.clone(),
            kind: kind(symbol.kind),
            tags: None,
            deprecated: None,
            location: Location::new(url.clone(), view.range(symbol.range)),
            container_name: container.map(str::to_owned),
        });
        flatten(view, url, Some(&symbol.name), symbol.children, all);
    }
}

/// The protocol has kinds of code only; these give each of ours an icon of its own in the common editors.
fn kind(kind: document_symbols::SymbolKind) -> SymbolKind {
    match kind {
        document_symbols::SymbolKind::Item => SymbolKind::MODULE,
        document_symbols::SymbolKind::Heading => SymbolKind::STRING,
        document_symbols::SymbolKind::Sourced => SymbolKind::PROPERTY,
        document_symbols::SymbolKind::Carried => SymbolKind::FIELD,
        document_symbols::SymbolKind::Unsourced => SymbolKind::EVENT,
        document_symbols::SymbolKind::Source => SymbolKind::KEY,
    }
}
