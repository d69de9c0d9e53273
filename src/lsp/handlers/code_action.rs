//! `textDocument/codeAction` and `codeAction/resolve`: what can be mended here. Every action is an edit; no client-side
//! command is needed.
//!
//! A client that completes actions gets the edit of the one that is chosen; one that can fill in places (protocol 3.18)
//! gets the caret where it has to go on writing.

use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::lsp_types::{CodeAction, CodeActionKind, CodeActionParams, Diagnostic, Range};

use super::request::{Request, RequestContext};
use crate::features::FileRange;
use crate::features::code_actions::names;
use crate::features::code_actions::trial::Trial;
use crate::features::code_actions::{self, Action, ActionKind};
use crate::lsp::convert::from_proto;
use crate::lsp::state::documents::Document;
use crate::lsp::view::note_view::NoteView;
use crate::lsp::view::{diagnostics, names_file, texts, workspace_edit};
use crate::rules::Finding;

/// `textDocument/codeAction`.
pub(in crate::lsp) struct CodeActionRequest;

impl Request for CodeActionRequest {
    const METHOD: &str = "textDocument/codeAction";
    type Params = CodeActionParams;
    type Answer = Option<Vec<Value>>;

    fn answer(context: &RequestContext<'_>, params: Self::Params) -> Result<Self::Answer> {
        Ok(actions(context, &params))
    }
}

/// `codeAction/resolve`.
pub(in crate::lsp) struct ResolveCodeActionRequest;

impl Request for ResolveCodeActionRequest {
    const METHOD: &str = "codeAction/resolve";
    type Params = Value;
    type Answer = Value;

    fn answer(context: &RequestContext<'_>, params: Self::Params) -> Result<Self::Answer> {
        resolve(context, params)
    }
}

/// The kind of [`fix_all`].
pub(in crate::lsp) const FIX_ALL: CodeActionKind = CodeActionKind::new("source.fixAll.whosaid");

fn actions(context: &RequestContext<'_>, params: &CodeActionParams) -> Option<Vec<Value>> {
    if !context.view.state.session().code_action_literals {
        return None;
    }
    let view = &texts::as_open(&context.view);
    let found = found(view, &context.cancelled, params.range, params.context.only.as_deref(), &|_| true)?;
    // Which document, which of its versions and where: enough to find the action again.
    let lazily = view.document.filter(|_| view.state.session().lazy_edits);
    let data = lazily.map(|document| {
        json!({
            "uri": params.text_document.uri,
            "revision": document.revision,
            "range": params.range,
            "only": params.context.only,
        })
    });
    Some(found.into_iter().filter_map(|one| one.shown(view, data.as_ref())).collect())
}

/// The action with its edit.
///
/// # Errors
/// Where the document has changed since, or what was known for it: the client asks for actions anew.
fn resolve(context: &RequestContext<'_>, action: Value) -> Result<Value> {
    let Some(data) = action.get("data").filter(|_| action.get("edit").is_none()) else { return Ok(action) };
    let view = &texts::as_open(&context.view);
    let complete = || {
        (data.get("revision")?.as_u64()? == view.document?.revision).then_some(())?;
        let range: Range = serde_json::from_value(data.get("range")?.clone()).ok()?;
        // Some clients drop what is null.
        let only = data.get("only").cloned().unwrap_or_default();
        let only: Option<Vec<CodeActionKind>> = serde_json::from_value(only).ok()?;
        // Only this one is tried again.
        let same = |one: &Action| is(&action, "title", &one.title) && is(&action, "kind", kind_of(one).as_str());
        let mut shown =
            found(view, &context.cancelled, range, only.as_deref(), &same)?.into_iter().next()?.shown(view, None)?;
        // What is a finding's first choice is said of all its actions.
        match action.get("isPreferred") {
            Some(preferred) => drop(shown.as_object_mut()?.insert("isPreferred".to_owned(), preferred.clone())),
            None => drop(shown.as_object_mut()?.remove("isPreferred")),
        }
        Some(shown)
    };
    complete().ok_or_else(Error::content_modified)
}

/// An action that is offered, and the finding that it mends.
struct Offered {
    action: Action,
    finding: Option<Finding>,
}

impl Offered {
    /// As the client gets it: with its edit, or with what its edit can be found by.
    fn shown(self, view: &NoteView<'_>, lazily: Option<&Value>) -> Option<Value> {
        let Self { action, finding } = self;
        let shown = CodeAction {
            title: action.title.clone(),
            kind: Some(kind_of(&action)),
            diagnostics: finding.and_then(|finding| diagnostic(view, &finding)).map(|shown| vec![shown]),
            is_preferred: action.preferred.then_some(true),
            data: lazily.cloned(),
            ..CodeAction::default()
        };
        let mut shown = json!(shown);
        if let Some(mended) = shown.get_mut("diagnostics") {
            diagnostics::mark_up(view.state.session(), mended);
        }
        if lazily.is_none() {
            shown.as_object_mut()?.insert("edit".to_owned(), workspace_edit::with_blank(view, &action)?);
        }
        Some(shown)
    }
}

/// The finding of the view's note as the diagnostic that the client has of it.
fn diagnostic(view: &NoteView<'_>, finding: &Finding) -> Option<Diagnostic> {
    let (_, note) = view.note.as_ref()?;
    diagnostics::diagnostic(view.state, &view.snapshot, &note.lines, finding)
}

/// Everything that can be done at a range, of the kinds that are asked for and as far as it is `chosen`.
fn found(
    view: &NoteView<'_>,
    cancelled: &CancellationToken,
    range: Range,
    only: Option<&[CodeActionKind]>,
    chosen: &dyn Fn(&Action) -> bool,
) -> Option<Vec<Offered>> {
    let (file, note) = view.note.as_ref().filter(|_| view.is_checked())?;
    let text = note.text.as_deref()?;
    let range = from_proto::range(&note.lines, range, view.encoding());
    let findings = diagnostics::findings(view);
    let is_wanted = || !cancelled.is_cancelled();
    let memo = view.document.map(Document::memo).unwrap_or_default();
    let trial = Trial::new(&view.snapshot, *file, diagnostics::options(view))?;
    let trial = trial.remembering(memo).while_wanted(&is_wanted);
    if only.is_some_and(|only| only.iter().any(|asked| asked.as_str().starts_with("source") && covers(asked, &FIX_ALL)))
    {
        return Some(fix_all(&trial, &findings).into_iter().map(|action| Offered { action, finding: None }).collect());
    }
    let is_of_kind = |action: &Action| only.is_none_or(|only| only.iter().any(|kind| covers(kind, &kind_of(action))));
    let wanted = |action: &Action| is_of_kind(action) && chosen(action);
    let mut actions = code_actions::code_actions(&trial, range, &findings, &wanted);
    let here = FileRange { file: *file, range };
    let of_names = names::name_actions(&view.snapshot, note, text, here, names_file::of(view).as_ref());
    actions.extend(of_names.into_iter().filter(wanted));
    // What is to be made may be there already, in the editor or where no notes are looked for.
    let possible = |action: &Action| action.files.iter().all(|file| workspace_edit::place(view, file).is_some());
    let offered = actions.into_iter().filter(possible).map(|action| {
        let finding = action.finding.and_then(|index| findings.get(index)).cloned();
        Offered { action, finding }
    });
    Some(offered.collect())
}

/// Everything that is safe to mend unseen, in one edit. Only for those who ask for it by name, as editors do on saving.
fn fix_all(trial: &Trial<'_>, findings: &[Finding]) -> Option<Action> {
    let edits = code_actions::safe_edits(trial, findings);
    (!edits.is_empty()).then(|| Action::new("Mend everything that is safe to mend", ActionKind::FixAll, edits))
}

/// True if a member of a JSON object is this text.
fn is(object: &Value, member: &str, text: &str) -> bool {
    object.get(member).and_then(Value::as_str) == Some(text)
}

fn kind_of(action: &Action) -> CodeActionKind {
    match action.kind {
        ActionKind::QuickFix => CodeActionKind::QUICKFIX,
        ActionKind::Rewrite => CodeActionKind::REFACTOR_REWRITE,
        ActionKind::Name => CodeActionKind::new("refactor.rewrite.name"),
        ActionKind::FixAll => FIX_ALL,
    }
}

/// Kinds form a tree: `refactor` asks for `refactor.rewrite` too, and the empty kind for everything.
fn covers(asked: &CodeActionKind, kind: &CodeActionKind) -> bool {
    let (asked, kind) = (asked.as_str(), kind.as_str());
    asked.is_empty() || kind.strip_prefix(asked).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}
