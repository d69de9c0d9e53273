//! The findings of one note as diagnostics: the same for pushing and for pulling.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use serde_json::{Value, json};
use tower_lsp::lsp_types::{
    CodeDescription, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag, NumberOrString,
};

use crate::config::Level;
use crate::features::{FileRange, card};
use crate::lsp::convert::to_proto;
use crate::lsp::state::documents::Document;
use crate::lsp::state::server_state::View;
use crate::lsp::state::session::Session;
use crate::rules::{self, CheckOptions, Finding};
use crate::text::TextRange;
use crate::workspace::NoteEntry;
use crate::workspace::unread::Refusal;

/// What is wrong with the view's document.
#[must_use]
pub(in crate::lsp) fn of(view: &View<'_>) -> Vec<Diagnostic> {
    if let Some(large) = too_large(view) {
        return vec![large];
    }
    let shown: Vec<_> = findings(view).iter().filter_map(|finding| diagnostic(view, finding)).collect();
    if let Some((file, _)) = &view.note {
        view.shared.found.insert(*file, crate::lsp::handlers::status::count(&shown));
    }
    shown
}

/// That the view's document is longer than what is checked.
fn too_large(view: &View<'_>) -> Option<Diagnostic> {
    let document = view.document.filter(|_| view.is_judged())?;
    let limit = view.snapshot.config_at(&document.place.path).largest_file;
    document.is_too_large(limit).then(|| Diagnostic {
        severity: Some(DiagnosticSeverity::INFORMATION),
        source: Some("whosaid".to_owned()),
        message: format!("This note is {}.", Refusal::TooLarge { size: document.length(), limit }.message_of_note()),
        ..Diagnostic::default()
    })
}

/// What the rules found in an open document, and in what state of it and of the workspace.
#[derive(Debug)]
pub(in crate::lsp) struct Judged {
    note: Arc<NoteEntry>,
    revision: u64,
    options: CheckOptions,
    found: Arc<Vec<Finding>>,
}

/// What the rules find in the view's document, less the sentence that is being typed. Hovers, actions and checks of one
/// version ask for the same.
#[must_use]
pub(in crate::lsp) fn findings(view: &View<'_>) -> Arc<Vec<Finding>> {
    let Some((file, note)) = view.note.as_ref().filter(|_| view.is_judged()) else { return Arc::default() };
    let options = options(view);
    let revision = view.snapshot.revision();
    let same =
        |known: &Judged| Arc::ptr_eq(&known.note, note) && (known.revision, known.options) == (revision, options);
    if let Some(known) = view.shared.judged.get(file).filter(|known| same(known)) {
        return known.found.clone();
    }
    let found = Arc::new(rules::check(&view.snapshot, *file, options));
    if view.document.is_some_and(|document| view.shared.documents.is_newest(document)) {
        view.shared.judged.insert(*file, Judged { note: note.clone(), revision, options, found: found.clone() });
    }
    found
}

/// What the view's document is checked with.
#[must_use]
pub(in crate::lsp) fn options(view: &View<'_>) -> CheckOptions {
    let unfinished = view.document.and_then(|document| unfinished(view, document));
    let today = jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date();
    CheckOptions { unfinished, today: Some(today), ..CheckOptions::default() }
}

/// Drafting courtesy, without a clock: the sentence edited last, while it lacks its final punctuation and is not saved.
fn unfinished(view: &View<'_>, document: &Document) -> Option<TextRange> {
    let caret = u32::try_from(document.caret.filter(|_| !document.saved.load(Ordering::Relaxed))?).ok()?;
    let (_, note) = view.note.as_ref()?;
    // Behind a space that was just typed the caret still belongs to the sentence before.
    let text = note.text.as_deref()?;
    let typed = text.get(..caret as usize)?.trim_end_matches([' ', '\t']).len() as u32;
    let shape = &note.facts.note;
    let sentence = &shape.sentences[shape.sentence_at(typed)?];
    let ended = sentence.range.of(text).trim_end_matches(|c: char| c.is_whitespace() || "\"'”’»)]*_".contains(c));
    (!ended.ends_with(['.', '!', '?', '…', ':', ';'])).then_some(sentence.range)
}

/// One finding as a diagnostic; none if it is not to be shown.
pub(in crate::lsp) fn diagnostic(view: &View<'_>, finding: &Finding) -> Option<Diagnostic> {
    let session = view.shared.session();
    if finding.level == Level::Hint && !view.shared.hints.load(Ordering::Relaxed) {
        return None;
    }
    let related = finding.related.iter().filter_map(|related| {
        let location = view.location(FileRange { file: related.file, range: related.range })?;
        Some(DiagnosticRelatedInformation { location, message: related.message.clone() })
    });
    let related: Vec<_> = if session.related_information { related.collect() } else { Vec::new() };
    Some(Diagnostic {
        range: view.range(finding.range),
        severity: Some(to_proto::severity(finding.level)?),
        code: Some(NumberOrString::String(finding.rule.code.to_owned())),
        code_description: session
            .code_description
            .then(|| view.shared.pages.rule(finding.rule))
            .flatten()
            .map(|href| CodeDescription { href }),
        source: Some("whosaid".to_owned()),
        message: finding.message.clone(),
        related_information: (!related.is_empty()).then_some(related),
        tags: tag(finding.rule.code).filter(|_| session.diagnostic_tags).map(|tag| vec![tag]),
        data: Some(json!({ "rule": finding.rule.name })),
    })
}

/// Turns the messages of a report into Markdown, for clients that take that (protocol 3.18). The types of the protocol
/// hold text only.
pub(in crate::lsp) fn mark_up(view_of: &Session, report: &mut Value) {
    if !view_of.markdown_messages {
        return;
    }
    match report {
        Value::Object(members) => {
            let is_diagnostic = members.contains_key("severity") && members.contains_key("range");
            match members.get_mut("message").filter(|_| is_diagnostic) {
                Some(message) => {
                    let words = message.as_str().unwrap_or_default();
                    *message = json!({ "kind": "markdown", "value": card::escaped(words) });
                }
                None => members.values_mut().for_each(|member| mark_up(view_of, member)),
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| mark_up(view_of, item)),
        _ => {}
    }
}

/// How editors are to draw what a rule finds: struck through, or faded.
fn tag(code: &str) -> Option<DiagnosticTag> {
    match code {
        "N710" => Some(DiagnosticTag::DEPRECATED),
        "C303" => Some(DiagnosticTag::UNNECESSARY),
        _ => None,
    }
}
