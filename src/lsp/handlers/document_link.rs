//! `textDocument/documentLink`: what can be followed by a click. Nothing is fetched.

use tower_lsp::lsp_types::{DocumentLink, DocumentLinkParams, Url};

use super::request::{NoteRequest, RequestContext, RequestedNote};
use crate::features::document_links::{self, Destination};
use crate::lsp::view::note_view::NoteView;
use crate::workspace::FileId;

/// `textDocument/documentLink`.
pub(in crate::lsp) struct DocumentLinkRequest;

impl NoteRequest for DocumentLinkRequest {
    const METHOD: &str = "textDocument/documentLink";
    type Params = DocumentLinkParams;
    type Answer = Vec<DocumentLink>;

    fn answer(context: &RequestContext<'_>, note: &RequestedNote<'_>, _: Self::Params) -> Option<Self::Answer> {
        Some(links(&context.view, note.file))
    }
}

fn links(view: &NoteView<'_>, file: FileId) -> Vec<DocumentLink> {
    let link = |link: document_links::DocumentLink| {
        let target = match link.to {
            Destination::Place(place) => Url::parse(&view.link(place)?).ok()?,
            Destination::File(path) => view.state.files.url(&path.as_str().into())?,
            Destination::Address(address) => Url::parse(&address).ok()?,
        };
        Some(DocumentLink {
            range: view.range(link.range),
            target: Some(target),
            tooltip: Some(link.tooltip).filter(|words| view.state.session().link_tooltips && !words.is_empty()),
            data: None,
        })
    };
    document_links::document_links(&view.snapshot, file).into_iter().filter_map(link).collect()
}
