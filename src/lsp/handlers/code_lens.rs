//! `textDocument/codeLens` and `codeLens/resolve`: how well a section is sourced, how often an entity is named.
//!
//! A lens opens a page of the server's by a command of the server's, so it works wherever the client can show a
//! document on request; elsewhere it only says what it says.

use std::sync::atomic::Ordering;

use serde_json::{Value, json};
use tower_lsp::lsp_types::{CodeLens, Command};

use super::hierarchy;
use crate::features::code_lens::{self, Lens, LensKind};
use crate::features::mentions;
use crate::lsp::state::server_state::View;

pub(in crate::lsp) fn handle(view: &View<'_>) -> Option<Vec<CodeLens>> {
    if !view.shared.lenses.load(Ordering::Relaxed) {
        return Some(Vec::new());
    }
    let (file, note) = view.note.as_ref()?;
    let uri = view.shared.files.url(&note.path)?;
    let lens = |lens: Lens| match lens.kind {
        LensKind::Claims { claims, unsourced } => {
            let title = code_lens::claims_title(claims, unsourced);
            let command = command(view, title, "whosaid.openClaims", json!({ "uri": uri }));
            Some(CodeLens { range: view.range(lens.range), command: Some(command), data: None })
        }
        LensKind::Mentions(node) => {
            let data = json!({ "uri": uri, "of": hierarchy::encoded(view, &node)? });
            let unresolved = CodeLens { range: view.range(lens.range), command: None, data: Some(data) };
            // Counting all notes is for when the lens is seen.
            Some(if view.shared.session().resolves_lenses { unresolved } else { resolve(view, unresolved) })
        }
    };
    Some(code_lens::code_lenses(&view.snapshot, *file).into_iter().filter_map(lens).collect())
}

/// Completes a lens; one that is complete, or whose entity is gone, stays as it is.
pub(in crate::lsp) fn resolve(view: &View<'_>, lens: CodeLens) -> CodeLens {
    let of = lens.data.as_ref().and_then(|data| data.get("of")).filter(|_| lens.command.is_none());
    let Some((of, node)) = of.and_then(|of| Some((of.clone(), hierarchy::decoded(view, of)?))) else { return lens };
    let title = mentions::counted(&mentions::mentions(&view.snapshot, &node), &node);
    CodeLens { command: Some(command(view, title, "whosaid.openMentions", json!({ "of": of }))), ..lens }
}

fn command(view: &View<'_>, title: String, name: &str, argument: Value) -> Command {
    // Without a name a command is a title, in all clients.
    let name = if view.shared.session().shows_documents { name } else { "" };
    let arguments = (!name.is_empty()).then(|| vec![argument]);
    Command { title, command: name.to_owned(), arguments }
}
