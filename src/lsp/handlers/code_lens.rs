//! `textDocument/codeLens` and `codeLens/resolve`: how well a section is sourced, how often an entity is named.
//!
//! A lens opens a page of the server's by a command of the server's, so it works wherever the client can show a
//! document on request; elsewhere it only says what it says.

use serde_json::{Value, json};
use tower_lsp::lsp_types::{CodeLens, CodeLensParams, Command};

use super::hierarchy;
use super::request::{IndexNeed, Request, RequestContext};
use crate::features::code_lens::{self, Lens, LensKind};
use crate::features::mentions;
use crate::lsp::view::note_view::NoteView;
use tower_lsp::jsonrpc::Result;

/// `textDocument/codeLens`.
pub(in crate::lsp) struct CodeLensRequest;

impl Request for CodeLensRequest {
    const METHOD: &str = "textDocument/codeLens";
    const INDEX: IndexNeed = IndexNeed::Warm;
    type Params = CodeLensParams;
    type Answer = Option<Vec<CodeLens>>;

    fn answer(context: &RequestContext<'_>, _: Self::Params) -> Result<Self::Answer> {
        Ok(lenses(&context.view))
    }
}

/// `codeLens/resolve`.
pub(in crate::lsp) struct ResolveCodeLensRequest;

impl Request for ResolveCodeLensRequest {
    const METHOD: &str = "codeLens/resolve";
    type Params = CodeLens;
    type Answer = CodeLens;

    fn answer(context: &RequestContext<'_>, params: Self::Params) -> Result<Self::Answer> {
        Ok(resolve(&context.view, params))
    }
}

fn lenses(view: &NoteView<'_>) -> Option<Vec<CodeLens>> {
    if !view.state.settings.code_lenses() {
        return Some(Vec::new());
    }
    let (file, note) = view.note.as_ref()?;
    let uri = view.state.files.url(&note.path)?;
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
            Some(if view.state.session().resolves_lenses { unresolved } else { resolve(view, unresolved) })
        }
    };
    Some(code_lens::code_lenses(&view.snapshot, *file).into_iter().filter_map(lens).collect())
}

/// Completes a lens; one that is complete, or whose entity is gone, stays as it is.
fn resolve(view: &NoteView<'_>, lens: CodeLens) -> CodeLens {
    let of = lens.data.as_ref().and_then(|data| data.get("of")).filter(|_| lens.command.is_none());
    let Some((of, node)) = of.and_then(|of| Some((of.clone(), hierarchy::decoded(view, of)?))) else { return lens };
    let title = mentions::counted(&mentions::mentions(&view.snapshot, &node), &node);
    CodeLens { command: Some(command(view, title, "whosaid.openMentions", json!({ "of": of }))), ..lens }
}

fn command(view: &NoteView<'_>, title: String, name: &str, argument: Value) -> Command {
    // Without a name a command is a title, in all clients.
    let name = if view.state.session().shows_documents { name } else { "" };
    let arguments = (!name.is_empty()).then(|| vec![argument]);
    Command { title, command: name.to_owned(), arguments }
}
