//! `workspace/executeCommand`: what no request of the protocol asks for. `docs/PROTOCOL.md` has every command's
//! arguments and result; a wrong argument is refused with what was expected.

use serde_json::{Value, json};
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::lsp_types::{ExecuteCommandParams, Position};

use super::request::{Request, RequestContext};
use super::{hierarchy, page_text};
use crate::features::{claim_table, dossier, nodes};
use crate::lsp::handlers::status;
use crate::lsp::state::events::Event;
use crate::lsp::state::pages::Page;
use crate::lsp::transport::UriKey;
use crate::lsp::view::note_view::NoteView;
use crate::lsp::view::texts::refused;
use crate::rules::registry::RULES;
use crate::rules::{Rule, docs};

/// `workspace/executeCommand`.
pub(in crate::lsp) struct ExecuteCommandRequest;

impl Request for ExecuteCommandRequest {
    const METHOD: &str = "workspace/executeCommand";
    type Params = ExecuteCommandParams;
    type Answer = Value;

    fn answer(context: &RequestContext<'_>, params: Self::Params) -> Result<Self::Answer> {
        execute(&context.view, &params)
    }
}

/// All commands, as the server announces them.
pub(in crate::lsp) const COMMANDS: &[&str] = &[
    "whosaid.dossier",
    "whosaid.claims",
    "whosaid.status",
    "whosaid.explain",
    "whosaid.reindex",
    "whosaid.openDossier",
    "whosaid.openClaims",
    "whosaid.openMentions",
    "whosaid.openRule",
];

fn execute(view: &NoteView<'_>, params: &ExecuteCommandParams) -> Result<Value> {
    let arguments = Arguments { command: &params.command, given: &params.arguments };
    match params.command.as_str() {
        "whosaid.dossier" => arguments.on_note(view, |note| dossier(note, arguments.position()?)),
        "whosaid.claims" => arguments.on_note(view, claims),
        "whosaid.status" => Ok(status::of(view)),
        "whosaid.explain" => arguments.rule().map(explain),
        "whosaid.openDossier" => open(view, arguments.node(view)?, |name, data| (name, Page::Dossier(data))),
        "whosaid.openMentions" => {
            open(view, arguments.node(view)?, |name, data| (format!("{name} - mentions"), Page::Mentions(data)))
        }
        "whosaid.openClaims" => arguments.on_note(view, |note| {
            let title = note.note.as_ref().map_or_else(String::new, |(_, note)| note.brief.title().to_owned());
            Ok(show(note, &format!("{title} - claims"), Page::Claims(UriKey::new(arguments.uri()?))))
        }),
        "whosaid.openRule" => {
            let rule = arguments.rule()?;
            Ok(show(view, rule.code, Page::Rule(rule.code)))
        }
        "whosaid.reindex" => {
            view.state.send(Event::Reindex);
            Ok(Value::Null)
        }
        other => Err(Error::invalid_params(format!("there is no command {other}; there are {}", COMMANDS.join(", ")))),
    }
}

/// The arguments that a command was given.
struct Arguments<'a> {
    command: &'a str,
    given: &'a [Value],
}

impl Arguments<'_> {
    fn first(&self) -> &Value {
        self.given.first().unwrap_or(&Value::Null)
    }

    fn uri(&self) -> Result<&str> {
        let uri = self.first().get("uri").or_else(|| self.first().get("textDocument")?.get("uri"));
        uri.and_then(Value::as_str).ok_or_else(|| self.wrong("an object with \"uri\""))
    }

    fn position(&self) -> Result<Position> {
        let position = self.first().get("position").cloned().unwrap_or_default();
        serde_json::from_value(position)
            .map_err(|_| self.wrong("an object with \"uri\" and \"position\" {\"line\", \"character\"}"))
    }

    /// The subject of a page, with its name: `of`, as a code lens has it, or what stands at a position. None if nothing does.
    fn node(&self, view: &NoteView<'_>) -> Result<Option<(String, Value)>> {
        let first = self.first();
        if let Some(of) = first.get("of") {
            let node = hierarchy::decoded(view, of)
                .ok_or_else(|| refused("that is not in these notes any more".to_owned()))?;
            let item = nodes::item(&view.snapshot, &node);
            return Ok(item.map(|item| (item.name, of.clone())));
        }
        self.uri()?;
        let position = self.position()?;
        let item = view.position(position).and_then(|at| nodes::at(&view.snapshot, at));
        Ok(item.and_then(|item| Some((item.name, hierarchy::encoded(view, &item.node)?))))
    }

    fn rule(&self) -> Result<&'static Rule> {
        let first = self.first();
        let wanted = first.as_str().or_else(|| first.get("rule")?.as_str());
        let wanted = wanted.ok_or_else(|| self.wrong("a rule's code or name"))?;
        let known = |rule: &&&Rule| rule.code.eq_ignore_ascii_case(wanted) || rule.name == wanted;
        RULES.iter().find(known).copied().ok_or_else(|| Error::invalid_params(format!("there is no rule {wanted}")))
    }

    fn wrong(&self, wanted: &str) -> Error {
        Error::invalid_params(format!("{} wants {wanted} as its argument", self.command))
    }

    /// Runs a command on the note that it names: as the client has it open, else as the disk has it.
    fn on_note(&self, view: &NoteView<'_>, run: impl FnOnce(&NoteView<'_>) -> Result<Value>) -> Result<Value> {
        let uri = self.uri()?;
        if view.note.is_some() {
            return run(view);
        }
        match NoteView::closed(view.state, &view.snapshot, &UriKey::new(uri)) {
            Some(closed) => run(&closed),
            None => Err(refused(format!("{uri} is neither open nor a note of this workspace"))),
        }
    }
}

fn dossier(view: &NoteView<'_>, position: Position) -> Result<Value> {
    let Some(position) = view.position(position) else { return Ok(Value::Null) };
    let Some(found) = dossier::dossier(&view.snapshot, position) else { return Ok(Value::Null) };
    Ok(json!({
        "title": found.title,
        "range": view.range(found.range),
        "markdown": found.card.markdown(&|place| view.link(place)),
    }))
}

fn claims(view: &NoteView<'_>) -> Result<Value> {
    let Some((file, note)) = &view.note else { return Ok(Value::Null) };
    let rows = claim_table::claim_table(&view.snapshot, *file);
    let shown = |row: &claim_table::ClaimRow| {
        json!({
            "range": view.range(row.range),
            "span": view.range(row.span),
            "kind": row.kind.as_str(),
            "text": row.text,
            "sourced": row.sourced,
            "sourceKind": row.source_kind.map(|kind| kind.as_str()),
            "speech": row.speech.map(|speech| speech.as_str()),
            "source": row.source,
            "sourceRange": row.source_range.map(|range| view.range(range)),
            "speaker": row.speaker,
            "reason": row.reason,
        })
    };
    Ok(json!({
        "title": note.brief.title(),
        "version": view.document.map(|document| document.version),
        "rows": rows.iter().map(shown).collect::<Vec<_>>(),
        "markdown": page_text::claim_page(view, &rows),
    }))
}

fn explain(rule: &Rule) -> Value {
    json!({
        "code": rule.code,
        "name": rule.name,
        "title": format!("{} {}", rule.code, rule.name),
        "markdown": docs::markdown(rule),
    })
}

/// Opens a page about somebody or something; null where nothing stands there.
fn open(
    view: &NoteView<'_>,
    about: Option<(String, Value)>,
    page: impl FnOnce(String, Value) -> (String, Page),
) -> Result<Value> {
    let Some((name, data)) = about else { return Ok(Value::Null) };
    let (title, page) = page(name, data);
    Ok(show(view, &title, page))
}

/// Publishes a page and asks the client to show it. A client that cannot gets the address, and is told what there is
/// where it can do nothing with that either.
fn show(view: &NoteView<'_>, title: &str, page: Page) -> Value {
    let session = view.state.session();
    let uri = if session.virtual_documents {
        view.state.pages.publish(title, page)
    } else {
        page_text::render(view, &page).and_then(|text| view.state.pages.write(title, &text))
    };
    let shown = uri.is_some() && session.shows_documents;
    if shown {
        let params = json!({ "uri": uri, "external": false, "takeFocus": true });
        view.state.outbox.request("window/showDocument", params, |_| {});
    } else if let Some(uri) = &uri {
        let message = format!("whosaid: {title}: {uri}");
        view.state.outbox.notify("window/showMessage", json!({ "type": 3, "message": message }));
    }
    json!({ "title": title, "uri": uri, "shown": shown })
}
