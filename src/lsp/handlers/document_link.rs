//! `textDocument/documentLink`: what can be followed by a click. Nothing is fetched.

use tower_lsp::lsp_types::{DocumentLink, Url};

use crate::features::document_links::{self, Destination};
use crate::lsp::state::server_state::View;

pub(in crate::lsp) fn handle(view: &View<'_>) -> Option<Vec<DocumentLink>> {
    let (file, _) = view.note.as_ref()?;
    let link = |link: document_links::DocumentLink| {
        let target = match link.to {
            Destination::Place(place) => Url::parse(&view.link(place)?).ok()?,
            Destination::File(path) => view.shared.files.url(&path.as_str().into())?,
            Destination::Address(address) => Url::parse(&address).ok()?,
        };
        Some(DocumentLink {
            range: view.range(link.range),
            target: Some(target),
            tooltip: Some(link.tooltip).filter(|words| view.shared.session().link_tooltips && !words.is_empty()),
            data: None,
        })
    };
    Some(document_links::document_links(&view.snapshot, *file).into_iter().filter_map(link).collect())
}
