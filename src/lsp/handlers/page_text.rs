//! The text of the server's own pages.

use serde_json::{Value, json};
use tower_lsp::jsonrpc::{Error, Result};

use super::hierarchy;
use super::request::{Request, RequestContext};
use crate::features::{claim_table, dossier, mentions};
use crate::lsp::state::pages::Page;
use crate::lsp::transport::UriKey;
use crate::lsp::view::note_view::NoteView;
use crate::lsp::view::texts::refused;
use crate::rules::docs;
use crate::rules::registry::RULES;
use crate::text::TextRange;

/// `workspace/textDocumentContent`.
pub(in crate::lsp) struct TextDocumentContentRequest;

impl Request for TextDocumentContentRequest {
    const METHOD: &str = "workspace/textDocumentContent";
    type Params = Value;
    type Answer = Value;

    fn answer(context: &RequestContext<'_>, params: Self::Params) -> Result<Self::Answer> {
        content(&context.view, &params)
    }
}

/// A page as Markdown; none where what it is about is gone.
pub(in crate::lsp) fn render(view: &NoteView<'_>, page: &Page) -> Option<String> {
    match page {
        Page::Dossier(data) => dossier_of(view, data),
        Page::Mentions(data) => mentions_of(view, data),
        Page::Claims(key) => claims_of(view, key),
        Page::Rule(code) => RULES.iter().find(|rule| rule.code == *code).map(|rule| docs::markdown(rule)),
    }
}

/// The text of a page of ours, for a client that shows it.
fn content(view: &NoteView<'_>, params: &Value) -> Result<Value> {
    let uri = params.get("uri").and_then(Value::as_str);
    let uri = uri.ok_or_else(|| Error::invalid_params("workspace/textDocumentContent wants \"uri\""))?;
    match view.state.pages.published(uri).and_then(|page| render(view, &page)) {
        Some(text) => Ok(json!({ "text": text })),
        None => Err(refused(format!("there is no page {uri}"))),
    }
}

fn dossier_of(view: &NoteView<'_>, data: &Value) -> Option<String> {
    let node = hierarchy::decoded(view, data)?;
    let found = dossier::of_node(&view.snapshot, &node)?;
    Some(format!("{}\n", found.card.markdown(&|place| view.link(place))))
}

fn mentions_of(view: &NoteView<'_>, data: &Value) -> Option<String> {
    let node = hierarchy::decoded(view, data)?;
    let line = |place| view.location(place).map_or(0, |location| location.range.start.line + 1);
    let words = |place: crate::features::FileRange| mentions::line_around(&view.text(place.file)?, place.range);
    mentions::page(&view.snapshot, &node, &line, &|place| view.link(place), &words)
}

fn claims_of(view: &NoteView<'_>, key: &UriKey) -> Option<String> {
    let open = view.state.documents.newest(key);
    let with = match &open {
        Some(document) => NoteView::new(view.state, view.snapshot.clone(), Some(document)),
        None => NoteView::closed(view.state, &view.snapshot, key)?,
    };
    Some(claim_page(&with, &claim_table::claim_table(&with.snapshot, with.note.as_ref()?.0)))
}

/// The claims of the view's note as a page.
pub(in crate::lsp) fn claim_page(view: &NoteView<'_>, rows: &[claim_table::ClaimRow]) -> String {
    let Some((file, note)) = &view.note else { return String::new() };
    let line = |at: u32| view.range(TextRange::empty(at)).start.line + 1;
    let link = |range: TextRange| view.link(crate::features::FileRange { file: *file, range });
    claim_table::markdown(note.brief.title(), rows, &line, &link)
}
