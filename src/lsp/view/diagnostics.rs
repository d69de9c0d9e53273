//! The findings of one note as diagnostics: the same for pushing and for pulling.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use jiff::civil::Date;
use serde_json::{Value, json};
use tower_lsp::lsp_types::{
    CodeDescription, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag, NumberOrString,
};

use crate::config::Level;
use crate::features::FileRange;
use crate::features::hover::card;
use crate::lsp::convert::to_proto;
use crate::lsp::state::counts::Counts;
use crate::lsp::state::documents::Document;
use crate::lsp::state::server_state::ServerState;
use crate::lsp::state::session::Session;
use crate::lsp::view::note_view::{NoteView, location};
use crate::rules::{self, CheckOptions, Finding, Tag};
use crate::text::{LineIndex, TextRange};
use crate::workspace::Snapshot;
use crate::workspace::unread::Refusal;

/// The diagnostics of the view's document.
#[must_use]
pub(in crate::lsp) fn of(view: &NoteView<'_>) -> Vec<Diagnostic> {
    if let Some(large) = too_large(view) {
        return vec![large];
    }
    let Some((file, note)) = &view.note else { return Vec::new() };
    let shown = |finding| diagnostic(view.state, &view.snapshot, &note.lines, finding);
    let shown: Vec<_> = findings(view).iter().filter_map(shown).collect();
    view.state.counts.insert(*file, Counts::of(&shown));
    shown
}

/// That the view's document is longer than what is checked.
fn too_large(view: &NoteView<'_>) -> Option<Diagnostic> {
    let document = view.document.filter(|_| view.is_checked())?;
    let limit = view.snapshot.config_at(&document.place.path).largest_file;
    document.is_too_large(limit).then(|| Diagnostic {
        severity: Some(DiagnosticSeverity::INFORMATION),
        source: Some("whosaid".to_owned()),
        message: format!("This note is {}.", Refusal::TooLarge { size: document.length(), limit }.message_of_note()),
        ..Diagnostic::default()
    })
}

/// The findings of the rules in the view's document, less the sentence that is being typed. Hovers, actions and checks of one
/// version ask for the same.
#[must_use]
pub(in crate::lsp) fn findings(view: &NoteView<'_>) -> Arc<Vec<Finding>> {
    let Some((file, note)) = view.note.as_ref().filter(|_| view.is_checked()) else { return Arc::default() };
    let options = options(view);
    let revision = view.snapshot.revision();
    if let Some(known) = view.state.findings.get(*file, note, revision, options) {
        return known;
    }
    let found = Arc::new(rules::check(&view.snapshot, *file, options));
    if view.document.is_some_and(|document| view.state.documents.is_newest(document)) {
        view.state.findings.put(*file, note.clone(), revision, options, found.clone());
    }
    found
}

/// The options with which the view's document is checked.
#[must_use]
pub(in crate::lsp) fn options(view: &NoteView<'_>) -> CheckOptions {
    let unfinished = view.document.and_then(|document| unfinished(view, document));
    CheckOptions { unfinished, today: Some(today()), ..CheckOptions::default() }
}

/// Drafting courtesy, without a clock: the sentence edited last, while it lacks its final punctuation and is not saved.
fn unfinished(view: &NoteView<'_>, document: &Document) -> Option<TextRange> {
    let caret = u32::try_from(document.caret.filter(|_| !document.saved.load(Ordering::Relaxed))?).ok()?;
    let (_, note) = view.note.as_ref()?;
    // Behind a space that was just typed the caret still belongs to the sentence before.
    let text = note.text.as_deref()?;
    let typed = text.get(..caret as usize)?.trim_end_matches([' ', '\t']).len() as u32;
    let shape = &note.facts.note;
    let sentence = shape.sentences.get(shape.sentence_at(typed)?)?;
    let ended = sentence.range.of(text).trim_end_matches(|c: char| c.is_whitespace() || "\"'”’»)]*_".contains(c));
    (!ended.ends_with(['.', '!', '?', '…', ':', ';'])).then_some(sentence.range)
}

/// One finding as a diagnostic, in a note or in any other file; none if it is not to be shown. `lines` are those of the
/// file in which it was found.
#[must_use]
pub(in crate::lsp) fn diagnostic(
    state: &ServerState,
    snapshot: &Snapshot,
    lines: &LineIndex,
    finding: &Finding,
) -> Option<Diagnostic> {
    let session = state.session();
    if finding.level == Level::Hint && !state.settings.hints() {
        return None;
    }
    let related = finding.related.iter().filter_map(|related| {
        let location = location(state, snapshot, FileRange { file: related.file, range: related.range })?;
        Some(DiagnosticRelatedInformation { location, message: related.message.clone() })
    });
    let related: Vec<_> = if session.related_information { related.collect() } else { Vec::new() };
    Some(Diagnostic {
        range: to_proto::range(lines, finding.range, session.encoding),
        severity: Some(to_proto::severity(finding.level)?),
        code: Some(NumberOrString::String(finding.rule.code.to_owned())),
        code_description: session
            .code_description
            .then(|| state.pages.rule(finding.rule))
            .flatten()
            .map(|href| CodeDescription { href }),
        source: Some("whosaid".to_owned()),
        message: finding.message.clone(),
        related_information: (!related.is_empty()).then_some(related),
        tags: finding.rule.tag.map(tag).filter(|_| session.diagnostic_tags).map(|tag| vec![tag]),
        data: Some(json!({ "rule": finding.rule.name })),
    })
}

/// The way in which this client is shown findings today, for [`crate::lsp::state::diagnostics_key`].
#[must_use]
pub(in crate::lsp) fn presentation(state: &ServerState) -> String {
    let session = state.session();
    let shown = (session.encoding, session.related_information, session.diagnostic_tags, session.code_description);
    // Exceptions hold until a day, and what is not read is reported.
    format!("{} {:?} {shown:?} {}", today(), state.settings.allowed(), state.settings.hints())
}

/// The day on which exceptions are judged, the same all over the world.
#[must_use]
pub(in crate::lsp) fn today() -> Date {
    jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date()
}

/// Turns the messages of a report into Markdown, for clients that take that (protocol 3.18). The types of the protocol
/// hold text only.
pub(in crate::lsp) fn mark_up(session: &Session, report: &mut Value) {
    if !session.markdown_messages {
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
                None => members.values_mut().for_each(|member| mark_up(session, member)),
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| mark_up(session, item)),
        _ => {}
    }
}

/// The way in which editors are to draw what a rule finds: struck through, or faded.
fn tag(tag: Tag) -> DiagnosticTag {
    match tag {
        Tag::Deprecated => DiagnosticTag::DEPRECATED,
        Tag::Unnecessary => DiagnosticTag::UNNECESSARY,
    }
}
