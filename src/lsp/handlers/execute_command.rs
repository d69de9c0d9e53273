//! `workspace/executeCommand`: what no request of the protocol asks for. `docs/PROTOCOL.md` has every command's
//! arguments and result; a wrong argument is refused with what was expected.

use serde_json::{Value, json};
use tower_lsp::jsonrpc::{Error, ErrorCode, Result};
use tower_lsp::lsp_types::{ExecuteCommandParams, Position};

use crate::features::{FileRange, claim_table, dossier};
use crate::lsp::shared::View;
use crate::lsp::status;
use crate::lsp::transport::UriKey;
use crate::lsp::writer::Event;
use crate::rules::docs;
use crate::rules::registry::RULES;
use crate::text::TextRange;

/// All commands, as the server announces them.
pub(in crate::lsp) const COMMANDS: &[&str] =
    &["whosaid.dossier", "whosaid.claims", "whosaid.status", "whosaid.explain", "whosaid.reindex"];

pub(in crate::lsp) fn handle(view: &View<'_>, params: &ExecuteCommandParams) -> Result<Value> {
    let arguments = Arguments { command: &params.command, given: &params.arguments };
    match params.command.as_str() {
        "whosaid.dossier" => arguments.on_note(view, |note| dossier(note, arguments.position()?)),
        "whosaid.claims" => arguments.on_note(view, claims),
        "whosaid.status" => Ok(status::of(view)),
        "whosaid.explain" => explain(&arguments),
        "whosaid.reindex" => {
            view.shared.tell(Event::Reindex);
            Ok(Value::Null)
        }
        other => Err(Error::invalid_params(format!("there is no command {other}; there are {}", COMMANDS.join(", ")))),
    }
}

/// What a command was given.
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

    fn wrong(&self, wanted: &str) -> Error {
        Error::invalid_params(format!("{} wants {wanted} as its argument", self.command))
    }

    /// Runs a command on the note that it names: as the client has it open, else as the disk has it.
    fn on_note(&self, view: &View<'_>, run: impl FnOnce(&View<'_>) -> Result<Value>) -> Result<Value> {
        let uri = self.uri()?;
        if view.note.is_some() {
            return run(view);
        }
        match View::closed(view.shared, &view.snapshot, &UriKey::new(uri)) {
            Some(closed) => run(&closed),
            None => Err(failed(format!("{uri} is neither open nor a note of this workspace"))),
        }
    }
}

/// The request was sound, but cannot be answered.
pub(in crate::lsp) fn failed(message: String) -> Error {
    Error { code: ErrorCode::ServerError(-32803), message: message.into(), data: None }
}

fn dossier(view: &View<'_>, position: Position) -> Result<Value> {
    let Some(position) = view.position(position) else { return Ok(Value::Null) };
    let Some(found) = dossier::dossier(&view.snapshot, position) else { return Ok(Value::Null) };
    Ok(json!({
        "title": found.title,
        "range": view.range(found.range),
        "markdown": found.card.markdown(&|place| view.link(place)),
    }))
}

fn claims(view: &View<'_>) -> Result<Value> {
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
            "source": row.source,
            "sourceRange": row.source_range.map(|range| view.range(range)),
            "speaker": row.speaker,
            "reason": row.reason,
        })
    };
    Ok(json!({
        "title": note.summary.title,
        "version": view.document.map(|document| document.version),
        "rows": rows.iter().map(shown).collect::<Vec<_>>(),
        "markdown": table(view, &rows),
    }))
}

fn table(view: &View<'_>, rows: &[claim_table::ClaimRow]) -> String {
    let Some((file, note)) = &view.note else { return String::new() };
    let line = |at: u32| view.range(TextRange::empty(at)).start.line + 1;
    let link = |range: TextRange| view.link(FileRange { file: *file, range });
    claim_table::markdown(&note.summary.title, rows, &line, &link)
}

fn explain(arguments: &Arguments<'_>) -> Result<Value> {
    let first = arguments.first();
    let wanted = first.as_str().or_else(|| first.get("rule")?.as_str());
    let wanted = wanted.ok_or_else(|| arguments.wrong("a rule's code or name"))?;
    let known = |code: &str, name: &str| code.eq_ignore_ascii_case(wanted) || name == wanted;
    match RULES.iter().find(|rule| known(rule.code, rule.name)) {
        Some(rule) => Ok(json!({
            "code": rule.code,
            "name": rule.name,
            "title": format!("{} {}", rule.code, rule.name),
            "markdown": docs::markdown(rule),
        })),
        None => Err(Error::invalid_params(format!("there is no rule {wanted}"))),
    }
}
