//! `textDocument/codeAction`: what can be mended here. Every action is an edit; no client-side command is needed.

use tower_lsp::lsp_types::{CodeAction, CodeActionKind, CodeActionOrCommand, CodeActionParams, CodeActionResponse};

use crate::features::FileRange;
use crate::features::code_actions::{self, Action, ActionKind};
use crate::lsp::convert::from_proto;
use crate::lsp::shared::View;
use crate::lsp::{diagnostics, edit};
use crate::rules::Finding;

/// The kind of [`fix_all`].
pub(in crate::lsp) const FIX_ALL: CodeActionKind = CodeActionKind::new("source.fixAll.whosaid");

pub(in crate::lsp) fn handle(view: &View<'_>, params: &CodeActionParams) -> Option<CodeActionResponse> {
    let (file, note) = view.note.as_ref()?;
    if !view.shared.session().code_action_literals || !view.is_judged() {
        return None;
    }
    let range = from_proto::range(&note.lines, params.range, view.encoding());
    let findings = diagnostics::findings(view);
    let only = params.context.only.as_deref().unwrap_or_default();
    if only.iter().any(|asked| asked.as_str().starts_with("source") && covers(asked, &FIX_ALL)) {
        return Some(fix_all(view, &findings).into_iter().map(CodeActionOrCommand::CodeAction).collect());
    }
    let actions = code_actions::code_actions(&view.snapshot, FileRange { file: *file, range }, &findings);
    let wanted = |action: &Action| {
        let kind = kind(action.kind);
        params.context.only.as_ref().is_none_or(|only| only.iter().any(|asked| covers(asked, &kind)))
    };
    let actions = actions.into_iter().filter(wanted).filter_map(|action| to_proto(view, action, &findings));
    Some(actions.map(CodeActionOrCommand::CodeAction).collect())
}

/// Everything that is safe to mend unseen, in one edit. Only for those who ask for it by name, as editors do on saving.
fn fix_all(view: &View<'_>, findings: &[Finding]) -> Option<CodeAction> {
    let edits = code_actions::safe_edits(findings);
    (!edits.is_empty()).then_some(())?;
    Some(CodeAction {
        title: "Mend everything that is safe to mend".to_owned(),
        kind: Some(FIX_ALL),
        edit: Some(edit::workspace_edit(view, &edits, &[])?),
        ..CodeAction::default()
    })
}

fn to_proto(view: &View<'_>, action: Action, findings: &[Finding]) -> Option<CodeAction> {
    let finding = action.finding.and_then(|index| findings.get(index));
    Some(CodeAction {
        title: action.title,
        kind: Some(kind(action.kind)),
        diagnostics: finding.and_then(|finding| diagnostics::diagnostic(view, finding)).map(|shown| vec![shown]),
        edit: Some(edit::workspace_edit(view, &action.edits, &action.files)?),
        is_preferred: action.preferred.then_some(true),
        ..CodeAction::default()
    })
}

fn kind(kind: ActionKind) -> CodeActionKind {
    match kind {
        ActionKind::QuickFix => CodeActionKind::QUICKFIX,
        ActionKind::Rewrite => CodeActionKind::REFACTOR_REWRITE,
        ActionKind::Name => CodeActionKind::new("refactor.rewrite.name"),
    }
}

/// Kinds form a tree: `refactor` asks for `refactor.rewrite` too, and the empty kind for everything.
fn covers(asked: &CodeActionKind, kind: &CodeActionKind) -> bool {
    let (asked, kind) = (asked.as_str(), kind.as_str());
    asked.is_empty() || kind.strip_prefix(asked).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}
