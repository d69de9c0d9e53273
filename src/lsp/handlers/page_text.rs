//! The text of the server's own pages.

use serde_json::{Value, json};
use tower_lsp::jsonrpc::{Error, Result};

use super::execute_command::failed;
use super::hierarchy;
use crate::features::{claim_table, dossier, mentions};
use crate::lsp::state::pages::Page;
use crate::lsp::state::server_state::View;
use crate::lsp::transport::UriKey;
use crate::rules::docs;
use crate::rules::registry::RULES;
use crate::text::TextRange;

/// A page as Markdown; none where what it is about is gone.
pub(in crate::lsp) fn render(view: &View<'_>, page: &Page) -> Option<String> {
    match page {
        Page::Dossier(data) => dossier_of(view, data),
        Page::Mentions(data) => mentions_of(view, data),
        Page::Claims(key) => claims_of(view, key),
        Page::Rule(code) => RULES.iter().find(|rule| rule.code == *code).map(|rule| docs::markdown(rule)),
    }
}

/// The text of a page of ours, for a client that shows it.
pub(in crate::lsp) fn content(view: &View<'_>, params: &Value) -> Result<Value> {
    let uri = params.get("uri").and_then(Value::as_str);
    let uri = uri.ok_or_else(|| Error::invalid_params("workspace/textDocumentContent wants \"uri\""))?;
    match view.shared.pages.text(view, uri) {
        Some(text) => Ok(json!({ "text": text })),
        None => Err(failed(format!("there is no page {uri}"))),
    }
}

fn dossier_of(view: &View<'_>, data: &Value) -> Option<String> {
    let node = hierarchy::decoded(view, data)?;
    let found = dossier::of_node(&view.snapshot, &node)?;
    Some(format!("{}\n", found.card.markdown(&|place| view.link(place))))
}

fn mentions_of(view: &View<'_>, data: &Value) -> Option<String> {
    let node = hierarchy::decoded(view, data)?;
    let line = |place| view.location(place).map_or(0, |location| location.range.start.line + 1);
    let words = |place: crate::features::FileRange| mentions::line_around(&view.text(place.file)?, place.range);
    mentions::page(&view.snapshot, &node, &line, &|place| view.link(place), &words)
}

fn claims_of(view: &View<'_>, key: &UriKey) -> Option<String> {
    let open = view.shared.documents.newest(key);
    let with = match &open {
        Some(document) => View::new(view.shared, view.snapshot.clone(), Some(document)),
        None => View::closed(view.shared, &view.snapshot, key)?,
    };
    Some(claim_page(&with, &claim_table::claim_table(&with.snapshot, with.note.as_ref()?.0)))
}

/// The claims of the view's note as a page.
pub(in crate::lsp) fn claim_page(view: &View<'_>, rows: &[claim_table::ClaimRow]) -> String {
    let Some((file, note)) = &view.note else { return String::new() };
    let line = |at: u32| view.range(TextRange::empty(at)).start.line + 1;
    let link = |range: TextRange| view.link(crate::features::FileRange { file: *file, range });
    claim_table::markdown(note.brief.title(), rows, &line, &link)
}
